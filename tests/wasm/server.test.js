// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import twilio from "twilio";
import { mergeStates, policyFor, windowKeys } from "../../www/engine/session.js";
import { createGate, createReceiver, maySend, memoryStore, recordSend } from "../../www/server/index.js";
import { withSendTime } from "../../www/server/record-send.js";
import { BSUID, BUSINESS, HOUR, INBOUND, PHONE, REFUSED, T0, TOKEN, URL_INBOUND, inbound, setUp, statusOf, webhook, windowsOf } from "../support/webhooks.mjs";

test("a signed message opens the window and is answered with empty TwiML", async () => {
  const { store, receiver, calls, lines } = setUp();
  const response = await receiver.fetch(webhook(INBOUND));
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("content-type"), "text/xml; charset=utf-8");
  assert.match(await response.text(), /<Response><\/Response>$/);
  const status = await statusOf(store, PHONE, T0 + HOUR);
  assert.equal(status.kind, "open");
  assert.equal(status.openedAtMs, T0);
  assert.equal(calls.length, 1);
  assert.equal(lines.length, 0);
});

/** @type {[string, () => Request, number][]} */
const REJECTED = [
  ["a missing signature", () => webhook(INBOUND, { signature: null }), 403],
  ["an empty signature", () => webhook(INBOUND, { signature: "" }), 403],
  ["a forged signature", () => webhook(INBOUND, { signature: "AAAAAAAAAAAAAAAAAAAAAAAAAAA=" }), 403],
  ["a signature by another token", () => webhook(INBOUND, { token: "0".repeat(32) }), 403],
  ["a truncated signature", () => webhook(INBOUND, { signature: twilio.getExpectedTwilioSignature(TOKEN, URL_INBOUND, INBOUND).slice(0, -4) }), 403],
  ["two signatures", () => webhook(INBOUND, { signature: `${twilio.getExpectedTwilioSignature(TOKEN, URL_INBOUND, INBOUND)}, AAAA` }), 403],
  ["a changed body", () => webhook(INBOUND, { body: new URLSearchParams(inbound({ Body: "changed" })).toString() }), 403],
  ["a truncated body", () => webhook(INBOUND, { body: new URLSearchParams(INBOUND).toString().slice(0, -20) }), 403],
  ["another address", () => webhook(INBOUND, { sentTo: "https://desk.example.com/twilio/status" }), 403],
  ["a body over 256 KiB", () => webhook(inbound({ Body: "x".repeat(262_144) })), 413],
  ["a GET", () => new Request(URL_INBOUND), 405],
];

for (const [name, request, status] of REJECTED) {
  test(`${name}: ${status}, nothing changes, no secret in the log`, async () => {
    const { store, receiver, calls, lines } = setUp();
    await receiver.fetch(webhook(inbound({ MessageSid: "SM1", From: "whatsapp:+15550109999" })));
    const before = await windowsOf(store);
    const [count] = [calls.length];
    const response = await receiver.fetch(request());
    assert.equal(response.status, status);
    assert.deepEqual(await windowsOf(store), before);
    assert.equal(calls.length, count);
    assert.equal(lines.length, status === 405 ? 0 : 1);
    const said = lines.join("\n") + (await response.text());
    for (const secret of [TOKEN, "+1555", "AAAA", INBOUND.Body ?? "?"]) assert.equal(said.includes(secret), false, said);
    assert.equal(lines.some((line) => line.includes("\n")), false);
  });
}

test("behind a proxy the public address counts", async () => {
  const { receiver } = setUp({ publicUrl: "https://desk.example.com" });
  const request = () => webhook(INBOUND, { sentTo: "http://127.0.0.1:8063/twilio/inbound" });
  assert.equal((await receiver.fetch(request())).status, 200);
  assert.equal((await setUp().receiver.fetch(request())).status, 403);
});

/** Every order of a list. @template T @param {T[]} list @returns {T[][]} */
const orders = (list) => (list.length < 2 ? [list] : list.flatMap((item, at) => orders(list.toSpliced(at, 1)).map((rest) => [item, ...rest])));

