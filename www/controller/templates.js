// @ts-check
/** The templates of the conversation shown: loaded, looked through, filled in and sent. What does it is fetched once there are some. */
/** @import { Fill, Template, TemplatePrompt } from "../../src/wire/types.d.ts" */
/** @import { Conversation } from "./conversation.js" */
/** @import { Evaluator } from "./evaluator.js" */
/** @import { EvidenceBook } from "./evidence.js" */
/** @import { LateWord } from "./send-time.js" */
/** @import { Settings } from "./settings.js" */
/** @import { TemplateSearch } from "./template-search.js" */
/** @import { TemplateSends } from "./template-sends.js" */
/** @import { DraftTemplate, FoundTemplates, Receipt, TemplateNeed } from "./types.js" */
import { assertString } from "../engine/check.js";
import { ReplyWindowError } from "../engine/errors.js";
import { failureOf } from "./failure.js";
import { choosing, fetchChoosing } from "./fetch-choosing.js";
import { ofRefusal } from "./marketing.js";
import { AgentPreferences } from "./preferences.js";
import { loadTemplates } from "./template-list.js";

/**
 * @typedef {object} TemplateParts
 * @property {Settings} settings
 * @property {Evaluator} evaluator
 * @property {EvidenceBook} evidence
 * @property {() => Conversation} shown
 * @property {() => void} publish
 * @property {() => void} evaluate
 * @property {() => boolean} isDestroyed
 */

/** What fills templates in. */
function filling() {
  const parts = choosing();
  if (!parts) throw new ReplyWindowError("templates-unavailable", "what fills templates in is not here yet: see `snapshot.templates`");
  return parts;
}

export class Templates {
  #parts;
  #agent;
  /** @type {TemplateSearch | undefined} */
  #search;
  /** @type {TemplateSends | undefined} */
  #sends;

  /** @param {TemplateParts} parts */
  constructor(parts) {
    this.#parts = parts;
    this.#agent = new AgentPreferences(parts.settings.preferences);
  }

  get preferences() {
    return this.#agent.preferences;
  }

  // ---- loaded

  /** @returns {Promise<void>} */
  reloadTemplates() {
    return this.#parts.isDestroyed() ? Promise.resolve() : this.load(this.#parts.shown());
  }

  /** @param {Conversation} conversation */
  load(conversation) {
    const { settings, publish, isDestroyed } = this.#parts;
    return loadTemplates(conversation, settings, (templates) => this.#searching?.prepare(templates), () => {
      if (isDestroyed()) return;
      const { view } = conversation.state;
      if (view) choosing()?.refreshAvailable(conversation, view.nowAtMs);
      publish();
    });
  }

  // ---- looked through

  get #searching() {
    const parts = choosing();
    return parts && (this.#search ??= new parts.TemplateSearch(this.#agent));
  }

  /** @param {TemplateNeed} [need] @returns {FoundTemplates} */
  search(need) {
    const { shown, evaluator } = this.#parts;
    return this.#searching?.search(shown(), evaluator.now(), need) ?? { items: [], total: 0, languages: [] };
  }

  /** @param {readonly Template[]} [templates] @returns {DraftTemplate[]} */
  templatesForDraft(templates) {
    const { shown, evaluator } = this.#parts;
    return this.#searching?.forDraft(shown(), evaluator.now(), templates) ?? [];
  }

  /**
   * @param {string} id
   * @param {boolean} isLiked
   */
  setFavourite(id, isLiked) {
    this.#agent.setFavourite(assertString(id, "id"), isLiked);
    this.#parts.publish();
  }

  // ---- filled in

  /** @param {Template} template @param {Readonly<Record<string, string>>} values @returns {Fill} */
  fill(template, values) {
    return filling().fillTemplate(template, values);
  }

  /** @param {Template} template @param {Readonly<Record<string, string>>} known @returns {TemplatePrompt[]} */
  prompts(template, known) {
    return filling().templatePrompts(template, known);
  }

  // ---- sent

  /**
   * @param {Template} template
   * @param {Readonly<Record<string, string>>} values
   * @returns {Promise<Receipt>} rejects with `destroyed`, `send-in-progress`, `templates-unavailable`, and as `TemplateSends.send` does
   */
  async sendTemplate(template, values) {
    const { isDestroyed, shown, evaluate: changed } = this.#parts;
    if (isDestroyed()) throw new ReplyWindowError("destroyed", "this controller was destroyed");
    const conversation = shown();
    const sendId = conversation.beginSend(JSON.stringify([template?.id, values]));
    try {
      const parts = choosing() ?? (changed(), await fetchChoosing());
      this.#sends ??= new parts.TemplateSends({ ...this.#parts, agent: this.#agent, changed, ofRefusal });
    } catch (error) {
      conversation.settleSend(failureOf(error), false);
      changed();
      throw error;
    }
    return this.#sends.send(conversation, template, values, sendId);
  }

  /** What became of a template of which nobody knew. @param {string} sendId @param {LateWord} word */
  settle(sendId, word) {
    this.#sends?.settle(sendId, word);
  }

  /** The provider refused it after all: which template it was. @param {string | undefined} sendId @returns {string | undefined} */
  refuse(sendId) {
    return this.#sends?.refuse(sendId);
  }

  close() {
    this.#search?.close();
  }
}
