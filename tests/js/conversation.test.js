// One conversation alone: named commands over a frozen state, without engine, clock or page.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Conversation, SharedRefusals } from "../../www/controller/conversation.js";

const ana = { id: "ana", business: "+14155238886", customer: { phone: "+491701234567" } };
const NOW = 1_790_000_000_000;
const template = (/** @type {string} */ id) => /** @type {any} */ ({ id });

/** @param {"open" | "closed" | "unknown"} kind @param {string} reason @param {number} [nowAtMs] @returns {any} */
const view = (kind, reason, nowAtMs = NOW) => ({ status: { kind, reason: "", isOpen: kind === "open" || kind === "closing", ignored: [] }, verdict: { reason, leaves: kind === "open" ? "yes" : "no" }, nowAtMs });

/** @param {string} [draft] */
function conversation(draft) {
  const kept = /** @type {string[]} */ ([]);
  return { one: new Conversation(ana, { draft, keep: ({ text }) => void kept.push(text) }), kept };
}

test("its state is frozen, and replaced by its commands alone", () => {
  const { one } = conversation();
  const before = one.state;
  assert.throws(() => Object.assign(before, { draft: "x" }), TypeError);
  assert.throws(() => Object.assign(one, { state: {} }), TypeError);
  one.setDraft("hello");
  assert.deepEqual([before.draft, one.state.draft], ["", "hello"]);
  assert.ok(Object.isFrozen(one.state));
});

test("a draft is kept each time; what was queued or asked about is that text and no other", () => {
  const { one, kept } = conversation("a");
  one.queueDraft(true);
  one.setDue(NOW);
  one.setDraft("a");
  assert.deepEqual([one.state.queued, one.state.dueAtMs], ["a", NOW], "the same text again");
  one.setDraft("ab");
  assert.deepEqual([one.state.queued, one.state.dueAtMs], [undefined, undefined]);
  one.ask({ reason: "window-unknown", text: "ab" });
  one.setDraft("ab");
  assert.equal(one.state.question?.text, "ab");
  one.setDraft("abc");
  assert.equal(one.state.question, undefined);
  assert.deepEqual(kept, ["a", "a", "ab", "ab", "abc"], "and once more with the promise");
});

test("a text that did not arrive comes back once for each message, behind what is being written", () => {
  const { one } = conversation("new");
  assert.equal(one.returnText("old", "SM1"), true);
  assert.equal(one.returnText("old", "SM1"), false);
  assert.equal(one.state.draft, "new\n\nold");
  one.setDraft("");
  one.returnText("again", "SM2");
  assert.equal(one.state.draft, "again");
});

test("a yes is for one send, one conversation and one reason, and is used up", () => {
  const { one, kept } = conversation("hello");
  assert.equal(one.confirm(), undefined, "nothing was asked");
  one.ask({ reason: "window-unknown", text: "hello" });
  const yes = one.confirm();
  assert.ok(yes);
  assert.match(yes.sendId, /^[0-9a-f]{32}$/);
  assert.deepEqual(yes.confirmed, { conversation: "ana", sendId: yes.sendId, reason: "window-unknown" });
  assert.equal(yes.text, "hello");
  assert.deepEqual([one.state.draft, one.state.question, kept], ["", undefined, [""]], "it is on its way");
  assert.equal(one.confirm(), undefined, "one yes, one send");
  const { confirmed } = yes;
  assert.equal(one.confirmedReason(confirmed), "window-unknown");
  for (const other of [undefined, { ...confirmed, sendId: "0" }, { ...confirmed, conversation: "ben" }, { ...confirmed, reason: "window-expired" }, { conversation: "ana", reason: undefined }]) {
    assert.equal(one.confirmedReason(/** @type {any} */ (other)), undefined);
  }
  one.endSend(yes.sendId);
  assert.equal(one.confirmedReason(confirmed), undefined);
});

test("a question about a text that is not the draft leaves the draft alone", () => {
  const { one } = conversation("being written");
  one.ask({ reason: "window-unknown", text: "sent by a button" });
  assert.equal(one.confirm()?.text, "sent by a button");
  assert.equal(one.state.draft, "being written");
});

test("a question goes when its reason does", () => {
  for (const [kind, reason, stays] of /** @type {const} */ ([["unknown", "window-unknown", true], ["open", "window-open", false], ["closed", "window-silent", false]])) {
    const { one } = conversation("hello");
    one.setView(view("unknown", "window-unknown"));
    one.ask({ reason: "window-unknown", text: "hello" });
    one.setView(view(kind, reason));
    assert.equal(one.state.question !== undefined, stays, kind);
  }
});

