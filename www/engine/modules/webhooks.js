// @ts-check
/** The module that verifies webhooks and reads them; a bundler leaves it out of a page that does not. */
import * as glue from "../../pkg/webhooks.js";
import { wasmModule } from "../load.js";
import { hex } from "./webhooks-bytes.gen.js";

export const webhooks = /* @__PURE__ */ wasmModule(glue, hex, "webhooks");
