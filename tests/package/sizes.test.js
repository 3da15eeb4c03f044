// Budgets: what a user downloads.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { consumers, download, sizes } from "../../www/build/size.mjs";

const { budgets } = JSON.parse(await readFile(new URL("sizes.json", import.meta.url), "utf8"));
const found = await sizes();
const measured = new Map([
  ...found.consumers.map(([name, { first }]) => /** @type {[string, number]} */ ([name, first.brotli])),
  ...found.consumers.map(([name, { entry }]) => /** @type {[string, number]} */ ([`${name}, first file`, entry.brotli])),
  ...found.screens.map(([name, { brotli }]) => /** @type {[string, number]} */ ([name, brotli])),
]);

for (const [name, budget] of Object.entries(budgets)) {
  test(`${name} stays within ${budget} bytes brotli`, (context) => {
    const size = measured.get(name) ?? 0;
    context.diagnostic(`${name}: ${size} bytes brotli`);
    assert.ok(size > 0 && size <= budget, `${name} is ${size} bytes brotli`);
  });
}

test("every consumer has a budget", async () => {
  for (const [name] of await consumers()) assert.ok(budgets[name] > 0, name);
});

test("every module is weighed, and a consumer imports the package's entries alone", async () => {
  assert.ok(found.modules.length > 0 && found.modules.every(([, { brotli }]) => brotli > 0));
  for (const [name, code] of await consumers()) {
    const names = [...code.matchAll(/^import .*?"([^"]+)";$/gm)].map(([, from]) => from);
    assert.ok(names.length > 0 && names.every((from) => /^reply-window(\/|$)/.test(String(from))), name);
  }
  // What is fetched on demand does not count as fetched at once.
  const { first, onDemand } = await download('export const later = () => import("reply-window/i18n/ar");');
  assert.ok(first.brotli < 500 && onDemand.brotli > 1000, `${first.brotli}, ${onDemand.brotli}`);
});
