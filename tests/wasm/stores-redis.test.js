// @ts-check
// The Redis store keeps what the port promises, against a server that this file starts.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { createClient } from "@redis/client";
import { foldEvents } from "../../www/engine/session.js";
import { redisStore } from "../../www/stores/redis/redis.js";
import { NO_REDIS, startRedis } from "../support/redis.mjs";
import { randomFrom, seedOf } from "../support/random.mjs";
import { until } from "../support/until.mjs";
import { isFoldOf, randomCalls, testStore } from "../support/store-suite.mjs";

const skip = NO_REDIS;
const T0 = Date.UTC(2026, 10, 23, 12);

/** The day of the suite's messages: what closed long before leaves the queue. */
const now = () => T0;

/** @type {Awaited<ReturnType<typeof startRedis>>} */ let redis;
/** @type {Awaited<ReturnType<typeof startRedis>>} */ let cluster;
let count = 0;

before(async () => {
  if (skip) return;
  redis = await startRedis();
  cluster = await startRedis("--cluster-enabled", "yes");
  const client = createClient({ url: cluster.url });
  await client.connect();
  await client.sendCommand(["CLUSTER", "ADDSLOTSRANGE", "0", "16383"]);
  await until("the slots are served", async () => String(await client.sendCommand(["CLUSTER", "INFO"])).includes("cluster_state:ok"));
  client.destroy();
});

after(async () => {
  await redis?.stop();
  await cluster?.stop();
});

testStore("Redis", (limits) => redisStore({ url: redis.url }, { prefix: `t${++count}`, now, ...limits }), skip);
// A server in cluster mode refuses a script that touches more than one slot.
testStore("Redis that checks slots, 5 tags", (limits) => redisStore({ url: cluster.url }, { prefix: `t${++count}`, tags: 5, now, ...limits }), skip);

/** @param {string} id @param {number} [minute] */
const wrote = (id, minute = 0) => foldEvents(undefined, [{ log: "customer", id, kind: "text", providerAtMs: T0 + minute * 60_000 }]);
const KEY = "whatsapp/+14155238886/phone:+491701234500";

test("another number of tags, or a newer version, is refused", { skip }, async () => {
  const prefix = `t${++count}`;
  await (await redisStore({ url: redis.url }, { prefix, tags: 2 })).close();
  await assert.rejects(redisStore({ url: redis.url }, { prefix, tags: 3 }), { code: "store-other-tags" });
  const client = createClient({ url: redis.url });
  await client.connect();
  await client.set(`${prefix}:layout`, "9 2");
  client.destroy();
  await assert.rejects(redisStore({ url: redis.url }, { prefix, tags: 2 }), { code: "store-too-new" });
});

test("a store of the first version is brought along, with what it holds, and its weight is known", { skip }, async () => {
  const prefix = `t${++count}`;
  const client = createClient({ url: redis.url, RESP: 2 });
  await client.connect();
  const send = (/** @type {(string | number)[]} */ ...command) => client.sendCommand(command.map(String));
  const at = `${prefix}:{0}:`;
  // As that version wrote them: a window of one key, one of two with an id of every letter that is escaped, one whose closing time nobody told yet, one that went by itself.
  const odd = "a|b\n\t\\\v\f ü";
  const old = /** @type {const} */ ([[[KEY], "1", true], [[`${KEY}1`, `${KEY}2`], odd, true], [[`${KEY}3`], "3", false]]);
  await send("SET", `${prefix}:layout`, "1 1");
  for (const [keys, id, isSettled] of old) {
    const [name] = keys;
    await send("HSET", `${at}w:${name}`, ...keys.flatMap((key) => [`k|${key}`, T0]), `customer|text|${id}`, `${T0},,`, "r", 1);
    await send("PEXPIRE", `${at}w:${name}`, 600_000);
    for (const key of keys) await send("SET", `${at}k:${key}`, name, "PX", 600_000);
    await send("ZADD", `${at}b`, T0, name);
    await send("HSET", `${at}n`, name, 500);
    await send("INCRBY", `${at}t`, 500);
    if (isSettled) await send("ZADD", `${at}z`, T0 + 86_340_000, name);
    else await send("ZADD", `${at}d`, T0, name);
    await send("XADD", `${at}s`, "*", "k", name);
  }
  await send("ZADD", `${at}b`, T0 - 1, "gone");
  await send("HSET", `${at}n`, "gone", 700);
  await send("INCRBY", `${at}t`, 700);
  const { 1: last = "" } = /** @type {string[][]} */ (await send("XREVRANGE", `${at}s`, "+", "-", "COUNT", 1))[0] ?? [];
  // Two of this version at once, as where several processes are started again.
  const [one, two] = await Promise.all([redisStore({ url: redis.url }, { prefix, now }), redisStore({ url: redis.url }, { prefix, now })]);
  for (const [keys, id] of old) for (const key of keys) assert.deepEqual(await one.read([key]), wrote(id), key);
  assert.deepEqual((await two.closing({ fromMs: 0, untilMs: T0 + 2 * 86_400_000 })).windows.map(({ closesAtMs }) => closesAtMs), Array(3).fill(T0 + 86_340_000));
  assert.equal((await one.changes(String(last))).missed, true, "whoever followed reads anew");
  const weights = /** @type {string[]} */ (await send("ZRANGE", `${at}b`, 0, -1, "WITHSCORES")).filter((_, place) => place % 2).map((score) => (Number(score) % 2 ** 20) * 64);
  assert.equal(Number(await send("GET", `${at}t`)), weights.reduce((sum, weight) => sum + weight, 0));
  assert.deepEqual([weights.length, await send("GET", `${prefix}:layout`), await send("KEYS", `${at}k:*`), await send("EXISTS", `${at}n`)], [3, "2 1", [], 0]);
  await one.merge([`${KEY}2`], wrote("later", 5));
  assert.equal((await two.read([`${KEY}1`]))?.customer.length, 2);
  for (const [keys] of old) await one.erase([String(keys[0])]);
  assert.deepEqual([await send("GET", `${at}t`), await send("KEYS", `${at}w:*`)], ["0", []]);
  for (const store of [one, two]) await store.close();
  client.destroy();
});