test("duplicated, late and reordered webhooks: the same state as in order and once", async () => {
  const story = [
    { at: T0, parameters: inbound({ MessageSid: "SM1" }) },
    { at: T0 + HOUR, parameters: inbound({ MessageSid: "SM2", ButtonText: "Yes", MessageType: "button" }) },
    { at: T0 + 2 * HOUR, parameters: { ...REFUSED, MessageSid: "SM3" } },
    { at: T0 + 3 * HOUR, parameters: inbound({ MessageSid: "SM4", From: "whatsapp:NL.7203944817265509" }) },
  ];
  const reach = async (/** @type {typeof story} */ told) => {
    let now = T0;
    const { store, receiver } = setUp({ now: () => now });
    for (const { at, parameters } of told) {
      now = at;
      assert.equal((await receiver.fetch(webhook(parameters))).status, 200);
    }
    return windowsOf(store);
  };
  const expected = await reach(story);
  assert.equal(expected.length, 1);
  for (const order of orders(story)) {
    assert.deepEqual(await reach(order), expected);
    const late = order.map(({ at, parameters }) => ({ at: at + 48 * HOUR, parameters }));
    assert.deepEqual(await reach([...order, ...late]), expected);
  }
});

test("a phone number and a user id seen together share one window from then on, and before", async () => {
  const { store, receiver } = setUp();
  const phoneOnly = inbound({ MessageSid: "SM1" });
  delete phoneOnly.ExternalUserId;
  await receiver.fetch(webhook(phoneOnly));
  assert.equal((await statusOf(store, BSUID, T0 + 1)).kind, "unknown");
  await receiver.fetch(webhook(inbound({ MessageSid: "SM2" })));
  const state = await store.read(windowKeys({ business: BUSINESS, customer: BSUID }));
  assert.deepEqual(state?.customer.map(({ id }) => id), ["SM1", "SM2"]);
});

test("the same customer writing to another number of ours is another window", async () => {
  const { store, receiver } = setUp();
  await receiver.fetch(webhook(inbound({ To: "whatsapp:+15550100201" })));
  assert.equal((await statusOf(store, PHONE, T0 + 1)).kind, "unknown");
});

/** A refusal that arrives two hours after the message was handed over, while the customer wrote in between. */
const refusedLate = async (/** @type {"send-first" | "callback-first"} */ order) => {
  let now = T0;
  const { store, receiver } = setUp({ now: () => now });
  await receiver.fetch(webhook(inbound({ MessageSid: "SM1" })));
  const record = () => recordSend(store, { id: "SM3", business: BUSINESS, customer: PHONE, kind: "session-message", atMs: T0 + HOUR });
  if (order === "send-first") await record();
  now = T0 + 2 * HOUR;
  await receiver.fetch(webhook(inbound({ MessageSid: "SM2" })));
  now = T0 + 3 * HOUR;
  await receiver.fetch(webhook({ ...REFUSED, MessageSid: "SM3" }));
  if (order === "callback-first") await record();
  return store;
};

test("a refusal counts from the hand-over: a customer who wrote in between keeps the window open", async () => {
  const first = await refusedLate("send-first");
  const last = await refusedLate("callback-first");
  assert.deepEqual(await windowsOf(first), await windowsOf(last));
  const [window] = await windowsOf(first);
  assert.deepEqual(window?.state.refused.map(({ id, providerAtMs, receiptAtMs }) => [id, providerAtMs, receiptAtMs]), [["SM3", T0 + HOUR, T0 + 3 * HOUR]]);
  assert.equal((await statusOf(first, PHONE, T0 + 4 * HOUR)).kind, "open");
});

test("a send that is recorded while its refusal is being merged still counts", async () => {
  const store = memoryStore();
  const record = () => store.recordSend({ id: "SM3", keys: windowKeys({ business: BUSINESS, customer: PHONE }), kind: "session-message", atMs: T0 });
  const slow = {
    ...store,
    /** @type {typeof store.merge} */
    async merge(keys, state) {
      await record();
      return store.merge(keys, state);
    },
  };
  const receiver = createReceiver({ keys: [TOKEN], store: slow, now: () => T0 + HOUR, shapes: "report", log: () => {} });
  assert.equal((await receiver.fetch(webhook({ ...REFUSED, MessageSid: "SM3" }))).status, 200);
  const [window] = await windowsOf(store);
  assert.equal(window?.state.refused[0]?.providerAtMs, T0);
});

