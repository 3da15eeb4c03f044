// @ts-check
/**
 * What waits to be handed on. `outbox_line` has the items that others wait behind: of those that share a key, the least number's turn it is.
 *
 * @import { DeadLetter, Outbox, OutboxClaim, OutboxItem, OutboxOutcome } from "../port.js"
 * @import { Database } from "./database.js"
 */
import { OUTBOX_MS } from "../port.js";

const IS_TURN = `NOT EXISTS (SELECT 1 FROM outbox_line AS mine JOIN outbox_line AS other ON other.key = mine.key AND other.number < mine.number WHERE mine.number = outbox.number)`;

/** @param {Database} database */
const linesIn = (database) => {
  const join = database.prepare("INSERT INTO outbox_line (key, number) VALUES (?, ?) ON CONFLICT DO NOTHING");
  const leave = database.prepare("DELETE FROM outbox_line WHERE number = ?");
  return {
    /** @param {number} number @param {readonly string[]} keys */
    join: (number, keys) => keys.forEach((key) => join.run(key, number)),
    /** @param {number} number */
    leave: (number) => void leave.run(number),
  };
};

/** @param {Database} database @param {ReturnType<typeof linesIn>} lines */
const endsIn = (database, lines) => {
  const waiting = database.prepare("SELECT number FROM outbox WHERE id = ? AND state = 'waiting'");
  const later = database.prepare("UPDATE outbox SET next = ?, reason = ? WHERE number = ?");
  const done = database.prepare("UPDATE outbox SET state = 'done', body = '', keys = '[]', reason = '' WHERE number = ?");
  const die = database.prepare("UPDATE outbox SET state = 'dead', died_at = ?, reason = ? WHERE number = ?");
  /** @param {string} id @param {OutboxOutcome} outcome */
  return (id, outcome) => {
    const number = waiting.get(id)?.number;
    if (number === undefined) return;
    if (outcome.kind !== "retry" || !outcome.holds) lines.leave(number);
    if (outcome.kind === "delivered") done.run(number);
    else if (outcome.kind === "dead") die.run(outcome.atMs, outcome.reason, number);
    else later.run(outcome.atMs, outcome.reason, number);
  };
};

/** @param {Database} database @param {ReturnType<typeof linesIn>} lines */
const replayIn = (database, lines) => {
  const dead = database.prepare("SELECT number, keys FROM outbox WHERE id = ? AND state = 'dead'");
  const last = database.prepare("UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = 'outbox'");
  const again = database.prepare(`UPDATE outbox SET state = 'waiting', tries = 0, since = ?, next = ?, died_at = NULL,
    number = (SELECT seq FROM sqlite_sequence WHERE name = 'outbox') WHERE number = ? RETURNING number`);
  /** @param {string} id @param {number} nowMs */
  return (id, nowMs) => {
    const row = dead.get(id);
    if (!row) return false;
    last.run();
    lines.join(Number(again.get(nowMs, nowMs, row.number).number), JSON.parse(String(row.keys)));
    return true;
  };
};

/** @param {Database} database @returns {Pick<Outbox, "dead" | "stats">} */
const listsIn = (database) => {
  const letters = database.prepare("SELECT id, keys, at, died_at, tries, reason FROM outbox WHERE state = 'dead' AND (died_at, id) > (?, ?) ORDER BY died_at, id LIMIT ?");
  const counts = database.prepare("SELECT count(*) FILTER (WHERE state = 'waiting') AS waiting, count(*) FILTER (WHERE state = 'dead') AS dead, min(since) FILTER (WHERE state = 'waiting') AS oldest FROM outbox");
  return {
    async dead({ after, limit = 100 } = {}) {
      const [at, id] = /** @type {[number, string]} */ (after === undefined ? [-1, ""] : JSON.parse(after));
      const rows = letters.all(at, id, limit + 1);
      const page = rows.slice(0, limit).map((row) => /** @type {DeadLetter} */ ({ id: row.id, keys: JSON.parse(row.keys), atMs: row.at, diedAtMs: row.died_at, tries: row.tries, reason: row.reason }));
      const last = page.at(-1);
      return rows.length > limit && last ? { letters: page, next: JSON.stringify([last.diedAtMs, last.id]) } : { letters: page };
    },
    async stats() {
      const { waiting, dead, oldest } = counts.get();
      return { waiting: Number(waiting), dead: Number(dead), ...(oldest === null ? {} : { oldestAtMs: Number(oldest) }) };
    },
  };
};

/** @param {Database} database @param {(work: () => any) => Promise<any>} write carries it out in a transaction */
export const outboxIn = (database, write) => {
  const add = database.prepare("INSERT INTO outbox (id, state, body, keys, at, since, next, tries, reason) VALUES (?, 'waiting', ?, ?, ?, ?, ?, 0, '') ON CONFLICT (id) DO NOTHING");
  const due = database.prepare(`SELECT number, id, keys, body, at, since, tries FROM outbox WHERE state = 'waiting' AND next <= ? AND (? IS NULL OR id = ?) AND ${IS_TURN} ORDER BY next, number LIMIT ?`);
  const take = database.prepare("UPDATE outbox SET next = ?, tries = tries + 1 WHERE number = ?");
  const expired = database.prepare("SELECT number FROM outbox WHERE at < ? ORDER BY at LIMIT 64");
  const ofKey = database.prepare("SELECT number FROM outbox WHERE EXISTS (SELECT 1 FROM json_each(outbox.keys) WHERE value = ?)");
  const drop = database.prepare("DELETE FROM outbox WHERE number = ?");
  const lines = linesIn(database);
  const [settle, replay] = [endsIn(database, lines), replayIn(database, lines)];
  /** @param {{ number?: number }[]} rows */
  const dropAll = (rows) => {
    for (const { number } of rows) {
      lines.leave(Number(number));
      drop.run(number);
    }
  };
  /** Inside a transaction. @param {OutboxItem} item @param {readonly string[]} keys @returns {boolean} whether it is new */
  const put = ({ id, body, atMs }, keys) => {
    const { changes, lastInsertRowid } = add.run(id, body, JSON.stringify(keys), atMs, atMs, atMs);
    if (Number(changes) > 0) lines.join(Number(lastInsertRowid), keys);
    return Number(changes) > 0;
  };
  /** @type {Outbox} */
  const outbox = {
    add: (item) => write(() => put(item, item.keys ?? [])),
    claim: ({ nowMs, untilMs, limit, id }) => write(() => {
      dropAll(expired.all(nowMs - OUTBOX_MS));
      return due.all(nowMs, id ?? null, id ?? null, limit).map((row) => {
        take.run(untilMs, row.number);
        return /** @type {OutboxClaim} */ ({ id: row.id, keys: JSON.parse(row.keys), body: row.body, atMs: row.at, sinceMs: row.since, tries: row.tries + 1 });
      });
    }),
    settle: ({ id }, outcome) => write(() => settle(id, outcome)),
    replay: (ids, nowMs) => write(() => ids.filter((id) => replay(id, nowMs)).length),
    ...listsIn(database),
  };
  return {
    outbox, put,
    /** @param {readonly string[]} keys */
    forget: (keys) => keys.forEach((key) => dropAll(ofKey.all(key))),
    /** @param {number} nowMs */
    expire: (nowMs) => dropAll(expired.all(nowMs - OUTBOX_MS)),
  };
};