test("a process that died before it could say when a window closes leaves it in the queue all the same", { skip }, async () => {
  const prefix = `t${++count}`;
  const dying = await redisStore({ url: redis.url }, { prefix, now, closesAt: () => { throw new Error("died"); } });
  await assert.rejects(dying.merge([KEY], wrote("1")), /died/);
  const other = await redisStore({ url: redis.url }, { prefix, now });
  assert.equal((await other.closing({ fromMs: 0, untilMs: T0 + 2 * 86_400_000 })).windows.length, 1);
  for (const store of [dying, other]) await store.close();
});

/** Commands that are sent one by one, as they are let go. @param {(key: string, command: string[]) => Promise<any>} send */
const oneByOne = (send) => {
  /** @type {(() => void)[]} */
  const held = [];
  let isFree = true;
  return {
    send: async (/** @type {string} */ key, /** @type {string[]} */ command) => {
      if (!isFree) await new Promise((resolve) => held.push(() => resolve(undefined)));
      return send(key, command);
    },
    hold: () => void (isFree = false),
    /** Up to so many commands of some work. @param {Promise<unknown>} work @param {number} count */
    async goOn(work, count) {
      let isDone = false;
      const end = () => void (isDone = true);
      work.then(end, end);
      for (let left = count; left > 0 && !isDone; left -= Number(held.length > 0)) {
        held.shift()?.();
        await new Promise((resolve) => setTimeout(resolve));
        while (held.length === 0 && !isDone) await new Promise((resolve) => setTimeout(resolve));
      }
    },
    free() {
      isFree = true;
      for (const go of held.splice(0)) go();
    },
  };
};

test("a send that is told while its customer is being erased, step by step, is gone when they are erased again", { skip }, async () => {
  const client = createClient({ url: redis.url, RESP: 2 });
  await client.connect();
  const send = (/** @type {string} */ _, /** @type {string[]} */ command) => client.sendCommand(command);
  const [erasing, telling] = [oneByOne(send), oneByOne(send)];
  const prefix = `t${++count}`;
  const [one, two] = [await redisStore({ send: erasing.send }, { prefix, now }), await redisStore({ send: telling.send }, { prefix, now })];
  await one.erase([KEY]);
  for (let told = 0; told < 6; told += 1) {
    for (let erased = 0; erased < 8; erased += 1) {
      const id = `SM${told}-${erased}`;
      for (const each of [erasing, telling]) each.hold();
      const works = [one.erase([KEY]), two.recordSend({ id, keys: [KEY], kind: "session-message", atMs: T0 })];
      await telling.goOn(/** @type {Promise<unknown>} */ (works[1]), told);
      await erasing.goOn(/** @type {Promise<unknown>} */ (works[0]), erased);
      telling.free();
      await works[1];
      erasing.free();
      await works[0];
      await one.erase([KEY]);
      assert.equal(await one.sendRecord(id), undefined, `after ${told} commands of telling and ${erased} of erasing`);
      assert.deepEqual(await send("", ["KEYS", `${prefix}:*:u:*`]), []);
    }
  }
  client.destroy();
});

test("two customers of one batch who are erased at once, step by step, are both gone from the changes", { skip }, async () => {
  const client = createClient({ url: redis.url, RESP: 2 });
  await client.connect();
  const send = (/** @type {string} */ _, /** @type {string[]} */ command) => client.sendCommand(command);
  const second = oneByOne(send);
  const prefix = `t${++count}`;
  const [one, two] = [await redisStore({ send }, { prefix, now }), await redisStore({ send: second.send }, { prefix, now })];
  const [a, b, c] = ["1", "2", "3"].map((who) => [`${KEY}${who}`]);
  for (const each of [one, two]) for (const keys of [a, b, c]) await each.erase(/** @type {string[]} */ (keys));
  for (let ahead = 0; ahead < 10; ahead += 1) {
    await Promise.all([a, b, c].map((keys) => one.merge(/** @type {string[]} */ (keys), wrote("1", ahead))));
    second.hold();
    const slow = two.erase(/** @type {string[]} */ (b));
    await second.goOn(slow, ahead);
    await one.erase(/** @type {string[]} */ (a));
    second.free();
    await slow;
    const told = JSON.stringify(await send("", ["XRANGE", `${prefix}:{0}:s`, "-", "+"]));
    assert.deepEqual([a, b, c].map((keys) => told.includes(String(keys))), [false, false, true], `${ahead} commands ahead`);
    await one.erase(/** @type {string[]} */ (c));
  }
  client.destroy();
});

