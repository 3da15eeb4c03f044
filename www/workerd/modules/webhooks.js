// @ts-check
import compiled from "../../pkg/webhooks_bg.wasm";
import { webhooks } from "../../engine/webhooks.js";

webhooks.from(compiled);