test("one send at a time; its error stays until the agent goes on", () => {
  const { one } = conversation();
  const first = one.beginSend("a");
  assert.throws(() => one.beginSend("a"), { code: "send-in-progress" });
  one.settleSend({ info: Object.freeze({ code: "send-failed", message: "no" }), isOpen: false, error: new Error("no") });
  assert.deepEqual([one.state.sending, one.state.error?.code], [false, "send-failed"]);
  assert.notEqual(one.beginSend("a"), first, "it surely did not leave: another try is another send");
  assert.equal(one.state.error, undefined);
  one.settleSend();
});

test("a template of which nobody knows whether it arrived keeps its id while it is sent again unchanged", () => {
  const { one } = conversation();
  const open = { info: Object.freeze({ code: "send-failed", message: "no answer" }), isOpen: true, error: new TypeError("no answer") };
  const first = one.beginSend("a");
  one.settleSend(open);
  assert.equal(one.beginSend("a"), first);
  one.settleSend(open);
  assert.notEqual(one.beginSend("b"), first, "other values are another message");
  one.settleSend();
});

test("a refusal teaches of the template for all customers, of the customer for this one, or of the window", () => {
  const shared = new SharedRefusals();
  const [one, other] = [new Conversation(ana, { shared }), new Conversation({ ...ana, id: "ben" }, { shared })];
  const refusal = { code: 1, templateId: "HX1", atMs: NOW };
  const blocked = /** @type {const} */ ({ window: "unchanged", template: { kind: "blocked" } });
  assert.equal(one.applyRefusal({ ...blocked, concerns: "template" }, refusal), false);
  assert.equal(one.applyRefusal({ ...blocked, concerns: "customer" }, { ...refusal, templateId: "HX2" }), false);
  assert.equal(one.applyRefusal({ ...blocked, concerns: "message", template: { kind: "unchanged" } }, { ...refusal, templateId: "HX3" }), false);
  assert.deepEqual([one.refusals.map(({ id }) => id), other.refusals.map(({ id }) => id)], [["HX1", "HX2"], ["HX1"]]);
  assert.equal(one.applyRefusal({ window: "unchanged", template: { kind: "marketing-stopped" } }, refusal), false);
  assert.deepEqual(one.refusals.map(({ id }) => id), ["HX1", "HX2"], "that the customer wants no marketing is no matter of a template: it is evidence");
  assert.equal(one.applyRefusal({ window: "closes", template: { kind: "unchanged" } }, { ...refusal, templateId: undefined }), true);
  for (let n = 0; n < 40; n += 1) one.applyRefusal({ ...blocked, concerns: "customer" }, { ...refusal, templateId: `HX${n}` });
  assert.equal(one.state.refusals.length, 32);
  one.settleLoad(one.startLoad(), [template("HX1")], []);
  one.settleLoad(one.startLoad(), [template("HX1")], []);
  assert.deepEqual(shared.list, [], "what the provider says now replaces what it said when it refused");
});

test("of two loads the later one counts", () => {
  const { one } = conversation();
  const [early, late] = [one.startLoad(), one.startLoad()];
  one.settleLoad(early, [template("early")], []);
  one.failLoad(early, Object.freeze({ code: "x", message: "x" }));
  assert.deepEqual([one.state.templates, one.state.available.kind], [undefined, "loading"]);
  one.settleLoad(late, [template("late")], []);
  assert.deepEqual([one.state.templates?.length, one.state.available.kind, one.isLoading(late)], [1, "ready", false]);
});

test("a view that says the same keeps its objects; an answer to a closed window is noticed until it closes or is left", () => {
  const { one } = conversation();
  one.setView(view("closed", "window-expired"));
  const before = one.state.view;
  one.setView(view("closed", "window-expired", NOW + 1));
  assert.equal(one.state.view?.verdict, before?.verdict);
  assert.equal(one.state.view?.nowAtMs, NOW + 1);
  one.setView(view("open", "window-open"));
  assert.equal(one.state.notice, "reopened");
  one.setView(view("open", "window-open", NOW + 2));
  assert.equal(one.state.notice, "reopened");
  one.leave();
  assert.equal(one.state.notice, undefined);
});
