/** Types of `reply-window/stores/redis`. */
export * from "../types/www/stores/redis/redis.js";
export type { ClosesAt } from "../types/www/stores/closing.js";
export type { Send } from "../types/www/stores/redis/server.js";
export type * from "./stores.d.ts";
