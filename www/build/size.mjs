// What a user downloads, and what each part of the engine costs. All figures in bytes; brotli at quality 11.

import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { MODULES, PARTS, buildParts, moduleWasm, namedWasm, partWasm } from "./compile.mjs";
import { at } from "./run.mjs";
import { namedCode } from "./wasm-sections.mjs";

/** @param {Uint8Array} bytes */
export const brotli = (bytes) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length;

/** Whose code a function is, by its name; the first row that matches. */
const OWNERS = /** @type {const} */ ([
  ["boundary", /serde|wasm_bindgen|js_sys|reply_window::wasm|__wbindgen|__wbg|externref/],
  ["chrono", /chrono/],
  ["hashes", /sha1|sha2|hmac|digest|block_buffer|subtle|zeroize|crypto_common/],
  ["wire", /reply_window::wire/],
  ["session", /reply_window::(session|time|event)/],
  ["template", /reply_window::template/],
  ["webhook", /reply_window::webhook/],
  ["address", /reply_window::address/],
  ["account", /reply_window::account/],
  ["own, shared", /reply_window/],
  ["std", /./],
]);

/**
 * @param {import("./compile.mjs").ModuleName} name
 * @returns {Promise<{ part: string, raw: number, brotli: number }[]>}
 */
export async function moduleParts(name) {
  const { code, data } = namedCode(await readFile(at(namedWasm(name))));
  /** @type {Map<string, Uint8Array[]>} */
  const parts = new Map(OWNERS.map(([part]) => [part, []]));
  for (const { name, bytes } of code) {
    const owner = OWNERS.find(([, pattern]) => pattern.test(name || "?"))?.[0] ?? "std";
    parts.get(owner)?.push(bytes);
  }
  parts.set("data (texts, tables)", [data]);
  return [...parts].map(([part, pieces]) => {
    const bytes = Buffer.concat(pieces);
    return { part, raw: bytes.length, brotli: bytes.length ? brotli(bytes) : 0 };
  });
}

/**
 * Bundles and minifies an entry as a user's bundler would.
 * @param {string} entry path inside the repository
 * @param {import("esbuild").Plugin[]} [plugins]
 */
export async function bundleSize(entry, plugins = []) {
  const { build } = await import("esbuild");
  const options = { entryPoints: [at(entry)], bundle: true, minify: true, write: false, plugins };
  const result = await build({ ...options, format: /** @type {const} */ ("esm"), target: "es2023", charset: "utf8", logLevel: "error" });
  const bytes = result.outputFiles[0].contents;
  return { raw: bytes.length, brotli: brotli(bytes) };
}

/**
 * Bundles and minifies an entry as a user's bundler would that makes files of their own of what is fetched on demand.
 *
 * @param {string} entry path inside the repository
 * @param {import("esbuild").Plugin[]} plugins
 * @returns {Promise<{ first: Size, onDemand: Size }>} what a page loads at once, and what only when it is needed; each file
 *   is compressed by itself, as it is downloaded
 */
async function downloads(entry, plugins) {
  const { build } = await import("esbuild");
  const options = { entryPoints: [at(entry)], bundle: true, splitting: true, minify: true, write: false, metafile: true, outdir: at("target", "size", "bundle"), plugins };
  const { outputFiles, metafile } = await build({ ...options, format: /** @type {const} */ ("esm"), target: "es2023", charset: "utf8", logLevel: "error", absWorkingDir: at() });
  const sizeOf = (/** @type {string} */ path) => {
    const bytes = outputFiles.find((file) => file.path === at(path))?.contents ?? new Uint8Array();
    return { raw: bytes.length, brotli: brotli(bytes) };
  };
  /** @type {Set<string>} what comes along with a file */
  const first = new Set();
  const follow = (/** @type {string} */ path) => {
    if (first.has(path)) return;
    first.add(path);
    for (const { kind, path: next, external } of metafile.outputs[path].imports) if (kind === "import-statement" && !external) follow(next);
  };
  for (const [path, { entryPoint }] of Object.entries(metafile.outputs)) if (entryPoint === entry) follow(path);
  const sum = (/** @type {string[]} */ paths) => paths.map(sizeOf).reduce((a, b) => ({ raw: a.raw + b.raw, brotli: a.brotli + b.brotli }), { raw: 0, brotli: 0 });
  const all = Object.keys(metafile.outputs);
  return { first: sum(all.filter((path) => first.has(path))), onDemand: sum(all.filter((path) => !first.has(path))) };
}

