/**
 * The contract between the engine (Rust) and its callers (JavaScript): plain data only.
 *
 * Conventions
 * - Fields are camelCase; codes and kinds are kebab-case; the discriminant is always `kind`.
 * - Instants are integer milliseconds since 1970-01-01T00:00:00Z and end in `AtMs`; spans end in `Ms`.
 * - Absent means: the property is missing. Never `null`, never `""`.
 * - An unknown field in an input is an error that names the path of the field.
 */

// ---------------------------------------------------------------------------------------------- session

/** Messaging channel, one row of the policy table each. */
export type Channel =
  | "whatsapp" | "messenger" | "instagram" | "tiktok" | "wechat" | "viber" | "line" | "telegram" | "sms";

/** What happened. The class of each kind (opens, unsettled, never) is data of the {@link Policy}. */
export type EventKind =
  // never opens a window
  | "unknown" | "system" | "echo" | "preference" | "call-declined" | "failed"
  // no source says whether these open a window
  | "reaction" | "edit" | "delete" | "unsupported" | "call-permission"
  // opens a window
  | "text" | "image" | "audio" | "video" | "document" | "sticker" | "location" | "contacts" | "order"
  | "button" | "list-reply" | "flow-reply" | "call" | "call-accepted"
  // what we did ourselves (logs `sent` and `refused`)
  | "session-message" | "template-message";

/** Which of the three maps of a window a record belongs to. */
export type RecordLog = "customer" | "refused" | "sent";

/** One thing that happened, with up to three clocks' word for when. At least one time is present. */
export interface WindowRecord {
  /** The provider's message or call id: the key of the record. 1 to 256 characters. */
  id: string;
  kind: EventKind;
  /** The provider's time. For `refused` and `sent`: when the message was handed over. */
  providerAtMs?: number;
  /** When our own server received it. */
  receiptAtMs?: number;
  /** When the desktop saw it; used only where the other two are absent. */
  desktopAtMs?: number;
}

/** State of one window. Merge is a union; order and repetition of the same evidence never change it. Lists are sorted by id. */
export interface WindowState {
  version: 1;
  customer: WindowRecord[];
  refused: WindowRecord[];
  sent: WindowRecord[];
}

/** Who the customer is. At least one field is present; a group excludes the others. */
export interface Identity {
  /** E.164 with a leading plus. */
  phone?: string;
  /** Business-scoped user id, for example `NL.7203944817265509`. */
  bsuid?: string;
  parentBsuid?: string;
  username?: string;
  group?: string;
}

/** What an inbound webhook becomes: a record, and whose window it belongs to. */
export interface SessionEvent extends WindowRecord {
  log: RecordLog;
  channel: Channel;
  /** Our own address on the channel (for WhatsApp: E.164 with a leading plus). */
  business: string;
  customer: Identity;
}

export interface Policy {
  version: 1;
  channel: Channel;
  /** Length of the window. Absent: the channel has no window. */
  lengthMs?: number;
  /** Closing is judged this much early. */
  marginMs: number;
  /** `closing` begins this long before closing. */
  warningMs: number;
  /** What may be sent after closing. */
  after: "nothing" | "template" | "tag" | "paid";
  /** For `after: "tag"`. */
  tag?: { name: string; lengthMs: number };
  /** Messages without an answer before the window closes for `limit`. */
  maxUnanswered?: number;
  /** Class of each event kind; kinds not named never open. */
  opens: EventKind[];
  /** Kinds that no source settles; they open only if `unsettledOpens` is true. */
  unsettled: EventKind[];
  unsettledOpens: boolean;
}

