// @ts-check
/**
 * `reply-window` for workerd, which compiles WebAssembly when a Worker is deployed and never from bytes: the same
 * functions, started from the `.wasm` files of the package.
 */
import "./modules/page.js";
import "./modules/book.js";
import "./modules/chooser.js";
import "./modules/templates.js";
import "./modules/webhooks.js";
import "./modules/signatures.js";
import "./modules/validity.js";
import "./modules/numbers.js";
import "./modules/setup.js";
import "./modules/server.js";

export * from "../index.js";
