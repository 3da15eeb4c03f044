/** Types of `reply-window/client`. */
export * from "../types/www/client/client.js";
export type { Party, Known, Listener, Policies } from "../types/www/client/windows.js";
export type { Connection } from "../types/www/client/following.js";
export type { ServerTime } from "../types/www/client/server-time.js";
