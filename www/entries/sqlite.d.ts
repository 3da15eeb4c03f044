/** Types of `reply-window/stores/sqlite`. */
export * from "../types/www/stores/sqlite/sqlite.js";
export type { ClosesAt } from "../types/www/stores/closing.js";
export type { Database } from "../types/www/stores/sqlite/database.js";
export type { DurableStorage } from "../types/www/stores/sqlite/durable.js";
export type * from "./stores.d.ts";
