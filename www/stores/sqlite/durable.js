// @ts-check
/** @import { Database, Statement } from "./database.js" */

/**
 * What is used of a Durable Object's `ctx.storage`.
 * @typedef {object} DurableStorage
 * @property {{ exec(sql: string, ...values: any[]): { toArray(): any[] } }} sql
 * @property {{ get(name: string): any, put(name: string, value: any): void }} kv
 * @property {<Answer>(work: () => Answer) => Answer} transactionSync
 */

/** Under this name stands the version that SQLite keeps in the file elsewhere: here nobody may ask for that. */
const VERSION = "reply-window: version";

/**
 * The SQLite of a Durable Object of Cloudflare, for `sqliteStore`: whatever one request wrote is on the disk before it is answered. A class that is bound with `new_sqlite_classes` has it.
 *
 * @param {DurableStorage} storage `ctx.storage`
 * @returns {Database}
 * @example
 * const store = await sqliteStore({ database: durableDatabase(ctx.storage) });
 */
export const durableDatabase = (storage) => {
  const { sql, kv } = storage;
  /** @param {string} text @returns {Statement} */
  const prepare = (text) => {
    if (text === "PRAGMA user_version") return { run: () => ({ changes: 0, lastInsertRowid: 0 }), get: () => ({ user_version: kv.get(VERSION) ?? 0 }), all: () => [] };
    const all = (/** @type {any[]} */ ...values) => sql.exec(text, ...values).toArray();
    return {
      all,
      get: (...values) => all(...values)[0],
      run(...values) {
        all(...values);
        const [{ changes, last }] = /** @type {[{ changes: number, last: number }]} */ (sql.exec("SELECT changes() AS changes, last_insert_rowid() AS last").toArray());
        return { changes, lastInsertRowid: last };
      },
    };
  };
  return {
    prepare,
    exec(text) {
      const [, version] = /^PRAGMA user_version = (\d+)$/.exec(text) ?? [];
      if (version !== undefined) kv.put(VERSION, Number(version));
      // How it writes to the disk is the platform's.
      else if (!text.startsWith("PRAGMA ")) sql.exec(text);
    },
    transactionSync: (work) => storage.transactionSync(work),
    close() {},
  };
};
