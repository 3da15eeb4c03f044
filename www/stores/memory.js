// @ts-check
import { fault } from "../engine/fault.js";
import { mergeStates } from "../engine/on-server.js";
import { closesAtBy } from "./closing.js";
import { MAX_KEYS, compacted } from "./compacted.js";
import { createAccepted } from "./memory-accepted.js";
import { createOutbox } from "./memory-outbox.js";
import { createTallies } from "./memory-tallies.js";
import { KEEP_TALLIES_MS } from "./port.js";

/**
 * @import { WindowState } from "../../src/wire/types.d.ts"
 * @import { ClosesAt } from "./closing.js"
 * @import { OutboxItem, SendRecord, SharedStore, WindowStore } from "./port.js"
 */

/** `closesAtMs`: `null` until somebody asks for the queue. @typedef {{ keys: Set<string>, state: WindowState, closesAtMs: number | undefined | null, bytes?: number, changedAtMs?: number }} Entry */

/** Bytes that a record takes besides its id: an object, a kind, three times. An estimate, rather too high. */
const RECORD_BYTES = 120;

/** What a window holds, estimated. @param {Entry} entry */
const bytesOf = ({ keys, state: { customer, refused, sent, thread = [], marketing = [] } }) => {
  let bytes = 400;
  for (const key of keys) bytes += 100 + 2 * key.length;
  for (const records of [customer, refused, sent, thread, marketing]) for (const { id } of records) bytes += RECORD_BYTES + 2 * id.length;
  return bytes;
};

/** Those that did not change since then. @param {ReadonlySet<Entry>} byChange @param {number} before @returns {Entry[]} */
const expired = (byChange, before) => {
  const old = [];
  for (const entry of byChange) {
    if ((entry.changedAtMs ?? 0) >= before) break;
    old.push(entry);
  }
  return old;
};

/**
 * @param {{ most: number, maxBytes: number, keepMs: number, now: () => number }} limits
 * @param {() => void} full told where windows had to go for their bytes
 */
const createTable = ({ most, maxBytes, keepMs, now }, full) => {
  /** @type {Map<string, Entry>} */
  const entries = new Map();
  /** The same windows, the one that was told of last at the end: room is made at the other. @type {Set<Entry>} */
  const recent = new Set();
  /** And the one that changed last at the end: a repetition keeps nothing for longer. @type {Set<Entry>} */
  const byChange = new Set();
  let bytes = 0;
  /** @param {Entry} entry */
  const leave = (entry) => void (byChange.delete(entry), recent.delete(entry) && (bytes -= entry.bytes ?? 0));
  /** @param {Entry} entry */
  const drop = (entry) => {
    leave(entry);
    for (const key of entry.keys) entries.delete(key);
  };
  /** Makes room for a while, so that it is told once. The window that was just put stays, however large. */
  const shrink = () => {
    if (bytes <= maxBytes) return;
    for (const oldest of recent) {
      if (bytes <= maxBytes - maxBytes / 8 || recent.size === 1) break;
      drop(oldest);
    }
    full();
  };
  return {
    recent,
    drop,
    expire: () => expired(byChange, now() - keepMs).forEach(drop),
    /** @param {Entry} entry told of again, and the same */
    touch: (entry) => void (recent.delete(entry) && recent.add(entry)),
    /** @param {string} key */
    unlink: (key) => entries.delete(key),
    /** @param {readonly string[]} keys */
    known: (keys) => [...new Set(keys.flatMap((key) => entries.get(key) ?? []))],
    /** @param {Entry} entry @param {Entry[]} instead */
    put(entry, instead) {
      for (const other of instead) leave(other);
      entry.bytes = bytesOf(entry);
      entry.changedAtMs = now();
      recent.add(entry);
      byChange.add(entry);
      bytes += entry.bytes;
      for (const key of entry.keys) entries.set(key, entry);
      const [oldest] = recent;
      if (recent.size > most && oldest) drop(oldest);
      shrink();
    },
  };
};

/**
 * @param {ReturnType<typeof createTable>} table
 * @param {(keys: string[]) => void} changed
 * @param {() => void} linked told where a window had to lose a key
 * @param {(item: OutboxItem, keys: string[]) => void} handOn
 * @returns {Pick<SharedStore, "read" | "readMany" | "merge" | "windows">}
 */
