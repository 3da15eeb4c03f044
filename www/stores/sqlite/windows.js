// @ts-check
import { packStates, partsOf, unpackStates } from "../../engine/kept.js";
import { MAX_KEYS, compacted } from "../compacted.js";
import { groupsOf, trimmed } from "./groups.js";
import { heldIn } from "./memories.js";

/**
 * @import { WindowState } from "../../../src/wire/types.d.ts"
 * @import { ClosesAt } from "../closing.js"
 * @import { OutboxItem, SharedStore } from "../port.js"
 * @import { Database } from "./database.js"
 * @import { Group, Join, Known } from "./groups.js"
 */

/** Changes that are kept for whoever follows them. */
const MAX_CHANGES = 100_000;

/** What a window holds, estimated. @param {string} keys as they are written @param {string} state */
const weightOf = (keys, state) => 2 * keys.length + state.length + 400;

/** @typedef {{ key: string, id: number, keys: string, state: string }} Row */

/** @param {Database} database @returns {(keys: readonly string[]) => Row[]} for each key that is known its window, with one question for all */
const rowsIn = (database) => {
  const known = database.prepare("SELECT key.key, window.id, window.keys, window.state FROM json_each(?) AS asked JOIN key ON key.key = asked.value JOIN window ON window.id = key.window");
  return (keys) => (keys.length > 0 ? /** @type {Row[]} */ (known.all(JSON.stringify(keys))) : []);
};

/** Windows that go, and what all of them hold. @param {Database} database */
const dropsIn = (database) => {
  const rowOf = database.prepare("SELECT keys, state FROM window WHERE id = ?");
  const drop = database.prepare("DELETE FROM window WHERE id = ?");
  const dropKeys = database.prepare("DELETE FROM key WHERE key IN (SELECT value ->> 0 FROM json_each(?)) AND window = ?");
  const weigh = database.prepare("UPDATE held SET bytes = bytes + ? WHERE what = 'windows'");
  let change = 0;
  return {
    /** @param {number} bytes more than before */
    weigh: (bytes) => void (change += bytes),
    /** What changed is written once. */
    write() {
      if (change !== 0) weigh.run(change);
      change = 0;
    },
    /** At the beginning of a transaction: what one before it did not write is nothing. */
    forget: () => void (change = 0),
    /** @param {number} id @returns {string[]} its keys */
    drop(id) {
      const row = /** @type {Pick<Row, "keys" | "state"> | undefined} */ (rowOf.get(id));
      if (!row) return [];
      change -= weightOf(row.keys, row.state);
      drop.run(id);
      dropKeys.run(row.keys, id);
      return JSON.parse(row.keys).map((/** @type {[string, number]} */ [key]) => key);
    },
  };
};

/**
 * Windows that go for want of time or room.
 *
 * @param {Database} database
 * @param {ReturnType<typeof dropsIn>} drops
 * @param {{ isKept: (id: number) => boolean, maxBytes: number, tell: (code: string) => void }} options
 */
const roomIn = (database, { drop, write }, { isKept, maxBytes, tell }) => {
  const expired = database.prepare("SELECT id FROM window WHERE changed_at < ? ORDER BY changed_at LIMIT 64");
  const oldest = database.prepare("SELECT id FROM window ORDER BY changed_at, id LIMIT 1000");
  const read = heldIn(database, "windows");
  const held = () => (write(), read());
  return {
    /** Makes room for a while, so that it is told once; what this transaction changed stays. */
    shrink() {
      if (held() <= maxBytes) return;
      tell("window-memory-full");
      for (const { id } of oldest.all()) {
        if (held() <= maxBytes - maxBytes / 8) return;
        if (!isKept(Number(id))) drop(Number(id));
      }
      write();
    },
    /** A few of those that nothing happened to since then; so the rest is never long. @param {number} before */
    expire: (before) => expired.all(before).forEach(({ id }) => void drop(Number(id))),
  };
};

/** A window that a transaction writes. @typedef {{ group: Group, lines: string, state: WindowState, closesAtMs: number | undefined, gone: string[] }} Joined */

