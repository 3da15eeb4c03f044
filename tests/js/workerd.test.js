// @ts-check
// workerd compiles no bytes: each of its two entries has to hand over every module that its functions may ask.

import assert from "node:assert/strict";
import { test } from "node:test";
import { parseTree, readTree } from "../support/modules.mjs";

/** @import { Module } from "../support/modules.mjs" */

const modules = parseTree(readTree(new URL("../../", import.meta.url), "www"));

/** Everything that a module imports as code, however far down. @param {readonly Module[]} all @param {string} path @param {Set<string>} [seen] */
const reached = (all, path, seen = new Set()) => {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const { to, kind } of all.find((one) => one.path === path)?.imports ?? []) if (kind !== "type") reached(all, to, seen);
  return seen;
};

/** Modules whose glue the entry reaches, and those whose compiled form it hands over. @param {readonly Module[]} all @param {string} entry */
const asked = (all, entry) => {
  const names = (/** @type {RegExp} */ pattern) => [...reached(all, entry)].flatMap((path) => pattern.exec(path)?.[1] ?? []).sort();
  return { asked: names(/^www\/pkg\/(\w+)\.js$/), handed: names(/^www\/pkg\/(\w+)_bg\.wasm$/) };
};

for (const [entry, least] of /** @type {const} */ ([["www/workerd/index.js", 3], ["www/workerd/server.js", 3], ["www/workerd/service.js", 1]])) {
  test(`${entry} hands over each module that it may ask`, () => {
    const found = asked(modules, entry);
    assert.ok(found.asked.length >= least, found.asked.join());
    assert.deepEqual(found.handed, found.asked);
  });
}

test("a module that is not handed over is seen", () => {
  const made = parseTree(new Map(Object.entries({
    "www/workerd/a.js": 'import "./modules/one.js";\nexport * from "../b.js";',
    "www/workerd/modules/one.js": 'import compiled from "../../pkg/one_bg.wasm";\nimport { one } from "../../engine/one.js";\none.from(compiled);',
    "www/b.js": 'export { one } from "./engine/one.js";\nexport { two } from "./engine/two.js";',
    "www/engine/one.js": 'import * as glue from "../pkg/one.js";\nexport const one = glue;',
    "www/engine/two.js": 'import * as glue from "../pkg/two.js";\nexport const two = glue;',
  })));
  assert.deepEqual(asked(made, "www/workerd/a.js"), { asked: ["one", "two"], handed: ["one"] });
});
