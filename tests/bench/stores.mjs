// How many webhooks' events a store takes in a second: `npm run bench:stores`. Redis beside single ZADD calls of the same client in
// the same run, SQLite (where Node has it) beside inserts of its own in groups as large. Rounds alternate; the best of each counts.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@redis/client";
import { foldEvents } from "reply-window";
import { redisStore } from "reply-window/stores/redis";
import { sqliteStore } from "reply-window/stores/sqlite";
import { NO_REDIS, startRedis } from "../support/redis.mjs";

const EVENTS = 4096;
const ROUNDS = 5;
const T0 = Date.UTC(2026, 10, 23, 12);

let told = 0;
/** A message of each of so many customers. @param {number} count */
const messages = (count) => Array.from({ length: count }, () => {
  const customer = told++ % 20_000;
  return { keys: [`whatsapp/+14155238886/phone:+4917${10_000_000 + customer}`], state: foldEvents(undefined, [{ log: "customer", id: `SM${told}`, kind: "text", receiptAtMs: T0 + told }]) };
});

/** So many at a time. @template Item @param {readonly Item[]} items @param {number} atOnce @param {(item: Item) => Promise<unknown>} work */
const lanes = async (items, atOnce, work) => {
  let next = 0;
  await Promise.all(Array.from({ length: atOnce }, async () => {
    while (next < items.length) await work(/** @type {Item} */ (items[next++]));
  }));
};

/** @param {Record<string, (all: ReturnType<typeof messages>) => Promise<void>>} sides what each does with as many messages */
const race = async (sides) => {
  /** @type {Record<string, number>} */
  const best = {};
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, run] of Object.entries(sides)) {
      const all = messages(EVENTS);
      const started = performance.now();
      await run(all);
      best[name] = Math.max(best[name] ?? 0, (EVENTS * 1000) / (performance.now() - started));
    }
  }
  const [, base = 1] = Object.entries(best)[0] ?? [];
  for (const [name, rate] of Object.entries(best)) console.log(`  ${name.padEnd(44)} ${Math.round(rate)} a second, ${(rate / base).toFixed(2)}`);
};

if (NO_REDIS) console.log(`Redis: skipped, ${NO_REDIS}`);
else {
  const redis = await startRedis();
  const client = await createClient({ url: redis.url }).connect();
  const store = await redisStore({ url: redis.url }, { now: () => T0 });
  console.log("Redis, 256 calls at a time, up to 32 in a script");
  await race({
    "single ZADD": (all) => lanes(all, 256, ({ keys }) => client.zAdd("beside", { score: T0 + told, value: String(keys[0]) })),
    "merge, new messages": (all) => lanes(all, 256, ({ keys, state }) => store.merge(keys, state)),
  });
  const dbsize = Number(await client.dbSize());
  const used = /used_memory:(\d+)/.exec(await client.info("memory"))?.[1];
  console.log(`  ${dbsize} names, ${used} bytes in use`);
  await store.close();
  client.destroy();
  await redis.stop();
}

const sqlite = await import("node:sqlite").catch(() => undefined);
if (!sqlite) console.log("SQLite: skipped, this Node has none (tests/nodes has newer ones)");
else {
  const folder = await mkdtemp(join(tmpdir(), "bench-"));
  const store = await sqliteStore({ path: join(folder, "windows.db") });
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
    "merge, new messages": (all) => lanes(all, 256, ({ keys, state }) => store.merge(keys, state)),
  });
  await store.close();
  own.close();
  await rm(folder, { recursive: true, force: true });
}
