// @ts-check
/** The shapes of the OpenAPI document, as JSON Schema 2020-12; their meaning stands in `src/wire/types/session.d.ts`. */

/** @typedef {Record<string, unknown>} Schema */

const text = { type: "string" };
const ms = { type: "integer", description: "milliseconds" };
const atMs = { type: "integer", description: "UTC milliseconds since 1970" };
const flag = { type: "boolean" };
const day = { type: "string", format: "date", description: "of UTC" };

/** @param {readonly string[]} words @returns {Schema} */
const word = (...words) => ({ type: "string", enum: words });
/** @param {Schema} items @param {object} [more] @returns {Schema} */
const list = (items, more = {}) => ({ type: "array", items, ...more });
/** Nothing else is in it. @param {Record<string, Schema>} required @param {Record<string, Schema>} [optional] @returns {Schema} */
export const object = (required, optional = {}) => ({ type: "object", properties: { ...required, ...optional }, required: Object.keys(required), additionalProperties: false });
/** @param {string} name @returns {Schema} */
export const ref = (name) => ({ $ref: `#/components/schemas/${name}` });

const channel = word("whatsapp", "messenger", "instagram", "tiktok", "wechat", "viber", "line", "telegram", "sms");
const role = word("ai-agent", "ctwa", "customer-service", "escalation", "marketing", "utility");
const toldBy = word("settings", "keyword", "words", "refusal", "desktop");
const recordLog = word("customer", "refused", "sent", "thread", "marketing");
const id = { type: "string", minLength: 1, maxLength: 256 };
const parties = { business: { ...text, description: "our own address; for WhatsApp E.164 with a leading plus" }, customer: ref("Identity") };
const keys = list(text, { description: "the window's names, see `windowKeys`" });

const WINDOW = {
  Identity: object({}, { phone: text, bsuid: text, parentBsuid: text, username: text, group: text }),
  WindowRecord: object({ id, kind: text }, { providerAtMs: atMs, receiptAtMs: atMs, desktopAtMs: atMs, owner: word("us", "other"), ownerRole: { type: "string" }, toldBy }),
  WindowState: object(
    { version: { const: 1 }, customer: list(ref("WindowRecord")), refused: list(ref("WindowRecord")), sent: list(ref("WindowRecord")) },
    { thread: list(ref("WindowRecord")), marketing: list(ref("WindowRecord")) },
  ),
  WindowStatus: object({
    kind: word("open", "closing", "closed", "unknown"),
    reason: word("customer-event", "no-window", "expired", "refused", "limit", "silent", "no-evidence"),
    isOpen: flag,
    ignored: list(object({ id: text, kind: text, atMs, why: word("never-opens", "unsettled") })),
  }, {
    lastSafeSendAtMs: atMs, openedAtMs: atMs, closesAtMs: atMs, nextChangeAtMs: atMs, messagesLeft: { type: "integer" }, clockSuspect: flag,
    owner: object({ kind: word("us", "other", "idle"), toldAtMs: atMs }, { role }),
    marketing: object({ kind: word("stopped", "resumed"), toldAtMs: atMs }, { toldBy }),
    decidedBy: object({ log: recordLog, id: text, kind: text, atMs, clock: word("provider", "receipt", "desktop") }),
  }),
  Verdict: object({
    kind: word("allowed", "confirm", "tagged", "paid", "template-only", "blocked"), reason: text,
    leaves: word("yes", "with-confirmation", "with-tag", "no"), locksComposer: flag, alternatives: list(word("template", "direct-send")),
  }, { warnings: list(word("not-owner")), freeServiceMessagesLeft: { type: "integer" }, tag: text, validUntilAtMs: atMs }),
};