export interface WindowStatus {
  kind: "open" | "closing" | "closed" | "unknown";
  reason:
    | "customer-event"   // open, closing
    | "no-window"        // open: the channel has no window
    | "expired" | "refused" | "limit" | "silent"   // closed
    | "no-evidence";     // unknown
  /** Time of the customer event that opened the window. */
  openedAtMs?: number;
  /** When it closes (or closed), margin included. Absent where nothing opened it. */
  closesAtMs?: number;
  /** The next instant at which kind or reason differs, if nothing else happens. */
  nextChangeAtMs?: number;
  /** The record that decided, and whose clock it was judged by. */
  decidedBy?: { log: RecordLog; id: string; kind: EventKind; atMs: number; clock: "provider" | "receipt" | "desktop" };
  /** Customer records that did not open the window, newest first, at most 8. */
  ignored: { id: string; kind: EventKind; atMs: number; why: "never-opens" | "unsettled" }[];
  /** Messages left until the limit; only where the policy has one. */
  messagesLeft?: number;
}

/** What somebody is about to send. */
export type Draft =
  | { kind: "text" }
  | { kind: "template" }
  | { kind: "tagged"; tag: string };

export interface Verdict {
  kind: "allowed" | "confirm" | "tagged" | "paid" | "template-only" | "blocked";
  /** Stable code: `window-open`, `window-unknown`, `window-expired`, `window-refused`, `window-limit`, `window-silent`, `no-window`, `template`, `tag-allowed`, `tag-expired`, `tag-unknown`, `paid-message`. */
  reason: string;
}

export interface Judgement { status: WindowStatus; verdict: Verdict }

// ---------------------------------------------------------------------------------------------- address

/** Who is meant, strictly as providers write it. `position` counts UTF-16 units from the start of the text. */
export type Address =
  | { kind: "phone"; phone: string; channel?: Channel }
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
    | "mexico-1" | "brazil-9" | "argentina-9" | "ivory-coast-2021" | "benin-2024";
}

/** Digits with an optional plus in front, and nothing else. `repaired` is offered, never applied. */
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
    }
  | RefusedNumber;

export type FormattedNumber = { kind: "formatted"; text: string } | RefusedNumber;

/** What this part of the engine offers. */
export interface AddressFunctions {
  parseAddress(input: { text: string }): Address;
  identifyCustomer(input: { text: string }): WhatsappCustomer;
  sameCustomer(input: { a: string; b: string }): SameCustomer;
  /** The forms under which to look a customer up, the given one first (phone numbers with a plus). */
  lookupCandidates(input: { text: string }): string[];
  checkNumberText(input: { text: string }): NumberText;
  /** Reads what people paste. `defaultRegion` is where a national form belongs. */
  parseNumber(input: { text: string; defaultRegion?: string }): ParsedNumber;
  formatNumber(input: {
    text: string;
    defaultRegion?: string;
    format: "e164" | "national" | "international" | "rfc3966";
  }): FormattedNumber;
  /** Sets separators while a number is being typed; digits are never added, dropped or moved. */
  asYouType(input: { digits: string; defaultRegion?: string }): string;
  /** The same as `parseNumber(…).valid` for E.164, without a tree of values. */
  isValidNumber(text: string): boolean;
  /**
   * A number's judgement in one integer: bits 0-3 place of the refusal counted from 1 (0: none), 4-7 place of the type
   * counted from 1 (0: not valid), 8-10 place of {@link PossibleLength}, 12-21 calling code, 22-31 two letters of the
   * region, 5 bits each, `A` being 1 (0: none, 1023: `001`). Places are those in the unions above.
   */
  checkNumber(text: string): number;
}

// ---------------------------------------------------------------------------------------------- template

export type TemplateStatus =
  | "approved" | "unsubmitted" | "received" | "pending" | "rejected" | "paused" | "disabled"
  | "in-appeal" | "limit-exceeded" | "locked" | "flagged" | "reinstated" | "pending-deletion" | "deleted" | "archived"
  | "unknown";

export type TemplateCategory = "utility" | "marketing" | "authentication" | "unknown";

/** One text of a template in which placeholders may stand. */
export interface TemplateText { text: string; placeholders: { name: string; start: number; end: number }[] }

export interface TemplateButton {
  kind: "quick-reply" | "url" | "phone" | "copy-code" | "call" | "flow" | "list" | "catalog" | "other";
  title: TemplateText;
  /** URL, phone number or code, where the button has one. */
  target?: TemplateText;
}

export interface TemplateCard { title?: TemplateText; body?: TemplateText; media?: TemplateText; buttons: TemplateButton[] }

