// What is received is not believed further than it reaches: times, other tabs, refusals, and what the desktop's own functions answer.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { policyFor } from "../../www/index.js";
import { receiptOf } from "../../www/controller/template-sends.js";
import { BUSINESS, HOUR, MINUTE, NOW, ana, ben, clock, deferred, desk, settled, template, wrote } from "../support/desk.mjs";
import { until } from "../support/until.mjs";

const DAY = 24 * HOUR;
const hello = template("Hello {{1}}");

for (const [name, evidence] of /** @type {[string, any][]} */ ([
  ["the provider", wrote("SM1", NOW + 300 * DAY)],
  ["a server", { id: "SM1", log: "customer", kind: "text", receiptAtMs: NOW + 300 * DAY }],
  ["the desktop", { id: "SM1", log: "customer", kind: "text", desktopAtMs: NOW + 300 * DAY }],
])) {
  test(`a time of ${name} 300 days ahead opens the window for a day`, () => {
    const { controller, time } = desk();
    controller.record(evidence);
    assert.deepEqual([controller.snapshot.status.kind, controller.snapshot.status.openedAtMs], ["open", NOW]);
    time.pass(DAY);
    assert.equal(controller.evaluate().status.kind, "closed");
  });
}

test("a refusal that is dated years ahead locks until the customer writes, and no longer", () => {
  const { controller, time } = desk();
  controller.refused({ id: "SM1", at: NOW + 900 * DAY, text: "" });
  assert.equal(controller.snapshot.status.reason, "refused");
  time.jump(MINUTE);
  controller.record(wrote("SM2", NOW + MINUTE));
  assert.equal(controller.snapshot.status.kind, "open");
});

for (const [ahead, told] of /** @type {const} */ ([[2 * MINUTE - 1, 0], [2 * MINUTE, 0], [2 * MINUTE + 1, 1]])) {
  test(`a stamp ${ahead} ms ahead is ${told ? "told" : "no matter"}, and moves no clock`, () => {
    const reports = /** @type {any[]} */ ([]);
    const { controller } = desk({ onReport: (/** @type {any} */ report) => void reports.push(report) });
    controller.record(wrote("SM1", NOW + ahead));
    assert.deepEqual(reports, told ? [{ code: "clock-suspect" }] : []);
    assert.deepEqual([controller.snapshot.nowAtMs, controller.snapshot.status.openedAtMs], [NOW, NOW]);
  });
}

test("a host that throws at the report loses no evidence", (t) => {
  t.mock.method(console, "error", () => {});
  const { controller } = desk({ onReport: () => { throw new Error("no"); } });
  controller.record(wrote("SM1", NOW + HOUR));
  assert.equal(controller.snapshot.status.kind, "open");
});

test("a clock set back behind the evidence is seen in the status", () => {
  const { controller, time } = desk();
  controller.record(wrote("SM1", NOW));
  time.jump(-3 * HOUR);
  assert.equal(controller.evaluate().status.clockSuspect, true);
  time.jump(3 * HOUR);
  assert.equal(controller.evaluate().status.clockSuspect, undefined);
});

// ---- other tabs

let count = 0;
/** @type {{ destroy(): void }[]} */
let open = [];
afterEach(() => {
  for (const one of open) one.destroy();
  open = [];
});

/** A tab, and a stranger who speaks on its channel as if it were one. @param {any[]} own what this tab saw itself */
const overheard = async (own, options = {}) => {
  const tabs = `receipt test ${process.pid} ${(count += 1)}`;
  const { controller, time } = desk({ tabs, ...options });
  for (const one of own) controller.record(one);
  const stranger = new BroadcastChannel(tabs);
  open.push({ destroy() { controller.destroy(); stranger.close(); } });
  const keys = [`whatsapp/${BUSINESS}/phone:+491701234567`];
  /** @param {any} state of a window, and a mark of another window that shows when it was heard @param {any} [more] */
  const say = async (state) => {
    stranger.postMessage({ version: 1, keys, state: { version: 1, customer: [], refused: [], sent: [], ...state } });
    const mark = { version: 1, customer: [{ id: "mark", kind: "text", providerAtMs: NOW }], refused: [], sent: [] };
    stranger.postMessage({ version: 1, keys: [`whatsapp/${BUSINESS}/phone:+447700900123`], state: mark });
    await until("it was heard", () => {
      controller.setConversation(ben);
      const { kind } = controller.snapshot.status;
      controller.setConversation(ana);
      return kind !== "unknown";
    });
    return controller.snapshot.status;
  };
  return { controller, time, say };
};
const message = (/** @type {number} */ providerAtMs) => ({ customer: [{ id: "SM9", kind: "text", providerAtMs, receiptAtMs: providerAtMs }] });

