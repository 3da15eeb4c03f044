// @ts-check
/** The module that a page needs: windows, addresses, templates. */
import * as glue from "../../pkg/page.js";
import { wasmModule } from "../load.js";
import { hex } from "./page-bytes.gen.js";

export const page = /* @__PURE__ */ wasmModule(glue, hex, "page");

/**
 * Starts the engine without blocking, for browsers that refuse to compile WebAssembly synchronously on the main
 * thread. Elsewhere it is not needed: the first call starts the engine by itself. May be awaited any number of times.
 *
 * @returns {Promise<void>}
 * @throws {import("../errors.js").ReplyWindowError} `engine-unavailable` where WebAssembly is absent or forbidden by
 *   the page's policy
 * @example
 * await ready();
 */
export const ready = () => page.ready();
