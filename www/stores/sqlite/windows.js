// @ts-check
import { mergeStates } from "../../engine/on-server.js";
import { MAX_KEYS, compacted } from "../compacted.js";
import { heldIn } from "./memories.js";

/**
 * @import { WindowState } from "../../../src/wire/types.d.ts"
 * @import { ClosesAt } from "../closing.js"
 * @import { SharedStore } from "../port.js"
 * @import { Database } from "./database.js"
 */

/** Changes that are kept for whoever follows them. */
const MAX_CHANGES = 100_000;

/** @param {Database} database @returns {(id: number) => string[]} */
const keysIn = (database) => {
  const keys = database.prepare("SELECT key FROM key WHERE window = ?");
  return (id) => keys.all(id).map(({ key }) => String(key));
};

/** @typedef {{ id: number, text: string, state: WindowState }} Found */

/** @param {Database} database @returns {(keys: readonly string[]) => Found[]} each window once */
const foundIn = (database) => {
  const windowOf = database.prepare("SELECT window.id, state FROM key JOIN window ON window.id = key.window WHERE key = ?");
  return (keys) => {
    const rows = keys.flatMap((key) => /** @type {{ id: number, state: string }[]} */ (windowOf.all(key)));
    return [...new Map(rows.map(({ id, state }) => [id, { id, text: state, state: JSON.parse(state) }])).values()];
  };
};

/** Who is in which window, inside a transaction. @param {Database} database */
const linksIn = (database) => {
  const drop = database.prepare("DELETE FROM window WHERE id = ?");
  const dropKeys = database.prepare("DELETE FROM key WHERE window = ?");
  const moveKeys = database.prepare("UPDATE key SET window = ? WHERE window = ?");
  const setKey = database.prepare("INSERT INTO key (key, window, at) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET window = excluded.window");
  const countKeys = database.prepare("SELECT count(*) AS count FROM key WHERE window = ?");
  const dropOldest = database.prepare("DELETE FROM key WHERE key IN (SELECT key FROM key WHERE window = ? AND key NOT IN (SELECT value FROM json_each(?)) ORDER BY at, key LIMIT ?)");
  return {
    /** @param {number} id */
    drop(id) {
      drop.run(id);
      dropKeys.run(id);
    },
    /** The oldest keys of a window that has too many go, and none of `keys`. @param {number} id @param {readonly string[]} keys @returns {boolean} whether it had */
    unlink(id, keys) {
      const over = Number(countKeys.get(id)?.count) - MAX_KEYS;
      if (over > 0) dropOldest.run(id, JSON.stringify(keys), over);
      return over > 0;
    },
    /** @param {number} id @param {readonly string[]} keys @param {Found[]} others @param {number} now */
    link(id, keys, others, now) {
      for (const other of others) {
        moveKeys.run(id, other.id);
        drop.run(other.id);
      }
      for (const key of keys) setKey.run(key, id, now);
    },
  };
};

/** Changes, for whoever follows them. @param {Database} database */
const changesToldIn = (database) => {
  const tell = database.prepare("INSERT INTO change (keys) VALUES (?)");
  const trim = database.prepare("DELETE FROM change WHERE number <= (SELECT max(number) FROM change) - ?");
  return {
    /** @param {readonly string[]} keys */
    tell: (keys) => void tell.run(JSON.stringify(keys)),
    trim: () => void trim.run(MAX_CHANGES),
  };
};

/** When the windows of one transaction close, asked of the engine at once. @param {Database} database @param {ClosesAt} closesAt */
const unsettledIn = (database, closesAt) => {
  const close = database.prepare("UPDATE window SET closes_at = ? WHERE id = ?");
  /** @type {Map<number, { keys: readonly string[], state: WindowState }>} */
  const windows = new Map();
  return {
    /** At its beginning. */
    clear: () => windows.clear(),
    /** @param {number} id @param {{ keys: readonly string[], state: WindowState }} window */
    add: (id, window) => void windows.set(id, window),
    /** @param {number} id */
    has: (id) => windows.has(id),
    /** At its end. */
    settle() {
      const times = closesAt([...windows.values()]);
      for (const [place, id] of [...windows.keys()].entries()) close.run(times[place] ?? null, id);
    },
  };
};

/**
 * Windows that go.
 *
 * @param {Database} database
 * @param {{ drop: (id: number) => void }} links
 * @param {{ isKept: (id: number) => boolean, maxBytes: number, tell: (code: string) => void }} options
 */
