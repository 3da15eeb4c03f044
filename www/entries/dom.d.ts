/** Types of `reply-window/adapters/dom`. */
export * from "../types/www/adapters/dom/index.js";
export type { Part, ComposerParts } from "../types/www/adapters/dom/parts.js";
export type * from "./desk.d.ts";
