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

/** What an inbound webhook becomes: a record, and whose window it belongs to. `foldEvents` needs only record and `log`. */
export interface SessionEvent extends WindowRecord {
  log: RecordLog;
  channel: Channel;
  /** Our own address on the channel (for WhatsApp: E.164 with a leading plus). */
  business: string;
  customer: Identity;
}

/**
 * Refused as `bad-policy` with the field: a length of 0, a margin or warning as long as the window, a tag shorter than
 * the window, a limit of 0, a kind both in `opens` and `unsettled`, a kind of our own sends in either, terms of a window
 * without `lengthMs`. Another version: `unsupported-version`.
 */
export interface Policy {
  version: 1;
  channel: Channel;
  /** Length of the window. Absent: the channel has no window. */
  lengthMs?: number;
  /** Closing (of the window, and of the tag) is judged this much early. */
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
  /** When it closes (or closed) by the clock, margin included, whatever else closed it before. Absent where nothing opened it. */
  closesAtMs?: number;
  /** The next instant at which kind or reason differs, if nothing else happens. */
  nextChangeAtMs?: number;
  /** The record that decided, and whose clock it was judged by. For `limit`: the latest counted message. Absent where nothing did. */
  decidedBy?: { log: RecordLog; id: string; kind: EventKind; atMs: number; clock: "provider" | "receipt" | "desktop" };
  /** Customer records that did not open the window, newest first, at most 8. */
  ignored: { id: string; kind: EventKind; atMs: number; why: "never-opens" | "unsettled" }[];
  /** Messages left until the limit: where the policy has one, while open, closing, or closed for `limit`. */
  messagesLeft?: number;
}

/** What somebody is about to send. */
export type Draft =
  | { kind: "text" }
  | { kind: "template" }
  | { kind: "tagged"; tag: string };

/**
 * What becomes of free text in an unknown window: a person is asked before each send, or it is locked as in a closed one. A yes that was
 * handed in (`confirmed`) lets that one send out either way.
 */
export type Unknown = "ask" | "block";

export interface Verdict {
  /** What the draft is, in a word for people. Whether it leaves and what it locks stands in `leaves` and `locksComposer`: decide by those. */
  kind: "allowed" | "confirm" | "tagged" | "paid" | "template-only" | "blocked";
  /**
   * Stable code. Free text on a closed window: `paid` and `tagged` say what it may go out as, the others why not.
   * `window-open`, `window-unknown`, `window-expired`, `window-refused`, `window-limit`, `window-silent`, `no-window`, `template`, `no-template`, `tag-allowed`, `tag-expired`, `tag-unknown`, `paid-message`.
   */
  reason: string;
  /** Whether this draft leaves now: as it is, once a person says yes to `reason` for this one send, if it carries `tag`, or not. */
  leaves: "yes" | "with-confirmation" | "with-tag" | "no";
  /** Whether free text is locked now, whatever this draft is, and whoever said yes to it. */
  locksComposer: boolean;
  /** What else may go out in place of this draft. */
  alternatives: "template"[];
  /** Where it leaves `with-tag`: that tag. */
  tag?: string;
  /** The verdict stands until this instant at least, if nothing else happens. Absent: for good. Ask again then. */
  validUntilAtMs?: number;
}

export interface Judgement { status: WindowStatus; verdict: Verdict }

/** By which policy: one of the two is required, and both must name the same channel. */
export interface ByPolicy { policy?: Policy; channel?: Channel }

