// @ts-check
import { fault } from "../engine/fault.js";
import { OUTBOX_MS } from "./port.js";

/** @import { DeadLetter, Outbox, OutboxItem } from "./port.js" */

/** @typedef {OutboxItem & { keys: string[], state: "waiting" | "dead" | "done", sinceMs: number, nextMs: number, tries: number, reason: string, diedAtMs: number, bytes: number }} Entry */

/** Bytes that an item takes besides its texts. An estimate, rather too high. */
const ENTRY_BYTES = 600;

/** Who waits behind whom: of the items that share a key, the first one's turn it is. */
const createLines = () => {
  /** @type {Map<string, Set<Entry>>} */
  const lines = new Map();
  return {
    /** @param {Entry} entry */
    join(entry) {
      for (const key of entry.keys) lines.set(key, (lines.get(key) ?? new Set()).add(entry));
    },
    /** @param {Entry} entry */
    leave(entry) {
      for (const key of entry.keys) {
        lines.get(key)?.delete(entry);
        if (lines.get(key)?.size === 0) lines.delete(key);
      }
    },
    /** Whoever is in no line waits for nobody. @param {Entry} entry */
    isTurn: (entry) => entry.keys.every((key) => {
      const line = lines.get(key);
      return !line?.has(entry) || line.values().next().value === entry;
    }),
  };
};

/** @param {Map<string, Entry>} entries @returns {Pick<Outbox, "dead" | "stats">} */
const listsOf = (entries) => ({
  async dead({ after, limit = 100 } = {}) {
    const [at, id] = /** @type {[number, string]} */ (after === undefined ? [-Infinity, ""] : JSON.parse(after));
    const letters = [...entries.values()].filter((one) => one.state === "dead" && (one.diedAtMs > at || (one.diedAtMs === at && one.id > id)))
      .sort((a, b) => a.diedAtMs - b.diedAtMs || (a.id < b.id ? -1 : 1));
    const page = letters.slice(0, limit).map((one) => /** @type {DeadLetter} */ ({ id: one.id, keys: [...one.keys], atMs: one.atMs, diedAtMs: one.diedAtMs, tries: one.tries, reason: one.reason }));
    const last = page.at(-1);
    return letters.length > limit && last ? { letters: page, next: JSON.stringify([last.diedAtMs, last.id]) } : { letters: page };
  },
  async stats() {
    const all = [...entries.values()];
    const waiting = all.filter(({ state }) => state === "waiting");
    const oldest = Math.min(...waiting.map(({ sinceMs }) => sinceMs));
    return { waiting: waiting.length, dead: all.filter(({ state }) => state === "dead").length, ...(waiting.length > 0 && { oldestAtMs: oldest }) };
  },
});

/** What becomes of an item; every one of these is of one that waits. @param {Map<string, Entry>} entries @param {ReturnType<typeof createLines>} lines @param {(entry: Entry, body: string, keys: string[]) => void} change @returns {Pick<Outbox, "settle" | "replay">} */
const endsOf = (entries, lines, change) => ({
  async settle({ id }, outcome) {
    const entry = entries.get(id);
    if (entry?.state !== "waiting") return;
    if (outcome.kind === "retry") {
      [entry.nextMs, entry.reason] = [outcome.atMs, outcome.reason];
      if (!outcome.holds) lines.leave(entry);
      return;
    }
    lines.leave(entry);
    if (outcome.kind === "delivered") {
      entry.state = "done";
      change(entry, "", []);
    } else Object.assign(entry, { state: "dead", diedAtMs: outcome.atMs, reason: outcome.reason });
  },
  async replay(ids, nowMs) {
    const dead = ids.flatMap((id) => entries.get(id) ?? []).filter(({ state }) => state === "dead");
    for (const entry of dead) {
      Object.assign(entry, { state: "waiting", sinceMs: nowMs, nextMs: nowMs, tries: 0 });
      lines.join(entry);
    }
    return dead.length;
  },
});

/** All items, and what they weigh. @param {ReturnType<typeof createLines>} lines */
const createEntries = (lines) => {
  /** @type {Map<string, Entry>} */
  const entries = new Map();
  let bytes = 0;
  /** @param {Entry} entry */
  const drop = (entry) => {
    lines.leave(entry);
    entries.delete(entry.id);
    bytes -= entry.bytes;
  };
  return {
    entries, drop,
    bytes: () => bytes,
    /** @param {Entry} entry @param {string} body @param {string[]} keys */
    change(entry, body, keys) {
      bytes -= entry.bytes;
      Object.assign(entry, { body, keys, bytes: ENTRY_BYTES + 2 * (body.length + keys.join().length) });
      bytes += entry.bytes;
    },
    /** @param {number} nowMs */
    expire(nowMs) {
      for (const entry of [...entries.values()]) if (nowMs - entry.atMs > OUTBOX_MS) drop(entry);
    },
  };
};

/** @param {number} maxBytes */
export const createOutbox = (maxBytes) => {
  const lines = createLines();
  const { entries, drop, bytes, change, expire } = createEntries(lines);
  /** @param {OutboxItem} item @param {readonly string[]} keys */
  const put = ({ id, body, atMs }, keys) => {
    if (entries.has(id)) return false;
    expire(atMs);
    if (bytes() > maxBytes) throw fault("outbox-full", "", `more than ${maxBytes} bytes wait to be handed on`);
    const entry = /** @type {Entry} */ ({ id, body: "", atMs, keys: [], state: "waiting", sinceMs: atMs, nextMs: atMs, tries: 0, reason: "", diedAtMs: 0, bytes: 0 });
    change(entry, body, [...keys]);
    entries.set(id, entry);
    lines.join(entry);
    return true;
  };
  /** @type {Outbox} */
  const outbox = {
    add: async (item) => put(item, item.keys ?? []),
    async claim({ nowMs, untilMs, limit, id }) {
      expire(nowMs);
      const due = [...entries.values()].filter((one) => one.state === "waiting" && one.nextMs <= nowMs && (id === undefined || one.id === id) && lines.isTurn(one));
      return due.sort((a, b) => a.nextMs - b.nextMs).slice(0, limit).map((one) => {
        one.nextMs = untilMs;
        one.tries += 1;
        return { id: one.id, keys: [...one.keys], body: one.body, atMs: one.atMs, sinceMs: one.sinceMs, tries: one.tries };
      });
    },
    ...endsOf(entries, lines, change),
    ...listsOf(entries),
  };
  return {
    outbox, put,
    /** @param {ReadonlySet<string>} keys */
    forget(keys) {
      for (const entry of [...entries.values()]) if (entry.keys.some((key) => keys.has(key))) drop(entry);
    },
  };
};