const roomIn = (database, { drop }, { isKept, maxBytes, tell }) => {
  const expired = database.prepare("SELECT id FROM window WHERE changed_at < ? ORDER BY changed_at LIMIT 64");
  const oldest = database.prepare("SELECT id FROM window ORDER BY changed_at, id LIMIT 1000");
  const held = heldIn(database, "windows");
  return {
    /** Makes room for a while, so that it is told once; what this transaction changed stays. */
    shrink() {
      if (held() <= maxBytes) return;
      tell("window-memory-full");
      for (const { id } of oldest.all()) {
        if (held() <= maxBytes - maxBytes / 8) return;
        if (!isKept(Number(id))) drop(Number(id));
      }
    },
    /** A few of those that nothing happened to since then; so the rest is never long. @param {number} before */
    expire: (before) => expired.all(before).forEach(({ id }) => drop(Number(id))),
  };
};

/**
 * @param {Database} database
 * @param {{ closesAt: ClosesAt, maxBytes: number, tell: (code: string) => void }} options
 */
export const windowsIn = (database, { closesAt, maxBytes, tell }) => {
  const [keysOf, known, links, changes] = [keysIn(database), foundIn(database), linksIn(database), changesToldIn(database)];
  const add = database.prepare("INSERT INTO window (state, changed_at) VALUES (?, ?)");
  const change = database.prepare("UPDATE window SET state = ?, changed_at = ? WHERE id = ?");
  const unsettled = unsettledIn(database, closesAt);
  return {
    /** @param {readonly string[]} keys @returns {WindowState | undefined} */
    read(keys) {
      const found = known(keys);
      return found.length < 2 ? found[0]?.state : mergeStates(found.map(({ state }) => state));
    },
    /** Inside a transaction. @param {readonly string[]} keys @param {WindowState} state @param {number} now @returns {WindowState} */
    merge(keys, state, now) {
      const found = known(keys);
      const [first, ...others] = found;
      const merged = compacted(mergeStates([...found.map((one) => one.state), state]));
      const text = JSON.stringify(merged);
      const linked = first ? keysOf(first.id) : [];
      if (first && others.length === 0 && first.text === text && keys.every((key) => linked.includes(key))) return merged;
      const id = first?.id ?? Number(add.run(text, now).lastInsertRowid);
      if (first) change.run(text, now, id);
      links.link(id, keys, others, now);
      if (links.unlink(id, keys)) tell("window-keys-full");
      changes.tell(others.length > 0 ? keysOf(id) : [...new Set([...linked, ...keys])]);
      unsettled.add(id, { keys, state: merged });
      return merged;
    },
    begin: unsettled.clear,
    settle() {
      unsettled.settle();
      changes.trim();
    },
    ...roomIn(database, links, { isKept: unsettled.has, maxBytes, tell }),
    /** @param {readonly string[]} keys @returns {{ linked: string[], found: boolean }} with all keys that were linked to them */
    erase(keys) {
      const found = known(keys);
      const linked = [...new Set([...keys, ...found.flatMap(({ id }) => keysOf(id))])];
      for (const { id } of found) links.drop(id);
      return { linked, found: found.length > 0 };
    },
  };
};

/** @param {Database} database @returns {Pick<SharedStore, "windows" | "closing">} */
export const listsIn = (database) => {
  const keysOf = keysIn(database);
  const all = database.prepare("SELECT id, state FROM window WHERE id > ? ORDER BY id LIMIT 100");
  const queue = database.prepare("SELECT id, state, closes_at FROM window WHERE closes_at BETWEEN ? AND ? AND (closes_at, id) > (?, ?) ORDER BY closes_at, id LIMIT ?");
  return {
    async *windows() {
      for (let after = 0, rows; ; ) {
        rows = /** @type {{ id: number, state: string }[]} */ (all.all(after));
        for (const { id, state } of rows) yield { keys: keysOf(id), state: JSON.parse(state) };
        const last = rows.at(-1);
        if (!last) return;
        after = last.id;
      }
    },
    async closing({ fromMs, untilMs, after, limit = 100 }) {
      const [at, id] = /** @type {[number, number]} */ (after === undefined ? [-1, -1] : JSON.parse(after));
      const rows = /** @type {{ id: number, state: string, closes_at: number }[]} */ (queue.all(fromMs, untilMs, at, id, limit + 1));
      const page = rows.slice(0, limit);
      const windows = page.map((row) => ({ keys: keysOf(row.id), state: JSON.parse(row.state), closesAtMs: row.closes_at }));
      const last = page.at(-1);
      return rows.length > limit && last ? { windows, next: JSON.stringify([last.closes_at, last.id]) } : { windows };
    },
  };
};
