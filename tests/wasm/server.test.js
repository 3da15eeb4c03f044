// @ts-check
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import twilio from "twilio";
import { mergeStates, policyFor, windowKeys, windowStatus } from "../../www/engine/session.js";
import { backfill, createGate, createReceiver, maySend, memoryStore, recordHandover, twilioClient } from "../../www/server/index.js";
import { createStandIn } from "../../www/demo/stand-in/stand-in.js";

const TOKEN = "8f0c2d4b6a1e3f5907c8d2b4a6e1f305";
const URL_INBOUND = "https://desk.example.com/twilio/inbound";
const T0 = Date.parse("2026-11-23T10:00:00.000Z");
const HOUR = 3_600_000;
const BUSINESS = "+15550100200";
const PHONE = { phone: "+15550109911" };
const BSUID = { bsuid: "NL.7203944817265509" };

/** @param {string} name @returns {Record<string, string>} */
const example = (name) => {
  const { payload, ...rest } = JSON.parse(readFileSync(new URL(`../vectors/examples/${name}.json`, import.meta.url), "utf8"));
  return payload ?? rest;
};
const INBOUND = example("twilio-inbound-text");
const REFUSED = example("twilio-status-undelivered-63016");
/** @param {Record<string, string>} [changes] */
const inbound = (changes = {}) => ({ ...INBOUND, ...changes });

/**
 * A request as Twilio sends it, signed by Twilio's own library.
 *
 * @param {Record<string, string>} parameters @param {{ token?: string, signature?: string | null, body?: string, url?: string, sentTo?: string }} [options]
 */
const webhook = (parameters, { token = TOKEN, url = URL_INBOUND, sentTo = url, body = new URLSearchParams(parameters).toString(), signature = twilio.getExpectedTwilioSignature(token, url, parameters) } = {}) =>
  new Request(sentTo, {
    method: "POST",
    body,
    headers: { "content-type": "application/x-www-form-urlencoded", ...(signature === null ? {} : { "x-twilio-signature": signature }) },
  });

/** @param {{ now?: () => number, publicUrl?: string }} [options] */
const setUp = ({ now = () => T0, publicUrl } = {}) => {
  const store = memoryStore();
  /** @type {string[]} */
  const lines = [];
  /** @type {unknown[][]} */
  const calls = [];
  const receiver = createReceiver({
    keys: [TOKEN], store, now, log: (line) => lines.push(line), ...(publicUrl ? { publicUrl } : {}),
    onInbound: (...given) => calls.push(["inbound", ...given]), onStatus: (...given) => calls.push(["status", ...given]),
  });
  return { store, receiver, lines, calls };
};

/** Every window, in an order of its own. @param {ReturnType<typeof memoryStore>} store */
const windowsOf = async (store) => {
  const windows = [];
  for await (const { keys, state } of store.windows()) windows.push({ keys: keys.sort(), state });
  return windows.sort((a, b) => String(a.keys).localeCompare(String(b.keys)));
};

/** @param {ReturnType<typeof memoryStore>} store @param {import("../../src/wire/types.d.ts").Identity} customer @param {number} now */
const statusOf = async (store, customer, now) => windowStatus((await store.read(windowKeys({ business: BUSINESS, customer }))) ?? mergeStates([]), { now });

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
const refusedLate = async (/** @type {"handover-first" | "callback-first"} */ order) => {
  let now = T0;
  const { store, receiver } = setUp({ now: () => now });
  await receiver.fetch(webhook(inbound({ MessageSid: "SM1" })));
  const handover = () => recordHandover(store, { id: "SM3", business: BUSINESS, customer: PHONE, kind: "session-message", atMs: T0 + HOUR });
  if (order === "handover-first") await handover();
  now = T0 + 2 * HOUR;
  await receiver.fetch(webhook(inbound({ MessageSid: "SM2" })));
  now = T0 + 3 * HOUR;
  await receiver.fetch(webhook({ ...REFUSED, MessageSid: "SM3" }));
  if (order === "callback-first") await handover();
  return store;
};

test("a refusal counts from the hand-over: a customer who wrote in between keeps the window open", async () => {
  const first = await refusedLate("handover-first");
  const last = await refusedLate("callback-first");
  assert.deepEqual(await windowsOf(first), await windowsOf(last));
  const [window] = await windowsOf(first);
  assert.deepEqual(window?.state.refused.map(({ id, providerAtMs, receiptAtMs }) => [id, providerAtMs, receiptAtMs]), [["SM3", T0 + HOUR, T0 + 3 * HOUR]]);
  assert.equal((await statusOf(first, PHONE, T0 + 4 * HOUR)).kind, "open");
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
    const receiver = createReceiver({ keys, store, log: () => {} });
    assert.notEqual((await receiver.fetch(webhook(INBOUND, { token: keys[0] ?? TOKEN }))).status, 200);
  }
  assert.deepEqual(await windowsOf(store), []);
});