const createWindows = ({ known, put, touch, recent, unlink, expire }, changed, linked, handOn) => {
  /** @param {string[]} keys */
  const read = async (keys) => {
    expire();
    const found = known(keys);
    return found.length < 2 ? found[0]?.state : mergeStates(found.map((entry) => entry.state));
  };
  return {
    read,
    readMany: (windows) => Promise.all(windows.map(read)),
    async merge(keys, state, item) {
      if (keys.length === 0) throw fault("missing-field", "keys", "a window has at least one key");
      expire();
      const found = known(keys);
      const merged = compacted(mergeStates([...found.map((entry) => entry.state), state]));
      if (item) handOn(item, keys);
      const all = new Set([...found.flatMap((other) => [...other.keys]), ...keys]);
      if (all.size > MAX_KEYS) {
        linked();
        // Those of this very event stay.
        for (const key of all) if (all.size > MAX_KEYS && !keys.includes(key) && all.delete(key)) unlink(key);
      }
      const [only] = found;
      if (found.length === 1 && only?.keys.size === all.size && JSON.stringify(only.state) === JSON.stringify(merged)) {
        touch(only);
        return only.state;
      }
      put({ keys: all, state: merged, closesAtMs: null }, found);
      changed([...all]);
      return merged;
    },
    async *windows() {
      expire();
      for (const entry of recent) yield { keys: [...entry.keys], state: entry.state };
    },
  };
};

/** Where a window stands in the queue: the first to close first, then by name. @param {Entry} entry @returns {[number, string]} */
const placeOf = ({ keys, closesAtMs }) => [closesAtMs ?? 0, [...keys].sort()[0] ?? ""];

/** @param {[number, string]} a @param {[number, string]} b */
const byPlace = ([atA, nameA], [atB, nameB]) => atA - atB || (nameA < nameB ? -1 : Number(nameA > nameB));

/** Asks when the windows close that changed since it was asked last. @param {Set<Entry>} recent @param {ClosesAt} closesAt */
const settle = (recent, closesAt) => {
  const changed = [...recent].filter((entry) => entry.closesAtMs === null);
  const answers = closesAt(changed.map(({ keys, state }) => ({ keys: [...keys], state })));
  for (const [place, entry] of changed.entries()) entry.closesAtMs = answers[place];
};

/** @param {ReturnType<typeof createTable>} table @param {ClosesAt} closesAt @returns {SharedStore["closing"]} */
const createClosing = ({ recent, expire }, closesAt) => async ({ fromMs, untilMs, after, limit = 100 }) => {
  expire();
  settle(recent, closesAt);
  const last = after === undefined ? undefined : /** @type {[number, string]} */ (JSON.parse(after));
  const queue = [...recent]
    .filter(({ closesAtMs }) => typeof closesAtMs === "number" && closesAtMs >= fromMs && closesAtMs <= untilMs)
    .map((entry) => ({ entry, place: placeOf(entry) }))
    .filter(({ place }) => !last || byPlace(place, last) > 0)
    .sort((a, b) => byPlace(a.place, b.place));
  const page = queue.slice(0, limit);
  const windows = page.map(({ entry: { keys, state }, place: [closesAtMs] }) => ({ keys: [...keys], state, closesAtMs }));
  const end = page.at(-1);
  return queue.length > limit && end ? { windows, next: JSON.stringify(end.place) } : { windows };
};

/** Changes that are kept for whoever follows them. */
const MAX_CHANGES = 100_000;

const createChanges = () => {
  /** Another process's positions say nothing here. */
  const run = crypto.randomUUID();
  /** @type {Map<number, string[]>} */
  const log = new Map();
  let [last, dropped] = [0, 0];
  /** @param {string} cursor */
  const numberOf = (cursor) => (cursor.startsWith(`${run}.`) ? Number(cursor.slice(run.length + 1)) : NaN);
  return {
    /** @param {string[]} keys */
    add(keys) {
      log.set(++last, keys);
      if (log.size > MAX_CHANGES) log.delete(++dropped);
    },
    /** @param {ReadonlySet<string>} keys */
    forget(keys) {
      for (const [number, entry] of log) if (entry.some((key) => keys.has(key))) log.set(number, []);
    },
    /** @type {SharedStore["changes"]} */
    async changes(after, limit = 1000) {
      const from = after === undefined ? last : numberOf(after);
      const missed = !(from >= dropped && from <= last);
      const changes = [];
      for (let number = missed ? last + 1 : from + 1; number <= last && changes.length < limit; number++) {
        const keys = log.get(number) ?? [];
        if (keys.length > 0) changes.push({ cursor: `${run}.${number}`, keys: [...keys] });
      }
      const cursor = changes.length === limit ? changes.at(-1)?.cursor : undefined;
      return { changes, cursor: cursor ?? `${run}.${last}`, missed };
    },
  };
};

