// @ts-check
import { fault } from "../../engine/fault.js";
import { createBatches } from "../batch.js";
import { closesAtBy } from "../closing.js";
import { KEEP_TALLIES_MS } from "../port.js";
import { transactionsOn } from "./database.js";
import { acceptedIn, changesIn, sendsIn } from "./memories.js";
import { outboxIn } from "./outbox.js";
import { migrate } from "./schema.js";
import { talliesIn } from "./tallies.js";
import { listsIn, windowsIn } from "./windows.js";

export { durableDatabase } from "./durable.js";

/**
 * @import { ClosesAt } from "../closing.js"
 * @import { SharedStore } from "../port.js"
 * @import { Database } from "./database.js"
 * @import { Join } from "./groups.js"
 */

const DAY_MS = 24 * 60 * 60 * 1000;

const GIB = 2 ** 30;

const DEFAULTS = { keepMs: 8 * DAY_MS, replayMs: 30 * DAY_MS, now: Date.now, waitMs: 2, maxBatch: 64, maxWindowBytes: 4 * GIB, maxReplayBytes: GIB, keepTalliesMs: KEEP_TALLIES_MS, log: console.warn };

/** @param {string} path @returns {Promise<Database>} */
const open = async (path) => {
  const sqlite = await import("node:sqlite").catch((error) => {
    throw fault("sqlite-missing", "path", "this Node has no SQLite: use Node 22 or newer, or hand in a `database` of better-sqlite3", error);
  });
  return new sqlite.DatabaseSync(path);
};

/** What a transaction carries out: windows are joined together, everything else by itself. @typedef {Join | (() => unknown)} Work */

/**
 * Everything in one transaction, what is no window each by itself inside it: what fails is undone alone.
 *
 * @param {Database} database
 * @param {{ begin: () => void, merge: (joins: Join[]) => PromiseSettledResult<any>[], end: () => void }} edges what belongs to each transaction
 * @returns {(batch: Work[]) => Promise<PromiseSettledResult<any>[]>}
 */
const inTransaction = (database, edges) => {
  const { whole, part } = transactionsOn(database);
  /** @param {() => unknown} work @returns {PromiseSettledResult<any>} */
  const alone = (work) => {
    try {
      return { status: "fulfilled", value: part(work) };
    } catch (reason) {
      return { status: "rejected", reason };
    }
  };
  return async (batch) => whole(() => {
    edges.begin();
    const joins = batch.filter((work) => typeof work !== "function");
    const merged = joins.length > 0 ? edges.merge(joins) : [];
    const answers = batch.map((work) => (typeof work === "function" ? alone(work) : /** @type {PromiseSettledResult<any>} */ (merged[joins.indexOf(work)])));
    edges.end();
    return answers;
  });
};

/**
 * A window store in an SQLite file: for one node, and for several processes on it. What was answered is on the disk: it
 * survives a killed process and, by SQLite's own word for `synchronous: "full"` (default), a loss of power. Callers share a commit, so that
 * many webhooks wait for one write to the disk.
 *
 * Windows go 8 days after their last change (`keepMs`), sends as well, accepted signatures after `replayMs` (30 days).
 *
 * @param {{ path: string, database?: undefined } | { database: Database, path?: undefined }} place a file (`:memory:` for a test), or an open
 *   database of `better-sqlite3` or `node:sqlite`, or that of a Durable Object (`durableDatabase`)
 * They are bounded in bytes, too (estimated; `maxWindowBytes`, 4 GiB, and `maxReplayBytes`, 1 GiB): beyond it the windows that were quiet longest
 * go (`window-memory-full` in the `log`), and the oldest signatures, which the receiver reports. A window has at most 64 keys (`window-keys-full`).
 *
 * @param {{ synchronous?: "full" | "normal", keepMs?: number, replayMs?: number, now?: () => number, closesAt?: ClosesAt, waitMs?: number, maxBatch?: number,
 *   maxWindowBytes?: number, maxReplayBytes?: number, keepTalliesMs?: number, log?: (line: string) => void }} [options]
 *   `normal`: faster, and the last commits may be lost with the power. `waitMs` (2), `maxBatch` (64): what one commit gathers. `keepTalliesMs`: 400 days
 * @returns {Promise<SharedStore>}
 * @throws {import("../../engine/errors.js").ReplyWindowError} `sqlite-missing` on Node 20, `store-too-new`, `store-not-ours`
 * @example
 * const store = await sqliteStore({ path: "windows.db" });
 */
