// @ts-check
/**
 * The messages of the desktop's element: its words, with the sentences for refusals of a provider under them. Those are apart
 * because no other element shows one, and fetched because most conversations see none.
 */
import { createMessages, languageOf } from "./messages.js";

/** @import { Catalogue, MessageOptions } from "./messages.js" */

/** The sentences that are there, by language. @type {Record<string, Catalogue>} */
const sentences = {};
/** @type {Record<string, () => Promise<Catalogue>>} */
const fetched = {
  en: async () => (await import("../engine/provider-errors/en.js")).en,
  ar: async () => (await import("../engine/provider-errors/ar.js")).ar,
};
/** Fetches on their way, by language. @type {Record<string, Promise<void>>} */
const loads = {};

/**
 * Fetches the sentences for what a provider refuses; messages that were made before have them then, too.
 *
 * @param {string | undefined} tag BCP 47; a language without sentences reads them in English
 * @returns {Promise<void> | undefined} rejects where they could not be fetched, and asked again fetches them again; nothing where they are there
 */
export function loadSentences(tag) {
  const own = languageOf(tag);
  const language = own in fetched ? own : "en";
  if (sentences[language]) return undefined;
  return loads[language] ??= fetched[language]?.()
    .then((words) => void (sentences[language] = words))
    .finally(() => void delete loads[language]);
}

/**
 * @param {string | undefined} tag BCP 47; a language without words here falls back to English
 * @param {MessageOptions} [options]
 */
export const deskMessages = (tag, options = {}) => createMessages(tag, { ...options, under: sentences });
