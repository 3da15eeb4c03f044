// @ts-check
/**
 * Telephone numbers of the whole world, and the customers behind them.
 *
 * @import { FormattedNumber, NumberText, ParsedNumber, RefusedNumber } from "../../src/wire/types.d.ts"
 * @import { SameCustomer, WhatsappCustomer } from "../../src/wire/types.d.ts"
 */
import { fault, kindOf, options, plainList, text } from "./check.js";
import { numbers } from "./numbers.js";

/** @typedef {"e164" | "national" | "international" | "rfc3966"} NumberFormat */

/** @type {readonly string[]} in the engine's order */
const FORMATS = ["e164", "national", "international", "rfc3966"];
/** @type {readonly string[]} in the engine's order, counted from 1 */
const TYPES = ["", "premium-rate", "toll-free", "shared-cost", "voip", "personal-number", "pager", "uan", "voicemail", "fixed-line",
  "mobile", "fixed-line-or-mobile"];
/** @type {readonly string[]} in the engine's order */
const POSSIBLE = ["possible", "local-only", "too-short", "too-long", "invalid-length"];
/** @type {readonly RefusedNumber["reason"][]} in the engine's order */
const REASONS = ["empty", "text-too-long", "not-a-number", "no-region", "no-such-calling-code", "too-short-after-prefix", "too-short",
  "too-long"];

/**
 * More characters are refused unread, and a character has at most two UTF-16 units; what is handed over is cut behind
 * that, so that a text of a megabyte costs no more than one that is a little too long.
 */
const ENOUGH = 2 * 250 + 1;

/**
 * @param {unknown} value
 * @param {string} [name]
 */
function short(value, name = "text") {
  const whole = text(value, name);
  return whole.length > ENOUGH ? whole.slice(0, ENOUGH) : whole;
}

/**
 * Whether a text is a valid number of some region: in international form, however it is spaced. Same answers as Google's
 * libphonenumber. A plus and digits, as in E.164, are by far the fastest.
 *
 * @param {string} number
 * @returns {boolean}
 * @throws {import("./errors.js").ReplyWindowError} `wrong-type` where it is no string
 * @example
 * isValidNumber("+442070313000"); // true
 */
export function isValidNumber(number) {
  if (typeof number !== "string") throw fault("wrong-type", "text", `expected a string, got ${kindOf(number)}`);
  const count = number.length - 1;
  if (count > 16 || count < 1 || number.charCodeAt(0) !== 43) return isValidText(number);
  // Digits go over as two integers: copying a text into the engine's memory would take longer than judging it.
  const middle = count < 8 ? count : 8;
  let first = 0;
  let rest = 0;
  let at = 1;
  for (; at <= middle; at++) {
    const digit = number.charCodeAt(at) - 48;
    if (digit >>> 0 > 9) return isValidText(number);
    first = (first << 4) | digit;
  }
  for (; at <= count; at++) {
    const digit = number.charCodeAt(at) - 48;
    if (digit >>> 0 > 9) return isValidText(number);
    rest = (rest << 4) | digit;
  }
  return numbers.apply("areValidDigits", count, first, rest);
}

/** @param {string} number @returns {boolean} */
const isValidText = (number) => number.length < ENOUGH && (numbers.apply("checkNumber", number) & 0xf0) !== 0;

/**
 * Two capitals as one integer; 0 for none. What is no region at all is left to the engine to refuse by name.
 *
 * @param {string} region
 */
const packed = (region) => (/^[A-Z]{2}$/.test(region) ? (region.charCodeAt(0) << 8) | region.charCodeAt(1) : 1);

/** @param {string} number @param {string | undefined} region @param {number} styles @returns {string} as the engine writes it */
const read = (number, region, styles) => numbers.apply("readNumber", number, region === undefined ? 0 : packed(region), styles);

/** In the place of the styles that are wanted. */
const AS_YOU_TYPE = 16;
const REFUSED = 33;
/** Quantities at the end of what is read: see `written` in `src/wire/numbers.rs`. */
const QUANTITIES = 11;

/** @param {string} answer @returns {RefusedNumber} */
function refused(answer) {
  const reason = REASONS[answer.charCodeAt(1) - 32];
  return answer.length < 3 ? { kind: "refused", reason } : { kind: "refused", reason, position: answer.charCodeAt(2) - 32 };
}

