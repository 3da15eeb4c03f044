// @ts-check
/** Validity alone: a page that asks nothing else of a number downloads the smallest module. */
import { fault, kindOf } from "./fault.js";
import { TEXT_LIMIT } from "./number-text.js";
import { validity } from "./modules/validity.js";

/**
 * Whether a text is a valid number of some region: in international form, however it is spaced. Same answers as Google's
 * libphonenumber. A plus and digits with spaces, hyphens, full stops and brackets between them are by far the fastest.
 *
 * @param {string} number
 * @returns {boolean}
 * @throws {import("./errors.js").ReplyWindowError} `wrong-type` where it is no string, `unknown-field` where a region stands beside it: see `parseNumber`
 * @example
 * isValidNumber("+442070313000"); // true
 */
export function isValidNumber(number) {
  if (typeof number !== "string") throw fault("wrong-type", "number", `expected a string, got ${kindOf(number)}`);
  // A list's `filter` hands over a place as well, and that is none.
  if (arguments.length > 1 && typeof arguments[1] === "string") throw fault("unknown-field", "region", "only numbers in international form are judged here: parseNumber takes a region");
  const { length } = number;
  if (length > LONGEST || number.charCodeAt(0) !== 43) return isValidText(number);
  // Digits go over as two integers: copying a text into the engine's memory would take longer than judging it. Each takes
  // four bits, in which it stands as what it lacks of 15, so that there is 0 behind the last one.
  let first = 0;
  let rest = 0;
  let count = 0;
  let at = 1;
  for (; at < length && count < 8; at++) {
    const lack = 63 - number.charCodeAt(at);
    if (lack > 5 && lack < 16) {
      first = (first << 4) | lack;
      count++;
    } else if (!standsBetween(lack)) return isValidText(number);
  }
  for (; at < length; at++) {
    const lack = 63 - number.charCodeAt(at);
    if (lack > 5 && lack < 16) {
      rest = (rest << 4) | lack;
      count++;
    } else if (!standsBetween(lack)) return isValidText(number);
  }
  if (count < 2 || count > 15) return isValidText(number);
  return validity.apply("areValidDigits", first << (32 - 4 * Math.min(count, 8)), rest << (64 - 4 * count));
}

/** Space, brackets, hyphen, full stop. @param {number} lack */
const standsBetween = (lack) => lack === 31 || lack === 23 || lack === 22 || lack === 18 || lack === 17;

/** A plus, fifteen digits, and what stands between them: space, hyphen, full stop, brackets. */
const LONGEST = 32;

/** @param {string} number @returns {boolean} */
const isValidText = (number) => number.length < TEXT_LIMIT && validity.apply("isValidText", number);
