/** Windows: what happened, what a window is, what may be sent. */

/** Messaging channel, one row of the policy table each. */
export type Channel =
  | "whatsapp" | "messenger" | "instagram" | "tiktok" | "wechat" | "viber" | "line" | "telegram" | "sms";

/** What happened. The class of each kind (opens, unsettled, never) is data of the {@link Policy}. */
export type EventKind =
  // never opens a window
  | "unknown" | "system" | "echo" | "preference" | "opt-out" | "opt-in" | "call-declined" | "handover" | "failed"
  // no source says whether these open a window
  | "reaction" | "edit" | "delete" | "unsupported" | "call-permission"
  // opens a window
  | "text" | "image" | "audio" | "video" | "document" | "sticker" | "location" | "contacts" | "order"
  | "button" | "list-reply" | "flow-reply" | "call" | "call-accepted"
  // what we did ourselves (logs `sent` and `refused`)
  | "session-message" | "template-message";

/**
 * Which of the five maps of a window a record belongs to; `thread`: what else tells who holds the thread; `marketing`: what tells
 * whether the customer wants marketing (`opt-out`, `opt-in`).
 */
export type RecordLog = "customer" | "refused" | "sent" | "thread" | "marketing";

/**
 * How it is known whether a customer wants marketing: chosen in WhatsApp's settings, a message that the provider took for it (Twilio's
 * `OptOutType`), a message that is nothing but a word for it, a refusal of the provider, the desktop.
 */
export type ToldBy = "settings" | "keyword" | "words" | "refusal" | "desktop";

/** The part that a responder plays where several share an account. */
export type ResponderRole = "ai-agent" | "ctwa" | "customer-service" | "escalation" | "marketing" | "utility";

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
  /** Who held the thread then, where it tells: a message on Meta's field `standby` says `other`, one on `messages` says `us`. */
  owner?: "us" | "other";
  /** The role of another owner, where it is told; `untold` may stand for its absence. */
  ownerRole?: ResponderRole | "untold";
  /** In the list `marketing`: how it is known. */
  toldBy?: ToldBy;
}

/** State of one window. Merge is a union; order and repetition of the same evidence never change it. Lists are sorted by id. */
export interface WindowState {
  version: 1;
  customer: WindowRecord[];
  refused: WindowRecord[];
  sent: WindowRecord[];
  /** Handovers of the thread, and sends of ours that only its owner gets through. Absent: none. */
  thread?: WindowRecord[];
  /** What tells whether the customer wants marketing. Absent: nothing. */
  marketing?: WindowRecord[];
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
  /**
   * Where it stands without its status, and `kind` would not say of what, it is called `phase`: the attribute of `<reply-window>`, and its event
   * `phase-change`. There are no other phases.
   */
  kind: "open" | "closing" | "closed" | "unknown";
  reason:
    | "customer-event"   // open, closing
    | "no-window"        // open: the channel has no window
    | "expired" | "refused" | "limit" | "silent"   // closed
    | "no-evidence";     // unknown
  /** Whether free text may go out by the window: open or closing. Decide by this, never by the words. */
  isOpen: boolean;
  /** The last instant at which it may, if nothing else happens. Absent: it may not now, or nothing ends it (`isOpen`). */
  lastSafeSendAtMs?: number;
  /** Who holds the thread. Absent: nobody told, as always with Twilio, and it has no effect. */
  owner?: ThreadOwner;
  /** The customer's latest word on marketing; no length of time ends it. Absent: nobody told. */
  marketing?: { kind: "stopped" | "resumed"; toldAtMs: number; toldBy?: ToldBy };
  /** Time of the customer event that opened the window. */
  openedAtMs?: number;
  /** When it closes (or closed) by the clock, margin included, whatever else closed it before. Absent where nothing opened it. */
  closesAtMs?: number;
  /** The next instant at which kind, reason or owner differs, if nothing else happens. */
  nextChangeAtMs?: number;
  /** The record that decided, and whose clock it was judged by. For `limit`: the latest counted message. Absent where nothing did. */
  decidedBy?: { log: RecordLog; id: string; kind: EventKind; atMs: number; clock: "provider" | "receipt" | "desktop" };
  /** Customer records that did not open the window, newest first, at most 8. */
  ignored: { id: string; kind: EventKind; atMs: number; why: "never-opens" | "unsettled" }[];
  /** Messages left until the limit: where the policy has one, while open, closing, or closed for `limit`. */
  messagesLeft?: number;
  /** The latest record is over two minutes ahead of the clock that was asked by: one of the two is wrong. */
  clockSuspect?: true;
}

