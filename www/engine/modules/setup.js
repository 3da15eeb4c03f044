// @ts-check
/** The module that only a set-up form and its middleware need; a bundler leaves it out of an agent's page. */
import * as glue from "../../pkg/setup.js";
import { wasmModule } from "../load.js";
import { hex } from "./setup-bytes.gen.js";

export const setup = /* @__PURE__ */ wasmModule(glue, hex, "setup");
