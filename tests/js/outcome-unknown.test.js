// A send that never answers: told as one of which nobody knows, tried again under the same id by the agent alone, settled by what comes late.

import assert from "node:assert/strict";
import { test } from "node:test";
import { policyFor } from "../../www/index.js";
import { HOUR, MINUTE, NOW, ana, ben, clock, deferred, desk, settled, template, wrote } from "../support/desk.mjs";

const hello = template("Hello {{1}}");
const refusal = Object.assign(new Error("no"), { code: 63024 });

/** A desk whose sends are answered by hand. @param {any} [more] */
function waiting(more = {}) {
  const time = clock();
  /** @type {any[]} */ const tries = [];
  const ask = (/** @type {any} */ message) => {
    const answer = deferred();
    tries.push({ ...answer, message });
    return answer.promise;
  };
  const made = desk({ clock: time, templates: [hello], send: ask, sendText: ask, ...more });
  made.controller.record(wrote("SM0", NOW - HOUR));
  const { controller } = made;
  /** Sends the template, and waits until that is given up. */
  const given = async (/** @type {any} */ values = { 1: "Ana" }) => {
    const outcome = controller.sendTemplate(hello, values).catch((/** @type {unknown} */ error) => error);
    time.pass(30_000);
    return outcome;
  };
  const error = () => controller.snapshot.error;
  return { ...made, tries, given, error };
}

test("a template that nobody answers for is given up after its time, to the millisecond, and is not sent again by itself", async () => {
  const { controller, time, tries, error } = waiting();
  const outcome = assert.rejects(controller.sendTemplate(hello, { 1: "Ana" }), { name: "ReplyWindowError", code: "outcome-unknown" });
  time.pass(29_999);
  await settled();
  assert.deepEqual([controller.snapshot.sending, error()], [true, undefined]);
  time.pass(1);
  await outcome;
  assert.deepEqual([controller.snapshot.sending, error()?.code, error()?.outcome], [false, "outcome-unknown", "unknown"]);
  assert.equal(error()?.sendId, tries[0].message.sendId);
  for (let hour = 0; hour < 3; hour += 1) time.pass(HOUR);
  controller.record(wrote("SM9", NOW + HOUR));
  controller.setConversation(ben);
  controller.setConversation(ana);
  await settled();
  assert.equal(tries.length, 1);
});

test("tried again it has the same id, and with other values another", async () => {
  const { given, tries } = waiting();
  await given();
  await given();
  await given({ 1: "Ben" });
  const [first, second, third] = tries.map(({ message }) => message.sendId);
  assert.equal(second, first);
  assert.notEqual(third, first);
});

test("told of by a state of delivery and by its own answer it is one send: counted once, and a refusal between the two leaves its values", async () => {
  const { controller, tries, error } = waiting({ policy: { ...policyFor("whatsapp"), maxUnanswered: 3 } });
  const outcome = controller.sendTemplate(hello, { 1: "Ana" });
  await settled();
  controller.settleSend(tries[0].message.sendId, { id: "SM1" });
  controller.refused({ id: "SM1", code: 63049 });
  const kept = [{ templateId: hello.id, values: { 1: "Ana" } }];
  assert.deepEqual(controller.snapshot.undelivered, kept);
  tries[0].resolve({ id: "SM1" });
  assert.equal((await outcome).id, "SM1");
  assert.deepEqual(controller.snapshot.undelivered, kept);
  assert.deepEqual([error()?.code, error()?.templateId], ["send-refused", hello.id]);
  assert.equal(controller.snapshot.status.messagesLeft, 2, "it counts once");
});

