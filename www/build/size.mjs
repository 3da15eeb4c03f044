// What a user downloads, and what each part of the engine costs. Brotli at quality 11; KB are 1,000 bytes.
//
// A consumer is a file of tests/package/consumers, bundled and minified as a user's bundler would; its imports are the
// package's entries. Modules are those of compile.mjs, whatever they are called.

import { readFile, readdir } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { MODULES, moduleWasm, namedWasm } from "./compile.mjs";
import { at } from "./run.mjs";
import { namedCode } from "./wasm-sections.mjs";

/** @typedef {{ raw: number, brotli: number }} Size */
/** @typedef {{ entry: Size, first: Size, onDemand: Size }} Download the first file alone, what is loaded at once with it, and what only when it is needed */
/** @typedef {import("./compile.mjs").ModuleName} ModuleName */

/** @param {Uint8Array} bytes */
export const brotli = (bytes) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length;

/** @param {Uint8Array} [bytes] @returns {Size} */
const sizeOf = (bytes = new Uint8Array()) => ({ raw: bytes.length, brotli: bytes.length ? brotli(bytes) : 0 });
/** Each file is compressed by itself, as it is downloaded. @param {readonly Size[]} list @returns {Size} */
const sum = (list) => list.reduce((a, b) => ({ raw: a.raw + b.raw, brotli: a.brotli + b.brotli }), { raw: 0, brotli: 0 });

/** Whose code a function is, by its name; the first row that matches. Ours is told apart by its folders. */
const OWNERS = /** @type {const} */ ([
  ["boundary", /serde|wasm_bindgen|js_sys|reply_window\w*::wasm|__wbindgen|__wbg|externref/],
  ["chrono", /chrono/],
  ["hashes", /sha1|sha2|hmac|digest|block_buffer|subtle|zeroize|crypto_common/],
]);

/** @param {string} name of a function */
function ownerOf(name) {
  const known = OWNERS.find(([, pattern]) => pattern.test(name))?.[0];
  return known ?? /reply_window(?:\[[0-9a-f]+\])?::(\w+)/.exec(name)?.[1] ?? (/reply_window/.test(name) ? "own, shared" : "std");
}

/**
 * @param {ModuleName} name
 * @returns {Promise<{ part: string, raw: number, brotli: number }[]>} largest first
 */
export async function moduleParts(name) {
  const { code, data } = namedCode(await readFile(at(namedWasm(name))));
  /** @type {Map<string, Uint8Array[]>} */
  const parts = new Map([["data (texts, tables)", [data]]]);
  for (const { name, bytes } of code) {
    const owner = ownerOf(name);
    parts.set(owner, [...(parts.get(owner) ?? []), bytes]);
  }
  return [...parts].map(([part, pieces]) => ({ part, ...sizeOf(Buffer.concat(pieces)) })).sort((a, b) => b.raw - a.raw);
}

/** @returns {Promise<[string, Size][]>} each module, as it lies in the package */
export const moduleSizes = () => Promise.all(MODULES.map(async (name) => /** @type {[string, Size]} */ ([name, sizeOf(await readFile(at(moduleWasm(name))))])));

const CONSUMERS = at("tests", "package", "consumers");
const SETTINGS = /** @type {const} */ ({ bundle: true, minify: true, write: false, metafile: true, format: "esm", target: "es2023", charset: "utf8", logLevel: "error" });

/**
 * What a page or a process loads that holds this code, where parts that are fetched on demand are files of their own.
 *
 * @param {string} code its imports are resolved as in a file of `folder`
 * @param {{ folder?: string | undefined, plugins?: import("esbuild").Plugin[] }} [options] `folder`: a checkout that was built
 * @returns {Promise<Download>}
 */
export async function download(code, { folder = at(), plugins = [] } = {}) {
  const { build } = await import("esbuild");
  const outdir = join(folder, "target", "size", "bundle");
  const stdin = { contents: code, resolveDir: folder, sourcefile: "consumer.js" };
  const { outputFiles, metafile } = await build({ ...SETTINGS, splitting: true, stdin, outdir, plugins, absWorkingDir: folder });
  /** @type {Set<string>} what comes along with the entry */
  const first = new Set();
  const follow = (/** @type {string} */ path) => {
    if (first.has(path)) return;
    first.add(path);
    for (const { kind, path: next, external } of metafile.outputs[path].imports) if (kind === "import-statement" && !external) follow(next);
  };
  const entry = Object.keys(metafile.outputs).find((path) => metafile.outputs[path].entryPoint === "consumer.js");
  if (entry === undefined) throw new Error("the bundler made no entry");
  follow(entry);
  const weighed = new Map(outputFiles.map(({ path, contents }) => [path, sizeOf(contents)]));
  const of = (/** @type {string} */ path) => weighed.get(resolve(folder, path)) ?? sizeOf();
  const rest = Object.keys(metafile.outputs).filter((path) => !first.has(path));
  return { entry: of(entry), first: sum([...first].map(of)), onDemand: sum(rest.map(of)) };
}

/**
 * The same as one file, as where a desktop takes a single script.
 *
 * @param {string} code
 * @returns {Promise<Size>}
 */
