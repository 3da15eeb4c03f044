// One text, one fate: what leaves again, under which id, and what does not.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutRetried, withoutSent } from "../../www/controller/drafts.js";
import { ReplyWindowError } from "../../www/engine/errors.js";
import { HOUR, NOW, ana, desk, settled, wrote } from "../support/desk.mjs";

/** An open window. */
function open(/** @type {any} */ more = {}) {
  const made = desk({ sendText: () => {}, ...more });
  made.controller.record(wrote("SM0", NOW - HOUR));
  return made;
}
const TIMED_OUT = new TypeError("no answer");
const REFUSED = Object.assign(new Error("no"), { status: 400 });
const begun = (/** @type {any} */ controller, /** @type {string} */ text, /** @type {any} */ of = {}) => controller.beginText({ text, ...of });

test("what failed is a draft again, once; sent unchanged or by retry it is the same send, and takes the draft along", () => {
  for (const error of [TIMED_OUT, REFUSED]) {
    for (const how of ["the draft", "retry"]) {
      const { controller } = open();
      const { sendId } = begun(controller, "hello");
      assert.match(sendId, /^[0-9a-f]{32}$/);
      controller.settleText(sendId, { error });
      assert.equal(controller.snapshot.draft, "hello");
      assert.equal(controller.snapshot.error?.outcome, error === TIMED_OUT ? "unknown" : undefined);
      controller.settleText(sendId, { error });
      assert.equal(controller.snapshot.draft, "hello", "told once");
      const again = begun(controller, "hello", how === "retry" ? { sendId } : {});
      assert.equal(again.sendId, sendId, how);
      assert.deepEqual([controller.snapshot.draft, controller.snapshot.error], ["", undefined]);
      assert.deepEqual(begun(controller, "hello", { sendId }), { stopped: "already-sending" });
      controller.settleText(sendId, { id: "SM1" });
      assert.deepEqual(begun(controller, "hello", { sendId }), { stopped: "already-sent" });
      assert.notEqual(begun(controller, "hello").sendId, sendId, "the same words said anew are another message");
    }
  }
});

test("a box that is emptied by the send of the draft does not make it another send; one that is edited does, and ends the retry", () => {
  const { controller } = open();
  const { sendId } = begun(controller, "hello");
  controller.settleText(sendId, { error: TIMED_OUT });
  controller.setDraft("");
  assert.equal(begun(controller, "hello").sendId, sendId);
  controller.settleText(sendId, { error: TIMED_OUT });
  controller.setDraft("hello you");
  assert.notEqual(begun(controller, "hello you").sendId, sendId);

  const other = open().controller;
  const first = begun(other, "one").sendId;
  other.settleText(first, { error: TIMED_OUT });
  other.setDraft("two\n\none");
  assert.notEqual(begun(other, "two\n\none").sendId, first);
  assert.deepEqual(begun(other, "one", { sendId: first }), { stopped: "already-sent" }, "it went as part of another text");
});

/** One that nobody knows of, and its id. */
function unknown(/** @type {any} */ controller, /** @type {string} */ text) {
  const { sendId } = begun(controller, text);
  controller.settleText(sendId, { error: TIMED_OUT });
  return sendId;
}
const REPEAT = "may-have-arrived";

test("what is made of a text that may have arrived is asked about; what came back unchanged, or is written into an empty box, is not", () => {
  for (const [edited, reason] of /** @type {const} */ ([["hello", undefined], [" hello ", undefined], ["hello you", REPEAT], ["hallo", REPEAT], ["hi\n\nhello", REPEAT]])) {
    const { controller } = open();
    const sendId = unknown(controller, "hello");
    controller.setDraft(edited);
    assert.equal(controller.doubt({ text: edited }), reason, edited);
    assert.equal(controller.doubt({ text: "hello", sendId }), undefined, "its own retry");
    controller.setDraft("");
    controller.setDraft("something else");
    assert.equal(controller.doubt({ text: "something else" }), undefined, "the box was emptied");
  }
  const { controller } = open();
  assert.equal(controller.doubt({ text: "hello" }), undefined);
  const { sendId } = begun(controller, "hello");
  controller.settleText(sendId, { error: REFUSED });
  controller.setDraft("hello you");
  assert.equal(controller.doubt({ text: "hello you" }), undefined, "it surely did not leave");
  assert.equal(open({ sendText: undefined }).controller.doubt({ text: "x" }), undefined);
});

