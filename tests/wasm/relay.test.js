// @ts-check
// The relay: what is handed on to another receiver, in which order, for how long, and what becomes of the rest.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { createServer as createConnections } from "node:net";
import { once } from "node:events";
import { test } from "node:test";
import twilio from "twilio";
import { publicFetch } from "../../www/serve/outbound.js";
import { isPrivateAddress, isPrivateHost } from "../../www/service/private-address.js";
import { nextOf } from "../../www/service/relay.js";
import { sendTo } from "../../www/service/relay-send.js";
import { createService } from "../../www/service/service.js";
import { memoryStore } from "../../www/stores/memory.js";
import { BUSINESS, HOUR, INBOUND, PHONE, T0, TOKEN, inbound, webhook } from "../support/webhooks.mjs";
import { OTHER_BUSINESS, PUBLIC, READER, serviceFor } from "../support/service.mjs";
import { until } from "../support/until.mjs";

const TARGET = "https://inbound.example.com/api/whatsapp?org=7";
const KEY = Buffer.alloc(32, 7).toString("base64");
const OTHER_KEY = Buffer.alloc(32, 8).toString("base64");
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const OPERATOR = "operator-token-000000000000000";
const TENANT = "tenant-token-00000000000000000";
const URL_IN = `${PUBLIC}/twilio/inbound`;
const TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response><Message>from the target</Message></Response>';

const sid = (/** @type {number} */ number) => `SM${String(number).padStart(32, "0")}`;
/** @param {number} number @param {Record<string, string>} [changes] */
const message = (number, changes = {}) => inbound({ MessageSid: sid(number), SmsSid: sid(number), SmsMessageSid: sid(number), Body: `text ${number} of ü + & =`, ...changes });
/** Another customer's. @param {number} number @param {number} customer */
const messageOf = (number, customer) => message(number, { From: `whatsapp:+1555010${customer}`, WaId: `1555010${customer}`, ExternalUserId: `whatsapp:NL.720394481726${customer}` });
const signed = (/** @type {Record<string, string>} */ parameters) => webhook(parameters, { url: URL_IN, sentTo: URL_IN });

/** A service with a relay and a target that answers as it is told; the clock is the test's. @param {{ relay?: object, store?: any }} [options] */
const setUp = async ({ relay = {}, store = memoryStore() } = {}) => {
  let now = T0;
  /** @type {{ url: string, headers: Headers, method: string, body: string }[]} */
  const taken = [];
  /** @type {(form: URLSearchParams, count: number) => Response | Promise<Response>} */
  let answers = () => new Response(TWIML, { headers: { "content-type": "text/xml" } });
  const made = await serviceFor({
    store, now: () => now,
    tokens: [{ token: OPERATOR, may: ["read", "relay", "metrics", "erase"] }, { token: READER }, { token: TENANT, may: ["relay"], businesses: [OTHER_BUSINESS] }],
    relay: {
      url: TARGET, keys: [KEY],
      fetch: async (url, init) => {
        const request = new Request(url, init);
        const body = await request.clone().text();
        taken.push({ url: String(url), headers: request.headers, method: request.method, body });
        return answers(new URLSearchParams(body), taken.length);
      },
      ...relay,
    },
  });
  /** Asks what is due as the loop of a process would. */
  await made.service.start();
  return {
    ...made, taken,
    ask: (/** @type {string} */ method, /** @type {string} */ path, /** @type {unknown} */ body, more = {}) => made.ask(method, path, body, { token: OPERATOR, ...more }),
    now: () => now,
    wait: (/** @type {number} */ ms) => (now += ms),
    answering: (/** @type {typeof answers} */ how) => (answers = how),
    hear: async (/** @type {Record<string, string>} */ parameters) => made.service.fetch(signed(parameters)),
    /** @param {string} what @param {() => boolean | Promise<boolean>} is */
    passes: (what, is) => until(what, is),
    end: () => made.service.close(),
  };
};

