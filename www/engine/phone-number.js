// @ts-check
/**
 * Telephone numbers of the whole world, and the customers behind them.
 *
 * @import { FormattedNumber, NumberText, ParsedNumber, RefusedNumber } from "../../src/wire/types.d.ts"
 * @import { SameCustomer, WhatsappCustomer } from "../../src/wire/types.d.ts"
 */
import { assertString, options } from "./check.js";
import { fault } from "./fault.js";
import { plainList } from "./plain.js";
import { TEXT_LIMIT, short } from "./number-text.js";
import { numbers } from "./modules/numbers.js";

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
 * Two capitals as one integer; 0 for none. What is no region at all is left to the engine to refuse by name.
 *
 * @param {string} region
 */
const packed = (region) => (/^[A-Z]{2}$/.test(region) ? (region.charCodeAt(0) << 8) | region.charCodeAt(1) : 1);

/** @param {string} number @param {string | undefined} region @param {number} styles @returns {string} as the engine writes it */
const read = (number, region, styles) => numbers.apply("readNumber", number, region === undefined ? 0 : packed(region), styles);

/** In the place of the styles that are wanted. */
const AS_YOU_TYPE = 16;
/** Beside the styles that are wanted. */
const ALTERNATIVE = 32;
/** Characters at the beginning of an answer, each six bits counted from the space: see `written` in `src/wire/numbers.rs`. */
const HEAD = 6;
/** In the place of a region's letters: the world. */
const WORLD = 528;

/** @param {string} answer @returns {number} those of `Plan::check` in `src/address/numbers/fast.rs` */
function bitsOf(answer) {
  let bits = 0;
  for (let at = HEAD - 1; at >= 0; at--) bits = (bits << 6) | (answer.charCodeAt(at) - 32);
  return bits;
}

/** What the engine knows no region by is answered by nothing. */
const unknownRegion = () => fault("unknown-region", "defaultRegion", "not a region of the numbering plans (two capitals, such as `GB`)");

/** @param {number} bits @param {string} answer @returns {RefusedNumber | undefined} nothing for a number */
function refused(bits, answer) {
  if ((bits & 15) === 0) return undefined;
  const reason = REASONS[(bits & 15) - 1];
  return answer.length === HEAD ? { kind: "refused", reason } : { kind: "refused", reason, position: answer.charCodeAt(HEAD) - 32 };
}

/** @param {string} answer @param {number} start @returns {number} the end of the line that begins there */
function endOf(answer, start) {
  const end = answer.indexOf("\n", start);
  return end < 0 ? answer.length : end;
}

/** @param {number} bits @param {string} e164 @param {string} extension @returns {any} a `ParsedNumber` */
function parsed(bits, e164, extension) {
  const callingCode = (bits >> 12) & 1023;
  const type = (bits >> 4) & 15;
  /** @type {any} */
  const number = {
    kind: "number", e164, callingCode, nationalNumber: e164.slice(callingCode < 10 ? 2 : callingCode < 100 ? 3 : 4),
    possible: POSSIBLE[(bits >> 8) & 7], valid: type !== 0,
  };
  if (extension !== "") number.extension = extension;
  if (type !== 0) number.type = TYPES[type];
  const region = bits >>> 22;
  if (region !== 0) number.region = region === WORLD ? "001" : String.fromCharCode(64 + (region >> 5), 64 + (region & 31));
  return number;
}

const READ = ["defaultRegion", "formats"];
const WRITE = ["defaultRegion", "format"];
const TYPE = ["defaultRegion"];

