// @ts-check
/** Validity alone: a page that asks nothing else of a number downloads the smallest module. */
import { fault, kindOf } from "./fault.js";
import { TEXT_LIMIT } from "./number-text.js";
import { validity } from "./modules/validity.js";

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
  if (count > 15 || count < 1 || number.charCodeAt(0) !== 43) return isValidText(number);
  // Digits go over as two integers: copying a text into the engine's memory would take longer than judging it. Each takes
  // four bits, in which it stands as what it lacks of 15, so that there is 0 behind the last one.
  const middle = count < 8 ? count : 8;
  let first = 0;
  let rest = 0;
  let at = 1;
  for (; at <= middle; at++) {
    const lack = 63 - number.charCodeAt(at);
    if (lack < 6 || lack > 15) return isValidText(number);
    first = (first << 4) | lack;
  }
  for (; at <= count; at++) {
    const lack = 63 - number.charCodeAt(at);
    if (lack < 6 || lack > 15) return isValidText(number);
    rest = (rest << 4) | lack;
  }
  return validity.apply("areValidDigits", first << (32 - 4 * middle), rest << (64 - 4 * count));
}

/** @param {string} number @returns {boolean} */
const isValidText = (number) => number.length < TEXT_LIMIT && validity.apply("isValidText", number);
