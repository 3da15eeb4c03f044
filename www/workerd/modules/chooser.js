// @ts-check
import compiled from "../../pkg/chooser_bg.wasm";
import { chooser } from "../../engine/modules/chooser.js";

chooser.from(compiled);
