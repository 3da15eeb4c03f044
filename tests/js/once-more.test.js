// A file of tests that is red is run once more: red both times it fails, red once it is named.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, test } from "node:test";
import { runWithSecondLook } from "../support/once-more.mjs";
import { nodeOutside } from "../support/outside.mjs";

/** Red as often as is said. @param {number} times */
const body = (times) => `
  const { appendFileSync, readFileSync } = require("node:fs");
  require("node:test").test("one", () => {
    appendFileSync(__filename + ".runs", "x");
    if (readFileSync(__filename + ".runs", "utf8").length <= ${times}) throw new Error("red");
  });`;

/** @type {string} */ let folder;
beforeEach(async (context) => {
  folder = await mkdtemp(join(tmpdir(), "once-more-"));
  /** @type {any} */ (context).after(() => rm(folder, { recursive: true, force: true }));
});

/** What ran, by name. @param {Record<string, string>} files their bodies */
async function ran(files) {
  const paths = Object.keys(files).map((name) => join(folder, name));
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)));
  /** @type {string[][]} */ const runs = [];
  const names = (/** @type {string[]} */ paths) => paths.map((path) => path.slice(folder.length + 1));
  const outcome = await runWithSecondLook(paths, ["--test-concurrency=2"], async (files, options) => {
    runs.push(names(files));
    const { code, output } = await nodeOutside(["--test", ...options, ...files]);
    if (code !== 0) throw new Error(output);
  }).then(names, () => "failed");
  return { runs, outcome };
}

test("green: one run, nothing named", async () => {
  assert.deepEqual(await ran({ "a.test.cjs": body(0), "b.test.cjs": body(0) }), { runs: [["a.test.cjs", "b.test.cjs"]], outcome: [] });
});

test("red once: that file alone runs again, and is named", async () => {
  assert.deepEqual(await ran({ "a.test.cjs": body(0), "b.test.cjs": body(1) }), { runs: [["a.test.cjs", "b.test.cjs"], ["b.test.cjs"]], outcome: ["b.test.cjs"] });
});

test("red twice is red, and so is a file that is none", async () => {
  assert.deepEqual(await ran({ "a.test.cjs": body(2) }), { runs: [["a.test.cjs"], ["a.test.cjs"]], outcome: "failed" });
  assert.deepEqual(await ran({ "a.test.cjs": "process.exit(3)" }), { runs: [["a.test.cjs"], ["a.test.cjs"]], outcome: "failed" });
});

test("many red files are no accident", async () => {
  const { runs, outcome } = await ran(Object.fromEntries(["a", "b", "c", "d"].map((name) => [`${name}.test.cjs`, body(1)])));
  assert.deepEqual([runs.length, outcome], [1, "failed"]);
});
