// @ts-check
/** Templates on their way: judged again at that instant, reported to the conversation for which they were started. Fetched with what chooses them. */
/** @import { Draft, ErrorCode, Policy, Template, Verdict } from "../../src/wire/types.d.ts" */
/** @import { Conversation } from "./conversation.js" */
/** @import { RefusalMeaning } from "./conversation-state.js" */
/** @import { ControllerOptions, Conversation as ConversationInfo, Evidence, Preferences, Receipt } from "./types.js" */
/** @import { LateWord, SendTime } from "./send-time.js" */
/** @import { Failure } from "./failure.js" */
import { ReplyWindowError } from "../engine/errors.js";
import { policyFor } from "../engine/session.js";
import { leavesNow } from "../engine/fallback-verdict.js";
import { outgoing } from "./available-templates.js";
import { providerCodeOf, report } from "./error-info.js";
import { failureOf } from "./failure.js";
import { deepFrozen } from "./frozen.js";
import { messageIdOf, read } from "./receipt.js";
import { answerInTime } from "./send-time.js";
import { sentTemplate } from "./undelivered.js";

/**
 * What a send takes part in.
 *
 * @typedef {object} TemplateParts
 * @property {Pick<ControllerOptions, "send" | "policy"> & SendTime} settings
 * @property {{ now(): number, refusalMeaning(code: number): RefusalMeaning, verdictOf(conversation: Conversation, draft: Draft): Verdict, policyOf(conversation: Conversation): Policy | undefined }} evaluator
 * @property {{ note(evidence: any, info: ConversationInfo): void }} evidence
 * @property {{ preferences: Preferences }} agent
 * @property {() => void} changed
 * @property {(meaning: RefusalMeaning, id: string, atMs: number) => Evidence | object | undefined} ofRefusal what a refusal says of marketing
 */

/** A template on its way. `receipt`: it was told of before its own answer came. @typedef {{ conversation: Conversation, template: Template, values: Readonly<Record<string, string>>, handedOverAtMs: number, receipt?: Receipt }} OpenSend */

/** Templates remembered as used lately. */
const MAX_RECENT = 16;

/** @param {Preferences} preferences @param {string} id @returns {Preferences} */
const withUsed = ({ favourites, recent }, id) => deepFrozen({ favourites, recent: [id, ...recent.filter((known) => known !== id)].slice(0, MAX_RECENT) });

/** Sends of which nobody knows, remembered. */
const MAX_OPEN = 256;

/**
 * @param {unknown} answer
 * @returns {Receipt} of our own; the developer is told of an answer that is none
 * @throws {ReplyWindowError} `bad-receipt`: whether the message went out is not known
 */
export function receiptOf(answer) {
  const id = messageIdOf(answer);
  if (id === undefined) {
    const error = new ReplyWindowError("bad-receipt", "`onSend`: expected the answer `{ id }`, the provider's id of the message, or Twilio's message; whether it was sent is not known", { field: "onSend" });
    console.error(error);
    throw error;
  }
  const atMs = read(answer, "atMs");
  return Object.freeze(typeof atMs === "number" && Number.isInteger(atMs) ? { id, atMs } : { id });
}

/** @param {Conversation} conversation @param {string} sendId */
function closeSend(conversation, sendId) {
  if (conversation.openSend?.sendId === sendId) conversation.openSend = undefined;
}

/** What became of a template of which nobody knew. @param {Conversation} conversation @param {string} sendId @param {Failure} [failure] */
function settleLate(conversation, sendId, failure) {
  const { sending, error } = conversation.state;
  const isUnderWay = sending && conversation.openSend?.sendId === sendId;
  closeSend(conversation, sendId);
  if (!failure) isUnderWay || conversation.arrive(sendId);
  else if (error?.sendId === sendId) conversation.failWith(failure);
}

export class TemplateSends {
  #parts;
  /** @type {Map<string, OpenSend>} by send id */
  #open = new Map();

  /** @param {TemplateParts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /**
   * @param {Conversation} conversation
   * @param {Template} template
   * @param {Readonly<Record<string, string>>} values
   * @param {string} sendId
   * @returns {Promise<Receipt>}
   * @throws {ReplyWindowError} `template-not-allowed`, `template-not-sendable`,
   *   `template-incomplete`, `bad-receipt` and `outcome-unknown` (whether it went out is not known), `send-refused` (by the provider, with a code), `send-failed`
   */
  async send(conversation, template, values, sendId) {
    const { settings, evaluator, changed } = this.#parts;
    /** @type {Failure | undefined} */
    let failure;
    let isHandedOver = false;
    try {
      this.#leaves(conversation);
      const message = Object.freeze({ ...outgoing(conversation, template, values, evaluator.now()), sendId });
      changed();
      const send = this.#opened(sendId, { conversation, template, values: Object.freeze({ ...values }), handedOverAtMs: evaluator.now() });
      isHandedOver = true;
      const receipt = receiptOf(await answerInTime(settings, () => settings.send(message), (word) => this.settle(sendId, word)));
      this.#open.delete(sendId);
      this.#accept(send, receipt);
      return receipt;
    } catch (error) {
      const receipt = this.#open.get(sendId)?.receipt;
      // The first try went out while this one was under way.
      if (receipt) return receipt;
      failure = this.#failed(conversation, template, error);
      if (!failure.isOpen && isHandedOver) this.#open.delete(sendId);
      throw error instanceof ReplyWindowError ? error : new ReplyWindowError(/** @type {ErrorCode} */ (failure.info.code), failure.info.message, { cause: error });
    } finally {
      conversation.settleSend(failure, isHandedOver);
      changed();
    }
  }