/** What the session functions take and give. States come in any order, with any repetition, and go out sorted by id. */
export interface SessionFunctions {
  /** All events must belong to one window: see `windowKeys`. */
  foldEvents(input: {
    state?: WindowState;
    events: (WindowRecord & { log: RecordLog } & Partial<Pick<SessionEvent, "channel" | "business" | "customer">>)[];
  }): WindowState;
  /** Union: commutative, associative, idempotent. */
  mergeStates(input: { states: WindowState[] }): WindowState;
  /** For storage: the 64 latest records of each list, and the latest of each kind. */
  compactState(input: { state: WindowState }): WindowState;
  /** `observedSinceAtMs`: since when every event of this window is known to have reached us; makes `silent` possible. */
  windowStatus(input: ByPolicy & { state: WindowState; nowAtMs: number; observedSinceAtMs?: number }): WindowStatus;
  /** Either `states` or `windows`, each of which may have been observed since another instant. */
  windowStatuses(
    input: ByPolicy & { nowAtMs: number } &
      ({ states: WindowState[] } | { windows: { state: WindowState; observedSinceAtMs?: number }[] }),
  ): { statuses: WindowStatus[] };
  /**
   * `unknown`: default `ask`. `tags`: those that the sender can put on a message; default: none. `confirmed`: the reason that a
   * person was shown and said yes to, for this one send; any but the verdict's own counts for nothing.
   */
  judge(
    input: ByPolicy & {
      state: WindowState; nowAtMs: number; observedSinceAtMs?: number; draft: Draft;
      unknown?: Unknown; tags?: string[]; confirmed?: string;
    },
  ): Judgement;
  policyFor(input: { channel: Channel }): Policy;
  /**
   * `<channel>/<business>/<group|bsuid|phone>:<value>`, one for each identity that is surely this customer's, the most
   * stable first: the group alone, else bsuid, then phone. Empty where only a username or a parent id is known.
   */
  windowKeys(input: { channel: Channel; business: string; customer: Identity }): { keys: string[] };
  /** The kind of a message that holds a file of this media type; a type that nobody knows is a document's. */
  kindOfFile(input: { contentType: string }): { kind: EventKind };
}

// ---------------------------------------------------------------------------------------------- address

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
    | "national-prefix";
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

// ---------------------------------------------------------------------------------------------- template

export type TemplateStatus =
  | "approved" | "unsubmitted" | "received" | "pending" | "rejected" | "paused" | "disabled"
  | "in-appeal" | "limit-exceeded" | "locked" | "flagged" | "reinstated" | "pending-deletion" | "deleted" | "archived"
  | "unknown";

export type TemplateCategory = "utility" | "marketing" | "authentication" | "unknown";

/**
 * One text of a template in which placeholders may stand; `start` and `end` are string indexes (UTF-16).
 * Handed back to the engine, the placeholders are found anew in `text`.
 */
export interface TemplateText { text: string; placeholders: { name: string; start: number; end: number }[] }

export interface TemplateButton {
  kind: "quick-reply" | "url" | "phone" | "copy-code" | "call" | "flow" | "list" | "catalog" | "other";
  title: TemplateText;
  /** URL, phone number or code, where the button has one. */
  target?: TemplateText;
}

/** A card of a carousel, a row of a list, an item of a catalogue. */
export interface TemplateCard { title?: TemplateText; body?: TemplateText; media?: TemplateText; buttons: TemplateButton[] }

/** One model for Twilio Content resources and Meta message templates. */
export interface Template {
  /** Content SID (`HX…`) or Meta's template id. */
  id: string;
  source: "twilio" | "meta";
  /** How Meta's placeholders are named. Absent for Twilio. */
  format?: "positional" | "named";
  name: string;
  /** As the provider writes it: `en`, `pt_BR`; `und` where it is not told. */
  language: string;
  category: TemplateCategory;
  status: TemplateStatus;
  rejectionReason?: string;
  /** The type that WhatsApp renders, for example `twilio/quick-reply` (Meta: `meta/template`, `meta/carousel`, `meta/limited-time-offer`); all that the resource holds are in `types`. */
  type: string;
  types: string[];
  header?: { kind: "text" | "image" | "video" | "document" | "location" | "media"; text?: TemplateText; media?: TemplateText };
  body?: TemplateText;
  footer?: TemplateText;
  buttons: TemplateButton[];
  cards: TemplateCard[];
  /**
   * What must be filled in: the placeholders found in all texts of all types (and `1` for
   * `whatsapp/authentication`). Twilio: numbers by value, then names as they appear. Meta: in reading order, with names
   * that are unique in the template: `1` of the body, `header.1`, `button.0.1`, `card.0.1`; slots without a name at Meta
   * are `header.media`, `header.latitude` (and `longitude`, `name`, `address`), `button.0.code`, `card.0.image` or
   * `card.0.video`, `offer.expires` (UTC milliseconds). A sample is a hint, never a value.
   */
  variables: { name: string; sample?: string }[];
  updatedAtMs?: number;
}

