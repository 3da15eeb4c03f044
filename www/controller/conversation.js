// @ts-check
/**
 * One conversation, and what is kept of it while others are shown: a result that arrives late goes where it was asked
 * for. Its state is a frozen record that nothing but the commands here replaces. It asks no engine and reads no clock.
 */
/** @import { Template, WindowState } from "../../src/wire/types.d.ts" */
/** @import { ConversationState, RefusalMeaning, TemplateRefusal, View } from "./conversation-state.js" */
/** @import { AvailableTemplates, Confirmed, Conversation as ConversationInfo, ErrorInfo, FoundTemplate, SendQuestion } from "./types.js" */
import { ReplyWindowError } from "../engine/errors.js";
import { initialState, sameView } from "./conversation-state.js";
import { withReturned } from "./drafts.js";
import { newSendId } from "./send-id.js";
import { Sends } from "./sends.js";

/** Refusals remembered of one customer, and of all together. */
const MAX_REFUSALS = 32;

/** What was refused whoever the customer is: one for all conversations. */
export class SharedRefusals {
  /** @type {readonly TemplateRefusal[]} */
  list = [];
}

export class Conversation {
  /** @type {ConversationState} */
  #state;
  #shared;
  #keep;
  /** @type {WindowState[]} handed in before the engine could make keys */
  #pending = [];
  #sends;
  /** @type {Set<string>} refused messages whose text was given back */
  #returned = new Set();
  /** @type {Map<string, string>} by send id, the reason that the agent said yes to */
  #confirmed = new Map();

  /**
   * @param {ConversationInfo} info
   * @param {{ draft?: string, shared?: SharedRefusals, sends?: Sends, keep?: (draft: string) => void }} [given] `keep` is told of each draft
   */
  constructor(info, { draft = "", shared = new SharedRefusals(), sends = new Sends(), keep = () => {} } = {}) {
    this.#shared = shared;
    this.#sends = sends;
    this.#keep = keep;
    this.#state = initialState(info, draft);
  }

  /** What is true of it now. */
  get state() {
    return this.#state;
  }

  get id() {
    return this.#state.info.id;
  }

  /** All refusals that count for its customer. */
  get refusals() {
    return [...this.#shared.list, ...this.#state.refusals];
  }

  /** @param {Partial<ConversationState>} change */
  #set(change) {
    this.#state = Object.freeze({ ...this.#state, ...change });
  }

  // ---- what the desktop says of it

  /**
   * @param {ConversationInfo} info
   * @param {readonly string[]} [keys] of its window, if known
   */
  describe(info, keys) {
    const was = this.#state.info;
    const same = JSON.stringify(was) === JSON.stringify(info);
    // What the desktop learned since counts more than an old refusal.
    const optedOut = was.optedOutOfMarketing === info.optedOutOfMarketing && this.#state.optedOut;
    this.#set({ info, keys, optedOut, ...(same ? {} : { availableFor: "" }) });
  }

  /** @param {readonly string[]} keys */
  setKeys(keys) {
    this.#set({ keys });
  }

