// @ts-check
import { compactState, mergeStates } from "../engine/session.js";

/**
 * @import { WindowState } from "../../src/wire/types.d.ts"
 * @import { Handover, WindowStore } from "./port.js"
 */

/** @typedef {{ keys: Set<string>, state: WindowState }} Entry */

/** More records than this in one map of a window, and the state is compacted to the latest 64 of each. */
const COMPACT_ABOVE = 256;

/** @param {WindowState} state */
const compacted = (state) =>
  Math.max(state.customer.length, state.refused.length, state.sent.length) > COMPACT_ABOVE ? compactState(state) : state;

/**
 * A window store in this process's memory: for one process, for tests, for the demo. A restart forgets it
 * (see `backfill`). Hand-overs beyond `maxHandovers` are forgotten, oldest first.
 *
 * @param {{ maxHandovers?: number }} [options]
 * @returns {WindowStore}
 */
export const memoryStore = ({ maxHandovers = 10_000 } = {}) => {
  /** @type {Map<string, Entry>} */
  const entries = new Map();
  /** @type {Map<string, Handover>} */
  const handovers = new Map();

  /** @param {string[]} keys */
  const known = (keys) => [...new Set(keys.flatMap((key) => entries.get(key) ?? []))];

  return {
    async read(keys) {
      const found = known(keys);
      if (found.length < 2) return found[0]?.state;
      return mergeStates(found.map((entry) => entry.state));
    },

    async merge(keys, state) {
      if (keys.length === 0) throw new TypeError("a window has at least one key");
      const found = known(keys);
      const merged = compacted(mergeStates([...found.map((entry) => entry.state), state]));
      const entry = { keys: new Set([...found.flatMap((other) => [...other.keys]), ...keys]), state: merged };
      for (const key of entry.keys) entries.set(key, entry);
      return merged;
    },

    async *windows() {
      for (const entry of new Set(entries.values())) yield { keys: [...entry.keys], state: entry.state };
    },

    async handedOver(handover) {
      if (handovers.has(handover.id)) return;
      handovers.set(handover.id, { ...handover, keys: [...handover.keys] });
      const oldest = handovers.keys().next();
      if (handovers.size > maxHandovers && !oldest.done) handovers.delete(oldest.value);
    },

    async handover(id) {
      return handovers.get(id);
    },
  };
};