/**
 * Something of a provider's page that could not be read; the rest was. Codes: those of errors (`wrong-type`,
 * `missing-field`, `unknown-name`, `time-…`), `unknown-type`, `duplicate-id`, `malformed-placeholder`,
 * `too-many-variables`, `foreign-next-page`.
 */
export interface ImportProblem { code: string; path: string; message: string; id?: string }
/** Argument of `importTemplates`: a page of the provider's answer, or a single resource. */
export interface ImportRequest { provider?: "twilio" | "meta"; page: unknown }
/** `nextPageUrl` is only ever an `https` address of the provider. */
export interface Import { templates: Template[]; problems: ImportProblem[]; nextPageUrl?: string }

export interface EligibilityContext {
  channel: Channel;
  /** Whether free text may go out now; some types may be sent only then. */
  windowOpen: boolean;
  customer?: Identity;
  optedOutOfMarketing?: boolean;
  /** Sends to this customer that the provider refused lately: id of the template, error code, when. */
  refused?: { id: string; code: number; atMs: number }[];
  nowAtMs: number;
}
/**
 * Reason codes: `channel`, `type-unknown`, `window-closed`, `session-only`, `session-buttons`,
 * `status-` and each {@link TemplateStatus} but `approved`, `marketing-opt-out`, `marketing-us-number`,
 * `authentication-needs-number`, `refused-rejected`, `refused-disabled`, `refused-paused`, `refused-marketing-cap`.
 * Note codes: `unapproved`, `malformed-placeholder`, `not-on-desktop`, `refused-paused`, `refused-marketing-cap`,
 * `refused-language`, `refused-parameters`, `refused-policy`, `marketing-capped` (it was another template).
 */
export interface Eligibility {
  kind: "sendable" | "not-sendable";
  reasons: { code: string; message: string; action: EligibilityAction }[];
  notes: { code: string; message: string }[];
}
/**
 * What to do about a reason: have it submitted for approval, wait, tell an administrator, wait for the customer to write,
 * take a utility template, ask for the phone number, choose another template.
 */
export type EligibilityAction = "submit" | "wait" | "admin" | "customer" | "utility" | "number" | "another";

export interface FillProblem {
  /**
   * Of one value: `missing`, `undeclared`, `empty`, `newline`, `tab`, `spaces`, `direction-mark`, `control`, `braces`,
   * `too-long`, `url-blank`, `not-a-number`, `code-too-long`. Of the whole: `body-too-long`, `header-too-long`, `footer-too-long`,
   * `button-too-long`, `url-too-long`, `code-too-long`, `card-too-long`.
   */
  code: string;
  /** Name of the variable; absent where the whole is meant. */
  variable?: string;
  message: string;
  /** The value with every rule kept, offered, never applied. */
  repair?: string;
}
/**
 * A run of preview text: literal, a filled value, or a slot without one (`text` is then the placeholder itself). `styles`
 * is how WhatsApp shows it, where it formats the text (bodies): `*bold*`, `_italic_`, `~strike~`, `` ```mono``` ``. The marks
 * themselves are left out here; they are part of what is sent.
 */
export interface PreviewSpan {
  kind: "text" | "value" | "missing";
  text: string;
  variable?: string;
  styles?: ("bold" | "italic" | "strike" | "mono")[];
}
export interface PreviewButton { kind: TemplateButton["kind"]; title: PreviewSpan[]; target?: PreviewSpan[] }
export interface Preview {
  header?: { kind: string; text?: PreviewSpan[]; media?: PreviewSpan[] };
  body?: PreviewSpan[];
  footer?: PreviewSpan[];
  buttons: PreviewButton[];
  cards: { title?: PreviewSpan[]; body?: PreviewSpan[]; media?: PreviewSpan[]; buttons: PreviewButton[] }[];
  /** By the template's language. */
  direction: "ltr" | "rtl";
}
export type Fill =
  /** `text` is the filled-in body. `contentVariables` is absent where the template has no variables: then none may be sent. */
  | { kind: "ready"; id: string; contentVariables?: string; text: string; preview: Preview }
  /** Meta's: `metaTemplate` is the `template` object of the send request. */
  | { kind: "ready"; id: string; metaTemplate: { name: string; language: { code: string }; components: unknown[] }; text: string; preview: Preview }
  | { kind: "incomplete"; problems: FillProblem[]; preview: Preview };