/**
 * Who holds the thread between our number and a user, where several responders share a WhatsApp account. `idle`: nobody, because
 * the customer was silent for the window's length.
 */
export interface ThreadOwner {
  kind: "us" | "other" | "idle";
  /** Of another, where it is told. */
  role?: ResponderRole;
  /** The time of what told it last. */
  toldAtMs: number;
}

/** What somebody is about to send. */
export type Draft =
  | { kind: "text" }
  | { kind: "template" }
  | { kind: "tagged"; tag: string }
  /** A text that goes out as a utility message without a template (WhatsApp's Direct Send). `category` is the sender's statement. */
  | { kind: "direct-send"; category: "utility" };

/**
 * What becomes of free text in an unknown window: a person is asked before each send, or it is locked as in a closed one. A yes that was
 * handed in (`confirmed`) lets that one send out either way.
 */
export type Unknown = "ask" | "block";

/**
 * What becomes of free text while another responder holds the thread: a person is asked before each send, or it is locked. `block`
 * blocks, whoever says yes.
 */
export type NotOwner = "ask" | "block";

/** What a draft is, in a word for people. */
export type VerdictKind = "allowed" | "confirm" | "tagged" | "paid" | "template-only" | "blocked";

/** Why, in a stable code. Free text on a closed window: `paid` and `tagged` say what it may go out as, the others why not. */
export type VerdictReason =
  | "window-open" | "window-unknown" | "window-expired" | "window-refused" | "window-limit" | "window-silent"
  | "no-window" | "template" | "no-template" | "tag-allowed" | "tag-expired" | "tag-unknown" | "paid-message"
  | "not-owner" | "direct-send" | "direct-send-off"
  // Of a page, and of no rule: its clock is being checked; there is no engine; it failed.
  | "clock-checking" | "engine-unavailable" | "engine-failed";

export interface Verdict {
  /** Whether it leaves and what it locks stands in `leaves` and `locksComposer`: decide by those. */
  kind: VerdictKind;
  reason: VerdictReason;
  /** Whether this draft leaves now: as it is, once a person says yes to `reason` for this one send, if it carries `tag`, or not. */
  leaves: "yes" | "with-confirmation" | "with-tag" | "no";
  /** Whether free text is locked now, whatever this draft is, and whoever said yes to it. */
  locksComposer: boolean;
  /** What else may go out in place of this draft. */
  alternatives: ("template" | "direct-send")[];
  /** What to know whatever leaves, a template too: `not-owner`, another responder holds the thread. Absent: nothing. */
  warnings?: "not-owner"[];
  /** Of free text, where `serviceMessagesThisMonth` was handed in: messages in the window that are still free this month. */
  freeServiceMessagesLeft?: number;
  /** Where it leaves `with-tag`: that tag. */
  tag?: string;
  /** The verdict stands until this instant at least, if nothing else happens. Absent: for good. Ask again then. */
  validUntilAtMs?: number;
}

/**
 * `overruled`, where a `ruling` was handed in that is stricter than the verdict: `whole` where its word on the window is known here,
 * too, else `verdict`.
 */
export interface Judgement { status: WindowStatus; verdict: Verdict; overruled?: "whole" | "verdict" }

/** A row of the rules. Days as `2026-11-28`. */
export interface DatedRule {
  /** What it is about: `window`, `opens`, `text-limit`, `file-meta`, `content-type`, `code-twilio`, … */
  rule: string;
  /** Which row: a channel, a provider's code, … */
  row: string;
  /** Absent: inferred. */
  source?: string;
  /** When it was compared with its source. */
  checkedOn: string;
  /** Since when it holds. Absent: the source does not say. */
  effectiveFrom?: string;
}
export interface RulesList { asOf: string; rules: DatedRule[] }

