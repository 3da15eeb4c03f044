// Cuts out functions that are linked but never do anything here; each becomes a trap.
//
// On this target the standard library's panic handler writes nowhere and then traps. What a panic's message is made
// of (formatting, numbers as text, places in source files) therefore has no effect, yet it is a fifth of the module,
// and a stable compiler cannot leave it out. With its entry points trapping at once, wasm-opt drops the rest. A
// panic stays what it was for JavaScript: a `WebAssembly.RuntimeError`.

import { readFile, writeFile } from "node:fs/promises";

/**
 * The entry points, and why none of them is missed.
 * @type {readonly (readonly [RegExp, string])[]}
 */
const UNHEARD = [
  [/^core::panicking::/, "panics"],
  [/^core::(str::slice_error_fail|slice::index::slice_index_fail)/, "panics of slices"],
  [/^core::(option|result|cell)::(unwrap_failed|expect_failed|panic_already)/, "panics of options and cells"],
  [/^core::slice::sort::shared::smallsort::panic_on_ord_violation/, "panics of sorting"],
  [/^alloc::(alloc::handle_alloc_error|raw_vec::(handle_error|capacity_overflow))/, "exhausted memory"],
  [/^std::(panicking::|alloc::(rust_oom|default_alloc_error_hook)|sys::backtrace::)/, "the standard panic handler"],
  [/^__rustc::(rust_begin_unwind|rust_panic)$/, "the standard panic handler"],
  [/^<.* as core::fmt::Debug>::fmt$/, "debug output, which only panics write; `JsValue`'s below is the exception"],
  [/^<char>::escape_debug_ext$/, "debug output"],
];

/** Debug output that is heard: serde-wasm-bindgen names a function or a symbol that is no plain data. */
const HEARD = /^<(wasm_bindgen::JsValue|&?serde_wasm_bindgen|.*js_sys).* as core::fmt::Debug>::fmt$/;

/** What every module has. */
const ALWAYS = ["core::panicking::panic_fmt", "std::panicking::panic_with_hook"];

/** Without hashes of crates and instances. @param {string} name */
const plain = (name) => name.replace(/\[[0-9a-f]{16}\]/g, "").replace(/::h[0-9a-f]{16}$/, "");

/**
 * @param {string} from a module that still has its name section
 * @param {string} to
 */
export async function snip(from, to) {
  // Not at the top: the set-up that installs it runs from the same program.
  const { default: binaryen } = await import("binaryen");
  const module = binaryen.readBinary(await readFile(from));
  const missing = new Set(ALWAYS);
  for (let index = module.getNumFunctions() - 1; index >= 0; index -= 1) {
    const ref = module.getFunctionByIndex(index);
    const info = binaryen.getFunctionInfo(ref);
    const name = plain(info.name);
    if (info.module || HEARD.test(name) || !UNHEARD.some(([pattern]) => pattern.test(name))) continue;
    binaryen.Function.setBody(ref, module.unreachable());
    missing.delete(name);
  }
  // Names are the standard library's own: where they change, the build must not grow in silence.
  if (missing.size > 0) throw new Error(`${from} has no function named ${[...missing].join(", ")}`);
  binaryen.setDebugInfo(true);
  await writeFile(to, module.emitBinary());
  module.dispose();
}