/**
 * Answer of `templatePrompts({ template, known })`, one for each variable: `known` is what is known of the customer, by what it is called.
 * The label is the words before it, or those after it where there are none; neither where its own name says what it is.
 */
export interface TemplatePrompt {
  variable: string;
  /** At most four words. */
  before?: string;
  after?: string;
  /** What is known that fits and would be taken as it is. */
  fits: { name: string; value: string }[];
  /** Exactly one fits: it may stand there before anybody has typed. */
  isSure: boolean;
}

/** Answer of `mergeApproval({ template, approval })`: `approval` is Twilio's answer to a fetch or a submission. */
export interface MergedApproval { template: Template; problems: ImportProblem[] }
/**
 * Answer of `applyTemplateEvents({ templates, payload })`: `payload` is a batch of Twilio's event stream or the body of Meta's webhook
 * (status and category). `changed` are ids, sorted. Problem code besides those of an import: `other-template` (approvals).
 */
export interface AppliedEvents { templates: Template[]; changed: string[]; problems: ImportProblem[] }

/** What somebody looks for, as they type. Every word must stand in name, body or category. */
export interface TemplateSearch {
  query?: string;
  /** The customer's locale; case, `_` and `-` make no difference. */
  locale?: string;
  /** The desktop's. */
  defaultLocale?: string;
  /** Only templates in this language. */
  language?: string;
  /** Without it no eligibility is given and nothing is ranked by it. */
  context?: EligibilityContext;
  /** What the agent reads for each category; without it a category is found by its code alone. */
  categories?: Partial<Record<TemplateCategory, string>>;
  favourites?: readonly string[];
  /** Last used first. */
  recent?: readonly string[];
  /** 50 where absent, 1,000 at most. */
  limit?: number;
}
/** Why a template stands where it does. */
export interface RankedTemplate {
  id: string;
  /** How near its language is: the customer's locale, language, another region of it, the desktop's language, another. */
  language: "exact" | "base" | "sibling" | "default" | "other";
  /** For each word of the query (at most 16): the best place it was found in. */
  found: { place: "name" | "body" | "category"; fit: "whole" | "start" | "inside" }[];
  favourite: boolean;
  recent?: number;
  eligibility?: Eligibility;
}
/**
 * Best first: sendable before not, then language, then match, then favourite, then recent, then name. `total` counts all
 * that match. `rankTemplates` takes `{ templates, …TemplateSearch }`; for thousands, `buildTemplateIndex({ templates, index? })`
 * gives `{ index, size }` (repeat it with `index` to add page by page; the same id replaces), `searchTemplates` takes
 * `{ index, …TemplateSearch }`, `dropTemplateIndex({ index })` gives the memory back. Fault codes: `unknown-index`,
 * `too-many-indexes`.
 */
export interface RankedTemplates { results: RankedTemplate[]; total: number }

/**
 * One element of the answer of `suitableForDraft({ templates, draft })`: the draft as the value of the one variable.
 * `sentence`: whether a sentence can stand there, as in `Our answer: {{1}}` and not in `Hello {{1}},`.
 */
export interface DraftRescue { id: string; variable: string; value: string; repaired: boolean; sentence: boolean }

/** Argument of `checkSessionMessage`. */
export interface SessionMessage {
  channel: Channel;
  provider: "twilio" | "meta";
  text?: string;
  /** `size` in bytes. */
  attachments?: { contentType: string; size: number; filename?: string }[];
}
/**
 * Problem codes: `empty`, `text-too-long`, `too-many-attachments`, `type-not-supported`, `file-empty`, `file-too-large`.
 * Note codes: `caption-not-shown`, `filename-long`. `attachment` is an index; `limit` counts characters, bytes or pieces.
 */
export interface SessionMessageFinding { code: string; message: string; attachment?: number; limit?: number }
export interface SessionMessageCheck {
  kind: "sendable" | "not-sendable";
  problems: SessionMessageFinding[];
  notes: SessionMessageFinding[];
  /** As the provider may count: UTF-16 units (bytes for Instagram). */
  length: number;
  limit: number;
}

