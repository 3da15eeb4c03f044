// @ts-check
/** `reply-window/server` for workerd, with the modules that a server asks. */
import "./modules/server.js";
import "./modules/numbers.js";
import "./modules/setup.js";

export * from "../server/index.js";