  /** A further try of the same send is the same. @param {string} sendId @param {OpenSend} send @returns {OpenSend} */
  #opened(sendId, send) {
    const known = this.#open.get(sendId) ?? send;
    this.#open.set(sendId, known);
    const [oldest] = this.#open.keys();
    if (oldest !== undefined && this.#open.size > MAX_OPEN) this.#open.delete(oldest);
    return known;
  }

  /**
   * What became of a template of which nobody knew: its own answer, late, or the host's word.
   *
   * @param {string} sendId
   * @param {LateWord} word
   */
  settle(sendId, word) {
    const send = this.#open.get(sendId);
    if (!send || send.receipt) return;
    const { conversation, template } = send;
    try {
      if ("error" in word) throw word.error;
      this.#accept(send, receiptOf(word.answer));
      settleLate(conversation, sendId);
    } catch (error) {
      const failure = this.#failed(conversation, template, error);
      if (failure.isOpen) return;
      this.#open.delete(sendId);
      settleLate(conversation, sendId, failure);
    }
    this.#parts.changed();
  }

  /** The provider refused it after all: which template it was. @param {string | undefined} sendId @returns {string | undefined} */
  refuse(sendId) {
    const send = sendId === undefined ? undefined : this.#open.get(sendId);
    if (sendId === undefined || !send) return undefined;
    this.#open.delete(sendId);
    closeSend(send.conversation, sendId);
    return send.template.id;
  }

  /** Whether a template may go out at all, now. @param {Conversation} conversation */
  #leaves(conversation) {
    const verdict = this.#parts.evaluator.verdictOf(conversation, { kind: "template" });
    if (!leavesNow(verdict)) throw new ReplyWindowError("template-not-allowed", `a template may not be sent now: ${verdict.reason}`);
  }

  /** Told of by its answer and by a state of delivery it is one message, accepted once. @param {OpenSend} send @param {Receipt} receipt */
  #accept(send, receipt) {
    if (send.receipt && send.receipt.id === receipt.id) return;
    send.receipt = receipt;
    this.#accepted(send, receipt);
  }

  /**
   * The message is on its way: whatever fails from here on must not look as if it were not.
   *
   * @param {OpenSend} send
   * @param {Receipt} receipt
   */
  #accepted({ conversation, template, values, handedOverAtMs }, receipt) {
    const { agent } = this.#parts;
    try {
      const early = sentTemplate(conversation, template.id, receipt.id, values);
      agent.preferences = withUsed(agent.preferences, template.id);
      this.#count(conversation, receipt, handedOverAtMs);
      // What its refusal says of the window has been noted; which template it was is known now.
      if (typeof early === "number") conversation.applyRefusal(this.#parts.evaluator.refusalMeaning(early), { code: early, templateId: template.id, atMs: this.#parts.evaluator.now() });
    } catch (error) {
      report(error);
    }
  }

  /** Evidence only where the channel limits messages without an answer. @param {Conversation} conversation @param {Receipt} receipt @param {number} handedOverAtMs */
  #count(conversation, receipt, handedOverAtMs) {
    const { evaluator, evidence } = this.#parts;
    const { info } = conversation.state;
    const policy = evaluator.policyOf(conversation) ?? policyFor(info.channel);
    if (policy.maxUnanswered === undefined) return;
    const { id, atMs: providerAtMs = handedOverAtMs } = receipt;
    evidence.note({ id, log: "sent", kind: "template-message", providerAtMs }, info);
  }

  /** @param {Conversation} conversation @param {Template} template @param {unknown} error */
  #failed(conversation, template, error) {
    const code = providerCodeOf(error);
    if (code === undefined) return failureOf(error);
    try {
      this.#applyRefusal(conversation, template.id, code);
    } catch (cause) {
      report(cause); // the failure of the send is told even where the engine has failed too
    }
    return failureOf(error, "send-refused");
  }

  /** @param {Conversation} conversation @param {string} templateId @param {number} code */
  #applyRefusal(conversation, templateId, code) {
    const { evaluator, evidence, ofRefusal } = this.#parts;
    const atMs = evaluator.now();
    const [meaning, id, { info }] = [evaluator.refusalMeaning(code), `${templateId}@${atMs}`, conversation.state];
    const marketing = ofRefusal(meaning, id, atMs);
    if (marketing) evidence.note(marketing, info);
    if (conversation.applyRefusal(meaning, { code, templateId, atMs })) evidence.note({ id, log: "refused", kind: "session-message", desktopAtMs: atMs }, info);
  }
}
