// @ts-check
/** The module of windows that stay. */
import * as glue from "../../pkg/book.js";
import { wasmModule } from "../load.js";
import { hex } from "./book-bytes.gen.js";

export const book = /* @__PURE__ */ wasmModule(glue, hex, "book");
