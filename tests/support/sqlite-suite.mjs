// The tests of the SQLite store, for a Node that has SQLite: run by stores-sqlite.test.js.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, truncate, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { packStates } from "../../www/engine/kept.js";
import { foldEvents } from "../../www/engine/session.js";
import { sqliteStore } from "../../www/stores/sqlite/sqlite.js";
import { testStore } from "./store-suite.mjs";

const folder = await mkdtemp(join(tmpdir(), "windows-"));
after(() => rm(folder, { recursive: true, force: true }));
let count = 0;
const fresh = () => join(folder, `${++count}.db`);

const T0 = Date.UTC(2026, 10, 23, 12);

// The day of the suite's messages: what came long before is not kept.
testStore("SQLite", (limits) => sqliteStore({ path: fresh() }, { synchronous: "normal", now: () => T0, ...limits }));

const DAY = 86_400_000;
/** @param {string} id */
const wrote = (id) => foldEvents(undefined, [{ log: "customer", id, kind: "text", providerAtMs: T0 }]);

test("what was answered is there when the file is opened again, and two handles on it see each other", async () => {
  const path = fresh();
  const one = await sqliteStore({ path });
  const { cursor } = await one.changes();
  await one.merge(["a"], wrote("1"));
  const two = await sqliteStore({ path });
  await Promise.all(Array.from({ length: 40 }, (_, n) => (n % 2 ? one : two).merge(["a"], wrote(`n${n}`))));
  assert.equal((await one.read(["a"]))?.customer.length, 41);
  await one.close();
  await two.close();
  const again = await sqliteStore({ path });
  assert.equal((await again.read(["a"]))?.customer.length, 41);
  // What changed in one commit is told once.
  const { changes, missed } = await again.changes(cursor);
  assert.deepEqual([missed, changes.length > 1 && changes.length <= 41, new Set(changes.map(({ keys }) => String(keys)))], [false, true, new Set(["a"])], "positions outlive the process");
  await again.close();
});

test("what no longer matters leaves by itself, a little with each commit", async () => {
  let now = T0;
  const store = await sqliteStore({ path: fresh() }, { now: () => now });
  for (let n = 0; n < 100; n++) await store.merge([`k${n}`], wrote(`${n}`));
  await store.recordSend({ id: "SM1", keys: ["k1"], kind: "session-message", atMs: now });
  now += 8 * DAY;
  await store.setNote("beat", "1");
  assert.ok(await store.read(["k0"]), "not before its time");
  now += 1;
  await store.setNote("beat", "2");
  await store.setNote("beat", "3");
  assert.deepEqual([await store.read(["k0"]), await store.read(["k99"]), await store.sendRecord("SM1")], [undefined, undefined, undefined]);
  await store.close();
});

test("a newer store and somebody else's file are refused and left as they were", async () => {
  const [newer, other] = [fresh(), fresh()];
  for (const [path, sql] of [[newer, "PRAGMA user_version = 99"], [other, "CREATE TABLE theirs (a)"]]) {
    const database = new DatabaseSync(String(path));
    database.exec(String(sql));
    database.close();
  }
  await assert.rejects(sqliteStore({ path: newer }), { code: "store-too-new" });
  await assert.rejects(sqliteStore({ path: other }), { code: "store-not-ours" });
  const database = new DatabaseSync(other);
  assert.equal(database.prepare("SELECT count(*) AS n FROM sqlite_master").get()?.n, 1);
  database.close();
});

/** What the first version made of an empty file. */
const FIRST = `
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
`;

/** What each further version changed. */
const LATER = [`
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
  DROP TABLE window; DROP TABLE key;
  CREATE TABLE window (id INTEGER PRIMARY KEY, keys TEXT NOT NULL, state TEXT NOT NULL, closes_at INTEGER, changed_at INTEGER NOT NULL);
  CREATE TABLE key (key TEXT PRIMARY KEY, window INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX window_closes ON window (closes_at, id) WHERE closes_at IS NOT NULL;
  CREATE INDEX window_changed ON window (changed_at);
`];

/** A window as that version wrote it; `bytes`: what it weighs. @param {DatabaseSync} database @param {number} version @param {number} n @param {string} state */
const oldWindow = (database, version, n, state) => {
  const keys = [`k${n}`, `also${n}`];
  if (version < 4) database.prepare("INSERT INTO window (state, changed_at, closes_at) VALUES (?, ?, ?)").run(state, T0 + n, T0 + n);
  else {
    const written = JSON.stringify(keys.map((key) => [key, T0]));
    const [lines = ""] = packStates([state]);
    database.prepare("INSERT INTO window (keys, state, changed_at, closes_at) VALUES (?, ?, ?, ?)").run(written, lines, T0 + n, T0 + n);
    database.prepare("UPDATE held SET bytes = bytes + ? WHERE what = 'windows'").run(written.length * 2 + lines.length + 400);
  }
  for (const key of keys) database.prepare("INSERT INTO key (key, window) VALUES (?, ?)").run(key, n + 1);
};

