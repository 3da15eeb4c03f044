/** Types of `reply-window/service`. */
export * from "../types/www/service/service.js";
export type { ServiceOptions, LogEntry } from "../types/www/service/parts.js";
export type { Permission, Caller, Token, Authorize } from "../types/www/service/access.js";
export type { RelayOptions } from "../types/www/service/relay-send.js";
export type * from "./stores.d.ts";