// ---------------------------------------------------------------------------------------------- gate

test("the gate is strict: free text needs evidence; a template does not", async () => {
  const { store, receiver } = setUp();
  const gate = createGate({ store, now: () => T0 });
  const ask = (/** @type {"text" | "template"} */ kind) => gate.judge({ business: BUSINESS, customer: PHONE, draft: { kind } });
  assert.equal((await ask("text")).status.kind, "unknown");
  assert.equal(maySend((await ask("text")).verdict), false);
  assert.equal(maySend((await ask("template")).verdict), true);
  await receiver.fetch(webhook(INBOUND));
  assert.equal(maySend((await ask("text")).verdict), true);
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

// ---------------------------------------------------------------------------------------------- client and history

/** A client whose requests the stand-in answers. */
const standInClient = () => {
  const clock = { now: () => T0, advance: () => false };
  const standIn = createStandIn({ clock, numbers: [BUSINESS], inboundUrl: () => "http://127.0.0.1:1/", statusDelayMs: 0, fetch: async () => new Response("") });
  /** @type {string[]} */
  const asked = [];
  /** @param {string} [authToken] */
  const client = (authToken = standIn.authToken) =>
    twilioClient({
      accountSid: standIn.accountSid, authToken, baseUrl: "http://127.0.0.1:8064", contentUrl: "http://127.0.0.1:8064/",
      fetch: async (url, init) => {
        asked.push(String(url));
        return standIn.fetch(new Request(String(url), init));
      },
    });
  return { standIn, client, asked };
};

const theirs = { direction: /** @type {const} */ ("inbound"), from: "whatsapp:+15550109911", to: `whatsapp:${BUSINESS}`, status: "received", numMedia: 0 };
const ours = { direction: /** @type {const} */ ("outbound-api"), from: `whatsapp:${BUSINESS}`, to: "whatsapp:+15550109911", status: "delivered", numMedia: 0 };

test("the history is read over all pages with Twilio's own times", async () => {
  const { standIn, client, asked } = standInClient();
  for (let hour = 30; hour > 0; hour -= 1) standIn.account.add({ ...theirs, body: `${hour}`, createdAtMs: T0 - hour * HOUR });
  standIn.account.add({ ...ours, body: "Hello", createdAtMs: T0 - HOUR / 2 });
  standIn.account.add({ ...theirs, to: "whatsapp:+15550100777", body: "another number", createdAtMs: T0 - 1000 });
  const store = memoryStore();
  const read = await backfill({ client: client(), store, business: BUSINESS, since: T0 - 24 * HOUR, pageSize: 5 });
  assert.deepEqual(read, { since: T0 - 24 * HOUR, messages: 25, events: 24 });
  assert.equal(asked.length, 6);
  const status = await statusOf(store, PHONE, T0);
  assert.deepEqual([status.kind, status.openedAtMs, status.decidedBy?.clock], ["open", T0 - HOUR, "provider"]);
});

test("a refused send in the history closes; one before the customer's last message does not", async () => {
  for (const [agoMs, kind] of /** @type {const} */ ([[HOUR, "closed"], [3 * HOUR, "open"]])) {
    const { standIn, client } = standInClient();
    standIn.account.add({ ...theirs, body: "Hello", createdAtMs: T0 - 2 * HOUR });
    standIn.account.add({ ...ours, body: "Hello", status: "undelivered", errorCode: 63016, createdAtMs: T0 - agoMs });
    const store = memoryStore();
    await backfill({ client: client(), store, business: BUSINESS, since: T0 - 24 * HOUR });
    assert.equal((await statusOf(store, PHONE, T0)).kind, kind);
  }
});

test("an empty message without media opens nothing, unless a webhook said what it was", async () => {
  const { standIn, client } = standInClient();
  const { sid } = standIn.account.add({ ...theirs, body: "", createdAtMs: T0 - HOUR });
  const alone = memoryStore();
  await backfill({ client: client(), store: alone, business: BUSINESS, since: T0 - 24 * HOUR });
  assert.equal((await statusOf(alone, PHONE, T0)).kind, "unknown");
  const { store, receiver } = setUp({ now: () => T0 - HOUR });
  await receiver.fetch(webhook({ ...example("twilio-inbound-location"), MessageSid: sid }));
  await backfill({ client: client(), store, business: BUSINESS, since: T0 - 24 * HOUR });
  assert.equal((await statusOf(store, PHONE, T0)).kind, "open");
});

test("history and webhooks overlap in any order with the same state", async () => {
  const { standIn, client } = standInClient();
  const { sid } = standIn.account.add({ ...theirs, body: "Hello", createdAtMs: T0 - HOUR });
  const steps = [
    (/** @type {ReturnType<typeof setUp>} */ { receiver }) => receiver.fetch(webhook(inbound({ MessageSid: sid }))),
    (/** @type {ReturnType<typeof setUp>} */ { store }) => backfill({ client: client(), store, business: BUSINESS, since: T0 - 24 * HOUR }),
  ];
  const [forth, back] = [setUp(), setUp()];
  for (const step of steps) await step(forth);
  for (const step of steps.toReversed()) await step(back);
  assert.deepEqual(await windowsOf(forth.store), await windowsOf(back.store));
  assert.equal((await statusOf(forth.store, PHONE, T0)).openedAtMs, T0 - HOUR);
});

test("all content pages are read", async () => {
  const { client } = standInClient();
  const sids = new Set();
  let pages = 0;
  for await (const page of client().contentAndApprovals({ pageSize: 7 })) {
    pages += 1;
    for (const { sid } of /** @type {any[]} */ (page.contents)) sids.add(sid);
  }
  assert.deepEqual([pages, sids.size], [4, 23]);
});

test("a message is handed over once, and Twilio's refusal keeps its code", async () => {
  const { standIn, client } = standInClient();
  const message = { from: `whatsapp:${BUSINESS}`, to: "whatsapp:+15550109911", body: "Hello" };
  const { id, status } = await client().sendMessage(message);
  assert.deepEqual([id, status], [standIn.account.messages[0]?.sid, "queued"]);
  await assert.rejects(client().sendMessage({ ...message, to: "whatsapp:nobody" }), { name: "ReplyWindowError", code: "provider-refused", providerCode: 21211, status: 400 });
});

/** @param {typeof globalThis.fetch} fetch */
const clientOver = (fetch) => twilioClient({ accountSid: "AC1", authToken: TOKEN, fetch });
const message = { from: "whatsapp:+15550100200", to: "whatsapp:+15550109911", body: "Hello" };

/** @type {[string, typeof globalThis.fetch, string][]} */
const FAILURES = [
  ["no network", async () => Promise.reject(new TypeError(`fetch failed ${TOKEN}`)), "provider-unreachable"],
  ["not JSON", async () => new Response("<html>"), "provider-unreadable"],
  ["no id", async () => Response.json({}), "provider-unreadable"],
  ["wrong password", async () => Response.json({ code: 20003, message: "Authenticate" }, { status: 401 }), "provider-unauthorized"],
  ["too many requests", async () => Response.json({ code: 20429 }, { status: 429 }), "provider-busy"],
  ["their fault", async () => new Response("", { status: 503 }), "provider-busy"],
  ["a redirect", async () => new Response(null, { status: 302, headers: { location: "https://elsewhere.example" } }), "provider-refused"],
];

for (const [name, fetch, code] of FAILURES) {
  test(`the client on ${name}: ${code}, without the token`, async () => {
    const error = await clientOver(fetch).sendMessage(message).then(() => undefined, (reason) => reason);
    assert.equal(error.code, code);
    const said = [error.message, error.stack, JSON.stringify(error), String(error.cause), JSON.stringify(Object.getOwnPropertyDescriptors(error))].join("\n");
    assert.equal(said.includes(TOKEN) || said.includes(btoa(`AC1:${TOKEN}`)), false, said);
  });
}

test("a listing's links are followed by path only: the credentials stay with their host", async () => {
  /** @type {string[]} */
  const asked = [];
  const client = clientOver(async (url) => {
    asked.push(String(url));
    return Response.json({ contents: [], meta: { next_page_url: asked.length < 2 ? "https://evil.example/v1/ContentAndApprovals?Page=1" : null } });
  });
  for await (const _ of client.contentAndApprovals()) void _;
  assert.deepEqual(asked, ["https://content.twilio.com/v1/ContentAndApprovals?PageSize=500", "https://content.twilio.com/v1/ContentAndApprovals?Page=1"]);
});

test("pages that go in a circle are refused", async () => {
  const client = clientOver(async () => Response.json({ contents: [], meta: { next_page_url: "https://content.twilio.com/v1/ContentAndApprovals?Page=1" } }));
  await assert.rejects(async () => {
    for await (const _ of client.contentAndApprovals()) void _;
  }, { code: "provider-unreadable" });
});
