// @ts-check
/**
 * One conversation, and what is kept of it while others are shown: a result that arrives late goes where it was asked
 * for. Its state is a frozen record that nothing but the commands here replaces. It asks no engine and reads no clock.
 */
/** @import { Template, WindowState } from "../../src/wire/types.d.ts" */
/** @import { RefusalMeaning, TemplateRefusal, View } from "./conversation-state.js" */
/** @import { Draft } from "./drafts.js" */
/** @import { Failure } from "./failure.js" */
/** @import { AvailableTemplates, Conversation as ConversationInfo, ErrorInfo, FoundTemplate, SendQuestion } from "./types.js" */
import { ReplyWindowError } from "../engine/errors.js";
import { DIRECT_SEND, REPEAT, sameView } from "./conversation-state.js";
import { ConversationTexts } from "./conversation-texts.js";
import { newSendId } from "./send-id.js";
import { Sends } from "./sends.js";

/** Refusals remembered of one customer, and of all together. */
const MAX_REFUSALS = 32;

/** What was refused whoever the customer is: one for all conversations. */
export class SharedRefusals {
  /** @type {readonly TemplateRefusal[]} */
  list = [];
}

/** @param {SendQuestion} question @param {View} view @param {Conversation} of */
function isStillAsked({ reason, text }, { verdict }, of) {
  if (reason === REPEAT) return verdict.leaves !== "no" && of.mayRepeat(text);
  return reason === DIRECT_SEND ? verdict.alternatives.includes(reason) : reason === verdict.reason;
}

export class Conversation extends ConversationTexts {
  #shared;
  /** @type {WindowState[]} handed in before the engine could make keys */
  #pending = [];
  /** Which of the provider's messages are this one's. */
  sends;
  /** The template whose outcome is not known, with its values, and the id under which it went; without it another try would be another send. @type {{ what: string, sendId: string } | undefined} */
  openSend;

  /**
   * @param {ConversationInfo} info
   * @param {{ draft?: string, shared?: SharedRefusals, sends?: Sends, keep?: (draft: Draft) => void, arrived?: ReadonlySet<string> }} [given] `keep` is told of each draft
   */
  constructor(info, { draft = "", shared = new SharedRefusals(), sends = new Sends(), keep = () => {}, arrived } = {}) {
    super(info, draft, keep, arrived);
    this.#shared = shared;
    this.sends = sends;
  }

  /** All refusals that count for its customer. */
  get refusals() {
    return [...this.#shared.list, ...this.state.refusals];
  }

  // ---- what the desktop says of it

  /**
   * @param {ConversationInfo} info
   * @param {readonly string[]} [keys] of its window, if known
   */
  describe(info, keys) {
    const was = this.state.info;
    const same = JSON.stringify(was) === JSON.stringify(info);
    this.change({ info, keys, ...(same ? {} : { availableFor: "" }) });
  }

  /** @param {readonly string[]} keys */
  setKeys(keys) {
    this.change({ keys });
  }

  /** Another one is shown. */
  leave() {
    if (this.state.dueAtMs !== undefined || this.state.answer) this.holdQueued();
    // A desktop with one box tells what is in it of whoever is shown then.
    this.change({ notice: undefined, files: Object.freeze([]) });
  }

  /** @param {WindowState} state handed in, to be merged once there are keys */
  addPending(state) {
    this.#pending.push(state);
  }

  takePending() {
    return this.#pending.splice(0);
  }

  // ---- its window

  /** Puts a new view in place. What says the same as before stays the same object. @param {View} view */
  setView(view) {
    const { view: before, notice, question } = this.state;
    const { isOpen } = view.status;
    this.change({
      view: before && sameView(before, view) ? Object.freeze({ ...before, nowAtMs: view.nowAtMs }) : view,
      notice: isOpen ? (before?.status.kind === "closed" ? "reopened" : notice) : undefined,
      question: question && isStillAsked(question, view, this) ? question : undefined,
    });
  }

  // ---- its templates

  /** @returns {object} the mark of this load: the answer of an earlier one does not count any more */
  startLoad() {
    const load = {};
    this.change({ load, available: Object.freeze({ kind: "loading", items: this.state.available.items }) });
    return load;
  }

  /** @param {object} load */
  isLoading(load) {
    return this.state.load === load;
  }

  /** @param {object} load @param {readonly Template[]} templates @param {readonly FoundTemplate[]} unread @param {boolean} forOthers */
  settleLoad(load, templates, unread, forOthers) {
    if (!this.isLoading(load)) return;
    // What the provider says now replaces what it said when it refused.
    if (this.state.templates && templates !== this.state.templates) this.#shared.list = [];
    const available = Object.freeze({ kind: /** @type {const} */ ("ready"), items: this.state.available.items, ...forOthers && { forOthers } });
    this.change({ load: undefined, templates, unread, availableFor: "", available });
  }

  /** @param {object} load @param {ErrorInfo} error */
  failLoad(load, error) {
    if (!this.isLoading(load)) return;
    this.change({ load: undefined, available: Object.freeze({ kind: "failed", items: this.state.available.items, error }) });
  }

  /** @param {AvailableTemplates["items"]} items @param {string} availableFor */
  setAvailable(items, availableFor) {
    this.change({ availableFor, available: Object.freeze({ ...this.state.available, items: Object.freeze(items) }) });
  }

  // ---- its sends

  /**
   * A template is about to be sent.
   *
   * @param {string} what template and values
   * @returns {string} the id of the send: the same for a further try of which nobody knows what became, and for no other
   * @throws {ReplyWindowError} `send-in-progress`
   */
  beginSend(what) {
    if (this.state.sending) throw new ReplyWindowError("send-in-progress", "a template is being sent already");
    this.change({ sending: true, error: undefined, notice: undefined, arrived: undefined });
    const sendId = this.openSend?.what === what ? this.openSend.sendId : newSendId();
    this.openSend = { what, sendId };
    return sendId;
  }

  /** It is over. @param {Failure} [failure] @param {boolean} [isHandedOver] what was not says nothing of an earlier try */
  settleSend(failure, isHandedOver = true) {
    const sendId = this.openSend?.sendId;
    if (!failure?.isOpen && isHandedOver) this.openSend = undefined;
    this.change({ sending: false });
    if (failure) this.failWith(failure, sendId);
  }

  /** A text of the agent's went out, as far as the desktop says. @param {string} [messageId] */
  sentText(messageId) {
    if (messageId !== undefined) this.sends.add(messageId, { conversationId: this.id });
  }

  /**
   * What a provider's refusal teaches: of the template, of the customer, of the window.
   *
   * @param {RefusalMeaning} meaning
   * @param {{ code: number, templateId?: string, atMs: number }} refusal
   * @returns {boolean} whether the window is closed, whatever the clock says
   */
  applyRefusal({ concerns, template, window }, { code, templateId, atMs }) {
    const isOfTemplate = template.kind !== "unchanged" && template.kind !== "marketing-stopped";
    if (isOfTemplate && templateId !== undefined) this.#addRefusal({ id: templateId, code, atMs }, concerns === "template");
    return window === "closes";
  }

  /** @param {TemplateRefusal} refusal @param {boolean} isShared */
  #addRefusal(refusal, isShared) {
    const added = Object.freeze([...(isShared ? this.#shared.list : this.state.refusals), refusal].slice(-MAX_REFUSALS));
    if (isShared) this.#shared.list = added;
    else this.change({ refusals: added });
  }
}