/** @param {unknown} given @param {readonly string[]} known */
function asked(given, known) {
  const found = /** @type {{ defaultRegion?: any, formats?: any, format?: any }} */ (options(given, known));
  if (found.defaultRegion !== undefined) assertString(found.defaultRegion, "defaultRegion");
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

/**
 * @param {string} answer
 * @param {number} end of the line before the styles
 * @param {number} styles
 * @returns {{ formats: Record<string, string>, end: number }} the end of the last style's line
 */
function written(answer, end, styles) {
  /** @type {Record<string, string>} */
  const formats = {};
  let at = end;
  for (let place = 0; place < FORMATS.length; place++) {
    if (((styles >> place) & 1) === 0) continue;
    const start = at + 1;
    at = endOf(answer, start);
    formats[FORMATS[place]] = answer.slice(start, at);
  }
  return { formats, end: at };
}

/**
 * @param {string} line a plus and digits, `!` behind them where it is likelier meant
 * @returns {import("../../src/wire/types.d.ts").AlternativeNumber}
 */
function alternative(line) {
  const likelier = line.endsWith("!");
  const number = /** @type {any} */ (parseNumber(likelier ? line.slice(0, -1) : line));
  number.likelier = likelier;
  return number;
}

/**
 * Reads what people type and paste: spaces, brackets, `00`, digits of any script, extensions, `tel:` links, and national
 * forms where a region is given. A text that is no number is an answer of kind `refused`, not an error. Same answers as
 * Google's libphonenumber; what digits without a plus may be besides, WhatsApp's way to write an international number, is the
 * `alternative`.
 *
 * @param {string} number
 * @param {{ defaultRegion?: string, formats?: readonly NumberFormat[] }} [given] the region (ISO 3166-1 alpha-2) where a
 *   national form belongs; the forms in which the number is wanted as well
 * @returns {ParsedNumber & { formats?: Partial<Record<NumberFormat, string>> }} `formats` where some were asked for
 * @throws {import("./errors.js").ReplyWindowError} a `ReadingErrorCode`: `unknown-name` for a format; `unknown-region`
 * @example
 * parseNumber("020 7031 3000", { defaultRegion: "GB", formats: ["international"] });
 * // { kind: "number", e164: "+442070313000", valid: true, type: "fixed-line", region: "GB", …,
 * //   formats: { international: "+44 20 7031 3000" } }
 */
export function parseNumber(number, given = {}) {
  const cut = short(number, "number");
  const { defaultRegion, formats } = asked(given, READ);
  const styles = formats === undefined ? 0 : styleBits(formats);
  const answer = read(cut, defaultRegion, defaultRegion === undefined ? styles : styles | ALTERNATIVE);
  if (answer === "") throw unknownRegion();
  const bits = bitsOf(answer);
  const refusal = refused(bits, answer);
  if (refusal !== undefined) return refusal;
  const first = endOf(answer, HEAD);
  const second = endOf(answer, first + 1);
  const found = parsed(bits, answer.slice(HEAD, first), answer.slice(first + 1, second));
  const last = written(answer, second, styles);
  if (formats !== undefined) found.formats = last.formats;
  if (last.end < answer.length) found.alternative = alternative(answer.slice(last.end + 1));
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
  const cut = short(number, "number");
  const { defaultRegion, format = "international" } = asked(given, WRITE);
  const place = FORMATS.indexOf(assertString(format, "format"));
  if (place < 0) throw fault("unknown-name", "format", "no such format");
  const answer = read(cut, defaultRegion, 1 << place);
  if (answer === "") throw unknownRegion();
  return refused(bitsOf(answer), answer) ?? { kind: "formatted", text: answer.slice(answer.lastIndexOf("\n") + 1) };
}

/**
 * Sets separators while a number is being typed; digits are never added, dropped or moved. What is no digit is passed
 * over, but for a plus in front. More than 250 characters come back as they are.
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
  return cut.length < TEXT_LIMIT ? answer : digits;
}

/**
 * Whom a WhatsApp id stands for: with or without `whatsapp:`, a plus, the server of a JID (`@s.whatsapp.net`, `@c.us`,
 * `@hosted`, `@g.us`, `@lid`, `@hosted.lid`), or a link to a chat (`https://wa.me/…`). Digits without a plus are an
 * international number. Forms of a number that only WhatsApp still uses are `legacy`, not `invalid`.
 *
 * @param {string} id
 * @returns {WhatsappCustomer}
 * @throws {import("./errors.js").ReplyWindowError} `wrong-type`
 * @example
 * identifyCustomer("5215512345678@c.us"); // { kind: "phone", phone: "+5215512345678", verdict: "legacy", … }
 */
export function identifyCustomer(id) {
  return numbers.call("identifyCustomer", { text: short(id, "id") });
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
  return numbers.call("sameCustomer", { a: short(a, "a"), b: short(b, "b") });
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
  return numbers.call("lookupCandidates", { text: assertString(id, "id") });
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
  return numbers.call("checkNumberText", { text: assertString(number, "number") });
}
