/** Webhooks: who signed them and what they say. */

import type { EventKind, Identity, SessionEvent } from "./session.d.ts";
import type { Provider } from "./provider-error.d.ts";
import type { ImportProblem } from "./template.d.ts";

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

/** A webhook that is handed on: the address exactly as it is asked, the form that is sent (none for GET), the key to sign by (no shared one). */
export interface SignInput { url: string; body?: Uint8Array | string; key: TwilioKey }
/** The value of `X-Twilio-Signature`. */
export interface Signed { signature: string }

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
  status: "queued" | "sent" | "delivered" | "read" | "undelivered" | "failed" | "canceled" | "partially-delivered" | "unknown";
  errorCode?: number;
  business?: string;
  customer?: Identity;
  atMs?: number;
  /** What it costs: the provider's words in lower-case kebab-case, known or not. */
  pricing?: { type?: string; category?: string; model?: string; billable?: boolean };
  /** Until when all is free because the customer came from an advertisement: price only, it opens nothing. */
  freeEntryPointUntilMs?: number;
  /** The template that Meta made for a message sent without one (Direct Send). */
  templateId?: string;
}
/** A thread was passed to us, or taken from us. Roles: the provider's words in lower-case kebab-case, known or not. */
export interface Handover {
  business?: string;
  customer?: Identity;
  change: "control-passed" | "control-taken";
  previousRole?: string;
  newRole?: string;
  /** What the former owner said to the new one. */
  metadata?: string;
  atMs?: number;
}
/** A change of a template at the provider. Values are in lower-case kebab-case. */
export interface TemplateUpdate {
  id: string;
  source: Provider;
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
  handovers: Handover[];
  problems: ImportProblem[];
  /** What is odd about a form of Twilio, which may have been cut anew under its signature; most often nothing. */
  suspicions: Suspicion[];
}
/**
 * Twilio signs names and values run together, so a signature fits other parameters, too. `shape-broken`: the value is none
 * of that parameter; `values-disagree`: it comes twice; `ids-disagree`: `MessageSid`, `SmsSid` and `SmsMessageSid` are not the
 * same; `customers-differ`: `WaId` and `From` surely are two customers. `path`: the parameter.
 */
export interface Suspicion { code: "shape-broken" | "values-disagree" | "ids-disagree" | "customers-differ"; path: string }
