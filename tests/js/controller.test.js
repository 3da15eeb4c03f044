// The controller: one conversation, its window, its draft, its clock.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { createController } from "../../www/controller/controller.js";
import { createWindows } from "../../www/controller/windows.js";
import { page } from "../../www/engine/modules/page.js";
import { foldEvents, policyFor } from "../../www/index.js";
import * as glue from "../../www/pkg/page.js";
import { HOUR, MINUTE, NOW, ana, ben, clock, desk, template, wrote } from "../support/desk.mjs";

const DAY = 24 * HOUR;
let putBack = () => {};
afterEach(() => putBack());

test("nothing known: unknown, which asks, and locks only where that is to block", () => {
  const { controller } = desk();
  assert.equal(controller.snapshot.status.kind, "unknown");
  assert.equal(controller.snapshot.verdict.kind, "confirm");
  assert.equal(controller.snapshot.remainingMs, undefined);
  assert.equal(desk({ unknown: "block" }).controller.judge().kind, "template-only");
});

test("what the sender can do: a tag after closing, for whoever can put it on", () => {
  const messenger = { ...ana, channel: /** @type {const} */ ("messenger"), customer: { phone: "+491701234567" } };
  for (const [tags, leaves, locks] of /** @type {const} */ ([[undefined, "no", true], [["human-agent"], "with-tag", false]])) {
    const { controller } = desk({ conversation: messenger, ...(tags && { tags }) });
    controller.record(wrote("SM1", NOW - 30 * HOUR));
    assert.deepEqual([controller.judge().leaves, controller.snapshot.verdict.locksComposer], [leaves, locks]);
  }
});

test("an unknown window asks for each send, and the yes leaves with that one", async () => {
  const texts = /** @type {any[]} */ ([]);
  const judged = /** @type {string[]} */ ([]);
  const made = desk({ sendText(/** @type {any} */ message) {
    texts.push(message);
    judged.push(controller.judge({ kind: "text" }, message.confirmed).leaves, controller.judge().leaves);
  } });
  const { controller } = made;
  controller.setDraft("hello");
  assert.equal(controller.askToSend({ text: "hello" }), true);
  assert.deepEqual(controller.snapshot.question, { reason: "window-unknown", text: "hello" });
  await controller.answerQuestion(false);
  assert.deepEqual([controller.snapshot.question, controller.snapshot.draft, texts.length], [undefined, "hello", 0]);
  await controller.answerQuestion(true);
  assert.equal(texts.length, 0, "nothing was asked");

  controller.askToSend({ text: "hello" });
  await controller.answerQuestion(true);
  const [{ sendId, ...message }] = texts;
  assert.deepEqual(message, { text: "hello", conversationId: "ana", confirmed: { conversation: "ana", sendId, reason: "window-unknown" } });
  assert.deepEqual(judged, ["yes", "with-confirmation"]);
  assert.equal(controller.judge({ kind: "text" }, message.confirmed).leaves, "with-confirmation", "used up");
  assert.deepEqual([controller.snapshot.draft, controller.snapshot.question], ["", undefined]);
});

test("there is nothing to ask where the window is open, closed or blocks, or where no text can be sent", () => {
  const sendText = () => {};
  for (const [name, options, evidence] of /** @type {[string, object, any[]][]} */ ([
    ["open", { sendText }, [wrote("SM1", NOW)]], ["closed", { sendText }, [wrote("SM1", NOW - 25 * HOUR)]],
    ["blocks", { sendText, unknown: "block" }, []], ["no way", {}, []],
  ])) {
    const { controller } = desk(options);
    for (const one of evidence) controller.record(one);
    assert.equal(controller.askToSend({ text: "hello" }), false, name);
    assert.equal(controller.snapshot.question, undefined, name);
  }
});

