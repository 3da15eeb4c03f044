// A limit for what should end by itself, so that an endless loop is a failure with a name and not a run that never ends. The
// limits are far above what anything takes: no test passes or fails by how fast a machine is.

import { spawn } from "node:child_process";
import { at } from "../../www/build/run.mjs";

/** ms for a file of tests, or for one test of Rust's, where none is given; a long run draws more cases. */
export const LIMIT_MS = { usual: 600_000, long: 3_600_000 };

/** @param {string[]} args of the command line @param {boolean} long @returns {number} ms */
export function limitOf(args, long) {
  const given = args.find((argument) => argument.startsWith("--test-timeout="))?.slice("--test-timeout=".length);
  if (given === undefined) return long ? LIMIT_MS.long : LIMIT_MS.usual;
  const ms = Number(given);
  if (!Number.isSafeInteger(ms) || ms < 1) throw new Error(`--test-timeout=${given}: expected milliseconds`);
  return ms;
}

/** Arguments of Node for files of tests: it ends the process of a file that takes longer, loops included, and names it. @param {number} ms */
export const nodeLimit = (ms) => `--test-timeout=${ms}`;

/** Rust's test programs say of a test that it has been running for over a minute, and say again when it ends. */
const BEGUN_AGO_MS = 60_000;
const RUNNING = /^test (.+) has been running for over \d+ seconds/;
const ENDED = /^test (.+?)(?: - should panic)? \.\.\. /;

/** Ends a process and those it began. @param {import("node:child_process").ChildProcess} child */
function end(child) {
  try {
    if (process.platform !== "win32" && child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    else child.kill("SIGKILL");
  } catch {
    // It had ended already.
  }
}

/**
 * Runs tests of Rust, and ends them all as soon as one of them takes longer than it may.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ limitMs: number, env?: Record<string, string>, write?: (line: string) => void }} options `write`: what is told
 *   while they run
 * @returns {Promise<void>} rejects with the names of tests that did not end
 */
export function runRustTests(command, args, { limitMs, env = {}, write = console.log }) {
  // A group of its own, so that cargo's test program ends with it.
  const child = spawn(command, args, { cwd: at(), env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "inherit"], detached: process.platform !== "win32" });
  /** @type {Map<string, NodeJS.Timeout>} */ const slow = new Map();
  /** @type {string | undefined} */ let endless;
  const hear = (/** @type {string} */ line) => {
    write(line);
    const running = RUNNING.exec(line)?.[1];
    if (running !== undefined) {
      slow.set(running, setTimeout(() => {
        endless = running;
        end(child);
      }, Math.max(0, limitMs - BEGUN_AGO_MS)));
      return;
    }
    const ended = ENDED.exec(line)?.[1];
    if (ended === undefined) return;
    clearTimeout(slow.get(ended));
    slow.delete(ended);
  };
  let rest = "";
  child.stdout?.setEncoding("utf8").on("data", (chunk) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    lines.forEach(hear);
  });
  const stop = () => end(child);
  const interrupted = () => (stop(), process.exit(130));
  process.once("exit", stop).once("SIGINT", interrupted).once("SIGTERM", interrupted);
  return new Promise((resolve, reject) => {
    child.on("error", () => reject(new Error(`\`${command}\` could not be started`)));
    child.on("close", (code) => {
      for (const timer of slow.values()) clearTimeout(timer);
      process.off("exit", stop).off("SIGINT", interrupted).off("SIGTERM", interrupted);
      if (rest) write(rest);
      if (endless !== undefined) reject(new Error(`test ${endless} did not end within ${limitMs} ms`));
      else if (code === 0) resolve();
      else reject(new Error(`\`${command} ${args.join(" ")}\` failed (exit ${code})`));
    });
  });
}
