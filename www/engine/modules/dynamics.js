// @ts-check
/** The module that reads the tables of Dynamics 365. */
import * as glue from "../../pkg/dynamics.js";
import { wasmModule } from "../load.js";
import { hex } from "./dynamics-bytes.gen.js";

export const dynamics = /* @__PURE__ */ wasmModule(glue, hex, "dynamics");
