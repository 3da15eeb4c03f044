/** Types of `reply-window/element`. */
export * from "../types/www/elements/define.js";
export type * from "./desk.d.ts";
export type * from "./element-types.d.ts";