export async function oneFile(code) {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({ ...SETTINGS, stdin: { contents: code, resolveDir: at(), sourcefile: "consumer.js" }, absWorkingDir: at() });
  return sizeOf(outputFiles[0]?.contents);
}

/** @returns {Promise<[string, string][]>} name and code of each consumer */
export async function consumers() {
  const names = (await readdir(CONSUMERS)).filter((name) => name.endsWith(".js")).sort();
  return Promise.all(names.map(async (name) => /** @type {[string, string]} */ ([basename(name, ".js"), await readFile(join(CONSUMERS, name), "utf8")])));
}

/**
 * Keeps modules outside, when the weight of the rest alone is asked for.
 *
 * @param {RegExp} filter of the path that is imported
 */
const without = (filter) => ({
  name: "without",
  /** @param {import("esbuild").PluginBuild} build */
  setup: (build) => build.onResolve({ filter }, ({ path }) => ({ path, external: true })),
});

/**
 * Puts names in the place of the engine: in a page it is in the same bundle, where an import costs nothing, so that
 * neither its code nor import statements count.
 */
const withoutEngine = {
  name: "without-engine",
  /** @param {import("esbuild").PluginBuild} build */
  setup: (build) => build.onLoad({ filter: /[\\/]engine[\\/](?:modules[\\/])?[\w-]+\.js$/ }, async ({ path }) => {
    const names = Object.keys(await import(pathToFileURL(path).href)).map((name) => `${name} = /* @__PURE__ */ engine("${name}")`);
    return { contents: names.length ? `export const ${names.join(", ")};` : "" };
  }),
};

/** What an agent sees, without engine and words: those are weighed for themselves. @returns {Promise<[string, Size][]>} */
async function screens() {
  const plugins = [withoutEngine, without(/\/(en|ar)\.js$/)];
  const element = await download('import "reply-window/element";', { plugins });
  const mounted = await download('export { mount } from "reply-window/mount";', { plugins });
  const words = async (/** @type {string} */ from) => (await download(`export * from "${from}";`)).first;
  return [
    ["element + controller", element.first], ["element + controller + mount", mounted.first], ["chooser and form, on demand", element.onDemand],
    ["words, en", (await download('export * from "./www/i18n/en.js";')).first], ["words, ar", await words("reply-window/i18n/ar")],
  ];
}

/** @returns {Promise<{ consumers: [string, Download][], screens: [string, Size][], modules: [string, Size][] }>} */
export async function sizes() {
  return { consumers: await downloads(), screens: await screens(), modules: await moduleSizes() };
}

/** @param {string} [folder] @returns {Promise<[string, Download][]>} what each consumer loads */
const downloads = async (folder) =>
  Promise.all((await consumers()).map(async ([name, code]) => /** @type {[string, Download]} */ ([name, await download(code, { folder })])));

const kb = (/** @type {number} */ bytes) => (bytes / 1000).toFixed(1).padStart(7);

/** Prints the report. @param {{ against?: string }} [options] another checkout that was built, for a column of its own */
export async function printSizes({ against } = {}) {
  const { budgets } = JSON.parse(await readFile(at("tests", "package", "sizes.json"), "utf8"));
  const budget = (/** @type {string} */ name, /** @type {Size} */ { brotli }) =>
    budgets[name] === undefined ? "" : `${kb(budgets[name])}${brotli > budgets[name] ? "  EXCEEDED" : ""}`;
  const row = (/** @type {string} */ name, /** @type {string[]} */ ...columns) => console.log(`  ${name.padEnd(32)}${columns.join("  ")}`);
  const { consumers: loaded, screens, modules } = await sizes();
  const whole = await Promise.all((await consumers()).map(([, code]) => oneFile(code)));
  const others = against === undefined ? [] : await downloads(resolve(against));
  console.log("\nSizes, brotli, KB of 1,000 bytes\n  who bundles what               at once  first file  on demand  as one file   budget (at once)");
  loaded.forEach(([name, { entry, first, onDemand }], place) => row(name, kb(first.brotli), `  ${kb(entry.brotli)}`, `  ${kb(onDemand.brotli)}`, `    ${kb(whole[place]?.brotli ?? 0)}`, `  ${budget(name, first)}`));
  others.forEach(([name, { entry, first, onDemand }]) => row(`${name}, the other folder`, kb(first.brotli), `  ${kb(entry.brotli)}`, `  ${kb(onDemand.brotli)}`));
  console.log("  without engine and words");
  for (const [name, size] of screens) row(name, kb(size.brotli), budget(name, size));
  console.log("  the engine's modules, each a file");
  for (const [name, size] of modules) row(`${name}.wasm`, kb(size.brotli), `${kb(size.raw)} raw`);
  for (const [name] of modules) {
    console.log(`  of ${name}.wasm, each part compressed alone (in the whole they share a dictionary)`);
    for (const { part, raw, brotli } of await moduleParts(/** @type {ModuleName} */ (name))) if (raw > 200) row(`  ${part}`, kb(brotli), `${kb(raw)} raw`);
  }
}
