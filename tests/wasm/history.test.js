// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { backfill, memoryStore, twilioClient } from "../../www/server/index.js";
import { createStandIn } from "../../www/demo/stand-in/stand-in.js";
import { BUSINESS, HOUR, PHONE, T0, TOKEN, example, inbound, setUp, statusOf, webhook, windowsOf } from "../support/webhooks.mjs";

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

test("a time of Twilio's that is later than our receipt counts as the receipt", async () => {
  const { standIn, client } = standInClient();
  const { sid } = standIn.account.add({ ...theirs, body: "Hello", createdAtMs: T0 - HOUR });
  const { store, receiver } = setUp({ now: () => T0 - 2 * HOUR });
  await receiver.fetch(webhook(inbound({ MessageSid: sid })));
  await backfill({ client: client(), store, business: BUSINESS, since: T0 - 24 * HOUR });
  const { openedAtMs, decidedBy } = await statusOf(store, PHONE, T0);
  assert.deepEqual([openedAtMs, decidedBy?.clock], [T0 - 2 * HOUR, "receipt"]);
});

test("all content pages are read", async () => {
  const { client } = standInClient();
  const sids = new Set();
  let pages = 0;
  for await (const page of client().contentAndApprovals({ pageSize: 7 })) {
    pages += 1;
    for (const { sid } of /** @type {any[]} */ (page.contents)) sids.add(sid);
  }
  assert.deepEqual([pages, sids.size], [4, 25]);
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

/** @param {number} failures @param {number} status */
const busyFirst = (failures, status) => {
  let asked = 0;
  const client = twilioClient({
    accountSid: "AC1", authToken: TOKEN, pauseMs: 0,
    fetch: async () => {
      asked += 1;
      return asked <= failures ? new Response("", { status }) : Response.json({ sid: "SM1", contents: [], meta: { next_page_url: null } });
    },
  });
  const read = async () => {
    for await (const _ of client.contentAndApprovals()) void _;
  };
  return { client, read, asked: () => asked };
};

test("a read is repeated twice when Twilio is busy, never when it refuses; a send never", async () => {
  const brief = busyFirst(2, 429);
  await brief.read();
  assert.equal(brief.asked(), 3);
  const long = busyFirst(3, 503);
  await assert.rejects(long.read(), { code: "provider-busy", status: 503 });
  assert.equal(long.asked(), 3);
  const refused = busyFirst(1, 404);
  await assert.rejects(refused.read(), { code: "provider-refused" });
  assert.equal(refused.asked(), 1);
  const send = busyFirst(1, 503);
  await assert.rejects(send.client.sendMessage(message), { code: "provider-busy" });
  assert.equal(send.asked(), 1);
});

test("a history with a missing page says nothing at all", async () => {
  const { standIn, client } = standInClient();
  for (let hour = 10; hour > 0; hour -= 1) standIn.account.add({ ...theirs, body: `${hour}`, createdAtMs: T0 - hour * HOUR });
  const whole = client();
  const store = memoryStore();
  const broken = {
    async *messages(/** @type {Parameters<typeof whole.messages>[0]} */ filter) {
      yield* whole.messages(filter);
      throw new Error("page lost");
    },
  };
  await assert.rejects(backfill({ client: broken, store, business: BUSINESS, since: T0 - 24 * HOUR }), /page lost/);
  assert.deepEqual(await windowsOf(store), []);
});
