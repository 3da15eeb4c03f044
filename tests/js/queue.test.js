// A text that goes out when the customer answers; and what a provider's refusal changes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { GRACE_MS } from "../../www/controller/queue.js";
import { HOUR, NOW, ana, ben, desk, settled, template, wrote } from "../support/desk.mjs";
import { importTemplates } from "../../www/index.js";

const hello = template("Hello {{1}}");

/** A closed window with a draft, and a way for texts. */
function closed(/** @type {any} */ more = {}) {
  const texts = /** @type {any[]} */ ([]);
  const made = desk({ templates: [hello], sendText: (/** @type {any} */ message) => void texts.push(message), ...more });
  made.controller.record(wrote("SM0", NOW - 25 * HOUR));
  made.controller.setDraft("half a sentence");
  return { ...made, texts };
}

/** The customer answers, and the agent sees it. */
function answer(/** @type {any} */ { controller, time }, text = "Thank you", kind = "text") {
  controller.hear({ kind, text });
  controller.record(/** @type {any} */ ({ ...wrote(`SM-in ${time.nowAtMs}`, time.nowAtMs), kind }));
  controller.answerSeen();
}
const auto = (/** @type {any} */ more = {}) => closed({ queue: "auto", ...more });

test("once the customer has answered the agent is asked, and nothing goes out by itself", async () => {
  const made = closed();
  const { controller, texts, time } = made;
  assert.equal(controller.snapshot.queue, "offered");
  controller.queueDraft(true);
  assert.equal(controller.snapshot.queue, "waiting");
  await controller.sendQueued();
  assert.deepEqual([texts, controller.snapshot.queue], [[], "waiting"], "the window is closed");
  time.pass(HOUR);
  answer(made, "Stop! Cancel everything");
  assert.deepEqual([controller.snapshot.queue, controller.snapshot.answer, controller.snapshot.draft], ["ask", { kind: "text", text: "Stop! Cancel everything" }, "half a sentence"]);
  time.pass(HOUR);
  assert.deepEqual(texts, []);
  await controller.sendQueued();
  assert.deepEqual(texts.map(({ text, conversationId }) => [text, conversationId]), [["half a sentence", "ana"]]);
  assert.match(texts[0].sendId, /^[0-9a-f]{32}$/);
  assert.deepEqual([controller.snapshot.draft, controller.snapshot.queue, controller.snapshot.answer], ["", undefined, undefined]);
  await controller.sendQueued();
  assert.equal(texts.length, 1);
});

test("asked, the agent may edit or discard it", () => {
  for (const [act, draft] of /** @type {[(controller: any) => void, string][]} */ ([[(controller) => controller.queueDraft(false), "half a sentence"], [(controller) => controller.setDraft(""), ""]])) {
    const made = closed();
    made.controller.queueDraft(true);
    answer(made);
    act(made.controller);
    assert.deepEqual([made.controller.snapshot.queue, made.controller.snapshot.draft, made.texts], [undefined, draft, []]);
  }
});

test("auto: it goes out ten seconds after a plain answer was seen, and the seconds are told", async () => {
  const made = auto();
  const { controller, texts, time } = made;
  controller.queueDraft(true);
  controller.hear({ kind: "text", text: "Thank you" });
  controller.record(wrote("SM1", time.nowAtMs));
  assert.deepEqual([controller.snapshot.queue, controller.snapshot.dueInMs], ["ready", undefined], "nobody has seen the answer");
  time.pass(HOUR);
  assert.deepEqual(texts, []);
  controller.answerSeen();
  assert.deepEqual([controller.snapshot.queue, controller.snapshot.dueInMs], ["due", GRACE_MS]);
  assert.equal(controller.snapshot.draft, "half a sentence", "the text came back meanwhile");
  time.pass(3_000);
  assert.equal(controller.snapshot.dueInMs, GRACE_MS - 3_000);
  time.pass(GRACE_MS - 3_001);
  assert.deepEqual(texts, []);
  time.pass(1);
  await settled();
  assert.deepEqual(texts.map(({ text, conversationId }) => [text, conversationId]), [["half a sentence", "ana"]]);
  assert.deepEqual([controller.snapshot.draft, controller.snapshot.queue], ["", undefined]);
  time.pass(HOUR);
  assert.equal(texts.length, 1);
});

