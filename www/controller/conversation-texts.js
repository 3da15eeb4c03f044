// @ts-check
/**
 * What an agent writes in one conversation: the draft, what became of each text that left, a text that waits for a yes or for the
 * customer's answer. The other half of `conversation.js`.
 */
/** @import { ConversationState } from "./conversation-state.js" */
/** @import { Draft, StoredDraft } from "./drafts.js" */
/** @import { Failure } from "./failure.js" */
/** @import { Confirmed, CustomerAnswer, Conversation as ConversationInfo, ErrorInfo, SendQuestion } from "./types.js" */
import { DIRECT_SEND, REPEAT, initialState } from "./conversation-state.js";
import { withReturned, withoutRetried, withoutSent } from "./drafts.js";
import { basisOf, rulingOf } from "./ruling.js";
import { newSendId } from "./send-id.js";
import { TextSends } from "./text-sends.js";

const NOT_QUEUED = Object.freeze({ queued: undefined, queuedId: undefined, answer: undefined, isHeld: undefined, dueAtMs: undefined });
/** Refused texts of others that are offered at a time. */
const MAX_LOST = 8;

export class ConversationTexts {
  /** @type {ConversationState} */
  #state;
  #keep;
  /** @type {Set<string>} refused messages whose text was given back */
  #returned = new Set();
  /** @type {Map<string, string>} by send id, the reason that the agent said yes to */
  #confirmed = new Map();
  /** What was queued when the box was emptied. @type {{ text: string, sendId: string } | undefined} */
  #emptied;
  #sends;

  /**
   * @param {ConversationInfo} info
   * @param {string} draft
   * @param {(draft: Draft) => void} keep is told of each draft, and of what waits or is on its way
   * @param {ReadonlySet<string>} [arrived] sends that went out, as the host says
   */
  constructor(info, draft, keep, arrived) {
    this.#keep = keep;
    this.#sends = new TextSends(arrived);
    this.#state = initialState(info, draft);
  }

  /** What is true of it now. */
  get state() {
    return this.#state;
  }

  get id() {
    return this.#state.info.id;
  }

  /** Replaces the state: for the commands of a conversation alone. @param {Partial<ConversationState>} change */
  change(change) {
    this.#state = Object.freeze({ ...this.#state, ...change });
  }

  /** @param {ErrorInfo} error */
  fail(error) {
    this.change({ error });
  }

  // ---- its draft

  /** The agent wrote. @param {string} draft */
  setDraft(draft) {
    this.#draft(draft);
    this.change({ notice: undefined, error: undefined, arrived: undefined });
  }