test("a question that is answered too late sends nothing, and the text stays", async () => {
  const texts = /** @type {any[]} */ ([]);
  const { controller, time } = desk({ sendText: (/** @type {any} */ message) => void texts.push(message), observedSince: NOW - 23 * HOUR });
  controller.setDraft("hello");
  controller.askToSend({ text: "hello" });
  time.jump(2 * HOUR);
  await controller.answerQuestion(true);
  assert.deepEqual([texts, controller.snapshot.verdict.reason, controller.snapshot.draft], [[], "window-silent", "hello"]);
});

test("a text that was confirmed and did not go out is a draft again, with the reason", async () => {
  const { controller } = desk({ sendText: () => Promise.reject(Object.assign(new Error("refused"), { code: 63016 })) });
  controller.setDraft("hello");
  controller.askToSend({ text: "hello" });
  await controller.answerQuestion(true);
  assert.deepEqual([controller.snapshot.draft, controller.snapshot.error?.providerCode], ["hello", 63016]);
});

test("a provider's refusal is told to whoever sent, even where the engine fails meanwhile", async () => {
  const { controller } = desk({ templates: [template("Hello")], send() {
    putBack = page.replace({});
    return Promise.reject(Object.assign(new Error("outside the window"), { code: 63016 }));
  } });
  await assert.rejects(controller.sendTemplate(template("Hello"), {}), { code: "send-refused" });
  assert.equal(controller.snapshot.sending, false);
});

test("one question, one call of the engine", async () => {
  let calls = 0;
  const { controller } = desk({ templates: [template("Hello")] });
  putBack = page.replace({ ...glue, judge: (/** @type {any} */ input) => (calls += 1, glue.judge(input)) });
  const counted = async (/** @type {() => unknown} */ ask) => {
    calls = 0;
    await ask();
    return calls;
  };
  assert.equal(await counted(() => controller.judge()), 1);
  assert.equal(await counted(() => controller.judge({ kind: "template" })), 1);
  assert.equal(await counted(() => controller.evaluate()), 1);
  assert.equal(await counted(() => desk()), 1, "at the start");
  controller.record(wrote("SM1", NOW - 25 * HOUR));
  assert.equal(await counted(() => controller.judge({ kind: "template" })), 1);
});

test("a customer's message opens; the snapshot is frozen and stays the same while nothing changes", () => {
  const { controller, told } = desk();
  const before = controller.snapshot;
  controller.record(wrote("SM1", NOW - HOUR));
  const { snapshot } = controller;
  assert.equal(snapshot.status.kind, "open");
  assert.equal(snapshot.remainingMs, 23 * HOUR - MINUTE);
  assert.equal(told.length, 1);
  assert.notEqual(before, snapshot);
  controller.evaluate();
  controller.judge();
  controller.record(wrote("SM1", NOW - HOUR));
  assert.equal(controller.snapshot, snapshot);
  assert.equal(told.length, 1);
  for (const part of [snapshot, snapshot.status, snapshot.verdict, snapshot.conversation, snapshot.templates]) assert.ok(Object.isFrozen(part));
});

test("a window closes by itself, to the millisecond, and one alarm is all there is", () => {
  const { controller, time, told } = desk();
  controller.record(wrote("SM1", NOW));
  const closing = told.length;
  time.pass(DAY - MINUTE - 1);
  assert.equal(controller.snapshot.status.kind, "closing");
  assert.equal(time.alarms.size, 1);
  time.pass(1);
  assert.equal(controller.snapshot.status.kind, "closed");
  assert.equal(controller.snapshot.status.reason, "expired");
  assert.equal(controller.snapshot.remainingMs, undefined);
  assert.equal(time.alarms.size, 0);
  // A change each minute, and each second in the last one.
  assert.ok(told.length - closing > 23 * 60 + 58 + 58 && told.length - closing < 24 * 60 + 70, String(told.length));
  assert.ok(time.waits.every((/** @type {number} */ wait) => wait >= 1 && wait <= 2 ** 30));
});

