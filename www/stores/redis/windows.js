// @ts-check
import { fault } from "../../engine/fault.js";
import { packStates, partsOf, unpackStates } from "../../engine/kept.js";
import { createBatches } from "../batch.js";
import { MAX_KEYS, compacted, isSmall } from "../compacted.js";
import { OUTBOX_MS } from "../port.js";
import { CUT, JOIN, SETTLE } from "./scripts.js";
import { escaped, linkIn, storedAs, storedIn } from "./text.js";

/**
 * @import { WindowState } from "../../../src/wire/types.d.ts"
 * @import { ClosesAt } from "../closing.js"
 * @import { OutboxItem, SharedStore } from "../port.js"
 * @import { Places, Send } from "./server.js"
 * @import { Stored } from "./text.js"
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

/** Changes that are kept for whoever follows them, and some more: the server cuts where it costs least. */
export const MAX_CHANGES = 100_000;

/** Names of one command. */
const MAX_NAMES = 500;

/** The names of what is held by the windows of a place, in the order of the scripts. @param {string} place */
export const heldAt = (place) => [`${place}z`, `${place}d`, `${place}b`, `${place}t`];

/** `text`: the JSON of the state. @typedef {{ keys: string[], text: string, item?: OutboxItem | undefined }} Join */
/** `at`: its place in the batch. @typedef {{ join: Join, lines: string, at: number }} Packed */

/** The engine reads what it is given before a script takes it, which would take anything; all at once where nothing is wrong. @param {readonly Join[]} joins @param {(at: number, reason: unknown) => void} refuse @returns {Packed[]} */
const packAll = (joins, refuse) => {
  /** @type {Packed[]} */
  const packed = [];
  try {
    const lines = packStates(joins.map(({ text }) => text));
    for (let at = 0; at < joins.length; at++) packed.push({ join: /** @type {Join} */ (joins[at]), lines: lines[at] ?? "", at });
  } catch {
    for (const [at, join] of joins.entries()) {
      try {
        packed.push({ join, lines: packStates([join.text])[0] ?? "", at });
      } catch (reason) {
        refuse(at, reason);
      }
    }
  }
  return packed;
};

/** @typedef {Stored & { state: WindowState }} Read */

/** Says when the windows of a batch close. @param {Redis} redis */
export const settlerOn = ({ run, closesAt }) =>
  /** @param {string} place @param {string} batch as it stands in `d` @param {readonly Read[]} windows those that are still there */
  async (place, batch, windows) => {
    const times = closesAt(windows);
    const given = [place, batch];
    for (let at = 0; at < windows.length; at++) given.push(windows[at]?.id ?? "", windows[at]?.change ?? "", String(times[at] ?? ""));
    await run(SETTLE, [`${place}z`, `${place}d`], given);
  };

/** What a script joined. @typedef {[serial: number, batch: string, full: number, over: number, places: number[], windows: (string | number)[]]} Joined */

/** @param {Redis} redis */
const joinerOn = (redis) => {
  const { run, keepMs, now, maxBytes, tell } = redis;
  const settle = settlerOn(redis);
  /** @param {string} place @param {Read} stored */
  const shrink = async (place, { id, state }) => {
    const kept = compacted(state);
    const [all = "", few = ""] = packStates([JSON.stringify(state), JSON.stringify(kept)]);
    const stay = new Set(few.split("\n"));
    const cut = all.split("\n").filter((line) => line && !stay.has(line)).map((line) => line.slice(0, line.indexOf("\t")));
    await run(CUT, heldAt(place), [place, String(now()), id, ...cut]);
    return kept;
  };
  /** @param {string} place @param {readonly Packed[]} joins @returns {Promise<WindowState[]>} */
  return async (place, joins) => {
    const given = [place, String(keepMs), String(now()), String(MAX_CHANGES), String(MAX_KEYS), String(Math.floor(maxBytes)), String(OUTBOX_MS), String(joins.length)];
    for (const { join: { keys }, lines } of joins) given.push(keys.length === 1 ? escaped(keys[0] ?? "") : keys.map(escaped).join("\n"), lines);
    for (const [at, { join: { item } }] of joins.entries()) if (item) given.push(String(at + 1), item.id, item.body, String(item.atMs));
    const [serial, batch, full, over, places, flat] = /** @type {Joined} */ (await run(JOIN, [...heldAt(place), `${place}s`, `${place}c`, `${place}sf`], given));
    if (full) tell("window-memory-full");
    if (over) tell("window-keys-full");
    /** @type {Read[]} */
    const windows = [];
    /** @type {Read[]} */
    const changed = [];
    for (let at = 0; at < flat.length; at += 3) windows.push(/** @type {Read} */ (storedAs(String(flat[at]), String(flat[at + 2]), String(serial))));
    const states = unpackStates(windows.map(({ lines }) => lines));
    for (let at = 0; at < windows.length; at++) {
      const one = /** @type {Read} */ (windows[at]);
      one.state = /** @type {WindowState} */ (states[at]);
      if (flat[3 * at + 1]) changed.push(one);
    }
    if (changed.length > 0) await settle(place, batch, changed);
    for (const one of windows) if (!isSmall(one.state)) one.state = await shrink(place, one);
    return places.map((at) => /** @type {Read} */ (windows[at]).state);
  };
};