/** What the engine knows no region by is answered by nothing. */
const unknownRegion = () => fault("unknown-region", "defaultRegion", "not a region of the numbering plans (two capitals, such as `GB`)");

/** @param {string} answer @returns {any} a `ParsedNumber` */
function parsed(answer) {
  const end = answer.length - QUANTITIES;
  const type = answer.charCodeAt(end) - 32;
  const length = answer.charCodeAt(end + 4) - 32;
  const start = answer.charCodeAt(end + 5) - 31;
  let callingCode = 0;
  for (let at = 1; at < start; at++) callingCode = callingCode * 10 + answer.charCodeAt(at) - 48;
  /** @type {any} */
  const number = {
    kind: "number", e164: answer.slice(0, length), callingCode, nationalNumber: answer.slice(start, length),
    possible: POSSIBLE[answer.charCodeAt(end + 1) - 32], valid: type !== 0,
  };
  const extension = answer.charCodeAt(end + 6) - 32;
  if (extension !== 0) number.extension = answer.slice(length, length + extension);
  if (type !== 0) number.type = TYPES[type];
  if (answer.charCodeAt(end + 2) !== 32) number.region = regionOf(answer, end + 2);
  return number;
}

/** @param {string} answer @param {number} at */
function regionOf(answer, at) {
  const id = answer.slice(at, at + 2);
  return id === "00" ? "001" : id;
}

const READ = ["defaultRegion", "formats"];
const WRITE = ["defaultRegion", "format"];
const TYPE = ["defaultRegion"];

/**
 * @param {unknown} given
 * @param {readonly string[]} known
 */
function asked(given, known) {
  const found = /** @type {{ defaultRegion?: any, formats?: any, format?: any }} */ (options(given, known));
  if (found.defaultRegion !== undefined) text(found.defaultRegion, "defaultRegion");
  return found;
}

/** @param {unknown} list @returns {number} a bit for each */
function styleBits(list) {
  let bits = 0;
  let index = 0;
  try {
    const names = Array.isArray(list) ? list : [undefined];
    for (; index < names.length; index++) {
      const place = FORMATS.indexOf(names[index]);
      if (place < 0) break;
      bits |= 1 << place;
    }
    if (index === names.length) return bits;
  } catch {
    // The careful way tells what is wrong.
  }
  plainList(list, "formats");
  throw fault("unknown-name", `formats[${index}]`, "no such format");
}

/** @param {string} answer @param {number} styles */
function written(answer, styles) {
  /** @type {Record<string, string>} */
  const formats = {};
  const lengths = answer.length - 4;
  let start = answer.charCodeAt(lengths - 3) + answer.charCodeAt(lengths - 1) - 64;
  for (let place = 0; place < FORMATS.length; place++) {
    const end = start + answer.charCodeAt(lengths + place) - 32;
    if ((styles >> place) & 1) formats[FORMATS[place]] = answer.slice(start, end);
    start = end;
  }
  return formats;
}

/**
 * Reads what people type and paste: spaces, brackets, `00`, digits of any script, extensions, `tel:` links, and national
 * forms where a region is given. A text that is no number is an answer of kind `refused`, not an error.
 *
 * @param {string} number
 * @param {{ defaultRegion?: string, formats?: readonly NumberFormat[] }} [given] the region (ISO 3166-1 alpha-2) where a
 *   national form belongs; the forms in which the number is wanted as well
 * @returns {ParsedNumber & { formats?: Partial<Record<NumberFormat, string>> }} `formats` where some were asked for
 * @throws {import("./errors.js").ReplyWindowError} `wrong-type`, `unknown-region`, `unknown-name` for a format
 * @example
 * parseNumber("020 7031 3000", { defaultRegion: "GB", formats: ["international"] });
 * // { kind: "number", e164: "+442070313000", valid: true, type: "fixed-line", region: "GB", …,
 * //   formats: { international: "+44 20 7031 3000" } }
 */
export function parseNumber(number, given = {}) {
  const cut = short(number);
  const { defaultRegion, formats } = asked(given, READ);
  const styles = formats === undefined ? 0 : styleBits(formats);
  const answer = read(cut, defaultRegion, styles);
  if (answer === "") throw unknownRegion();
  if (answer.charCodeAt(0) === REFUSED) return refused(answer);
  const found = parsed(answer);
  if (formats !== undefined) found.formats = written(answer, styles);
  return found;
}

