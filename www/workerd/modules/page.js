// @ts-check
import compiled from "../../pkg/page_bg.wasm";
import { page } from "../../engine/modules/page.js";

page.from(compiled);