test("auto: words that ask to stop, and whatever is not plain text, ask", () => {
  const cases = /** @type {[string, string | undefined, string][]} */ ([
    ["text", "Stop! Cancel everything", "ask"], ["text", "STOP", "ask"], ["text", "please don’t", "ask"], ["text", "توقف من فضلك", "ask"], ["text", "إلغاء", "ask"],
    ["text", "non-stop service, thanks", "ask"], ["text", "The endless road", "ready"], ["text", "شكرًا لك", "ready"],
    ["image", "look", "ask"], ["call", undefined, "ask"], ["button", "Yes", "ask"], ["text", undefined, "ask"],
  ]);
  for (const [kind, text, expected] of cases) {
    const { controller, time } = auto();
    controller.queueDraft(true);
    controller.hear({ kind, ...(text !== undefined && { text }) });
    controller.record(/** @type {any} */ ({ ...wrote("SM1", time.nowAtMs), kind }));
    assert.equal(controller.snapshot.queue, expected, `${kind}: ${text}`);
  }
  const { controller, time } = auto();
  controller.queueDraft(true);
  controller.record(wrote("SM1", time.nowAtMs));
  assert.equal(controller.snapshot.queue, "ask", "nobody said what the customer wrote");
});

test("auto: any further event, key or blur, another conversation, a sleep, or a clock that jumps end it for good", () => {
  const acts = /** @type {[string, (made: any) => void][]} */ ([
    ["a further message", (made) => answer(made, "And one more thing")],
    ["a further event without a word", ({ controller, time }) => controller.record(wrote("SM2", time.nowAtMs))],
    ["a call that a server tells of", ({ controller, time }) => controller.merge({ version: 1, customer: [{ id: "CA1", kind: "call", providerAtMs: time.nowAtMs }], refused: [], sent: [] })],
    ["a key or a blur", ({ controller }) => controller.holdQueued()],
    ["another conversation", ({ controller }) => (controller.setConversation(ben), controller.setConversation(ana))],
    ["a sleep", ({ controller, time }) => (time.jump(GRACE_MS + 2_001), controller.evaluate())],
    ["a clock that was set back", ({ controller, time }) => (time.jump(-1), controller.evaluate())],
  ]);
  for (const [name, act] of acts) {
    const made = auto();
    const { controller, texts, time } = made;
    controller.queueDraft(true);
    answer(made);
    assert.equal(controller.snapshot.queue, "due");
    act(made);
    assert.equal(controller.snapshot.queue, "ask", name);
    controller.answerSeen();
    time.pass(HOUR);
    assert.deepEqual([controller.snapshot.queue, texts], ["ask", []], name);
  }
});

test("a window that closes again while it counts down waits for the next answer, and asks then", () => {
  const made = auto();
  const { controller, texts, time } = made;
  controller.queueDraft(true);
  answer(made);
  controller.refused({ id: "SM9" });
  assert.equal(controller.snapshot.queue, "waiting");
  time.pass(HOUR);
  answer(made);
  time.pass(HOUR);
  assert.deepEqual([controller.snapshot.queue, texts], ["ask", []]);
});

test("its id is made when it is queued, and is the same whether it goes out of the box or by the agent's word", async () => {
  const { controller, texts, time } = closed();
  controller.queueDraft(true);
  controller.record(wrote("SM1", time.nowAtMs));
  controller.setDraft("");
  const { sendId } = controller.beginText({ text: "half a sentence" });
  controller.settleText(sendId, { error: new TypeError("no answer") });
  assert.equal(controller.snapshot.draft, "half a sentence");
  assert.deepEqual(texts, []);
  assert.equal(controller.beginText({ text: "half a sentence" }).sendId, sendId);
});

