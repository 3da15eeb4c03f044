// @ts-check
// SQLite for longer: killed fifty times while it writes, and its last write cut short fifty times.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const suite = fileURLToPath(new URL("../support/sqlite-suite.mjs", import.meta.url));
const node = fileURLToPath(new URL("../nodes/node_modules/node22/bin/node", import.meta.url));
const skip = existsSync(node) ? false : "Node 22 is not installed below tests/nodes (Linux on x64 only)";

test("killed, and cut short, fifty times each", { skip }, async () => {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const args = ["--disable-warning=ExperimentalWarning", "--test", "--test-reporter=tap", "--test-name-pattern=killed at random|cut short", suite];
  const child = spawn(node, args, { env: { ...env, KILLS: "50" }, stdio: ["ignore", "pipe", "inherit"] });
  let told = "";
  child.stdout.on("data", (chunk) => (told += chunk));
  assert.equal(await new Promise((resolve) => child.on("close", resolve)), 0, told);
  assert.match(told, /^ok \d+ - killed at random moments, 50 times/m);
  assert.match(told, /^ok \d+ - the last write cut short, 50 times/m);
});