/** One model for Twilio Content resources and Meta message templates. */
export interface Template {
  /** Content SID (`HX…`) or Meta's template id. */
  id: string;
  source: "twilio" | "meta";
  name: string;
  /** As the provider writes it: `en`, `pt_BR`. */
  language: string;
  category: TemplateCategory;
  status: TemplateStatus;
  rejectionReason?: string;
  /** The type that WhatsApp renders, for example `twilio/quick-reply`; others that the resource holds are in `types`. */
  type: string;
  types: string[];
  header?: { kind: "text" | "image" | "video" | "document" | "location" | "media"; text?: TemplateText; media?: TemplateText };
  body?: TemplateText;
  footer?: TemplateText;
  buttons: TemplateButton[];
  cards: TemplateCard[];
  /** What must be filled in: the placeholders found in the texts (and `1` for `whatsapp/authentication`), in order. */
  variables: { name: string; sample?: string }[];
  updatedAtMs?: number;
}

export interface ImportProblem { code: string; path: string; message: string; id?: string }
export interface Import { templates: Template[]; problems: ImportProblem[]; nextPageUrl?: string }

export interface EligibilityContext {
  channel: Channel;
  /** Whether free text may go out now; some types may be sent only then. */
  windowOpen: boolean;
  customer?: Identity;
  optedOutOfMarketing?: boolean;
  /** Content SIDs or ids that the provider refused lately, with its error code. */
  refused?: { id: string; code: number; atMs: number }[];
  nowAtMs: number;
}
export interface Eligibility { kind: "sendable" | "not-sendable"; reasons: { code: string; message: string }[]; notes: { code: string; message: string }[] }

export interface FillProblem {
  /** `missing`, `empty`, `newline`, `tab`, `spaces`, `too-long`, `undeclared`, `body-too-long`, … */
  code: string;
  /** Name of the variable; absent where the whole is meant. */
  variable?: string;
  message: string;
  /** The repaired value, offered, never applied. */
  repair?: string;
}
/** A run of preview text: literal, a filled value, or a slot without one. */
export interface PreviewSpan { kind: "text" | "value" | "missing"; text: string; variable?: string }
export interface PreviewButton { kind: TemplateButton["kind"]; title: PreviewSpan[]; target?: PreviewSpan[] }
export interface Preview {
  header?: { kind: string; text?: PreviewSpan[]; media?: PreviewSpan[] };
  body?: PreviewSpan[];
  footer?: PreviewSpan[];
  buttons: PreviewButton[];
  cards: { title?: PreviewSpan[]; body?: PreviewSpan[]; media?: PreviewSpan[]; buttons: PreviewButton[] }[];
  direction: "ltr" | "rtl";
}
export type Fill =
  | { kind: "ready"; id: string; contentVariables: string; text: string; preview: Preview }
  | { kind: "incomplete"; problems: FillProblem[]; preview: Preview };

// ---------------------------------------------------------------------------------------------- webhook

export interface InboundMessage {
  id: string;
  kind: EventKind;
  /** The provider's word for the kind. */
  providerKind: string;
  from: Identity;
  to: string;
  text?: string;
  profileName?: string;
  media: { url?: string; id?: string; contentType?: string; filename?: string }[];
  button?: { text?: string; payload?: string };
  location?: { latitude: number; longitude: number; label?: string; address?: string };
  repliedTo?: string;
  atMs?: number;
}
export interface DeliveryStatus {
  id: string;
  status: "queued" | "sent" | "delivered" | "read" | "undelivered" | "failed" | "unknown";
  errorCode?: number;
  business?: string;
  customer?: Identity;
  atMs?: number;
}
export interface Inbound {
  source: "twilio-messaging" | "twilio-status" | "twilio-conversations" | "twilio-events" | "meta" | "unknown";
  events: SessionEvent[];
  messages: InboundMessage[];
  statuses: DeliveryStatus[];
  problems: ImportProblem[];
}
export interface VerifiedForm { key: number; url: string; parameters: { name: string; value: string }[] }