/** @typedef {{ raw: number, brotli: number }} Size */

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
/** Words are weighed for themselves: an agent downloads those of one language or two. */
const withoutWords = without(/\/(en|ar)\.js$/);

/**
 * Puts names in the place of the engine: in a page it is in the same bundle, where an import costs nothing, so that
 * neither its code nor import statements count.
 */
const withoutEngine = {
  name: "without-engine",
  /** @param {import("esbuild").PluginBuild} build */
  setup: (build) => build.onLoad({ filter: /[\\/]engine[\\/][\w-]+\.js$/ }, async ({ path }) => {
    const names = Object.keys(await import(pathToFileURL(path).href)).map((name) => `${name} = /* @__PURE__ */ engine("${name}")`);
    return { contents: `export const ${names.join(", ")};` };
  }),
};

/** What each part of `numbers` adds to the module that a page has anyway, boundary included. */
async function addedParts() {
  await buildParts();
  const weigh = async (/** @type {string} */ path) => {
    const wasm = await readFile(at(path));
    return { raw: wasm.length, brotli: brotli(wasm) };
  };
  const core = await weigh(moduleWasm("core"));
  return Object.fromEntries(await Promise.all(PARTS.map(async (part) => {
    const { raw, brotli } = await weigh(partWasm(part));
    return [ADDED[part], { raw: raw - core.raw, brotli: brotli - core.brotli }];
  })));
}

const ADDED = {
  validity: "numbers add: validity, type, region",
  formats: "numbers add: … parsing, formats, as typed",
  customers: "numbers add: WhatsApp's customers",
};

/**
 * @param {{ parts?: boolean }} [options] whether parts of `numbers` are weighed too, which must be compiled for it
 * @returns {Promise<Record<string, { raw: number, brotli: number }>>}
 */
export async function sizes({ parts = false } = {}) {
  const modules = MODULES.map(async (name) => {
    const wasm = await readFile(at(moduleWasm(name)));
    return [`${name}.wasm`, { raw: wasm.length, brotli: brotli(wasm) }];
  });
  const element = await downloads("www/elements/define.js", [withoutEngine, withoutWords]);
  const mounted = await downloads("www/mount.js", [withoutEngine, withoutWords]);
  return {
    ...Object.fromEntries(await Promise.all(modules)),
    ...(parts && (await addedParts())),
    "everything of `reply-window`, inline": await bundleSize("www/index.js"),
    "element + controller": element.first,
    "element + controller + mount": mounted.first,
    "chooser and form, on demand": element.onDemand,
    "words, en": await bundleSize("www/i18n/en.js"),
    "words, ar": await bundleSize("www/i18n/ar.js"),
  };
}

/** Prints the report. @param {{ parts?: boolean }} [options] as for `sizes` */
export async function printSizes(options) {
  const row = (/** @type {string} */ name, /** @type {{ raw: number, brotli: number }} */ { raw, brotli }) =>
    console.log(`  ${name.padEnd(40)} ${String(raw).padStart(8)} raw ${String(brotli).padStart(8)} brotli`);
  console.log("\nSizes (bytes)");
  const { goals } = JSON.parse(await readFile(at("tests", "package", "sizes.json"), "utf8"));
  for (const [name, size] of Object.entries(await sizes(options))) {
    row(name, size);
    if (goals[name] < size.brotli) console.log(`    goal ${goals[name]}: missed by ${size.brotli - goals[name]}`);
  }
  for (const name of MODULES) {
    console.log(`  of ${name}.wasm, each part compressed alone (in the whole they share a dictionary):`);
    for (const { part, raw, brotli } of await moduleParts(name)) if (raw) row(`  ${part}`, { raw, brotli });
  }
}
