// @ts-check
/**
 * A draft that was kept while the window was closed, and whether it was promised for the customer's answer, follow that customer: the answer to a
 * template opens another conversation in Dynamics. Both are kept in the page's memory, so they are offered to the same agent and to nobody else.
 */

/** @import { Found } from "../adapters/dynamics/reader.js" */
/** @import { Snapshot } from "../controller/types.js" */

/** @typedef {{ text: string, isPromised: boolean }} Carried `isPromised`: the agent kept it for the customer's answer */

/** Customers whose drafts are kept. */
const MAX_CUSTOMERS = 64;

export class CarriedDraft {
  /** @type {Map<string, Carried & { from: string }>} by our number and the customer */
  #kept = new Map();
  /** What was taken from where: there it is no draft any more. @type {Map<string, string>} */
  #taken = new Map();

  /** What is true of the conversation that is shown. @param {Found} found @param {Pick<Snapshot, "draft" | "verdict" | "queue">} snapshot */
  note(found, { draft, verdict, queue }) {
    const key = keyOf(found);
    if (key === undefined) return;
    const kept = this.#kept.get(key);
    if (draft === "" && kept?.from === found.id) this.#kept.delete(key);
    if (draft === "" || (!verdict.locksComposer && kept?.from !== found.id)) return;
    this.#kept.delete(key);
    this.#kept.set(key, { from: found.id, text: draft, isPromised: queue !== undefined && queue !== "offered" });
    forgetOldest(this.#kept);
  }

  /** What is about to leave goes nowhere else: the box may be emptied only when another conversation is shown. @param {Found} found */
  sent(found) {
    const key = keyOf(found);
    if (key !== undefined && this.#kept.get(key)?.from === found.id) this.#kept.delete(key);
  }

  /** The draft of another conversation with the same customer; it is given once. @param {Found} found @returns {Carried | undefined} */
  take(found) {
    const key = keyOf(found);
    const kept = key === undefined ? undefined : this.#kept.get(key);
    if (key === undefined || !kept || kept.from === found.id) return undefined;
    this.#kept.delete(key);
    this.#taken.set(kept.from, kept.text);
    forgetOldest(this.#taken);
    return kept;
  }

  /** Whether a draft that a conversation still holds went on to another one: sent from both, the customer would have it twice. @param {Found} found @param {string} draft */
  hasLeft(found, draft) {
    const isGone = draft !== "" && this.#taken.get(found.id) === draft;
    this.#taken.delete(found.id);
    return isGone;
  }
}

/** @param {Map<string, unknown>} map */
function forgetOldest(map) {
  const [oldest] = map.keys();
  if (map.size > MAX_CUSTOMERS && oldest !== undefined) map.delete(oldest);
}

/** @param {Found} found */
const keyOf = (found) => (found.kind === "whatsapp" ? `${found.business} ${found.customer.phone ?? found.customer.bsuid ?? found.customer.parentBsuid}` : undefined);
