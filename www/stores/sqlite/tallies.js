// @ts-check
import { MAX_TALLIES, MAX_TALLY_IDS, TALLY_IDS_MS, dayOf } from "../port.js";

/**
 * @import { SharedStore, TallyReport } from "../port.js"
 * @import { Database } from "./database.js"
 */

/** @param {Database} database @param {number} keepMs */
export const talliesIn = (database, keepMs) => {
  const remember = database.prepare("INSERT INTO tally_id (id, at) VALUES (?, ?) ON CONFLICT DO NOTHING");
  const forgetOld = database.prepare("DELETE FROM tally_id WHERE at < ?");
  const held = database.prepare("SELECT count(*) AS n FROM tally_id");
  const forgetOldest = database.prepare("DELETE FROM tally_id WHERE id IN (SELECT id FROM tally_id ORDER BY at LIMIT ?)");
  const forgetDays = database.prepare("DELETE FROM tally WHERE day < ?");
  const add = database.prepare(`INSERT INTO tally (day, name, count) SELECT ?, ?, ?
    WHERE EXISTS (SELECT 1 FROM tally WHERE day = ? AND name = ?) OR (SELECT count(*) FROM tally WHERE day = ?) < ${MAX_TALLIES}
    ON CONFLICT DO UPDATE SET count = count + excluded.count`);
  const read = database.prepare("SELECT day, name, count FROM tally WHERE day BETWEEN ? AND ? ORDER BY day, name");
  return {
    /** @param {TallyReport} report */
    tally({ id, atMs, counts }) {
      forgetOld.run(atMs - TALLY_IDS_MS);
      if (Number(remember.run(id, atMs).changes) === 0) return false;
      forgetOldest.run(Math.max(0, Number(held.get()?.n) - MAX_TALLY_IDS));
      forgetDays.run(dayOf(atMs - keepMs));
      for (const { day, name, count } of counts) add.run(day, name, count, day, name, day);
      return true;
    },
    /** @type {SharedStore["tallies"]} */
    tallies: async ({ fromDay, untilDay }) => read.all(fromDay, untilDay).map(({ day, name, count }) => ({ day: String(day), name: String(name), count: Number(count) })),
  };
};
