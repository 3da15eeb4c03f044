// @ts-check
/** Thousands of templates, searched for every key stroke: they stay inside the engine, a search passes words and receives ids. */
/** @import { RankedTemplates, Template, TemplateSearch } from "../../src/wire/types.d.ts" */
/** @import { EligibilityQuestion } from "./template.js" */
import { assertString, options } from "./check.js";
import { fault, isArray } from "./fault.js";
import { plainList, plainObject } from "./plain.js";
import { chooser } from "./modules/chooser.js";
import { ReplyWindowError } from "./errors.js";
import { askedOf } from "./template.js";

/** Templates handed over at a time: one that cannot be read makes only its own portion be tried again one by one. */
const PORTION = 256;

/** Characters handed over at a time, with those of the template that exceeds them: what a page is busy with between two of its frames. */
const PORTION_TEXT = 1 << 16;

/** Characters of what will be read; what cannot be read costs nothing. @param {unknown} value @param {number} [depth] @returns {number} */
function textOf(value, depth = 0) {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null || depth > 4) return 0;
  try {
    return Object.values(value).reduce((/** @type {number} */ sum, field) => sum + textOf(field, depth + 1), 0);
  } catch {
    return 0;
  }
}

/** Indexes in the engine at a time, below its own limit. Others are built again when they are searched. */
const MAX_BUILT = 12;

const NEED = /** @type {const} */ (["query", "locale", "defaultLocale", "language", "context", "categories", "favourites", "recent", "limit"]);

/** @typedef {Omit<TemplateSearch, "context"> & { context?: EligibilityQuestion }} Need */

/** Those that are built, the one searched last is the last. @type {Set<Kept>} */
const built = new Set();

/** Templates in the engine, under a number that is worth nothing once the engine was replaced. */
class Kept {
  /** @type {number | undefined} */
  #index;
  #crashes = -1;
  /** Where the first stands that was not handed over yet. */
  #next = 0;
  #templates;
  /** Those that the engine cannot read, and why. @type {Map<Template, ReplyWindowError>} */
  unreadable = new Map();

  /** @param {readonly Template[]} templates */
  constructor(templates) {
    this.#templates = templates;
  }

  /** Its number, built to the end, and anew after a crash. */
  get number() {
    while (this.step());
    return this.#index;
  }

  /** Hands over one more portion. @returns {boolean} whether there are more */
  step() {
    built.delete(this);
    built.add(this);
    if (this.#crashes !== chooser.crashes || this.#index === undefined) this.#begin();
    if (this.#next >= this.#templates.length) return false;
    const from = this.#next;
    for (let text = 0; text < PORTION_TEXT && this.#next < Math.min(from + PORTION, this.#templates.length); this.#next += 1) text += textOf(this.#templates[this.#next]);
    this.#hand(this.#templates.slice(from, this.#next));
    return this.#next < this.#templates.length;
  }

  #begin() {
    const [oldest] = built;
    if (built.size > MAX_BUILT) oldest?.drop();
    this.#index = undefined;
    this.#next = 0;
    this.unreadable.clear();
    this.#crashes = chooser.crashes;
    this.#add([]);
  }

  /** @param {readonly Template[]} templates */
  #hand(templates) {
    try {
      this.#add(plainList(templates, "templates"));
    } catch (error) {
      if (!(error instanceof ReplyWindowError) || error.code.startsWith("engine-")) throw error;
      if (templates.length === 1) this.unreadable.set(/** @type {Template} */ (templates[0]), error);
      else for (const template of templates) this.#hand([template]);
    }
  }

  /** @param {unknown[]} templates */
  #add(templates) {
    const known = this.#index === undefined ? {} : { index: this.#index };
    this.#index = chooser.call("buildTemplateIndex", { ...known, templates }).index;
  }

  drop() {
    built.delete(this);
    const index = this.#index;
    this.#index = undefined;
    if (index !== undefined && this.#crashes === chooser.crashes) chooser.call("dropTemplateIndex", { index });
  }
}

/** @param {unknown} need */
function checked(need) {
  /** @type {Record<string, any>} */
  const given = options(need, NEED, "need");
  for (const name of ["query", "locale", "defaultLocale", "language"]) if (name in given) assertString(given[name], `need.${name}`);
  for (const name of ["favourites", "recent"]) if (name in given) given[name] = plainList(given[name], `need.${name}`);
  if ("categories" in given) given["categories"] = plainObject(given["categories"], "need.categories");
  if ("limit" in given && typeof given.limit !== "number") throw fault("wrong-type", "need.limit", "expected a number");
  return "context" in given ? { ...given, context: askedOf(given.context) } : given;
}

/**
 * Templates to search as somebody types. Drop an index that is no longer needed.
 *
 * @param {readonly Template[]} templates where two have the same id, the later one counts
 * @returns {TemplateIndex}
 * @throws {import("./errors.js").ReplyWindowError} `wrong-type`
 * @example
 * const index = templateIndex(templates);
 * const { results, total } = index.search({ query: "parcel late", locale: "pt-BR" });
 */
export function templateIndex(templates) {
  const list = /** @type {unknown} */ (templates);
  // What stands in the list is looked at where it is handed over.
  const kept = new Kept(isArray(list) ? /** @type {Template[]} */ ([...list]) : plainList(list, "templates"));
  return Object.freeze({
    search: (need = {}) => chooser.call("searchTemplates", { ...checked(need), index: kept.number }),
    async build() {
      while (kept.step()) await new Promise((resolve) => setTimeout(resolve));
    },
    unreadable: () => (kept.number, [...kept.unreadable]).map(([template, error]) => ({ template, error })),
    drop: () => kept.drop(),
  });
}

/**
 * @typedef {object} TemplateIndex
 * @property {(need?: Need) => RankedTemplates} search ids, best first, each with why it stands there. After a crash of
 *   the engine the next search builds the index anew
 * @property {() => Promise<void>} build builds it a little at a time, so that a page stays responsive; without it, or before it
 *   has ended, the next search builds it at once
 * @property {() => { template: Template, error: ReplyWindowError }[]} unreadable templates that cannot be read, and why;
 *   no search finds them
 * @property {() => void} drop gives its memory back; a later search would build it again
 */
