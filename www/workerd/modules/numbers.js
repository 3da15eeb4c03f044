// @ts-check
import compiled from "../../pkg/numbers_bg.wasm";
import { numbers } from "../../engine/numbers.js";

numbers.from(compiled);
