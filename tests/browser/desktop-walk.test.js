// A short walk of an agent around the closing instant, the same each time; `desktop-walk.long.js` takes new ones.

import { after, before, it } from "node:test";
import { launchBrowser } from "../support/browser.mjs";
import { walk } from "../support/walk.mjs";

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser?.close());

it("whatever an agent does around the closing instant, nothing is lost, nothing goes out twice, nothing after the end", async (t) => {
  const seed = 20261123;
  t.diagnostic(`seed ${seed}`);
  await walk(browser, { seed, steps: 40 });
});