test("it never goes out without being asked for, after it was called back, or as another text", () => {
  const acts = /** @type {[string, (controller: any) => unknown][]} */ ([
    ["never asked", () => {}],
    ["called back", (controller) => { controller.queueDraft(true); controller.queueDraft(false); }],
    ["the agent types on", (controller) => { controller.queueDraft(true); controller.setDraft("half a sentence, and more"); }],
    ["a refused text joined it", (controller) => { controller.queueDraft(true); controller.refused({ id: "SM7", text: "another" }); }],
  ]);
  for (const [name, act] of acts) {
    const { controller, texts, time } = closed();
    act(controller);
    controller.record(wrote("SM1", time.nowAtMs + 1));
    time.pass(HOUR);
    assert.deepEqual(texts, [], name);
    assert.notEqual(controller.snapshot.draft, "", name);
  }
});

test("called back in the last moment, it stays a draft", () => {
  const made = auto();
  const { controller, texts, time } = made;
  controller.queueDraft(true);
  answer(made);
  time.pass(GRACE_MS - 1);
  controller.queueDraft(false);
  time.pass(HOUR);
  assert.deepEqual(texts, []);
  assert.equal(controller.snapshot.draft, "half a sentence");
});

test("after a template went in its place it waits no longer, until the agent asks again", async () => {
  const { controller, texts, time } = closed();
  controller.queueDraft(true);
  await controller.sendTemplate(hello, { 1: "Ana" });
  assert.equal(controller.snapshot.queue, "offered");
  controller.record(wrote("SM1", NOW));
  time.pass(HOUR);
  assert.deepEqual(texts, []);
  assert.equal(controller.snapshot.draft, "half a sentence");
});

test("what does not go out is a draft again, with the reason", async () => {
  const made = closed({ sendText: () => Promise.reject(Object.assign(new Error("no"), { code: 63016 })) });
  made.controller.queueDraft(true);
  answer(made);
  await made.controller.sendQueued();
  assert.equal(made.controller.snapshot.draft, "half a sentence");
  assert.equal(made.controller.snapshot.error?.providerCode, 63016);
});

test("tabs agree by a lock, named after its id, on which of them sends it", async (t) => {
  const held = new Set();
  const before = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  t.after(() => (before ? Object.defineProperty(globalThis, "navigator", before) : Reflect.deleteProperty(globalThis, "navigator")));
  Object.defineProperty(globalThis, "navigator", { configurable: true, value: { locks: { request: async (/** @type {string} */ name, /** @type {any} */ _, /** @type {any} */ act) => {
    if (held.has(name)) return act(null);
    held.add(name);
    await act({ name });
  } } } });
  const made = closed({ tabs: "one origin" });
  made.controller.queueDraft(true);
  answer(made);
  await made.controller.sendQueued();
  assert.equal(made.texts.length, 1);
  assert.deepEqual([...held], [`one origin ${made.texts[0].sendId}`]);
  made.controller.destroy();
});

test("without a way for texts nothing is offered or queued", () => {
  const { controller } = closed({ sendText: undefined });
  controller.queueDraft(true);
  assert.equal(controller.snapshot.queue, undefined);
});

/** What each code does: to the window, to the template (its reasons, its notes), for the next customer. */
const VERDICTS = /** @type {[number, { closes?: true, reason?: string, note?: string }][]} */ ([
  [63016, { closes: true }], [131047, { closes: true }],
  [63027, { note: "refused-language" }], [132001, { note: "refused-language" }],
  [63028, { note: "refused-parameters" }], [21656, { note: "refused-parameters" }], [132000, { note: "refused-parameters" }], [132012, { note: "refused-parameters" }],
  [63040, { reason: "refused-rejected" }], [63041, { reason: "refused-paused" }], [132015, { reason: "refused-paused" }],
  [63042, { reason: "refused-disabled" }], [132016, { reason: "refused-disabled" }],
  [63013, { note: "refused-policy" }], [132007, { note: "refused-policy" }],
  [21655, { reason: "refused-not-found" }], [50528, { reason: "refused-not-found" }], [132068, { reason: "refused-flow" }], [132069, { reason: "refused-flow" }],
  [63001, {}], [20003, {}], [63052, {}], [63032, {}],
]);

/** @param {any} controller @param {{ closes?: true, reason?: string, note?: string }} expected @param {string} name */
function changed(controller, { closes, reason, note }, name) {
  const { status, templates: { items: [{ eligibility }] } } = controller.snapshot;
  assert.equal(status.kind, closes ? "closed" : "open", name);
  assert.deepEqual(eligibility.reasons.map(({ code }) => code), reason ? [reason] : [], name);
  assert.deepEqual(eligibility.notes.map(({ code }) => code), note ? [note] : [], name);
  assert.deepEqual(controller.search().items[0].eligibility, eligibility, `${name}: the chooser sees the same`);
}

