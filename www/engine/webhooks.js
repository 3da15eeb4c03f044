// @ts-check
/** The module that only a receiver of webhooks needs; a bundler leaves it out of a page that does not verify. */
import * as glue from "../pkg/webhooks.js";
import { base64 } from "./webhooks-bytes.gen.js";
import { wasmModule } from "./load.js";

export const webhooks = wasmModule(glue, base64);