test("a refusal closes at once, whatever the clock says, until the customer writes", async () => {
  let now = T0;
  const { store, receiver } = setUp({ now: () => now });
  await receiver.fetch(webhook(INBOUND));
  now += HOUR;
  await receiver.fetch(webhook(REFUSED));
  const status = await statusOf(store, PHONE, now);
  assert.deepEqual([status.kind, status.reason], ["closed", "refused"]);
  now += 1;
  await receiver.fetch(webhook(inbound({ MessageSid: "SM9" })));
  assert.equal((await statusOf(store, PHONE, now)).kind, "open");
});

test("a failure of the store: 500, so that the provider may try again", async () => {
  const store = { ...memoryStore(), merge: async () => Promise.reject(new Error(`no connection for ${TOKEN}`)) };
  /** @type {string[]} */
  const lines = [];
  const receiver = createReceiver({ keys: [TOKEN], store, now: () => T0, log: (line) => lines.push(line) });
  const response = await receiver.fetch(webhook(INBOUND));
  assert.equal(response.status, 500);
  assert.equal((lines.join() + (await response.text())).includes(TOKEN), false);
});

test("no key: nothing passes", async () => {
  const store = memoryStore();
  for (const keys of [[], [""]]) {
    const receiver = createReceiver({ keys: () => keys, store, log: () => {} });
    assert.notEqual((await receiver.fetch(webhook(INBOUND, { token: keys[0] ?? TOKEN }))).status, 200);
  }
  assert.deepEqual(await windowsOf(store), []);
});

test("under a DOM an Auth Token is refused as in a page, unless the test of the middleware allows it", async () => {
  Object.assign(globalThis, { document: {} });
  try {
    for (const [allowed, status] of /** @type {[boolean | undefined, number][]} */ ([[undefined, 500], [false, 500], [true, 200]])) {
      const receiver = createReceiver({ keys: [TOKEN], store: memoryStore(), now: () => T0, log: () => {}, ...allowed !== undefined && { allowAuthTokenInPage: allowed } });
      assert.equal((await receiver.fetch(webhook(INBOUND))).status, status, String(allowed));
      assert.equal((await receiver.fetch(webhook(INBOUND, { token: `x${TOKEN}` }))).status, allowed ? 403 : 500, "a forged one");
    }
    assert.throws(() => createReceiver(/** @type {any} */ ({ keys: [TOKEN], store: memoryStore(), allowAuthTokenInPage: "yes" })), { code: "wrong-type", field: "allowAuthTokenInPage" });
  } finally {
    Reflect.deleteProperty(globalThis, "document");
  }
});

// ---------------------------------------------------------------------------------------------- gate

test("the gate blocks what is unknown: free text needs evidence; a template does not", async () => {
  const { store, receiver } = setUp();
  const gate = createGate({ store, now: () => T0 });
  const ask = (/** @type {"text" | "template"} */ kind) => gate.judge({ business: BUSINESS, customer: PHONE, draft: { kind } });
  assert.equal((await ask("text")).status.kind, "unknown");
  assert.equal((await ask("text")).verdict.kind, "template-only");
  assert.equal(maySend((await ask("text")).verdict), false);
  assert.equal(maySend((await ask("template")).verdict), true);
  await receiver.fetch(webhook(INBOUND));
  assert.equal(maySend((await ask("text")).verdict), true);
});

/** A yes to the send `s1` in the conversation `c1`. */
const YES = { conversation: "c1", sendId: "s1", reason: "window-unknown" };

test("an agent's yes lets that one send out, and no other", async () => {
  const { store, receiver } = setUp();
  let now = T0;
  for (const unknown of /** @type {const} */ ([undefined, "ask", "block"])) {
    const gate = createGate({ store, now: () => now, unknown });
    const ask = async (/** @type {any} */ more) => {
      const { verdict, unconfirmed } = await gate.judge({ business: BUSINESS, customer: PHONE, conversation: "c1", sendId: "s1", ...more });
      return [maySend(verdict), verdict.reason, unconfirmed];
    };
    assert.deepEqual(await ask({}), [false, "window-unknown", undefined]);
    assert.deepEqual(await ask({ confirmed: YES }), [true, "window-unknown", undefined]);
    assert.deepEqual(await ask({ confirmed: YES, sendId: "s2" }), [false, "window-unknown", "confirmed-other-send"]);
    assert.deepEqual(await ask({ confirmed: YES, conversation: "c2" }), [false, "window-unknown", "confirmed-other-conversation"]);
    assert.deepEqual(await ask({ confirmed: { ...YES, reason: "window-expired" } }), [false, "window-unknown", "confirmed-other-reason"]);
  }
  await receiver.fetch(webhook(INBOUND));
  const gate = createGate({ store, now: () => now });
  const ask = (/** @type {any} */ confirmed) => gate.judge({ business: BUSINESS, customer: PHONE, conversation: "c1", sendId: "s1", confirmed });
  assert.ok(maySend((await ask(YES)).verdict), "an open window needs none");
  now += 25 * HOUR;
  for (const reason of ["window-unknown", "window-expired"]) {
    const { verdict } = await ask({ ...YES, reason });
    assert.deepEqual([maySend(verdict), verdict.reason], [false, "window-expired"], "a closed one is closed, whoever said yes");
  }
});