test("the doubt ends with the word that it arrived, or that it did not", () => {
  for (const outcome of [{ id: "SM1" }, { error: REFUSED }]) {
    const { controller } = open();
    const sendId = unknown(controller, "hello");
    controller.setDraft("hello you");
    assert.equal(controller.askToSend({ text: "hello you" }), true);
    assert.deepEqual(controller.snapshot.question, { reason: REPEAT, text: "hello you" });
    controller.settleText(sendId, outcome);
    assert.equal(controller.doubt({ text: controller.snapshot.draft }), undefined);
    assert.equal(controller.snapshot.question, undefined, JSON.stringify(outcome));
  }
});

test("with the agent's yes it leaves under an id of its own and nothing that a gate would take for a yes; without it stays", async () => {
  /** @type {any[]} */ const sent = [];
  const { controller } = open({ sendText: (/** @type {any} */ message) => void sent.push([message, controller.doubt(message)]) });
  const first = unknown(controller, "hello");
  controller.setDraft("hello you");
  controller.askToSend({ text: "hello you" });
  await controller.answerQuestion(false);
  assert.deepEqual([controller.snapshot.draft, controller.snapshot.question, sent], ["hello you", undefined, []]);
  controller.askToSend({ text: "hello you" });
  await controller.answerQuestion(true);
  const [[{ sendId, ...message }, doubt]] = sent;
  assert.notEqual(sendId, first);
  assert.deepEqual([message, doubt], [{ text: "hello you", conversationId: "ana" }, undefined]);
  assert.equal(controller.snapshot.draft, "");
});

test("an edited text that waited for the customer is asked about as well, and a closed window asks nothing", () => {
  const { controller, time } = open();
  unknown(controller, "hello");
  controller.setDraft("hello you");
  time.pass(25 * HOUR);
  controller.evaluate();
  assert.equal(controller.askToSend({ text: "hello you" }), false, "closed");
  controller.queueDraft(true);
  controller.record(wrote("SM1", time.nowAtMs));
  assert.equal(controller.doubt({ text: "hello you", sendId: "made when it was queued" }), REPEAT);
});

test("a yes to the window and a yes to the doubt are two, each asked once", async () => {
  /** @type {string[]} */ const reasons = [];
  const made = desk({ sendText: (/** @type {any} */ message) => {
    const { leaves } = made.controller.judge({ kind: "text" }, message.confirmed);
    if (leaves === "yes" && !made.controller.doubt(message)) return void reasons.push("sent");
    queueMicrotask(() => made.controller.askToSend(message));
    throw new ReplyWindowError("not-sent", "held");
  } });
  const { controller } = made;
  assert.equal(controller.snapshot.status.kind, "unknown");
  unknown(controller, "hello");
  controller.setDraft("hello you");
  controller.askToSend({ text: "hello you" });
  for (let turn = 0; turn < 4 && controller.snapshot.question; turn += 1) {
    reasons.push(controller.snapshot.question.reason);
    await controller.answerQuestion(true);
    await settled();
  }
  assert.deepEqual(reasons, [REPEAT, "window-unknown", "sent"]);
});

