// The same Rust without WebAssembly, for pages whose policy forbids to compile it: wasm2js, in one module to be imported.

import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { CARGO_BUILD, FEATURES, cargoEnv, replaced, withLazyTexts } from "./compile.mjs";
import { at, run, timed, unlessDone } from "./run.mjs";

/** What the script for Dynamics calls. */
const ENGINES = /** @type {const} */ (["page", "book", "chooser", "dynamics"]);
const WORK = "target/nowasm";

/** What wasm2js cannot write; it must be off from the start, or it ends with "multiple tables are not supported". */
const WITHOUT = ["-Ctarget-feature=-reference-types,-multivalue,-bulk-memory,-sign-ext,-nontrapping-fptoint"];
const LOWERED = ["--signext-lowering", "--llvm-memory-copy-fill-lowering", "--llvm-nontrapping-fptoint-lowering"];

const binaryen = (/** @type {string} */ tool, /** @type {string[]} */ ...args) => run(process.execPath, [at("node_modules", "binaryen", "bin", tool), ...args]);

async function compile() {
  const { CARGO_ENCODED_RUSTFLAGS } = await cargoEnv();
  const env = { CARGO_ENCODED_RUSTFLAGS: [CARGO_ENCODED_RUSTFLAGS, ...WITHOUT].filter(Boolean).join("\u001f") };
  await run("cargo", [...CARGO_BUILD, "--quiet", "--release", "--target-dir", at(WORK, "cargo"), ...ENGINES.flatMap((name) => ["-p", `reply-window-${name}`])], { env });
  for (const name of ENGINES) {
    const linked = at(WORK, "cargo", "wasm32-unknown-unknown", "release", `reply_window_${name}.wasm`);
    await binaryen("wasm-opt", ...FEATURES, "--strip-target-features", "-g", linked, "-o", at(WORK, `${name}.wasm`));
  }
  await run("cargo", ["run", "--profile", "tool", "--locked", "--quiet", "-p", "bind", "--", at(WORK), ...ENGINES.map((name) => `${name}=${at(WORK, `${name}.wasm`)}`)]);
}

/** @param {string} glue */
function withoutWebAssembly(glue) {
  const own = [
    [/if \(!\(module instanceof WebAssembly\.Module\)\) \{\s*module = new WebAssembly\.Module\(module\);\s*\}\s*const instance = new WebAssembly\.Instance\(module, imports\);/, "const instance = { exports: asmFunc(imports) };"],
    // Memory grows into another buffer, and the one before is not detached.
    [/cachedUint8ArrayMemory0\.byteLength === 0/g, "cachedUint8ArrayMemory0.buffer !== wasm.memory.buffer"],
    [/cachedDataViewMemory0\.buffer\.detached === true \|\| \(.*?wasm\.memory\.buffer\)/g, "cachedDataViewMemory0.buffer !== wasm.memory.buffer"],
    [/wasm\.__wbindgen_start\(\);/g, "wasm.__wbindgen_start?.();"],
    [/new WebAssembly\.Instance\(wasmModule, __wbg_get_imports\(\)\)/g, "{ exports: asmFunc(__wbg_get_imports()) }"],
  ];
  return own.reduce((whole, [part, by]) => replaced(whole, /** @type {RegExp} */ (part), /** @type {string} */ (by)), glue);
}

/** @param {typeof ENGINES[number]} name */
async function translate(name) {
  const [bound, small, written] = [at(WORK, `${name}_bg.wasm`), at(WORK, `${name}_small.wasm`), at(WORK, `${name}_asm.js`)];
  await binaryen("wasm-opt", ...FEATURES, ...LOWERED, "-Oz", bound, "-o", small);
  await binaryen("wasm2js", "-Os", small, "-o", written);
  const code = (await readFile(written, "utf8")).replace(/^import .*$/gm, "");
  const body = code.slice(0, code.indexOf("var retasmFunc"));
  await writeFile(written, `${body}\nexport default asmFunc;\n`);
  await writeFile(at(WORK, `${name}_glue.js`), `import asmFunc from "./${name}_asm.js";\n${withLazyTexts(withoutWebAssembly(await readFile(at(WORK, `${name}.js`), "utf8")), "../../www/engine/utf8.js")}`);
}

/** @param {string} out */
export async function buildNowasm(out) {
  const inputs = ["src", "Cargo.toml", "Cargo.lock", "www/build/nowasm.mjs", "www/build/compile.mjs", "www/build/bind", "www/engine/utf8.js"];
  await unlessDone("nowasm", { inputs, outputs: [out] }, () => timed("making the engine without WebAssembly", async () => {
    await mkdir(at(WORK), { recursive: true });
    await compile();
    for (const name of ENGINES) await translate(name);
    const started = ENGINES.map((name) => `import * as ${name} from "./${name}_glue.js";\n${name}.initSync({ module: new Uint8Array() });`).join("\n");
    const entry = at(WORK, "entry.js");
    await writeFile(entry, `${started}\nexport { ${ENGINES.join(", ")} };\n`);
    await rm(at(out), { force: true });
    const { build } = await import("esbuild");
    await build({ entryPoints: [entry], outfile: at(out), bundle: true, minify: true, format: "esm", target: "es2022", legalComments: "none", logLevel: "error" });
  }));
}
