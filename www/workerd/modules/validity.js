// @ts-check
import compiled from "../../pkg/validity_bg.wasm";
import { validity } from "../../engine/validity.js";

validity.from(compiled);
