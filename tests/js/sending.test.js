// Templates: loading, offering, sending; a result belongs to the conversation for which it was started.

import assert from "node:assert/strict";
import { test } from "node:test";
import { policyFor } from "../../www/index.js";
import { HOUR, NOW, ana, ben, deferred, desk, settled, template, wrote } from "../support/desk.mjs";

const hello = template("Hello {{1}}");
const ids = (/** @type {any} */ snapshot) => snapshot.templates.items.map((/** @type {any} */ item) => item.template.id);

test("a list of templates is offered at once, each with its eligibility", async () => {
  const { controller } = desk({ templates: [hello, template("x", { id: "HX2", status: "rejected" })] });
  await settled();
  assert.equal(controller.snapshot.templates.kind, "ready");
  assert.deepEqual(controller.snapshot.templates.items.map(({ eligibility }) => eligibility.kind), ["sendable", "not-sendable"]);
  assert.equal(controller.snapshot.templates.items[1].eligibility.reasons[0].code, "status-rejected");
});

test("no templates: an empty offer, not a failure", async () => {
  const { controller } = desk();
  await settled();
  assert.deepEqual({ ...controller.snapshot.templates }, { kind: "ready", items: [] });
});

test("eligibility follows the window", async () => {
  const text = template("x", { id: "HX2", status: "unsubmitted" });
  const { controller, time } = desk({ templates: [text] });
  await settled();
  const kind = () => controller.snapshot.templates.items[0].eligibility.kind;
  assert.equal(kind(), "not-sendable");
  controller.record(wrote("SM1", NOW));
  assert.equal(kind(), "sendable");
  const { items } = controller.snapshot.templates;
  time.pass(HOUR);
  assert.equal(controller.snapshot.templates.items, items, "not made anew while nothing has changed");
  time.pass(24 * HOUR);
  assert.equal(kind(), "not-sendable");
});

test("a template that cannot be read does not hide the others", async () => {
  const { controller } = desk({ templates: [/** @type {any} */ ({ id: "HX0" }), hello] });
  await settled();
  assert.deepEqual(controller.snapshot.templates.items.map(({ eligibility }) => eligibility.reasons[0]?.code), ["template-unreadable", undefined]);
  assert.match(controller.snapshot.templates.items[0].eligibility.reasons[0].message, /required/);
});

test("loading that fails is told and can be tried again; what was there stays", async () => {
  let answer = /** @type {any} */ (() => Promise.reject(Object.assign(new Error("down"), { code: 20429 })));
  const { controller } = desk({ templates: () => answer() });
  assert.equal(controller.snapshot.templates.kind, "loading");
  await settled();
  assert.equal(controller.snapshot.templates.kind, "failed");
  assert.deepEqual({ ...controller.snapshot.templates.error }, { code: "templates-unavailable", message: "down", providerCode: 20429, meaning: "account-rate-limit", sentence: "rate-limit" });
  answer = () => [hello];
  await controller.reloadTemplates();
  assert.equal(controller.snapshot.templates.kind, "ready");
  answer = () => "nonsense";
  await controller.reloadTemplates();
  assert.equal(controller.snapshot.templates.error?.code, "wrong-type");
  assert.deepEqual(ids(controller.snapshot), ["HX1"]);
  answer = () => { throw new Error("at once"); };
  await controller.reloadTemplates();
  assert.equal(controller.snapshot.templates.error?.message, "at once");
  controller.setConversation(ben);
  controller.setConversation(ana);
  assert.equal(controller.snapshot.templates.kind, "failed");
});

test("templates that arrive after a switch are of the conversation they were asked for", async () => {
  /** @type {Record<string, any>} */
  const loads = { ana: deferred(), ben: deferred() };
  const { controller } = desk({ templates: (/** @type {any} */ { id }) => loads[id].promise });
  controller.setConversation(ben);
  loads.ana.resolve([template("for Ana", { id: "HXa" })]);
  await settled();
  assert.equal(controller.snapshot.templates.kind, "loading");
  assert.deepEqual(ids(controller.snapshot), []);
  loads.ben.resolve([template("for Ben", { id: "HXb" })]);
  await settled();
  assert.deepEqual(ids(controller.snapshot), ["HXb"]);
  controller.setConversation(ana);
  assert.deepEqual(ids(controller.snapshot), ["HXa"]);
});