for (const [code, expected] of VERDICTS) {
  test(`${code} changes what it speaks of, at once and when it is told later`, async () => {
    let refuses = true;
    const { controller } = desk({ templates: [hello], send: () => {
      if (refuses) throw Object.assign(new Error("refused"), { code });
      return { id: "SM-out" };
    } });
    controller.record(wrote("SM1", NOW - HOUR));
    await settled();
    await assert.rejects(controller.sendTemplate(hello, { 1: "Ana" }), { code: "send-refused" });
    changed(controller, expected, "at once");
    assert.equal(controller.snapshot.error?.providerCode, code);

    refuses = false;
    const later = desk({ templates: [hello], send: () => ({ id: "SM-out" }) });
    later.controller.record(wrote("SM1", NOW - HOUR));
    await settled();
    await later.controller.sendTemplate(hello, { 1: "Ana" });
    later.controller.refused({ id: "SM-out", code });
    changed(later.controller, expected, "later");
    assert.equal(later.controller.snapshot.error?.providerCode, code);
  });
}

test("63049 and 131049 cap marketing for this customer: that template is not sent for 24 hours, another has a note", async () => {
  for (const code of [63049, 131049]) {
    const offer = template("Hello {{1}}", { id: "HX2", category: "marketing" });
    const other = template("Hello {{1}}", { id: "HX3", category: "marketing" });
    const { controller, time } = desk({ templates: [offer, other, hello], send: () => { throw Object.assign(new Error("refused"), { code }); } });
    controller.record(wrote("SM1", NOW - HOUR));
    await settled();
    await assert.rejects(controller.sendTemplate(offer, { 1: "Ana" }));
    const codes = () => controller.snapshot.templates.items.map(({ eligibility: { reasons, notes } }) => [reasons, notes].map((list) => list.map(({ code }) => code).join()));
    assert.deepEqual(codes(), [["refused-marketing-cap", ""], ["", "marketing-capped"], ["", ""]]);
    controller.setConversation(ben);
    await settled();
    assert.deepEqual(codes(), [["", ""], ["", ""], ["", ""]]);
    controller.setConversation(ana);
    time.pass(25 * HOUR);
    controller.evaluate();
    assert.deepEqual(codes(), [["", "refused-marketing-cap"], ["", ""], ["", ""]]);
  }
});

test("a template that is paused, disabled or rejected is so for every customer, until it is read anew", async () => {
  for (const code of [63040, 63041, 63042, 132015, 132016]) {
    let list = [hello];
    const { controller } = desk({ templates: () => list, send: () => { throw Object.assign(new Error("refused"), { code }); } });
    await settled();
    await assert.rejects(controller.sendTemplate(hello, { 1: "Ana" }));
    const kind = () => controller.snapshot.templates.items[0].eligibility.kind;
    controller.setConversation(ben);
    await settled();
    assert.equal(kind(), "not-sendable", String(code));
    await controller.reloadTemplates();
    assert.equal(kind(), "not-sendable", "the same list again says nothing new");
    list = [hello];
    await controller.reloadTemplates();
    assert.equal(kind(), "sendable");
  }
});

test("63050 and 131050: the customer stopped marketing, and only that", async () => {
  for (const code of [63050, 131050]) {
    const offer = template("Hello {{1}}", { id: "HX2", category: "marketing" });
    const { controller } = desk({ templates: [offer, hello], send: () => { throw Object.assign(new Error("refused"), { code }); } });
    await settled();
    await assert.rejects(controller.sendTemplate(offer, { 1: "Ana" }));
    assert.deepEqual(controller.snapshot.templates.items.map(({ eligibility }) => eligibility.reasons[0]?.code), ["marketing-opt-out", undefined]);
    const told = (/** @type {boolean} */ optedOutOfMarketing) => {
      controller.setConversation({ ...ana, optedOutOfMarketing });
      return controller.snapshot.templates.items[0].eligibility.reasons.map(({ code }) => code);
    };
    assert.deepEqual([told(true), told(false)], [["marketing-opt-out"], []], "the customer took it back");
  }
});

