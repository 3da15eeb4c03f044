// @ts-check
/**
 * One text, one fate: what became of each free text that left, under the id of its send. A text whose outcome is not known keeps its
 * id when it is sent again, so that whoever is asked twice can tell; one that was refused after it was taken gets one that
 * every tab makes alike.
 */
import { newSendId } from "./send-id.js";

/**
 * `failed`: it surely did not leave. `unknown`: it may have. `refused`: it was taken, and refused later. `replaced`: it went out again,
 * under another id or as part of another text. `isDraft`: it came back, and its words stand in the draft; `isEdited`: they were written over.
 * `isOthers`: it was sent in another tab, which told of it; `isTaken`: and sent again here.
 *
 * @typedef {"sending" | "accepted" | "failed" | "unknown" | "refused" | "replaced"} Fate
 * @typedef {{ text: string, fate: Fate, messageId?: string | undefined, isDraft: boolean, isEdited?: boolean, isOthers?: boolean, isTaken?: boolean }} Send
 * @typedef {NonNullable<import("./drafts.js").Draft["sends"]>[number]} KeptSend
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
  /** The draft that was followed last. @type {string | undefined} */
  #draft;
  /** The text of which the agent said that it is to go out, whatever became of the one that it was made of. @type {string | undefined} */
  #agreed;

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
    const isAgain = known !== undefined || messageId !== undefined;
    this.#set(sendId, { text, ...known, fate: "sending", isDraft: false, ...(known?.isOthers && { isOthers: false, isTaken: true }) });
    this.#endEdits();
    for (const [id, send] of this.#known) if (id !== sendId && this.#isIn(send, text, isAgain)) this.#end(id, send);
    return { sendId, isAgain, messageId };
  }

  /**
   * Whether a send goes out with another text. What was made of that text and did not go out, holds it: it is written anew from what stands in the draft.
   *
   * @param {Send} send @param {string} text @param {boolean} isAgain what stands in the draft besides is not of a text that goes out again
   */
  #isIn({ text: words, fate, isDraft }, text, isAgain) {
    if ((fate === "failed" || fate === "unknown") && isIn(text, words)) return true;
    return isDraft && isIn(words, text) && !(isAgain && isIn(words, this.#draft ?? ""));
  }

  /** What is written next is another message. */
  #endEdits() {
    for (const [id, send] of this.#known) if (send.isEdited) this.#set(id, { ...send, isEdited: false });
  }

  /**
   * Whether a text was made of one that may have arrived: sent as it came back it is the same send, edited it would say a second time what was said.
   *
   * @param {string} text
   * @param {{ sendId?: string | undefined, messageId?: string | undefined }} [of]
   */
  mayRepeat(text, { sendId = "", messageId } = {}) {
    if (text === this.#agreed || messageId !== undefined || this.#known.has(sendId)) return false;
    const open = [...this.#known.values()].filter(({ fate, isDraft, isEdited }) => fate === "unknown" && (isDraft || isEdited));
    return open.length > 0 && !open.some((send) => send.isDraft && send.text.trim() === text.trim());
  }

  /** The agent knows that it may have arrived. @param {string} text made of it */
  agree(text) {
    this.#agreed = text;
  }

  /** The id under which a text would leave now. @param {string} text */
  idFor(text) {
    const known = this.#ofDraft(text);
    const send = known === undefined ? undefined : this.#known.get(known);
    return send?.fate === "refused" ? againId(send.messageId ?? String(known)) : known ?? newSendId();
  }

  /** The draft is what came back: sent unchanged it is the same send. @param {string} text */
  #ofDraft(text) {
    return [...this.#known].find(([, send]) => send.isDraft && send.text.trim() !== "" && send.text.trim() === text.trim())?.[0];
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

  /** Texts that are on their way, that nobody knows of, or that came back and stand in the draft: under their ids, whoever sends them. @param {string} draft @returns {KeptSend[]} */
  open(draft) {
    return [...this.#known].flatMap(([sendId, { text, fate, isDraft, messageId }]) => {
      if (text === "") return [];
      if (fate === "sending" || fate === "unknown") return [{ sendId, text, ...(fate === "unknown" && { isBack: true }) }];
      const isBack = (fate === "failed" || fate === "refused") && isDraft && isIn(text, draft);
      return isBack ? [{ sendId, text, isBack, fate, ...(messageId !== undefined && { messageId }) }] : [];
    });
  }

  /** Texts that went out since, in another text or by another tab: of refused messages their ids, else those of the sends. @returns {string[]} */
  get gone() {
    return [...this.#known].flatMap(([sendId, { fate, messageId, isTaken }]) => (fate === "replaced" || fate === "accepted" && isTaken ? [messageId ?? sendId] : [])).slice(-MAX_GONE);
  }

  /** They are not sent again by the page after this one, or by other tabs, either. @param {readonly string[]} ids as `gone` has them */
  forget(ids) {
    for (const told of ids) {
      const id = this.#known.has(told) ? told : this.#byMessage(told) ?? told;
      const send = this.#known.get(id) ?? { text: "", fate: "failed", messageId: told, isDraft: false };
      if (send.fate !== "sending") this.#end(id, send);
    }
  }

  /** It went out, in whatever form, and is no draft any more. @param {string} id @param {Send} send */
  #end(id, send) {
    if (send.fate !== "accepted") this.#set(id, { ...send, fate: "replaced", isDraft: false });
  }

  /** Of the page before this one: what became of it nobody knows, unless it was told. @param {KeptSend} send @returns {Fate | undefined} */
  restore({ sendId, text, fate, messageId }) {
    if (!this.#known.has(sendId)) this.#remember(sendId, { text, fate: fate ?? "unknown", messageId, isDraft: true });
    return this.#known.get(sendId)?.fate;
  }

  /** What of a page that is gone, or of another tab, is not told as arrived by the host. @param {string} sendId @param {Send} send */
  #remember(sendId, send) {
    const isArrived = send.fate !== "refused" && this.#arrived.has(sendId);
    this.#set(sendId, isArrived ? { ...send, fate: "accepted", isDraft: false } : send);
  }

  /**
   * What another tab tells of its sends; of which it does not tell any more have come to an end there.
   *
   * @param {readonly KeptSend[]} sends
   * @returns {boolean} whether it tells of all that is under way here
   */
  hear(sends) {
    for (const { sendId, text, isBack = false, fate: told, messageId } of sends) {
      const known = this.#known.get(sendId);
      const fate = told ?? (isBack ? "unknown" : "sending");
      const isNews = !known || known.isOthers && known.fate !== fate && known.fate !== "accepted";
      if (isNews) this.#remember(sendId, { text, fate, messageId, isDraft: isBack, isOthers: true });
    }
    const isTold = (/** @type {string} */ id) => sends.some(({ sendId }) => sendId === id);
    for (const [id, send] of this.#known) if (send.isOthers && !isTold(id)) this.#end(id, send);
    return [...this.#known].every(([id, { fate, text }]) => text === "" || fate !== "sending" && fate !== "unknown" || isTold(id));
  }

  /** @param {string} sendId */
  knows(sendId) {
    return this.#known.has(sendId);
  }

  /** What is edited away is no draft any more; a box that was emptied may have been so by a send, and what is written into it is another message. @param {string} draft */
  follow(draft) {
    const wasEmpty = this.#draft === "";
    this.#draft = draft;
    if (draft === "") return this.#endEdits();
    if (draft !== this.#agreed) this.#agreed = undefined;
    for (const [id, send] of this.#known) if (send.isDraft && !isIn(send.text, draft)) this.#set(id, { ...send, isDraft: false, isEdited: !wasEmpty });
  }
}
