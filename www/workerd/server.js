// @ts-check
/** `reply-window/server` for workerd, with the modules that a server asks. */
import "./core.js";
import "./content.js";
import "./webhooks.js";
import "./numbers.js";
import "./setup.js";

export * from "../server/index.js";
