// No test passes or fails by how fast a machine is: none reads a clock to decide. Whoever must read one stands here with the
// reason. Steps of the engine are counted (tests/support/steps.mjs), allocations as well (tests/rust/allocations.rs); a wait
// is for a condition (tests/support/until.mjs, Playwright's own), and a page's clock is wound by the test.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { test } from "node:test";
import { at } from "../../www/build/run.mjs";

/** What tells a time, or waits for one to pass. @type {[string, RegExp][]} */
const CLOCKS = [
  ["a clock of JavaScript", /\bperformance\s*\.\s*(?:now|timeOrigin|mark|measure)\b|\bDate\.now\s*\(|\bnew Date\(\s*\)|\bhrtime\b|\bcpuUsage\b|\bperf_hooks\b/g],
  ["a wait of a fixed time", /\bwaitForTimeout\b|\btimers\/promises\b|\bset(?:Timeout|Interval)\([^;]*?,\s*[1-9][\d_]*\s*\)/g],
  ["a clock of Rust", /\bInstant::now\b|\bSystemTime\b|\.elapsed\(|\bthread::sleep\b/g],
];

/** File, how often, and why it decides nothing. @type {Record<string, [number, string]>} */
const ALLOWED = {
  "tests/run.mjs": [2, "says at the end how long a suite took"],
  "tests/mutants.mjs": [2, "ends after as many minutes as it was given, and says how many were tried"],
  "tests/support/until.mjs": [1, "a pause between two looks at a condition"],
  "tests/support/desktop.mjs": [3, "the instant of the demo's clock at which the composer went, and the page's own at which it is to stand still; never how long something took"],
  "tests/support/redis-minute.mjs": [2, "for how long a process writes; what counts is what stands afterwards"],
  "tests/js/limits.test.js": [2, "what never ends, so that the limit ends it, and a program that is in no hurry"],
  "tests/wasm/validate-channel.test.js": [1, "stands for a connection that keeps a process alive, and is always cut off"],
  "tests/servers/durable-object.test.js": [1, "when the customer wrote, by the clock of the runtime whose alarm rings"],
  "tests/browser/window-service.test.js": [1, "the service of a browser's test has the time of the browser"],
  "tests/browser/window-service-clock.test.js": [2, "the page's own clock, set wrong by the test, and the service with it"],
  "tests/browser/dynamics-frames.test.js": [2, "the rhythm of a hostile page, and until it is quiet; what counts is what left"],
  "tests/browser/dynamics-states.test.js": [2, "the stamp of an activity, and a while in which nothing may come"],
  "tests/browser/readme-examples.test.js": [2, "when the customer wrote, by the page's own clock, as the examples take it"],
  "tests/browser/fixture/webchat.js": [1, "the id of an activity"],
  "tests/rust/floors/words.rs": [2, "the words that the floors' test looks for, and a made-up file that has one"],
};
/** Here they are what is written about. */
const OWN = "tests/js/no-clock.test.js";

/** @param {string} text @returns {string[]} */
const readings = (text) => CLOCKS.flatMap(([what, pattern]) => [...text.matchAll(pattern)].map(([found]) => `${what}: ${found}`));

const files = (await readdir(at("tests"), { recursive: true })).map((name) => `tests/${name.replaceAll("\\", "/")}`)
  .filter((name) => /\.(?:m?js|rs|html)$/.test(name) && !name.startsWith("tests/bench/") && !name.includes("/node_modules/") && name !== OWN);

test("no test reads a clock to decide", async () => {
  assert.ok(files.length > 60, `${files.length} files`);
  for (const file of files) {
    const found = readings(await readFile(at(file), "utf8"));
    const [times, reason] = ALLOWED[file] ?? [0, "none is allowed here"];
    assert.equal(found.length, times, `${file} (${reason}): ${found.join("; ")}`);
  }
  for (const file of Object.keys(ALLOWED)) assert.ok(files.includes(file), `${file} is gone`);
});

test("every way to read one is found", () => {
  for (const bad of [
    "const begun = performance.now();", "const at = Date.now ();", "const at = new Date();", "process.hrtime.bigint()", "process.cpuUsage()",
    'import { performance } from "node:perf_hooks";', "await page.waitForTimeout(50);", 'import { setTimeout } from "node:timers/promises";',
    "await new Promise((resolve) => setTimeout(resolve, 20));", "setTimeout(() => stop.abort(), 1_000);", "setInterval(look, 5);",
    "let started = std::time::Instant::now();", "assert!(started.elapsed().as_secs() < 3);", "std::time::SystemTime::now()", "std::thread::sleep(time);",
  ]) assert.notDeepEqual(readings(bad), [], bad);
  for (const good of ["await new Promise((resolve) => setTimeout(resolve));", "const at = new Date(0);", "setTimeout(resolve, 0)", "Instant::from_ms(5)"]) {
    assert.deepEqual(readings(good), [], good);
  }
});
