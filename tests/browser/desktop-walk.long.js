// 2,000 steps of an agent around the closing instant, with a new seed each time. `WALK_SEED` takes one again; each part has its own, the next.

import { randomInt } from "node:crypto";
import { after, before, it } from "node:test";
import { launchBrowser } from "../support/browser.mjs";
import { walk } from "../support/walk.mjs";

const PARTS = 10;
const STEPS = 200;
/** Far above what it takes: a walk that does not end is a failure. */
const timeout = 1_200_000;

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser?.close());

it(`${PARTS * STEPS} steps around the closing instant: nothing is lost, nothing goes out twice, nothing after the end`, { timeout }, async (t) => {
  const seed = Number(process.env.WALK_SEED ?? randomInt(2 ** 31 - PARTS));
  t.diagnostic(`seed ${seed}`);
  const seeds = Array.from({ length: PARTS }, (_, part) => seed + part);
  // Most of a step is waiting: two walk at a time, each on a desktop of its own.
  const walker = async () => {
    for (let own = seeds.shift(); own !== undefined; own = seeds.shift()) await walk(browser, { seed: own, steps: STEPS });
  };
  await Promise.all([walker(), walker()]);
});
