// Rust → WebAssembly → glue → inline bytes.

import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { at, eachOf, isDone, run, timed, unlessDone } from "./run.mjs";
import { withoutCustomSections } from "./wasm-sections.mjs";

/** The modules, each by what its callers need; each is a crate in src/wasm/modules. */
export const MODULES = /** @type {const} */ (["page", "book", "chooser", "templates", "webhooks", "signatures", "server", "validity", "numbers", "setup", "dynamics"]);

/** @typedef {(typeof MODULES)[number]} ModuleName */

/** As wasm-bindgen leaves it. @param {ModuleName} name */
const boundWasm = (name) => `target/bound/${name}_bg.wasm`;
/** With function names, for the size report. @param {ModuleName} name */
export const namedWasm = (name) => `target/size/${name}_named.wasm`;
/** @param {ModuleName} name */
export const moduleWasm = (name) => `www/pkg/${name}_bg.wasm`;
/** @param {ModuleName} name */
const inlineBytes = (name) => `www/engine/modules/${name}-bytes.gen.js`;

/** What rustc and wasm-bindgen emit today; everything newer would shut out older engines. */
export const FEATURES = ["bulk-memory", "reference-types", "multivalue", "sign-ext", "nontrapping-float-to-int", "mutable-globals"]
  .map((feature) => `--enable-${feature}`);

const wasmOpt = (/** @type {string[]} */ ...args) => run(process.execPath, [at("node_modules", "binaryen", "bin", "wasm-opt"), ...FEATURES, ...args]);

/**
 * Which modules microseconds are counted in, and their level: a receiver is as fast with its module at `s` as at 3, and 14 KB smaller; numbers are read 1.4 times as fast
 * at `s` as at `z`, for 1.4 KB.
 * @type {Partial<Record<ModuleName, string>>}
 */
const HOT = { webhooks: "3", server: '"s"', numbers: '"s"' };

/** Bytes of stack. Rust takes four times as many otherwise, and each module would hold them from its start; all that the tests ask uses 6 KiB, and a stack that is too small traps. */
const STACK = "-Clink-arg=-zstack-size=262144";

/** The arguments of a build for WebAssembly. */
export const CARGO_BUILD = ["build", "--locked", "--target", "wasm32-unknown-unknown"];

/** @param {readonly ModuleName[]} names */
const packages = (names) => names.flatMap((name) => ["-p", `reply-window-${name}`]);

/** A call for each level; of one profile, so that what runs while compiling is compiled once. */
const CALLS = [
  [...CARGO_BUILD, "--release", ...packages(MODULES.filter((name) => !(name in HOT)))],
  ...Object.entries(HOT).map(([name, level]) =>
    [...CARGO_BUILD, "--release", "--config", `profile.release.opt-level=${level}`, "--config", "profile.release.package.sha2.opt-level=3", ...packages([/** @type {ModuleName} */ (name)])]),
];
/** Where nobody counts: everything for size, in one call. */
const QUICK_CALLS = [[...CARGO_BUILD, "--release", ...packages(MODULES)]];

/**
 * Panics name source files: by their place in a crate, whoever builds it and wherever. Those of this repository are named
 * so anyway; the flags must not hold its place, or every checkout would compile everything anew.
 */
export async function cargoEnv() {
  const { CARGO_HOME = join(homedir(), ".cargo"), CARGO_ENCODED_RUSTFLAGS, RUSTFLAGS } = process.env;
  const given = CARGO_ENCODED_RUSTFLAGS?.split("\u001f") ?? RUSTFLAGS?.split(" ") ?? [];
  // This fetches what is missing; before, a registry has no folder.
  const metadata = JSON.parse(await run("cargo", ["metadata", "--locked", "--format-version", "1", "--filter-platform", "wasm32-unknown-unknown"], { quiet: true, errors: "shown" }));
  const packages = /** @type {{ source: string | null, manifest_path: string }[]} */ (metadata.packages);
  const folders = new Set(packages.filter(({ source }) => source !== null).map(({ manifest_path: path }) => dirname(dirname(path))));
  // The last that fits is taken, so the longest stand last.
  const flags = [CARGO_HOME, ...[...folders].sort()].map((place) => `--remap-path-prefix=${place}=`);
  return { CARGO_ENCODED_RUSTFLAGS: [...given.filter(Boolean), ...flags, STACK].join("\u001f") };
}

const SOURCES = ["src", "Cargo.toml", "Cargo.lock", "www/build/compile.mjs", "www/build/bind"];

/** Compiles all modules, and beside them the program that writes their glue; then writes it. @param {readonly string[][]} calls */
async function link(calls) {
  const tool = ["--profile", "tool", "--locked", "--quiet", "-p", "bind"];
  await Promise.all([
    timed("compiling the engine", async () => {
      const env = await cargoEnv();
      for (const call of calls) await run("cargo", call, { env });
    }),
    timed("compiling what writes its glue", () => run("cargo", ["build", ...tool])),
  ]);
  const folder = at("target", "bound");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const linked = MODULES.map((name) => `${name}=${at("target", "wasm32-unknown-unknown", "release", `reply_window_${name}.wasm`)}`);
  await timed("writing its glue", () => run("cargo", ["run", ...tool, "--", folder, ...linked]));
}

