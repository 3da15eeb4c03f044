// @ts-check
/**
 * `reply-window` for workerd, which compiles WebAssembly when a Worker is deployed and never from bytes: the same
 * functions, started from the `.wasm` files of the package.
 */
import "./page.js";
import "./templates.js";
import "./webhooks.js";
import "./validity.js";
import "./numbers.js";
import "./setup.js";

export * from "../index.js";
