/** `<reply-window>` as TypeScript sees it: its events by name, its place among the page's elements, its attributes in JSX. */
import type { Details, ReplyWindowEvent } from "../types/www/elements/events.js";
import type { ReplyWindowElement } from "../types/www/elements/reply-window.js";

export type { ReplyWindowEvent, ReplyWindowElement };

/** What each event carries in `detail`, by the event's name. */
export type ReplyWindowEventDetails = Details;

/** The events by name. */
export type ReplyWindowEventMap = { [Name in keyof Details]: ReplyWindowEvent<Name> };

/** The attributes, as HTML has them. */
export interface ReplyWindowAttributes {
  locale?: string | undefined;
  theme?: "light" | "dark" | "auto" | undefined;
  "numbering-system"?: string | undefined;
  "time-zone"?: string | undefined;
  compact?: boolean | "" | undefined;
  fitted?: boolean | "" | undefined;
  "conversation-id"?: string | undefined;
  business?: string | undefined;
  customer?: string | undefined;
  "last-inbound-at"?: string | undefined;
}

declare module "../types/www/elements/reply-window.js" {
  interface ReplyWindowElement {
    addEventListener<Name extends keyof ReplyWindowEventMap>(
      type: Name, listener: (this: ReplyWindowElement, event: ReplyWindowEventMap[Name]) => any, options?: boolean | AddEventListenerOptions): void;
    addEventListener<Name extends keyof HTMLElementEventMap>(
      type: Name, listener: (this: HTMLElement, event: HTMLElementEventMap[Name]) => any, options?: boolean | AddEventListenerOptions): void;
    addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
    removeEventListener<Name extends keyof ReplyWindowEventMap>(
      type: Name, listener: (this: ReplyWindowElement, event: ReplyWindowEventMap[Name]) => any, options?: boolean | EventListenerOptions): void;
    removeEventListener<Name extends keyof HTMLElementEventMap>(
      type: Name, listener: (this: HTMLElement, event: HTMLElementEventMap[Name]) => any, options?: boolean | EventListenerOptions): void;
    removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "reply-window": ReplyWindowElement;
  }
}
