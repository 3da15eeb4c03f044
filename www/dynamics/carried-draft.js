// @ts-check
/**
 * A draft that was kept while the window was closed follows its customer: the answer to a template opens another conversation in Dynamics.
 * It is kept in the page's memory, so it is offered to the same agent and to nobody else.
 */

/** @import { Found } from "../adapters/dynamics/reader.js" */
/** @import { Snapshot } from "../controller/types.js" */

/** Customers whose drafts are kept. */
const MAX_CUSTOMERS = 64;

export class CarriedDraft {
  /** @type {Map<string, { from: string, text: string }>} by our number and the customer */
  #kept = new Map();

  /** What is true of the conversation that is shown. @param {Found} found @param {Pick<Snapshot, "draft" | "verdict">} snapshot */
  note(found, { draft, verdict }) {
    const key = keyOf(found);
    if (key === undefined) return;
    const kept = this.#kept.get(key);
    if (draft === "" && kept?.from === found.id) this.#kept.delete(key);
    if (draft === "" || (!verdict.locksComposer && kept?.from !== found.id)) return;
    this.#kept.delete(key);
    this.#kept.set(key, { from: found.id, text: draft });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MAX_CUSTOMERS && oldest !== undefined) this.#kept.delete(oldest);
  }

  /** The draft of another conversation with the same customer; it is given once. @param {Found} found @returns {string | undefined} */
  take(found) {
    const key = keyOf(found);
    const kept = key === undefined ? undefined : this.#kept.get(key);
    if (key === undefined || !kept || kept.from === found.id) return undefined;
    this.#kept.delete(key);
    return kept.text;
  }
}

/** @param {Found} found */
const keyOf = (found) => (found.kind === "whatsapp" ? `${found.business} ${found.customer.phone ?? found.customer.bsuid ?? found.customer.parentBsuid}` : undefined);
