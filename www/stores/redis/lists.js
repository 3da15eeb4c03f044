// @ts-check
import { unpackStates } from "../../engine/kept.js";
import { inScoreOrder, queuedOn } from "./queue.js";
import { storedIn, unescaped } from "./text.js";
import { settlerOn, textsOn } from "./windows.js";

/**
 * @import { WindowState } from "../../../src/wire/types.d.ts"
 * @import { SharedStore } from "../port.js"
 * @import { Queued } from "./queue.js"
 * @import { Redis } from "./windows.js"
 */

/** @param {Redis} redis @returns {SharedStore["windows"]} */
export const listOn = (redis) => async function* () {
  const { send, places } = redis;
  const textsOf = textsOn(redis);
  for (const place of places.all) {
    const seen = new Set();
    for (let cursor = "0"; ; ) {
      const [next, names] = /** @type {[string, string[]]} */ (await send(place, ["SCAN", cursor, "MATCH", `${place}w:*`, "COUNT", "500"]));
      const ids = names.map((name) => name.slice(place.length + 2)).filter((id) => !seen.has(id));
      const found = ids.length > 0 ? [...await textsOf(place, ids)].flatMap(([id, text]) => storedIn(id, text) ?? []) : [];
      const states = unpackStates(found.map(({ lines }) => lines));
      for (const [at, { id, keys }] of found.entries()) {
        seen.add(id);
        yield { keys, state: /** @type {WindowState} */ (states[at]) };
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
  const textsOf = textsOn(redis);
  /** What a process that died left without its closing time. @param {string} place */
  const settleRest = async (place) => {
    for (const batch of /** @type {string[]} */ (await send(`${place}d`, ["ZRANGE", `${place}d`, "0", "99"]))) {
      const found = [...await textsOf(place, batch.split("\n"))].flatMap(([id, text]) => storedIn(id, text) ?? []);
      const states = unpackStates(found.map(({ lines }) => lines));
      await settle(place, batch, found.map((stored, at) => ({ ...stored, state: /** @type {WindowState} */ (states[at]) })));
    }
  };
  const queued = queuedOn(redis, "z");
  return async ({ fromMs, untilMs, after, limit = 100 }) => {
    const last = after === undefined ? undefined : /** @type {Queued} */ (JSON.parse(after));
    await Promise.all(places.all.map(settleRest));
    const all = (await Promise.all(places.all.map((place) => queued(place, fromMs, untilMs, last, limit + 1)))).flat().sort((a, b) => inScoreOrder(a.one, b.one));
    const page = all.slice(0, limit);
    const texts = new Map(await Promise.all(places.all.map(async (place) => {
      const ids = page.flatMap((entry) => (entry.place === place ? entry.one[1] : []));
      return /** @type {const} */ ([place, ids.length > 0 ? await textsOf(place, ids) : new Map()]);
    })));
    const found = page.flatMap(({ one: [closesAtMs, id], place }) => {
      const stored = storedIn(id, texts.get(place)?.get(id));
      return stored ? { ...stored, closesAtMs } : [];
    });
    const states = unpackStates(found.map(({ lines }) => lines));
    const windows = found.map(({ keys, closesAtMs }, at) => ({ keys, state: /** @type {WindowState} */ (states[at]), closesAtMs }));
    const end = page.at(-1);
    return all.length > limit && end ? { windows, next: JSON.stringify(end.one) } : { windows };
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

/** A batch's changes: of each window its keys. @param {string[]} flat @returns {string[][]} */
const changesIn = ([, text = ""]) => text.split("\n").map((keys) => keys.split("\t").map(unescaped));

/** An entry of the log. @typedef {{ id: string, changes: string[][], flat: string[] }} Entry */

/** @param {Redis} redis */
const logOn = ({ send }) => {
  /** @param {string} name @returns {Promise<string>} */
  const last = async (name) => {
    const flat = await send(name, ["XINFO", "STREAM", name]).catch((error) => {
      if (String(error?.message).includes("no such key")) return [];
      throw error;
    });
    const place = flat.indexOf("last-generated-id");
    return place < 0 ? "0-0" : String(flat[place + 1]);
  };
  return {
    last,
    /** Whether all that came after it is still there. @param {string} name @param {string} id */
    async isKnown(name, id) {
      const end = await last(name);
      if (isAfter(id, end)) return false;
      const first = id === end ? null : await send(`${name}f`, ["GET", `${name}f`]);
      return first === null || !isAfter(first, id);
    },
    /** That entry, if it is there, and those after it. @param {string} name @param {string} id @param {number} count @returns {Promise<Entry[]>} */
    async from(name, id, count) {
      const entries = /** @type {[string, string[]][]} */ (await send(name, ["XRANGE", name, id, "+", "COUNT", String(count)]));
      return entries.map(([entry, flat]) => ({ id: entry, changes: changesIn(flat), flat }));
    },
  };
};

/** An entry goes, and what is left of it stands at the end: once, whoever else takes something from it. KEYS: the log. ARGV: the entry, then what is left. */
const REPLACE = `
if redis.call('XDEL', KEYS[1], ARGV[1]) == 1 and #ARGV > 1 then redis.call('XADD', KEYS[1], '*', unpack(ARGV, 2)) end
return 1`;

/** Where a reader stands in each log: behind an entry, or behind so many changes of it. */
const CURSOR = /^\d+-\d+(:\d+)?(,\d+-\d+(:\d+)?)*$/;

/** @param {string} position @returns {[id: string, read: number]} */
const positionIn = (position) => {
  const [id = "", read] = position.split(":");
  return [id, read === undefined ? Infinity : Number(read)];
};

/** Changes of one log, at most so many. @param {readonly Entry[]} entries @param {string} position @param {number} limit */
const changesAfter = (entries, position, limit) => {
  const [known, read] = positionIn(position);
  const all = entries.flatMap(({ id, changes }) => changes.map((keys, at) => ({ id, keys, read: at + 1, isLast: at + 1 === changes.length })));
  return all.filter((change) => change.id !== known || change.read > read).slice(0, limit).map(({ id, keys, read: at, isLast }) => ({ position: isLast ? id : `${id}:${at}`, keys }));
};

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
      const known = from.length === names.length && (await Promise.all(names.map((name, at) => log.isKnown(name, positionIn(String(from[at]))[0])))).every(Boolean);
      if (!known) return { changes: [], cursor: await ends(), missed: true };
      /** @type {{ cursor: string, keys: string[] }[]} */
      const changes = [];
      for (const [at, name] of names.entries()) {
        if (changes.length >= limit) break;
        const left = limit - changes.length;
        const entries = await log.from(name, positionIn(String(from[at]))[0], left + 1);
        for (const { position, keys } of changesAfter(entries, String(from[at]), left)) {
          from[at] = position;
          changes.push({ cursor: from.join(","), keys });
        }
      }
      return { changes, cursor: from.join(","), missed: false };
    },
    /** What others changed in the same batch is told once more, at the end. @param {string} place @param {ReadonlySet<string>} keys */
    async forget(place, keys) {
      const name = `${place}s`;
      for (let id = "-"; ; ) {
        const entries = await log.from(name, id, 1000);
        const last = entries.at(-1);
        if (!last) return;
        for (const entry of entries) {
          const lines = entry.flat[1]?.split("\n") ?? [];
          const others = lines.filter((_, at) => !entry.changes[at]?.some((key) => keys.has(key)));
          if (others.length === lines.length) continue;
          await redis.run(REPLACE, [name], [entry.id, ...(others.length > 0 ? ["w", others.join("\n"), ...entry.flat.slice(2)] : [])]);
        }
        id = `(${last.id}`;
      }
    },
  };
};
