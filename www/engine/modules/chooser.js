// @ts-check
/** The module that chooses templates and fills them in. */
import * as glue from "../../pkg/chooser.js";
import { wasmModule } from "../load.js";
import { hex } from "./chooser-bytes.gen.js";

export const chooser = /* @__PURE__ */ wasmModule(glue, hex, "chooser");
