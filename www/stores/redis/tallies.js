// @ts-check
import { MAX_TALLIES, MAX_TALLY_IDS, TALLY_IDS_MS } from "../port.js";

/**
 * @import { SharedStore, Tally } from "../port.js"
 * @import { Redis } from "./windows.js"
 */

/**
 * Adds counts, once for each id. KEYS: the ids by their time, then the hash of each day. ARGV: id, now, for how long ids and counts are kept, at most so many ids, so many
 * names of a day; then for each count the place of its day in KEYS, its name, the number.
 */
const TALLY = `
local now, keep_ids = tonumber(ARGV[2]), tonumber(ARGV[3])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. string.format('%.0f', now - keep_ids))
if redis.call('ZADD', KEYS[1], 'NX', ARGV[2], ARGV[1]) == 0 then return 0 end
redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -tonumber(ARGV[5]) - 1)
redis.call('PEXPIRE', KEYS[1], ARGV[3])
for n = 7, #ARGV, 3 do
  local day, name = KEYS[tonumber(ARGV[n])], ARGV[n + 1]
  if redis.call('HEXISTS', day, name) == 1 or redis.call('HLEN', day) < tonumber(ARGV[6]) then redis.call('HINCRBY', day, name, ARGV[n + 2]) end
end
for n = 2, #KEYS do redis.call('PEXPIRE', KEYS[n], ARGV[4]) end
return 1`;

const DAY_MS = 24 * 60 * 60 * 1000;

/** @param {string} fromDay @param {string} untilDay */
const daysFrom = (fromDay, untilDay) => {
  const [first, last] = [Date.parse(fromDay), Date.parse(untilDay)];
  return Array.from({ length: Math.max(0, Math.round((last - first) / DAY_MS) + 1) }, (_, place) => new Date(first + place * DAY_MS).toISOString().slice(0, 10));
};

/** @param {Tally} a @param {Tally} b */
const byName = (a, b) => (a.name < b.name ? -1 : Number(a.name > b.name));

/** All of them stand in one place: they are few. @param {Pick<Redis, "send" | "run" | "places">} redis @param {number} keepMs @returns {Pick<SharedStore, "tally" | "tallies">} */
export const talliesOn = ({ send, run, places }, keepMs) => {
  const [place = ""] = places.all;
  /** @param {string} day */
  const nameOf = (day) => `${place}q:${day}`;
  return {
    async tally({ id, atMs, counts }) {
      const days = [...new Set(counts.map(({ day }) => day))];
      const given = [id, atMs, TALLY_IDS_MS, keepMs, MAX_TALLY_IDS, MAX_TALLIES, ...counts.flatMap(({ day, name, count }) => [days.indexOf(day) + 2, name, count])];
      return (await run(TALLY, [`${place}qi`, ...days.map(nameOf)], given.map(String))) === 1;
    },
    async tallies({ fromDay, untilDay }) {
      const found = await Promise.all(daysFrom(fromDay, untilDay).map(async (day) => {
        const flat = /** @type {string[]} */ (await send(nameOf(day), ["HGETALL", nameOf(day)]));
        return Array.from({ length: flat.length / 2 }, (_, at) => ({ day, name: String(flat[2 * at]), count: Number(flat[2 * at + 1]) })).sort(byName);
      }));
      return found.flat();
    },
  };
};
