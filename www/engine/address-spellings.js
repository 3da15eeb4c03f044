// @ts-check
/** The ways in which the same path and the same query are written. */

/** Decodes what can be decoded; a broken escape stays. @param {string} text @param {(escapes: string) => string} decode */
const decoded = (text, decode) => text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
  try {
    return decode(escapes);
  } catch {
    return escapes;
  }
});

/** Written anew, part by part. @param {string} path @param {(part: string) => string} encode */
const encoded = (path, encode) => path.split("/").map((part) => encode(decoded(part, decodeURIComponent))).join("/");

const strictly = (/** @type {string} */ part) => encodeURIComponent(part).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** @type {readonly ((path: string) => string)[]} */
const SPELLINGS = [
  (path) => path.replaceAll(/%[0-9a-f]{2}/gi, (escape) => escape.toUpperCase()),
  (path) => path.replaceAll(/%[0-9a-f]{2}/gi, (escape) => escape.toLowerCase()),
  // Slashes included, and without them.
  (path) => decoded(path, decodeURIComponent),
  (path) => decoded(path, decodeURI),
  (path) => encoded(path, encodeURIComponent),
  (path) => encoded(path, strictly),
  (path) => encoded(path, encodeURI),
  (path) => encoded(path, (part) => encodeURI(part).replaceAll(/['()]/g, strictly)),
  (path) => path.replaceAll("+", "%20"),
  (path) => path.replaceAll("%20", "+"),
  (path) => path.replaceAll("+", "%2B"),
  // Encoded once too often, on either side.
  (path) => path.replaceAll("%25", "%"),
  (path) => path.replaceAll("%", "%25"),
];

/** The path in other spellings. @param {string} path @returns {string[]} */
export const spellings = (path) => SPELLINGS.map((spelling) => {
  try {
    return spelling(path);
  } catch {
    // Half of a surrogate pair has no escape.
    return path;
  }
});

/** @param {string[]} list @param {number} index */
const except = (list, index) => list.filter((_, at) => at !== index);

/** The pairs without one of them, and without those in front or behind: what a gateway adds stands together. @param {string[]} pairs */
export function without(pairs) {
  const few = pairs.slice(0, 32);
  return [
    ...few.map((_, index) => except(pairs, index)),
    ...few.flatMap((_, index) => [pairs.slice(0, index), pairs.slice(index)]),
  ].filter((rest) => rest.length > 0);
}

/** Of so many pairs every order is tried. */
const MAX_PERMUTED = 5;

/** The pairs in other orders. @param {string[]} pairs @returns {string[][]} */
export function orders(pairs) {
  if (pairs.length > MAX_PERMUTED) return [[...pairs].reverse(), [...pairs.slice(1), ...pairs.slice(0, 1)], [...pairs.slice(-1), ...pairs.slice(0, -1)]];
  return pairs.length < 2 ? [pairs] : pairs.flatMap((pair, index) => orders(except(pairs, index)).map((rest) => [pair, ...rest]));
}