test("of two loads the later one counts, whichever ends first", async () => {
  const loads = [deferred(), deferred()];
  let next = 0;
  const { controller } = desk({ templates: () => loads[next++].promise });
  const reload = controller.reloadTemplates();
  loads[1].resolve([template("new", { id: "HXnew" })]);
  await reload;
  loads[0].resolve([template("old", { id: "HXold" })]);
  await settled();
  assert.deepEqual(ids(controller.snapshot), ["HXnew"]);
});

test("a template is sent, filled", async () => {
  const { controller, sent, told } = desk({ templates: [hello] });
  const receipt = await controller.sendTemplate(hello, { 1: "Ana" });
  assert.deepEqual(receipt, { id: "SM1" });
  const [{ sendId, ...message }] = sent;
  assert.match(sendId, /^[0-9a-f]{32}$/);
  assert.deepEqual([message], [{
    kind: "template", conversationId: "ana", contentSid: "HX1", contentVariables: '{"1":"Ana"}', text: "Hello Ana", language: "en",
  }]);
  assert.ok(told.some(({ sending }) => sending));
  assert.equal(controller.snapshot.sending, false);
  await controller.sendTemplate(template("No variables"), {});
  assert.ok(!("contentVariables" in sent[1]));
  assert.notEqual(sent[1].sendId, sendId, "of this send and no other");
});

test("a template of Meta's goes out as Meta wants it", async () => {
  const meta = template("Hello {{1}}", { id: "9100", source: "meta", format: "positional", type: "meta/template", types: ["meta/template"] });
  const { controller, sent } = desk({ templates: [meta] });
  await controller.sendTemplate(meta, { 1: "Ana" });
  assert.equal(sent[0].metaTemplate.name, "hello");
  assert.equal(sent[0].contentSid, "9100");
  assert.ok(!("contentVariables" in sent[0]));
});

test("what may not be sent is not sent, and the reason is told", async () => {
  const { controller, sent } = desk();
  const cases = [
    [template("x", { status: "paused" }), {}, "template-not-sendable", ""],
    [hello, {}, "template-incomplete", "values.1"],
    [hello, { 1: "a\nb" }, "template-incomplete", "values.1"],
    [hello, { 1: 5 }, "wrong-type", "values.1"],
    [{ ...hello, id: undefined }, {}, "missing-field", "template.id"],
    [undefined, {}, "wrong-type", "template"],
  ];
  for (const [wrong, values, code, field] of cases) {
    await assert.rejects(controller.sendTemplate(/** @type {any} */ (wrong), /** @type {any} */ (values)), { name: "ReplyWindowError", code, field });
    assert.equal(controller.snapshot.error?.code, code);
    assert.equal(controller.snapshot.sending, false);
  }
  const never = desk({ policy: { ...policyFor("whatsapp"), after: "nothing" } });
  never.controller.record(wrote("SM1", NOW - 25 * HOUR));
  await assert.rejects(never.controller.sendTemplate(hello, { 1: "Ana" }), { code: "template-not-allowed" });
  assert.deepEqual([...sent, ...never.sent], []);
});

test("eligibility is asked at the instant of sending, not when the list was made", async () => {
  const text = template("x", { id: "HX2", status: "unsubmitted" });
  const { controller, time, sent } = desk({ templates: [text] });
  controller.record(wrote("SM1", NOW));
  await settled();
  assert.equal(controller.snapshot.templates.items[0].eligibility.kind, "sendable");
  time.jump(25 * HOUR);
  await assert.rejects(controller.sendTemplate(text, {}), { code: "template-not-sendable" });
  assert.deepEqual(sent, []);
  assert.equal(controller.snapshot.status.kind, "closed");
});

test("one send at a time: a second click sends nothing", async () => {
  const answer = deferred();
  let calls = 0;
  const { controller } = desk({ send: () => { calls += 1; return answer.promise; } });
  const first = controller.sendTemplate(hello, { 1: "Ana" });
  await assert.rejects(controller.sendTemplate(hello, { 1: "Ana" }), { code: "send-in-progress" });
  assert.equal(controller.snapshot.error, undefined);
  answer.resolve({ id: "SM1" });
  await first;
  assert.equal(calls, 1);
  await controller.sendTemplate(hello, { 1: "Ana" });
  assert.equal(calls, 2);
});

