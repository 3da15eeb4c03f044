// A Redis of its own for a test, on a free port, that ends with it.

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./free-port.mjs";

/** Why there is none; `false` where there is. */
export const NO_REDIS = spawnSync("redis-server", ["--version"]).status === 0 ? false : "redis-server is not installed (Debian: apt-get install redis-server)";

/** @param {(string | { program: string })[]} given which server, Redis without a word; its options */
export async function startRedis(...given) {
  const { program } = given.find((one) => typeof one === "object") ?? { program: "redis-server" };
  const options = given.filter((one) => typeof one === "string");
  const folder = await mkdtemp(join(tmpdir(), "redis-"));
  const port = await freePort();
  const start = async () => {
    const child = spawn(program, ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder, ...options], { stdio: ["ignore", "pipe", "inherit"] });
    for (let told = ""; !told.includes("Ready to accept"); ) told += String((await once(child.stdout, "data"))[0]);
    child.stdout.resume();
    return child;
  };
  let child = await start();
  const end = async (/** @type {NodeJS.Signals} */ signal) => {
    const closed = once(child, "close");
    child.kill(signal);
    await closed;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    /** Killed, and started again on what is on the disk. */
    async crash() {
      await end("SIGKILL");
      child = await start();
    },
    async stop() {
      await end("SIGTERM");
      await rm(folder, { recursive: true, force: true });
    },
  };
}
