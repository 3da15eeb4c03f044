// What a bench measures is what a user can call: benches import the package's entries by name, their corpora and the peers,
// and nothing else of this repository.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { test } from "node:test";
import { build } from "esbuild";
import { at } from "../../www/build/run.mjs";

const PEERS = ["twilio", "libphonenumber-js/max", "google-libphonenumber", "awesome-phonenumber", "@redis/client"];
/** What makes a page of it. */
const TOOLS = ["esbuild", "playwright-core"];
/** The corpus of templates that tests use as well, and what starts a Redis; they import nothing of ours. */
const SHARED = ["tests/support/free-port.mjs", "tests/support/many.mjs", "tests/support/redis.mjs"];
/** The one place where another folder's package is imported, by names of entries that are looked up in its exports. */
const FREE = "tests/bench/packages.mjs";
const ENTRIES = Object.keys(JSON.parse(await readFile(at("package.json"), "utf8")).exports).map((path) => `reply-window${path.slice(1)}`);

/**
 * What a file imports that it may not, all the way down.
 *
 * @param {string} file inside the repository
 * @param {string} [contents] instead of what stands there
 */
async function foreign(file, contents) {
  /** @type {string[]} */ const found = [];
  /** @type {import("esbuild").Plugin} */
  const watch = {
    name: "watch",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /.*/ }, ({ path, importer, kind, resolveDir }) => {
        if (kind === "entry-point") return undefined;
        const from = relative(at(), importer).replaceAll("\\", "/");
        const target = relative(at(), resolve(resolveDir, path)).replaceAll("\\", "/");
        const inside = path.startsWith(".") && (/^tests\/bench\/[\w/-]+\.mjs$/.test(target) || SHARED.includes(target));
        if (inside) return { path: at(target) };
        if (!path.startsWith("node:") && ![...PEERS, ...TOOLS].includes(path) && !ENTRIES.includes(path)) found.push(`${from}: ${path}`);
        return { path, external: true };
      });
      onLoad({ filter: /\.mjs$/ }, async ({ path }) => {
        const name = relative(at(), path).replaceAll("\\", "/");
        const text = name === file && contents !== undefined ? contents : await readFile(path, "utf8");
        found.push(...unseen(text, name));
        return { contents: text, loader: "js" };
      });
    },
  };
  await build({ entryPoints: [at(file)], bundle: true, write: false, format: "esm", platform: "node", logLevel: "silent", plugins: [watch] });
  return found;
}

/** Ways around an import statement. @param {string} text @param {string} name */
function unseen(text, name) {
  const ways = [
    [/\bimport\s*\(\s*(?!["'])/, "an import of a computed name"],
    [/\bcreateRequire\b|\brequire\s*\(/, "require"],
    [/(["'`/])(www|src|target)\/|\.wasm\b/, "a path of the repository's insides"],
    [/\bWebAssembly\.(instantiate|compile|Module)\b/, "a module of its own"],
  ];
  return name === FREE ? [] : ways.filter(([pattern]) => /** @type {RegExp} */ (pattern).test(text)).map(([, what]) => `${name}: ${what}`);
}

const benches = (await readdir(at("tests", "bench"), { recursive: true })).filter((name) => /\.\w+$/.test(name)).map((name) => join("tests/bench", name).replaceAll("\\", "/"));

test("there is a bench for each script, and nothing else than modules", async () => {
  const { scripts } = JSON.parse(await readFile(at("package.json"), "utf8"));
  const named = Object.entries(scripts).filter(([name]) => name.startsWith("bench:")).map(([, line]) => /tests\/bench\/[\w-]+\.mjs/.exec(line)?.[0]);
  assert.ok(named.length >= 5, named.join());
  for (const name of named) assert.ok(benches.includes(String(name)), String(name));
  assert.deepEqual(benches.filter((name) => !name.endsWith(".mjs")), []);
});

for (const file of benches) {
  test(`${file} imports the package's entries, corpora and peers alone`, async () => assert.deepEqual(await foreign(file), []));
}

test("a bench that reaches inside is found, whichever way it takes", async () => {
  const file = "tests/bench/session.mjs";
  for (const bad of [
    'import { windowStatus } from "../../www/index.js";', 'import * as glue from "../../www/pkg/core.js";', 'import "reply-window/www/engine/session.js";',
    'export { numbering } from "../../www/engine/numbering.js";', 'await import("../../www/index.js");', 'const at = "../../www/index.js"; await import(at);',
    'import { createRequire } from "node:module"; createRequire(import.meta.url)("./x");', 'import x from "lodash";', 'import "../support/webhooks.mjs";',
    'import { readFile } from "node:fs/promises"; await readFile("www/pkg/core_bg.wasm");', "new WebAssembly.Module(new Uint8Array());",
    'import { at } from "../../www/build/run.mjs";', 'import "../../tests/support/../../www/index.js";',
  ]) assert.notDeepEqual(await foreign(file, bad), [], bad);
  for (const good of ['import { judge } from "reply-window";', 'import { createReceiver } from "reply-window/server";', 'import twilio from "twilio";', 'await import("reply-window");', 'import "./measure.mjs";']) {
    assert.deepEqual(await foreign(file, good), [], good);
  }
});
