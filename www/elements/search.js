// @ts-check
/**
 * Search among templates, behind one function so that another ranking can take its place.
 *
 * @import { OfferedTemplate } from "../controller/port.js"
 */

/** @type {WeakMap<object, string>} */
const folded = new WeakMap();

/** Lower case, without accents and vowel marks, with blanks for what separates words. */
const fold = (/** @type {string} */ text) =>
  text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase().replace(/[\s_-]+/g, " ");

/** @param {OfferedTemplate} item */
function textOf({ template }) {
  let text = folded.get(template);
  if (text === undefined) {
    text = fold([template.name, template.category, template.language, template.header?.text?.text, template.body?.text,
      template.footer?.text].join("\n"));
    folded.set(template, text);
  }
  return text;
}

/**
 * The items that hold every word of the query; those whose name holds it come first, otherwise the order is kept.
 *
 * @param {readonly OfferedTemplate[]} items
 * @param {string} query
 * @returns {OfferedTemplate[]}
 */
export function search(items, query) {
  const words = fold(query).split(" ").filter(Boolean);
  if (!words.length) return [...items];
  /** @type {OfferedTemplate[][]} */
  const ranks = [[], [], []];
  for (const item of items) {
    const text = textOf(item);
    if (!words.every((word) => text.includes(word))) continue;
    const at = text.indexOf(words.join(" "));
    ranks[at === 0 ? 0 : at > 0 && at < text.indexOf("\n") ? 1 : 2]?.push(item);
  }
  return ranks.flat();
}
