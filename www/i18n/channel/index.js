// @ts-check
/** Words of the set-up form, apart from those of the desktop: agents never see them. */
import { createMessages, loadWords } from "../messages.js";
import { en } from "./en.js";

/** @typedef {import("../messages.js").Catalogue} Catalogue */

/** @type {Record<string, Catalogue>} */
const words = { en };
/** @type {Record<string, () => Promise<Catalogue>>} */
const fetched = { ar: async () => (await import("./ar.js")).ar };

/**
 * Messages of the set-up form. Where the words of a language cannot be fetched it reads as English.
 *
 * @param {string | undefined} tag BCP 47
 */
export async function channelMessages(tag = "en") {
  const language = tag.split(/[-_]/, 1)[0].toLowerCase();
  const load = fetched[language];
  if (load && !words[language]) {
    await loadWords(tag);
    await load().then((loaded) => (words[language] = loaded), () => undefined);
  }
  return createMessages(words[language] ? tag : "en", { strings: words[language] ?? en });
}