test("a message is handed on as it came, signed for the target, and nothing of it stays", async () => {
  const { hear, taken, store, passes, end, logged, ask } = await setUp();
  const response = await hear(INBOUND);
  assert.deepEqual([response.status, /<Response><\/Response>/.test(await response.text())], [200, true]);
  await passes("it is handed on", () => taken.length === 1);
  const [{ url, headers, method, body } = /** @type {any} */ ({})] = taken;
  assert.deepEqual([url, method, body], [TARGET, "POST", new URLSearchParams(INBOUND).toString()]);
  assert.equal(headers.get("content-type"), "application/x-www-form-urlencoded");
  assert.ok(twilio.validateRequest(TOKEN, headers.get("x-twilio-signature"), TARGET, INBOUND), "Twilio's own library accepts it");
  await passes("nothing waits", async () => (await store.outbox.stats()).waiting === 0);
  await hear(INBOUND);
  await hear(INBOUND);
  await passes("the loop looked again", async () => (await store.outbox.claim({ nowMs: T0 + HOUR, untilMs: T0 + HOUR, limit: 9 })).length === 0);
  assert.equal(taken.length, 1, "Twilio's repetition is not handed on twice");
  assert.equal((await ask("POST", "/windows/query", { windows: [{ business: BUSINESS, customer: PHONE }] })).body.windows[0].status.kind, "open");
  assert.doesNotMatch(JSON.stringify(logged) + (await ask("GET", "/metrics", undefined)).body, /parcel|15550109911|text 1/);
  await end();
});

test("what waits cannot be read in the store", async () => {
  const store = memoryStore();
  const { hear, answering, end } = await setUp({ store });
  answering(() => new Response("", { status: 500 }));
  await hear(message(1));
  const [claim] = await store.outbox.claim({ nowMs: T0 + HOUR, untilMs: T0 + HOUR, limit: 9 });
  assert.ok(claim && claim.body.length > 100);
  assert.doesNotMatch(Buffer.from(claim.body, "base64").toString("latin1") + claim.body, /text 1|MessageSid|whatsapp/);
  await end();
});

test("keys can be changed while something waits; one whose key is lost is told, not sent", async () => {
  const store = memoryStore();
  const old = await setUp({ store });
  old.answering(() => new Response("", { status: 503 }));
  await old.hear(message(1));
  await old.passes("it failed once", () => old.taken.length > 0);
  await old.end();
  const lost = await setUp({ store, relay: { keys: [OTHER_KEY] } });
  lost.wait(MINUTE);
  await lost.passes("it was tried", async () => /reason="key-unknown"/.test((await lost.ask("GET", "/metrics", undefined)).body));
  assert.equal(lost.taken.length, 0);
  await lost.end();
  const both = await setUp({ store, relay: { keys: [OTHER_KEY, KEY] } });
  both.wait(2 * MINUTE);
  await both.passes("it is handed on", () => both.taken.length === 1);
  await both.end();
});

test("a message by GET is handed on by GET, signed with all of its address", async () => {
  const { service, taken, passes, end } = await setUp();
  const address = `${URL_IN}?${new URLSearchParams(INBOUND)}`;
  const request = new Request(address, { headers: { "x-twilio-signature": twilio.getExpectedTwilioSignature(TOKEN, address, {}) } });
  assert.equal((await service.fetch(request)).status, 200);
  await passes("it is handed on", () => taken.length === 1);
  const [{ url, method, headers } = /** @type {any} */ ({})] = taken;
  assert.deepEqual([url, method], [`${TARGET}&${new URLSearchParams(INBOUND)}`, "GET"]);
  assert.ok(twilio.validateRequest(TOKEN, headers.get("x-twilio-signature"), url, {}));
  await end();
});

test("forged webhooks and those of other addresses are not handed on; suspicious ones are, those cut anew are not", async () => {
  const { service, fetch, hear, taken, passes, end, ask } = await setUp();
  assert.equal((await service.fetch(webhook(INBOUND, { url: URL_IN, sentTo: URL_IN, token: "0".repeat(32) }))).status, 403);
  const url = `${PUBLIC}/twilio/status`;
  assert.equal((await fetch(webhook(message(3), { url, sentTo: url }))).status, 200);
  const odd = message(4, { NumMedia: "many" });
  assert.equal((await hear(odd)).status, 200);
  await passes("the suspicious one is handed on", () => taken.length === 1);
  assert.equal(taken[0]?.body, new URLSearchParams(odd).toString());
  assert.equal((await ask("GET", "/metrics", undefined)).body.includes('code="suspicious"'), true);
  // The text that is signed is the same, whether the customer wrote a name of a parameter or it is one.
  const genuine = message(5, { Body: "helloButtonTextyes" });
  await hear(genuine);
  await passes("the next one too", () => taken.length === 2);
  const cut = { ...genuine, Body: "hello", ButtonText: "yes" };
  assert.equal(twilio.getExpectedTwilioSignature(TOKEN, URL_IN, cut), twilio.getExpectedTwilioSignature(TOKEN, URL_IN, genuine));
  assert.equal((await hear(cut)).status, 200);
  assert.match((await ask("GET", "/metrics", undefined)).body, /code="re-cut"/);
  await hear(message(6));
  await passes("the one after it", () => taken.length === 3);
  assert.match(String(taken[2]?.body), new RegExp(sid(6)));
  await end();
});

