// @ts-check
import compiled from "../../pkg/validity_bg.wasm";
import { validity } from "../../engine/modules/validity.js";

validity.from(compiled);
