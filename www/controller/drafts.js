// @ts-check
/** What agents have typed and not sent. Kept in memory only: customers' words do not go into web storage. */

/**
 * Where drafts are kept, by conversation id. A desktop that stores drafts itself may hand in its own.
 *
 * @typedef {object} DraftStore
 * @property {(conversationId: string) => string | undefined} read
 * @property {(conversationId: string, text: string) => void} write `""` forgets it
 */

/**
 * @returns {DraftStore}
 */
export function memoryDrafts() {
  /** @type {Map<string, string>} */
  const drafts = new Map();
  return {
    read: (conversationId) => drafts.get(conversationId),
    write(conversationId, text) {
      if (text === "") drafts.delete(conversationId);
      else drafts.set(conversationId, text);
    },
  };
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

/**
 * Whether the draft has the text already, as a paragraph of its own: a refusal may be told twice.
 *
 * @param {string} draft
 * @param {string} text
 */
export function holds(draft, text) {
  return `\n\n${draft}\n\n`.includes(`\n\n${text}\n\n`);
}
