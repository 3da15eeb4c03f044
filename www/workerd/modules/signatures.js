// @ts-check
import compiled from "../../pkg/signatures_bg.wasm";
import { signatures } from "../../engine/modules/signatures.js";

signatures.from(compiled);
