// @ts-check
/** Searches the templates, in the engine, with what the agent likes and has used. */
/** @import { Template } from "../../src/wire/types.d.ts" */
/** @import { TemplateIndex } from "../engine/template-index.js" */
/** @import { AgentPreferences } from "./preferences.js" */
/** @import { FoundTemplate, FoundTemplates, DraftTemplate, TemplateNeed } from "./types.js" */
/** @import { Conversation } from "./conversation.js" */
import { suitableForDraft } from "../engine/template.js";
import { templateIndex } from "../engine/template-index.js";
import { retryAfterCrash } from "./error-info.js";
import { contextOf } from "./available-templates.js";
import { tellUnread, unread } from "./unread-template.js";

/** Lists that are kept ready; conversations mostly share one. */
const MAX_LISTS = 4;
/** Templates that are made ready at once. */
const MAX_BUILT_AT_ONCE = 500;
/** Best templates that are tried for a draft. */
const MAX_TRIED = 60;

/** Most that a search gives where no limit is named, as in the engine. */
const LIMIT = 50;

/** What the engine could not read it cannot find: by its name and language, for whoever looks for just that. @param {TemplateNeed} need */
function named({ query = "", language }) {
  const words = query.toLowerCase().split(/\s+/);
  return (/** @type {FoundTemplate} */ { id, template }) => (language === undefined || template.language === language) && words.every((word) => `${id} ${template.name}`.toLowerCase().includes(word));
}

export class TemplateSearch {
  /** @type {Map<readonly Template[], { index: TemplateIndex, byId: Map<string, Template> }>} the one used last is the last */
  #lists = new Map();
  #agent;

  /** @param {AgentPreferences} agent */
  constructor(agent) {
    this.#agent = agent;
  }

  /** @param {readonly Template[]} templates */
  #list(templates) {
    const list = this.#lists.get(templates) ?? {
      index: templateIndex(templates),
      byId: new Map(templates.map((template) => [template?.id, template])),
    };
    this.#lists.delete(templates);
    this.#lists.set(templates, list);
    const [oldest] = this.#lists;
    if (oldest && this.#lists.size > MAX_LISTS) this.#drop(oldest[0]);
    return list;
  }

  /** Thousands are made ready to be searched before they are offered. @param {readonly Template[]} templates */
  prepare(templates) {
    return templates.length > MAX_BUILT_AT_ONCE ? this.#list(templates).index.build() : undefined;
  }

  /** @param {readonly Template[]} templates */
  #drop(templates) {
    this.#lists.get(templates)?.index.drop();
    this.#lists.delete(templates);
  }

  /**
   * @param {Conversation} conversation
   * @param {number} nowAtMs
   * @param {TemplateNeed} [need]
   * @returns {FoundTemplates}
   */
  search(conversation, nowAtMs, need = {}) {
    const { templates, unread: others, info } = conversation.state;
    if (!templates?.length && !others.length) return { items: [], total: 0, languages: [] };
    const { index, byId } = this.#list(templates ?? []);
    const { locale } = info;
    const asked = { ...need, ...(locale && { locale }), ...this.#agent.preferences, context: contextOf(conversation, nowAtMs) };
    const { results, total, languages } = retryAfterCrash(() => index.search(asked));
    const [first] = index.unreadable();
    if (first) tellUnread(templates, first.template, first.error);
    const bad = [...index.unreadable().map(({ template, error }) => unread(template, error.message)), ...others].filter(named(need));
    const good = results.map((why) => /** @type {any} */ ({ ...why, template: byId.get(why.id) }));
    return { items: [...good, ...bad].slice(0, need.limit ?? LIMIT), total: total + bad.length, languages };
  }

  /**
   * Templates that can carry the draft, best first.
   *
   * @param {Conversation} conversation
   * @param {number} nowAtMs
   * @param {readonly Template[]} [templates] default: the best of those that may be sent
   * @returns {DraftTemplate[]}
   */
  forDraft(conversation, nowAtMs, templates) {
    const draft = conversation.state.draft.trim();
    if (!draft) return [];
    const tried = templates ?? this.search(conversation, nowAtMs, { limit: MAX_TRIED }).items
      .flatMap(({ template, eligibility }) => (eligibility.kind === "sendable" ? [template] : []));
    return retryAfterCrash(() => suitableForDraft(tried, draft))
      .map((found) => ({ ...found, template: /** @type {Template} */ (tried.find(({ id }) => id === found.id)) }));
  }

  close() {
    for (const templates of [...this.#lists.keys()]) this.#drop(templates);
  }
}