test("what could not be read stands last, greyed, with the reason: by the engine, and on the provider's page", async () => {
  const a = template("x", { id: "HXa", name: "alpha", variables: [] });
  const bad = /** @type {any[]} */ ([{ id: "HX1", name: "parcel_note", language: "en" }, null, { ...a, id: 7 }]);
  const problems = [
    { code: "wrong-type", path: "contents[3].types", message: "an object is required", id: "HX2" },
    { code: "malformed-placeholder", path: "contents[4].types", message: "it stands in a template that was read", id: "HXa" },
    { code: "wrong-type", path: "contents[3].language", message: "a second one of the same", id: "HX2" },
    { code: "wrong-type", path: "page.contents[5]", message: "an <b>object</b> is required" },
    { code: "wrong-type", path: "page.contents[5]", message: "the same place on another page" },
  ];
  const { controller } = desk({ templates: async () => ({ templates: [bad[0], a, bad[1], bad[2]], problems }) });
  await settled();
  const { items, total } = controller.search();
  assert.deepEqual(items.map(({ id, template, eligibility }) => [id, template.name, eligibility.kind, eligibility.reasons[0]?.code]), [
    ["HXa", "alpha", "sendable", undefined],
    ["HX1", "parcel_note", "not-sendable", "template-unreadable"],
    ["", "?", "not-sendable", "template-unreadable"],
    ["", "alpha", "not-sendable", "template-unreadable"],
    ["HX2", "HX2", "not-sendable", "template-unreadable"],
    ["page.contents[5]", "page.contents[5]", "not-sendable", "template-unreadable"],
    ["page.contents[5]", "page.contents[5]", "not-sendable", "template-unreadable"],
  ], "what has no id is told by its place");
  assert.equal(total, 7);
  assert.match(items[5].eligibility.reasons[0].message, /an <b>object<\/b> is required$/);
  assert.match(items[4].eligibility.reasons[0].message, /^contents\[3\]\.types: an object/);
  assert.deepEqual(controller.search({ query: "parcel" }).items.map(({ id }) => id), ["HX1"]);
  assert.deepEqual(controller.search({ query: "hx2 nothing" }), { items: [], total: 0, languages: ["en"] });
  assert.deepEqual([controller.search({ limit: 2 }).items.length, controller.search({ limit: 2 }).total], [2, 7]);
  assert.deepEqual(controller.snapshot.templates.items.map(({ eligibility }) => eligibility.reasons[0]?.code),
    ["template-unreadable", undefined, ...Array(5).fill("template-unreadable")]);
});

test("of a provider's own page everything that became no template is listed, with an id and without", async () => {
  const page = { contents: [null, 5, { types: 5 }, { sid: "HX3", language: "en", types: "x" }], meta: { next_page_url: "https://elsewhere.example.com/" } };
  const read = importTemplates(page);
  const { controller } = desk({ templates: async () => read });
  await settled();
  assert.deepEqual(controller.search().items.map(({ id }) => id),
    ["page.contents[0]", "page.contents[1]", "page.contents[2].sid", "HX3", "page.meta.next_page_url"]);
});

test("search: what was used and what is liked stands first among equals; an unreadable template hides nothing", async () => {
  const [a, b, c] = ["a", "b", "c"].map((name) => template("x", { id: name, name, variables: [] }));
  const { controller } = desk({ templates: [a, /** @type {any} */ ({ id: "?" }), b, c], preferences: { recent: ["b"] } });
  await settled();
  const names = () => controller.search().items.map(({ template }) => template.name).filter((name) => name !== "?");
  assert.deepEqual(names(), ["b", "a", "c"]);
  controller.setFavourite("c", true);
  assert.deepEqual(names(), ["c", "b", "a"]);
  await controller.sendTemplate(a, {});
  assert.deepEqual(controller.snapshot.preferences, { favourites: ["c"], recent: ["a", "b"] });
  controller.setFavourite("c", false);
  assert.deepEqual(names(), ["a", "b", "c"]);
});