  /** Another one is shown. */
  leave() {
    this.#set({ notice: undefined });
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
    const { view: before, notice, question } = this.#state;
    const isOpen = view.status.kind === "open" || view.status.kind === "closing";
    this.#set({
      view: before && sameView(before, view) ? Object.freeze({ ...before, nowAtMs: view.nowAtMs }) : view,
      notice: isOpen ? (before?.status.kind === "closed" ? "reopened" : notice) : undefined,
      question: question?.reason === view.verdict.reason ? question : undefined,
    });
  }

  // ---- its draft

  /** The agent wrote. @param {string} draft */
  setDraft(draft) {
    this.#draft(draft);
    this.#set({ notice: undefined, error: undefined });
  }

  /** What the agent asked to send, or is asked about, is that text and no other. @param {string} draft */
  #draft(draft) {
    const { queued, question } = this.#state;
    this.#set({
      draft,
      ...(queued !== undefined && queued !== draft && { queued: undefined, dueAtMs: undefined }),
      ...(question && question.text !== draft && { question: undefined }),
    });
    this.#keep(draft);
  }

  /**
   * A text that did not arrive is a draft again.
   *
   * @param {string} text
   * @param {string} [messageId] of the refused message, whose text comes back once
   * @returns {boolean} whether it was news
   */
  returnText(text, messageId) {
    if (messageId !== undefined && this.#returned.has(messageId)) return false;
    if (messageId !== undefined) this.#returned.add(messageId);
    this.#draft(withReturned(this.#state.draft, text));
    return true;
  }

  // ---- its templates

  /** @returns {object} the mark of this load: the answer of an earlier one does not count any more */
  startLoad() {
    const load = {};
    this.#set({ load, available: Object.freeze({ kind: "loading", items: this.#state.available.items }) });
    return load;
  }

  /** @param {object} load */
  isLoading(load) {
    return this.#state.load === load;
  }

  /** @param {object} load @param {readonly Template[]} templates @param {readonly FoundTemplate[]} unread */
  settleLoad(load, templates, unread) {
    if (!this.isLoading(load)) return;
    // What the provider says now replaces what it said when it refused.
    if (this.#state.templates && templates !== this.#state.templates) this.#shared.list = [];
    const available = Object.freeze({ kind: /** @type {const} */ ("ready"), items: this.#state.available.items });
    this.#set({ load: undefined, templates, unread, availableFor: "", available });
  }

  /** @param {object} load @param {ErrorInfo} error */
  failLoad(load, error) {
    if (!this.isLoading(load)) return;
    this.#set({ load: undefined, available: Object.freeze({ kind: "failed", items: this.#state.available.items, error }) });
  }

  /** @param {AvailableTemplates["items"]} items @param {string} availableFor */
  setAvailable(items, availableFor) {
    this.#set({ availableFor, available: Object.freeze({ ...this.#state.available, items: Object.freeze(items) }) });
  }

  // ---- its sends

  /**
   * A template is about to be sent.
   *
   * @returns {string} the id of the send: the same for every try of it, and for no other
   * @throws {ReplyWindowError} `send-in-progress`
   */
  beginSend() {
    if (this.#state.sending) throw new ReplyWindowError("send-in-progress", "a template is being sent already");
    this.#set({ sending: true, error: undefined, notice: undefined });
    return newSendId();
  }

  /** It is over. @param {ErrorInfo} [error] */
  settleSend(error) {
    this.#set({ sending: false, ...(error && { error }) });
  }

  /** The template went in place of the text that waits for an answer; whether that is still to follow only the agent knows. @param {string} templateId @param {string} [messageId] */
  sent(templateId, messageId) {
    if (messageId !== undefined) this.#sends.add(messageId, { conversationId: this.id, templateId });
    this.#set({ queued: undefined, dueAtMs: undefined });
  }

  /** A text of the agent's went out, as far as the desktop says. @param {string} [messageId] */
  sentText(messageId) {
    if (messageId !== undefined) this.#sends.add(messageId, { conversationId: this.id });
  }

  /** @param {string} messageId */
  templateSentAs(messageId) {
    return this.#sends.find(messageId)?.templateId;
  }

  /**
   * What a provider's refusal teaches: of the template, of the customer, of the window.
   *
   * @param {RefusalMeaning} meaning
   * @param {{ code: number, templateId?: string, atMs: number }} refusal
   * @returns {boolean} whether the window is closed, whatever the clock says
   */
  applyRefusal({ concerns, template, window }, { code, templateId, atMs }) {
    if (template.kind === "marketing-stopped") this.#set({ optedOut: true });
    else if (template.kind !== "unchanged" && templateId !== undefined) this.#addRefusal({ id: templateId, code, atMs }, concerns === "template");
    return window === "closes";
  }

  /** @param {TemplateRefusal} refusal @param {boolean} isShared */
  #addRefusal(refusal, isShared) {
    const added = Object.freeze([...(isShared ? this.#shared.list : this.#state.refusals), refusal].slice(-MAX_REFUSALS));
    if (isShared) this.#shared.list = added;
    else this.#set({ refusals: added });
  }

  /** @param {ErrorInfo} error */
  fail(error) {
    this.#set({ error });
  }

  // ---- a send that the agent has to confirm

  /** @param {SendQuestion} question */
  ask(question) {
    this.#set({ question: Object.freeze(question) });
  }

  /** The agent said no, or there is nothing to ask any more. */
  withdrawQuestion() {
    this.#set({ question: undefined });
  }

  /**
   * The agent said yes: to this one send, and for this one reason. Its text is on its way and no draft any more.
   *
   * @returns {{ text: string, sendId: string, confirmed: Confirmed } | undefined} nothing where nothing was asked
   */
  confirm() {
    const { question, draft } = this.#state;
    if (!question) return undefined;
    const sendId = newSendId();
    this.#confirmed.set(sendId, question.reason);
    this.withdrawQuestion();
    if (draft === question.text) this.#draft("");
    return { text: question.text, sendId, confirmed: Object.freeze({ conversation: this.id, sendId, reason: question.reason }) };
  }

  /**
   * The reason that the agent confirmed, if this is the yes to a send of this conversation.
   *
   * @param {Partial<Confirmed>} [given]
   * @returns {string | undefined}
   */
  confirmedReason({ conversation, sendId = "", reason } = {}) {
    return conversation === this.id && this.#confirmed.get(sendId) === reason ? reason : undefined;
  }

  /** The send is over, or will not take place: the yes to it is used up. @param {string} sendId */
  endSend(sendId) {
    this.#confirmed.delete(sendId);
  }

  // ---- a draft that waits for the customer's answer

  /** @param {boolean} isWanted */
  queueDraft(isWanted) {
    this.#set({ queued: isWanted ? this.#state.draft : undefined, dueAtMs: undefined });
  }

  /** @param {number} [dueAtMs] */
  setDue(dueAtMs) {
    if (dueAtMs !== this.#state.dueAtMs) this.#set({ dueAtMs });
  }

  /** It is on its way, and no draft any more. @returns {string} */
  releaseQueued() {
    const { queued = "" } = this.#state;
    this.#draft("");
    this.#set({ queued: undefined, dueAtMs: undefined });
    return queued;
  }
}
