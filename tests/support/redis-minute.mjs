// @ts-check
// One of several processes on one Redis: works on a stream of random calls until its time is over, and tells how many it did. A second
// process has the same stream; each makes some of its calls twice, in an order of its own.

import { fileURLToPath } from "node:url";
import { foldEvents } from "../../www/engine/session.js";
import { redisStore } from "../../www/stores/redis/redis.js";
import { randomFrom } from "./random.mjs";

const T0 = Date.UTC(2026, 10, 23, 12);
const CUSTOMERS = 500;
const LANES = 32;
/** Calls that are shuffled together. */
const BLOCK = 64;

/** Calls without end: few ids, so that the same comes again with other times. @param {number} seed @param {number} stream */
export function* callsOf(seed, stream) {
  const random = randomFrom(seed + 7_919 * stream);
  const key = (/** @type {number} */ who) => `whatsapp/+14155238886/phone:+49170${String(1_000_000 + who)}`;
  for (;;) {
    const who = random(CUSTOMERS);
    // A customer is known under a second key, now and then.
    const keys = random(20) === 0 ? [key(who), `${key(who)}/other`] : [key(who)];
    yield { keys, state: foldEvents(undefined, [{ log: /** @type {const} */ ("customer"), id: `${random(20)}`, kind: /** @type {const} */ ("text"), receiptAtMs: T0 + random(100_000) }]) };
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [url = "", seed = "", stream = "", ms = "", share = ""] = process.argv.slice(2);
  const calls = callsOf(Number(seed), Number(stream));
  const random = randomFrom(Number(seed) + 104_729 * (Number(share) + 1));
  const store = await redisStore({ url }, { now: () => T0 });
  const until = Date.now() + Number(ms);
  let count = 0;
  while (Date.now() < until) {
    const block = Array.from({ length: BLOCK }, () => /** @type {any} */ (calls.next().value));
    count += BLOCK;
    const queue = [...block, ...block.filter(() => random(3) === 0)].map((call) => ({ call, at: random(1_000_000) })).sort((a, b) => a.at - b.at);
    await Promise.all(Array.from({ length: LANES }, async () => {
      for (let next = queue.shift(); next; next = queue.shift()) await store.merge(next.call.keys, next.call.state);
    }));
  }
  await store.close();
  console.log(count);
}
