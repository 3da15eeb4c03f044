// @ts-check
/** What stands in a list in place of a template that could not be read. */
/** @import { Eligibility, ImportProblem, Template } from "../../src/wire/types.d.ts" */
/** @import { FoundTemplate } from "./types.js" */
import { tellOnce } from "./error-info.js";
import { deepFrozen } from "./frozen.js";

/**
 * In place of a template that could not be read: what is known of it, last in every list, with the reason.
 *
 * @param {unknown} template
 * @param {string} message
 * @returns {FoundTemplate}
 */
export function unread(template, message) {
  const known = /** @type {Record<string, unknown>} */ (Object(template));
  const [id, name, language] = [known.id, known.name, known.language].map((value) => (typeof value === "string" ? value : ""));
  /** @type {Template} */
  const shown = { id, source: "twilio", name: name || id || "?", language: language || "und", category: "unknown", status: "unknown", type: "", types: [], buttons: [], cards: [], variables: [] };
  return deepFrozen({ id, template: shown, language: "other", found: [], favourite: false, eligibility: unreadable(message) });
}

/** Of a list the first is told. @param {readonly Template[] | undefined} templates @param {Template} template @param {unknown} error */
export const tellUnread = (templates, template, error) =>
  tellOnce(templates, `a template of this list cannot be read, ${JSON.stringify(Object(template).id ?? "without an id").slice(0, 100)}`, error);

/** @param {string} message @returns {Eligibility} */
export const unreadable = (message) => ({ kind: "not-sendable", reasons: [{ code: "template-unreadable", message, action: "admin" }], notes: [] });

/**
 * Of what the provider's pages held, what became no template; once each. What has no id is called by its place.
 *
 * @param {readonly Template[]} templates
 * @param {readonly ImportProblem[]} problems
 */
export function unreadOf(templates, problems) {
  const known = new Set(templates.map((template) => template?.id));
  const fresh = problems.filter(({ id }) => id === undefined || (!known.has(id) && known.add(id)));
  return fresh.map(({ id, path, message }) => unread({ id: id ?? path }, `${path}: ${message}`));
}
