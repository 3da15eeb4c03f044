// @ts-check
/** The module that reads and writes telephone numbers; a bundler leaves it out of a page that reads none. */
import * as glue from "../../pkg/numbers.js";
import { wasmModule } from "../load.js";
import { hex } from "./numbers-bytes.gen.js";

export const numbers = /* @__PURE__ */ wasmModule(glue, hex, "numbers");
