// How many webhooks' events a store takes in a second: `npm run bench:stores`. Redis beside single ZADD calls of the same client in
// the same run, SQLite (where Node has it) beside inserts of its own in groups as large. Then the same stores with 1,000, 10,000 and 100,000 windows
// (`--million`: 1,000,000 besides), and what a window takes. Rounds alternate; the best of each counts.

import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@redis/client";
import { foldEvents } from "reply-window";
import { redisStore } from "reply-window/stores/redis";
import { sqliteStore } from "reply-window/stores/sqlite";
import { NO_REDIS, startRedis } from "../support/redis.mjs";

/** @typedef {Awaited<ReturnType<typeof redisStore>>} Store */
/** @typedef {ReturnType<typeof message>} Message */

const EVENTS = 4096;
const ROUNDS = 5;
const T0 = Date.UTC(2026, 10, 23, 12);
const COUNTS = [1_000, 10_000, 100_000, ...(process.argv.includes("--million") ? [1_000_000] : [])];

let told = 0;
/** A message of a customer. @param {number} customer */
const message = (customer) => ({
  keys: [`whatsapp/+14155238886/phone:+4917${10_000_000 + customer}`],
  state: foldEvents(undefined, [{ log: "customer", id: `SM${String(++told).padStart(32, "0")}`, kind: "text", receiptAtMs: T0 + told }]),
});

/** A message of each of so many customers. @param {number} count */
const messages = (count) => Array.from({ length: count }, () => message(told % 20_000));

/** So many at a time. @template Item @param {Iterable<Item>} items @param {number} atOnce @param {(item: Item) => Promise<unknown>} work */
const lanes = async (items, atOnce, work) => {
  const left = items[Symbol.iterator]();
  await Promise.all(Array.from({ length: atOnce }, async () => {
    for (let next = left.next(); !next.done; next = left.next()) await work(next.value);
  }));
};

/** @param {Store} store @returns {(all: Iterable<Message>) => Promise<void>} */
const mergeInto = (store) => (all) => lanes(all, 256, ({ keys, state }) => store.merge(keys, state));

/**
 * @param {Record<string, (all: Message[]) => Promise<void>>} sides what each does with as many messages
 * @param {(side: string) => Message[]} [of] what each is given
 */
const race = async (sides, of = () => messages(EVENTS)) => {
  /** @type {Record<string, number>} */
  const best = {};
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, run] of Object.entries(sides)) {
      const all = of(name);
      const started = performance.now();
      await run(all);
      best[name] = Math.max(best[name] ?? 0, (EVENTS * 1000) / (performance.now() - started));
    }
  }
  const [, base = 1] = Object.entries(best)[0] ?? [];
  for (const [name, rate] of Object.entries(best)) console.log(`  ${name.padEnd(48)} ${Math.round(rate)} a second, ${(rate / base).toFixed(2)}`);
};

/** Stores with ever more windows, side by side. @param {(windows: number) => Promise<{ store: Store, bytes: () => Promise<number> }>} make */
const grow = async (make) => {
  /** @type {Record<string, (all: Message[]) => Promise<void>>} */
  const sides = {};
  const made = [];
  for (const windows of COUNTS) {
    const { store, bytes } = await make(windows);
    const empty = await bytes();
    await mergeInto(store)((function* () {
      for (let customer = 0; customer < windows; customer++) yield message(customer);
    })());
    console.log(`  ${String(windows).padStart(9)} windows of one message: ${Math.round((await bytes() - empty) / windows)} bytes each`);
    sides[`a message more, ${windows} windows`] = mergeInto(store);
    made.push(store);
  }
  await race(sides, (side) => Array.from({ length: EVENTS }, () => message(Math.floor(Math.random() * Number(/\d+/.exec(side)?.[0])))));
  for (const store of made) await store.close();
};

if (NO_REDIS) console.log(`Redis: skipped, ${NO_REDIS}`);
else {
  const redis = await startRedis();
  const client = await createClient({ url: redis.url }).connect();
  const store = await redisStore({ url: redis.url }, { now: () => T0 });
  /** @param {Message} message */
  const zAdd = ({ keys }) => client.zAdd("beside", { score: T0 + told, value: String(keys[0]) });
  console.log("Redis, 256 calls at a time, up to 32 in a script");
  await race({
    "single ZADD": (all) => lanes(all, 256, zAdd),
    "single ZADD, each after the answer to the last": (all) => lanes(all, 1, zAdd),
    "merge, new messages": mergeInto(store),
  });
  await store.close();
  await client.flushAll();
  const bytes = async () => Number(/used_memory:(\d+)/.exec(await client.info("memory"))?.[1]);
  await grow(async (windows) => ({ store: await redisStore({ url: redis.url }, { prefix: `w${windows}`, now: () => T0, maxWindowBytes: 2 ** 33 }), bytes }));
  client.destroy();
  await redis.stop();
}

const sqlite = await import("node:sqlite").catch(() => undefined);
if (!sqlite) console.log("SQLite: skipped, this Node has none (tests/nodes has newer ones)");
else {
  const folder = await mkdtemp(join(tmpdir(), "bench-"));
  const store = await sqliteStore({ path: join(folder, "windows.db") }, { now: () => T0 });
  const own = new sqlite.DatabaseSync(join(folder, "beside.db"));
  own.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE event (id TEXT PRIMARY KEY, state TEXT)");
  const insert = own.prepare("INSERT OR REPLACE INTO event VALUES (?, ?)");
  console.log("SQLite, on the disk, 64 in a commit");
  await race({
    "inserts in groups of 64": async (all) => {
      for (let at = 0; at < all.length; at += 64) {
        own.exec("BEGIN IMMEDIATE");
        for (const { keys, state } of all.slice(at, at + 64)) insert.run(String(keys[0]), JSON.stringify(state));
        own.exec("COMMIT");
      }
    },
    "merge, new messages": mergeInto(store),
  });
  await store.close();
  own.close();
  await grow(async (windows) => {
    const path = join(folder, `${windows}.db`);
    return { store: await sqliteStore({ path }, { now: () => T0 }), bytes: async () => (await stat(path)).size };
  });
  await rm(folder, { recursive: true, force: true });
}
