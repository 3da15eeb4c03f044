/** Addresses and telephone numbers. */

import type { Channel } from "./session.d.ts";

/** Who is meant, strictly as providers write it. `position` counts UTF-16 units from the start of the text. */
export type Address =
  /** `plus-lost`: a space stood where the plus was, as a form decodes one that was not escaped; the plus is back. */
  | { kind: "phone"; phone: string; channel?: Channel; problem?: "plus-lost" }
  | { kind: "bsuid"; bsuid: string; parent: boolean; channel?: Channel }
  | { kind: "group"; group: string; channel?: Channel }
  | { kind: "unknown"; reason: AddressReason; position?: number; channel?: Channel };

export type AddressReason =
  | "empty" | "too-long" | "too-short" | "no-plus" | "leading-zero" | "bad-character" | "opaque-id" | "not-an-address";

/** Whom a WhatsApp id stands for: with or without `whatsapp:`, a plus, `@s.whatsapp.net`, `@c.us`, `@g.us`, `@lid`. */
export type WhatsappCustomer =
  | {
      kind: "phone";
      /** A plus and the digits of the id, never rewritten: the form to reply to. */
      phone: string;
      /** `legacy`: a form that the numbering plan has given up and WhatsApp has not. Gate on anything but `invalid`. */
      verdict: "valid" | "legacy" | "possible" | "invalid";
      /** For `invalid`. */
      reason?: "no-such-calling-code" | PossibleLength;
      region?: string;
      type?: NumberType;
      /** The same for all forms that surely are the same customer's: for keys and comparison, never for sending. */
      canonical: string;
    }
  | { kind: "bsuid"; bsuid: string; parent: boolean }
  | { kind: "group"; group: string }
  | { kind: "lid"; lid: string }
  | { kind: "unknown"; reason: AddressReason; position?: number };

/** `maybe` is never to be merged without asking. */
export interface SameCustomer {
  kind: "yes" | "maybe" | "no";
  reason:
    | "equal" | "different" | "different-kinds" | "unreadable"
    | "mexico-1" | "brazil-9" | "argentina-9" | "ivory-coast-2021" | "benin-2024"
    | "gabon-2019" | "vietnam-2018" | "mauritius-2013" | "togo-2011" | "ecuador-2012" | "colombia-2021" | "kosovo-2016"
    | "san-marino-1996" | "national-prefix";
  /**
   * Beside `no`: whether they surely are two customers' (the calling codes or the last six digits of two phone numbers
   * differ; a group and a customer). What the rules do not know may still be one customer's.
   */
  surelyDifferent?: boolean;
}

/**
 * Digits with an optional plus in front, and nothing else. `position`: of the first wrong character, in UTF-16 units from 0;
 * `character`: all of it, of an emoji both units. `repaired` is offered, never applied.
 */
export type NumberText =
  | { kind: "ok"; number: string }
  | { kind: "wrong"; reason: AddressReason; position?: number; character?: string; repaired?: string };

export type NumberType =
  | "premium-rate" | "toll-free" | "shared-cost" | "voip" | "personal-number" | "pager" | "uan" | "voicemail"
  | "fixed-line" | "mobile" | "fixed-line-or-mobile";

/** Google's reasons; all but `possible` say what is wrong with the length. */
export type PossibleLength = "possible" | "local-only" | "too-short" | "too-long" | "invalid-length";

export interface RefusedNumber {
  kind: "refused";
  reason:
    | "empty" | "text-too-long" | "not-a-number" | "no-region" | "no-such-calling-code" | "too-short-after-prefix"
    | "too-short" | "too-long";
  position?: number;
}

export type ParsedNumber =
  | {
      kind: "number";
      e164: string;
      callingCode: number;
      nationalNumber: string;
      extension?: string;
      possible: PossibleLength;
      valid: boolean;
      /** Present if, and only if, the number is valid. */
      type?: NumberType;
      /** ISO 3166-1 alpha-2, or `001` for a calling code of the whole world. */
      region?: string;
      /** What a text without a plus is as an international number, where that is valid and another number. */
      alternative?: AlternativeNumber;
    }
  | RefusedNumber;

/**
 * `4915123456789` in Germany is a German number to Google's library, and WhatsApp's way to write another one. `likelier`:
 * whether this one is likelier meant than what was read in the region, because that is too long or because the text begins
 * with the region's own calling code. If not, ask.
 */
export type AlternativeNumber = Exclude<ParsedNumber, RefusedNumber> & { likelier: boolean };

export type FormattedNumber = { kind: "formatted"; text: string } | RefusedNumber;

/** What this part of the engine offers. */
export interface AddressFunctions {
  parseAddress(input: { text: string }): Address;
  identifyCustomer(input: { text: string }): WhatsappCustomer;
  sameCustomer(input: { a: string; b: string }): SameCustomer;
  /** The forms under which to look a customer up, the given one first (phone numbers with a plus). */
  lookupCandidates(input: { text: string }): string[];
  checkNumberText(input: { text: string }): NumberText;
}

/**
 * What this part of the engine offers without a tree of values: texts and integers go in and come out. `parseNumber`,
 * `formatNumber`, `asYouType` and `isValidNumber` of the package are made of them.
 */
export interface NumberFunctions {
  /**
   * What is to be said of a text: see `written` in `src/wire/numbers.rs`, which says how the answer is read. `region`:
   * two capitals, 8 bits each, or 0; `styles`: a bit for each of E.164, national, international, RFC 3966, and 32 for the
   * alternative, or 16 for the text as it is shown while it is typed.
   */
  readNumber(text: string, region: number, styles: number): string;
  /** Whether a text is a valid number, in international form, however it is spaced. */
  isValidText(text: string): boolean;
  /**
   * Whether a plus and at most 15 digits are a valid number: four bits each, the first one the highest, eight in `first`.
   * They hold what the digit lacks of 15; behind the last one is 0.
   */
  areValidDigits(first: number, rest: number): boolean;
}
