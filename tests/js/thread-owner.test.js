// Who holds the thread, and what goes out without a template: from the webhook to the page and the gate.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { createController } from "../../www/controller/controller.js";
import { parseInbound, ready, rulesAsOf } from "../../www/index.js";
import { createGate, maySend, memoryStore } from "../../www/server/index.js";
import { foldEvents } from "../../www/engine/on-server.js";
import { server } from "../../www/engine/modules/server.js";
import { setup } from "../../www/engine/modules/setup.js";
import { webhooks } from "../../www/engine/modules/webhooks.js";
import { rulesDay } from "../../www/engine/channel.js";

before(() => Promise.all([ready(), server.ready(), setup.ready(), webhooks.ready()]));

const [business, phone] = ["+15550783881", "+16505551234"];
const customer = { phone };
/** Meta's own example is of this second. */
const AT = 1_750_101_000_000;
const HOUR = 3_600_000;

/** @param {string} field @param {any} value */
const told = (field, value) => {
  const metadata = { display_phone_number: business.slice(1), phone_number_id: "106540352242922" };
  const payload = { object: "whatsapp_business_account", entry: [{ id: "1", time: AT / 1000, changes: [{ field, value: { messaging_product: "whatsapp", metadata, recipient: metadata, ...value } }] }] };
  return parseInbound(payload, { receivedAt: Number(value.timestamp ?? value.messages?.[0].timestamp ?? AT / 1000) * 1000 + 1000 }).events;
};
const message = { from: phone.slice(1), id: "wamid.A", timestamp: String(AT / 1000), type: "text", text: { body: "Hi" } };
const onStandby = () => told("standby", { standby: { messages: [message] } });
/** @param {string} type @param {number} atMs */
const handover = (type, atMs) => told("messaging_handovers", { sender: { phone_number: phone.slice(1) }, timestamp: String(atMs / 1000), type, [type]: { previous_owner_role: "ai_agent", new_owner_role: "escalation" } });

/** @param {object} [options] */
const controller = (options) => {
  /** @type {any[]} */
  const sent = [];
  const made = createController({
    conversation: { id: "c1", business, customer }, now: () => AT + HOUR, timer: { set: () => 0, clear: () => {} },
    send: () => ({ id: "wamid.t" }), sendText: (given) => void sent.push(given), ...options,
  });
  return { made, sent };
};

test("a message on standby asks before each send, and control that is passed to us ends it", async () => {
  const { made, sent } = controller();
  made.record(onStandby());
  assert.deepEqual([made.snapshot.status.kind, made.snapshot.status.owner?.kind, made.snapshot.verdict.reason], ["open", "other", "not-owner"]);
  assert.deepEqual(made.snapshot.verdict.warnings, ["not-owner"]);
  assert.ok(made.askToSend({ text: "Hello" }));
  assert.equal(made.snapshot.question?.reason, "not-owner");
  await made.answerQuestion(true);
  assert.deepEqual(sent.map(({ text, confirmed }) => [text, confirmed.reason]), [["Hello", "not-owner"]]);
  assert.equal(made.judge({ kind: "template" }).leaves, "yes");
  made.record(handover("control_passed", AT + 60_000));
  assert.deepEqual([made.snapshot.status.owner?.kind, made.snapshot.verdict.leaves, made.snapshot.verdict.warnings], ["us", "yes", undefined]);
  made.record(handover("control_taken", AT + 120_000));
  assert.deepEqual(made.snapshot.status.owner, { kind: "other", role: "escalation", toldAtMs: AT + 120_000 });
  made.destroy();
});

test("where the host says so, another's thread locks the composer", () => {
  const { made } = controller({ owner: "block" });
  made.record(onStandby());
  const { verdict } = made.snapshot;
  assert.deepEqual([verdict.kind, verdict.locksComposer, verdict.alternatives], ["blocked", true, ["template"]]);
  made.destroy();
  assert.throws(() => controller({ owner: "yes" }), { code: "unknown-name", field: "owner" });
});

test("the gate lets nothing of it out without a person's yes to that reason", async () => {
  const store = memoryStore();
  await store.merge([`whatsapp/${business}/phone:${phone}`], foldEvents(undefined, onStandby()));
  const gate = createGate({ store, now: () => AT + HOUR });
  const send = { business, customer, conversation: "c1", sendId: "s1" };
  const yes = (/** @type {string} */ reason) => ({ ...send, confirmed: { conversation: "c1", sendId: "s1", reason } });
  assert.deepEqual([(await gate.judge(send)).verdict.reason, maySend((await gate.judge(send)).verdict)], ["not-owner", false]);
  assert.ok(maySend((await gate.judge(yes("not-owner"))).verdict));
  assert.equal((await gate.judge(yes("window-unknown"))).unconfirmed, "confirmed-other-reason");
  assert.ok(!maySend((await createGate({ store, now: () => AT + HOUR, owner: "block" }).judge(yes("not-owner"))).verdict));
});

// ---- Direct Send

const closed = () => AT + 25 * HOUR;
const spoken = told("messages", { messages: [message] });

