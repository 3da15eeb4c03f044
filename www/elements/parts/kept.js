// @ts-check
/**
 * What the agent has in hand besides free text: search, form and values. It belongs to the element, and so outlives what is drawn: a change of
 * language or of conversation takes none of it away.
 *
 * @import { ErrorInfo, Receipt } from "../../controller/types.js"
 * @import { Template } from "../../../src/wire/types.d.ts"
 */

/**
 * Of one conversation. `isOpen`: the agent opened the panel, or began something in it. `held`: the window opened again meanwhile.
 *
 * @typedef {object} InHand
 * @property {boolean} [isOpen]
 * @property {boolean} [held]
 * @property {string} [query]
 * @property {string} [language] the only one whose templates are listed
 * @property {Template} [template] whose form is shown
 * @property {ErrorInfo} [error] that the form tells of
 * @property {Sending} [sending]
 */
/** A template on its way, and the form from which it was sent. @typedef {{ place: string, outcome: Promise<{ receipt?: Receipt, error?: ErrorInfo }> }} Sending */

export class Kept {
  /** Values typed so far, by conversation and template. @type {Map<string, Record<string, string>>} */
  values = new Map();
  /** Who draws it now; what was drawn before has nothing to say any more. @type {object | undefined} */
  panel;
  /** @type {Map<string, InHand>} */
  #all = new Map();

  /** @param {string} conversationId @returns {InHand} */
  of(conversationId) {
    const known = this.#all.get(conversationId) ?? {};
    this.#all.set(conversationId, known);
    return known;
  }
}
