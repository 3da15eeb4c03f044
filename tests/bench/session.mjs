// How fast windows are folded and judged, and what of that is the boundary.
//
// Everything is measured in this one process, rounds interleaved, medians printed. Times depend on the machine;
// the shares do not much.

import { execFileSync, spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { at, step } from "../../www/build/run.mjs";
import { foldEvents, judge, windowStatus, windowStatuses } from "../../www/index.js";
import * as glue from "../../www/pkg/core.js";

const WINDOWS = 10_000;
const RECORDS = 3;
const ROUNDS = 15;
const START = Date.UTC(2026, 10, 22);
const NOW = START + 26 * 3_600_000;

const event = (/** @type {number} */ n, /** @type {number} */ r) => ({
  id: `SM${String(n).padStart(8, "0")}${String(r).padStart(8, "0")}`, log: "customer", kind: "text",
  receiptAtMs: START + n * 60_000 + r * 1_000,
});

/** The engine alone, in WebAssembly, on windows made inside. */
async function engineAlone() {
  step("building the engine without its boundary …");
  const what = ["--release", "--locked", "--quiet", "--bin", "engine_time", "--no-default-features", "--features", "bench"];
  const exported = ["prepare", "judge_all", "fold_all"].map((name) => `-Clink-arg=--export=${name}`);
  const args = ["rustc", ...what, "--target", "wasm32-unknown-unknown", "--", ...exported];
  execFileSync("cargo", args, { cwd: at(), stdio: "inherit" });
  const module = new WebAssembly.Module(await readFile(at("target/wasm32-unknown-unknown/release/engine_time.wasm")));
  // The crate brings the boundary's imports along; nothing here calls them.
  const imports = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) (imports[from] ??= {})[name] = () => 0;
  return /** @type {any} */ (new WebAssembly.Instance(module, imports).exports);
}

const median = (/** @type {number[]} */ times) => times.sort((a, b) => a - b)[times.length >> 1];

/** Median time of each piece of work in ms, rounds interleaved. */
function compare(/** @type {Record<string, () => unknown>} */ works) {
  const times = Object.fromEntries(Object.keys(works).map((name) => [name, /** @type {number[]} */ ([])]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, work] of Object.entries(works)) {
      const started = performance.now();
      work();
      times[name].push(performance.now() - started);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, taken]) => [name, median(taken)]));
}

/** A fresh process: from import to the first verdict. */
function coldVerdict() {
  const code = `
    const before = performance.now();
    const { foldEvents, judge } = await import("${new URL("../../www/index.js", import.meta.url)}");
    const imported = performance.now();
    const state = foldEvents(undefined, [{ id: "SM1", log: "customer", kind: "text", receiptAtMs: ${START} }]);
    judge(state, { kind: "text" }, { now: ${NOW} });
    console.log(JSON.stringify([imported - before, performance.now() - imported]));`;
  const runs = Array.from({ length: 7 }, () =>
    JSON.parse(spawnSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8" }).stdout));
  return { loading: median(runs.map(([loading]) => loading)), verdict: median(runs.map(([, verdict]) => verdict)) };
}

const memory = () => glue.initSync({ module: new Uint8Array() }).memory.buffer.byteLength;

const engine = await engineAlone();
engine.prepare(WINDOWS, RECORDS, START);
const states = Array.from({ length: WINDOWS }, (_, n) =>
  foldEvents(undefined, Array.from({ length: RECORDS }, (_, r) => event(n, r))));
const one = states[0];
const batch = Array.from({ length: 100 }, (_, n) => event(n, 0));

const judged = compare({
  "engine alone": () => engine.judge_all(NOW),
  "windowStatuses, all at once": () => windowStatuses(states, { now: NOW }),
  "windowStatus, one by one": () => states.forEach((state) => windowStatus(state, { now: NOW })),
});
const folded = compare({
  "engine alone": () => engine.fold_all(WINDOWS, START),
  "foldEvents, 100 at once": () => { for (let n = 0; n < WINDOWS / 100; n++) foldEvents(undefined, batch); },
  "foldEvents, one by one": () => { for (let n = 0; n < WINDOWS; n++) foldEvents(one, [event(n, 9)]); },
});

console.log(`\n${WINDOWS} windows of ${RECORDS} records judged once; ${WINDOWS} events folded (median of ${ROUNDS} rounds)`);
for (const [what, times] of [["judged", judged], ["folded", folded]]) {
  const alone = times["engine alone"];
  for (const [name, ms] of Object.entries(times)) {
    // Folding differs in what is folded into what, so only judging has a share.
    const share = name === "engine alone" || what === "folded" ? "" : `, boundary and checks ${(100 * (1 - alone / ms)).toFixed(0)} %`;
    console.log(`  ${what.padEnd(7)} ${name.padEnd(28)} ${ms.toFixed(2).padStart(8)} ms  ${Math.round(WINDOWS / (ms / 1000)).toLocaleString("en").padStart(12)} /s${share}`);
  }
}
const goal = judged["engine alone"] < 5 ? "met" : "MISSED";
console.log(`  goal: ${WINDOWS} windows in under 5 ms of engine time: ${goal}`);

const cold = coldVerdict();
console.log(`\nCold process: loading the modules ${cold.loading.toFixed(1)} ms, first verdict ${cold.verdict.toFixed(1)} ms (goal: under 5 ms: ${cold.verdict < 5 ? "met" : "MISSED"})`);

const before = memory();
for (let n = 0; n < 1_000_000; n++) judge(one, { kind: "text" }, { now: NOW + n });
const after = memory();
console.log(`\nLinear memory: ${before / 1024} KiB before, ${after / 1024} KiB after a million calls (${after === before ? "flat" : "GREW"}, limit 2048 KiB: ${after < 2 * 1024 * 1024 ? "kept" : "BROKEN"})`);
