// @ts-check
/** Sorted sets that are read in pages. */

/** @import { Redis } from "./windows.js" */

/** @typedef {[score: number, id: string]} Queued */

/** @param {Queued} a @param {Queued} b */
export const inScoreOrder = ([atA, idA], [atB, idB]) => atA - atB || (idA < idB ? -1 : Number(idA > idB));

/** @param {Pick<Redis, "send">} redis @param {string} name of the set, in each place */
export const queuedOn = ({ send }, name) =>
  /** @param {string} place @param {number} from @param {number} until @param {Queued | undefined} after @param {number} count */
  async (place, from, until, after, count) => {
    /** @type {Queued[]} */
    const found = [];
    const range = [String(Math.max(from, after?.[0] ?? from)), until === Infinity ? "+inf" : String(until)];
    for (let offset = 0; found.length < count; offset += count) {
      const flat = /** @type {string[]} */ (await send(place + name, ["ZRANGE", place + name, ...range, "BYSCORE", "LIMIT", String(offset), String(count), "WITHSCORES"]));
      for (let at = 0; at < flat.length; at += 2) {
        const one = /** @type {Queued} */ ([Number(flat[at + 1]), String(flat[at])]);
        if (!after || inScoreOrder(one, after) > 0) found.push(one);
      }
      if (flat.length < 2 * count) break;
    }
    return found.map((one) => ({ one, place }));
  };
