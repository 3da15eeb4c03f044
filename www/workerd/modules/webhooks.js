// @ts-check
import compiled from "../../pkg/webhooks_bg.wasm";
import { webhooks } from "../../engine/modules/webhooks.js";

webhooks.from(compiled);
