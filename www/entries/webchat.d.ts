/** Types of `reply-window/adapters/webchat`. */
export * from "../types/www/adapters/webchat/index.js";
export type { Middleware, TemplateMessage } from "../types/www/adapters/webchat/gate.js";
export type { ReactLike, SendBoxMiddleware } from "../types/www/adapters/webchat/composer-place.js";
export type { Activity } from "../types/www/adapters/webchat/activity.js";
export type * from "./desk.d.ts";
