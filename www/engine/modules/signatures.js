// @ts-check
/** The module that verifies signatures, and reads no webhook. */
import * as glue from "../../pkg/signatures.js";
import { wasmModule } from "../load.js";
import { hex } from "./signatures-bytes.gen.js";

export const signatures = /* @__PURE__ */ wasmModule(glue, hex, "signatures");