test("a send attempt is judged by the clock, not by the last alarm", () => {
  const { controller, time, told } = desk();
  controller.record(wrote("SM1", NOW));
  time.jump(DAY - MINUTE - 1);
  assert.equal(controller.judge().kind, "allowed");
  time.jump(1);
  assert.equal(controller.judge().kind, "template-only");
  assert.equal(told.at(-1).status.kind, "closed");
  assert.equal(controller.judge({ kind: "template" }).kind, "allowed");
});

test("a page that wakes up looks again; a clock set back is looked at anew", () => {
  let wake = () => {};
  let unsubscribed = 0;
  const { controller, time } = desk({ onResume: (/** @type {() => void} */ callback) => {
    wake = callback;
    return () => (unsubscribed += 1);
  } });
  controller.record(wrote("SM1", NOW));
  time.jump(2 * DAY);
  assert.equal(controller.snapshot.status.kind, "open");
  wake();
  assert.equal(controller.snapshot.status.kind, "closed");
  time.jump(-2 * DAY);
  wake();
  assert.equal(controller.snapshot.status.kind, "open");
  controller.destroy();
  assert.equal(unsubscribed, 1);
});

test("a corrected clock may give fractions; a broken one is told and locks nothing by itself", () => {
  const time = clock();
  let now = /** @type {any} */ (() => time.nowAtMs + 0.75);
  const { controller } = desk({ clock: time, now: () => now() });
  controller.record(wrote("SM1", NOW));
  assert.equal(controller.snapshot.nowAtMs, NOW);
  now = () => NaN;
  controller.evaluate();
  assert.equal(controller.snapshot.error?.code, "time-not-whole");
  assert.equal(controller.snapshot.verdict.kind, "confirm");
  assert.throws(() => controller.judge(), { code: "time-not-whole" });
  now = () => time.nowAtMs;
  assert.equal(controller.evaluate().error, undefined);
  assert.equal(controller.snapshot.status.kind, "open");
});

test("a refused message closes the window and gives its text back", () => {
  const { controller } = desk();
  controller.record(wrote("SM1", NOW - HOUR));
  controller.refused({ id: "SM2", at: NOW - 1000, text: "See you at nine" });
  assert.equal(controller.snapshot.status.reason, "refused");
  assert.equal(controller.judge().reason, "window-refused");
  assert.equal(controller.snapshot.draft, "See you at nine");
  controller.refused({ id: "SM2", at: NOW - 1000, text: "See you at nine" });
  assert.equal(controller.snapshot.draft, "See you at nine");
  controller.record(wrote("SM3", NOW));
  assert.equal(controller.snapshot.status.kind, "open");
  assert.equal(controller.snapshot.notice, "reopened");
  controller.setDraft("Hello");
  assert.equal(controller.snapshot.notice, undefined);
});

test("a text that comes back never replaces another draft", () => {
  const { controller } = desk();
  controller.setDraft("A new thought");
  controller.refused({ id: "SM2", text: "The old one" });
  assert.equal(controller.snapshot.draft, "A new thought\n\nThe old one");
  controller.setDraft("Edited");
  controller.refused({ id: "SM2", text: "The old one" });
  assert.equal(controller.snapshot.draft, "Edited", "the same refusal, told twice");
  controller.refused({ id: "SM4", text: "   " });
  assert.equal(controller.snapshot.draft, "Edited");
});

test("a text comes back even where the rest of the refusal is wrong", () => {
  const { controller } = desk();
  assert.throws(() => controller.refused({ id: "SM2", at: /** @type {any} */ ("yesterday"), text: "Words" }), { field: "refusal.at" });
  assert.equal(controller.snapshot.draft, "Words");
  assert.throws(() => controller.refused({ id: /** @type {any} */ (7), text: "More" }), { field: "refusal.id" });
  assert.equal(controller.snapshot.draft, "Words\n\nMore");
});

