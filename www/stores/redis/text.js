// @ts-check
/**
 * A window as it stands in Redis: one text under the name of its first key, `w:<key>`. Its head is the number of its last change, a blank and its
 * place in `b` (see `scripts.js`). Its body begins with a line feed; then comes a line for each further key, `@`, the key, a tab and since when it is
 * linked; then the engine's lines, one for each record (`src/wire/kept.rs`). Under each further key stands `=` and the first. In keys the
 * same letters are escaped as in ids.
 */

/** @type {Record<string, string>} */
const SHORT = { "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\v": "\\v", "\f": "\\f" };
/** @type {Record<string, string>} */
const PLAIN = Object.fromEntries(Object.entries(SHORT).map(([letter, short]) => [short, letter]));

/** @param {string} key */
export const escaped = (key) => (/[\\\n\t\v\f]/.test(key) ? key.replace(/[\\\n\t\v\f]/g, (letter) => SHORT[letter] ?? letter) : key);

/** @param {string} text */
export const unescaped = (text) => (text.includes("\\") ? text.replace(/\\[\\ntvf]/g, (short) => PLAIN[short] ?? short) : text);

/** The first key of a window, where the text is a further one's. @param {string | null | undefined} text @returns {string | undefined} */
export const linkIn = (text) => (text?.startsWith("=") ? text.slice(1) : undefined);

/** @typedef {{ id: string, change: string, keys: string[], lines: string }} Stored `id`: the first key as it is written */

/** @param {string} id @param {string} body @param {string} [change] @returns {Stored} */
export const storedAs = (id, body, change = "") => {
  const keys = [unescaped(id)];
  let at = 1;
  while (body[at] === "@") {
    keys.push(unescaped(body.slice(at + 1, body.indexOf("\t", at))));
    at = body.indexOf("\n", at) + 1;
  }
  return { id, change, keys, lines: body.slice(at) };
};

/** @param {string} id @param {string | null | undefined} text @returns {Stored | undefined} nothing where no window stands there */
export const storedIn = (id, text) =>
  (typeof text === "string" && !text.startsWith("=") ? storedAs(id, text.slice(text.indexOf("\n")), text.slice(0, text.indexOf(" "))) : undefined);
