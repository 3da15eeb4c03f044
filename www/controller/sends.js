// @ts-check
/** Which conversation a message went out in: a provider refuses by the id of the message, often long after another is shown. */

/** Sends remembered; the oldest go. */
const MAX_SENDS = 4096;

/** @typedef {{ conversationId: string, templateId?: string, values?: Readonly<Record<string, string>> }} Sent `values` of a template */

export class Sends {
  /** @type {Map<string, Sent>} by the provider's id of the message, the latest is the last */
  #known = new Map();

  /** @param {string} messageId @param {Sent} sent */
  add(messageId, sent) {
    this.#known.delete(messageId);
    this.#known.set(messageId, sent);
    const [oldest] = this.#known.keys();
    if (oldest !== undefined && this.#known.size > MAX_SENDS) this.#known.delete(oldest);
  }

  /** @param {unknown} messageId @returns {Sent | undefined} */
  find(messageId) {
    return typeof messageId === "string" ? this.#known.get(messageId) : undefined;
  }
}