for (const version of [1, 2, 3, 4]) {
  test(`a file of version ${version} is brought along, with what it holds, and its weight is known`, async () => {
    const path = fresh();
    const database = new DatabaseSync(path);
    for (const sql of [FIRST, ...LATER].slice(0, version)) database.exec(sql);
    database.exec(`PRAGMA user_version = ${version}`);
    const state = JSON.stringify(wrote("x".repeat(256)));
    for (let n = 0; n < 20; n++) oldWindow(database, version, n, state);
    database.close();
    const lines = /** @type {string[]} */ ([]);
    const limits = { now: () => T0, maxWindowBytes: 10_000, log: (/** @type {string} */ line) => lines.push(line) };
    const store = await sqliteStore({ path }, limits);
    assert.deepEqual(await store.read(["also19"]), wrote("x".repeat(256)));
    assert.equal((await store.closing({ fromMs: 0, untilMs: T0 + DAY })).windows.length, 20);
    await store.merge(["k19"], wrote("2"));
    assert.deepEqual([lines, await store.read(["also0"]), (await store.read(["also19"]))?.customer.length], [["store: window-memory-full"], undefined, 2]);
    assert.equal(await store.tally({ id: "r", atMs: T0, counts: [{ day: "2026-11-23", name: "a", count: 1 }] }), true);
    await store.erase(["k18"]);
    assert.equal(await store.read(["also18"]), undefined);
    await store.close();
    const again = await sqliteStore({ path }, limits);
    assert.equal((await again.read(["k19"]))?.customer.length, 2);
    assert.deepEqual(await again.tallies({ fromDay: "2026-11-23", untilDay: "2026-11-23" }), [{ day: "2026-11-23", name: "a", count: 1 }]);
    await again.close();
  });
}

test("the counts of a day go when they were kept long enough, and not before", async () => {
  const store = await sqliteStore({ path: fresh() }, { keepTalliesMs: 10 * DAY });
  const told = (/** @type {number} */ day) => store.tally({ id: `r${day}`, atMs: T0 + day * DAY, counts: [{ day: new Date(T0 + day * DAY).toISOString().slice(0, 10), name: "a", count: 1 }] });
  const days = async () => (await store.tallies({ fromDay: "2026-01-01", untilDay: "2026-12-31" })).map(({ day }) => day);
  for (const day of [0, 1, 10]) await told(day);
  assert.deepEqual(await days(), ["2026-11-23", "2026-11-24", "2026-12-03"]);
  await told(11);
  assert.deepEqual(await days(), ["2026-11-24", "2026-12-03", "2026-12-04"]);
  await store.close();
});

test("one that fails fails alone", async () => {
  const store = await sqliteStore({ path: fresh() });
  const wrong = /** @type {any} */ ({ version: 1, customer: [{ id: 7 }], refused: [], sent: [] });
  const outcomes = await Promise.allSettled([store.merge(["a"], wrote("1")), store.merge(["b"], wrong), store.merge(["c"], wrote("2"))]);
  assert.deepEqual(outcomes.map(({ status }) => status), ["fulfilled", "rejected", "fulfilled"]);
  assert.deepEqual([!!(await store.read(["a"])), !!(await store.read(["b"])), !!(await store.read(["c"]))], [true, false, true]);
  await store.close();
});

test("a disk that is full takes nothing and loses nothing; once there is room it goes on", async () => {
  const database = new DatabaseSync(fresh());
  const store = await sqliteStore({ database }, { now: () => T0 });
  const wroteMuch = (/** @type {string} */ id) => foldEvents(undefined, Array.from({ length: 20 }, (_, n) => ({ log: /** @type {const} */ ("customer"), id: `${id}/${n}`.padEnd(200, "x"), kind: /** @type {const} */ ("text"), providerAtMs: T0 + n })));
  await store.merge(["kept"], wroteMuch("kept"));
  database.exec(`PRAGMA max_page_count = ${Number(database.prepare("PRAGMA page_count").get()?.page_count) + 4}`);
  const outcomes = await Promise.allSettled(Array.from({ length: 40 }, (_, n) => store.merge([`k${n}`], wroteMuch(`${n}`))));
  assert.ok(outcomes.every(({ status }) => status === "rejected"), "one commit is whole or not there");
  assert.equal((await store.read(["kept"]))?.customer.length, 20);
  assert.deepEqual(await store.readMany(outcomes.map((_, n) => [`k${n}`])), outcomes.map(() => undefined));
  database.exec("PRAGMA max_page_count = 100000");
  await Promise.all(outcomes.map((_, n) => store.merge([`k${n}`], wroteMuch(`${n}`))));
  assert.ok((await store.readMany(outcomes.map((_, n) => [`k${n}`]))).every((state) => state?.customer.length === 20));
  await store.close();
});

const writer = fileURLToPath(new URL("./sqlite-writer.mjs", import.meta.url));

/** Lets a process write until it is killed; the ids that it was answered for. @param {string} path @param {number} afterMs */
const killed = async (path, afterMs) => {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", writer, path], { stdio: ["ignore", "pipe", "inherit"] });
  let told = "";
  child.stdout.on("data", (chunk) => (told += chunk));
  await once(child.stdout, "data");
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  const closed = once(child, "close");
  child.kill("SIGKILL");
  await closed;
  return told.split("\n").slice(0, -1);
};

const ROUNDS = Number(process.env.KILLS ?? 5);

test(`killed at random moments, ${ROUNDS} times: nothing that was answered is lost`, async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const path = fresh();
    const answered = await killed(path, Math.random() * 200);
    assert.ok(answered.length > 0);
    const store = await sqliteStore({ path });
    for (const id of answered) assert.deepEqual((await store.read([id]))?.customer.map((record) => record.id), [id]);
    await store.close();
  }
});

test(`the last write cut short, ${ROUNDS} times: the file opens, and each window is whole or not there`, async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const path = fresh();
    const answered = await killed(path, Math.random() * 100);
    const { size } = await stat(`${path}-wal`);
    await truncate(`${path}-wal`, Math.max(0, size - 1 - Math.floor(Math.random() * 4000)));
    const store = await sqliteStore({ path });
    const kept = await store.readMany(answered.map((id) => [id]));
    for (const [place, state] of kept.entries()) assert.ok(state === undefined || state.customer[0]?.id === answered[place]);
    const lost = kept.findIndex((state) => state === undefined);
    if (lost >= 0) assert.ok(kept.slice(lost).every((state) => state === undefined), "only the end is lost");
    await store.close();
  }
});
