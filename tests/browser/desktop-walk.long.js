// 2,000 steps of an agent around the closing instant, with a new seed each time. `WALK_SEED` takes one again.

import { randomInt } from "node:crypto";
import { after, before, it } from "node:test";
import { launchBrowser } from "../support/browser.mjs";
import { walk } from "../support/walk.mjs";

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser?.close());

it("2,000 steps around the closing instant: nothing is lost, nothing goes out twice, nothing after the end", async (t) => {
  const seed = Number(process.env.WALK_SEED ?? randomInt(2 ** 31));
  t.diagnostic(`seed ${seed}`);
  for (let part = 0; part < 10; part += 1) await walk(browser, { seed: seed + part, steps: 200 });
});
