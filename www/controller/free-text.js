// @ts-check
/** The free text of the conversation shown: draft, questions, sends, and what waits for the customer. */
/** @import { Verdict, WindowState } from "../../src/wire/types.d.ts" */
/** @import { EvidenceBook } from "./evidence.js" */
/** @import { Conversation } from "./conversation.js" */
/** @import { Evaluator } from "./evaluator.js" */
/** @import { MarketingRecord } from "./marketing.js" */
/** @import { Settings } from "./settings.js" */
/** @import { Templates } from "./templates.js" */
/** @import { Attachment, CustomerAnswer, TextSend } from "./types.js" */
import { assertString } from "../engine/check.js";
import { offersTemplate } from "../engine/fallback-verdict.js";
import { plainList } from "../engine/plain.js";
import { checkSessionMessage } from "../engine/message.js";
import { REPEAT } from "./conversation-state.js";
import { providerCodeOf, report, retryAfterCrash } from "./error-info.js";
import { failureOf } from "./failure.js";
import { askDirectSend, offersDirectSend } from "./direct-send.js";
import { choosing, fetchChoosing } from "./fetch-choosing.js";
import { handOverText, settleText } from "./hand-over.js";
import { ofAnswer } from "./marketing.js";
import { noAnswer, sendAlarm } from "./send-time.js";

/**
 * @typedef {object} TextParts
 * @property {Settings} settings
 * @property {Evaluator} evaluator
 * @property {Templates} templates
 * @property {import("./conversations.js").Conversations} conversations
 * @property {() => Conversation} shown
 * @property {() => Verdict} judge of free text, now
 * @property {() => void} publish
 * @property {() => void} evaluate
 * @property {(record: MarketingRecord) => void} note of the conversation shown
 * @property {() => boolean} isDestroyed
 */

/** Texts remembered of which nobody knows. */
const MAX_BEGUN = 256;

export class FreeText {
  #parts;
  /** Texts on their way, or of which nobody knows: whose they are, and what ends the wait. @type {Map<string, { conversation: Conversation, end: () => void }>} */
  #begun = new Map();
  /** @type {Promise<unknown> | undefined} */
  #coming;