test("a customer's messages come in their order while one fails; another customer's do not wait", async () => {
  const { hear, taken, wait, passes, answering, end } = await setUp();
  answering((form, count) => new Response("", { status: form.get("MessageSid") === sid(1) && count < 4 ? 500 : 200 }));
  for (const form of [message(1), message(2), message(3), messageOf(4, 9912)]) await hear(form);
  await passes("the other customer's is taken", () => taken.some(({ body }) => body.includes(sid(4))));
  assert.ok(!taken.some(({ body }) => body.includes(sid(2)) || body.includes(sid(3))));
  await passes("all are taken", () => (wait(10 * SECOND), taken.some(({ body }) => body.includes(sid(3)))));
  const order = taken.map(({ body }) => Number(/SmsMessageSid=SM0*(\d+)/.exec(body)?.[1])).filter((one) => one !== 4);
  assert.deepEqual(order, [...order].sort((a, b) => a - b), `${order}`);
  await end();
});

test("a target that answers 500 for an hour gets everything afterwards, in order, once", async () => {
  const { hear, taken, now, wait, passes, answering, store, end, ask } = await setUp();
  /** @type {number[]} */
  const good = [];
  answering((form) => {
    if (now() < T0 + HOUR) return new Response("", { status: 500 });
    good.push(Number(form.get("MessageSid")?.slice(2)));
    return new Response("");
  });
  for (let number = 1; number <= 6; number += 1) await hear(messageOf(number, 9911 + (number % 2)));
  await passes("it failed", () => taken.length >= 2);
  while (now() < T0 + 55 * MINUTE) {
    const before = taken.length;
    wait(5 * MINUTE);
    await passes("it was tried", () => taken.length > before);
  }
  assert.ok(taken.length > 12 && taken.length < 200, `${taken.length} tries in an hour`);
  await passes("it is told since when", async () => /reply_window_relay_waiting 6\n[^]*reply_window_relay_oldest_seconds 3\d\d\d\n/.test((await ask("GET", "/metrics", undefined)).body));
  await passes("nothing waits", async () => (wait(SECOND), (await store.outbox.stats()).waiting === 0));
  for (const parity of [0, 1]) assert.deepEqual(good.filter((one) => one % 2 === parity), [1, 2, 3, 4, 5, 6].filter((one) => one % 2 === parity));
  await end();
});

test("what is refused dies after three tries, what fails after four hours; the dead are listed without text and replayed", async () => {
  const { hear, taken, wait, passes, answering, store, end, ask, logged, service } = await setUp();
  answering((form) => new Response("", { status: form.get("MessageSid") === sid(1) ? 400 : 200 }));
  await hear(message(1));
  await hear(message(2));
  await hear(message(3, { To: `whatsapp:${OTHER_BUSINESS}` }));
  await passes("it died, and the one behind it is taken", async () => (wait(40 * SECOND), (await store.outbox.stats()).dead === 1 && (await store.outbox.stats()).waiting === 0));
  assert.equal(taken.filter(({ body }) => body.includes(`MessageSid=${sid(1)}`)).length, 3);
  const { body } = await ask("GET", "/relay/dead-letters", undefined);
  const [letter] = body.letters;
  assert.deepEqual([body.letters.length, letter.business, letter.tries, letter.reason], [1, BUSINESS, 3, "status-400"]);
  assert.match(letter.customer, /^[0-9a-f]{16}$/);
  assert.doesNotMatch(JSON.stringify(body) + JSON.stringify(logged), /text 1|15550109911/);
  for (const token of [READER]) assert.equal((await ask("GET", "/relay/dead-letters", undefined, { token })).status, 403);
  assert.deepEqual((await ask("GET", "/relay/dead-letters", undefined, { token: TENANT })).body.letters, [], "another tenant's are not shown");
  assert.equal((await ask("POST", "/relay/replay", { ids: [letter.id] }, { token: TENANT })).body.replayed, 0, "nor replayed");
  answering(() => new Response(TWIML));
  assert.equal((await ask("POST", "/relay/replay", { ids: [letter.id, "none"] })).body.replayed, 1);
  await passes("it is handed on", async () => (await store.outbox.stats()).waiting === 0);
  assert.equal((await ask("POST", "/relay/replay", { ids: [letter.id] })).body.replayed, 0);
  for (const ids of ["all", Array(1001).fill("a"), [7]]) assert.equal((await ask("POST", "/relay/replay", { ids })).status, 400);
  for (const query of ["?limit=0", "?after=x"]) assert.equal((await ask("GET", `/relay/dead-letters${query}`, undefined)).status, 400);
  assert.equal((await service.fetch(new Request(`${PUBLIC}/relay/replay`))).status, 405);
  await end();
});

