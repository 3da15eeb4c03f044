// @ts-check
/**
 * The messages of the desktop's element: its words, with the sentences for refusals of a provider under them. Those are apart
 * because no other element shows one.
 */
import { en } from "../engine/provider-errors/en.js";
import { createMessages, languageOf, loadWords } from "./messages.js";

/** @import { Catalogue, MessageOptions } from "./messages.js" */

/** @type {Record<string, Catalogue>} */
const sentences = { en };
/** @type {Record<string, () => Promise<Catalogue>>} */
const fetched = { ar: async () => (await import("../engine/provider-errors/ar.js")).ar };
/** Fetches on their way, by language. @type {Record<string, Promise<void>>} */
const loads = {};

/** @param {string} language @returns {Promise<void> | undefined} */
function loadSentences(language) {
  const load = fetched[language];
  if (!load || sentences[language]) return undefined;
  return loads[language] ??= load()
    .then((words) => void (sentences[language] = words))
    .catch(() => void delete loads[language]);
}

/**
 * Fetches the words of a locale. What cannot be fetched reads as English.
 *
 * @param {string | undefined} tag BCP 47
 * @returns {Promise<void> | undefined} resolves in either case; nothing where there is nothing to wait for
 */
export function loadDeskWords(tag) {
  const waiting = [loadWords(tag), loadSentences(languageOf(tag))].filter(Boolean);
  return waiting.length ? Promise.all(waiting).then(() => undefined) : undefined;
}

/**
 * @param {string | undefined} tag BCP 47; a language without words here falls back to English
 * @param {MessageOptions} [options]
 */
export const deskMessages = (tag, options = {}) => createMessages(tag, { ...options, under: sentences });