/**
 * Writes a number; one that no format fits is written without separators.
 *
 * @param {string} number as for `parseNumber`
 * @param {{ format?: NumberFormat, defaultRegion?: string }} [given] default `international`
 * @returns {FormattedNumber}
 * @throws {import("./errors.js").ReplyWindowError} `wrong-type`, `unknown-region`, `unknown-name` for the format
 * @example
 * formatNumber("+442070313000", { format: "national" }); // { kind: "formatted", text: "020 7031 3000" }
 */
export function formatNumber(number, given = {}) {
  const cut = short(number);
  const { defaultRegion, format = "international" } = asked(given, WRITE);
  const place = FORMATS.indexOf(text(format, "format"));
  if (place < 0) throw fault("unknown-name", "format", "no such format");
  const answer = read(cut, defaultRegion, 1 << place);
  if (answer === "") throw unknownRegion();
  if (answer.charCodeAt(0) === REFUSED) return refused(answer);
  return { kind: "formatted", text: written(answer, 1 << place)[format] };
}

/**
 * Sets separators while a number is being typed; digits are never added, dropped or moved. What is no digit is passed
 * over, but for a plus in front.
 *
 * @param {string} digits what has been typed so far
 * @param {{ defaultRegion?: string }} [given] the region where a national form belongs
 * @returns {string}
 * @throws {import("./errors.js").ReplyWindowError} `wrong-type`, `unknown-region`
 * @example
 * asYouType("+4420703"); // "+44 20 703"
 */
export function asYouType(digits, given = {}) {
  const cut = short(digits, "digits");
  const { defaultRegion } = asked(given, TYPE);
  const answer = read(cut, defaultRegion, AS_YOU_TYPE);
  // Nothing to show, or no such region: which of them, reading tells.
  if (answer === "" && read("", defaultRegion, 0) === "") throw unknownRegion();
  return answer;
}

/**
 * Whom a WhatsApp id stands for: with or without `whatsapp:`, a plus, `@s.whatsapp.net`, `@c.us`, `@g.us`, `@lid`. Forms
 * of a number that only WhatsApp still uses are `legacy`, not `invalid`.
 *
 * @param {string} id
 * @returns {WhatsappCustomer}
 * @throws {import("./errors.js").ReplyWindowError} `wrong-type`
 * @example
 * identifyCustomer("5215512345678@c.us"); // { kind: "phone", phone: "+5215512345678", verdict: "legacy", … }
 */
export function identifyCustomer(id) {
  return numbers.call("identifyCustomer", { text: text(id, "text") });
}

/**
 * Whether two ids are the same customer's. What is `maybe` is never to be merged without asking.
 *
 * @param {string} a
 * @param {string} b
 * @returns {SameCustomer}
 * @throws {import("./errors.js").ReplyWindowError} `wrong-type`
 * @example
 * sameCustomer("whatsapp:+5215512345678", "+525512345678"); // { kind: "yes", reason: "mexico-1" }
 */
export function sameCustomer(a, b) {
  return numbers.call("sameCustomer", { a: text(a, "a"), b: text(b, "b") });
}

/**
 * The forms under which to look a customer up, the given one first. Never reply to another form than the one that wrote.
 *
 * @param {string} id
 * @returns {string[]}
 * @throws {import("./errors.js").ReplyWindowError} `wrong-type`
 * @example
 * lookupCandidates("+5215512345678"); // ["+5215512345678", "+525512345678"]
 */
export function lookupCandidates(id) {
  return numbers.call("lookupCandidates", { text: text(id, "text") });
}

/**
 * The strict form that providers ask for: digits with an optional plus in front, nothing else.
 *
 * @param {string} number
 * @returns {NumberText} `repaired` is offered, never applied
 * @throws {import("./errors.js").ReplyWindowError} `wrong-type`
 * @example
 * checkNumberText("+49 170 1234567"); // { kind: "wrong", reason: "bad-character", position: 3, character: " ", repaired: "+491701234567" }
 */
export function checkNumberText(number) {
  return numbers.call("checkNumberText", { text: text(number, "text") });
}
