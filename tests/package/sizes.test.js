// Budgets: what a user downloads.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { sizes } from "../../www/build/size.mjs";

const { budgets } = JSON.parse(await readFile(new URL("sizes.json", import.meta.url), "utf8"));
const measured = await sizes({ parts: true });

for (const [name, budget] of Object.entries(budgets)) {
  test(`${name} stays within ${budget} bytes brotli`, (context) => {
    const size = measured[name]?.brotli;
    context.diagnostic(`${name}: ${size} bytes brotli`);
    assert.ok(size > 0 && size <= budget, `${name} is ${size} bytes brotli`);
  });
}
