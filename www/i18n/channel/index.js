// @ts-check
/** Words of the set-up form, apart from those of the desktop: agents never see them. */
import { languageOf, messagesFrom } from "../locale.js";
import { en } from "./en.js";

/** @typedef {import("../locale.js").Catalogue} Catalogue */

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
  const language = languageOf(tag);
  if (!words[language]) await fetched[language]?.().then((loaded) => (words[language] = loaded), () => undefined);
  return messagesFrom(words, tag);
}