test("a window goes by itself, with every key of it", { skip }, async () => {
  const store = await redisStore({ url: redis.url }, { prefix: `t${++count}`, keepMs: 300, now });
  await store.merge([KEY, `${KEY}1`], wrote("1"));
  await until("it is gone", async () => !(await store.read([KEY])));
  assert.equal(await store.read([`${KEY}1`]), undefined);
  assert.deepEqual((await store.closing({ fromMs: 0, untilMs: T0 + 2 * 86_400_000 })).windows, []);
  await store.close();
});

test("the counts of a day go by themselves", { skip }, async () => {
  const store = await redisStore({ url: redis.url }, { prefix: `t${++count}`, keepTalliesMs: 300, now });
  const day = "2026-11-23";
  await store.tally({ id: "r", atMs: T0, counts: [{ day, name: "a", count: 1 }] });
  await until("they are gone", async () => (await store.tallies({ fromDay: day, untilDay: day })).length === 0);
  await store.close();
});

test("a server that is full takes nothing and loses nothing; once there is room it goes on", { skip }, async () => {
  const own = await startRedis("--maxmemory-policy", "noeviction");
  const client = createClient({ url: own.url });
  await client.connect();
  try {
    const store = await redisStore({ url: own.url }, { now });
    await store.merge([KEY], wrote("1"));
    await client.configSet("maxmemory", "1");
    const keys = Array.from({ length: 40 }, (_, n) => `${KEY}${n}`);
    const outcomes = await Promise.allSettled([store.merge([KEY], wrote("2")), ...keys.map((key) => store.merge([key], wrote(key)))]);
    assert.deepEqual([...new Set(outcomes.map(({ status }) => status))], ["rejected"]);
    assert.deepEqual([(await store.read([KEY]))?.customer.length, await store.readMany(keys.map((key) => [key]))], [1, keys.map(() => undefined)]);
    await client.configSet("maxmemory", "0");
    await Promise.all([store.merge([KEY], wrote("2")), ...keys.map((key) => store.merge([key], wrote(key)))]);
    assert.deepEqual([(await store.read([KEY]))?.customer.length, (await store.closing({ fromMs: 0, untilMs: T0 + 2 * 86_400_000 })).windows.length], [2, 41]);
    await store.close();
  } finally {
    client.destroy();
    await own.stop();
  }
});

test("eight processes on one server, duplicates and disorder: every window is the fold of all", { skip }, async () => {
  const seed = seedOf("STORE_SEED");
  const calls = Number(process.env.STORE_CALLS ?? 2000);
  const own = await startRedis();
  try {
    const writer = fileURLToPath(new URL("../support/redis-writer.mjs", import.meta.url));
    const ends = Array.from({ length: 8 }, async (_, share) => {
      const child = spawn(process.execPath, [writer, own.url, String(seed), String(calls), String(share)], { stdio: ["ignore", "inherit", "inherit"] });
      return (await once(child, "close"))[0];
    });
    assert.deepEqual(await Promise.all(ends), Array(8).fill(0));
    const store = await redisStore({ url: own.url }, { now });
    await isFoldOf(store, randomCalls(randomFrom(seed), calls), seed);
    await store.close();
  } finally {
    await own.stop();
  }
});

const ROUNDS = Number(process.env.KILLS ?? 5);

test(`the server killed at random moments, ${ROUNDS} times, appendfsync always: nothing that was answered is lost`, { skip }, async () => {
  const own = await startRedis("--appendonly", "yes", "--appendfsync", "always");
  const answered = [];
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const store = await redisStore({ url: own.url });
      let isUp = true;
      const writing = Promise.all(Array.from({ length: 8 }, async (_, lane) => {
        for (let n = 0; isUp; n++) {
          const key = `whatsapp/+14155238886/phone:+49${round}${lane}${10000 + n}`;
          await store.merge([key], wrote(key)).then(() => answered.push(key), () => {});
        }
      }));
      const before = answered.length;
      await until("the first answers", () => answered.length > before + 1);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 150));
      await own.crash();
      isUp = false;
      await writing;
      await store.close();
    }
    const store = await redisStore({ url: own.url });
    const states = await store.readMany(answered.map((key) => [key]));
    assert.ok(answered.length > ROUNDS);
    assert.deepEqual(states.map((state) => state?.customer[0]?.id), answered);
    await store.close();
  } finally {
    await own.stop();
  }
});