test("what is no yes is refused by name, and so are options that there are not", async () => {
  const gate = createGate({ store: memoryStore(), now: () => T0 });
  const ask = (/** @type {any} */ more) => gate.judge({ business: BUSINESS, customer: PHONE, conversation: "c1", sendId: "s1", ...more });
  for (const [more, code, field] of /** @type {[object, string, string][]} */ ([
    [{ confirmed: true }, "wrong-type", "confirmed"], [{ confirmed: "window-unknown" }, "wrong-type", "confirmed"],
    [{ confirmed: { ...YES, reason: 5 } }, "wrong-type", "confirmed.reason"], [{ confirmed: { ...YES, sendId: undefined } }, "wrong-type", "confirmed.sendId"],
    [{ confirmed: { ...YES, more: 1 } }, "unknown-field", "confirmed.more"],
    [{ confirmed: YES, sendId: undefined }, "missing-field", "sendId"], [{ confirmed: YES, conversation: undefined }, "missing-field", "conversation"],
    [{ confirmed: YES, sendId: 1 }, "wrong-type", "sendId"],
  ])) await assert.rejects(ask(more), { code, field }, JSON.stringify(more));
  assert.throws(() => createGate(/** @type {any} */ ({ store: memoryStore(), strict: false })), { code: "unknown-field", field: "strict" });
  await assert.rejects(createGate({ store: memoryStore(), now: () => T0, unknown: /** @type {any} */ ("allow") }).judge({ business: BUSINESS, customer: PHONE }), { code: "unknown-name", field: "unknown" });
});

test("a gate that can tag lets a message out with the tag, one that cannot does not", async () => {
  const { store, receiver } = setUp();
  await receiver.fetch(webhook(INBOUND));
  const policy = { ...policyFor("whatsapp"), after: /** @type {const} */ ("tag"), tag: { name: "human-agent", lengthMs: 7 * 24 * HOUR } };
  const ask = async (/** @type {string[] | undefined} */ tags) => {
    const { verdict } = await createGate({ store, policy, tags, now: () => T0 + 30 * HOUR }).judge({ business: BUSINESS, customer: PHONE });
    return [maySend(verdict), verdict.leaves, verdict.tag, verdict.locksComposer];
  };
  assert.deepEqual(await ask(undefined), [false, "no", undefined, true]);
  assert.deepEqual(await ask(["human-agent"]), [true, "with-tag", "human-agent", false]);
});

for (const [offset, expected] of /** @type {const} */ ([[-1, true], [0, false], [1, false]])) {
  test(`the gate ${offset} ms from closing: ${expected ? "open" : "closed"}`, async () => {
    const { store, receiver } = setUp();
    await receiver.fetch(webhook(INBOUND));
    const policy = policyFor("whatsapp");
    const gate = createGate({ store, now: () => T0 + (policy.lengthMs ?? 0) - policy.marginMs + offset });
    assert.equal(maySend((await gate.judge({ business: BUSINESS, customer: PHONE })).verdict), expected);
  });
}

test("silence says something only where it was observed for the whole length", async () => {
  const kindSince = async (/** @type {number} */ observedSince) =>
    (await createGate({ store: memoryStore(), now: () => T0, observedSince: () => observedSince }).judge({ business: BUSINESS, customer: PHONE })).status.kind;
  assert.equal(await kindSince(T0 - 24 * HOUR), "closed");
  assert.equal(await kindSince(T0 - 24 * HOUR + 1), "unknown");
});

// ---------------------------------------------------------------------------------------------- store

