// Runs every test, or the suites and files that are named, and says at the end what passed. With `--long` those that are too slow
// for every change, and the Rust tests on other random cases; what `npm test` runs is not run again. A file that does not end
// within a limit is a failure (`--test-timeout=MS`).
//
//   npm test -- native javascript
//   npm test -- tests/js/queue.test.js

import { readdir } from "node:fs/promises";
import { answers, at, run, step } from "../www/build/run.mjs";
import { limitOf, nodeLimit, runRustTests } from "./support/limits.mjs";
import { runWithSecondLook } from "./support/once-more.mjs";

const long = process.argv.includes("--long");
const limitMs = limitOf(process.argv, long);

/** Test files of a folder: names, because a folder or a glob means different things to different Nodes. */
async function filesOf(/** @type {string} */ folder, suffix = ".test.js") {
  const names = await readdir(at("tests", folder)).catch(() => []);
  return names.filter((name) => name.endsWith(suffix)).sort().map((name) => at("tests", folder, name));
}

/** Files that were red once. @type {string[]} */
const redOnce = [];

async function nodeTests(/** @type {string} */ folder, /** @type {string[]} */ options = []) {
  const files = await filesOf(folder, long ? ".long.js" : ".test.js");
  if (files.length === 0) throw new Error(`no test in tests/${folder}`);
  redOnce.push(...await runWithSecondLook(files, [nodeLimit(limitMs), ...options]));
}

/** A linter that is not installed is passed over in one line: Rust's minimal profile has none. */
async function ifInstalled(/** @type {string[]} */ probe, /** @type {() => Promise<void>} */ work) {
  if (await answers("cargo", [...probe, "--version"])) return work();
  step(`cargo ${probe[0]} is not installed; skipped`);
}

const cargo = (/** @type {string[]} */ ...args) => run("cargo", args).then(() => {});

/** The same random cases every time, so that a change is to blame for what turns red; the long mode draws new ones. JavaScript's: `seedOf`. */
const env = long ? {} : { PROPTEST_RNG_SEED: "20261123" };
if (long) process.env.NEW_SEEDS = "yes";

/** @type {[string, () => Promise<void>][]} */
const suites = [
  ["format", () => ifInstalled(["fmt"], () => cargo("fmt", "--check"))],
  ["lints", () => ifInstalled(["clippy"], async () => {
    await cargo("clippy", "--locked", "--all-targets", "--quiet", "--", "-D", "warnings");
    await cargo("clippy", "--locked", "--lib", "--quiet", "--target", "wasm32-unknown-unknown", "--", "-D", "warnings");
  })],
  ["native", () => runRustTests("cargo", ["test", "--locked", ...(long ? ["--", "--include-ignored"] : [])], { env, limitMs })],
  ["javascript", () => nodeTests("js")],
  ["webassembly", () => nodeTests("wasm")],
  ["servers", () => nodeTests("servers")],
  ["package", () => nodeTests("package", ["--test-concurrency=1"])],
  ["browser", () => nodeTests("browser", ["--test-concurrency=2"])],
];

const named = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const files = named.filter((name) => /\.test\.m?js$/.test(name));
const names = named.filter((name) => !files.includes(name));
const unknown = names.filter((name) => !suites.some(([known]) => known === name));
if (unknown.length > 0) {
  console.error(`no such suite: ${unknown.join(", ")}; there are ${suites.map(([name]) => name).join(", ")}`);
  process.exit(1);
}
/** Suites with tests that are too slow for every change. */
const LONG = ["native", "webassembly", "package", "browser"];
const chosen = suites.filter(([name]) => (named.length === 0 ? !long || LONG.includes(name) : names.includes(name)));
if (files.length > 0) chosen.push(["files", () => run(process.execPath, ["--test", "--test-reporter=spec", nodeLimit(limitMs), "--test-concurrency=1", ...files]).then(() => {})]);

let failed = 0;
for (const [name, suite] of chosen) {
  const started = performance.now();
  step(`${name} …`);
  const outcome = await suite().then(() => "passed", (error) => {
    failed++;
    console.error(error.message);
    return "FAILED";
  });
  step(`${name}: ${outcome} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

if (redOnce.length > 0) step(`red once and green alone, which is a race in the test or in what it tests: ${redOnce.join(", ")}`);
console.log(`\nsuites: ${chosen.length - failed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
