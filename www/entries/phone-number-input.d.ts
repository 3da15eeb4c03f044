/** Types of `reply-window/phone-number-input`. */
import type { PhoneNumberInputElement } from "../types/www/elements/phone-number-input/phone-number-input.js";

export * from "../types/www/elements/phone-number-input/define.js";
export type { NumberVerdict } from "../types/www/elements/phone-number-input/judgement.js";

/** The attributes, as HTML has them. */
export interface PhoneNumberInputAttributes {
  label?: string | undefined;
  name?: string | undefined;
  value?: string | undefined;
  "default-region"?: string | undefined;
  required?: boolean | "" | undefined;
  disabled?: boolean | "" | undefined;
  readonly?: boolean | "" | undefined;
  locale?: string | undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    "phone-number-input": PhoneNumberInputElement;
  }
}