test("drafts survive switching, each with its conversation", () => {
  const { controller } = desk();
  controller.setDraft("to Ana");
  controller.setConversation(ben);
  assert.equal(controller.snapshot.draft, "");
  controller.setDraft("to Ben");
  controller.refused({ id: "SM9", text: "earlier to Ana", conversationId: "ana" });
  assert.equal(controller.snapshot.draft, "to Ben");
  assert.equal(controller.snapshot.status.kind, "unknown");
  controller.setConversation(ana);
  assert.equal(controller.snapshot.draft, "to Ana\n\nearlier to Ana");
  assert.equal(controller.snapshot.status.reason, "refused");
  assert.throws(() => controller.refused({ id: "SM9", text: "?", conversationId: "nobody" }), { code: "unknown-conversation" });
});

test("a store for drafts is asked and told; if it fails, what is on screen stays", () => {
  const kept = new Map([["ana", { text: "from before", version: 7, savedAtMs: NOW }]]);
  const { controller } = desk({ drafts: { read: (/** @type {string} */ id) => kept.get(id), write: (/** @type {string} */ id, /** @type {any} */ draft) => void kept.set(id, draft) } });
  assert.equal(controller.snapshot.draft, "from before");
  controller.setDraft("now");
  assert.deepEqual([kept.get("ana")?.text, kept.get("ana")?.version], ["now", 8]);
  const complaints = captured(() => {
    const broken = desk({ drafts: { read() { throw new Error("r"); }, write() { throw new Error("w"); } } });
    broken.controller.setDraft("safe");
    broken.controller.setConversation(ben);
    broken.controller.setConversation(ana);
    assert.equal(broken.controller.snapshot.draft, "safe");
  });
  assert.equal(complaints.length, 3);
});

test("evidence goes to the window it is of, whichever conversation is shown", () => {
  const { controller } = desk();
  const event = { ...wrote("SM1", NOW), channel: "whatsapp", business: ben.business, customer: ben.customer };
  controller.record([/** @type {any} */ (event)]);
  assert.equal(controller.snapshot.status.kind, "unknown");
  controller.setConversation(ben);
  assert.equal(controller.snapshot.status.kind, "open");
  controller.setConversation({ ...ben, id: "ben, opened again" });
  assert.equal(controller.snapshot.status.kind, "open");
});

test("a customer who is known in two ways has one window, whichever way an event names them", () => {
  const bsuid = "NL.7203944817265509";
  const { controller } = desk({ conversation: { ...ana, customer: { ...ana.customer, bsuid } } });
  controller.record(wrote("SM1", NOW));
  for (const customer of [ana.customer, { bsuid }]) {
    controller.setConversation({ ...ana, id: JSON.stringify(customer), customer });
    assert.equal(controller.snapshot.status.kind, "open", JSON.stringify(customer));
  }
});

test("a conversation that turns out to be of another customer shows that customer's window", () => {
  const { controller } = desk();
  controller.record(wrote("SM1", NOW));
  controller.setConversation({ ...ana, customer: ben.customer });
  assert.equal(controller.snapshot.status.kind, "unknown");
});

test("a window that is watched for weeks does not grow without end, and knows its latest events", () => {
  const windows = createWindows();
  for (let round = 0; round < 10; round += 1) {
    windows.record(["key"], Array.from({ length: 100 }, (_, index) => wrote(`SM${round}.${index}`, NOW + round * 100 + index)), NOW + HOUR);
  }
  const { customer } = /** @type {any} */ (windows.read(["key"]));
  assert.ok(customer.length >= 64 && customer.length <= 128, String(customer.length));
  assert.ok(customer.some((/** @type {any} */ { id }) => id === "SM9.99"));
});

test("one bad event does not lose the good ones", () => {
  const { controller } = desk();
  const events = [wrote("SM1", NOW - HOUR), { ...wrote("SM2", NOW), kind: "nonsense" }, null, wrote("SM3", NOW - MINUTE)];
  assert.throws(() => controller.record(/** @type {any} */ (events)), { name: "ReplyWindowError" });
  assert.equal(controller.snapshot.status.openedAtMs, NOW - MINUTE);
});