test("what was refused and went out since with other words around it is not retried, nor after a reload; what was taken out of the draft is", () => {
  /** @type {Map<string, any>} */ const kept = new Map();
  const drafts = { lasts: true, read: (/** @type {string} */ id) => kept.get(id), write: (/** @type {string} */ id, /** @type {any} */ draft) => void (draft ? kept.set(id, draft) : kept.delete(id)) };
  for (const [edited, isGone] of /** @type {const} */ ([["Hello, world.", true], ["world. Hello\n\nand more", true], ["Good bye", false]])) {
    kept.clear();
    const { controller } = open({ drafts });
    const { sendId } = begun(controller, "Hello");
    controller.settleText(sendId, { id: "SM1" });
    controller.refused({ id: "SM1", sendId, text: "Hello", code: 63024, at: NOW });
    assert.equal(controller.snapshot.draft, "Hello");
    controller.setDraft(edited);
    const next = begun(controller, edited);
    controller.setDraft("");
    controller.settleText(next.sendId, { id: "SM2" });
    const later = open({ drafts }).controller;
    for (const one of [controller, later]) assert.equal("stopped" in begun(one, "Hello", { messageId: "SM1" }), isGone, edited);
  }
});

test("retry of a bubble of the page before this one takes its words out of the draft that was made of them, and ends the retry of that", () => {
  const { controller } = open();
  controller.setDraft("Hello, world.");
  const { sendId } = begun(controller, "Hello, world.");
  controller.setDraft("");
  controller.settleText(sendId, { error: REFUSED });
  assert.equal(controller.snapshot.draft, "Hello, world.");
  assert.ok("sendId" in begun(controller, "Hello", { messageId: "SM1" }));
  assert.equal(controller.snapshot.draft, ", world.");
  assert.deepEqual(begun(controller, "Hello, world.", { sendId }), { stopped: "already-sent" });
  assert.equal(withoutRetried("Helloween", "Hello"), "Helloween", "not out of the middle of a word");
  assert.equal(withoutRetried("looking", "ok"), "looking");
});

test("retry takes its paragraph out of the draft, and no other", () => {
  assert.equal(withoutSent("a\n\nb\n\nc", "b"), "a\n\nc");
  assert.equal(withoutSent("b\n\nc", "b"), "c");
  assert.equal(withoutSent("a\n\nb", "b"), "a");
  assert.equal(withoutSent("b", "b"), "");
  assert.equal(withoutSent("a b c", "b"), "a b c");
  assert.equal(withoutSent("b\n\nb", "b"), "b");
  assert.equal(withoutSent(" a", ""), " a");
});

test("what was refused later goes out again under an id that every tab makes alike, and once", () => {
  const ids = [0, 1].map(() => {
    const { controller } = open();
    const { sendId } = begun(controller, "hello");
    controller.settleText(sendId, { id: "SM7" });
    controller.refused({ id: "SM7", text: "hello", code: 63005, sendId });
    assert.equal(controller.snapshot.draft, "hello");
    const again = begun(controller, "hello", { sendId, messageId: "SM7" });
    assert.deepEqual(begun(controller, "hello", { sendId, messageId: "SM7" }), { stopped: "already-sent" });
    controller.settleText(again.sendId, { id: "SM8" });
    assert.deepEqual(begun(controller, "hello", { messageId: "SM7" }), { stopped: "already-sent" });
    controller.refused({ id: "SM8", text: "hello", code: 63005, sendId: again.sendId });
    assert.notEqual(begun(controller, "hello").sendId, again.sendId);
    return again.sendId;
  });
  assert.equal(ids[0], ids[1]);
  assert.equal(begun(open().controller, "hello", { messageId: "SM7" }).sendId, ids[0], "from the history, too");
});

test("a refusal that overtakes the answer to the send has the last word", () => {
  const { controller } = open();
  const { sendId } = begun(controller, "hello");
  controller.refused({ id: "SM7", text: "hello", code: 63005, sendId });
  controller.settleText(sendId, { id: "SM7" });
  assert.equal(controller.snapshot.draft, "hello");
  assert.notEqual(begun(controller, "hello").sendId, sendId);
});

