// @ts-check
/** What a team sees of a list of templates: the engine says it, once for each list. */
/** @import { Template } from "../../src/wire/types.d.ts" */
import { templatesFor } from "../engine/template.js";
import { retryAfterCrash } from "./error-info.js";

/** By list and team; conversations that share a list go on sharing one. @type {WeakMap<readonly Template[], Map<string, readonly Template[]>>} */
const views = new WeakMap();

/**
 * @param {readonly Template[]} templates
 * @param {readonly string[] | undefined} audiences without it all of them
 */
export function shownTo(templates, audiences) {
  if (!audiences) return templates;
  const known = views.get(templates) ?? new Map();
  views.set(templates, known);
  const team = JSON.stringify(audiences);
  if (!known.has(team)) known.set(team, retryAfterCrash(() => templatesFor(templates, audiences)));
  return known.get(team);
}
