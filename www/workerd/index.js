// @ts-check
/**
 * `reply-window` for workerd, which compiles WebAssembly when a Worker is deployed and never from bytes: the same
 * functions, started from the `.wasm` files of the package.
 */
import "./core.js";
import "./content.js";
import "./webhooks.js";
import "./numbers.js";
import "./setup.js";

export * from "../index.js";
