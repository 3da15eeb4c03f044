// @ts-check
/** The module that verifies webhooks and reads them; a bundler leaves it out of a page that does not. */
import * as glue from "../../pkg/webhooks.js";
import { wasmModule } from "../load.js";
import { base64 } from "./webhooks-bytes.gen.js";

export const webhooks = /* @__PURE__ */ wasmModule(glue, base64);
