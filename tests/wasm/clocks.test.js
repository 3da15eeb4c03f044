// Clocks that are wrong: what a receiver and a gate believe of them, how far it leads them astray, and that it is told.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import twilio from "twilio";
import { windowKeys } from "../../www/engine/on-server.js";
import { backfill, createGate, createReceiver, maySend, memoryStore } from "../../www/server/index.js";
import { until } from "../support/until.mjs";
import { BUSINESS, HOUR, INBOUND, PHONE, T0, TOKEN, URL_INBOUND, example, setUp, statusOf, webhook } from "../support/webhooks.mjs";

const MINUTE = 60_000;
const DAY = 24 * HOUR;
const KEYS = windowKeys({ business: BUSINESS, customer: PHONE });

/** A signed stream of one message with Twilio's time. @param {number} atMs @param {string} [id] */
const dated = (atMs, id = `SM${"3".repeat(32)}`) => {
  const [event] = /** @type {any} */ (Object.values(example("twilio-eventstream-inbound-message")));
  const body = JSON.stringify([{ ...event, data: { ...event.data, messageSid: id, timestamp: new Date(atMs).toISOString() } }]);
  const url = `${URL_INBOUND}?bodySHA256=${createHash("sha256").update(body).digest("hex")}`;
  const headers = { "content-type": "application/json", "x-twilio-signature": twilio.getExpectedTwilioSignature(TOKEN, url, {}) };
  return new Request(url, { method: "POST", body, headers });
};

for (const [ahead, told] of /** @type {const} */ ([[-HOUR, false], [-1, false], [0, false], [1, false], [2 * MINUTE, false], [2 * MINUTE + 1, true], [300 * DAY, true]])) {
  test(`a signed time ${ahead} ms ahead of the receiver is recorded as ${ahead > 0 ? "its receipt" : "it is"}, and ${told ? "told" : "not told"}`, async () => {
    const { store, receiver, reports } = setUp();
    assert.equal((await receiver.fetch(dated(T0 + ahead))).status, 200);
    assert.equal((await store.read(KEYS))?.customer[0]?.providerAtMs, T0 + Math.min(0, ahead));
    assert.deepEqual(reports.map(({ code }) => code), told ? ["clock-suspect"] : []);
    assert.deepEqual(receiver.counts(), told ? { "clock-suspect": 1 } : {});
  });
}

test("history is recorded no later than it was read", async () => {
  const store = memoryStore();
  const message = { sid: `SM${"4".repeat(32)}`, direction: "inbound", from: `whatsapp:${PHONE.phone}`, to: `whatsapp:${BUSINESS}`, body: "x", status: "received", num_media: "0", date_created: new Date(T0 + DAY).toUTCString(), date_sent: new Date(T0 + DAY).toUTCString() };
  const client = { messages: async function* ({ to }) { if (to) yield /** @type {any} */ (message); } };
  await backfill({ client: /** @type {any} */ (client), store, business: BUSINESS, since: T0 - DAY, now: () => T0 });
  assert.equal((await store.read(KEYS))?.customer[0]?.providerAtMs, T0);
});

/** How much longer a gate by the right time holds a window open. @param {number} receiverAhead @param {number} gateBehind */
const overtime = async (receiverAhead, gateBehind) => {
  const { store, receiver } = setUp({ now: () => T0 + receiverAhead });
  await receiver.fetch(webhook(INBOUND));
  const isOpen = async (/** @type {number} */ at) => {
    const { verdict, status } = await createGate({ store, now: () => at - gateBehind }).judge({ business: BUSINESS, customer: PHONE });
    return { open: maySend(verdict), told: status.clockSuspect === true };
  };
  const end = T0 + DAY - MINUTE;
  let over = 0;
  while ((await isOpen(end + over)).open) over += MINUTE;
  return { over, told: (await isOpen(T0)).told };
};

test("a receiver that is ahead, and a gate that is behind, hold a window open for as long as they are wrong and no longer, and say so", async () => {
  for (const [receiverAhead, gateBehind] of [[0, 0], [3 * HOUR, 0], [0, 3 * HOUR], [3 * HOUR, 3 * HOUR], [2 * MINUTE, 0], [0, 2 * MINUTE + MINUTE]]) {
    const wrong = Number(receiverAhead) + Number(gateBehind);
    assert.deepEqual(await overtime(Number(receiverAhead), Number(gateBehind)), { over: wrong, told: wrong > 2 * MINUTE });
  }
});

test("a gate that was set back before the message holds the window no longer than its length from there", async () => {
  const { store, receiver } = setUp();
  await receiver.fetch(webhook(INBOUND));
  // Long before the message, the window counts as just opened: n is the later of now and the message.
  const { status } = await createGate({ store, now: () => T0 - 300 * DAY }).judge({ business: BUSINESS, customer: PHONE });
  assert.deepEqual([status.kind, status.closesAtMs, status.clockSuspect], ["open", T0 + DAY - MINUTE, true]);
});

test("a message of a receiver that was right undoes the one that was ahead, but for its own lead", async () => {
  let now = T0 + 3 * HOUR;
  const { store, receiver } = setUp({ now: () => now });
  await receiver.fetch(webhook(INBOUND));
  now = T0 + 4 * HOUR;
  await receiver.fetch(webhook({ ...INBOUND, MessageSid: `SM${"5".repeat(32)}`, SmsSid: `SM${"5".repeat(32)}`, SmsMessageSid: `SM${"5".repeat(32)}` }));
  const status = await statusOf(store, PHONE, now);
  assert.deepEqual([status.openedAtMs, status.clockSuspect], [T0 + 4 * HOUR, undefined]);
});

test("a state of delivery has the deadline of a message's webhook, though it names an event; one of Conversations has its own", async () => {
  const lines = /** @type {string[]} */ ([]);
  /** @type {((answer?: unknown) => void)[]} */ const waiting = [];
  const asked = () => new Promise((resolve) => void waiting.push(resolve));
  const receiver = createReceiver({ keys: [TOKEN], store: memoryStore(), now: () => T0, log: (line) => lines.push(line), shapes: "report", deadlines: { messagingMs: 2 ** 30, conversationsMs: 50 }, onStatus: asked });
  const answer = receiver.fetch(webhook({ ...example("twilio-status-delivered"), EventType: "DELIVERED" }));
  await until("its handler is asked", () => waiting.length === 1);
  const conversations = await receiver.fetch(webhook(example("twilio-conversations-onDeliveryUpdated")));
  assert.deepEqual([conversations.status, lines], [500, ["webhook not recorded: handler-timed-out"]]);
  // That one began later and is over.
  waiting[0]?.();
  assert.equal((await answer).status, 200);
});