/** The files of its glue. @param {ModuleName} name */
const glueOf = (name) => [`${name}.js`, `${name}.d.ts`, `${name}_bg.wasm.d.ts`];

/** What a module is made of. @param {ModuleName} name @returns {import("./run.mjs").Stamp} */
const made = (name) => ({
  inputs: [boundWasm(name), ...glueOf(name).map((file) => `target/bound/${file}`), "www/build/compile.mjs", "www/build/wasm-sections.mjs"],
  outputs: [moduleWasm(name), inlineBytes(name), ...glueOf(name).map((file) => `www/pkg/${file}`)],
});

/** The text with one of its parts replaced; a glue that is another than expected fails here. @param {string} text @param {string | RegExp} part @param {string} by */
export function replaced(text, part, by) {
  const done = text.replace(part, by);
  if (done === text) throw new Error(`the glue of wasm-bindgen holds no ${part}`);
  return done;
}

/** The glue with what reads and writes texts made when it is needed, where there may be none: a DOM that is played in Node. @param {string} glue @param {string} utf8 where that stands */
export function withLazyTexts(glue, utf8) {
  const decoded = replaced(glue, /let cachedTextDecoder = new TextDecoder\(.*?\);\ncachedTextDecoder\.decode\(\);/, "let cachedTextDecoder = newDecoder();");
  const later = replaced(decoded, /cachedTextDecoder = new TextDecoder\(.*?\);\n\s*cachedTextDecoder\.decode\(\);/, "cachedTextDecoder = newDecoder();");
  const encoded = later.replace(/const cachedTextEncoder = new TextEncoder\(\);\s*if \(!\('encodeInto' in cachedTextEncoder\)\) \{[\s\S]*?\n\}\n/, "const cachedTextEncoder = utf8;\n");
  if (/new Text(De|En)coder/.test(encoded)) throw new Error("the glue of wasm-bindgen makes an encoder of its own");
  return `import { newDecoder, utf8 } from "${utf8}";\n${encoded}`;
}

/** Puts a module where it is loaded from. @param {ModuleName} name @param {string} from */
async function place(name, from) {
  for (const file of glueOf(name)) await copyFile(at("target", "bound", file), at("www", "pkg", file));
  await writeFile(at("www", "pkg", `${name}.js`), withLazyTexts(await readFile(at("target", "bound", `${name}.js`), "utf8"), "../engine/utf8.js"));
  const bare = withoutCustomSections(await readFile(at(from)));
  await writeFile(at(moduleWasm(name)), bare);
  const hex = Buffer.from(bare).toString("hex");
  const note = "// Generated by www/build.mjs from src/: the module's bytes, so that no bundler needs to be taught about .wasm files.";
  await writeFile(at(inlineBytes(name)), `${note}\nexport const hex =\n  "${hex}";\n`);
}

/** @param {ModuleName} name */
async function shrink(name) {
  const stamp = made(name);
  await unlessDone(`module-${name}`, { ...stamp, outputs: [...stamp.outputs, namedWasm(name)] }, () => timed(`making ${name} small`, async () => {
    // The stack lies lowest, so no datum has an address below 1024: what `--low-memory-unused` asks for. A function with
    // one caller is put into it only while small: fewer bytes otherwise, but two thousand more once compressed.
    const level = name in HOT ? "-O3" : "-Oz";
    // Once: asked again until nothing changes it takes twice the time for three parts in a thousand.
    await wasmOpt("--low-memory-unused", "-ocimfs", "30", level, "-g", at(boundWasm(name)), "-o", at(namedWasm(name)));
    await place(name, namedWasm(name));
  }));
}

/** As it was linked, unless the small one is there. @param {ModuleName} name */
async function takeAsLinked(name) {
  if (await isDone(`module-${name}`, made(name))) return;
  await unlessDone(`module-${name}`, { ...made(name), extra: QUICK }, () => place(name, boundWasm(name)));
}

/** For who looks at the demo, and downloads nothing. */
const QUICK = "quick";

/** What needs cargo alone: it may run while packages are fetched. @param {{ isQuick: boolean }} how */
export async function linkEngine({ isQuick }) {
  const stamp = { inputs: SOURCES, outputs: MODULES.map(boundWasm) };
  if (isQuick && await isDone("linked", stamp)) return;
  await unlessDone("linked", isQuick ? { ...stamp, extra: QUICK } : stamp, () => link(isQuick ? QUICK_CALLS : CALLS));
}

/** Makes the modules and their glue, from what cargo linked. @param {{ isQuick: boolean }} how */
export async function buildEngine({ isQuick }) {
  await linkEngine({ isQuick });
  for (const folder of ["www/pkg", "target/size"]) await mkdir(at(folder), { recursive: true });
  await eachOf(MODULES, 2, isQuick ? takeAsLinked : shrink);
}