/** @param {Database} database @param {ReturnType<typeof dropsIn>} drops */
const writerIn = (database, drops) => {
  const add = database.prepare("INSERT INTO window (keys, state, closes_at, changed_at) VALUES (?, ?, ?, ?)");
  const change = database.prepare("UPDATE window SET keys = ?, state = ?, closes_at = ?, changed_at = ? WHERE id = ?");
  const setKey = database.prepare("INSERT OR REPLACE INTO key (key, window) VALUES (?, ?)");
  const dropKey = database.prepare("DELETE FROM key WHERE key = ?");
  /** @param {Joined} joined @param {number} now @returns {number} its id */
  return ({ group, lines, closesAtMs, gone }, now) => {
    const [first, ...others] = [...group.known.values()].sort((a, b) => a.id - b.id);
    for (const other of others) drops.drop(other.id);
    const keys = JSON.stringify([...group.keys]);
    const id = first?.id ?? Number(add.run(keys, lines, closesAtMs ?? null, now).lastInsertRowid);
    if (first) change.run(keys, lines, closesAtMs ?? null, now, id);
    drops.weigh(weightOf(keys, lines) - (first ? weightOf(JSON.stringify(first.keys), first.state) : 0));
    const known = new Set(first?.keys.map(([key]) => key));
    for (const key of group.keys.keys()) if (!known.has(key)) setKey.run(key, id);
    for (const key of gone) dropKey.run(key);
    return id;
  };
};

/** What is told, one text for each: those that the engine refuses are refused alone. @param {readonly Join[]} joins @returns {PromiseSettledResult<string>[]} */
const packAll = (joins) => {
  try {
    return packStates(joins.map(({ text }) => text)).map((value) => ({ status: "fulfilled", value }));
  } catch (reason) {
    return joins.length === 1 ? [{ status: "rejected", reason }] : joins.flatMap((join) => packAll([join]));
  }
};

/** The states of groups, joined and made smaller by the engine, with two questions for all. @param {readonly Group[]} groups @param {ClosesAt} closesAt @returns {Joined[]} */
const joinAll = (groups, closesAt) => {
  const lines = packStates(groups.map(({ known, parts }) => partsOf([...[...known.values()].map(({ state }) => state), ...parts])));
  const windows = unpackStates(lines).map((whole, at) => {
    const state = compacted(whole);
    return { group: /** @type {Group} */ (groups[at]), state, lines: state === whole ? lines[at] ?? "" : packStates([JSON.stringify(state)])[0] ?? "" };
  });
  const gone = groups.map((group) => trimmed(group, MAX_KEYS));
  const times = closesAt(windows.map(({ group, ...window }) => ({ ...window, keys: [...group.keys.keys()] })));
  return windows.map((window, at) => ({ ...window, closesAtMs: times[at], gone: gone[at] ?? [] }));
};

/** Whether all of it was known. @param {Joined} joined */
const isRepetition = ({ group: { known, keys }, lines }) => {
  const [only, ...others] = known.values();
  return only !== undefined && others.length === 0 && only.state === lines && only.keys.length === keys.size;
};

/** @param {ReturnType<typeof rowsIn>} rowsOf */
const readerIn = (rowsOf) =>
  /** @param {readonly (readonly string[])[]} asked @returns {(WindowState | undefined)[]} */
  (asked) => {
    const rows = new Map(rowsOf([...new Set(asked.flat())]).map((row) => [row.key, row]));
    const found = asked.map((keys) => [...new Map(keys.flatMap((key) => rows.get(key) ?? []).map(({ id, state }) => [id, state])).values()]);
    const places = found.flatMap((states, at) => (states.length > 0 ? [at] : []));
    const states = unpackStates(places.map((at) => partsOf(found[at] ?? [])));
    const answers = /** @type {(WindowState | undefined)[]} */ (Array.from(asked, () => undefined));
    for (const [at, place] of places.entries()) answers[place] = states[at];
    return answers;
  };

/**
 * Joins what is told to what is known, inside a transaction.
 *
 * @param {Database} database
 * @param {{ rowsOf: ReturnType<typeof rowsIn>, write: ReturnType<typeof writerIn>, written: Set<number>, closesAt: ClosesAt, tell: (code: string) => void }} parts
 */
