// @ts-check
/**
 * Words, numbers and times of the interface, in one language and one numbering system. English is always there; other
 * languages are fetched when a page asks for them, so that nobody downloads words that nobody reads.
 */
import { en } from "./en.js";
import { messagesFrom, toLocale } from "./locale.js";

export { dayInWords, isolate, languageOf } from "./locale.js";

/** @typedef {import("./locale.js").Catalogue} Catalogue */
/** @typedef {import("./locale.js").Slots} Slots */
/** @typedef {import("./locale.js").MessageOptions} MessageOptions */
/** @typedef {import("./locale.js").Messages} Messages */

/** The words that are there. @type {Record<string, Catalogue>} */
export const catalogues = { en };

/** The words that can be fetched. A bundler makes a file of its own of each, or puts them into its one file. */
/** @type {Record<string, () => Promise<Catalogue>>} */
const fetched = { ar: async () => (await import("./ar.js")).ar };

/** Fetches on their way, by language. @type {Record<string, Promise<void>>} */
const loads = {};

/**
 * Hands words in: of another language, or in place of some that are there. What is never handed in reads as English.
 *
 * @param {string} language as in BCP 47, without region; one with words is not fetched any more: of Arabic, hand in `{ ...ar, ...yours }`
 * @param {Catalogue} words by the keys of English
 * @returns {void} nothing is thrown
 * @example
 * addWords("fr", { "state.open": "Ouverte" });
 */
export function addWords(language, words) {
  catalogues[language] = { ...(catalogues[language] ?? en), ...words };
}

/**
 * Fetches the words of a locale. Where that fails the locale reads as English.
 *
 * @param {string | undefined} tag BCP 47
 * @returns {Promise<void> | undefined} resolves in either case, never rejects; nothing where there is nothing to wait for
 * @example
 * await loadWords("ar-EG");
 */
export function loadWords(tag) {
  const { language } = toLocale(tag);
  const load = fetched[language];
  if (!load || language in catalogues) return;
  return loads[language] ??= load()
    .then((words) => void (catalogues[language] = words))
    .catch(() => void delete fetched[language]);
}

/**
 * Sentences, numbers and times in the manner of a locale. Nothing here is thrown for a tag, a zone or a system that is none: English, the
 * computer's zone and the locale's own digits take their place.
 *
 * @param {string} [tag] BCP 47; a language without words here falls back to English
 * @param {MessageOptions} [options]
 * @returns `t(key, slots)`, and what is described where it stands below
 * @example
 * createMessages("ar", { numberingSystem: "latn" }).t("state.open");
 */
export const createMessages = (tag, options) => messagesFrom(catalogues, tag, options);
