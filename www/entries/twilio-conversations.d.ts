/** Types of `reply-window/adapters/twilio-conversations`. */
export * from "../types/www/adapters/twilio-conversations/index.js";
export type { ClientLike, ContentTemplateLike, ConversationLike, MessageLike, VariableClass } from "../types/www/adapters/twilio-conversations/sdk.js";
export type { More } from "../types/www/adapters/twilio-conversations/templates.js";
export type { Composer } from "../types/www/adapters/dom/index.js";
export type * from "./desk.d.ts";
