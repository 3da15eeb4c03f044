// A default build links: all WebAssembly modules in one call, and the crate for this machine. Not a build of its own: what
// `npm run build` and `cargo test` compiled stands there already.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { test } from "node:test";
import { CARGO_BUILD, MODULES, cargoEnv } from "../../www/build/compile.mjs";
import { answers, at, run } from "../../www/build/run.mjs";

test("for WebAssembly, with its own defaults", async () => {
  const linked = MODULES.map((name) => at("target", "wasm32-unknown-unknown", "release", `reply_window_${name}.wasm`));
  await run("cargo", [...CARGO_BUILD, "--release", "--quiet"], { env: await cargoEnv() });
  for (const file of linked) assert.ok(WebAssembly.validate(await readFile(file)), file);
});

test("for this machine, with its own defaults", () => run("cargo", ["build", "--locked", "--quiet"]));

test("every crate among the modules is built, and the crate has no features that could exclude each other", async () => {
  assert.deepEqual((await readdir(at("src", "wasm", "modules"))).sort(), [...MODULES].sort());
  const { packages } = JSON.parse((await answers("cargo", ["metadata", "--locked", "--no-deps", "--format-version", "1"])) ?? "{}");
  assert.ok(packages.length > MODULES.length);
  for (const { name, features } of packages) assert.deepEqual(features, {}, name);
});