test("a customer known by a user name alone has a window of this conversation", () => {
  const { controller } = desk({ conversation: { ...ana, customer: { username: "ana" } } });
  controller.record(wrote("SM1", NOW));
  assert.equal(controller.snapshot.status.kind, "open");
  const stranger = { ...wrote("SM2", NOW), channel: "whatsapp", business: ana.business, customer: { username: "other" } };
  assert.throws(() => controller.record(/** @type {any} */ (stranger)), { code: "customer-unknown" });
});

test("a state handed in is merged with what is known, in any order", () => {
  const older = foldEvents(undefined, [wrote("SM1", NOW - 30 * HOUR)]);
  const newer = foldEvents(undefined, [wrote("SM2", NOW - HOUR)]);
  const { controller } = desk({ state: newer });
  controller.merge(older);
  assert.equal(controller.snapshot.status.openedAtMs, NOW - HOUR);
  controller.setConversation(ana, older);
  assert.equal(controller.snapshot.status.openedAtMs, NOW - HOUR);
});

test("listeners are told in order; one that throws, and one that changes something, break nothing", () => {
  const { controller } = desk();
  /** @type {string[]} */
  const order = [];
  const complaints = captured(() => {
    controller.subscribe(() => { throw new Error("mine"); });
    const leave = controller.subscribe((snapshot, previous) => {
      order.push(`${previous.draft}>${snapshot.draft}`);
      if (snapshot.draft === "a") controller.setDraft("ab");
      controller.judge();
      controller.evaluate();
    });
    controller.subscribe((snapshot, previous) => order.push(`${previous.draft}>${snapshot.draft}`));
    controller.setDraft("a");
    leave();
    controller.setDraft("abc");
  });
  assert.deepEqual(order, [">a", ">a", "a>ab", "a>ab", "ab>abc"]);
  assert.equal(complaints.length, 3);
});

test("a listener that looks again each time it is told does not do so for ever", () => {
  const time = clock();
  const { controller } = desk({ clock: time, now: () => (time.nowAtMs += 1) });
  let told = 0;
  controller.subscribe(() => {
    told += 1;
    controller.evaluate();
  });
  controller.record(wrote("SM1", NOW));
  assert.equal(told, 1);
});

test("an engine that crashes once is asked again; without one nothing leaves by who asks, nothing throws, and nothing is lost", () => {
  const { controller } = desk({ state: foldEvents(undefined, [wrote("SM1", NOW - HOUR)]) });
  let crashes = 0;
  putBack = page.replace({ ...glue, judge: (/** @type {any} */ input) => {
    crashes += 1;
    if (crashes === 1) throw new WebAssembly.RuntimeError("unreachable");
    return glue.judge(input);
  } });
  assert.equal(controller.judge().kind, "allowed");
  assert.equal(controller.snapshot.error, undefined);
  putBack();
  putBack = page.replace({});
  for (const draft of /** @type {const} */ (["text", "template"])) {
    const { reason, leaves, locksComposer } = controller.judge({ kind: draft });
    assert.deepEqual([reason, leaves, locksComposer], ["engine-unavailable", "no", false]);
  }
  assert.equal(controller.snapshot.error?.code, "engine-unavailable");
  assert.equal(controller.snapshot.verdict.reason, "engine-unavailable");
  controller.record(wrote("SM2", NOW - MINUTE));
  controller.merge({ version: 1, customer: [], refused: [], sent: [{ id: "SM3", kind: "template", providerAtMs: NOW - 2 * HOUR }] });
  const late = desk({ state: { version: 1, customer: [{ id: "SM1", kind: "text", providerAtMs: NOW }], refused: [], sent: [] } });
  assert.equal(late.controller.snapshot.error?.code, "engine-unavailable");
  assert.equal(desk({ unknown: "block" }).controller.snapshot.verdict.locksComposer, true);
  const blind = desk();
  blind.controller.record(wrote("SM1", NOW - 25 * HOUR));
  blind.controller.refused({ id: "SM4", code: 63016, at: NOW - MINUTE });
  const early = desk();
  early.controller.refused({ id: "SM5", code: 63016 });
  early.time.pass(MINUTE);
  early.controller.record(wrote("SM6", NOW + MINUTE / 2));
  putBack();
  assert.equal(early.controller.evaluate().status.kind, "open", "a refusal is of when it was told, and the answer came after it");
  assert.equal(blind.controller.evaluate().status.kind, "closed");
  assert.equal(blind.controller.snapshot.status.reason, "refused", "the refusal was not lost");
  assert.equal(controller.evaluate().status.kind, "open");
  assert.equal(controller.snapshot.status.openedAtMs, NOW - MINUTE, "what was recorded meanwhile was not lost");
  assert.equal(late.controller.evaluate().status.kind, "open", "the state handed in was not lost");
});

