// With credentials of Twilio's API: what opens a closed or forgotten window is asked for at the provider.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createReceiver, memoryStore, twilioClient } from "../../www/server/index.js";
import { BUSINESS, HOUR, INBOUND, PHONE, T0, TOKEN, statusOf, webhook, windowsOf } from "../support/webhooks.mjs";

const DAY = 24 * HOUR;

/** A Message resource, in the shape of twilio_api_v2010.yaml. @param {object} [more] */
const resource = (more = {}) => ({
  sid: INBOUND["MessageSid"], direction: "inbound", from: INBOUND["From"], to: INBOUND["To"], body: "Hello", status: "received", num_media: "0",
  error_code: null, date_created: new Date(T0).toUTCString(), date_sent: new Date(T0).toUTCString(), ...more,
});

/** @param {(id: string) => any} message */
const setUp = (message, now = () => T0) => {
  const asked = /** @type {string[]} */ ([]);
  const reports = /** @type {string[]} */ ([]);
  const calls = /** @type {unknown[]} */ ([]);
  const store = memoryStore({ replayMs: 30 * DAY });
  const client = { message: async (/** @type {string} */ id) => (asked.push(id), message(id)) };
  const receiver = createReceiver({ keys: [TOKEN], store, client, now, log: () => {}, onReport: ({ code }) => void reports.push(code), onInbound: (inbound) => void calls.push(inbound) });
  return { asked, reports, calls, store, receiver };
};

test("a form that comes again when it was forgotten opens nothing: its message is as old as it is", async () => {
  let now = T0;
  const { receiver, store, asked, reports } = setUp(() => resource(), () => now);
  assert.equal((await receiver.fetch(webhook(INBOUND))).status, 200);
  assert.deepEqual([(await statusOf(store, PHONE, now)).kind, asked.length], ["open", 1]);
  now += 31 * DAY;
  assert.equal((await receiver.fetch(webhook(INBOUND))).status, 200);
  const status = await statusOf(store, PHONE, now);
  assert.deepEqual([status.kind, status.openedAtMs, asked.length, reports], ["closed", T0, 2, []]);
});

test("a new message opens from its own date; while the window is open nobody is asked", async () => {
  let now = T0;
  const { receiver, store, asked } = setUp((id) => resource({ sid: id, date_sent: new Date(T0 - 5_000).toUTCString(), date_created: new Date(T0 - 5_000).toUTCString() }), () => now);
  await receiver.fetch(webhook(INBOUND));
  assert.equal((await statusOf(store, PHONE, now)).openedAtMs, T0 - 5_000);
  now += HOUR;
  const other = `SM${"5".repeat(32)}`;
  await receiver.fetch(webhook({ ...INBOUND, MessageSid: other, SmsSid: other, SmsMessageSid: other }));
  assert.deepEqual([(await statusOf(store, PHONE, now)).openedAtMs, asked.length], [now, 1]);
});

for (const [name, more] of /** @type {[string, object][]} */ ([
  ["of another customer", { from: "whatsapp:+15550107777" }], ["of another number of ours", { to: "whatsapp:+15550100999" }],
  ["of ours", { direction: "outbound-api", from: `whatsapp:${BUSINESS}`, to: INBOUND["From"] }], ["of another id", { sid: `SM${"9".repeat(32)}` }],
])) {
  test(`an id that is a message ${name} makes nothing, and is told`, async () => {
    const { receiver, store, reports, calls } = setUp(() => resource(more));
    assert.equal((await receiver.fetch(webhook(INBOUND))).status, 200);
    assert.deepEqual([await windowsOf(store), reports, calls], [[], ["message-differs"], []]);
  });
}

test("a number and a user id may be one customer", async () => {
  const { receiver, store, reports } = setUp(() => resource({ from: "whatsapp:NL.7203944817265509" }));
  const { ExternalUserId: _, ...form } = INBOUND;
  await receiver.fetch(webhook(form));
  assert.deepEqual([(await statusOf(store, PHONE, T0)).kind, reports], ["open", []]);
});

for (const [name, message] of /** @type {[string, () => any][]} */ ([
  ["does not know it", () => Promise.reject(Object.assign(new Error("no"), { code: "provider-refused", status: 404 }))],
  ["cannot be reached", () => Promise.reject(new Error(TOKEN))], ["answers nonsense", () => null], ["never answers", () => new Promise(() => {})],
])) {
  test(`where the provider ${name}, the message opens from its receipt, and it is told`, async () => {
    const { receiver, store, reports } = setUp(message);
    assert.equal((await receiver.fetch(webhook(INBOUND))).status, 200);
    const status = await statusOf(store, PHONE, T0);
    assert.deepEqual([status.kind, status.openedAtMs, reports], ["open", T0, ["message-unconfirmed"]]);
  });
}

test("twilioClient asks for one message by its id, with its credentials", async () => {
  const requests = /** @type {[string, any][]} */ ([]);
  const fetch = async (/** @type {any} */ url, /** @type {any} */ init) => (requests.push([String(url), init.headers.authorization]), Response.json(resource()));
  const client = twilioClient({ accountSid: "AC1", authToken: "t", fetch: /** @type {any} */ (fetch) });
  assert.equal((await client.message("SM/1")).sid, INBOUND["MessageSid"]);
  assert.deepEqual(requests, [["https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/SM%2F1.json", `Basic ${btoa("AC1:t")}`]]);
});
