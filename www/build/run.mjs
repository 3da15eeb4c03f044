// Running commands, and remembering what was already done.

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** A path inside the repository. @param {string[]} parts */
export const at = (...parts) => join(root, ...parts);

/** Announces a step that may take a while. @param {string} what */
export const step = (what) => console.log(`reply-window: ${what}`);

/**
 * Does what may take a while, and says how long it took.
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function timed(what, work) {
  step(`${what} …`);
  const started = performance.now();
  const done = await work();
  step(`${what}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return done;
}

/**
 * Does something for each item, so many of them at a time.
 * @template T
 * @param {readonly T[]} items
 * @param {number} atOnce
 * @param {(item: T) => Promise<void>} work
 */
export async function eachOf(items, atOnce, work) {
  const left = [...items];
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/**
 * Runs a command and shows its output.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, quiet?: boolean, errors?: "kept" | "shown", cwd?: string }} [options] what is quiet is
 *   shown only on failure; `errors`: whether that holds for the error stream too
 * @returns {Promise<string>} what it printed, if `quiet`
 */
export function run(command, args, { env = {}, quiet = false, errors = "kept", cwd = root } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", quiet ? "pipe" : "inherit", quiet && errors === "kept" ? "pipe" : "inherit"],
      shell: process.platform === "win32",
    });
    let output = "";
    child.stdout?.on("data", (chunk) => (output += chunk));
    child.stderr?.on("data", (chunk) => (output += chunk));
    child.on("error", () => reject(new Error(`\`${command}\` could not be started`)));
    child.on("close", (code) => {
      if (code === 0) return resolve(output);
      if (quiet) console.error(output);
      reject(new Error(`\`${command} ${args.join(" ")}\` failed (exit ${code})`));
    });
  });
}

/** Whether a command answers. @param {string} command @param {string[]} args */
export const answers = (command, args) => run(command, args, { quiet: true }).catch(() => undefined);

/** Every file below the given paths, sorted. @param {string[]} paths @returns {Promise<string[]>} */
export async function filesBelow(...paths) {
  const found = [];
  for (const path of paths) {
    const entries = await readdir(at(path), { withFileTypes: true, recursive: true }).catch(() => undefined);
    if (!entries) found.push(path);
    else for (const entry of entries) if (entry.isFile()) found.push(join(entry.parentPath ?? entry.path, entry.name));
  }
  return found.sort();
}

/** @typedef {{ inputs: string[], extra?: string, outputs: string[] }} Stamp paths inside the repository */

/** @param {string} name */
const stampFile = (name) => at("target", "stamps", name);

/** @param {Stamp} stamp */
async function digestOf({ inputs, extra = "" }) {
  const hash = createHash("sha256").update(extra);
  for (const file of await filesBelow(...inputs)) {
    hash.update(file).update(await readFile(file.startsWith(root) ? file : at(file)).catch(() => "absent"));
  }
  return hash.digest("hex");
}

/** @param {string} name @param {Stamp} stamp @param {string} digest of the inputs now */
const wasDone = async (name, { outputs }, digest) =>
  (await readFile(stampFile(name), "utf8").catch(() => "")) === digest && outputs.every((output) => existsSync(at(output)));

/** Whether its inputs are those of last time and its outputs are there. @param {string} name @param {Stamp} stamp */
export const isDone = async (name, stamp) => wasDone(name, stamp, await digestOf(stamp));

/**
 * Does a piece of work unless it was done.
 * @param {string} name
 * @param {Stamp} stamp
 * @param {() => Promise<void>} work
 * @returns {Promise<boolean>} whether it was done now
 */
export async function unlessDone(name, stamp, work) {
  const digest = await digestOf(stamp);
  if (await wasDone(name, stamp, digest)) return false;
  await work();
  await mkdir(dirname(stampFile(name)), { recursive: true });
  await writeFile(stampFile(name), digest);
  return true;
}
