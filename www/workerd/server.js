// @ts-check
/** `reply-window/server` for workerd, with the modules that a server asks. */
import "./server.js";
import "./page.js";
import "./webhooks.js";
import "./numbers.js";
import "./setup.js";

export * from "../server/index.js";
