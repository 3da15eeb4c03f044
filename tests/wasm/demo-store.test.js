// @ts-check
// `npm start` keeps its windows where it says.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { createClient } from "@redis/client";
import { redisIn } from "../../www/demo/config.js";
import { endedAt } from "../support/ended-at.mjs";
import { NO_REDIS, startRedis } from "../support/redis.mjs";

const start = fileURLToPath(new URL("../../www/demo/start.mjs", import.meta.url));
const node22 = fileURLToPath(new URL("../nodes/node_modules/node22/bin/node", import.meta.url));
const skip = existsSync(node22) ? false : "Node 22 is not installed below tests/nodes (Linux on x64 only)";

/** @type {(() => unknown)[]} */
const ends = [];
after(async () => {
  for (const end of ends) await end();
});

/** A demo that has started. @param {string} program @param {string[]} [args] */
const started = async (program, args = []) => {
  const child = spawn(program, ["--disable-warning=ExperimentalWarning", start, ...args].slice(program === node22 ? 0 : 1), { env: { PATH: process.env.PATH, PORT: "0", STAND_IN_PORT: "0" }, stdio: ["ignore", "pipe", "pipe"] });
  const said = { out: "", err: "" };
  child.stderr.on("data", (chunk) => (said.err += chunk));
  const ended = new Promise((resolve) => child.on("close", resolve));
  ends.push(() => child.kill("SIGKILL"));
  const over = ended.then(() => "over");
  while (!/dynamics/.test(said.out)) {
    const next = await Promise.race([over, new Promise((resolve) => child.stdout.once("data", resolve))]);
    if (next === "over") throw new Error(`it ended: ${said.err}`);
    said.out += next;
  }
  return { said, stop: () => (child.kill("SIGTERM"), ended) };
};

test("in SQLite where Node has it", { skip }, async () => {
  const { said, stop } = await started(node22);
  const [, path] = /windows are kept in SQLite, in (\S+)/.exec(said.out) ?? [];
  assert.equal(await stop(), 0);
  const count = spawn(node22, ["--disable-warning=ExperimentalWarning", "-e", `const { DatabaseSync } = require("node:sqlite"); console.log(new DatabaseSync(${JSON.stringify(path)}).prepare("SELECT count(*) AS n FROM window").get().n)`]);
  let text = "";
  for await (const chunk of count.stdout) text += chunk;
  // Five customers have a history.
  assert.equal(Number(text), 5);
});

test("in memory on a Node that has none, and it says so", async (t) => {
  if (await import("node:sqlite").then(() => true, () => false)) return t.skip("this Node has it");
  const { said, stop } = await started(process.execPath);
  assert.match(said.out, /\nwindows are kept in memory and forgotten at the end: this Node has no SQLite \(22 has\)\n/);
  assert.equal(await stop(), 0);
});

test("in Redis where it is told so", { skip: NO_REDIS }, async () => {
  const redis = await startRedis();
  ends.push(() => redis.stop());
  const { said, stop } = await started(process.execPath, ["--redis", redis.url]);
  const [, prefix] = /windows are kept in Redis, under (\S+):/.exec(said.out) ?? [];
  const client = createClient({ url: redis.url });
  await client.connect();
  assert.equal((await client.keys(`${prefix}:*w:*`)).length, 5);
  client.destroy();
  assert.equal(await stop(), 0);
});

test("whoever ends it as soon as it says where it is ends it in order", async () => {
  const child = spawn(process.execPath, [...endedAt("reply-window demo:"), start], { env: { PATH: process.env.PATH, PORT: "0", STAND_IN_PORT: "0" }, stdio: "ignore" });
  ends.push(() => child.kill("SIGKILL"));
  assert.deepEqual(await once(child, "close"), [0, null]);
});

test("anything else is told in a sentence", () => {
  assert.equal(redisIn([]), undefined);
  assert.equal(redisIn(["--redis", "redis://127.0.0.1:6379"]), "redis://127.0.0.1:6379");
  for (const args of [["--redis"], ["--redis", "127.0.0.1"], ["--rediss", "redis://a"], ["--redis", "redis://a", "b"]]) assert.throws(() => redisIn(args), /redis/);
});