test("two servers that each saw a part of it agree once their windows are merged", async () => {
  const seen = [inbound({ MessageSid: "SM1" }), inbound({ MessageSid: "SM2" }), { ...REFUSED, MessageSid: "SM3" }];
  const [all, left, right] = [setUp(), setUp(), setUp()];
  for (const [at, parameters] of seen.entries()) {
    for (const { receiver } of [all, at % 2 ? left : right]) await receiver.fetch(webhook(parameters));
  }
  for await (const { keys, state } of right.store.windows()) await left.store.merge(keys, state);
  assert.deepEqual(await windowsOf(left.store), await windowsOf(all.store));
});

test("the memory store forgets the window that was quiet longest, and the oldest sends", async () => {
  const store = memoryStore({ maxWindows: 2, maxSends: 1 });
  const state = mergeStates([]);
  await store.merge(["a", "a2"], state);
  await store.merge(["b"], state);
  await store.merge(["a"], state);
  await store.merge(["c"], state);
  assert.deepEqual((await windowsOf(store)).map(({ keys }) => keys), [["a", "a2"], ["c"]]);
  assert.equal(await store.read(["b"]), undefined);
  for (const id of ["SM1", "SM2"]) await store.recordSend({ id, keys: ["a"], kind: "session-message", atMs: T0 });
  assert.deepEqual([await store.sendRecord("SM1"), (await store.sendRecord("SM2"))?.id], [undefined, "SM2"]);
});

test("the first word on a send stays", async () => {
  const store = memoryStore();
  for (const atMs of [T0, T0 + 1]) await store.recordSend({ id: "SM1", keys: ["a"], kind: "session-message", atMs });
  assert.equal((await store.sendRecord("SM1"))?.atMs, T0);
});

test("a window of very many messages stays small, and open", async () => {
  let now = T0;
  const { store, receiver } = setUp({ now: () => now });
  for (let count = 0; count < 300; count += 1) {
    now += 1000;
    await receiver.fetch(webhook(inbound({ MessageSid: `SM${count}` })));
  }
  const state = await store.read(windowKeys({ business: BUSINESS, customer: PHONE }));
  assert.ok(state && state.customer.length <= 256, `${state?.customer.length}`);
  assert.equal((await statusOf(store, PHONE, now)).openedAtMs, now);
});

test("keys that cannot be looked up are no fault of the sender's: 500, and the repetition counts", async () => {
  let isDown = true;
  const keys = async () => (isDown ? Promise.reject(new Error("down")) : [TOKEN]);
  const { receiver, store, lines } = setUp({ keys });
  assert.equal((await receiver.fetch(webhook(INBOUND))).status, 500);
  assert.deepEqual(lines, ["webhook refused with 500: key-lookup-failed"]);
  isDown = false;
  assert.equal((await receiver.fetch(webhook(INBOUND))).status, 200);
  assert.equal((await statusOf(store, PHONE, T0)).kind, "open");
});

test("a send is looked up where one can have been, and for a window that has a name: nowhere else", async () => {
  const asked = /** @type {string[]} */ ([]);
  const memory = memoryStore();
  const { receiver } = setUp({ store: { ...memory, sendRecord: (id) => (asked.push(id), memory.sendRecord(id)) } });
  await receiver.fetch(webhook(INBOUND));
  assert.deepEqual(asked, [], "a customer's message is no send of ours");
  // A service in the place of a sender names no window.
  assert.equal((await receiver.fetch(webhook({ ...REFUSED, From: `MG${"1".repeat(32)}` }))).status, 200);
  assert.deepEqual(asked, []);
  await receiver.fetch(webhook(REFUSED));
  assert.equal(new Set(asked).size, 1);
});

test("a refusal counts from when the message was handed over, by whoever says the earlier time", () => {
  /** @param {number} [providerAtMs] @returns {any} */
  const refused = (providerAtMs) => ({ log: "refused", id: "SM1", kind: "session-message", channel: "whatsapp", business: BUSINESS, customer: PHONE, receiptAtMs: T0, ...(providerAtMs !== undefined && { providerAtMs }) });
  const send = { id: "SM1", keys: ["k"], kind: /** @type {const} */ ("template-message"), atMs: T0 - 10 };
  for (const [told, wanted] of [[undefined, -10], [T0 - 11, -11], [T0 - 10, -10], [T0 - 9, -10]]) {
    assert.deepEqual(withSendTime(refused(told), send), { ...refused(T0 + Number(wanted)), kind: "template-message" });
  }
  assert.deepEqual(withSendTime(refused(T0 - 9), undefined), refused(T0 - 9));
});
