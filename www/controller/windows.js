// @ts-check
/**
 * What is known of each window, by window key and never by conversation: a conversation that is reassigned, merged or
 * opened again has the same window, and what was learnt of it while another was shown is not lost.
 */
/** @import { Channel, Identity, WindowState } from "../../src/wire/types.d.ts" */
/** @import { Conversation, Evidence } from "./types.js" */
import { fault } from "../engine/fault.js";
import { compactState, mergeStates, recordEvents, toldState, windowKeys } from "../engine/session.js";

/** Records in one log above which a state is cut down to the latest; a tab may stay open for weeks. */
const LONG_LOG = 128;

/** @typedef {{ channel?: Channel, business: string, customer: Identity }} Window */

/**
 * The keys of a conversation's window. Of a customer who is known by no sure identity (a username alone), evidence is
 * kept for this conversation only.
 *
 * @param {Conversation} conversation
 * @returns {string[]}
 */
export function keysOf(conversation) {
  const keys = addressKeys(conversation);
  return keys.length > 0 ? keys : [`conversation:${conversation.id}`];
}

/**
 * @param {Window} window
 * @returns {string[]}
 */
function addressKeys({ channel = "whatsapp", business, customer }) {
  return windowKeys({ channel, business, customer });
}

/** @returns {Windows} */
export function createWindows() {
  return new Windows();
}

class Windows {
  /** @type {Map<string, WindowState>} */
  #states = new Map();

  /**
   * @param {readonly string[]} keys
   * @returns {WindowState | undefined}
   */
  read(keys) {
    const known = new Set(keys.map((key) => this.#states.get(key)).filter((state) => state !== undefined));
    if (known.size < 2) return known.values().next().value;
    return mergeStates([...known]);
  }

  /**
   * @param {readonly string[]} keys
   * @param {WindowState} state
   * @returns {WindowState} what is known now
   */
  merge(keys, state) {
    const known = this.read(keys);
    return this.#write(keys, mergeStates(known === undefined ? [state] : [known, state]));
  }

  /**
   * @param {readonly string[]} keys
   * @param {readonly Evidence[]} evidence all of one window
   * @param {number} receivedAtMs nothing is dated later
   * @returns {{ state: WindowState, clockSuspect?: true }} what is known now, and whether a time was far ahead
   */
  record(keys, evidence, receivedAtMs) {
    const { state, ...rest } = recordEvents(this.read(keys), evidence, receivedAtMs);
    return { state: this.#write(keys, state), ...rest };
  }

  /** What another tab told. @param {readonly string[]} keys @param {WindowState} state @param {number} heardAtMs */
  hear(keys, state, heardAtMs) {
    this.merge(keys, toldState(state, heardAtMs));
  }

  /**
   * @param {readonly string[]} keys
   * @param {WindowState} state
   */
  #write(keys, state) {
    const { customer, refused, sent, thread = [], marketing = [] } = state;
    const isLong = [customer, refused, sent, thread, marketing].some((log) => log.length > LONG_LOG);
    const kept = isLong ? compactState(state) : state;
    for (const key of keys) this.#states.set(key, kept);
    return kept;
  }
}

/**
 * The window that a piece of evidence belongs to; without an address it is of the conversation shown.
 *
 * @param {Evidence} item
 * @param {Conversation} shown
 * @returns {string[]} its keys
 */
export function keysFor(item, shown) {
  if (!("customer" in item || "business" in item)) return keysOf(shown);
  const { channel = shown.channel ?? "whatsapp", business = shown.business, customer } = /** @type {any} */ (item);
  // With an address but no customer it is of nobody known, and surely not of whoever happens to be shown.
  const keys = addressKeys({ channel, business, customer });
  if (keys.length > 0) return keys;
  if (JSON.stringify(customer) === JSON.stringify(shown.customer)) return keysOf(shown);
  throw fault("customer-unknown", "customer", "none of its identities is sure");
}

/**
 * Messages of ours that evidence of the conversation shown tells of, by the provider's id.
 *
 * @param {Evidence | readonly Evidence[]} evidence that was recorded
 * @returns {string[]}
 */
export function sentIds(evidence) {
  const items = /** @type {Evidence[]} */ (Array.isArray(evidence) ? evidence : [evidence]);
  return items.flatMap((item) => (item.log === "sent" && !("customer" in item || "business" in item) ? [item.id] : []));
}