/** What stands under names of one place, with one command for many. @param {Redis} redis */
export const textsOn = ({ send }) =>
  /** @param {string} place @param {readonly string[]} ids as they are written @returns {Promise<Map<string, string | null>>} */
  async (place, ids) => {
    const parts = Array.from({ length: Math.ceil(ids.length / MAX_NAMES) }, (_, at) => ids.slice(at * MAX_NAMES, (at + 1) * MAX_NAMES));
    const texts = await Promise.all(parts.map((part) => send(`${place}w:${part[0]}`, ["MGET", ...part.map((id) => `${place}w:${id}`)])));
    return new Map(texts.flat().map((text, at) => [ids[at] ?? "", text]));
  };

/** @param {Redis} redis */
const finderOn = (redis) => {
  const textsOf = textsOn(redis);
  /** The windows of keys of one place, by key. @param {string} place @param {readonly string[]} keys */
  const find = async (place, keys) => {
    const ids = [...new Set(keys.map(escaped))];
    const own = await textsOf(place, ids);
    const first = new Set([...own.values()].flatMap((text) => linkIn(text) ?? []));
    const linked = first.size > 0 ? await textsOf(place, [...first]) : own;
    return new Map(keys.map((key) => {
      const text = own.get(escaped(key));
      const id = linkIn(text);
      return [key, id === undefined ? storedIn(escaped(key), text) : storedIn(id, linked.get(id))];
    }));
  };
  /** @param {readonly (readonly string[])[]} asked @returns {Promise<Stored[][]>} of each, each window once */
  return async (asked) => {
    /** @type {Map<string, Stored | undefined>} */
    const known = new Map();
    await Promise.all([...redis.places.group(asked.flat(), (key) => key)].map(async ([place, keys]) => {
      for (const [key, stored] of await find(place, keys)) known.set(key, stored);
    }));
    return asked.map((keys) => [...new Map(keys.flatMap((key) => known.get(key) ?? []).map((stored) => [stored.id, stored])).values()]);
  };
};

/** @param {Redis} redis @returns {SharedStore["readMany"]} */
const readerOn = (redis) => {
  const find = finderOn(redis);
  return async (asked) => {
    const found = await find(asked);
    // Two windows may have become one between the two questions.
    const doubtful = asked.flatMap((keys, at) => ((found[at]?.length ?? 0) < keys.length ? [at] : []));
    if (doubtful.length > 0) for (const [place, again] of (await find(doubtful.map((at) => asked[at] ?? []))).entries()) found[doubtful[place] ?? 0] = again;
    const known = found.flatMap((windows, at) => (windows.length > 0 ? [at] : []));
    const states = unpackStates(known.map((at) => partsOf((found[at] ?? []).map(({ lines }) => lines))));
    /** @type {(WindowState | undefined)[]} */
    const answers = Array.from(asked, () => undefined);
    for (const [place, at] of known.entries()) answers[at] = states[place];
    return answers;
  };
};

/** @param {Redis} redis @returns {(batch: Join[]) => Promise<PromiseSettledResult<WindowState>[]>} */
const batchesOn = (redis) => {
  const join = joinerOn(redis);
  return async (batch) => {
    /** @type {PromiseSettledResult<WindowState>[]} */
    const answers = Array(batch.length);
    const good = packAll(batch, (at, reason) => (answers[at] = { status: "rejected", reason }));
    await Promise.all([...redis.places.group(good, ({ join: { keys } }) => keys[0] ?? "")].map(async ([place, joins]) => {
      const [outcome] = await Promise.allSettled([join(place, joins)]);
      for (const [place, { at }] of joins.entries()) {
        answers[at] = outcome.status === "rejected" ? outcome : { status: "fulfilled", value: /** @type {WindowState} */ (outcome.value[place]) };
      }
    }));
    return answers;
  };
};

/** Batches on their way: while one is at the server, the next is read and the last is answered. */
const AT_ONCE = 4;

/**
 * @param {Redis} redis
 * @param {{ waitMs: number, maxBatch: number }} options
 * @returns {Pick<SharedStore, "read" | "readMany" | "merge" | "close">}
 */
export const windowsOn = (redis, { waitMs, maxBatch }) => {
  /** @type {ReturnType<typeof createBatches<Join, WindowState>>} */
  const { add, end } = createBatches({ waitMs, maxBatch, atOnce: AT_ONCE, run: batchesOn(redis) });
  const readMany = readerOn(redis);
  return {
    read: async (keys) => (await readMany([keys]))[0],
    readMany,
    async merge(keys, state, item) {
      if (keys.length === 0) throw fault("missing-field", "keys", "a window has at least one key");
      if (keys.length === 1) return add({ keys: [...keys], text: JSON.stringify(state) ?? "", item: item && { ...item } });
      if (new Set(keys.map(redis.places.ofKey)).size > 1) throw fault("keys-apart", "keys", "keys of one window name one channel and one business address");
      return add({ keys: [...new Set(keys)], text: JSON.stringify(state) ?? "", item: item && { ...item } });
    },
    close: end,
  };
};
