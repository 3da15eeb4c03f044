// A stand-in for the controller: the page says what the snapshot is, and keeps what the element asked for.

// Not of the index, which has the sentences of refusals at once.
import { checkSessionMessage } from "../../www/engine/message.js";
import { templateIndex } from "../../www/engine/template-index.js";
import { fillTemplate, suitableForDraft, templatePrompts } from "../../www/engine/template.js";

const templateText = (text) => ({ text, placeholders: [...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => ({ name: m[1], start: m.index, end: m.index + m[0].length })) });

export function template(id, fields = {}) {
  const { body = "Hello {{1}}, your case {{2}} is now being reviewed.", header, footer, buttons = [], cards = [], samples = {}, ...rest } = fields;
  const texts = [header?.text, header?.media, body, footer, ...buttons.flatMap((b) => [b.title, b.target])].filter(Boolean).join("\n");
  const names = [...new Set([...texts.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1]))];
  return {
    id, source: "twilio", name: id, language: "en", category: "utility", status: "approved", type: "twilio/text", types: ["twilio/text"],
    header: header && { kind: header.kind, text: header.text && templateText(header.text), media: header.media && templateText(header.media) },
    body: templateText(body), footer: footer && templateText(footer), cards,
    buttons: buttons.map((b) => ({ kind: b.kind, title: templateText(b.title), target: b.target && templateText(b.target) })),
    variables: names.map((name) => ({ name, sample: samples[name] })), ...rest,
  };
}

/** The engine's own search, with the eligibility that the test made up. */
function finder() {
  let known;
  let index;
  return ({ templates: { items }, conversation, preferences }, { limit = 60, ...need } = {}) => {
    if (known !== items) {
      index?.drop();
      index = templateIndex(items.map(({ template }) => template));
      known = items;
    }
    const { locale } = conversation;
    const found = index.search({ ...need, ...(locale && { locale }), ...preferences, limit: 1000 });
    const byId = new Map(items.map((item) => [item.template.id, item]));
    const all = found.results.map((why) => ({ ...why, ...byId.get(why.id) }));
    all.sort((a, b) => (a.eligibility.kind === "sendable" ? 0 : 1) - (b.eligibility.kind === "sendable" ? 0 : 1));
    return { items: all.slice(0, limit), total: found.total, languages: found.languages };
  };
}

const HOUR = 3_600_000;
export const NOW = Date.UTC(2026, 10, 23, 17, 48);

/** What the engine says of each kind of verdict. */
const CONSEQUENCES = {
  allowed: { leaves: "yes", locksComposer: false, alternatives: ["template"] },
  confirm: { leaves: "with-confirmation", locksComposer: false, alternatives: ["template"] },
  "template-only": { leaves: "no", locksComposer: true, alternatives: ["template"] },
  blocked: { leaves: "no", locksComposer: true, alternatives: [] },
};

/** A snapshot of a kind, `left` ms before closing. */
export function snapshotOf(kind, { left = 3 * HOUR + 12 * 60_000, reason, verdict, now = NOW, items = [], draft = "", ...rest } = {}) {
  const runs = kind === "open" || kind === "closing";
  const closesAtMs = kind === "unknown" ? undefined : runs ? now + left : now - 20 * 60_000;
  const openedAtMs = closesAtMs && closesAtMs - 24 * HOUR;
  const reasons = { open: "customer-event", closing: "customer-event", closed: "expired", unknown: "no-evidence" };
  const why = reason ?? reasons[kind];
  const verdicts = { open: ["allowed", "window-open"], closing: ["allowed", "window-open"], closed: ["template-only", `window-${why}`], unknown: ["confirm", "window-unknown"] };
  return {
    conversation: { id: "c1", business: "+15550100100", customer: { phone: "+966501234567" }, locale: "en", suggestions: { "First name": "Amina", "Case number": "CAS-00417" } },
    status: { kind, reason: why, isOpen: kind === "open" || kind === "closing", openedAtMs, closesAtMs, ignored: [], ...(openedAtMs && { decidedBy: { log: "customer", id: "SM1", kind: "text", atMs: openedAtMs, clock: "provider" } }) },
    verdict: full(verdict ?? { kind: verdicts[kind][0], reason: verdicts[kind][1] }),
    nowAtMs: now, remainingMs: runs ? left : undefined, draft, templates: { kind: "ready", items }, preferences: { favourites: [], recent: [] }, sending: false, ...rest,
  };
}

/** @param {{ kind: string, reason: string }} verdict */
const full = (verdict) => ({ ...CONSEQUENCES[verdict.kind], ...verdict });

export const sendable = (template, notes = []) => ({ template, eligibility: { kind: "sendable", reasons: [], notes } });
export const greyed = (template, ...codes) => ({ template, eligibility: { kind: "not-sendable", reasons: codes.map((code) => ({ code, message: code })), notes: [] } });