test("a utility message goes out only where it is switched on, stated each time, and never from the queue", async () => {
  const off = controller({ now: closed });
  off.made.record(spoken);
  off.made.setDraft("Your parcel arrives on Tuesday.");
  assert.deepEqual([off.made.snapshot.verdict.alternatives, off.made.snapshot.directSend, off.made.askDirectSend()], [["template"], undefined, false]);
  off.made.destroy();
  const { made, sent } = controller({ now: closed, directSend: true });
  made.record(spoken);
  assert.equal(made.askDirectSend(), false, "without a draft there is nothing to state");
  made.setDraft("Your parcel arrives on Tuesday.");
  assert.deepEqual([made.snapshot.verdict.kind, made.snapshot.directSend, made.snapshot.queue], ["template-only", true, "offered"]);
  made.queueDraft(true);
  made.evaluate();
  assert.deepEqual([made.snapshot.queue, sent], ["waiting", []]);
  made.queueDraft(false);
  assert.ok(made.askDirectSend());
  await made.answerQuestion(false);
  assert.deepEqual([sent, made.snapshot.question, made.snapshot.draft], [[], undefined, "Your parcel arrives on Tuesday."]);
  assert.ok(made.askDirectSend());
  made.evaluate();
  assert.equal(made.snapshot.question?.reason, "direct-send", "a look at the clock takes no question away");
  await made.answerQuestion(true);
  assert.deepEqual(sent.map(({ text, category, confirmed }) => [text, category, confirmed.reason]), [["Your parcel arrives on Tuesday.", "utility", "direct-send"]]);
  assert.equal(made.snapshot.draft, "");
  made.destroy();
});

test("the customer's answer takes the question away: now free text may go", async () => {
  const { made, sent } = controller({ now: closed, directSend: true });
  made.record(spoken);
  made.setDraft("Hello");
  assert.ok(made.askDirectSend());
  made.record(told("messages", { messages: [{ ...message, id: "wamid.B", timestamp: String(AT / 1000 + 24 * 3600) }] }));
  assert.deepEqual([made.snapshot.question, made.snapshot.verdict.leaves], [undefined, "yes"]);
  await made.answerQuestion(true);
  assert.deepEqual(sent, []);
  made.destroy();
});

for (const [code, isLeft] of [[131064, false], [139200, true]]) {
  test(`${code} ${isLeft ? "refuses one message" : "switches it off, on the page and in the gate"}`, async () => {
    const { made } = controller({ now: closed, directSend: true, sendText: () => Promise.reject(Object.assign(new Error("refused"), { code })) });
    made.record(spoken);
    made.setDraft("Hello");
    made.askDirectSend();
    await made.answerQuestion(true);
    assert.deepEqual([made.snapshot.draft, made.snapshot.directSend ?? false, made.snapshot.error?.providerCode], ["Hello", isLeft, code]);
    made.destroy();
    const store = memoryStore();
    const gate = createGate({ store, now: closed, directSend: true });
    const draft = /** @type {const} */ ({ kind: "direct-send", category: "utility" });
    assert.ok(maySend((await gate.judge({ business, customer, draft })).verdict));
    gate.refused({ business, code });
    assert.equal(maySend((await gate.judge({ business, customer, draft })).verdict), isLeft);
    assert.ok(maySend((await gate.judge({ business: "+15550000000", customer, draft })).verdict), "another address");
  });
}

test("the gate has a switch of its own", async () => {
  const draft = /** @type {const} */ ({ kind: "direct-send", category: "utility" });
  const store = memoryStore();
  assert.equal((await createGate({ store }).judge({ business, customer, draft })).verdict.reason, "direct-send-off");
  const gate = createGate({ store, directSend: (address) => address === business });
  assert.ok(maySend((await gate.judge({ business, customer, draft })).verdict));
  assert.ok(!maySend((await gate.judge({ business: "+15550000000", customer, draft })).verdict));
  await assert.rejects(gate.judge({ business, customer, draft: /** @type {any} */ ({ kind: "direct-send" }) }), { code: "missing-field" });
});

// ---- prices, dates

test("the host's count tells how many are still free; without one, or where it fails, none is told", () => {
  const october = Date.parse("2026-10-02T10:00:00Z");
  const heard = told("messages", { messages: [{ ...message, timestamp: String(october / 1000) }] });
  for (const [count, left] of [[990, 10], [1001, 0], [() => 5, 995], [() => undefined, undefined], [undefined, undefined]]) {
    const { made } = controller({ now: () => october + HOUR, ...(count === undefined ? {} : { serviceMessagesThisMonth: count }) });
    made.record(heard);
    assert.equal(made.snapshot.verdict.freeServiceMessagesLeft, left, String(count));
    made.destroy();
  }
  assert.throws(() => controller({ serviceMessagesThisMonth: -1 }), { code: "wrong-type" });
});

test("every row of the rules has a date, a day of its own where it is known, and a source unless it is inferred", () => {
  const { asOf, rules } = rulesAsOf();
  assert.equal(asOf, rulesDay());
  assert.ok(rules.length > 150);
  const days = rules.map(({ checkedOn }) => checkedOn).sort();
  assert.equal(days[0], asOf);
  for (const { rule, row, source, checkedOn, effectiveFrom = checkedOn } of rules) {
    assert.match(`${checkedOn} ${effectiveFrom}`, /^\d{4}-\d\d-\d\d \d{4}-\d\d-\d\d$/, `${rule} ${row}`);
    assert.ok(source?.startsWith("https://") || rule.startsWith("code-"), `${rule} ${row}`);
  }
  for (const name of ["window", "opens", "direct-send", "thread-owner", "free-service-messages", "text-limit", "file-meta", "file-twilio", "content-type", "code-meta", "code-twilio"]) {
    assert.ok(rules.some(({ rule }) => rule === name), name);
  }
});
