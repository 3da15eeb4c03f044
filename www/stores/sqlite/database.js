// @ts-check
/** What is used of `DatabaseSync`; a database of `better-sqlite3` fits, too. */

/** @typedef {{ run(...values: any[]): { changes: number | bigint, lastInsertRowid: number | bigint }, get(...values: any[]): any, all(...values: any[]): any[] }} Statement */
/**
 * `transactionSync`: where transactions are no statements. What throws inside is undone; one may stand inside another.
 * @typedef {{ exec(sql: string): unknown, prepare(sql: string): Statement, close(): unknown, transactionSync?: <Answer>(work: () => Answer) => Answer }} Database
 */

/**
 * `whole`: everything or nothing. `part`: inside it, what throws is undone alone.
 *
 * @param {Database} database
 * @returns {{ whole: <Answer>(work: () => Answer) => Answer, part: <Answer>(work: () => Answer) => Answer }}
 */
export const transactionsOn = (database) => {
  if (database.transactionSync) {
    const within = /** @type {NonNullable<Database["transactionSync"]>} */ ((work) => /** @type {Required<Database>} */ (database).transactionSync(work));
    return { whole: within, part: within };
  }
  const [save, keep, undo] = ["SAVEPOINT work", "RELEASE work", "ROLLBACK TO work"].map((sql) => database.prepare(sql));
  return {
    whole(work) {
      database.exec("BEGIN IMMEDIATE");
      try {
        const answer = work();
        database.exec("COMMIT");
        return answer;
      } catch (error) {
        // A full disk may have ended the transaction already.
        try {
          database.exec("ROLLBACK");
        } catch {}
        throw error;
      }
    },
    part(work) {
      save?.run();
      try {
        return work();
      } catch (error) {
        undo?.run();
        throw error;
      } finally {
        keep?.run();
      }
    },
  };
};