const QUESTIONS = {
  Query: object({ windows: list(object(parties, { channel }), { maxItems: 1000 }) }),
  VerdictQuestion: object(parties, {
    channel, draft: { type: "object" }, conversation: text, sendId: text, confirmed: object({ conversation: text, sendId: text, reason: text }),
  }),
  Send: object({ id, ...parties, kind: word("session-message", "template-message") }, { channel, atMs }),
  Erasure: object({ customer: ref("Identity") }, { channel, business: text }),
  TallyReport: object({
    id: { type: "string", pattern: "^[\\w-]{8,64}$", description: "drawn at random: a report that comes again counts once" },
    tallies: list(object({ kind: word("send-blocked", "draft-rescued", "answered", "template-sent") }, {
      count: { type: "integer", minimum: 1, maximum: 1000, description: "1" },
      minutesLeft: { type: "integer", minimum: 0, maximum: 1_000_000, description: "of the window, at the answer: of `answered`, and needed there" },
      language: { type: "string", pattern: "^[a-z]{2,3}(_[A-Z][a-z]{3})?(_[A-Z]{2}|_[0-9]{3})?$", description: "of the template: of `template-sent`, and needed there" },
    }), { minItems: 1, maxItems: 100 }),
  }, { agoMs: { type: "integer", minimum: 0, maximum: 86_400_000, description: "milliseconds since it happened; 0" } }),
  Replay: object({ ids: list(text, { maxItems: 1000 }) }),
};

const ANSWERS = {
  Problem: object({ code: { type: "string", pattern: "^[a-z][a-z0-9-]*$" }, message: text }, { field: text }),
  Windows: object({
    nowAtMs: atMs, cursor: { ...text, description: "hand it in as `Last-Event-ID`: the stream tells what changed since" },
    windows: list(object({ keys, state: ref("WindowState"), status: ref("WindowStatus") }, {
      observedSinceAtMs: atMs,
      refused: { ...word("other-business"), description: "this caller may not ask about this address of ours: nothing of the window is told, and it looks like one that is unknown" },
    })),
  }, {
    businesses: list(text, { description: "addresses of ours that the caller is limited to: its stream tells of no others" }),
    policies: { type: "object", description: "by channel, where it is not the engine's own: whoever judges a state judges by it", additionalProperties: { type: "object" } },
  }),
  VerdictAnswer: object(
    { nowAtMs: atMs, maySend: flag, verdict: ref("Verdict"), status: ref("WindowStatus") },
    { unconfirmed: word("confirmed-other-conversation", "confirmed-other-send", "confirmed-other-reason"), overruled: word("whole", "verdict") },
  ),
  Closing: object({
    nowAtMs: atMs, windows: list(object({ keys, state: ref("WindowState"), closesAtMs: atMs }, { status: ref("WindowStatus") })),
  }, { next: { ...text, description: "hand it in as `after`; absent on the last page" } }),
  Recorded: object({ nowAtMs: atMs, recorded: { const: true } }),
  Erased: object({ nowAtMs: atMs, erased: { type: "integer", description: "windows that are gone" } }),
  TallyAnswer: object({ nowAtMs: atMs, recorded: { ...flag, description: "`false`: it was told before" } }),
  Tallies: object({
    nowAtMs: atMs, fromDay: day, untilDay: day,
    tallies: list(object({ day, kind: word("send-blocked", "draft-rescued", "answered", "template-sent", "refused-while-open"), count: { type: "integer" } }, {
      label: { ...text, description: "of `answered` the minutes that were left, such as `15-60`; of `template-sent` the language" },
    })),
  }),
  DeadLetters: object({
    nowAtMs: atMs, letters: list(object({ id: text, business: text, customer: { ...text, description: "a pseudonym, as in the log" }, atMs, diedAtMs: atMs, tries: { type: "integer" }, reason: text })),
  }, { next: { ...text, description: "hand it in as `after`; absent on the last page" } }),
  Replayed: object({ nowAtMs: atMs, replayed: { type: "integer", description: "those that wait again" } }),
  State: object({ status: word("alive", "ready") }),
  StreamWindow: object({ keys, state: ref("WindowState") }, { status: ref("WindowStatus") }),
  StreamNow: object({ nowAtMs: atMs }),
  StreamReset: object({}),
  StreamReminder: object({ id: text, keys, business: text, channel, closesAtMs: atMs, thresholdMs: ms }),
};

/** @type {Record<string, Schema>} */
export const SCHEMAS = { ...WINDOW, ...QUESTIONS, ...ANSWERS };