export function fakeController(snapshot) {
  const listeners = new Set();
  const find = finder();
  const controller = {
    snapshot, calls: [], ready: Promise.resolve(), fill: fillTemplate, prompts: templatePrompts,
    subscribe(listener) { listeners.add(listener); return () => listeners.delete(listener); },
    next(snapshot) {
      const previous = controller.snapshot;
      controller.snapshot = snapshot;
      for (const listener of [...listeners]) listener(snapshot, previous);
    },
    listeners,
    send: async () => ({ id: "SM-sent" }),
    sendTemplate(template, values) { controller.calls.push({ template: template.id, values }); return controller.send(template, values); },
    search: (need) => find(controller.snapshot, need),
    templatesForDraft(templates) {
      const draft = controller.snapshot.draft.trim();
      if (!draft) return [];
      const tried = templates ?? controller.search().items.filter(({ eligibility }) => eligibility.kind === "sendable").map(({ template }) => template);
      return suitableForDraft(tried, draft).map((found) => ({ ...found, template: tried.find(({ id }) => id === found.id) }));
    },
    check: (message) => checkSessionMessage(message),
    wouldLose: () => false,
    setFavourite(id, isLiked) {
      const { favourites, recent } = controller.snapshot.preferences;
      const others = favourites.filter((known) => known !== id);
      controller.next({ ...controller.snapshot, preferences: { favourites: isLiked ? [...others, id] : others, recent } });
    },
    queueDraft(isWanted) { controller.calls.push(isWanted ? "queue" : "unqueue"); controller.next({ ...controller.snapshot, queue: isWanted ? "waiting" : "offered" }); },
    sendQueued() { controller.calls.push("send"); },
    answerSeen() { controller.calls.push("seen"); },
    holdQueued() { controller.calls.push("hold"); },
    reloadTemplates() { controller.calls.push("reload"); },
    setDraft(draft) { controller.next({ ...controller.snapshot, draft }); },
    judge: () => controller.snapshot.verdict,
    askToSend({ text }) { controller.next({ ...controller.snapshot, question: { reason: controller.snapshot.verdict.reason, text } }); return true; },
    async answerQuestion(isYes) { controller.calls.push(isYes ? "yes" : "no"); const { question, ...rest } = controller.snapshot; controller.next(rest); },
    record() {}, refused() {}, setConversation() {}, evaluate: () => controller.snapshot,
    destroy() { controller.calls.push("destroy"); },
  };
  return controller;
}

/** In place of the product's own, so that these tests are about the view alone. */
export const createController = (options) => {
  globalThis.made = options;
  const { conversation, templates = [], send } = options;
  const items = Array.isArray(templates) ? templates.map((t) => sendable(t)) : [];
  const controller = fakeController({ ...snapshotOf(options.state?.customer.length ? "open" : "unknown", { items }), conversation });
  controller.send = (template, values) => Promise.resolve(send({ contentSid: template.id, values }));
  globalThis.madeController = controller;
  return controller;
};

export const SAMPLE = [
  sendable(template("case_update_text", { samples: { 1: "Amelia", 2: "CAS-00417" }, body: "Hello {{1}}, your case {{2}} is now being reviewed. We will write again when there is news." })),
  sendable(template("track_parcel_cta", { body: "Hello {{first_name}}, your parcel left our warehouse today.", header: { kind: "image", media: "https://cdn.example.com/parcel.png" }, footer: "Example Shop", samples: { first_name: "Amelia", code: "3SABC123" }, buttons: [{ kind: "url", title: "Track parcel", target: "https://track.example.com/p/{{code}}" }, { kind: "quick-reply", title: "Talk to us" }] })),
  sendable(template("case_question", { body: "About your last message: {{1}} Could you tell us more?", samples: { 1: "the late parcel" } })),
  sendable(template("no_values", { body: "We tried to reach you. Please answer this message and we will go on from there." })),
  sendable(template("case_update_ar", { language: "ar", body: "مرحبًا {{1}}، طلبك رقم {{2}} قيد المراجعة الآن. سنكتب إليك عند وجود جديد.", samples: { 1: "أمينة", 2: "CAS-00417" }, buttons: [{ kind: "quick-reply", title: "شكرًا" }] })),
  sendable(template("caso_actualizado", { language: "pt_BR", body: "Olá {{1}}, seu caso {{2}} está em análise." })),
  sendable(template("spring_offer", { category: "marketing", language: "en_GB", body: "Hi {{1}}, spring is here: 20% off until Sunday." }), [{ code: "not-on-desktop", message: "x" }]),
  greyed(template("pick_topic", { status: "unsubmitted", body: "Hi {{1}}, what is your question about?" }), "session-only"),
  greyed(template("parcel_late", { status: "paused", body: "Hello {{1}}, your parcel is late." }), "status-paused"),
  greyed(template("new_brand_code", { category: "authentication", body: "{{1}} is your code" }), "a-code-from-the-future"),
];

/** As the controller tells of a template that could not be read. */
export const UNREAD = {
  template: template("delivery_note", { body: "", language: "und", category: "unknown", status: "unknown" }),
  eligibility: { kind: "not-sendable", reasons: [{ code: "template-unreadable", message: "contents[7].types: an object is required", action: "admin" }], notes: [] },
};

/** Formatted by the template's author, and in a value. */
/** A place at the end of a sentence. */
export const STATE = sendable(template("order_state", { body: "Your order is now {{1}}. We will write again when there is news.", samples: { 1: "on its way" } }));
export const FORMATTED = sendable(template("order_formatted", { body: "*Order {{1}}* left _today_.\n~20~ *15 euros*, code ```AB-{{2}}```.\nNote: {{3}}", samples: { 1: "A-7", 2: "12", 3: "at the *back* door" } }));
