// @ts-check
/** All that a request takes at a server, in one module: a process that receives webhooks holds one instance for it. */
import * as glue from "../../pkg/server.js";
import { wasmModule } from "../load.js";
import { hex } from "./server-bytes.gen.js";

export const server = /* @__PURE__ */ wasmModule(glue, hex, "server");
