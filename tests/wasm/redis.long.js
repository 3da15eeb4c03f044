// @ts-check
// Redis for longer: eight processes for a minute, and a server that is killed fifty times under a service that goes on.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { mergeStates, windowStatus } from "../../www/engine/session.js";
import { redisStore } from "../../www/stores/redis/redis.js";
import { randomFrom, seedOf } from "../support/random.mjs";
import { startRedis } from "../support/redis.mjs";
import { testStore } from "../support/store-suite.mjs";
import { hear, stands, start, withoutNode } from "../support/served.mjs";
import { callsOf } from "../support/redis-minute.mjs";
import { SERVERS } from "../support/valkey.mjs";

/** @import { WindowState } from "../../src/wire/types.d.ts" */

const SECONDS = Number(process.env.REDIS_SECONDS ?? 60);
const ROUNDS = Number(process.env.KILLS ?? 50);
const T0 = Date.UTC(2026, 10, 23, 12);
const DAY = 86_400_000;
const PROCESSES = 8;

/** Joins everything in this one process. */
const createFold = () => {
  /** @type {Map<string, { keys: Set<string>, states: WindowState[] }>} */
  const groups = new Map();
  return {
    /** @param {{ keys: string[], state: WindowState }} call */
    add({ keys, state }) {
      const mine = [...new Set(keys.flatMap((key) => groups.get(key) ?? []))];
      const group = mine[0] ?? { keys: new Set(), states: [] };
      for (const other of mine.slice(1)) {
        for (const key of other.keys) group.keys.add(key);
        group.states.push(...other.states);
      }
      for (const key of keys) group.keys.add(key);
      for (const key of group.keys) groups.set(key, group);
      group.states.push(state);
      if (group.states.length > 512) group.states = [mergeStates(group.states)];
    },
    /** @returns {{ keys: string[], state: WindowState }[]} */
    all: () => [...new Set(groups.values())].map(({ keys, states }) => ({ keys: [...keys].sort(), state: mergeStates(states) })),
  };
};

/** @param {{ keys: string[] }} a @param {{ keys: string[] }} b */
const byKey = (a, b) => (String(a.keys) < String(b.keys) ? -1 : 1);

const [, valkey] = SERVERS;
/** @type {Awaited<ReturnType<typeof startRedis>>} */ let server;
let count = 0;
before(async () => {
  if (valkey && !valkey.skip) server = await startRedis({ program: valkey.program });
});
after(() => server?.stop());
testStore("Valkey", (limits) => redisStore({ url: server.url }, { prefix: `t${++count}`, now: () => T0, ...limits }), valkey?.skip);

for (const { name, program, skip } of SERVERS) {
  test(`${name}: eight processes for ${SECONDS} s, duplicates and disorder: every window is the fold of all events`, { skip }, async () => {
    const seed = seedOf("STORE_SEED");
    const redis = await startRedis({ program });
    try {
      const writer = fileURLToPath(new URL("../support/redis-minute.mjs", import.meta.url));
      const done = await Promise.all(Array.from({ length: PROCESSES }, async (_, share) => {
        const child = spawn(process.execPath, [writer, redis.url, String(seed), String(share % (PROCESSES / 2)), String(SECONDS * 1_000), String(share)], { stdio: ["ignore", "pipe", "inherit"] });
        let told = "";
        child.stdout.on("data", (chunk) => (told += chunk));
        assert.equal((await once(child, "close"))[0], 0);
        return { stream: share % (PROCESSES / 2), count: Number(told) };
      }));
      const events = done.reduce((sum, { count }) => sum + count, 0);
      console.log(`# ${name}: seed ${seed}, ${events} merges by ${PROCESSES} processes in ${SECONDS} s`);
      const fold = createFold();
      for (let stream = 0; stream < PROCESSES / 2; stream += 1) {
        // Two processes work on each stream of calls, each at its own pace: what the faster did is the union.
        const calls = callsOf(seed, stream);
        for (let left = Math.max(...done.filter((one) => one.stream === stream).map(({ count }) => count)); left > 0; left -= 1) fold.add(/** @type {any} */ (calls.next().value));
      }
      const store = await redisStore({ url: redis.url }, { now: () => T0 });
      const known = [];
      for await (const { keys, state } of store.windows()) known.push({ keys: [...keys].sort(), state });
      const wanted = fold.all();
      assert.ok(wanted.length > 100, `${wanted.length} windows`);
      assert.deepEqual(known.sort(byKey), wanted.sort(byKey), `seed ${seed}`);
      const closes = wanted.map(({ state }) => windowStatus(state, { now: 0 })).filter(({ isOpen }) => isOpen).map(({ closesAtMs = 0 }) => closesAtMs).sort((a, b) => a - b);
      const queue = [];
      for (let after; ; ) {
        const page = await store.closing({ fromMs: 0, untilMs: T0 + 10 * DAY, limit: 1_000, ...(after === undefined ? {} : { after }) });
        queue.push(...page.windows.map(({ closesAtMs }) => closesAtMs));
        after = page.next;
        if (after === undefined) break;
      }
      assert.deepEqual(queue, closes, `seed ${seed}`);
      await store.close();
    } finally {
      await redis.stop();
    }
  });
}

for (const { name, program, skip } of SERVERS) {
  test(`${name} killed ${ROUNDS} times under the service, appendfsync always: no accepted message is lost, none is open that nobody sent`, { skip: skip || withoutNode }, async () => {
    const redis = await startRedis({ program }, "--appendonly", "yes", "--appendfsync", "always");
    const { url, kill } = await start(redis.url);
    const random = randomFrom(20_261_129);
    /** @type {Set<number>} */
    const accepted = new Set();
    let [sent, refused] = [0, 0];
    try {
      for (let round = 0; round < ROUNDS; round += 1) {
        let isUp = true;
        const writing = Promise.all(Array.from({ length: 8 }, async () => {
          for (let goesOn = true; goesOn; goesOn = isUp) {
            const number = (sent += 1);
            const status = await hear(url, number);
            if (status === 200) accepted.add(number);
            else assert.equal(status, 503);
            refused += Number(status === 503);
          }
        }));
        await new Promise((resolve) => setTimeout(resolve, 20 + random(150)));
        await redis.crash();
        // Once the service has found it again, the next one is killed.
        for (let status = 503; status !== 200; ) {
          const number = (sent += 1);
          status = await hear(url, number);
          if (status === 200) accepted.add(number);
        }
        isUp = false;
        await writing;
      }
      await stands(url, accepted, sent);
      console.log(`# ${name}: ${accepted.size} accepted, ${refused} answered 503, ${ROUNDS} kills`);
      assert.ok(accepted.size > 5 * ROUNDS && refused > 0, `${accepted.size} accepted, ${refused} refused`);
    } finally {
      await kill();
      await redis.stop();
    }
  });
}
