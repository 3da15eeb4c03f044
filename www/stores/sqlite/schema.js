// @ts-check
import { fault } from "../../engine/fault.js";
import { transactionsOn } from "./database.js";

/** @import { Database } from "./database.js" */

/** The version that this release writes; see `STEPS`. */
const VERSION = 5;

/**
 * What leads from each version to the next; the first makes an empty database ours. Since the fourth a window holds its keys, and its state is the engine's lines
 * (`src/wire/kept.rs`); what an older version wrote stays JSON until it changes, and is read as well.
 *
 * @type {string[]}
 */
const STEPS = [`
  CREATE TABLE window (id INTEGER PRIMARY KEY AUTOINCREMENT, state TEXT NOT NULL, closes_at INTEGER, changed_at INTEGER NOT NULL);
  CREATE INDEX window_closes ON window (closes_at, id) WHERE closes_at IS NOT NULL;
  CREATE INDEX window_changed ON window (changed_at);
  CREATE TABLE key (key TEXT PRIMARY KEY, window INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX key_window ON key (window);
  CREATE TABLE send (id TEXT PRIMARY KEY, record TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX send_at ON send (at);
  CREATE TABLE send_key (key TEXT NOT NULL, send TEXT NOT NULL, PRIMARY KEY (key, send)) WITHOUT ROWID;
  CREATE INDEX send_key_send ON send_key (send);
  CREATE TABLE accepted (name TEXT PRIMARY KEY, digest TEXT NOT NULL, at INTEGER NOT NULL, seen INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX accepted_at ON accepted (at);
  CREATE TABLE change (number INTEGER PRIMARY KEY AUTOINCREMENT, keys TEXT NOT NULL);
  CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  INSERT INTO note VALUES ('store', lower(hex(randomblob(16))));
`, `
  ALTER TABLE key ADD COLUMN at INTEGER NOT NULL DEFAULT 0;
  CREATE TABLE held (what TEXT PRIMARY KEY, bytes INTEGER NOT NULL) WITHOUT ROWID;
  INSERT INTO held SELECT 'windows', (SELECT coalesce(sum(length(state) + 400), 0) FROM window) + (SELECT coalesce(sum(length(key) + 100), 0) FROM key);
  INSERT INTO held SELECT 'accepted', coalesce(sum(length(name) + length(digest) + 100), 0) FROM accepted;
  CREATE TRIGGER window_in AFTER INSERT ON window BEGIN UPDATE held SET bytes = bytes + length(new.state) + 400 WHERE what = 'windows'; END;
  CREATE TRIGGER window_change AFTER UPDATE OF state ON window WHEN length(new.state) <> length(old.state) BEGIN
    UPDATE held SET bytes = bytes + length(new.state) - length(old.state) WHERE what = 'windows'; END;
  CREATE TRIGGER window_out AFTER DELETE ON window BEGIN UPDATE held SET bytes = bytes - length(old.state) - 400 WHERE what = 'windows'; END;
  CREATE TRIGGER key_in AFTER INSERT ON key BEGIN UPDATE held SET bytes = bytes + length(new.key) + 100 WHERE what = 'windows'; END;
  CREATE TRIGGER key_out AFTER DELETE ON key BEGIN UPDATE held SET bytes = bytes - length(old.key) - 100 WHERE what = 'windows'; END;
  CREATE TRIGGER accepted_in AFTER INSERT ON accepted BEGIN UPDATE held SET bytes = bytes + length(new.name) + length(new.digest) + 100 WHERE what = 'accepted'; END;
  CREATE TRIGGER accepted_out AFTER DELETE ON accepted BEGIN UPDATE held SET bytes = bytes - length(old.name) - length(old.digest) - 100 WHERE what = 'accepted'; END;
`, `
  CREATE TABLE outbox (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, state TEXT NOT NULL, body TEXT NOT NULL, keys TEXT NOT NULL,
    at INTEGER NOT NULL, since INTEGER NOT NULL, next INTEGER NOT NULL, tries INTEGER NOT NULL, reason TEXT NOT NULL, died_at INTEGER);
  CREATE INDEX outbox_next ON outbox (state, next);
  CREATE INDEX outbox_at ON outbox (at);
  CREATE TABLE outbox_line (key TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (key, number)) WITHOUT ROWID;
  CREATE INDEX outbox_line_number ON outbox_line (number);
`, `
  DROP TRIGGER window_in; DROP TRIGGER window_change; DROP TRIGGER window_out; DROP TRIGGER key_in; DROP TRIGGER key_out;
  CREATE TABLE window_4 (id INTEGER PRIMARY KEY, keys TEXT NOT NULL, state TEXT NOT NULL, closes_at INTEGER, changed_at INTEGER NOT NULL);
  INSERT INTO window_4 SELECT id, (SELECT json_group_array(json_array(key, at)) FROM key WHERE key.window = window.id), state, closes_at, changed_at FROM window;
  CREATE TABLE key_4 (key TEXT PRIMARY KEY, window INTEGER NOT NULL) WITHOUT ROWID;
  INSERT INTO key_4 SELECT key, window FROM key;
  DROP TABLE window; DROP TABLE key;
  ALTER TABLE window_4 RENAME TO window; ALTER TABLE key_4 RENAME TO key;
  CREATE INDEX window_closes ON window (closes_at, id) WHERE closes_at IS NOT NULL;
  CREATE INDEX window_changed ON window (changed_at);
  UPDATE held SET bytes = (SELECT coalesce(sum(length(keys) * 2 + length(state) + 400), 0) FROM window) WHERE what = 'windows';
`, `
  CREATE TABLE tally (day TEXT NOT NULL, name TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (day, name)) WITHOUT ROWID;
  CREATE TABLE tally_id (id TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX tally_id_at ON tally_id (at);
`];

/** @param {Database} database @param {string} sql @returns {number} */
const numberFrom = (database, sql) => Number(Object.values(database.prepare(sql).get() ?? { none: 0 })[0]);

/**
 * Makes the database ours, or brings it to this release's version in one step.
 *
 * @param {Database} database
 * @throws {import("../../engine/errors.js").ReplyWindowError} `store-too-new`, `store-not-ours`
 */
export const migrate = (database) => transactionsOn(database).whole(() => {
  const version = numberFrom(database, "PRAGMA user_version");
  if (version > VERSION) throw fault("store-too-new", "path", `the database has version ${version}, this release knows ${VERSION}: use a newer release`);
  if (version === 0 && numberFrom(database, "SELECT count(*) FROM sqlite_master") > 0) {
    throw fault("store-not-ours", "path", "the database holds something else");
  }
  for (const step of STEPS.slice(version)) database.exec(step);
  database.exec(`PRAGMA user_version = ${VERSION}`);
});
