// @ts-check
// The SQLite store keeps what the port promises. It runs where Node has SQLite: this file starts the newer Nodes on itself.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { test } from "node:test";
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

const suite = fileURLToPath(new URL("../support/sqlite-suite.mjs", import.meta.url));

for (const version of ["22", "24"]) {
  const node = fileURLToPath(new URL(`../nodes/node_modules/node${version}/bin/node`, import.meta.url));
  const skip = existsSync(node) ? false : `Node ${version} is not installed below tests/nodes (Linux on x64 only)`;
  test(`SQLite on Node ${version}`, { skip }, async () => {
    // The outer runner's own variable would make the inner one speak its binary language.
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const child = spawn(node, ["--disable-warning=ExperimentalWarning", "--test", "--test-reporter=tap", suite], { env, stdio: ["ignore", "pipe", "inherit"] });
    let told = "";
    child.stdout.on("data", (chunk) => (told += chunk));
    const code = await new Promise((resolve) => child.on("close", resolve));
    assert.equal(code, 0, told);
    assert.match(told, /# pass [1-9]\d/);
    assert.match(told, /# skipped 0/);
  });
}

test("a Node without SQLite is told so in a sentence", async (t) => {
  if (await import("node:sqlite").then(() => true, () => false)) return t.skip("this Node has it");
  const { sqliteStore } = await import("../../www/stores/sqlite/sqlite.js");
  await assert.rejects(sqliteStore({ path: ":memory:" }), { code: "sqlite-missing", message: /Node 22/ });
});