const joinerIn = (database, { rowsOf, write, written, closesAt, tell }) => {
  const told = database.prepare("INSERT INTO change (keys) SELECT value FROM json_each(?)");
  /** @param {readonly Join[]} joins @param {number} now @returns {Map<Join, WindowState>} */
  return (joins, now) => {
    const rows = new Map(rowsOf(joins.flatMap(({ keys }) => keys)).map((row) => [row.key, row]));
    /** @type {Map<number, Known>} */
    const known = new Map();
    for (const { id, keys, state } of rows.values()) if (!known.has(id)) known.set(id, { id, keys: JSON.parse(keys), state });
    const all = joinAll([...groupsOf(joins, (key) => known.get(rows.get(key)?.id ?? -1), now)], closesAt);
    const changed = all.filter((joined) => !isRepetition(joined));
    for (const joined of changed) {
      written.add(write(joined, now));
      if (joined.gone.length > 0) tell("window-keys-full");
    }
    if (changed.length > 0) told.run(JSON.stringify(changed.map(({ group }) => JSON.stringify([...group.keys.keys()]))));
    return new Map(all.flatMap(({ group, state }) => group.joins.map((one) => /** @type {const} */ ([one, state]))));
  };
};

/**
 * @param {Database} database
 * @param {{ closesAt: ClosesAt, maxBytes: number, tell: (code: string) => void }} options
 */
export const windowsIn = (database, { closesAt, maxBytes, tell }) => {
  const [rowsOf, drops] = [rowsIn(database), dropsIn(database)];
  const trim = database.prepare("DELETE FROM change WHERE number <= (SELECT max(number) FROM change) - ?");
  /** @type {Set<number>} */
  const written = new Set();
  const join = joinerIn(database, { rowsOf, write: writerIn(database, drops), written, closesAt, tell });
  return {
    readMany: readerIn(rowsOf),
    /** Inside a transaction. @param {readonly Join[]} joins @param {number} now @param {(item: OutboxItem, keys: string[]) => void} handOn @returns {PromiseSettledResult<WindowState>[]} */
    mergeAll(joins, now, handOn) {
      const packed = packAll(joins);
      const good = joins.filter((_, at) => packed[at]?.status === "fulfilled");
      const states = join(good, now);
      for (const { item, keys } of good) if (item) handOn(item, keys);
      return joins.map((one, at) => {
        const read = /** @type {PromiseSettledResult<string>} */ (packed[at]);
        return read.status === "rejected" ? read : { status: "fulfilled", value: /** @type {WindowState} */ (states.get(one)) };
      });
    },
    begin() {
      written.clear();
      drops.forget();
    },
    settle() {
      trim.run(MAX_CHANGES);
      drops.write();
    },
    ...roomIn(database, drops, { isKept: (id) => written.has(id), maxBytes, tell }),
    /** @param {readonly string[]} keys @returns {{ linked: string[], found: boolean }} with all keys that were linked to them */
    erase(keys) {
      const ids = new Set(rowsOf(keys).map(({ id }) => id));
      const linked = [...ids].flatMap(drops.drop);
      return { linked: [...new Set([...keys, ...linked])], found: ids.size > 0 };
    },
  };
};

/** @param {Database} database @returns {Pick<SharedStore, "windows" | "closing">} */
export const listsIn = (database) => {
  const all = database.prepare("SELECT id, keys, state FROM window WHERE id > ? ORDER BY id LIMIT 100");
  const queue = database.prepare("SELECT id, keys, state, closes_at FROM window WHERE closes_at BETWEEN ? AND ? AND (closes_at, id) > (?, ?) ORDER BY closes_at, id LIMIT ?");
  /** @template {{ keys: string, state: string }} R @param {readonly R[]} rows */
  const read = (rows) => {
    const states = unpackStates(rows.map(({ state }) => state));
    return rows.map((row, at) => ({ row, keys: JSON.parse(row.keys).map((/** @type {[string, number]} */ [key]) => key), state: /** @type {WindowState} */ (states[at]) }));
  };
  return {
    async *windows() {
      for (let after = 0, rows; ; ) {
        rows = /** @type {{ id: number, keys: string, state: string }[]} */ (all.all(after));
        for (const { keys, state } of read(rows)) yield { keys, state };
        const last = rows.at(-1);
        if (!last) return;
        after = last.id;
      }
    },
    async closing({ fromMs, untilMs, after, limit = 100 }) {
      const [at, id] = /** @type {[number, number]} */ (after === undefined ? [-1, -1] : JSON.parse(after));
      const rows = /** @type {{ id: number, keys: string, state: string, closes_at: number }[]} */ (queue.all(fromMs, untilMs, at, id, limit + 1));
      const page = rows.slice(0, limit);
      const windows = read(page).map(({ row, keys, state }) => ({ keys, state, closesAtMs: row.closes_at }));
      const last = page.at(-1);
      return rows.length > limit && last ? { windows, next: JSON.stringify([last.closes_at, last.id]) } : { windows };
    },
  };
};
