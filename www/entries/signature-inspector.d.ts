/** Types of `reply-window/signature-inspector`. */
import type { SignatureInspectorElement } from "../types/www/elements/inspector/signature-inspector.js";

export * from "../types/www/elements/inspector/define.js";

/** The attributes, as HTML has them. */
export interface SignatureInspectorAttributes {
  locale?: string | undefined;
  theme?: "light" | "dark" | "auto" | undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    "signature-inspector": SignatureInspectorElement;
  }
}
