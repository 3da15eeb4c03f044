// @ts-check
/** JSON whose whole numbers stay what they are. */

/** Digits in a row that a float may not hold. */
const LONG = /\d{16}/;
/** A text, which is passed over, or a number. */
const TEXT_OR_NUMBER = /"[^"\\]*(?:\\[^][^"\\]*)*"|-?\d[\d.eE+-]*/g;

/**
 * Parses JSON; a whole number of 2^53 and more, such as a template's id of nineteen digits, becomes a text of its digits.
 *
 * @param {string} text
 * @returns {unknown}
 * @throws {SyntaxError} where it is no JSON
 * @example
 * exactJson('{"id":1234567890123456789}'); // { id: "1234567890123456789" }
 */
export function exactJson(text) {
  const value = JSON.parse(text);
  if (!LONG.test(text)) return value;
  return JSON.parse(text.replace(TEXT_OR_NUMBER, (token) => (/^\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token)));
}
