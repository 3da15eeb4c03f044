// @ts-check
/** Words of the report for supervisors: both languages stand in its one script. */
import { languageOf, messagesFrom } from "../locale.js";
import { ar } from "./ar.js";
import { en } from "./en.js";

/** @param {string | undefined} tag BCP 47; what is neither reads as English */
export function reportMessages(tag = "en") {
  const { t, dir, number, language, tag: lang } = messagesFrom({ en, ar }, languageOf(tag) === "ar" ? "ar" : "en");
  const day = new Intl.DateTimeFormat(lang, { day: "numeric", month: "short", timeZone: "UTC", numberingSystem: "latn" });
  /** `day`: in words, of a day such as `2026-11-30`. `language`: as providers write it, in words. */
  return { t, dir, tag: lang, number, language, day: (/** @type {string} */ text) => day.format(Date.parse(text)) };
}
