/** Templates: what they hold, whether they may be sent, how they are filled. */

import type { Provider } from "./provider-error.d.ts";
import type { Channel, Identity } from "./session.d.ts";

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
  source: Provider;
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
  /**
   * For whom it is, in the host's own words (teams, queues, brands); absent or empty: everybody's. A host writes them here, or beside what the
   * provider says of a template in a page that `importTemplates` reads. See `templatesFor`: it is a view, no protection.
   */
  audiences?: string[];
  updatedAtMs?: number;
}

/**
 * Something of a provider's page that could not be read; the rest was. Codes: those of errors (`wrong-type`,
 * `missing-field`, `unknown-name`, `time-…`), `unknown-type`, `id-imprecise`, `duplicate-id`, `malformed-placeholder`,
 * `too-many-variables`, `foreign-next-page`.
 */
export interface ImportProblem { code: string; path: string; message: string; id?: string }
/** Argument of `importTemplates`: a page of the provider's answer, or a single resource. */
export interface ImportRequest { provider?: Provider; page: unknown }
/** `nextPageUrl` is only ever an `https` address of the provider. */
export interface Import { templates: Template[]; problems: ImportProblem[]; nextPageUrl?: string }

export interface EligibilityContext {
  channel: Channel;
  /** Whether free text may go out now; some types may be sent only then. */
  windowOpen: boolean;
  customer?: Identity;
  optedOutOfMarketing?: boolean;
  /** Whether the customer agreed to be written to by the business at all. Absent: nobody knows, and nothing follows. */
  optedIn?: boolean;
  /** Sends to this customer that the provider refused lately: id of the template, error code, when. */
  refused?: { id: string; code: number; atMs: number }[];
  nowAtMs: number;
}
/**
 * Reason codes: `channel`, `type-unknown`, `window-closed`, `session-only`, `session-buttons`,
 * `status-` and each {@link TemplateStatus} but `approved`, `marketing-opt-out`, `marketing-no-opt-in`, `marketing-us-number`,
 * `authentication-needs-number`, `refused-rejected`, `refused-disabled`, `refused-paused`, `refused-marketing-cap`.
 * Note codes: `unapproved`, `no-opt-in`, `malformed-placeholder`, `not-on-desktop`, `refused-paused`, `refused-marketing-cap`,
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
   * Of one value: `missing`, `undeclared`, `empty`, `newline`, `tab`, `spaces`, `direction-mark`, `control`, `braces`, `broken-character`,
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

/** Argument of `templateAudience`: for each template whom it is for, and to whom somebody belongs. */
export interface TemplateAudience { meantFor: string[][]; audiences: string[] }
/** Which of them are shown, by where they stand. */
export interface ShownTemplates { shown: number[] }

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
 * that match; `languages` are those of all templates, whatever is looked for, nearest first. `rankTemplates` takes `{ templates, …TemplateSearch }`; for thousands, `buildTemplateIndex({ templates, index? })`
 * gives `{ index, size }` (repeat it with `index` to add page by page; the same id replaces), `searchTemplates` takes
 * `{ index, …TemplateSearch }`, `dropTemplateIndex({ index })` gives the memory back. Fault codes: `unknown-index`,
 * `too-many-indexes`.
 */
export interface RankedTemplates { results: RankedTemplate[]; total: number; languages: string[] }

/**
 * One element of the answer of `suitableForDraft({ templates, draft })`: the draft as the value of the one variable.
 * `sentence`: whether a sentence can stand there, as in `Our answer: {{1}}` and not in `Hello {{1}},`.
 */
export interface SuitableTemplate { id: string; variable: string; value: string; repaired: boolean; sentence: boolean }

/** Argument of `readAnswer`: a customer's words. */
export interface Answer { text: string }
/** `asksToStop`: a word of it asks to stop or to wait. `marketing`: it is nothing but a keyword for it. */
export interface ReadAnswer { asksToStop: boolean; marketing?: "stopped" | "resumed" }

/** Argument of `joinMessages`: several texts become as few messages as the provider's limit allows, a line each. */
export interface JoinMessages { channel: Channel; provider: Provider; texts: string[] }
export interface JoinedMessages { messages: string[] }

/** Argument of `checkSessionMessage`. */
export interface SessionMessage {
  channel: Channel;
  provider: Provider;
  text?: string;
  /** `size` in bytes. */
  attachments?: { contentType: string; size: number; filename?: string }[];
}
/**
 * Problem codes: `empty`, `text-too-long`, `too-many-attachments`, `type-not-supported`, `webp-is-a-sticker`, `codec-not-supported`, `file-empty`, `file-too-large`.
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