test("another tab's word opens what this one knows nothing of, with the desktop's rank", async () => {
  const { say } = await overheard([]);
  const status = await say(message(NOW - HOUR));
  assert.deepEqual([status.kind, status.openedAtMs, status.decidedBy?.clock], ["open", NOW - HOUR, "desktop"]);
});

test("another tab's word opens no window that was refused or has expired", async () => {
  for (const [reason, own] of /** @type {const} */ ([["expired", [wrote("SM1", NOW - 25 * HOUR)]], ["refused", [wrote("SM1", NOW - HOUR), { id: "SM2", log: "refused", kind: "session-message", providerAtMs: NOW - 1 }]]])) {
    const { say, controller } = await overheard([...own]);
    assert.equal((await say(message(NOW))).reason, reason);
    controller.record(wrote("SM3", NOW));
    assert.equal(controller.snapshot.status.kind, "open", "the customer's own message does");
  }
});

test("another tab's word from years ahead opens for a day, and its refusal locks until the customer writes", async () => {
  const one = await overheard([]);
  assert.equal((await one.say(message(NOW + 900 * DAY))).openedAtMs, NOW);
  const two = await overheard([wrote("SM1", NOW - HOUR)]);
  const refused = { refused: [{ id: "SM9", kind: "session-message", providerAtMs: NOW + 900 * DAY, receiptAtMs: NOW + 900 * DAY }] };
  assert.equal((await two.say(refused)).reason, "refused");
  two.time.jump(MINUTE);
  two.controller.record(wrote("SM2", NOW + MINUTE));
  assert.equal(two.controller.snapshot.status.kind, "open");
});

test("another tab's word makes no time of ours earlier, where ours is the provider's", async () => {
  const { say } = await overheard([wrote("SM1", NOW)]);
  const status = await say({ customer: [{ id: "SM1", kind: "text", providerAtMs: NOW - 23 * HOUR }] });
  assert.deepEqual([status.kind, status.openedAtMs], ["open", NOW]);
});

// ---- refusals

test("a refusal goes to the conversation of its send, not to the one that is shown", async () => {
  const { controller } = desk({ templates: [hello] });
  controller.record(wrote("SM-in", NOW - HOUR));
  await controller.sendTemplate(hello, { 1: "Ana" });
  controller.setConversation(ben);
  controller.record({ ...wrote("SM-ben", NOW - HOUR) });
  controller.refused({ id: "SM1", code: 63016 });
  assert.deepEqual([controller.snapshot.status.kind, controller.snapshot.error], ["open", undefined]);
  controller.setConversation(ana);
  assert.deepEqual([controller.snapshot.status.reason, controller.snapshot.error?.providerCode], ["refused", 63016]);
});

test("the same with 65 and with 1,000 other conversations shown since", async () => {
  for (const others of [65, 1_000]) {
    const { controller } = desk({ templates: [hello] });
    controller.record(wrote("SM-in", NOW - HOUR));
    await controller.sendTemplate(hello, { 1: "Ana" });
    for (let n = 0; n < others; n += 1) controller.setConversation({ ...ben, id: `other ${n}`, customer: { phone: `+4477009${String(10_000 + n)}` } });
    const shown = controller.snapshot.conversation.id;
    controller.refused({ id: "SM1", code: 63016, text: "lost words" });
    assert.deepEqual([controller.snapshot.conversation.id, controller.snapshot.status.kind, controller.snapshot.draft], [shown, "unknown", ""]);
    controller.setConversation(ana);
    assert.deepEqual([controller.snapshot.status.reason, controller.snapshot.draft], ["refused", "lost words"]);
  }
});

test("a text's send is known by what the desktop answers, or by the evidence of it", async () => {
  const { controller } = desk({ sendText: async () => ({ id: "SM-text" }) });
  controller.askToSend({ text: "hello" });
  await controller.answerQuestion(true);
  controller.record({ id: "SM-own", log: "sent", kind: "session-message", desktopAtMs: NOW });
  controller.setConversation(ben);
  for (const id of ["SM-text", "SM-own"]) {
    controller.refused({ id, code: 63016 });
    assert.equal(controller.snapshot.status.kind, "unknown", id);
  }
  controller.setConversation(ana);
  assert.equal(controller.snapshot.status.reason, "refused");
});

