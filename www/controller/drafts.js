// @ts-check
/** What agents have typed and not sent. Kept in memory unless the host says otherwise: customers' words do not go into web storage by themselves. */

/**
 * What is kept of one conversation. `queued`: it waits for the customer's answer, under `sendId`. `sends`: texts on their way, each under the id of
 * its send; `isBack`: it came back into the draft, where it may have been changed since: nobody knows whether it arrived, or its `fate` is known. `gone`: what went out
 * since in another text, or by another tab: a refused message by its id, else by that of the send.
 *
 * @typedef {{ sendId: string, text: string, isBack?: boolean, fate?: "failed" | "refused", messageId?: string }} KeptSend
 * @typedef {{ text: string, queued?: boolean, sendId?: string, sends?: KeptSend[], gone?: readonly string[] }} Draft
 * @typedef {Draft & { version: number, turn?: number, savedAtMs: number }} StoredDraft `version`: the higher is the later, in all tabs; of one and the
 *   same text that with the higher `turn`
 */

/**
 * Where drafts are kept, by conversation id, of one agent. A desktop that stores drafts itself may hand in its own.
 *
 * @typedef {object} DraftStore
 * @property {(conversationId: string) => StoredDraft | undefined | Promise<StoredDraft | undefined>} read
 * @property {(conversationId: string, draft: StoredDraft | undefined) => void | Promise<void>} write `undefined` forgets it
 * @property {boolean} [lasts] what is kept outlives the page; where it does not, the page asks before it unloads
 */

/**
 * @returns {DraftStore}
 */
export function memoryDrafts() {
  /** @type {Map<string, StoredDraft>} */
  const drafts = new Map();
  return {
    read: (conversationId) => drafts.get(conversationId),
    write(conversationId, draft) {
      if (draft === undefined) drafts.delete(conversationId);
      else drafts.set(conversationId, draft);
    },
  };
}

const isWord = (/** @type {unknown} */ given) => given === undefined || typeof given === "string";

/** What is stored, or told by another tab, may be another version's, or anybody's of the same origin. @param {any} draft @returns {draft is StoredDraft} */
export function isDraft(draft) {
  const { text, version, turn = 0, savedAtMs, sendId, sends = [], gone = [] } = Object(draft);
  return typeof text === "string" && Number.isSafeInteger(version) && Number.isSafeInteger(turn) && Number.isFinite(savedAtMs) && isWord(sendId) &&
    Array.isArray(sends) && sends.every((send) => typeof send?.sendId === "string" && typeof send.text === "string" && isWord(send.messageId) && [undefined, "failed", "refused"].includes(send.fate)) &&
    Array.isArray(gone) && gone.every((id) => typeof id === "string");
}

/**
 * The draft after a text came back unsent: both are kept, the one that is being written first.
 *
 * @param {string} draft
 * @param {string} returned
 * @returns {string}
 */
export function withReturned(draft, returned) {
  if (returned.trim() === "" || holds(draft, returned)) return draft;
  return draft.trim() === "" ? returned : `${draft}\n\n${returned}`;
}

/**
 * The draft after a text of it went out: without it, where it is a paragraph of its own.
 *
 * @param {string} draft
 * @param {string} sent
 * @returns {string}
 */
export function withoutSent(draft, sent) {
  if (sent.trim() === "" || !holds(draft, sent)) return draft;
  const [before = "", ...rest] = `\n\n${draft}\n\n`.split(`\n\n${sent}\n\n`);
  return [before, rest.join(`\n\n${sent}\n\n`)].map((part) => part.replace(/^\n\n|\n\n$/g, "")).filter((part) => part !== "").join("\n\n");
}

/** The same by the agent's retry: where it was written on, the rest stays. @param {string} draft @param {string} sent @returns {string} */
export function withoutRetried(draft, sent) {
  const words = sent.trim();
  if (words === "" || holds(draft, sent)) return withoutSent(draft, sent);
  return draft.split("\n\n").map((part) => (isWrittenOn(part, words) ? part.slice(words.length).trimStart() : part)).join("\n\n");
}

/** Whether a paragraph begins with those words, and not in the middle of one. @param {string} part @param {string} words */
const isWrittenOn = (part, words) => part.startsWith(words) && !/^[\p{L}\p{N}\p{M}]/u.test(part.slice(words.length));

/**
 * Whether the draft has the text already, as a paragraph of its own: a refusal may be told twice.
 *
 * @param {string} draft
 * @param {string} text
 */
export function holds(draft, text) {
  return `\n\n${draft}\n\n`.includes(`\n\n${text}\n\n`);
}
