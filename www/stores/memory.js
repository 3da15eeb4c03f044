// @ts-check
import { compactState, mergeStates } from "../engine/on-server.js";

/**
 * @import { WindowState } from "../../src/wire/types.d.ts"
 * @import { Acceptance, SendRecord, WindowStore } from "./port.js"
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

const DAY_MS = 24 * 60 * 60 * 1000;

/** Bytes that an entry takes besides its texts: a place in the map, an object, two numbers. An estimate, rather too high. */
const ENTRY_BYTES = 160;

/** @typedef {{ digest: string, atMs: number, bytes: number, seen?: true }} Accepted */

/**
 * Signatures and ids, the first accepted at the front.
 *
 * @param {number} keptMs
 * @param {number} maxBytes
 */
const createMemory = (keptMs, maxBytes) => {
  /** @type {Map<string, Accepted>} */
  const accepted = new Map();
  let bytes = 0;
  /** @param {string} key @param {Accepted} entry */
  const drop = (key, entry) => {
    accepted.delete(key);
    bytes -= entry.bytes;
  };
  return {
    /** @param {number} now */
    expire(now) {
      for (const [key, entry] of accepted) {
        if (now - entry.atMs <= keptMs) return;
        drop(key, entry);
      }
    },
    /** The first word stays. @param {string} key @param {string} digest @param {number} atMs @returns {Accepted} */
    first(key, digest, atMs) {
      const known = accepted.get(key);
      if (known) return known;
      const entry = { digest, atMs, bytes: ENTRY_BYTES + 2 * (key.length + digest.length) };
      accepted.set(key, entry);
      bytes += entry.bytes;
      return entry;
    },
    /** Makes room for a while, so that it is told once. @returns {boolean} whether something had to go before its time */
    shrink() {
      if (bytes <= maxBytes) return false;
      for (const [key, entry] of accepted) {
        if (bytes <= maxBytes - maxBytes / 8) break;
        drop(key, entry);
      }
      return true;
    },
  };
};

/** @param {number} keptMs @param {number} maxBytes @returns {Pick<WindowStore, "accept">} */
const createAccepted = (keptMs, maxBytes) => {
  const memory = createMemory(keptMs, maxBytes);
  return {
    async accept({ fingerprint, digest, ids, atMs }) {
      memory.expire(atMs);
      const signed = memory.first(`signature/${fingerprint}`, digest, atMs);
      if (signed.digest !== digest) return { kind: "re-cut", atMs: signed.atMs, ids: {} };
      /** @type {Acceptance} */
      const acceptance = { kind: signed.seen ? "repeat" : "new", atMs: signed.atMs, ids: {} };
      signed.seen = true;
      acceptance.ids = Object.fromEntries(ids.map((id) => [id, memory.first(`id/${id}`, "", atMs).atMs]));
      return memory.shrink() ? { ...acceptance, full: true } : acceptance;
    },
  };
};

/**
 * A window store in this process's memory: for one process, for tests, for the demo. A restart forgets it
 * (see `backfill`). Beyond the two limits the oldest are forgotten: a forgotten window is at worst taken for closed.
 *
 * Accepted signatures and ids are kept for `replayMs` (30 days) in at most `maxReplayBytes` (64 MiB, some 150,000 webhooks);
 * beyond that the oldest go, and the receiver reports `replay-memory-full`.
 *
 * @param {{ maxWindows?: number, maxSends?: number, replayMs?: number, maxReplayBytes?: number }} [options]
 * @returns {WindowStore}
 * @example
 * const store = memoryStore();
 * const receiver = createReceiver({ keys: [authToken], store });
 */
export const memoryStore = ({ maxWindows = 100_000, maxSends = 10_000, replayMs = 30 * DAY_MS, maxReplayBytes = 64 * 1024 * 1024 } = {}) => ({
  ...createWindows(maxWindows),
  ...createSends(maxSends),
  ...createAccepted(replayMs, maxReplayBytes),
});
