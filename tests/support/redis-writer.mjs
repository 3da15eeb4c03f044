// One of several processes on one Redis: merges its share of random calls, some of them twice, and ends.

import { redisStore } from "../../www/stores/redis/redis.js";
import { randomCalls } from "./store-suite.mjs";
import { randomFrom } from "./random.mjs";

const [url = "", seed = "", count = "", share = ""] = process.argv.slice(2);
const calls = randomCalls(randomFrom(Number(seed)), Number(count));
const random = randomFrom(Number(seed) + Number(share) + 1);
// Each call is made by two of the eight, in an order of their own.
const mine = calls.filter((_, place) => place % 8 === Number(share) || (place + 3) % 8 === Number(share)).map((call) => ({ call, at: random(1_000_000) }));
const store = await redisStore({ url }, { now: () => Date.UTC(2026, 10, 23, 12) });
const queue = mine.sort((a, b) => a.at - b.at).map(({ call }) => call);
await Promise.all(Array.from({ length: 16 }, async () => {
  for (let call = queue.shift(); call; call = queue.shift()) await store.merge(call.keys, call.state);
}));
await store.close();
