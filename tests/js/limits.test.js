// A test that never ends is a failure with its name: a file whose loop holds the processor, one that only waits, a test of Rust's.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { LIMIT_MS, limitOf, runRustTests } from "../support/limits.mjs";
import { nodeOutside } from "../support/outside.mjs";

test("a file that loops, and one that waits for ever, end the run with their names", async (context) => {
  const folder = await mkdtemp(join(tmpdir(), "endless-"));
  context.after(() => rm(folder, { recursive: true, force: true }));
  const endless = { loops: "for (;;);", waits: "return new Promise((resolve) => setInterval(() => {}, 1_000));" };
  for (const [name, body] of Object.entries(endless)) {
    await writeFile(join(folder, `${name}.test.js`), `require("node:test").test("never ends", () => { ${body} });`);
  }
  const files = Object.keys(endless).map((name) => join(folder, `${name}.test.js`));
  const { code, output } = await nodeOutside(["tests/run.mjs", "--test-timeout=1500", ...files]);
  assert.equal(code, 1, output);
  for (const name of Object.keys(endless)) assert.match(output, new RegExp(`✖ .*${name}\\.test\\.js`), output);
  assert.match(output, /timed out after 1500ms/);
  assert.match(output, /suites: 0 passed, 1 failed/);
});

/** A test program of Rust's, as far as it prints: all at once. @param {string[]} lines @param {string} [then] */
const program = (lines, then = "") => ["-e", `process.stdout.write(${JSON.stringify(lines.map((line) => `${line}\n`).join(""))}); ${then}`];
const MINUTE = "has been running for over 60 seconds";

test("a test of Rust's that does not end is named, and its program is ended", async () => {
  /** @type {string[]} */ const lines = [];
  const options = { limitMs: 60_050, write: (/** @type {string} */ line) => void lines.push(line) };
  const endless = program(["test quick::one ... ok", `test slow::two ${MINUTE}`, `test endless::three ${MINUTE}`, "test slow::two ... ok"], "for (;;);");
  await assert.rejects(runRustTests(process.execPath, endless, options), { message: "test endless::three did not end within 60050 ms" });
  assert.equal(lines.length, 4);
  await runRustTests(process.execPath, program([`test slow::two ${MINUTE}`, "test slow::two - should panic ... ok"], "setTimeout(() => {}, 200);"), options);
  await assert.rejects(runRustTests(process.execPath, program([], "process.exitCode = 101;"), options), /failed \(exit 101\)/);
});

test("the limit is one that is given, or one for a usual or a long run", () => {
  assert.equal(limitOf(["--long", "--test-timeout=5"], true), 5);
  assert.deepEqual([limitOf([], false), limitOf([], true)], [LIMIT_MS.usual, LIMIT_MS.long]);
  for (const bad of ["", "x", "0", "-1", "1.5"]) assert.throws(() => limitOf([`--test-timeout=${bad}`], false), /expected milliseconds/);
});