test("a customer who is erased leaves nothing that waits or is dead", async () => {
  const { hear, taken, passes, answering, store, end, ask } = await setUp();
  answering(() => new Response("", { status: 503 }));
  await hear(message(1));
  await passes("it was tried", () => taken.length > 0);
  assert.equal((await ask("DELETE", "/customers", { customer: PHONE })).body.erased, 1);
  assert.deepEqual(await store.outbox.stats(), { waiting: 0, dead: 0 });
  await end();
});

test("sync: Twilio is answered what the target answers, its status and its TwiML", async () => {
  const { hear, answering, end, taken, wait, passes, store } = await setUp({ relay: { mode: "sync" } });
  const good = await hear(message(1));
  assert.deepEqual([good.status, good.headers.get("content-type"), await good.text()], [200, "text/xml", TWIML]);
  answering(() => new Response("no", { status: 502, headers: { "content-type": "text/plain" } }));
  const bad = await hear(message(2));
  assert.deepEqual([bad.status, await bad.text()], [502, "no"]);
  const behind = await hear(message(3));
  assert.equal(behind.status, 200, "it is not its turn: it waits, and is answered at once");
  answering(() => new Response(TWIML));
  await passes("both follow, in order", async () => (wait(10 * SECOND), (await store.outbox.stats()).waiting === 0));
  assert.deepEqual(taken.slice(-2).map(({ body }) => /SmsMessageSid=SM0*(\d+)/.exec(body)?.[1]), ["2", "3"]);
  answering(async () => {
    throw new DOMException("too slow", "TimeoutError");
  });
  assert.equal((await hear(messageOf(5, 9913))).status, 200, "a target that does not answer is not waited for");
  await end();
});

test("sync: statuses that have no body are passed on as well", async () => {
  const { hear, answering, end, passes, store } = await setUp({ relay: { mode: "sync" } });
  for (const [place, status] of [204, 205].entries()) {
    answering(() => new Response(null, { status }));
    const told = await hear(messageOf(1 + place, 9911 + place));
    assert.deepEqual([told.status, await told.text()], [status, ""]);
  }
  await passes("nothing waits", async () => (await store.outbox.stats()).waiting === 0);
  await end();
});

test("a store that hangs once does not end the relay", async (context) => {
  const store = memoryStore();
  let isHanging = true;
  const { service } = await serviceFor({
    store: { ...store, outbox: { ...store.outbox, claim: (...given) => (isHanging ? new Promise(() => {}) : store.outbox.claim(...given)) } },
    relay: { url: TARGET, keys: [KEY], fetch: async () => new Response(TWIML) },
  });
  await store.outbox.add({ id: "a", body: "sealed by another key", atMs: T0 });
  context.mock.timers.enable({ apis: ["setTimeout"] });
  await service.start();
  const turn = async () => {
    for (let wait = 0; wait < 20; wait += 1) await new Promise((resolve) => setImmediate(resolve));
    context.mock.timers.tick(500);
  };
  for (let turns = 0; turns < 20; turns += 1) await turn();
  isHanging = false;
  const isTried = async () => (await store.outbox.claim({ nowMs: T0, untilMs: T0, limit: 1 })).length === 0;
  while (!(await isTried())) await turn();
  await service.close();
});

