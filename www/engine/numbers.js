// @ts-check
/** The module that reads telephone numbers; a bundler leaves it out of a page that reads none. */
import * as glue from "../pkg/numbers.js";
import { base64 } from "./numbers-bytes.gen.js";
import { wasmModule } from "./load.js";

export const numbers = wasmModule(glue, base64);
