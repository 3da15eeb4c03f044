// @ts-check
/** `reply-window/service` for workerd, with the module that it asks. */
import "./modules/server.js";

export * from "../service/service.js";