test("a conversation that is named is found however many came since; one that never was is not", () => {
  const { controller } = desk();
  for (let n = 0; n < 70; n += 1) controller.setConversation({ ...ben, id: `other ${n}`, customer: { phone: `+4477009${String(10_000 + n)}` } });
  controller.refused({ id: "SM1", code: 63016, conversationId: "ana" });
  assert.throws(() => controller.refused({ id: "SM1", code: 63016, conversationId: "nobody" }), { code: "unknown-conversation" });
  controller.setConversation(ana);
  assert.equal(controller.snapshot.status.reason, "refused");
});

// ---- what the desktop's functions answer

const thrower = { get id() { throw new Error("no"); } };
for (const answer of [undefined, null, 5, "SM1", {}, { id: 5 }, { id: "" }, { id: "x".repeat(257) }, { sid: "" }, { sid: 5 }, thrower, new Proxy({}, { get(_, name) { if (name === "then") return undefined; throw new Error("no"); } })]) {
  test(`onSend that answers ${typeof answer === "object" && answer ? "an object without a readable id" : String(answer)} has not said that it sent, and the console names it once`, async (t) => {
    const told = t.mock.method(console, "error", () => {});
    const { controller } = desk({ templates: [hello], send: async () => answer });
    await assert.rejects(controller.sendTemplate(hello, { 1: "Ana" }), { name: "ReplyWindowError", code: "bad-receipt", field: "onSend" });
    assert.deepEqual([controller.snapshot.sending, controller.snapshot.error?.code], [false, "bad-receipt"]);
    assert.deepEqual(controller.snapshot.preferences.recent, []);
    const [error, ...others] = told.mock.calls.map((call) => call.arguments[0]);
    assert.deepEqual([error.code, error.field, others], ["bad-receipt", "onSend", []]);
    assert.match(error.message, /`onSend`.*`\{ id \}`/);
  });
}

test("Twilio's own message is a receipt: its `sid` is the id, and a refusal finds it", async () => {
  const { controller } = desk({ templates: [hello], send: async () => ({ sid: "SM7", status: "queued" }) });
  assert.deepEqual(await controller.sendTemplate(hello, { 1: "Ana" }), { id: "SM7" });
  controller.setConversation(ben);
  controller.refused({ id: "SM7", code: 63016 });
  assert.equal(controller.snapshot.status.kind, "unknown");
  controller.setConversation(ana);
  assert.equal(controller.snapshot.status.reason, "refused");
});

test("a receipt is read once, and what throws beside its id is left out", async () => {
  let reads = 0;
  const receipt = { get id() { reads += 1; return "x".repeat(256); }, get atMs() { throw new Error("no"); } };
  assert.deepEqual([receiptOf(receipt), reads], [{ id: "x".repeat(256) }, 1]);
  const { controller } = desk({ templates: [hello], send: () => ({ id: "SM1", get atMs() { throw new Error("no"); } }), policy: { ...policyFor("whatsapp"), maxUnanswered: 2 } });
  controller.record(wrote("SM0", NOW - HOUR));
  await controller.sendTemplate(hello, { 1: "Ana" });
  assert.equal(controller.snapshot.status.messagesLeft, 1);
});

test("templates() that never answers is told in time, by a code, and can be asked again", async () => {
  const time = clock();
  let answer = deferred();
  const { controller } = desk({ clock: time, templates: () => answer.promise });
  time.pass(19_999);
  assert.equal(controller.snapshot.templates.kind, "loading");
  time.pass(1);
  await settled();
  assert.deepEqual([controller.snapshot.templates.kind, controller.snapshot.templates.error?.code], ["failed", "templates-timed-out"]);
  answer.resolve([hello]);
  await settled();
  assert.equal(controller.snapshot.templates.kind, "failed", "too late");
  answer = deferred();
  const again = controller.reloadTemplates();
  answer.resolve([hello]);
  await again;
  assert.deepEqual([controller.snapshot.templates.kind, controller.snapshot.templates.items.length], ["ready", 1]);
  const waits = time.alarms.size;
  time.pass(60_000);
  assert.equal(controller.snapshot.templates.kind, "ready");
  assert.ok(waits <= 1, "no alarm of an answered load is left");
});

test("how long templates() may take is an option", async () => {
  const time = clock();
  const { controller } = desk({ clock: time, templates: () => new Promise(() => {}), templatesTimeoutMs: 50 });
  time.pass(50);
  await settled();
  assert.equal(controller.snapshot.templates.error?.code, "templates-timed-out");
  for (const wrong of [0, -1, NaN, "5", null]) assert.throws(() => desk({ templatesTimeoutMs: wrong }), { code: "wrong-type", field: "templatesTimeoutMs" });
});