export const sqliteStore = async (place, { synchronous = "full", ...given } = {}) => {
  if (synchronous !== "full" && synchronous !== "normal") throw fault("unknown-name", "synchronous", "expected `full` or `normal`");
  const database = place.database ?? (await open(place.path));
  // A commit of many customers touches pages all over the file: they are held in 64 MiB, and written back to it once for many commits (32 MiB).
  database.exec("PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 8192");
  database.exec(`PRAGMA synchronous = ${synchronous}`);
  migrate(database);
  return storeIn(database, { ...DEFAULTS, closesAt: closesAtBy(), ...given });
};

/** @param {Database} database @param {(work: () => any) => Promise<any>} add @returns {Pick<SharedStore, "note" | "setNote" | "ping">} */
const notesIn = (database, add) => {
  const get = database.prepare("SELECT value FROM note WHERE name = ?");
  const set = database.prepare("INSERT OR REPLACE INTO note (name, value) VALUES (?, ?)");
  const ping = database.prepare("SELECT 1");
  return {
    note: async (name) => get.get(name)?.value,
    setNote: (name, value) => add(() => void set.run(name, value)),
    ping: async () => void ping.get(),
  };
};

/**
 * @param {Database} database
 * @param {typeof DEFAULTS & { closesAt: ClosesAt, log: (line: string) => void }} options
 * @returns {SharedStore}
 */
const storeIn = (database, { keepMs, replayMs, now, closesAt, waitMs, maxBatch, maxWindowBytes, maxReplayBytes, keepTalliesMs, log: write }) => {
  const windows = windowsIn(database, { closesAt, maxBytes: maxWindowBytes, tell: (code) => write(`store: ${code}`) });
  const [sends, log, counted] = [sendsIn(database), changesIn(database), talliesIn(database, keepTalliesMs)];
  const accepted = acceptedIn(database, { keptMs: replayMs, maxBytes: maxReplayBytes });
  const handing = outboxIn(database, (work) => add(work));
  const run = inTransaction(database, { begin: windows.begin, merge: (joins) => windows.mergeAll(joins, now(), handing.put), end() {
    for (const kept of [windows, sends]) kept.expire(now() - keepMs);
    windows.shrink();
    windows.settle();
    for (const kept of [accepted, handing]) kept.expire(now());
  } });
  /** @type {{ add: (work: Work) => Promise<any>, end: () => Promise<void> }} */
  const { add, end } = createBatches({ maxBatch, waitMs, run });
  return {
    read: async (keys) => windows.readMany([keys])[0],
    readMany: async (all) => windows.readMany(all),
    async merge(keys, state, item) {
      if (keys.length === 0) throw fault("missing-field", "keys", "a window has at least one key");
      return add({ keys: [...new Set(keys)], text: JSON.stringify(state) ?? "", item: item && { ...item } });
    },
    recordSend: (record) => add(() => sends.record(record, now())),
    sendRecord: async (id) => sends.read(id),
    accept: (signed) => add(() => accepted.accept(signed)),
    ...listsIn(database),
    changes: log.changes,
    erase: (keys) => add(() => {
      const { linked, found } = windows.erase(keys);
      for (const kept of [sends, log, handing]) kept.forget(linked);
      return found;
    }),
    outbox: handing.outbox,
    tally: (report) => add(() => counted.tally(report)),
    tallies: counted.tallies,
    ...notesIn(database, add),
    async close() {
      await end();
      database.close();
    },
  };
};
