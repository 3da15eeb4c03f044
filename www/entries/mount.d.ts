/** Types of `reply-window/mount`. */
export * from "../types/www/mount.js";
export type * from "./desk.d.ts";
export type * from "./element-types.d.ts";
export type { Composer, ComposerAdapter } from "../types/www/adapters/dom/index.js";
export type { Part, ComposerParts } from "../types/www/adapters/dom/parts.js";
export type { DraftStore, StoredDraft } from "../types/www/controller/drafts.js";
export type { WindowService } from "../types/www/client/client.js";
