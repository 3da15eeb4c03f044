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

export type Address =
  | { kind: "phone"; phone: string; channel?: Channel }
  | { kind: "bsuid"; bsuid: string; parent: boolean; channel?: Channel }
  | { kind: "group"; group: string; channel?: Channel }
  | { kind: "unknown"; reason: string; position?: number; channel?: Channel };

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
  /** The full public address, exactly as Twilio knows it. */
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
      | "parameter-trimmed" | "parameter-dropped";
    /** The address or the parameter that would have matched. */
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
