// @ts-check
/**
 * What is to be said about a number that is being typed. No DOM.
 *
 * @import { ParsedNumber } from "../../../src/wire/types.d.ts"
 * @import { createNumberMessages } from "../../i18n/number-words.js"
 */
import { asYouType, formatNumber, identifyCustomer, parseNumber } from "../../engine/phone-number.js";

/**
 * `incomplete` is what may still become a number. `reason` names the words for what is wrong.
 *
 * @typedef {{ kind: "empty" | "incomplete" | "invalid" | "possible" | "legacy" | "valid", reason: string, e164: string, number?: ParsedNumber }} NumberVerdict
 */

/**
 * The number in a text: what no number is written with may be a link to a chat or a WhatsApp id.
 *
 * @param {string} text
 */
function numberIn(text) {
  if (PLAIN.test(text)) return text;
  const customer = identifyCustomer(text.trim());
  return customer.kind === "phone" ? customer.phone : text;
}

/**
 * What a text is; digits without a plus the international number, where that is likelier meant.
 *
 * @param {string} text
 * @param {string | undefined} defaultRegion
 * @param {readonly import("../../engine/phone-number.js").NumberFormat[]} [formats]
 */
function read(text, defaultRegion, formats) {
  const number = parseNumber(numberIn(text), { defaultRegion, formats });
  const other = number.kind === "number" && number.alternative?.likelier ? number.alternative.e164 : undefined;
  return other ? parseNumber(other, { formats }) : number;
}

/** What more digits can mend. */
const MENDABLE = ["too-short", "too-short-after-prefix", "local-only", "invalid-length", "not-a-number"];
/** Nothing but what numbers are written with, and marks that come along from a page; only that is set anew. */
export const PLAIN = /^[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\s]*[+＋]?[\d٠-٩۰-۹０-９\s().\-/\u200b-\u200f\u202a-\u202e\u2060-\u2069]*$/;

/**
 * @param {string} text
 * @param {string | undefined} defaultRegion
 * @returns {NumberVerdict}
 */
export function judgeNumber(text, defaultRegion) {
  if (text.trim() === "") return { kind: "empty", reason: "value-missing", e164: "" };
  const number = read(text, defaultRegion);
  if (number.kind === "refused") {
    const reason = number.reason === "too-short-after-prefix" ? "too-short" : number.reason;
    const open = MENDABLE.includes(reason) || (reason === "no-such-calling-code" && text.replace(/\D/g, "").length < 3);
    return { kind: open && PLAIN.test(text) ? "incomplete" : "invalid", reason, e164: "" };
  }
  if (number.valid) return { kind: "valid", reason: "", e164: number.e164, number };
  // WhatsApp keeps forms that numbering plans have given up.
  const customer = identifyCustomer(number.e164);
  const verdict = customer.kind === "phone" ? customer.verdict : "invalid";
  if (verdict === "legacy" || verdict === "possible") return { kind: verdict, reason: "", e164: number.e164, number };
  const reason = number.possible === "possible" ? "not-a-number" : number.possible;
  return { kind: MENDABLE.includes(reason) ? "incomplete" : "invalid", reason, e164: "", number };
}

/**
 * @param {NumberVerdict} verdict
 * @param {ReturnType<typeof createNumberMessages>} m
 * @param {{ done: boolean, defaultRegion?: string }} how whether whoever types has left the field
 * @returns {string}
 */
export function sentence({ kind, reason, number }, m, { done, defaultRegion }) {
  if (kind === "empty") return defaultRegion ? "" : m.t("empty", { example: "\u2066+44 20 7031 3000\u2069" });
  const known = number?.kind === "number" ? number : undefined;
  const key = kind === "invalid" || (kind === "incomplete" && done) ? reason : kind;
  const region = m.region(known?.region);
  const type = known?.type && m.type(known.type);
  const text = kind === "valid" && type ? m.t(region ? "valid-within" : "valid-type", { type, region }) : m.t(/** @type {any} */ (key));
  const whole = region && !(kind === "valid" && type) ? m.t("within", { region, text }) : text;
  const other = kind === "valid" || done ? known?.alternative?.e164 : undefined;
  return other ? m.t("perhaps", { text: whole, number: `\u2066${internationally(other)}\u2069` }) : whole;
}

/** @param {string} e164 */
function internationally(e164) {
  const written = formatNumber(e164);
  return written.kind === "formatted" ? written.text : e164;
}

/** Digits and a plus: what formatting never changes. */
const KEPT = /[+＋\d٠-٩۰-۹０-９]/u;

/**
 * Sets separators into what has been typed, and says where the caret belongs then: behind the same digit as before.
 *
 * @param {string} text
 * @param {number} caret
 * @param {string | undefined} defaultRegion
 * @param {boolean} forward whether the caret belongs behind the separators that follow: when something behind it was deleted
 * @returns {{ text: string, caret: number } | undefined} nothing where the text is to stay as it is
 */
export function formatTyped(text, caret, defaultRegion, forward) {
  if (text.length > 40 || !PLAIN.test(text)) return undefined;
  const set = asYouType(text, { defaultRegion });
  const kept = (/** @type {string} */ part) => Array.from(part).filter((character) => KEPT.test(character)).length;
  // Digits in front of a plus, or a second plus: somebody is in the middle of something.
  if (kept(set) !== kept(text)) return undefined;
  let left = kept(text.slice(0, caret));
  let at = 0;
  while (at < set.length && left > 0) if (KEPT.test(set[at++])) left--;
  if (forward) while (at < set.length && !KEPT.test(set[at])) at++;
  return { text: set, caret: at };
}

/** @param {string} text */
const digitsOf = (text) => text.replace(/\D/g, "");

/**
 * How what has been pasted is shown: as numbers of the default region are written, if it was in national form.
 *
 * @param {string} text
 * @param {string | undefined} defaultRegion
 * @returns {string | undefined} nothing where the text is to stay as it is
 */
export function settled(text, defaultRegion) {
  const number = read(text, defaultRegion, ["national", "international"]);
  if (number.kind === "refused" || !number.valid || number.extension) return undefined;
  const { national = "", international } = number.formats ?? {};
  const typed = asYouType(text, { defaultRegion });
  return !typed.startsWith("+") && digitsOf(typed) === digitsOf(national) ? national : international;
}

/**
 * What must be replaced by what, so that one text becomes another.
 *
 * @param {string} before
 * @param {string} now
 */
export function difference(before, now) {
  const shorter = Math.min(before.length, now.length);
  let start = 0;
  while (start < shorter && before[start] === now[start]) start++;
  let tail = 0;
  while (tail < shorter - start && before.at(-1 - tail) === now.at(-1 - tail)) tail++;
  return { start, end: before.length - tail, text: now.slice(start, now.length - tail) };
}

/**
 * How a value that the page sets is shown.
 *
 * @param {string} text
 * @param {string | undefined} defaultRegion
 */
export function shown(text, defaultRegion) {
  const number = read(text, defaultRegion);
  if (number.kind === "refused" || number.extension) return text;
  const format = defaultRegion && number.region === defaultRegion ? "national" : "international";
  const written = formatNumber(number.e164, { format });
  return written.kind === "formatted" ? written.text : text;
}