for (const [how, word] of /** @type {[string, (desk: any) => void][]} */ ([
  ["a late receipt", ({ tries }) => tries[0].resolve({ id: "SM1" })],
  ["a state of delivery that names the send", ({ controller, tries }) => controller.settleSend(tries[0].message.sendId, { id: "SM1" })],
])) {
  test(`${how} settles it: the failure is gone, the message known, and the same words are a new message`, async () => {
    const made = waiting({ policy: { ...policyFor("whatsapp"), maxUnanswered: 2 } });
    const { controller, tries, given, error } = made;
    await given();
    word(made);
    await settled();
    assert.deepEqual([error(), controller.snapshot.arrived], [undefined, tries[0].message.sendId]);
    assert.equal(controller.snapshot.status.messagesLeft, 1, "it counts");
    controller.refused({ id: "SM1", code: 63016 });
    assert.equal(controller.snapshot.status.reason, "refused", "it is known by its id");
    controller.setDraft("x");
    assert.equal(controller.snapshot.arrived, undefined);
    await given();
    assert.notEqual(tries[1].message.sendId, tries[0].message.sendId);
  });

  test(`${how} goes to the conversation of its send, and leaves another send's failure alone`, async () => {
    const made = waiting();
    const { controller, given, error } = made;
    await given();
    controller.setConversation(ben);
    word(made);
    await settled();
    assert.deepEqual([controller.snapshot.arrived, error()], [undefined, undefined]);
    controller.setConversation(ana);
    assert.ok(controller.snapshot.arrived);
    await given({ 1: "other" });
    const later = error();
    word(made);
    await settled();
    assert.equal(error(), later);
  });

  test(`${how} while it is tried again: what went out is never told as a failure`, async () => {
    const made = waiting();
    const { controller, tries, given, error } = made;
    await given();
    const again = controller.sendTemplate(hello, { 1: "Ana" });
    word(made);
    await settled();
    tries[1].reject(Object.assign(new Error("that key was used"), { status: 409 }));
    assert.equal((await again).id, "SM1");
    assert.deepEqual([error(), controller.snapshot.sending, tries.length], [undefined, false, 2]);
  });
}

test("a late refusal takes the place of not knowing, and the next try is another send; a late failure that says nothing changes nothing", async () => {
  const one = waiting();
  await one.given();
  one.tries[0].reject(refusal);
  await settled();
  assert.deepEqual([one.error()?.code, one.error()?.providerCode, one.error()?.outcome], ["send-refused", 63024, undefined]);
  await one.given();
  assert.notEqual(one.tries[1].message.sendId, one.tries[0].message.sendId);

  const two = waiting();
  await two.given();
  const before = two.error();
  two.tries[0].reject(new TypeError("the line went"));
  await settled();
  assert.equal(two.error(), before);
  await two.given();
  assert.equal(two.tries[1].message.sendId, two.tries[0].message.sendId);
});

test("a state of delivery that is quicker than the answer is no late word, and makes it the answer", async () => {
  const { controller, tries, error } = waiting();
  const sending = controller.sendTemplate(hello, { 1: "Ana" });
  controller.settleSend(tries[0].message.sendId, { id: "SM1" });
  assert.deepEqual([controller.snapshot.arrived, controller.snapshot.sending], [undefined, true]);
  tries[0].reject(new TypeError("the line went"));
  assert.equal((await sending).id, "SM1");
  assert.deepEqual([controller.snapshot.arrived, error(), controller.snapshot.sending], [undefined, undefined, false]);
});

test("a further try that is not even handed over says nothing of the first", async () => {
  const { controller, given, tries, error } = waiting();
  await given();
  await assert.rejects(controller.sendTemplate({ ...hello, status: "paused" }, { 1: "Ana" }), { code: "template-not-sendable" });
  await given();
  assert.equal(tries[1].message.sendId, tries[0].message.sendId);
  await assert.rejects(controller.sendTemplate({ ...hello, status: "paused" }, { 1: "Ana" }), { code: "template-not-sendable" });
  tries[0].resolve({ id: "SM1" });
  await settled();
  assert.deepEqual([controller.snapshot.arrived, error()?.code], [tries[0].message.sendId, "template-not-sendable"]);
});