  /** What the agent asked to send, or is asked about, is that text and no other. @param {string} draft */
  #draft(draft) {
    const { queued, queuedId, question } = this.#state;
    // A box that is emptied is perhaps on its way: the text keeps the id that it was queued under.
    if (draft !== "") this.#emptied = undefined;
    else if (queued !== undefined && queuedId !== undefined) this.#emptied = { text: queued, sendId: queuedId };
    this.change({
      draft,
      ...(queued !== undefined && queued !== draft && NOT_QUEUED),
      ...(question && question.text !== draft && { question: undefined }),
    });
    this.#sends.follow(draft);
    this.#save();
  }

  #save() {
    const { draft: text, queued, queuedId: sendId } = this.#state;
    const { gone } = this.#sends;
    const sends = this.#sends.open(text);
    this.#keep({ text, ...(queued !== undefined && sendId !== undefined && { queued: true, sendId }), ...(sends.length > 0 && { sends }), ...(gone.length > 0 && { gone }) });
  }

  /**
   * What the store or another tab has. What is being written here stays; what was on its way when the page went is a draft again.
   *
   * @param {StoredDraft} stored
   * @param {boolean} isNews it takes the place of what stands here
   */
  adopt({ text, queued, sendId, sends = [], gone = [] }, isNews) {
    this.#sends.forget(gone);
    const isAll = isNews && this.#sends.hear(sends);
    const [open, arrived] = ["unknown", "accepted"].map((fate) => sends.filter((send) => this.#sends.restore(send) === fate));
    const kept = arrived.reduce((all, send) => withoutSent(all, send.text), isNews ? text : withReturned(this.#state.draft, text));
    const draft = open.reduce((all, { text, isBack }) => (isBack || isNews ? all : withReturned(all, text)), kept);
    const waits = queued && sendId !== undefined && draft === text;
    const lost = this.#state.lost.filter(({ id }) => !sends.some(({ messageId }) => messageId === id));
    this.change({ draft, lost, ...NOT_QUEUED, ...(waits && { queued: text, queuedId: sendId, isHeld: true }), ...(this.#state.question?.text !== draft && { question: undefined }) });
    this.#sends.follow(draft);
    // The store and the other tabs are to know of all that is under way, and of what came back.
    if (draft !== text || isNews && !isAll) this.#save();
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

  // ---- its texts, each of which has one fate

  /**
   * A free text is about to leave; what came back of it into the draft goes with it.
   *
   * @param {string} text
   * @param {{ sendId?: string | undefined, messageId?: string | undefined }} [of]
   * @returns {{ sendId: string, messageId?: string | undefined } | { stopped: string }} `messageId` of the refused message that it repeats
   */
  beginText(text, of) {
    const { queued, queuedId } = this.#state;
    const waited = queued === text ? queuedId : this.#emptied?.text === text ? this.#emptied.sendId : undefined;
    const begun = this.#sends.begin(text, { ...of, sendId: of?.sendId ?? waited });
    if ("stopped" in begun) return begun;
    if (begun.isAgain) this.#draft(withoutRetried(this.#state.draft, text));
    else this.#save();
    this.change({ error: undefined, arrived: undefined, lost: this.#state.lost.filter(({ id }) => id !== of?.messageId) });
    return { sendId: begun.sendId, messageId: begun.messageId };
  }

  /** The id under which a text would leave now. @param {string} text */
  sendIdFor(text) {
    return this.#sends.idFor(text);
  }

  /** Whether it was made of a text that may have arrived. @param {string} text @param {{ sendId?: string | undefined, messageId?: string | undefined }} [of] */
  mayRepeat(text, of) {
    return this.#sends.mayRepeat(text, of);
  }

  /** It was taken. @param {string} sendId @param {string} [id] the provider's */
  acceptText(sendId, id) {
    const back = this.#sends.accept(sendId, id);
    if (back === undefined) return this.#save();
    this.#draft(withoutSent(this.#state.draft, back));
    this.arrive(sendId);
  }

  /** Whether a text was sent under that id here, or on the page before this one. @param {string} sendId */
  hasSent(sendId) {
    return this.#sends.knows(sendId);
  }

  /** What nobody knew of went out after all. @param {string} sendId */
  arrive(sendId) {
    this.change({ arrived: sendId, ...(this.#state.error?.sendId === sendId && { error: undefined }) });
  }

  /** It did not arrive, or nobody knows: it is a draft again, once. @param {string} sendId @param {Failure} failure @param {string} [text] where it was not begun */
  failText(sendId, failure, text) {
    if (text !== undefined) this.#sends.begin(text, { sendId });
    const failed = this.#sends.fail(sendId, failure.isOpen ? "unknown" : "failed");
    if (failed === undefined) return;
    this.#draft(withReturned(this.#state.draft, failed));
    this.failWith(failure, sendId);
  }

  /** A send failed: what is told of it, and what the server said of the window. @param {Failure} failure @param {string} [sendId] */
  failWith({ info, isOpen, error }, sendId) {
    const { view } = this.#state;
    const ruling = view && rulingOf(error, basisOf(view));
    this.change({ error: isOpen && sendId !== undefined ? Object.freeze({ ...info, sendId }) : info, ...(ruling && { ruling }) });
  }

  /**
   * A text that the provider refused later: it goes back to where it was sent; where that is not here, it is offered.
   *
   * @param {{ id: string, text: string, sendId?: string | undefined, author?: string | undefined }} refused
   * @returns {boolean} whether it was news
   */
  refusedText({ id, text, sendId, author }) {
    const isOurs = this.#sends.refuse({ sendId, messageId: id });
    if (isOurs || sendId === undefined) return this.returnText(text, id);
    if (this.#returned.has(id) || this.#state.lost.some((lost) => lost.id === id)) return false;
    this.change({ lost: Object.freeze([...this.#state.lost, Object.freeze({ id, text, ...(author !== undefined && { author }) })].slice(-MAX_LOST)) });
    return true;
  }

  /** The agent takes a refused text that somebody else sent. @param {string} id of the message */
  takeLost(id) {
    const found = this.#state.lost.find((lost) => lost.id === id);
    this.dropLost(id);
    if (found) this.returnText(found.text, id);
  }

  /** @param {string} id */
  dropLost(id) {
    this.change({ lost: Object.freeze(this.#state.lost.filter((lost) => lost.id !== id)) });
  }

  // ---- a send that the agent has to confirm

  /** @param {SendQuestion} question */
  ask(question) {
    this.change({ question: Object.freeze(question) });
  }

  /** The agent said no, or there is nothing to ask any more. */
  withdrawQuestion() {
    this.change({ question: undefined });
  }

  /**
   * The agent said yes: to this one send, and for this one reason. Its text is on its way and no draft any more.
   *
   * @returns {{ text: string, sendId: string, confirmed?: Confirmed, category?: "utility" } | undefined} nothing where nothing was asked
   */
  confirm() {
    const { question, draft } = this.#state;
    if (!question) return undefined;
    const { text, reason } = question;
    const sendId = this.#sends.idFor(text);
    this.withdrawQuestion();
    if (draft === text) this.#draft("");
    if (reason === REPEAT) {
      // That is between the agent and the desktop: whoever guards the window asks nothing of it.
      this.#sends.agree(text);
      return { text, sendId };
    }
    this.#confirmed.set(sendId, reason);
    const confirmed = Object.freeze({ conversation: this.id, sendId, reason });
    return { text, sendId, confirmed, ...(reason === DIRECT_SEND && { category: /** @type {const} */ ("utility") }) };
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
    const { draft } = this.#state;
    this.change({ ...NOT_QUEUED, ...(isWanted && { queued: draft, queuedId: this.#sends.idFor(draft) }) });
    this.#save();
  }

  /** @param {number} [dueAtMs] */
  setDue(dueAtMs) {
    if (dueAtMs !== this.#state.dueAtMs) this.change({ dueAtMs });
  }

  /** The customer answered; what comes after the first answer is for the agent to read. @param {CustomerAnswer} answer */
  hear(answer) {
    const { queued, answer: before } = this.#state;
    if (queued !== undefined) this.change({ answer: Object.freeze(answer), ...(before && { isHeld: true, dueAtMs: undefined }) });
  }

  /** Something happened: from now on it waits for the agent's word. */
  holdQueued() {
    if (this.#state.queued !== undefined) this.change({ isHeld: true, dueAtMs: undefined });
  }

  /** It is on its way, and no draft any more, under the id that it got when it was queued. @returns {{ text: string, sendId: string }} */
  releaseQueued() {
    const { queued: text = "", queuedId = newSendId() } = this.#state;
    this.#draft("");
    this.change(NOT_QUEUED);
    this.#save();
    return { text, sendId: queuedId };
  }
}
