// @ts-check
import compiled from "../pkg/core_bg.wasm";
import { core } from "../engine/core.js";

core.from(compiled);
