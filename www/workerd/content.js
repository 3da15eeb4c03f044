// @ts-check
import compiled from "../pkg/content_bg.wasm";
import { content } from "../engine/content.js";

content.from(compiled);
