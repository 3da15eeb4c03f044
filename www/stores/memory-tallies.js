// @ts-check
import { MAX_TALLIES, MAX_TALLY_IDS, TALLY_IDS_MS, dayOf } from "./port.js";

/** @import { SharedStore, Tally } from "./port.js" */

/** @param {Tally} a @param {Tally} b */
const byName = (a, b) => (a.name < b.name ? -1 : Number(a.name > b.name));

/** @param {number} keepMs @returns {Pick<SharedStore, "tally" | "tallies">} */
export const createTallies = (keepMs) => {
  /** @type {Map<string, Map<string, number>>} */
  const days = new Map();
  /** When each was told, the latest at the end. @type {Map<string, number>} */
  const ids = new Map();
  /** @param {string} id @param {number} atMs */
  const isNew = (id, atMs) => {
    for (const [known, toldAtMs] of ids) {
      if (toldAtMs >= atMs - TALLY_IDS_MS && ids.size < MAX_TALLY_IDS) break;
      ids.delete(known);
    }
    return !ids.has(id) && Boolean(ids.set(id, atMs));
  };
  return {
    async tally({ id, atMs, counts }) {
      if (!isNew(id, atMs)) return false;
      for (const day of days.keys()) if (day < dayOf(atMs - keepMs)) days.delete(day);
      for (const { day, name, count } of counts) {
        const names = days.get(day) ?? new Map();
        if (!names.has(name) && names.size >= MAX_TALLIES) continue;
        days.set(day, names.set(name, (names.get(name) ?? 0) + count));
      }
      return true;
    },
    async tallies({ fromDay, untilDay }) {
      const asked = [...days.keys()].filter((day) => day >= fromDay && day <= untilDay).sort();
      return asked.flatMap((day) => [...(days.get(day) ?? [])].map(([name, count]) => ({ day, name, count })).sort(byName));
    },
  };
};
