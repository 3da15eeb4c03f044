// @ts-check
/** Templates that the agent sends, by what is fetched with them. */
/** @import { Template } from "../../src/wire/types.d.ts" */
/** @import { Conversation } from "./conversation.js" */
/** @import { Evaluator } from "./evaluator.js" */
/** @import { EvidenceBook } from "./evidence.js" */
/** @import { Receipt } from "./types.js" */
/** @import { LateWord } from "./send-time.js" */
/** @import { Settings } from "./settings.js" */
/** @import { AgentPreferences } from "./preferences.js" */
import { failureOf } from "./failure.js";
import { choosing, fetchChoosing } from "./fetch-choosing.js";
import { ofRefusal } from "./marketing.js";

/**
 * What a send takes part in.
 *
 * @typedef {object} SendParts
 * @property {Settings} settings
 * @property {Evaluator} evaluator
 * @property {EvidenceBook} evidence
 * @property {AgentPreferences} agent
 * @property {(isLast?: boolean) => void} changed
 */

export class Sender {
  #parts;
  /** @type {import("./template-sends.js").TemplateSends | undefined} */
  #templates;

  /** @param {SendParts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /**
   * @param {Conversation} conversation
   * @param {Template} template
   * @param {Readonly<Record<string, string>>} values
   * @returns {Promise<Receipt>} rejects with `send-in-progress`, `templates-unavailable`, and as `TemplateSends.send` does
   */
  async sendTemplate(conversation, template, values) {
    const { changed } = this.#parts;
    const sendId = conversation.beginSend(JSON.stringify([template?.id, values]));
    try {
      const { TemplateSends } = choosing() ?? (changed(), await fetchChoosing());
      this.#templates ??= new TemplateSends({ ...this.#parts, ofRefusal });
    } catch (error) {
      conversation.settleSend(failureOf(error), false);
      changed();
      throw error;
    }
    return this.#templates.send(conversation, template, values, sendId);
  }

  /** What became of a template of which nobody knew. @param {string} sendId @param {LateWord} word */
  settle(sendId, word) {
    this.#templates?.settle(sendId, word);
  }

  /** The provider refused it after all: which template it was. @param {string | undefined} sendId @returns {string | undefined} */
  refuse(sendId) {
    return this.#templates?.refuse(sendId);
  }
}
