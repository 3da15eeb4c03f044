// Whether a customer wants marketing: told by words, refusals, a server's state and the desktop, and what follows for templates.

import assert from "node:assert/strict";
import { test } from "node:test";
import { HOUR, NOW, ana, ben, desk, settled, template, wrote } from "../support/desk.mjs";

const offer = template("Offer for {{1}}", { id: "HX2", category: "marketing" });
const hello = template("Hello {{1}}");

/** @param {any} [more] */
const opened = async (more = {}) => {
  const made = desk({ templates: [offer, hello], ...more });
  await settled();
  /** Reasons against the marketing template, and notes on the other. */
  const judged = () => {
    const [of, to] = made.controller.snapshot.templates.items.map(({ eligibility }) => eligibility);
    return [of.reasons.map(({ code }) => code), to.reasons.map(({ code }) => code), to.notes.map(({ code }) => code)];
  };
  return { ...made, judged, marketing: () => made.controller.snapshot.status.marketing };
};
/** @param {string} id @param {"opt-out" | "opt-in"} kind @param {number} atMs @param {string} toldBy */
const told = (id, kind, atMs, toldBy) => /** @type {any} */ ({ log: "marketing", id, kind, providerAtMs: atMs, toldBy });

test("what the customer writes counts from the moment it is heard, and a later word undoes it", async () => {
  const { controller, judged, marketing, time } = await opened();
  assert.deepEqual([marketing(), judged()], [undefined, [[], [], []]]);
  controller.hear({ kind: "text", text: "STOP" });
  assert.deepEqual(marketing(), { kind: "stopped", toldAtMs: NOW, toldBy: "words" });
  assert.deepEqual(judged(), [["marketing-opt-out"], [], []]);
  time.pass(HOUR);
  controller.hear({ kind: "text", text: "stop by at five" });
  controller.hear({ kind: "image", text: "START" });
  assert.equal(marketing()?.kind, "stopped", "a word among others, and the caption of a picture, say nothing");
  controller.hear({ kind: "button", text: "Start" });
  assert.deepEqual([marketing(), judged()[0]], [{ kind: "resumed", toldAtMs: NOW + HOUR, toldBy: "words" }, []]);
});

test("of the evidence of webhooks the latest word counts, in whatever order it comes", async () => {
  const words = [told("1", "opt-out", NOW - 3 * HOUR, "settings"), told("2", "opt-in", NOW - 2 * HOUR, "keyword"), told("3", "opt-out", NOW - HOUR, "refusal")];
  for (const order of [words, words.toReversed()]) {
    const { controller, judged, marketing } = await opened();
    controller.record(order);
    assert.deepEqual([marketing(), judged()[0]], [{ kind: "stopped", toldAtMs: NOW - HOUR, toldBy: "refusal" }, ["marketing-opt-out"]]);
    controller.record(told("4", "opt-in", NOW, "settings"));
    assert.deepEqual([marketing()?.kind, judged()[0]], ["resumed", []]);
  }
});

test("a stop opens no window, and one that opens it leaves session messages free", async () => {
  const { controller } = await opened();
  controller.record(told("1", "opt-out", NOW, "settings"));
  assert.equal(controller.snapshot.status.kind, "unknown");
  controller.record([wrote("SM1", NOW), told("SM1", "opt-out", NOW, "words")]);
  assert.deepEqual([controller.snapshot.status.kind, controller.snapshot.verdict.leaves, controller.snapshot.status.marketing?.toldBy], ["open", "yes", "settings"]);
});

test("it is of the customer, not of the conversation, and a server's state brings it", async () => {
  const { controller, judged, marketing } = await opened();
  controller.hear({ kind: "text", text: "unsubscribe" });
  controller.setConversation(ben);
  await settled();
  assert.deepEqual([marketing(), judged()[0]], [undefined, []]);
  controller.setConversation({ ...ana, id: "another conversation" });
  await settled();
  assert.deepEqual([marketing()?.kind, judged()[0]], ["stopped", ["marketing-opt-out"]]);
  const state = /** @type {any} */ ({ version: 1, customer: [], refused: [], sent: [], marketing: [{ id: "1", kind: "opt-out", receiptAtMs: NOW, toldBy: "keyword" }] });
  controller.setConversation({ ...ben, id: "ben again" }, state);
  await settled();
  assert.deepEqual([marketing(), judged()[0]], [{ kind: "stopped", toldAtMs: NOW, toldBy: "keyword" }, ["marketing-opt-out"]]);
});

test("a refusal says so, whoever reports it", async () => {
  for (const code of [63050, 131050]) {
    const { controller, judged, marketing } = await opened();
    controller.refused({ id: "SM9", code });
    assert.deepEqual([marketing(), judged()[0]], [{ kind: "stopped", toldAtMs: NOW, toldBy: "refusal" }, ["marketing-opt-out"]], String(code));
    controller.record(told("1", "opt-in", NOW + 1, "settings"));
    assert.equal(marketing()?.kind, "resumed", "what is dated later than now counts as of now, and is surer");
  }
});

test("while the desktop says so no marketing goes out; what it takes back counts as the latest word", async () => {
  const { controller, judged, marketing, time } = await opened();
  controller.record(told("1", "opt-in", NOW, "settings"));
  controller.setConversation({ ...ana, optedOutOfMarketing: true });
  assert.deepEqual(judged()[0], ["marketing-opt-out"]);
  time.pass(HOUR);
  controller.setConversation({ ...ana, optedOutOfMarketing: false });
  assert.deepEqual([judged()[0], marketing()], [[], { kind: "resumed", toldAtMs: NOW + HOUR, toldBy: "desktop" }]);
});

test("that the customer agreed is asked where the desktop knows: without it marketing is greyed, and the others are marked", async () => {
  const { controller, judged } = await opened();
  controller.setConversation({ ...ana, optedIn: false });
  assert.deepEqual(judged(), [["marketing-no-opt-in"], [], ["no-opt-in"]]);
  controller.setConversation({ ...ana, optedIn: true });
  assert.deepEqual(judged(), [[], [], []]);
  controller.setConversation({ ...ana, optedIn: false });
  controller.record(wrote("SM1", NOW));
  assert.deepEqual(judged(), [["marketing-no-opt-in"], [], []], "who writes to us agreed to an answer");
  await assert.rejects(controller.sendTemplate(offer, { 1: "Ana" }), { code: "template-not-sendable" });
});
