// @ts-check
/** Where the demo keeps its windows: Redis where it is told so, SQLite where this Node has it, else memory. */
import { mkdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { memoryStore } from "../stores/memory.js";
import { redisStore } from "../stores/redis/redis.js";
import { sqliteStore } from "../stores/sqlite/sqlite.js";

/** @import { SharedStore } from "../stores/port.js" */

const FOLDER = new URL("../../target/demo/", import.meta.url);

/** The stand-in forgets everything when it ends, and its clock may have been far ahead: what it left is not read again. @param {boolean} isStandIn */
const fileFor = (isStandIn) => {
  const path = fileURLToPath(new URL(isStandIn ? "stand-in.db" : "windows.db", FOLDER));
  mkdirSync(FOLDER, { recursive: true });
  if (isStandIn) for (const end of ["", "-wal", "-shm"]) rmSync(path + end, { force: true });
  return path;
};

/**
 * @param {{ redisUrl?: string | undefined, isStandIn: boolean, now: () => number }} options
 * @returns {Promise<{ store: SharedStore, told: string }>} `told`: where they are, in a sentence
 */
export const openDemoStore = async ({ redisUrl, isStandIn, now }) => {
  if (redisUrl !== undefined) {
    const prefix = isStandIn ? `rw-demo-${Date.now()}` : "rw";
    return { store: await redisStore({ url: redisUrl }, { prefix, now }), told: `windows are kept in Redis, under ${prefix}:` };
  }
  try {
    const path = fileFor(isStandIn);
    return { store: await sqliteStore({ path }, { now }), told: `windows are kept in SQLite, in ${path}` };
  } catch (error) {
    if (/** @type {{ code?: string }} */ (error).code !== "sqlite-missing") throw error;
    return { store: memoryStore(), told: "windows are kept in memory and forgotten at the end: this Node has no SQLite (22 has)" };
  }
};