test("a destroyed controller does nothing", async () => {
  const { controller, time, told, sent } = desk();
  controller.record(wrote("SM1", NOW));
  const { snapshot } = controller;
  const count = told.length;
  controller.destroy();
  controller.destroy();
  assert.equal(time.alarms.size, 0);
  controller.record(wrote("SM2", NOW + 1));
  controller.setDraft("x");
  controller.refused({ id: "SM3", text: "x" });
  controller.setConversation(ben);
  controller.merge(/** @type {any} */ ("nonsense"));
  await controller.reloadTemplates();
  assert.equal(controller.evaluate(), snapshot);
  assert.equal(controller.judge().kind, "allowed");
  await assert.rejects(controller.sendTemplate(template("Hi"), {}), { code: "destroyed" });
  assert.equal(controller.snapshot, snapshot);
  assert.equal(told.length, count);
  assert.equal(time.alarms.size, 0);
  assert.deepEqual(sent, []);
});

test("wrong options are refused by name", () => {
  const right = { conversation: ana, send() {} };
  const wrong = [
    [{ ...right, sned: 1 }, "sned"], [{ conversation: ana }, "send"], [{ ...right, conversation: 5 }, "conversation"],
    [{ ...right, conversation: { ...ana, id: 5 } }, "conversation.id"], [{ ...right, now: 5 }, "now"], [{ ...right, strict: true }, "strict"],
    [{ ...right, unknown: "allow" }, "unknown"], [{ ...right, unknown: true }, "unknown"], [{ ...right, tags: "human-agent" }, "tags"],
    [{ ...right, templates: {} }, "templates"], [{ ...right, state: [] }, "state"], [{ ...right, tabs: 5 }, "tabs"], [{ ...right, onResume: 5 }, "onResume"],
    [{ ...right, timer: {} }, "timer.set"], [{ ...right, drafts: {} }, "drafts.read"], [{ ...right, observedSince: "x" }, "observedSince"],
    [{ ...right, state: { version: 1 } }, ""], [{ ...right, policy: { ...policyFor(), marginMs: DAY } }, "policy.marginMs"],
    [{ ...right, now: () => NaN }, "now"], [{ ...right, conversation: { ...ana, customer: { phone: "12" } } }, "customer.phone"],
  ];
  for (const [options, field] of wrong) {
    assert.throws(() => createController(/** @type {any} */ (options)), (/** @type {any} */ error) =>
      error.name === "ReplyWindowError" && error.field.startsWith(field), String(field));
  }
});

/** What was complained of meanwhile. */
function captured(work) {
  const { error } = console;
  /** @type {unknown[]} */
  const complaints = [];
  console.error = (complaint) => void complaints.push(complaint);
  try {
    work();
  } finally {
    console.error = error;
  }
  return complaints;
}
