/** Types of `reply-window`: the rules, and the shapes that they take and give. */
export * from "../types/www/index.js";
export type * from "../types/src/wire/types.d.ts";
export type { VerificationKey, Keys, KeySource } from "../types/www/engine/keys.js";
export type { VerifiedWebhook, VerifyOptions, VerifyRequestOptions, WebhookRequest, HeadersLike, RawRequest } from "../types/www/engine/webhook.js";
export type { WebhookDiagnosis, Remark, Sentence } from "../types/www/engine/diagnose.js";
export type { WindowOptions, SenderOptions } from "../types/www/engine/session-calls.js";
export type { BookWindow, WindowBook } from "../types/www/engine/window-book.js";
export type { EligibilityQuestion } from "../types/www/engine/template.js";
export type { TemplateIndex, Need } from "../types/www/engine/template-index.js";
export type { NumberFormat } from "../types/www/engine/phone-number.js";