/** @param {{ most: number, keepMs: number, now: () => number }} limits */
const createSends = ({ most, keepMs, now }) => {
  /** @type {Map<string, SendRecord & { recordedAtMs: number }>} */
  const sends = new Map();
  const expire = () => {
    for (const [id, { recordedAtMs }] of sends) {
      if (recordedAtMs >= now() - keepMs) return;
      sends.delete(id);
    }
  };
  return {
    /** @param {ReadonlySet<string>} keys */
    forget(keys) {
      for (const [id, record] of sends) if (record.keys.some((key) => keys.has(key))) sends.delete(id);
    },
    /** @type {Pick<WindowStore, "recordSend" | "sendRecord">} */
    port: {
      async recordSend(record) {
        expire();
        if (sends.has(record.id)) return;
        sends.set(record.id, { ...record, keys: [...record.keys], recordedAtMs: now() });
        const oldest = sends.keys().next();
        if (sends.size > most && !oldest.done) sends.delete(oldest.value);
      },
      async sendRecord(id) {
        expire();
        const { recordedAtMs: _, ...record } = sends.get(id) ?? { recordedAtMs: 0 };
        return "id" in record ? record : undefined;
      },
    },
  };
};

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * A window store in this process's memory: for one process, for tests, for the demo. A restart forgets it
 * (see `backfill`). Beyond the limits the oldest are forgotten: a forgotten window is at worst taken for closed.
 * Windows hold at most `maxWindowBytes` (256 MiB, estimated; beyond it `window-memory-full` in the `log`). A window has at most 64
 * keys; beyond that it is no longer found by the oldest (`window-keys-full` in the `log`).
 *
 * Windows and sends go 8 days after their last change (`keepMs`). Accepted signatures and ids are kept for `replayMs` (30 days) in at most `maxReplayBytes` (64 MiB, some 150,000 webhooks);
 * beyond that the oldest go, and the receiver reports `replay-memory-full`.
 *
 * @param {{ maxWindows?: number, maxSends?: number, keepMs?: number, now?: () => number, replayMs?: number, maxReplayBytes?: number, closesAt?: ClosesAt,
 *   maxWindowBytes?: number, maxOutboxBytes?: number, keepTalliesMs?: number, log?: (line: string) => void }} [options]
 *   `closesAt`: for policies of your own, see `closesAtBy`. `maxOutboxBytes` (64 MiB): beyond it nothing more is taken to be handed on. `keepTalliesMs`: 400 days
 * @returns {SharedStore}
 * @example
 * const store = memoryStore();
 * const receiver = createReceiver({ keys: [authToken], store });
 */
export const memoryStore = ({
  maxWindows = 100_000, maxSends = 10_000, keepMs = 8 * DAY_MS, now = Date.now, replayMs = 30 * DAY_MS, maxReplayBytes = 64 * 1024 * 1024, closesAt = closesAtBy(),
  maxWindowBytes = 256 * 1024 * 1024, maxOutboxBytes = 64 * 1024 * 1024, keepTalliesMs = KEEP_TALLIES_MS, log: tell = console.warn,
} = {}) => {
  const log = createChanges();
  const { outbox, put, forget } = createOutbox(maxOutboxBytes);
  const sends = createSends({ most: maxSends, keepMs, now });
  const table = createTable({ most: maxWindows, maxBytes: maxWindowBytes, keepMs, now }, () => tell("store: window-memory-full"));
  /** @type {Map<string, string>} */
  const notes = new Map();
  return {
    ...createWindows(table, log.add, () => tell("store: window-keys-full"), put),
    ...sends.port,
    ...createAccepted(replayMs, maxReplayBytes),
    closing: createClosing(table, closesAt),
    changes: log.changes,
    async erase(keys) {
      const found = table.known(keys);
      const linked = new Set([...keys, ...found.flatMap((entry) => [...entry.keys])]);
      for (const entry of found) table.drop(entry);
      sends.forget(linked);
      log.forget(linked);
      forget(linked);
      return found.length > 0;
    },
    outbox,
    ...createTallies(keepTalliesMs),
    note: async (name) => notes.get(name),
    async setNote(name, value) {
      notes.set(name, value);
    },
    async ping() {},
    async close() {},
  };
};
