// @ts-check
import compiled from "../../pkg/numbers_bg.wasm";
import { numbers } from "../../engine/modules/numbers.js";

numbers.from(compiled);
