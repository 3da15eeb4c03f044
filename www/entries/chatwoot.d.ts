/** Types of `reply-window/adapters/chatwoot`. */
export * from "../types/www/adapters/chatwoot/index.js";
export type { ChatwootContact, ChatwootContext, ChatwootMessage } from "../types/www/adapters/chatwoot/context.js";
export type * from "./desk.d.ts";
