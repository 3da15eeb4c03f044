// @ts-check
import { OUTBOX_MS } from "../port.js";
import { inScoreOrder, queuedOn } from "./queue.js";
import { escaped, unescaped } from "./text.js";
import { ADD, CLAIM, FORGET, REPLAY, SETTLE_ITEM } from "./outbox-scripts.js";

/**
 * @import { DeadLetter, Outbox, OutboxClaim } from "../port.js"
 * @import { Queued } from "./queue.js"
 * @import { Redis } from "./windows.js"
 */

const KEEP = String(OUTBOX_MS);

/** An item without a window stands where its id says. @param {readonly string[]} keys @param {string} id */
const anchorOf = (keys, id) => keys[0] ?? id;

/** @param {Redis} redis @returns {Pick<Outbox, "dead" | "stats">} */
const listsOn = (redis) => {
  const { send, places } = redis;
  const queued = queuedOn(redis, "od");
  /** @param {string} place @param {Queued} queued @returns {Promise<DeadLetter[]>} */
  const letterAt = async (place, [diedAtMs, id]) => {
    const name = `${place}o:${id}`;
    const [at, tries, reason] = await send(name, ["HMGET", name, "at", "tries", "reason"]);
    const keys = await send(`${place}ok`, ["HGET", `${place}ok`, id]);
    return at === null || keys === null ? [] : [{ id, keys: keysIn(keys), atMs: Number(at), diedAtMs, tries: Number(tries), reason: String(reason) }];
  };
  return {
    async dead({ after, limit = 100 } = {}) {
      const last = after === undefined ? undefined : /** @type {Queued} */ (JSON.parse(after));
      const all = (await Promise.all(places.all.map((place) => queued(place, 0, Infinity, last, limit + 1)))).flat().sort((a, b) => inScoreOrder(a.one, b.one));
      const page = all.slice(0, limit);
      const letters = (await Promise.all(page.map(({ one, place }) => letterAt(place, one)))).flat();
      const end = page.at(-1);
      return all.length > limit && end ? { letters, next: JSON.stringify(end.one) } : { letters };
    },
    async stats() {
      const all = await Promise.all(places.all.map(async (place) => {
        const [waiting, dead] = await Promise.all(["oa", "od"].map((name) => send(place + name, ["ZCARD", place + name])));
        const [, oldest] = await send(`${place}oa`, ["ZRANGE", `${place}oa`, "0", "0", "WITHSCORES"]);
        return { waiting: Number(waiting), dead: Number(dead), oldest: oldest === undefined ? Infinity : Number(oldest) };
      }));
      const sum = (/** @type {"waiting" | "dead"} */ name) => all.reduce((total, one) => total + one[name], 0);
      const oldestAtMs = Math.min(...all.map(({ oldest }) => oldest));
      return { waiting: sum("waiting"), dead: sum("dead"), ...(Number.isFinite(oldestAtMs) && { oldestAtMs }) };
    },
  };
};

/** Keys stand here as windows write them; an empty list is an empty table to the server's JSON. @param {string} text @returns {string[]} */
const keysIn = (text) => (text === "{}" ? [] : JSON.parse(text).map(unescaped));

/** @param {Redis} redis */
export const outboxOn = (redis) => {
  const { run, places } = redis;
  /** @param {readonly string[]} keys @param {string} id */
  const placeOf = (keys, id) => places.ofKey(anchorOf(keys, id));
  /** @type {Outbox} */
  const outbox = {
    async add({ id, body, atMs, keys = [] }) {
      const place = placeOf(keys, id);
      return Number(await run(ADD, [`${place}oq`], [place, id, body, String(atMs), KEEP, ...keys.map(escaped)])) === 1;
    },
    async claim({ nowMs, untilMs, limit, id }) {
      /** @type {OutboxClaim[]} */
      const claims = [];
      for (const place of places.all) {
        if (claims.length >= limit) break;
        const given = [place, String(nowMs), String(untilMs), String(limit - claims.length), KEEP, ...(id === undefined ? [] : [id])];
        for (const [found, keys, body, at, since, tries] of await run(CLAIM, [`${place}oq`], given)) {
          claims.push({ id: found, keys: keysIn(keys), body, atMs: Number(at), sinceMs: Number(since), tries: Number(tries) });
        }
      }
      return claims;
    },
    async settle({ id, keys }, outcome) {
      const place = placeOf(keys, id);
      const { atMs = redis.now(), holds = true, reason = "" } = /** @type {{ atMs?: number, holds?: boolean, reason?: string }} */ (outcome);
      await run(SETTLE_ITEM, [`${place}oq`], [place, id, outcome.kind, String(atMs), holds ? "1" : "0", reason]);
    },
    async replay(ids, nowMs) {
      let count = 0;
      if (ids.length > 0) for (const place of places.all) count += Number(await run(REPLAY, [`${place}oq`], [place, String(nowMs), KEEP, ...ids]));
      return count;
    },
    ...listsOn(redis),
  };
  return {
    outbox,
    /** @param {readonly string[]} keys */
    async forget(keys) {
      for (const [place, some] of places.group(keys, (key) => key)) await run(FORGET, [`${place}oq`], [place, ...some.map(escaped)]);
    },
  };
};
