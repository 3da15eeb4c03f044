// @ts-check
import compiled from "../../pkg/setup_bg.wasm";
import { setup } from "../../engine/modules/setup.js";

setup.from(compiled);