test("a refusal that names the send of which nobody knew is of its template, and settles it", async () => {
  const { controller, given, tries, error } = waiting();
  await given();
  controller.refused({ id: "SM1", code: 63040, sendId: tries[0].message.sendId });
  assert.deepEqual([error()?.providerCode, error()?.outcome], [63040, undefined]);
  assert.notEqual(controller.snapshot.templates.items[0]?.eligibility.kind, "sendable", "that template is paused");
  tries[0].resolve({ id: "SM1" });
  await settled();
  assert.equal(error()?.providerCode, 63040);
});

test("a text that nobody answers for is a draft again under its id, and a late answer takes it out, unless it was edited", async () => {
  for (const [edit, left] of [[undefined, ""], ["hello you", "hello you"]]) {
    const { controller, time, tries, error } = waiting({ queue: "ask" });
    controller.record({ id: "SM1", log: "refused", kind: "session-message", providerAtMs: NOW - 1 });
    controller.setDraft("hello");
    controller.queueDraft(true);
    time.pass(MINUTE);
    controller.record(wrote("SM2", NOW + MINUTE));
    void controller.sendQueued();
    time.pass(30_000);
    await settled();
    assert.deepEqual([controller.snapshot.draft, error()?.code, error()?.outcome, tries.length], ["hello", "outcome-unknown", "unknown", 1]);
    if (edit !== undefined) controller.setDraft(edit);
    tries[0].resolve({ id: "SM3" });
    await settled();
    assert.deepEqual([controller.snapshot.draft, error(), controller.snapshot.arrived], [left, undefined, tries[0].message.sendId]);
    controller.refused({ id: "SM3", code: 63016 });
    assert.equal(controller.snapshot.status.reason, "refused");
  }
});

test("a text that the agent said yes to, and one that the desktop began itself, are given up alike", async () => {
  const { controller, time, tries } = waiting();
  controller.setConversation(ben);
  assert.equal(controller.askToSend({ text: "hello" }), true);
  void controller.answerQuestion(true);
  time.pass(30_000);
  await settled();
  assert.deepEqual([controller.snapshot.draft, controller.snapshot.error?.code, tries.length], ["hello", "outcome-unknown", 1]);

  controller.setConversation(ana);
  const begun = /** @type {{ sendId: string }} */ (controller.beginText({ text: "good morning" }));
  time.pass(30_000);
  assert.deepEqual([controller.snapshot.draft, controller.snapshot.error?.code], ["good morning", "outcome-unknown"]);
  assert.equal(/** @type {any} */ (controller.beginText({ text: "good morning" })).sendId, begun.sendId);
  controller.settleText(begun.sendId, { id: "SM7" });
  time.pass(HOUR);
  assert.deepEqual([controller.snapshot.draft, controller.snapshot.error], ["", undefined]);
});

test("how long a send may take is an option; an answer in time leaves no alarm", async () => {
  const { controller, time, tries } = waiting({ sendTimeoutMs: 50 });
  const quick = controller.sendTemplate(hello, { 1: "Ana" });
  const waits = time.alarms.size;
  tries[0].resolve({ id: "SM1" });
  assert.equal((await quick).id, "SM1");
  assert.equal(time.alarms.size, waits - 1);
  const slow = assert.rejects(controller.sendTemplate(hello, { 1: "Ana" }), { code: "outcome-unknown" });
  time.pass(50);
  await slow;
  for (const wrong of [0, -1, NaN, "5", null]) assert.throws(() => desk({ sendTimeoutMs: wrong }), { code: "wrong-type", field: "sendTimeoutMs" });
});

test("words that come late after the controller was destroyed, or about sends that nobody made, change nothing", async () => {
  const { controller, tries, given } = waiting();
  controller.settleSend("nobody", { id: "SM1" });
  assert.throws(() => controller.settleSend(/** @type {any} */ (5)), { code: "wrong-type", field: "sendId" });
  await given();
  const before = controller.snapshot;
  controller.destroy();
  tries[0].resolve({ id: "SM1" });
  controller.settleSend(tries[0].message.sendId, { id: "SM1" });
  await settled();
  assert.equal(controller.snapshot, before);
});
