// @ts-check
import { compactState, mergeStates } from "../engine/on-server.js";

/**
 * @import { WindowState } from "../../src/wire/types.d.ts"
 * @import { SendRecord, WindowStore } from "./port.js"
 */

/** @typedef {{ keys: Set<string>, state: WindowState }} Entry */

/** More records than this in one map of a window, and the state is compacted to the latest 64 of each. */
const COMPACT_ABOVE = 256;

/** @param {WindowState} state */
const compacted = (state) =>
  Math.max(state.customer.length, state.refused.length, state.sent.length) > COMPACT_ABOVE ? compactState(state) : state;

/** @param {number} most @returns {Pick<WindowStore, "read" | "merge" | "windows">} */
const createWindows = (most) => {
  /** @type {Map<string, Entry>} */
  const entries = new Map();
  /** The same windows, the one that changed last at the end. @type {Set<Entry>} */
  const recent = new Set();
  /** @param {string[]} keys */
  const known = (keys) => [...new Set(keys.flatMap((key) => entries.get(key) ?? []))];
  /** @param {Entry} entry @param {Entry[]} instead */
  const put = (entry, instead) => {
    for (const other of instead) recent.delete(other);
    recent.add(entry);
    for (const key of entry.keys) entries.set(key, entry);
    const [oldest] = recent;
    if (recent.size <= most || !oldest) return;
    recent.delete(oldest);
    for (const key of oldest.keys) entries.delete(key);
  };
  return {
    async read(keys) {
      const found = known(keys);
      return found.length < 2 ? found[0]?.state : mergeStates(found.map((entry) => entry.state));
    },
    async merge(keys, state) {
      if (keys.length === 0) throw new TypeError("a window has at least one key");
      const found = known(keys);
      const merged = compacted(mergeStates([...found.map((entry) => entry.state), state]));
      put({ keys: new Set([...found.flatMap((other) => [...other.keys]), ...keys]), state: merged }, found);
      return merged;
    },
    async *windows() {
      for (const entry of recent) yield { keys: [...entry.keys], state: entry.state };
    },
  };
};

/** @param {number} most @returns {Pick<WindowStore, "recordSend" | "sendRecord">} */
const createSends = (most) => {
  /** @type {Map<string, SendRecord>} */
  const sends = new Map();
  return {
    async recordSend(record) {
      if (sends.has(record.id)) return;
      sends.set(record.id, { ...record, keys: [...record.keys] });
      const oldest = sends.keys().next();
      if (sends.size > most && !oldest.done) sends.delete(oldest.value);
    },
    async sendRecord(id) {
      return sends.get(id);
    },
  };
};

/**
 * A window store in this process's memory: for one process, for tests, for the demo. A restart forgets it
 * (see `backfill`). Beyond the two limits the oldest are forgotten: a forgotten window is at worst taken for closed.
 *
 * @param {{ maxWindows?: number, maxSends?: number }} [options]
 * @returns {WindowStore}
 * @example
 * const store = memoryStore();
 * const receiver = createReceiver({ keys: [authToken], store });
 */
export const memoryStore = ({ maxWindows = 100_000, maxSends = 10_000 } = {}) => ({
  ...createWindows(maxWindows),
  ...createSends(maxSends),
});