/** Whose error code it is. */
export type Provider = "twilio" | "meta";

/** Argument of `explainProviderError`. Without `provider` the number says whose it is: none belongs to both. */
export interface ProviderErrorCode { provider?: Provider; code: number }

/** What helps against a provider's refusal. */
export type ProviderErrorAction =
  | "alert-admin" | "allow-recipient" | "ask-for-number" | "change-message" | "check-log" | "fix-contact" | "fix-media"
  | "fix-message" | "fix-values" | "hide-template" | "join-sandbox" | "leave-it" | "other-channel" | "other-language"
  | "other-template" | "refresh-templates" | "report-bug" | "retry" | "shorten-values" | "show-code" | "shrink-media"
  | "split-text" | "stop" | "stop-marketing" | "tell-supervisor" | "tell-template-author" | "use-content-sid"
  | "use-template" | "wait";

/** Whom a code is about: for whom the next attempt would fail too. */
export type ProviderErrorConcern = "window" | "customer" | "template" | "message" | "account" | "provider";

/** Answer of `explainProviderError`: the row of one code. */
export interface ProviderErrorMeaning {
  /** Absent for a code that is in no list. */
  provider?: Provider;
  code: number;
  /** What happened, kebab-case and stable; `unknown` for a code that is in no list. */
  meaning: string;
  action: ProviderErrorAction;
  /** Who can do it. */
  actor: "agent" | "supervisor" | "administrator" | "template-author" | "developer" | "nobody";
  /** Absent for a code that is in no list. */
  concerns?: ProviderErrorConcern;
  /** Whether sending the same again can help. */
  retry: "no" | "after-change" | "later" | "once-later" | "back-off" | "after-24h";
  /** `closes`: it proves that the reply window is closed, whatever the clock says. */
  window: "closes" | "unchanged";
  /** What it does to the template that was sent. */
  template: {
    /** `blocked`: for `forMs`, or until it is read anew. `noted`: worth telling. `marketing-stopped`: none of marketing to this customer. */
    kind: "unchanged" | "blocked" | "noted" | "marketing-stopped";
    reason?: { code: string; message: string };
    forMs?: number;
  };
  /** Key of its sentences; in the words of the interface `provider.` stands before it. */
  sentence: string;
  /** `documented` by the provider, `reported` in public, or `inferred`. Absent for a code that is in no list. */
  certainty?: "documented" | "reported" | "inferred";
  /** The address of what it rests on; absent where it is inferred. */
  source?: string;
}

/** Answer of `providerVerdict({ code })`: what an error code of Twilio or Meta says of the window or the template. */
export interface ProviderVerdict {
  kind: "window-closed" | "template-blocked" | "template-note" | "opted-out" | "unrelated";
  /** Whom it holds for: the window, this customer, the template whoever it is sent to, this message. Absent where `unrelated`. */
  concerns?: "window" | "customer" | "template" | "message";
  /** `meaning` of `explainProviderError`. */
  meaning: string;
  reason?: { code: string; message: string };
  /** How long a template stays blocked; absent: until it is read anew. */
  forMs?: number;
}

// ---------------------------------------------------------------------------------------------- webhook

/** A parameter of a form, decoded. */
export interface Parameter { name: string; value: string }

/** Algorithms of shared keys, as Twilio spells them. */
export type SignatureAlgorithm = "HMAC_SHA1" | "HMAC_SHA256";

/**
 * A key of Twilio's webhooks. A text or bytes are an Auth Token. Bytes can be wiped by the caller, texts cannot.
 * With `id` it is a shared key: it judges only requests whose settings header names it, and its algorithm is fixed here.
 */
export type TwilioKey =
  | string
  | Uint8Array
  | { secret: string | Uint8Array }
  | { secret: string | Uint8Array; id: string; algorithm: SignatureAlgorithm }
  | { derived: string; id?: string };

