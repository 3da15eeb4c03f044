// @ts-check
import compiled from "../../pkg/templates_bg.wasm";
import { templates } from "../../engine/modules/templates.js";

templates.from(compiled);
