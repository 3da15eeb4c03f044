// @ts-check
/** The module that reads the providers' pages of templates; most pages are handed templates that were read already. */
import * as glue from "../../pkg/templates.js";
import { wasmModule } from "../load.js";
import { hex } from "./templates-bytes.gen.js";

export const templates = /* @__PURE__ */ wasmModule(glue, hex, "templates");