  /** @param {TextParts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  get #shown() {
    return this.#parts.shown();
  }

  get #canSend() {
    return this.#parts.settings.sendText !== undefined;
  }

  get queue() {
    const { queued, draft, view } = this.#shown.state;
    if (queued === undefined) return this.#canSend && draft.trim() && view?.verdict.locksComposer && offersTemplate(view.verdict) ? "offered" : undefined;
    const parts = choosing();
    if (parts) return parts.queueOf(this.#shown, this.#parts.settings.queue === "auto");
    this.#fetchQueue();
    return "waiting";
  }

  /** What rules a text that waits comes once there is one; asked again where it did not come. */
  #fetchQueue() {
    this.#coming ??= fetchChoosing().then(() => this.#parts.evaluate(), () => (this.#coming = undefined));
  }

  get directSend() {
    return offersDirectSend(this.#shown, this.#canSend);
  }

  /** @param {string} draft */
  setDraft(draft) {
    if (this.#parts.isDestroyed()) return;
    this.#shown.setDraft(assertString(draft, "draft"));
    this.#parts.publish();
  }

  /** Files came into the composer, or left it. @param {readonly string[]} names */
  setFiles(names) {
    if (this.#parts.isDestroyed()) return;
    const files = Object.freeze(plainList(names, "names").map((name, index) => assertString(name, `names[${index}]`)));
    if (JSON.stringify(files) === JSON.stringify(this.#shown.state.files)) return;
    this.#shown.change({ files });
    this.#parts.publish();
  }

  /** @param {{ text?: string, attachments?: Attachment[] }} message */
  check(message) {
    const { provider } = this.#parts.settings;
    return retryAfterCrash(() => checkSessionMessage({ channel: this.#shown.state.info.channel, provider, ...message }));
  }

  /** @param {boolean} isWanted */
  queueDraft(isWanted) {
    this.#shown.queueDraft(isWanted && this.queue === "offered");
    this.#parts.evaluate();
  }

  /** What the customer wrote, where the desktop knows it. Tell it before the evidence of it. @param {CustomerAnswer} answer */
  hear({ kind, text }) {
    const answer = { kind: assertString(kind, "kind"), ...(text !== undefined && { text: assertString(text, "text") }) };
    this.#shown.hear(answer);
    const { evaluator, note, evaluate, publish } = this.#parts;
    try {
      const said = ofAnswer(answer, evaluator.now());
      if (!said) return publish();
      note(said);
    } catch (error) {
      report(error); // the answer is shown even where the engine has failed
    }
    evaluate();
  }

  /** The conversation is in front, and the answer on the screen. */
  answerSeen() {
    const parts = choosing();
    if (!parts || this.queue !== "ready") return;
    this.#shown.setDue(this.#parts.evaluator.now() + parts.GRACE_MS);
    this.#parts.evaluate();
  }

  /** The agent is doing something else: nothing goes out by itself any more. */
  holdQueued() {
    const { queue } = this;
    if (queue !== "ready" && queue !== "due") return;
    this.#shown.holdQueued();
    this.#parts.evaluate();
  }

  /** What a server knows of the window shown; what of it no desktop shows as a message is for the agent to think of. @param {EvidenceBook} evidence @param {readonly string[]} keys @param {WindowState} state */
  mergeInto(evidence, keys, state) {
    const isMore = choosing()?.bringsMore(state, evidence.read(keys));
    evidence.merge(keys, state);
    if (isMore) this.holdQueued();
  }

  /** The agent's word. */
  async sendQueued() {
    const { evaluator, settings, publish, evaluate } = this.#parts;
    evaluator.look(this.#shown);
    if (this.queue !== undefined && /^(ask|ready|due)$/.test(this.queue)) await choosing()?.releaseQueued(this.#shown, settings, publish, handOverText);
    evaluate();
  }

  /** @param {{ text: string }} attempt */
  askToSend({ text }) {
    assertString(text, "text");
    const { judge, publish, isDestroyed } = this.#parts;
    const { leaves, reason: verdict } = judge();
    const reason = leaves === "no" ? undefined : this.doubt({ text }) ?? (leaves === "with-confirmation" ? verdict : undefined);
    const isAsked = !isDestroyed() && this.#canSend && reason !== undefined;
    if (isAsked) this.#shown.ask({ reason, text });
    publish();
    return isAsked;
  }

  askDirectSend() {
    const { evaluator, publish, isDestroyed } = this.#parts;
    evaluator.look(this.#shown);
    const isAsked = !isDestroyed() && askDirectSend(this.#shown, this.#canSend);
    publish();
    return isAsked;
  }

  /** @param {boolean} isYes */
  async answerQuestion(isYes) {
    const { evaluator, publish, isDestroyed } = this.#parts;
    if (isDestroyed()) return;
    // It may have opened or closed since it was asked; then there is no question any more.
    evaluator.look(this.#shown);
    if (isYes) await this.#sendConfirmed(this.#shown);
    else this.#shown.withdrawQuestion();
    publish();
  }

  /**
   * Sends the text that the agent said yes to, the desktop's own way, which judges once more. What does not go out is a
   * draft again.
   *
   * @param {Conversation} conversation
   * @returns {Promise<void>} never rejects; a failure stands in the snapshot
   */
  async #sendConfirmed(conversation) {
    const { settings, evaluate } = this.#parts;
    const send = conversation.confirm();
    evaluate();
    if (!send) return;
    try {
      await handOverText(conversation, settings, send, evaluate);
    } catch (error) {
      this.#noteRefusal(error);
      evaluate();
    } finally {
      conversation.endSend(send.sendId);
    }
  }

  /** What the provider's code of a text that was not sent says of all conversations. @param {unknown} error */
  #noteRefusal(error) {
    const code = providerCodeOf(error);
    try {
      if (code !== undefined) this.#parts.evaluator.refusalMeaning(code);
    } catch (cause) {
      report(cause);
    }
  }

  /** Why a text that may leave is asked about first, where it can be: it was made of one that may have arrived. @param {TextSend} message @returns {string | undefined} */
  doubt({ text, ...of }) {
    return this.#canSend && this.#shown.mayRepeat(assertString(text, "text"), of) ? REPEAT : undefined;
  }

  /** @param {TextSend} message @returns {{ sendId: string, messageId?: string | undefined } | { stopped: string }} */
  beginText({ text, ...of }) {
    const conversation = this.#shown;
    const begun = conversation.beginText(assertString(text, "text"), of);
    if ("sendId" in begun) this.#wait(begun.sendId, conversation);
    this.#parts.publish();
    return begun;
  }

  /** @param {string} sendId @param {Conversation} conversation */
  #wait(sendId, conversation) {
    this.#begun.get(sendId)?.end();
    this.#begun.delete(sendId);
    this.#begun.set(sendId, { conversation, end: sendAlarm(this.#parts.settings, () => this.settleText(sendId, { error: noAnswer() })) });
    const [oldest = ""] = this.#begun.keys();
    if (this.#begun.size <= MAX_BEGUN) return;
    this.#begun.get(oldest)?.end();
    this.#begun.delete(oldest);
  }

  /** @param {string} sendId @param {{ id?: string | undefined, error?: unknown }} [outcome] */
  settleText(sendId, { id, error } = {}) {
    const begun = this.#begun.get(sendId);
    if (!begun || this.#parts.isDestroyed()) return;
    begun.end();
    this.#settle(begun.conversation, sendId, { id, error });
  }

  /** @param {Conversation} conversation @param {string} sendId @param {{ id?: string | undefined, error?: unknown }} outcome */
  #settle(conversation, sendId, { id, error }) {
    const failure = error === undefined ? undefined : failureOf(error);
    if (!failure?.isOpen) this.#begun.delete(sendId);
    if (failure) conversation.failText(sendId, failure);
    else settleText(conversation, sendId, id);
    this.#parts.evaluate();
  }

  /** The host's word on a send of which nobody knew, of a template or of a text. @param {string} sendId @param {{ id?: string | undefined, error?: unknown }} [outcome] */
  settleSend(sendId, outcome = {}) {
    const { conversations, templates, isDestroyed } = this.#parts;
    if (this.#begun.has(assertString(sendId, "sendId"))) return this.settleText(sendId, outcome);
    if (isDestroyed()) return;
    const isFailure = "error" in outcome;
    // Of the page before this one, it may be, which is told of in the store.
    const conversation = conversations.ofText(sendId);
    if (conversation) this.#settle(conversation, sendId, outcome);
    else if (!isFailure) conversations.arrive(sendId);
    templates.settle(sendId, isFailure ? { error: outcome.error } : { answer: outcome });
  }

  /** @param {string} id */
  takeLost(id) {
    this.#shown.takeLost(id);
    this.#parts.publish();
  }

  /** @param {string} id */
  dropLost(id) {
    this.#shown.dropLost(id);
    this.#parts.publish();
  }
}