/** The request as it came in. Nothing is taken from headers that a stranger may write. */
export interface TwilioRequest {
  /** The full public address, exactly as Twilio knows it, at most 64 KiB. */
  url: string;
  /** Value of `X-Twilio-Signature`; a list if the server keeps repeated headers apart. Absent or empty: refused. */
  signature?: string | string[];
  /** The raw body, at most 256 KiB. Absent: none (GET). */
  body?: Uint8Array | string;
  /** Several for rotation and sub-accounts. */
  keys: TwilioKey[];
  /** Value of `X-Twilio-Webhooks-Signature-Settings`. */
  settings?: string | string[];
  /** Value of `Content-Type`; given, a body that is neither a form nor covered by `bodySHA256` is refused. */
  contentType?: string;
  /** Further spellings of the address, tried last: what `new URL()` and `querystring` make of it. */
  further?: string[];
  /** Refuse what an Auth Token signed. */
  requireSharedKey?: boolean;
}
/** What was signed. Read nothing else of the request. */
export interface VerifiedRequest {
  /** `form`: the parameters were signed. `body`: the raw body was, through its hash in the address. */
  kind: "form" | "body";
  /** Index of the key that matched. */
  key: number;
  /** The address in the spelling that was signed. */
  url: string;
  parameters: Parameter[];
  /** What is odd about the Auth Tokens: `key-white-space`, `key-nul`, `key-not-32-hex`. They are used as they are. */
  findings: { key: number; code: string }[];
}

export interface MetaRequest {
  /** Value of `X-Hub-Signature-256`. */
  signature?: string | string[];
  body?: Uint8Array | string;
  /** App secrets, or keys derived from them with HMAC_SHA256. */
  keys: (string | Uint8Array | { derived: string })[];
}
export interface VerifiedMeta { key: number }

export interface DeriveInput { secret: string | Uint8Array; /** Default: HMAC_SHA1, which Auth Tokens use. */ algorithm?: SignatureAlgorithm }
/** A verification and signing key (`rwk_…`): it forges webhooks, but it opens no account. */
export interface DerivedKey { key: string; findings: { code: string }[] }

export interface DiagnoseInput extends TwilioRequest {
  /** Hosts, each perhaps with a port, under which the endpoint is reached. */
  hosts?: string[];
  /** Keys that were in use before. */
  previousKeys?: TwilioKey[];
}
/** Single changes that would have made the signature match. For people; never a reason to trust a request. */
export interface Diagnosis {
  changes: {
    code:
      | "previous-key" | "key-line-end" | "other-algorithm" | "signature-spelling"
      | "scheme" | "host" | "port" | "path-slash" | "fragment"
      | "query-dropped" | "query-encoding" | "query-order"
      | "body-not-signed" | "json-as-form" | "body-changed" | "body-reserialised"
      | "parameter-trimmed" | "parameter-dropped" | "parameters-dropped";
    /** The address or the parameters that would have matched. */
    detail?: string;
  }[];
}

export interface ProviderError { provider: "twilio" | "meta"; code: number }
export interface ErrorExplanation {
  /** `unknown` for a code that is not known. */
  code: string;
  action: string;
  retry: "no" | "after-change" | "later" | "once-later" | "back-off" | "after-24h";
  /** Whether it proves that the reply window is closed. */
  closesWindow: boolean;
  /** Key of its sentences. */
  sentence: string;
}

/** One of `parameters` and `payload`. */
export interface InboundInput {
  /** The decoded parameters of a form. */
  parameters?: Parameter[];
  /** Parsed JSON: a webhook of Meta, events of Twilio's Event Streams, or a form that a framework made an object of. */
  payload?: unknown;
  /** When it was received. Needed for Programmable Messaging, whose webhooks have no time. */
  receiptAtMs?: number;
  /** Our own address, for payloads that do not name it (Conversations). */
  business?: string;
  /** The customer, for payloads that do not name one (delivery states of Conversations). */
  customer?: Identity;
}

/** What a Message resource of Twilio says of a window: `other` is no message of WhatsApp between our number and a customer. */
export type TwilioHistory =
  | { kind: "other" }
  | {
      kind: "whatsapp";
      business: string;
      customer: Identity;
      /** Absent for what we sent and the provider took. */
      event?: SessionEvent;
      /** The kind of the event is a guess: a webhook of the same id knows it better. */
      vague?: true;
    };

