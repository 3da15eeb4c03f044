// @ts-check
/** Long lists, handed to the engine a little at a time: its memory does not grow with their length. */
import { ReplyWindowError } from "./errors.js";

/** Characters that cross at once, one text at least. */
const MAX_CROSSING = 1 << 17;

/**
 * @template Answer
 * @param {readonly string[]} texts
 * @param {(slice: readonly string[], start: number) => Answer} work
 * @returns {Answer[]}
 */
export function inSlices(texts, work) {
  /** @type {Answer[]} */
  const answers = [];
  for (let at = 0, end = 0; at < texts.length; at = end) {
    let length = 0;
    do length += texts[end++]?.length ?? 0;
    while (end < texts.length && length + (texts[end]?.length ?? 0) <= MAX_CROSSING);
    answers.push(work(texts.slice(at, end), at));
  }
  return answers;
}

/**
 * A fault that names an item by its place in a part, by its place in the whole list.
 *
 * @param {unknown} error
 * @param {string} name of the list
 * @param {number} by how many stand before the part
 * @returns {unknown}
 */
export function moved(error, name, by) {
  if (by === 0 || !(error instanceof ReplyWindowError)) return error;
  const place = (/** @type {string} */ told) =>
    told.replace(`${name}[`, "\0").replace(/\0(\d+)/, (_, index) => `${name}[${Number(index) + by}`);
  return new ReplyWindowError(error.code, place(error.message), { field: place(error.field), cause: error });
}