test("a provider's refusal is told with its code and remembered for this customer", async () => {
  let error = /** @type {any} */ (Object.assign(new Error("refused"), { code: 63041 }));
  const { controller } = desk({ templates: [hello], send: () => Promise.reject(error) });
  await settled();
  await assert.rejects(controller.sendTemplate(hello, { 1: "Ana" }), (/** @type {any} */ thrown) =>
    thrown.code === "send-refused" && thrown.cause === error);
  assert.deepEqual({ ...controller.snapshot.error }, { code: "send-refused", message: "refused", providerCode: 63041, meaning: "template-paused", sentence: "template-paused" });
  const { eligibility } = controller.snapshot.templates.items[0];
  assert.match([...eligibility.reasons, ...eligibility.notes].map(({ code }) => code).join(), /refused-paused/);
  const providerCode = async (/** @type {any} */ thrown) => {
    error = thrown;
    const other = desk({ send: () => { throw error; } });
    await assert.rejects(other.controller.sendTemplate(hello, { 1: "Ana" }), { name: "ReplyWindowError" });
    return [other.controller.snapshot.error?.code, other.controller.snapshot.error?.providerCode];
  };
  assert.deepEqual(await providerCode({ code: "63024" }), ["send-refused", 63024]);
  assert.deepEqual(await providerCode(Object.assign(new Error("x"), { providerCode: 131049 })), ["send-refused", 131049]);
  assert.deepEqual(await providerCode(Object.assign(new Error("x"), { code: "ECONNREFUSED" })), ["send-failed", undefined]);
  for (const thrown of [undefined, null, "a string", 5, new Error("x"), { code: 1.5 }]) {
    assert.deepEqual(await providerCode(thrown), ["send-failed", undefined]);
  }
});

test("the result of a send belongs to its conversation, also when another is shown", async () => {
  const answer = deferred();
  const { controller } = desk({ send: () => answer.promise });
  const sending = controller.sendTemplate(hello, { 1: "Ana" });
  assert.equal(controller.snapshot.sending, true);
  controller.setConversation(ben);
  assert.equal(controller.snapshot.sending, false);
  answer.reject(Object.assign(new Error("refused"), { code: 63016 }));
  await assert.rejects(sending, { code: "send-refused" });
  assert.equal(controller.snapshot.error, undefined);
  controller.setConversation(ana);
  assert.equal(controller.snapshot.sending, false);
  assert.equal(controller.snapshot.error?.providerCode, 63016);
});

test("a send that ends after the controller was destroyed tells its caller alone", async () => {
  const answer = deferred();
  const { controller, told } = desk({ send: () => answer.promise });
  const sending = controller.sendTemplate(hello, { 1: "Ana" });
  controller.destroy();
  const count = told.length;
  answer.resolve({ id: "SM1" });
  assert.deepEqual(await sending, { id: "SM1" });
  assert.equal(told.length, count);
});

test("what was accepted is never told as a failure", async () => {
  // Evidence of the same id that says another thing, an id that is no message's: what comes after the receipt is our matter.
  for (const receipt of [{ id: "SM1" }, { id: " " }, { id: "x".repeat(256), atMs: -1 }, { id: "SM1", atMs: 9e15 }]) {
    const { error } = console;
    console.error = () => {};
    try {
      const { controller } = desk({ policy: { ...policyFor("whatsapp"), maxUnanswered: 5 }, send: async () => receipt });
      assert.deepEqual(await controller.sendTemplate(hello, { 1: "Ana" }), receipt);
      assert.equal(controller.snapshot.error, undefined);
    } finally {
      console.error = error;
    }
  }
});

test("where messages without an answer are limited, a sent one counts", async () => {
  const policy = { ...policyFor("whatsapp"), maxUnanswered: 2 };
  const { controller } = desk({ policy });
  controller.record(wrote("SM0", NOW - HOUR));
  assert.equal(controller.snapshot.status.messagesLeft, 2);
  await controller.sendTemplate(hello, { 1: "Ana" });
  assert.equal(controller.snapshot.status.messagesLeft, 1);
});

test("a conversation that is sending is not forgotten: it sends once, however many others are shown meanwhile", async () => {
  const answer = deferred();
  let sends = 0;
  const { controller } = desk({ templates: [hello], send: () => ((sends += 1), answer.promise) });
  const sending = controller.sendTemplate(hello, { 1: "Ana" });
  for (let n = 0; n < 70; n += 1) controller.setConversation({ ...ben, id: `other ${n}`, customer: { phone: `+4477009${10_000 + n}` } });
  controller.setConversation(ana);
  assert.equal(controller.snapshot.sending, true);
  await assert.rejects(controller.sendTemplate(hello, { 1: "Ana" }), { code: "send-in-progress" });
  answer.resolve({ id: "SM1" });
  await sending;
  assert.deepEqual([controller.snapshot.sending, sends], [false, 1]);
});
