// @ts-check
/** The module that reads the providers' pages of templates; most pages are handed templates that were read already. */
import * as glue from "../pkg/content.js";
import { base64 } from "./content-bytes.gen.js";
import { wasmModule } from "./load.js";

export const content = wasmModule(glue, base64);
