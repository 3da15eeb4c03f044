// @ts-check
/**
 * What is known of each window, by window key and never by conversation: a conversation that is reassigned, merged or
 * opened again has the same window, and what was learnt of it while another was shown is not lost.
 */
/** @import { Channel, Identity, WindowState } from "../../src/wire/types.d.ts" */
/** @import { Evidence } from "./port.js" */
import { compactState, foldEvents, mergeStates, windowKeys } from "../engine/session.js";

/** Records in one log above which a state is cut down to the latest; a tab may stay open for weeks. */
const LONG_LOG = 128;

/** @typedef {{ channel?: Channel, business: string, customer: Identity }} Window */

/**
 * @param {Window} window
 * @returns {string[]}
 */
export function keysOf({ channel = "whatsapp", business, customer }) {
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
   * @returns {WindowState} what is known now
   */
  fold(keys, evidence) {
    return this.#write(keys, foldEvents(this.read(keys), evidence));
  }

  /**
   * @param {readonly string[]} keys
   * @param {WindowState} state
   */
  #write(keys, state) {
    const { customer, refused, sent } = state;
    const isLong = [customer, refused, sent].some((log) => log.length > LONG_LOG);
    const kept = isLong ? compactState(state) : state;
    for (const key of keys) this.#states.set(key, kept);
    return kept;
  }
}

/**
 * Evidence by the window it belongs to; without an address it is of the window `shown`.
 *
 * @param {readonly Evidence[]} evidence
 * @param {Window} shown
 * @returns {{ keys: string[], evidence: Evidence[] }[]}
 */
export function byWindow(evidence, shown) {
  /** @type {Map<string, { keys: string[], evidence: Evidence[] }>} */
  const groups = new Map();
  for (const item of evidence) {
    const full = addressed(item, shown);
    const keys = keysOf(full);
    const group = groups.get(keys.join("\n"));
    if (group) group.evidence.push(full);
    else groups.set(keys.join("\n"), { keys, evidence: [full] });
  }
  return [...groups.values()];
}

/**
 * @param {Evidence} item
 * @param {Window} shown
 * @returns {import("../../src/wire/types.d.ts").SessionEvent}
 */
function addressed(item, { channel = "whatsapp", business, customer }) {
  // With an address but no customer it is of nobody known, and surely not of whoever happens to be shown.
  if ("customer" in item || "business" in item) {
    return { channel, business, .../** @type {any} */ (item) };
  }
  return { ...item, channel, business, customer };
}
