// @ts-check
/**
 * One text, one fate: what became of each free text that left, under the id of its send. A text whose outcome is not known keeps its
 * id when it is sent again, so that whoever is asked twice can tell; one that was refused after it was taken gets one that
 * every tab makes alike.
 */
import { newSendId } from "./send-id.js";

/**
 * `failed`: it surely did not leave. `unknown`: it may have. `refused`: it was taken, and refused later. `replaced`: it went out again,
 * under another id or as part of another text.
 *
 * @typedef {"sending" | "accepted" | "failed" | "unknown" | "refused" | "replaced"} Fate
 * @typedef {{ text: string, fate: Fate, messageId?: string | undefined, isDraft: boolean }} Send
 * @typedef {{ sendId: string, isAgain: boolean, messageId?: string | undefined } | { stopped: "already-sent" | "already-sending" }} Begun
 */

/** Sends remembered of one conversation. */
const MAX_SENDS = 256;
/** Of which the page after this one is told. */
const MAX_GONE = 32;

/** @type {Partial<Record<Fate, "already-sent" | "already-sending">>} */
const STOPPED = { sending: "already-sending", accepted: "already-sent", replaced: "already-sent" };

/** Whether words that came back still stand there, whatever was written around them. @param {string} text @param {string} draft */
const isIn = (text, draft) => text.trim() !== "" && draft.includes(text.trim());

/** The id under which the text of a refused message goes out again, in whichever tab. @param {string} messageId */
const againId = (messageId) => `again-${messageId}`;

export class TextSends {
  /** @type {Map<string, Send>} */
  #known = new Map();
  #arrived;

  /** @param {ReadonlySet<string>} [arrived] sends of which the host has said that they went out */
  constructor(arrived = new Set()) {
    this.#arrived = arrived;
  }

  /**
   * A text is about to leave.
   *
   * @param {string} text
   * @param {{ sendId?: string | undefined, messageId?: string | undefined }} [of] the send, or the refused message, that it is said to be a repetition of
   * @returns {Begun}
   */
  begin(text, { sendId, messageId } = {}) {
    const found = sendId ?? this.#byMessage(messageId) ?? this.#ofDraft(text);
    const refused = found === undefined ? undefined : this.#known.get(found);
    if (found === undefined || refused?.fate !== "refused") return this.#go(found ?? (messageId === undefined ? newSendId() : againId(messageId)), text, messageId);
    this.#set(found, { ...refused, fate: "replaced", isDraft: false });
    return this.#go(againId(refused.messageId ?? found), text, refused.messageId ?? found);
  }

  /** @param {string} sendId @param {string} text @param {string | undefined} messageId of the refused message that it repeats @returns {Begun} */
  #go(sendId, text, messageId) {
    const known = this.#known.get(sendId);
    const stopped = known && STOPPED[known.fate];
    if (stopped) return { stopped };
    this.#set(sendId, { text, ...known, fate: "sending", isDraft: false });
    // What was made of it and did not go out, holds it: that is written anew from what stands in the draft.
    for (const [id, send] of this.#known) if (id !== sendId && (send.fate === "failed" || send.fate === "unknown") && isIn(text, send.text)) this.#set(id, { ...send, fate: "replaced", isDraft: false });
    return { sendId, isAgain: known !== undefined || messageId !== undefined, messageId };
  }

  /** The id under which a text would leave now. @param {string} text */
  idFor(text) {
    const known = this.#ofDraft(text);
    const send = known === undefined ? undefined : this.#known.get(known);
    return send?.fate === "refused" ? againId(send.messageId ?? String(known)) : known ?? newSendId();
  }

  /** The draft is what came back: sent unchanged it is the same send. @param {string} text */
  #ofDraft(text) {
    const found = [...this.#known].filter(([, send]) => send.isDraft && isIn(send.text, text));
    const same = found.find(([, send]) => send.text.trim() === text.trim());
    for (const [id, send] of found) if (id !== same?.[0]) this.#set(id, { ...send, fate: "replaced", isDraft: false });
    return same?.[0];
  }