test("a webhook that the store did not take is not handed on", async () => {
  const store = memoryStore();
  const { hear, taken, end, passes } = await setUp({ store: { ...store, merge: async () => { throw new Error("full"); } } });
  assert.equal((await hear(message(1))).status, 503);
  assert.deepEqual([await store.outbox.stats(), taken.length], [{ waiting: 0, dead: 0 }, 0]);
  await passes("nothing came", () => taken.length === 0);
  await end();
});

test("an outbox that is full is told by 503, and the window is not half recorded", async () => {
  const store = memoryStore({ maxOutboxBytes: 2_000 });
  const { hear, answering, end } = await setUp({ store });
  answering(() => new Response("", { status: 500 }));
  const statuses = [];
  for (let number = 1; number <= 8; number += 1) statuses.push((await hear(message(number))).status);
  assert.deepEqual([statuses[0], statuses.at(-1)], [200, 503]);
  await end();
});

/** @type {[string, import("../../www/stores/port.js").OutboxOutcome["kind"], { kind: any, reason: string, retryAfterMs?: number }, { tries?: number, ageMs?: number }][]} */
const NEXT = [
  ["taken", "delivered", { kind: "delivered", reason: "" }, { ageMs: 5 * HOUR }],
  ["refused the second time", "retry", { kind: "refused", reason: "status-404" }, { tries: 2 }],
  ["refused the third time", "dead", { kind: "refused", reason: "status-404" }, { tries: 3 }],
  ["failed just within four hours", "retry", { kind: "again", reason: "status-500" }, { tries: 900, ageMs: 4 * HOUR - 1 }],
  ["failed after four hours", "dead", { kind: "again", reason: "status-500" }, { tries: 900, ageMs: 4 * HOUR }],
];
for (const [what, kind, outcome, { tries = 1, ageMs = 0 }] of NEXT) {
  test(`${what}: ${kind}`, () => {
    const claim = { id: "a", keys: [], body: "", atMs: T0, sinceMs: T0, tries };
    assert.equal(nextOf(claim, outcome, { nowMs: T0 + ageMs, random: Math.random, tookOthers: false }).kind, kind);
  });
}

test("pauses have full jitter and grow to half a minute; Retry-After is kept, up to ten minutes; a stuck one holds up nobody after a minute", () => {
  const claim = { id: "a", keys: [], body: "", atMs: T0, sinceMs: T0 };
  const next = (/** @type {number} */ tries, /** @type {number} */ random, more = {}, about = {}) =>
    /** @type {{ atMs: number, holds: boolean }} */ (nextOf({ ...claim, tries }, { kind: "again", reason: "x", ...more }, { nowMs: T0, random: () => random, tookOthers: false, ...about }));
  assert.deepEqual([1, 2, 3, 6, 500].map((tries) => next(tries, 1).atMs - T0), [1_000, 2_000, 4_000, 30_000, 30_000]);
  assert.equal(next(500, 0).atMs, T0);
  assert.deepEqual([5_000, HOUR].map((retryAfterMs) => next(1, 0, { retryAfterMs }).atMs - T0), [5_000, 10 * MINUTE]);
  for (const [nowMs, tookOthers, holds] of /** @type {[number, boolean, boolean][]} */ ([[T0 + MINUTE, true, true], [T0 + MINUTE + 1, true, false], [T0 + HOUR, false, true]])) {
    assert.equal(next(9, 0, {}, { nowMs, tookOthers }).holds, holds);
  }
});

/** @type {[string, object, string][]} */
const BAD = [
  ["without a key", { keys: [] }, "missing-field"],
  ["with a key that is too short", { keys: ["YWJj"] }, "bad-secret"],
  ["to an address that is none", { url: "inbound" }, "wrong-type"],
  ["without TLS", { url: "http://inbound.example.com/" }, "bad-target"],
  ["with a password in the address", { url: "https://a:b@inbound.example.com/" }, "bad-target"],
  ...["localhost", "127.0.0.1", "2130706433", "0x7f.1", "10.0.0.7", "169.254.169.254", "[::1]", "[::ffff:10.0.0.1]", "[fd00::1]", "[64:ff9b::a00:1]", "metadata.google.internal", "redis"]
    .map((host) => /** @type {[string, object, string]} */ ([`to ${host}`, { url: `https://${host}/` }, "private-address"])),
  ["with a field that is not known", { urls: [] }, "unknown-field"],
];
for (const [what, relay, code] of BAD) {
  test(`a relay ${what} does not start: ${code}`, async () => {
    await assert.rejects(createService({ store: memoryStore(), twilio: { keys: [TOKEN] }, relay: /** @type {any} */ ({ url: TARGET, keys: [KEY], ...relay }) }), { code });
  });
}

