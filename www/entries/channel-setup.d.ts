/** Types of `reply-window/channel-setup`. */
import type { ChannelSetupElement } from "../types/www/elements/setup/channel-setup.js";

export * from "../types/www/elements/setup/define.js";
export type { ChannelRecord, Finding, OtherChannel } from "../types/src/wire/types.d.ts";

/** The attributes, as HTML has them. */
export interface ChannelSetupAttributes {
  locale?: string | undefined;
  theme?: "light" | "dark" | "auto" | undefined;
}

/** The numbers of findings, after each check. */
export type ChannelChangeEvent = CustomEvent<{ errors: number; warnings: number }>;

declare module "../types/www/elements/setup/channel-setup.js" {
  interface ChannelSetupElement {
    addEventListener(type: "channel-change", listener: (this: ChannelSetupElement, event: ChannelChangeEvent) => any, options?: boolean | AddEventListenerOptions): void;
    addEventListener<Name extends keyof HTMLElementEventMap>(
      type: Name, listener: (this: HTMLElement, event: HTMLElementEventMap[Name]) => any, options?: boolean | AddEventListenerOptions): void;
    addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "channel-setup": ChannelSetupElement;
  }
}