export interface InboundMessage {
  id: string;
  kind: EventKind;
  /** The provider's word for the kind. */
  providerKind: string;
  /** The customer. Absent in a message of ours, and where the address is of no known kind. */
  from?: Identity;
  /** The sender as the provider spells it. */
  author?: string;
  /** Whether we sent it (Conversations reports both sides). */
  ours: boolean;
  to?: string;
  group?: string;
  text?: string;
  profileName?: string;
  media: { url?: string; id?: string; contentType?: string; filename?: string }[];
  button?: { text?: string; payload?: string };
  list?: { id?: string; title?: string; description?: string };
  /** Answers of a flow: the provider's JSON text. */
  flow?: string;
  location?: { latitude: number; longitude: number; label?: string; address?: string };
  repliedTo?: string;
  forwarded?: "once" | "many";
  referral?: { sourceId?: string; sourceType?: string; sourceUrl?: string; headline?: string; body?: string; clickId?: string; mediaUrl?: string; mediaType?: string };
  atMs?: number;
  /** Parameters that are not known, as they are. */
  extra: Parameter[];
}
export interface DeliveryStatus {
  id: string;
  /** The id on the channel, where Conversations names both. */
  channelId?: string;
  status: "queued" | "sent" | "delivered" | "read" | "undelivered" | "failed" | "unknown";
  errorCode?: number;
  business?: string;
  customer?: Identity;
  atMs?: number;
}
/** A change of a template at the provider. Values are in lower-case kebab-case. */
export interface TemplateUpdate {
  id: string;
  source: "twilio" | "meta";
  name?: string;
  language?: string;
  change: "status" | "category" | "quality";
  previous?: string;
  current: string;
  reason?: string;
  detail?: string;
  atMs?: number;
}
/**
 * A refused or failed send becomes an event without `providerAtMs`: only the receiver knows when the message was handed over.
 * What the payload lacks for an event is a problem, never an invented value.
 */
export interface Inbound {
  source: "twilio-messaging" | "twilio-status" | "twilio-conversations" | "twilio-events" | "meta" | "unknown";
  events: SessionEvent[];
  messages: InboundMessage[];
  statuses: DeliveryStatus[];
  templateUpdates: TemplateUpdate[];
  identityChanges: { business?: string; from: Identity; to: Identity; atMs?: number }[];
  preferences: { business?: string; customer?: Identity; category: string; value: string; atMs?: number }[];
  problems: ImportProblem[];
}

// ---------------------------------------------------------------------------------------------- channel

/** A channel as it is typed in the set-up form; an absent field is an empty one. */
export interface ChannelRecord {
  name?: string;
  /** `AC` and 32 hexadecimal digits. */
  accountSid?: string;
  /** Secret: 32 hexadecimal digits. */
  authToken?: string;
  /** Where Twilio posts what comes in; left out until the platform has shown it. */
  inboundUrl?: string;
  /** At most 200. */
  numbers?: NumberRecord[];
}

/** A WhatsApp number of a channel. */
export interface NumberRecord {
  name?: string;
  /** The WhatsApp account it belongs to: the channel's name, unless somebody changed it. */
  account?: string;
  /** E.164 with a leading plus, no spaces, no special characters. */
  number?: string;
  workStream?: string;
  /** At most 200. */
  templates?: { name?: string; contentSid?: string; language?: string }[];
}

/** Another channel of the same platform. */
export interface OtherChannel {
  name?: string;
  numbers?: string[];
}

/** One thing that is wrong with one field. */
export interface Finding {
  /** Stable; each has a sentence in every language of `www/i18n/channel`. */
  code: string;
  severity: "error" | "warning" | "note";
  /** `accountSid`, `numbers[0].number`, `numbers[0].templates[1].contentSid`. */
  field: string;
  /** The first wrong part, in UTF-16 units; equal where something is missing. */
  start: number;
  end: number;
  /** All wrong parts (at most 32), ascending. */
  marks: { start: number; end: number }[];
  /** One English sentence, which never holds what was typed. */
  message: string;
  /** What the whole field should be, where that is certain. In the field `authToken` it is as secret as the token. */
  repair?: string;
}

/** In the order of the form. */
export interface ChannelCheck {
  findings: Finding[];
  /** The URL that Twilio signs: the inbound URL without a fragment; absent where it cannot be one. */
  signedUrl?: string;
}
