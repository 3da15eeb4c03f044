/** Types of `reply-window/adapters/flex`. */
export * from "../types/www/adapters/flex/index.js";
export type { ActionFunction, ActionsLike, Replacement } from "../types/www/adapters/flex/actions.js";
export type { FlexMessage, FlexMessageSource, StoreLike } from "../types/www/adapters/flex/conversation.js";
export type { MessageInputLike, ReactLike } from "../types/www/adapters/flex/place.js";
export type * from "./desk.d.ts";
