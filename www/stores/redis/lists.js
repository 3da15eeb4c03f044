// @ts-check
import { inScoreOrder, queuedOn } from "./queue.js";
import { storedIn } from "./state.js";
import { settlerOn, MAX_CHANGES } from "./windows.js";

/**
 * @import { SharedStore } from "../port.js"
 * @import { Queued } from "./queue.js"
 * @import { Redis } from "./windows.js"
 */

/** @param {Redis} redis @returns {SharedStore["windows"]} */
export const listOn = ({ send, places }) => async function* () {
  for (const place of places.all) {
    const seen = new Set();
    for (let cursor = "0"; ; ) {
      const [next, names] = /** @type {[string, string[]]} */ (await send(place, ["SCAN", cursor, "MATCH", `${place}w:*`, "COUNT", "500"]));
      for (const name of names) {
        const stored = seen.has(name) ? undefined : storedIn(await send(name, ["HGETALL", name]));
        seen.add(name);
        if (stored) yield { keys: stored.keys, state: stored.state };
      }
      if (next === "0") break;
      cursor = next;
    }
  }
};

/** @param {Redis} redis @returns {SharedStore["closing"]} */
export const closingOn = (redis) => {
  const { send, places } = redis;
  const settle = settlerOn(redis);
  /** @param {string} place @param {string} id */
  const storedAs = async (place, id) => storedIn(await send(`${place}w:${id}`, ["HGETALL", `${place}w:${id}`]));
  /** What a process that died left without its closing time. @param {string} place */
  const settleRest = async (place) => {
    const ids = /** @type {string[]} */ (await send(`${place}d`, ["ZRANGE", `${place}d`, "0", "999"]));
    if (ids.length > 0) await settle(place, new Map(await Promise.all(ids.map(async (id) => /** @type {const} */ ([id, await storedAs(place, id)])))));
  };
  const queued = queuedOn(redis, "z");
  return async ({ fromMs, untilMs, after, limit = 100 }) => {
    const last = after === undefined ? undefined : /** @type {Queued} */ (JSON.parse(after));
    await Promise.all(places.all.map(settleRest));
    const all = (await Promise.all(places.all.map((place) => queued(place, fromMs, untilMs, last, limit + 1)))).flat().sort((a, b) => inScoreOrder(a.one, b.one));
    const page = all.slice(0, limit);
    const windows = await Promise.all(page.map(async ({ one: [closesAtMs, id], place }) => {
      const stored = await storedAs(place, id);
      return stored ? [{ keys: stored.keys, state: stored.state, closesAtMs }] : [];
    }));
    const end = page.at(-1);
    return all.length > limit && end ? { windows: windows.flat(), next: JSON.stringify(end.one) } : { windows: windows.flat() };
  };
};

/** @param {string} id of an entry: milliseconds and a number @returns {[number, number]} */
const numbersOf = (id) => {
  const [ms, number] = id.split("-").map(Number);
  return [ms ?? 0, number ?? 0];
};

/** @param {string} a @param {string} b */
const isAfter = (a, b) => {
  const [[msA, a1], [msB, b1]] = [numbersOf(a), numbersOf(b)];
  return msA > msB || (msA === msB && a1 > b1);
};

/** @param {Redis} redis */
const logOn = ({ send }) => {
  /** @param {string} name @returns {Promise<{ last: string, added: number }>} */
  const about = async (name) => {
    const flat = await send(name, ["XINFO", "STREAM", name]).catch((error) => {
      if (String(error?.message).includes("no such key")) return [];
      throw error;
    });
    const told = Object.fromEntries(Array.from({ length: flat.length / 2 }, (_, at) => [flat[2 * at], flat[2 * at + 1]]));
    return { last: String(told["last-generated-id"] ?? "0-0"), added: Number(told["entries-added"] ?? 0) };
  };
  /** Whether all that came after it is still there. @param {string} name @param {string} id */
  const isKnown = async (name, id) => {
    const { last, added } = await about(name);
    if (isAfter(id, last)) return false;
    if (id === last || added <= MAX_CHANGES) return true;
    return (await send(name, ["XRANGE", name, id, id])).length > 0;
  };
  return {
    isKnown,
    /** @param {string} name */
    last: async (name) => (await about(name)).last,
    /** @param {string} name @param {string} id @param {number} count @returns {Promise<{ id: string, keys: string[] }[]>} */
    async after(name, id, count) {
      const entries = /** @type {[string, string[]][]} */ (await send(name, ["XRANGE", name, `(${id}`, "+", "COUNT", String(count)]));
      return entries.map(([entry, flat]) => ({ id: entry, keys: flat.filter((_, at) => at % 2 === 1) }));
    },
  };
};

const CURSOR = /^\d+-\d+(,\d+-\d+)*$/;

/** @param {Redis} redis */
export const changesOn = (redis) => {
  const log = logOn(redis);
  const names = redis.places.all.map((place) => `${place}s`);
  const ends = async () => (await Promise.all(names.map(log.last))).join(",");
  return {
    /** @type {SharedStore["changes"]} */
    async changes(after, limit = 1000) {
      if (after === undefined) return { changes: [], cursor: await ends(), missed: false };
      const from = CURSOR.test(after) ? after.split(",") : [];
      const known = from.length === names.length && (await Promise.all(names.map((name, at) => log.isKnown(name, String(from[at]))))).every(Boolean);
      if (!known) return { changes: [], cursor: await ends(), missed: true };
      /** @type {{ cursor: string, keys: string[] }[]} */
      const changes = [];
      for (const [at, name] of names.entries()) {
        if (changes.length >= limit) break;
        for (const { id, keys } of await log.after(name, String(from[at]), limit - changes.length)) {
          from[at] = id;
          changes.push({ cursor: from.join(","), keys });
        }
      }
      return { changes, cursor: from.join(","), missed: false };
    },
    /** @param {string} place @param {ReadonlySet<string>} keys */
    async forget(place, keys) {
      const name = `${place}s`;
      for (let id = "0-0"; ; ) {
        const entries = await log.after(name, id, 1000);
        const last = entries.at(-1);
        if (!last) return;
        const gone = entries.filter((entry) => entry.keys.some((key) => keys.has(key))).map((entry) => entry.id);
        if (gone.length > 0) await redis.send(name, ["XDEL", name, ...gone]);
        id = last.id;
      }
    },
  };
};