test("a refused text of another tab is nobody's draft until somebody takes it", () => {
  const { controller } = open();
  controller.setDraft("mine");
  controller.refused({ id: "SM7", text: "theirs", code: 63005, sendId: "elsewhere", author: "Second desk" });
  controller.refused({ id: "SM7", text: "theirs", code: 63005, sendId: "elsewhere", author: "Second desk" });
  assert.equal(controller.snapshot.draft, "mine");
  assert.deepEqual(controller.snapshot.lost, [{ id: "SM7", text: "theirs", author: "Second desk" }]);
  controller.takeLost("SM7");
  assert.deepEqual([controller.snapshot.draft, controller.snapshot.lost], ["mine\n\ntheirs", []]);
  controller.refused({ id: "SM7", text: "theirs", code: 63005, sendId: "elsewhere" });
  assert.deepEqual([controller.snapshot.draft, controller.snapshot.lost], ["mine\n\ntheirs", []]);
  controller.refused({ id: "SM9", text: "other", code: 63005, sendId: "elsewhere 2" });
  controller.dropLost("SM9");
  assert.deepEqual([controller.snapshot.draft, controller.snapshot.lost], ["mine\n\ntheirs", []]);
});

test("what the server says of a message that it refused counts until more is known, and never opens", () => {
  const closed = { verdict: { kind: "template-only", reason: "window-expired", leaves: "no", locksComposer: true, alternatives: ["template"] }, windowStatus: { kind: "closed", reason: "expired", ignored: [] } };
  const { controller, time } = open();
  assert.equal(controller.snapshot.status.kind, "open");
  const { sendId } = begun(controller, "hello");
  controller.settleText(sendId, { error: Object.assign(new Error("no"), { status: 409, ...closed }) });
  assert.deepEqual([controller.snapshot.status.kind, controller.snapshot.verdict.leaves, controller.judge().leaves], ["closed", "no", "no"]);
  assert.deepEqual([controller.snapshot.error?.reason, controller.snapshot.error?.outcome], ["window-expired", undefined]);
  assert.equal(controller.snapshot.draft, "hello");
  time.pass(1);
  controller.evaluate();
  assert.equal(controller.snapshot.verdict.leaves, "no");
  controller.record(wrote("SM1", time.nowAtMs));
  assert.equal(controller.snapshot.verdict.leaves, "yes", "the customer wrote");

  const late = desk({ sendText: () => {} }).controller;
  late.record(wrote("SM0", NOW - 25 * HOUR));
  const opens = { verdict: { ...closed.verdict, leaves: "yes", reason: "window-open", locksComposer: false }, windowStatus: { kind: "open", reason: "customer-event", ignored: [] } };
  late.settleText(begun(late, "x").sendId, { error: Object.assign(new Error("no"), { status: 409, ...opens }) });
  assert.deepEqual([late.snapshot.status.kind, late.snapshot.verdict.leaves], ["closed", "no"]);
  for (const verdict of [null, 5, "no", { leaves: "no" }, { ...closed.verdict, alternatives: "x" }, { ...closed.verdict, reason: () => {} }]) {
    const { controller } = open();
    controller.settleText(begun(controller, "x").sendId, { error: Object.assign(new Error("no"), { status: 409, verdict }) });
    assert.equal(controller.snapshot.verdict.leaves, "yes", JSON.stringify(verdict));
  }
});

test("a template under a ruling of the server still leaves; a late answer goes to the conversation that it was sent in", () => {
  const { controller } = open();
  const { sendId } = begun(controller, "hello");
  controller.setConversation({ ...ana, id: "other", customer: { phone: "+447700900123" } });
  controller.settleText(sendId, { error: TIMED_OUT });
  assert.equal(controller.snapshot.draft, "");
  controller.setConversation(ana);
  assert.equal(controller.snapshot.draft, "hello");
  assert.equal(controller.judge({ kind: "template" }).leaves, "yes");
});
