// @ts-check
import { fault } from "../../engine/fault.js";
import { mergeStates } from "../../engine/on-server.js";
import { createBatches } from "../batch.js";
import { MAX_KEYS, compacted } from "../compacted.js";
import { OUTBOX_MS } from "../port.js";
import { JOIN, SETTLE } from "./scripts.js";
import { droppedFields, fieldsOf, storedIn } from "./state.js";

/**
 * @import { WindowState } from "../../../src/wire/types.d.ts"
 * @import { ClosesAt } from "../closing.js"
 * @import { OutboxItem, SharedStore } from "../port.js"
 * @import { Places, Send } from "./server.js"
 * @import { Stored } from "./state.js"
 */

/**
 * @typedef {object} Redis
 * @property {Send} send
 * @property {(script: string, keys: string[], values: string[]) => Promise<any>} run
 * @property {Places} places
 * @property {number} keepMs
 * @property {() => number} now
 * @property {ClosesAt} closesAt
 * @property {number} maxBytes of the windows of one place
 * @property {(code: string) => void} tell
 */

/** Changes that are kept for whoever follows them. */
export const MAX_CHANGES = 100_000;

/** The names of what is held by the windows of a place, in the order of the scripts. @param {string} place */
export const heldAt = (place) => [`${place}z`, `${place}d`, `${place}b`, `${place}n`, `${place}t`];

/** @typedef {{ keys: string[], state: WindowState, item?: OutboxItem }} Join */

/** The engine reads what it is given before a script takes it, which would take anything; all at once where nothing is wrong. @param {Join[]} joins @returns {PromiseSettledResult<Join>[]} */
const readAll = (joins) => {
  try {
    mergeStates(joins.map(({ state }) => state));
    return joins.map((value) => ({ status: "fulfilled", value }));
  } catch (reason) {
    return joins.length === 1 ? [{ status: "rejected", reason }] : joins.flatMap((join) => readAll([join]));
  }
};

/** @param {Redis} redis */
export const settlerOn = ({ run, closesAt }) => {
  /** @param {string} place @param {Map<string, Stored | undefined>} windows by their id */
  return async (place, windows) => {
    const known = [...windows.values()].flatMap((stored) => stored ?? []);
    const times = closesAt(known);
    const values = [...windows].flatMap(([id, stored]) => {
      const closes = stored && times[known.indexOf(stored)];
      return [id, stored?.change ?? "", closes === undefined ? "" : String(closes)];
    });
    if (values.length > 0) await run(SETTLE, [`${place}z`, `${place}d`], [place, ...values]);
  };
};

/** @param {Redis} redis */
const joinerOn = (redis) => {
  const { run, send, keepMs, now, maxBytes, tell } = redis;
  const settle = settlerOn(redis);
  /** @param {string} place @param {string} id @param {WindowState} state */
  const shrink = async (place, id, state) => {
    const kept = compacted(state);
    if (kept !== state) await send(`${place}w:${id}`, ["HDEL", `${place}w:${id}`, ...droppedFields(state, kept)]);
    return kept;
  };
  /** @param {string} place @param {Join[]} joins @returns {Promise<WindowState[]>} */
  return async (place, joins) => {
    const values = joins.flatMap(({ keys, state, item }) => {
      const fields = fieldsOf(state);
      return [String(keys.length), ...keys, String(fields.length), ...fields.flat(), ...(item ? ["1", item.id, item.body, String(item.atMs)] : ["0"])];
    });
    const given = [place, String(keepMs), String(now()), String(MAX_CHANGES), String(MAX_KEYS), String(Math.floor(maxBytes)), String(OUTBOX_MS), String(joins.length), ...values];
    const joined = await run(JOIN, [...heldAt(place), `${place}s`], given);
    const [answers, full, over] = /** @type {[[id: string, changed: number, flat: string[]][], number, number]} */ (joined);
    if (full) tell("window-memory-full");
    if (over) tell("window-keys-full");
    /** @type {Map<string, Stored>} */
    const changed = new Map();
    const states = [];
    for (const [id, isChanged, flat] of answers) {
      const stored = /** @type {Stored} */ (storedIn(flat));
      if (isChanged) changed.set(id, stored);
      states.push(await shrink(place, id, stored.state));
    }
    await settle(place, changed);
    return states;
  };
};

/** @param {Redis} redis @returns {(keys: readonly string[]) => Promise<Stored[]>} each window once */
const finderOn = ({ send, places }) => async (keys) => {
  const ids = new Map(await Promise.all(keys.map(async (key) => {
    const place = places.ofKey(key);
    return /** @type {const} */ ([await send(`${place}k:${key}`, ["GET", `${place}k:${key}`]), place]);
  })));
  const found = await Promise.all([...ids].map(async ([id, place]) => (id ? storedIn(await send(`${place}w:${id}`, ["HGETALL", `${place}w:${id}`])) : undefined)));
  return found.flatMap((stored) => stored ?? []);
};

/**
 * @param {Redis} redis
 * @param {{ waitMs: number, maxBatch: number }} options
 * @returns {Pick<SharedStore, "read" | "readMany" | "merge" | "close">}
 */
export const windowsOn = (redis, { waitMs, maxBatch }) => {
  const join = joinerOn(redis);
  const find = finderOn(redis);
  /** @type {ReturnType<typeof createBatches<Join, WindowState>>} */
  const { add, end } = createBatches({ waitMs, maxBatch, run: async (batch) => {
    /** @type {Map<Join, PromiseSettledResult<WindowState>>} */
    const answers = new Map();
    const good = readAll(batch).flatMap((read, at) => {
      if (read.status === "fulfilled") return read.value;
      answers.set(/** @type {Join} */ (batch[at]), read);
      return [];
    });
    const byPlace = redis.places.group(good, ({ keys }) => keys[0] ?? "");
    await Promise.all([...byPlace].map(async ([place, joins]) => {
      const [outcome] = await Promise.allSettled([join(place, joins)]);
      for (const [at, one] of joins.entries()) {
        answers.set(one, outcome.status === "rejected" ? outcome : { status: "fulfilled", value: /** @type {WindowState} */ (outcome.value[at]) });
      }
    }));
    return batch.map((one) => /** @type {PromiseSettledResult<WindowState>} */ (answers.get(one)));
  } });
  /** @param {readonly string[]} keys */
  const read = async (keys) => {
    let found = await find(keys);
    // Two windows may have become one between the two questions.
    if (found.length < keys.length) found = await find(keys);
    return found.length < 2 ? found[0]?.state : mergeStates(found.map(({ state }) => state));
  };
  return {
    read,
    readMany: (all) => Promise.all(all.map(read)),
    async merge(keys, state, item) {
      if (keys.length === 0) throw new TypeError("a window has at least one key");
      if (new Set(keys.map(redis.places.ofKey)).size > 1) throw fault("keys-apart", "keys", "keys of one window name one channel and one business address");
      return add({ keys: [...new Set(keys)], state: structuredClone(state), ...(item && { item: { ...item } }) });
    },
    close: end,
  };
};