/** By which policy: one of the two is required, and both must name the same channel. */
export interface ByPolicy { policy?: Policy; channel?: Channel }

/** What the session functions take and give. States come in any order, with any repetition, and go out sorted by id. */
export interface SessionFunctions {
  /** All events must belong to one window: see `windowKeys`. */
  foldEvents(input: {
    state?: WindowState;
    events: (WindowRecord & { log: RecordLog } & Partial<Pick<SessionEvent, "channel" | "business" | "customer">>)[];
  }): WindowState;
  /**
   * `foldEvents` at the instant of receipt: nothing is dated later than it. `told`: what another tab knows, which gets the desktop's
   * rank. `clockSuspect`: a time was over two minutes ahead.
   */
  recordEvents(input: Partial<Parameters<SessionFunctions["foldEvents"]>[0]> & { told?: WindowState; receivedAtMs: number }): {
    state: WindowState; clockSuspect?: true;
  };
  /**
   * `recordEvents` of events of any windows: for each window what it was told, and the places of its events in the list. An event
   * whose addresses make no key is in none.
   */
  recordReceived(input: { events: SessionEvent[]; receivedAtMs: number }): {
    windows: { keys: string[]; state: WindowState; events: number[] }[]; clockSuspect?: true;
  };
  /** Union: commutative, associative, idempotent. */
  mergeStates(input: { states: WindowState[] }): WindowState;
  /** For storage: the 64 latest records of each list, and the latest of each kind and owner. */
  compactState(input: { state: WindowState }): WindowState;
  /** `observedSinceAtMs`: since when every event of this window is known to have reached us; makes `silent` possible. */
  windowStatus(input: ByPolicy & { state: WindowState; nowAtMs: number; observedSinceAtMs?: number }): WindowStatus;
  /** Either `states` or `windows`, each of which may have been observed since another instant. */
  windowStatuses(
    input: ByPolicy & { nowAtMs: number } &
      ({ states: WindowState[] } | { windows: { state: WindowState; observedSinceAtMs?: number }[] }),
  ): { statuses: WindowStatus[] };
  /**
   * `owner`: default `ask`. `directSend`: whether utility messages may go out without a template; default no.
   * `serviceMessagesThisMonth`: how many messages in the window this number of ours has sent since the month began; each is billed.
   * `unknown`: default `ask`. `tags`: those that the sender can put on a message; default: none. `confirmed`: the reason that a
   * person was shown and said yes to, for this one send; any but the verdict's own counts for nothing. `told`: what other tabs know,
   * see `recordEvents`; it counts unless `state` alone is closed.
   */
  judge(
    input: ByPolicy & {
      state: WindowState; told?: WindowState; nowAtMs: number; observedSinceAtMs?: number; draft: Draft;
      unknown?: Unknown; tags?: string[]; owner?: NotOwner; directSend?: boolean; serviceMessagesThisMonth?: number;
      confirmed?: string; ruling?: { leaves: string; status?: string };
    },
  ): Judgement;
  policyFor(input: { channel: Channel }): Policy;
  /**
   * `<channel>/<business>/<group|bsuid|phone>:<value>`, one for each identity that is surely this customer's, the most
   * stable first: the group alone, else bsuid, then phone. Empty where only a username or a parent id is known.
   */
  windowKeys(input: { channel: Channel; business: string; customer: Identity }): { keys: string[] };
  /** Every row of the rules, with its source. `asOf`: no row was compared with its source longer ago. */
  listRules(input: Record<string, never>): RulesList;
  /** `asOf` alone, for modules that have not all rules. */
  rulesAsOf(input: Record<string, never>): { asOf: string };
  /** The kind of a message that holds a file of this media type; a type that nobody knows is a document's. */
  kindOfFile(input: { contentType: string }): { kind: EventKind };
}