  /** @param {string | undefined} messageId */
  #byMessage(messageId) {
    return messageId === undefined ? undefined : [...this.#known].find(([, send]) => send.messageId === messageId)?.[0];
  }

  /** @param {string} sendId @param {Send} send */
  #set(sendId, send) {
    this.#known.set(sendId, Object.freeze(send));
    for (const [id, { fate }] of this.#known) if (this.#known.size > MAX_SENDS && fate !== "sending") this.#known.delete(id);
  }

  /**
   * It was taken.
   *
   * @param {string} sendId
   * @param {string} [messageId] the provider's
   * @returns {string | undefined} its text, where nobody knew and it was a draft again
   */
  accept(sendId, messageId) {
    const known = this.#known.get(sendId);
    // A refusal that was told before the answer to the send has the last word.
    if (!known || known.fate === "refused") return undefined;
    this.#set(sendId, { ...known, fate: "accepted", messageId, isDraft: false });
    return known.fate === "unknown" ? known.text : undefined;
  }

  /**
   * It did not arrive, or nobody knows.
   *
   * @param {string} sendId
   * @param {"failed" | "unknown"} fate
   * @returns {string | undefined} its text; nothing where that is told already
   */
  fail(sendId, fate) {
    const known = this.#known.get(sendId);
    if (known?.fate === "unknown" && fate === "failed") {
      // Its text came back when nobody knew, and may have been edited since.
      this.#set(sendId, { ...known, fate });
      return "";
    }
    if (known?.fate !== "sending") return undefined;
    this.#set(sendId, { ...known, fate, isDraft: true });
    return known.text;
  }

  /**
   * The provider refused it after it was taken.
   *
   * @param {{ sendId?: string | undefined, messageId: string }} of
   * @returns {boolean} whether it was sent here
   */
  refuse({ sendId, messageId }) {
    const id = sendId ?? this.#byMessage(messageId);
    const known = id === undefined ? undefined : this.#known.get(id);
    if (id === undefined || !known) return false;
    this.#set(id, { ...known, fate: "refused", messageId, isDraft: true });
    return true;
  }

  /** Texts that are on their way, or that nobody knows of. @returns {NonNullable<import("./drafts.js").Draft["sends"]>} */
  get open() {
    return [...this.#known].flatMap(([sendId, { text, fate }]) => (text !== "" && (fate === "sending" || fate === "unknown") ? [{ sendId, text, ...(fate === "unknown" && { isBack: true }) }] : []));
  }

  /** Refused messages whose words went out since, in another text. @returns {string[]} */
  get gone() {
    return [...this.#known.values()].flatMap(({ fate, messageId }) => (fate === "replaced" && messageId !== undefined ? [messageId] : [])).slice(-MAX_GONE);
  }

  /** They are not sent again by the page after this one either. @param {readonly string[]} messageIds */
  forget(messageIds) {
    for (const messageId of messageIds) if (!this.#byMessage(messageId)) this.#set(messageId, { text: "", fate: "replaced", messageId, isDraft: false });
  }

  /** Of the page before this one: what became of it nobody knows, unless it was told. @param {{ sendId: string, text: string }} send @returns {Fate | undefined} */
  restore({ sendId, text }) {
    const isArrived = this.#arrived.has(sendId);
    if (!this.#known.has(sendId)) this.#set(sendId, { text, fate: isArrived ? "accepted" : "unknown", isDraft: !isArrived });
    return this.#known.get(sendId)?.fate;
  }

  /** @param {string} sendId */
  knows(sendId) {
    return this.#known.has(sendId);
  }

  /** What is edited away is no draft any more; a box that was emptied may have been so by a send. @param {string} draft */
  follow(draft) {
    if (draft === "") return;
    for (const [id, send] of this.#known) if (send.isDraft && !isIn(send.text, draft)) this.#set(id, { ...send, isDraft: false });
  }
}