test("private addresses are known in every spelling, public ones are not among them", () => {
  for (const address of ["0.0.0.0", "10.255.255.255", "100.64.0.1", "100.127.255.255", "127.9.9.9", "172.16.0.0", "172.31.255.255", "192.168.1.1", "198.19.0.1", "224.0.0.1", "255.255.255.255", "::", "::1", "fe80::1%eth0", "fc00::", "fdff::1", "ff02::1", "::ffff:192.168.0.1", "::ffff:c0a8:1", "2002:a00:1::", "2001:db8::1", "2001::1", "64:ff9b::7f00:1", "not an address"]) {
    assert.equal(isPrivateAddress(address), true, address);
  }
  for (const address of ["8.8.8.8", "100.63.255.255", "100.128.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255", "198.17.255.255", "198.20.0.0", "223.255.255.255", "2606:4700::1111", "2a00:1450:4001::1", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::"]) {
    assert.equal(isPrivateAddress(address), false, address);
  }
  for (const host of ["localhost", "LOCALHOST.", "a.localhost", "printer.local", "db.internal", "redis", "[::1]"]) assert.equal(isPrivateHost(host), true, host);
  for (const host of ["inbound.example.com", "local.example.com", "8.8.8.8"]) assert.equal(isPrivateHost(host), false, host);
});

test("a name that stands for a private address is refused when it is asked, and a host that is named is not", async () => {
  /** @type {string[]} */
  const heard = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    heard.push(`${request.method} ${request.url} ${request.headers["x-a"]} ${body}`);
    if (request.url === "/slow") return;
    if (request.url === "/away") return response.writeHead(302, { location: "/b" }).end();
    response.writeHead(200, { "content-type": "text/xml" }).end("<a/>");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  try {
    for (const host of ["localhost", "127.0.0.1", "[::1]"]) await assert.rejects(publicFetch([])(`http://${host}:${port}/`), { code: "private-address" }, host);
    assert.deepEqual(heard, []);
    const response = await publicFetch(["localhost"])(`http://localhost:${port}/b?c=1`, { method: "POST", headers: { "x-a": "1" }, body: new TextEncoder().encode("ü=1") });
    assert.deepEqual([response.status, response.headers.get("content-type"), await response.text(), heard], [200, "text/xml", "<a/>", ["POST /b?c=1 1 ü=1"]]);
    assert.equal((await publicFetch(["127.0.0.1"])(`http://127.0.0.1:${port}/away`)).status, 302, "a redirect is not followed");
    await assert.rejects(publicFetch(["127.0.0.1"])(`http://127.0.0.1:${port}/slow`, { signal: AbortSignal.timeout(50) }), { name: "TimeoutError" });
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test("a target that speaks no HTTP, or one of its own, is a try that failed and nothing worse", async () => {
  for (const [what, answer] of Object.entries({
    "a status that there is not": "HTTP/1.1 999 X\r\ncontent-length: 0\r\n\r\n", "a status below all": "HTTP/1.1 099 X\r\ncontent-length: 0\r\n\r\n",
    "another protocol": "HTTP/1.1 101 X\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n", "no answer": "", "no HTTP": "hello\r\n\r\n",
  })) {
    const server = createConnections((socket) => socket.on("error", () => {}).once("data", () => (answer === "" ? socket.destroy() : socket.write(answer)))).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
    const send = sendTo({ url: `http://127.0.0.1:${port}/`, signBy: TOKEN, fetch: publicFetch(["127.0.0.1"]), now: () => T0 });
    const outcome = await send({ method: "POST", query: "", type: "text/plain", token: "", body: "" }, 5_000);
    assert.deepEqual(outcome, { kind: "again", reason: "unreachable" }, what);
    server.close();
  }
});
