// @ts-check
/** The module that judges whether a telephone number is valid, and nothing else. */
import * as glue from "../../pkg/validity.js";
import { wasmModule } from "../load.js";
import { hex } from "./validity-bytes.gen.js";

export const validity = /* @__PURE__ */ wasmModule(glue, hex, "validity");
