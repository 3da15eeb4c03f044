// Drafts: kept by the host's store, in step with the other tabs of one agent, and asked about before they are lost.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { sessionDrafts } from "../../www/controller/session-drafts.js";
import { HOUR, NOW, ana, ben, deferred, desk, settled, wrote } from "../support/desk.mjs";
import { until } from "../support/until.mjs";

/** Web storage as the standard has it. */
class Storage {
  #items = new Map();
  get length() { return this.#items.size; }
  key = (/** @type {number} */ index) => [...this.#items.keys()][index] ?? null;
  getItem = (/** @type {string} */ key) => this.#items.get(key) ?? null;
  setItem = (/** @type {string} */ key, /** @type {string} */ value) => void this.#items.set(key, String(value));
  removeItem = (/** @type {string} */ key) => void this.#items.delete(key);
  holds = (/** @type {string} */ text) => [...this.#items.values()].some((value) => value.includes(text));
}

/** @type {any[]} */
let open = [];
afterEach(() => {
  for (const { controller } of open) controller.destroy();
  open = [];
});
const made = (/** @type {any} */ options = {}) => {
  const one = desk({ sendText: () => {}, ...options });
  open.push(one);
  return one;
};
const storage = () => /** @type {any} */ (new Storage());
const closes = (/** @type {any} */ controller) => controller.record(wrote("SM0", NOW - 25 * HOUR));

test("a reload keeps the draft and the promise, under the same id", async () => {
  const kept = storage();
  const drafts = () => sessionDrafts({ agent: "a7", storage: kept, now: () => NOW });
  const { controller } = made({ drafts: drafts() });
  closes(controller);
  controller.setDraft("half a sentence");
  controller.queueDraft(true);
  controller.destroy();

  const sent = /** @type {any[]} */ ([]);
  const again = made({ drafts: drafts(), sendText: (/** @type {any} */ message) => void sent.push(message), queue: "auto" }).controller;
  closes(again);
  assert.deepEqual([again.snapshot.draft, again.snapshot.queue], ["half a sentence", "waiting"]);
  again.hear({ kind: "text", text: "Thanks" });
  again.record(wrote("SM1", NOW));
  assert.equal(again.snapshot.queue, "ask", "after a reload nothing goes out by itself");
  await again.sendQueued();
  const third = made({ drafts: drafts() }).controller;
  assert.deepEqual([third.snapshot.draft, third.snapshot.queue], ["", undefined], "what went out is not there any more");
  assert.match(sent[0].sendId, /^[0-9a-f]{32}$/);
});

test("what was on its way when the page went is a draft again, and goes out under its old id", () => {
  const kept = storage();
  const drafts = () => sessionDrafts({ agent: "a7", storage: kept, now: () => NOW });
  const { controller } = made({ drafts: drafts() });
  const { sendId } = controller.beginText({ text: "on its way" });
  controller.setDraft("the next one");
  controller.destroy();
  const again = made({ drafts: drafts() }).controller;
  assert.equal(again.snapshot.draft, "the next one\n\non its way");
  again.setDraft("on its way");
  assert.equal(again.beginText({ text: "on its way" }).sendId, sendId);
  again.settleText(sendId, { id: "SM1" });
  again.setDraft("");
  assert.equal(made({ drafts: drafts() }).controller.snapshot.draft, "");
});

test("what had come back before the page went is not brought back once more: not where it was written on, nor where it was taken out", () => {
  for (const draft of ["on its way, and more", "something else", ""]) {
    const kept = storage();
    const drafts = () => sessionDrafts({ agent: "a7", storage: kept, now: () => NOW });
    const { controller } = made({ drafts: drafts() });
    const { sendId } = controller.beginText({ text: "on its way" });
    controller.settleText(sendId, { error: new TypeError("no answer") });
    assert.equal(controller.snapshot.draft, "on its way");
    controller.setDraft(draft);
    controller.destroy();
    const again = made({ drafts: drafts() }).controller;
    assert.equal(again.snapshot.draft, draft);
    again.setDraft("on its way");
    assert.equal(again.beginText({ text: "on its way", sendId }).sendId, sendId, "and by Retry it is still the same send");
  }
});

test("what was on its way when the page went and is told to have arrived is no draft, whenever that is told", async () => {
  for (const order of ["before the store answers", "after it"]) {
    const kept = storage();
    const store = sessionDrafts({ agent: "a7", storage: kept, now: () => NOW });
    const first = made({ drafts: store }).controller;
    const { sendId } = first.beginText({ text: "on its way" });
    first.setDraft("the next one");
    first.destroy();
    const { controller } = made({ drafts: order === "after it" ? store : { ...store, read: async (/** @type {string} */ id) => store.read(id) } });
    controller.settleSend(sendId, { id: "SM1" });
    await settled();
    assert.equal(controller.snapshot.draft, "the next one", order);
    assert.equal(controller.snapshot.arrived, order === "after it" ? sendId : undefined);
    assert.deepEqual(controller.beginText({ text: "on its way", sendId }), { stopped: "already-sent" });
    controller.setDraft("");
    controller.destroy();
    assert.equal(made({ drafts: store }).controller.snapshot.draft, "");
  }
});

test("drafts expire, are of one agent and one conversation, and are wiped at sign-out; what is not understood is nothing", () => {
  const kept = storage();
  let now = NOW;
  const store = sessionDrafts({ agent: "a7", storage: kept, maxAgeMs: HOUR, now: () => now });
  const other = sessionDrafts({ agent: "a7\" x", storage: kept, now: () => now });
  const draft = { text: "x", version: 1, savedAtMs: NOW };
  store.write("ana", draft);
  other.write("ana", draft);
  assert.deepEqual([store.read("ana"), store.read("ben")], [draft, undefined]);
  now = NOW + HOUR;
  assert.deepEqual(store.read("ana"), draft);
  now += 1;
  assert.equal(store.read("ana"), undefined);
  assert.equal(kept.length, 1, "and it is gone");
  store.write("ana", draft);
  kept.setItem("somebody else's", "1");
  store.clear();
  assert.deepEqual([kept.length, other.read("ana")], [2, draft]);
  for (const text of ["{", "5", "null", '{"text":5,"version":1,"savedAtMs":1}', '{"text":"x","version":"1","savedAtMs":1}', `{"text":"x","version":1,"savedAtMs":${NOW},"sends":[5]}`]) {
    kept.setItem('reply-window draft "a7" ana', text);
    assert.equal(store.read("ana"), undefined, text);
  }
  assert.throws(() => sessionDrafts(/** @type {any} */ ({ storage: kept })), { field: "agent" });
});

test("what comes back into a draft after the sign-out is not written any more", async () => {
  const kept = storage();
  const drafts = sessionDrafts({ agent: "a7", storage: kept, now: () => NOW });
  const { controller } = desk({ drafts, sendText: () => {} });
  controller.record(wrote("SM0", NOW - HOUR));
  const begun = /** @type {{ sendId: string }} */ (controller.beginText({ text: "on its way" }));
  assert.equal(kept.length, 1);
  drafts.clear();
  assert.equal(kept.length, 0);
  controller.settleText(begun.sendId, { error: new TypeError("no answer") });
  controller.setDraft("and more");
  assert.deepEqual([controller.snapshot.draft, kept.length], ["and more", 0]);
  const next = sessionDrafts({ agent: "a7", storage: kept, now: () => NOW });
  next.write("ana", { text: "x", version: 1, savedAtMs: NOW });
  assert.equal(kept.length, 1);
});

test("a computer's clock that is set wrong by a day loses no draft", () => {
  const kept = storage();
  for (const ms of [26 * HOUR, -26 * HOUR]) {
    made({ drafts: sessionDrafts({ agent: "a7", storage: kept, now: () => NOW }) }).controller.setDraft("half a sentence");
    assert.equal(made({ drafts: sessionDrafts({ agent: "a7", storage: kept, now: () => NOW + ms }) }).controller.snapshot.draft, "half a sentence");
  }
});

test("a store that answers later loses nothing that was written meanwhile; one that fails is told", async (t) => {
  const answer = deferred();
  const { controller } = made({ drafts: { read: () => answer.promise, write() {} } });
  controller.setDraft("written meanwhile");
  answer.resolve({ text: "from before", version: 9, savedAtMs: NOW });
  await settled();
  assert.equal(controller.snapshot.draft, "written meanwhile\n\nfrom before");
  const told = t.mock.method(console, "error", () => {});
  const broken = made({ drafts: { read: () => Promise.reject(new Error("r")), write: () => Promise.reject(new Error("w")) } }).controller;
  broken.setDraft("safe");
  await settled();
  assert.deepEqual([broken.snapshot.draft, told.mock.callCount()], ["safe", 2]);
});

test("all tabs of one agent show the same draft and promise; those of another agent do not", async () => {
  const tabs = `drafts ${process.pid}`;
  const [one, two, stranger] = ["a7", "a7", "b8"].map((agent) => made({ tabs, agent }).controller);
  for (const controller of [one, two]) closes(controller);
  one.setDraft("half a sentence");
  one.queueDraft(true);
  await until("the other tab shows it", () => two.snapshot.queue === "waiting");
  assert.equal(two.snapshot.draft, "half a sentence");
  two.setDraft("changed here");
  await until("and back", () => one.snapshot.draft === "changed here");
  assert.equal(one.snapshot.queue, "offered");
  const late = made({ tabs, agent: "a7" }).controller;
  await until("a tab that comes later", () => late.snapshot.draft === "changed here");
  late.setConversation(ben);
  assert.equal(late.snapshot.draft, "");
  assert.equal(stranger.snapshot.draft, "");
});

/** Two tabs of one agent in an open window. */
const inTabs = (/** @type {string} */ name) => {
  const tabs = `${name} ${process.pid}`;
  const both = [0, 1].map(() => made({ tabs, agent: "a7" }).controller);
  for (const controller of both) controller.record(wrote("SM0", NOW - HOUR));
  return both;
};
const failed = (/** @type {number | undefined} */ status) => Object.assign(new TypeError("no"), status && { status });

test("a text that came back in one tab is the same send in the other, and made of it there it is asked about", async () => {
  for (const status of [undefined, 400]) {
    const [one, two] = inTabs(`came back ${status}`);
    const { sendId } = one.beginText({ text: "hello" });
    one.settleText(sendId, { error: failed(status) });
    await until("the other tab shows it", () => two.snapshot.draft === "hello");
    two.setDraft("hello you");
    assert.equal(two.doubt({ text: "hello you" }), status === undefined ? "may-have-arrived" : undefined);
    two.setDraft("hello");
    const again = two.beginText({ text: "hello" });
    assert.equal(again.sendId, sendId);
    two.setDraft("");
    two.settleText(sendId, { id: "SM1" });
    await until("the first tab hears that it is gone", () => "stopped" in one.beginText({ text: "hello", sendId }));
    assert.equal(one.snapshot.draft, "");
  }
});

test("what is refused in one tab and sent again in another is not retried in the first, nor offered in the other", async () => {
  const [one, two] = inTabs("refused");
  const { sendId } = one.beginText({ text: "hello" });
  one.settleText(sendId, { id: "SM1" });
  const refusal = { id: "SM1", text: "hello", code: 63005, sendId };
  two.refused(refusal);
  assert.equal(two.snapshot.lost.length, 1, "nobody has told here whose it was");
  one.refused(refusal);
  await until("the other tab shows it", () => two.snapshot.draft === "hello");
  assert.deepEqual(two.snapshot.lost, []);
  two.refused(refusal);
  assert.deepEqual([two.snapshot.draft, two.snapshot.lost], ["hello", []]);
  const again = two.beginText({ text: "hello" });
  assert.notEqual(again.sendId, sendId);
  two.setDraft("");
  two.settleText(again.sendId, { id: "SM2" });
  await until("the first tab hears that it is gone", () => "stopped" in one.beginText({ text: "hello", sendId, messageId: "SM1" }));
});

test("what came to an end in the tab that sent it is no doubt in the other one", async () => {
  const [one, two] = inTabs("ends");
  const { sendId } = one.beginText({ text: "hello" });
  one.settleText(sendId, { error: failed(undefined) });
  one.setDraft("hello\n\nyou");
  await until("the other tab shows it", () => two.snapshot.draft === "hello\n\nyou");
  assert.equal(two.doubt({ text: "hello\n\nyou" }), "may-have-arrived");
  one.settleText(sendId, { id: "SM1" });
  await until("and that it arrived", () => two.snapshot.draft === "you");
  assert.equal(two.doubt({ text: "you" }), undefined);
});

test("what is on its way in one tab outlives a reload of it, whatever is written in the other meanwhile, and stands in both", async () => {
  const tabs = `under way ${process.pid}`;
  const [kept, others] = [storage(), storage()];
  const tab = (/** @type {any} */ storage) => made({ tabs, agent: "a7", drafts: sessionDrafts({ agent: "a7", storage, now: () => NOW }) }).controller;
  const [one, two] = [tab(kept), tab(others)];
  const { sendId } = one.beginText({ text: "on its way" });
  two.setDraft("written meanwhile");
  await until("the first tab shows it", () => one.snapshot.draft === "written meanwhile");
  const { sendId: second } = two.beginText({ text: "and another" });
  // Of what crosses on the way the tab that wrote it knows; here it has arrived.
  await until("the first tab keeps it", () => kept.holds("and another"));
  one.setDraft("and more");
  await until("the other shows it", () => two.snapshot.draft === "and more");
  assert.deepEqual(two.beginText({ text: "on its way", sendId }), { stopped: "already-sending" });
  one.destroy();
  const later = tab(kept);
  assert.equal(later.snapshot.draft, "and more\n\non its way\n\nand another", "of the other tab's nobody knows here either, after a reload");
  await until("the other tab shows what came back", () => two.snapshot.draft.includes("on its way"));
  assert.equal(two.beginText({ text: "on its way", sendId }).sendId, sendId);
  two.settleText(sendId, { id: "SM1" });
  two.settleText(second, { id: "SM2" });
  await until("and the first that it went out", () => !later.snapshot.draft.includes("on its way"));
  assert.equal(later.snapshot.draft, two.snapshot.draft);
});

test("what is told between tabs and is none of it, is not taken", async () => {
  const [one] = inTabs("strange");
  const channel = new BroadcastChannel(`strange ${process.pid} a7 drafts`);
  const send = { sendId: "s1", text: "x" };
  for (const draft of [null, 5, { text: 5 }, { text: "x", version: 0.5, savedAtMs: 1 }, { text: "x", version: 9, savedAtMs: NaN }, { text: "x", version: 9, savedAtMs: 1, sends: [{}] }, { text: "x", version: 9, savedAtMs: 1, sends: [{ ...send, fate: "sent" }] }, { text: "x", version: 9, savedAtMs: 1, gone: [5] }]) channel.postMessage({ version: 1, id: "ana", draft });
  channel.postMessage({ version: 1, id: "ana", draft: { text: "good", version: 10, savedAtMs: 1, sends: [send] } });
  await until("the last one", () => one.snapshot.draft === "good");
  channel.close();
});

test("the page asks before it loses something, and only where that is so", () => {
  const { controller } = made();
  assert.equal(controller.wouldLose(), false);
  controller.setDraft("x");
  assert.equal(controller.wouldLose(), true);
  controller.setConversation(ben);
  assert.equal(controller.wouldLose(), true, "in another conversation");
  controller.setConversation(ana);
  controller.setDraft("");
  assert.equal(controller.wouldLose(), false);
  controller.beginText({ text: "on its way" });
  assert.equal(controller.wouldLose(), true);
  const lasting = made({ drafts: sessionDrafts({ agent: "a7", storage: storage() }) }).controller;
  lasting.setDraft("x");
  assert.equal(lasting.wouldLose(), false);
});
