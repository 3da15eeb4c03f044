// @ts-check
// The window service as a fetch handler: what it is asked, who may ask, and what goes wrong.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, test } from "node:test";
import { Validator } from "@seriousme/openapi-schema-validator";
import twilio from "twilio";
import { windowKeys } from "../../www/engine/session.js";
import { ReplyWindowError } from "../../www/engine/errors.js";
import { refusalOf } from "../../www/service/answers.js";
import { createService } from "../../www/service/service.js";
import { memoryStore } from "../../www/stores/memory.js";
import { BUSINESS, HOUR, INBOUND, PHONE, REFUSED, T0, example, inbound, webhook } from "../support/webhooks.mjs";
import { APP_SECRET, DOCUMENT, OTHER, OTHER_BUSINESS, PUBLIC, READER, VERIFY_TOKEN, WORKER, seen, serviceFor } from "../support/service.mjs";

const URL_IN = `${PUBLIC}/twilio/inbound`;
const fromTwilio = (/** @type {Record<string, string>} */ parameters) => webhook(parameters, { url: URL_IN, sentTo: "http://10.0.0.7:8080/twilio/inbound" });
const window = { business: BUSINESS, customer: PHONE };
const sid = (/** @type {number} */ number) => `SM${String(number).padStart(32, "0")}`;
/** A message whose form is whole: every id is the same. @param {number} number @param {Record<string, string>} [changes] */
const message = (number, changes = {}) => inbound({ MessageSid: sid(number), SmsSid: sid(number), SmsMessageSid: sid(number), ...changes });
/** Another customer's. @param {number} number @param {number} customer */
const messageOf = (number, customer) => message(number, { From: `whatsapp:+1555010${customer}`, WaId: `1555010${customer}`, ExternalUserId: `whatsapp:NL.720394481726${customer}` });

test("a webhook opens the window, and the query, the verdict and the queue tell it", async () => {
  const { fetch, ask } = await serviceFor();
  const before = await ask("POST", "/windows/query", { windows: [window] });
  assert.equal(before.body.windows[0].status.kind, "unknown");
  assert.equal((await ask("POST", "/verdict", window)).body.maySend, false);
  assert.equal((await fetch(fromTwilio(INBOUND))).status, 200);
  const { status, body, headers } = await ask("POST", "/windows/query", { windows: [window, { business: BUSINESS, customer: { phone: "+15550109912" } }] });
  assert.equal(status, 200);
  assert.equal(headers.get("cache-control"), "no-store");
  assert.deepEqual(body.windows.map((/** @type {any} */ one) => one.status.kind), ["open", "unknown"]);
  assert.equal(body.windows[0].status.openedAtMs, T0);
  assert.equal(body.windows[0].state.customer[0].id, INBOUND.MessageSid);
  const verdict = await ask("POST", "/verdict", { ...window, draft: { kind: "text" } });
  assert.deepEqual([verdict.body.maySend, verdict.body.verdict.reason], [true, "window-open"]);
  const queue = await ask("GET", `/closing?within=${25 * HOUR}`);
  assert.deepEqual(queue.body.windows.map((/** @type {any} */ one) => one.closesAtMs), [body.windows[0].status.closesAtMs]);
  assert.deepEqual((await ask("GET", `/closing?within=${HOUR}`)).body.windows, []);
});

test("forged and truncated webhooks are refused and change nothing", async () => {
  const { fetch, ask } = await serviceFor();
  assert.equal((await fetch(webhook(INBOUND, { url: URL_IN, sentTo: URL_IN, token: "0".repeat(32) }))).status, 403);
  assert.equal((await fetch(webhook(INBOUND, { url: URL_IN, sentTo: URL_IN, body: "Body=x" }))).status, 403);
  assert.equal((await fetch(new Request(`${PUBLIC}/twilio/inbound`))).status, 405);
  assert.equal((await ask("POST", "/windows/query", { windows: [window] })).body.windows[0].status.kind, "unknown");
});

test("Meta's handshake and its webhooks; neither provider's secret opens the other's address", async () => {
  const { fetch, store } = await serviceFor();
  const query = new URLSearchParams({ "hub.mode": "subscribe", "hub.verify_token": VERIFY_TOKEN, "hub.challenge": "1158201444" });
  const shaken = await fetch(new Request(`${PUBLIC}/meta?${query}`));
  assert.deepEqual([shaken.status, await shaken.text()], [200, "1158201444"]);
  query.set("hub.verify_token", "another");
  assert.equal((await fetch(new Request(`${PUBLIC}/meta?${query}`))).status, 403);
  const body = JSON.stringify(example("meta-inbound-text"));
  const signed = (/** @type {string} */ secret) => new Request(`${PUBLIC}/meta`, {
    method: "POST", body, headers: { "content-type": "application/json", "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}` },
  });
  assert.equal((await fetch(signed("another"))).status, 403);
  assert.equal((await fetch(signed(APP_SECRET))).status, 200);
  const known = [];
  for await (const one of store.windows()) known.push(one);
  assert.deepEqual(known.map(({ state }) => state.customer.length), [1]);
  const form = new URLSearchParams(INBOUND).toString();
  const asTwilio = new Request(`${PUBLIC}/meta`, { method: "POST", body: form, headers: { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": twilio.getExpectedTwilioSignature(APP_SECRET, `${PUBLIC}/twilio/inbound`, INBOUND) } });
  assert.equal((await fetch(new Request(`${PUBLIC}/twilio/inbound`, asTwilio))).status, 403);
});

/** Paths with what one needs a credential for. @type {[string, string, unknown][]} */
const QUESTIONS = [
  ["POST", "/windows/query", { windows: [window] }], ["POST", "/verdict", window], ["GET", "/closing?within=1000", undefined], ["GET", "/stream", undefined],
  ["POST", "/sends", { id: "SM1", ...window, kind: "session-message" }], ["DELETE", "/customers", { customer: PHONE }], ["GET", "/metrics", undefined],
];

test("nobody may ask by default, and a caller what it is permitted and no more", async () => {
  const { ask } = await serviceFor();
  const alone = await serviceFor({ tokens: [] });
  for (const [method, path, body] of QUESTIONS) {
    for (const token of [null, "", "reader-token-0000000000000001", `${READER} `.repeat(2)]) assert.equal((await ask(method, path, body, { token })).status, 401, `${path} ${token}`);
    assert.equal((await alone.ask(method, path, body)).status, 401);
    const { status } = await ask(method, path, body, { token: READER });
    assert.equal(status === 403, !["/windows/query", "/verdict", "/closing?within=1000", "/stream"].includes(path), `${path} ${status}`);
  }
  const none = await serviceFor({ authorize: () => undefined });
  assert.equal((await none.ask("POST", "/verdict", window)).status, 401);
  const host = await serviceFor({ authorize: async ({ headers }) => (headers.get("cookie") === "session=1" ? { may: ["read"] } : undefined) });
  assert.equal((await host.ask("POST", "/verdict", window, { token: null, headers: { cookie: "session=1" } })).status, 200);
});

test("a caller that is limited to some addresses of ours sees, records and erases those of nobody else", async () => {
  const { fetch, ask } = await serviceFor();
  await fetch(fromTwilio(message(1)));
  await fetch(fromTwilio(message(2, { To: `whatsapp:${OTHER_BUSINESS}` })));
  const token = OTHER;
  // Of many windows those that it may see; the others look like windows that nothing is known of.
  const { status, body: { windows: seen } } = await ask("POST", "/windows/query", { windows: [window, { business: OTHER_BUSINESS, customer: PHONE }, window] }, { token });
  assert.equal(status, 200);
  assert.deepEqual(seen.map((/** @type {any} */ one) => [one.refused, one.status.kind, one.state.customer.length]), [["other-business", "unknown", 0], [undefined, "open", 1], ["other-business", "unknown", 0]]);
  for (const [method, path, body] of /** @type {[string, string, object][]} */ ([
    ["POST", "/verdict", window],
    ["POST", "/sends", { id: "SM1", ...window, kind: "session-message" }], ["DELETE", "/customers", { ...window }],
  ])) {
    const { status, body: told } = await ask(method, path, body, { token });
    assert.deepEqual([status, told.code], [403, "other-business"], path);
  }
  const { body: { windows } } = await ask("GET", `/closing?within=${25 * HOUR}&limit=1`, undefined, { token });
  assert.deepEqual(windows.map((/** @type {any} */ { keys }) => keys[0].split("/")[1]), [OTHER_BUSINESS]);
  assert.equal((await ask("DELETE", "/customers", { customer: PHONE }, { token })).body.erased, 1);
  assert.equal((await ask("POST", "/windows/query", { windows: [window] })).body.windows[0].status.kind, "open");
});

test("a customer is forgotten with all addresses of ours, by any identity that was linked", async () => {
  const { fetch, ask, store } = await serviceFor();
  await fetch(fromTwilio(message(1)));
  await fetch(fromTwilio(message(2, { To: `whatsapp:${OTHER_BUSINESS}` })));
  await fetch(fromTwilio(messageOf(3, 9912)));
  await ask("POST", "/sends", { id: "SM9", ...window, kind: "session-message" });
  assert.equal((await ask("DELETE", "/customers", { customer: PHONE })).body.erased, 2);
  assert.equal(await store.sendRecord("SM9"), undefined);
  const { body } = await ask("POST", "/windows/query", { windows: [window, { business: BUSINESS, customer: { phone: "+15550109912" } }] });
  assert.deepEqual(body.windows.map((/** @type {any} */ one) => one.status.kind), ["unknown", "open"]);
  assert.equal((await ask("DELETE", "/customers", { customer: PHONE })).body.erased, 0);
});

test("a webhook of before the erasure that is repeated late makes the window again, dated by its own time, until it is erased again", async () => {
  let now = T0;
  const { fetch, ask } = await serviceFor({ now: () => now });
  const status = async () => (await ask("POST", "/windows/query", { windows: [window] })).body.windows[0].status;
  await fetch(fromTwilio(message(1)));
  const { closesAtMs } = await status();
  assert.equal((await ask("DELETE", "/customers", { customer: PHONE })).body.erased, 1);
  now += 2 * HOUR;
  await fetch(fromTwilio(message(1)));
  assert.equal((await status()).closesAtMs, closesAtMs);
  assert.equal((await ask("DELETE", "/customers", { customer: PHONE })).body.erased, 1);
  assert.equal((await status()).kind, "unknown");
});

test("a send that is recorded is the time by which its refusal is judged", async () => {
  for (const [sentAtMs, maySend] of /** @type {const} */ ([[T0 - HOUR, true], [T0 + HOUR, false]])) {
    let now = T0;
    const { fetch, ask, store } = await serviceFor({ now: () => now });
    await fetch(fromTwilio(message(1)));
    now = T0 + HOUR;
    assert.equal((await ask("POST", "/sends", { id: sid(7), ...window, kind: "session-message", atMs: sentAtMs })).body.recorded, true);
    const url = `${PUBLIC}/twilio/status`;
    assert.equal((await fetch(webhook({ ...REFUSED, MessageSid: sid(7), SmsSid: sid(7) }, { url, sentTo: url }))).status, 200);
    assert.deepEqual((await store.read(windowKeys(window)))?.refused.map(({ id, providerAtMs }) => [id, providerAtMs]), [[sid(7), sentAtMs]]);
    // Handed over before the customer wrote, it closes nothing.
    assert.equal((await ask("POST", "/verdict", window)).body.maySend, maySend, `${sentAtMs - T0}`);
  }
});

/** @type {[string, string, unknown, number, string][]} */
const BAD = [
  ["/windows/query", "no list", { windows: 3 }, 400, "wrong-type"],
  ["/windows/query", "a field that is not known", { windows: [], more: 1 }, 400, "unknown-field"],
  ["/windows/query", "no JSON", "{", 400, "bad-json"],
  ["/windows/query", "a list in the place of the body", [], 400, "wrong-type"],
  ["/windows/query", "no customer", { windows: [{ business: BUSINESS }] }, 400, "missing-field"],
  ["/windows/query", "a number that is none", { windows: [{ business: "4", customer: PHONE }] }, 400, "bad-address"],
  ["/windows/query", "1,001 windows", { windows: Array(1001).fill({ business: BUSINESS, customer: { phone: "+15550109912" } }) }, 400, "too-many-windows"],
  ["/windows/query", "100,000 windows", { windows: Array(100_000).fill(window) }, 413, "body-too-large"],
  ["/windows/query", "a channel that nobody knows", { windows: [{ ...window, channel: "pigeon" }] }, 400, "unknown-name"],
  ["/windows/query", "a name that is in every object", { windows: [{ ...window, channel: "constructor" }] }, 400, "unknown-name"],
  ["/verdict", "a draft that is none", { ...window, draft: { kind: "song" } }, 400, "unknown-name"],
  ["/verdict", "a yes that is none", { ...window, confirmed: true }, 400, "wrong-type"],
  ["/sends", "a kind that is none", { id: "SM1", ...window, kind: "text" }, 400, "unknown-name"],
  ["/sends", "no id", { ...window, kind: "session-message" }, 400, "wrong-type"],
  ["/sends", "a time that is none", { id: "SM1", ...window, kind: "session-message", atMs: "now" }, 400, "wrong-type"],
];

for (const [path, what, body, status, code] of BAD) {
  test(`${path} with ${what}: ${status} ${code}`, async () => {
    const { ask } = await serviceFor();
    const told = await ask("POST", path, body);
    assert.deepEqual([told.status, told.body.code], [status, code], JSON.stringify(told.body).slice(0, 300));
  });
}

test("1,000 windows are answered in their order; a fault inside names its place", async () => {
  const { fetch, ask } = await serviceFor();
  await fetch(fromTwilio(message(1)));
  const windows = Array.from({ length: 1_000 }, (_, place) => ({ business: BUSINESS, customer: { phone: `+1555020${String(1000 + place)}` } }));
  windows[700] = /** @type {any} */ (window);
  const { body } = await ask("POST", "/windows/query", { windows });
  assert.deepEqual(body.windows.flatMap((/** @type {any} */ { status }, /** @type {number} */ place) => (status.kind === "open" ? [place] : [])), [700]);
  windows[900] = { business: BUSINESS, customer: { phone: "12" } };
  assert.match((await ask("POST", "/windows/query", { windows })).body.field, /^windows\[900\]\./);
});

test("what cannot be asked for: other addresses, other methods, bad pages, another type", async () => {
  const { service, ask } = await serviceFor();
  const plain = async (/** @type {string} */ path, /** @type {RequestInit} */ init = {}) => (await service.fetch(new Request(`${PUBLIC}${path}`, { ...init, headers: { authorization: `Bearer ${WORKER}`, ...init.headers } }))).status;
  assert.equal(await plain("/nothing"), 404);
  assert.equal(await plain("/verdict"), 405);
  assert.equal(await plain("/stream", { method: "POST" }), 405);
  assert.equal((await ask("POST", "/verdict", "x", { headers: { "content-type": "text/plain" } })).status, 415);
  for (const query of ["", "?within=0", "?within=-1", "?within=1e3", `?within=${8 * 24 * HOUR}`, "?within=1000&limit=1001", "?within=1000&after=x", "?within=1000&after=%5B1%2C2%5D", `?within=1000&after=${"A".repeat(64)}`]) {
    assert.equal((await ask("GET", `/closing${query}`)).status, 400, query);
  }
});

test("the queue comes in pages, and a page's position names nobody", async () => {
  let now = T0;
  const { fetch, ask } = await serviceFor({ now: () => now });
  for (let number = 0; number < 5; number += 1) {
    now = T0 + Math.floor(number / 2) * 1000;
    await fetch(fromTwilio(messageOf(number + 1, 9920 + number)));
  }
  const found = [];
  for (let after = ""; ; ) {
    const { body } = await ask("GET", `/closing?within=${25 * HOUR}&limit=2${after}`);
    assert.ok(body.windows.length <= 2);
    found.push(...body.windows);
    if (!body.next) break;
    assert.doesNotMatch(atob(body.next.replaceAll("-", "+").replaceAll("_", "/")) + body.next, /1555010992|whatsapp/);
    after = `&after=${encodeURIComponent(body.next)}`;
  }
  assert.deepEqual(found.map(({ closesAtMs }) => closesAtMs), found.map(({ closesAtMs }) => closesAtMs).sort((a, b) => a - b));
  assert.equal(new Set(found.map(({ keys }) => keys[0])).size, 5);
});

test("pages of named origins may ask, of others not, and nobody is told `*`", async () => {
  const { service } = await serviceFor({ origins: ["https://desk.example.com"] });
  const preflight = (/** @type {string} */ origin) => service.fetch(new Request(`${PUBLIC}/windows/query`, { method: "OPTIONS", headers: { origin, "access-control-request-method": "POST", "access-control-request-headers": "authorization, content-type" } }));
  const good = await preflight("https://desk.example.com");
  assert.equal(good.headers.get("access-control-allow-origin"), "https://desk.example.com");
  assert.match(String(good.headers.get("access-control-allow-headers")), /authorization/i);
  // A page has to be able to read what went wrong, too.
  for (const [path, headers, status] of /** @type {[string, Record<string, string>, number][]} */ ([
    ["/closing?within=1000", {}, 401], ["/closing?within=0", { authorization: `Bearer ${READER}` }, 400], ["/closing?within=1000", { authorization: `Bearer ${READER}` }, 200], ["/nothing", {}, 404],
  ])) {
    const told = await service.fetch(new Request(`${PUBLIC}${path}`, { headers: { origin: "https://desk.example.com", ...headers } }));
    assert.deepEqual([told.status, told.headers.get("access-control-allow-origin")], [status, "https://desk.example.com"], path);
  }
  for (const origin of ["https://evil.example.com", "null", "https://desk.example.com.evil.example"]) assert.equal((await preflight(origin)).headers.get("access-control-allow-origin"), null, origin);
  assert.equal((await (await serviceFor()).service.fetch(new Request(`${PUBLIC}/livez`, { headers: { origin: "https://desk.example.com" } }))).headers.get("access-control-allow-origin"), null);
  for (const origin of ["*", "desk.example.com", "https://desk.example.com/", "https://*.example.com/x", ""]) await assert.rejects(serviceFor({ origins: [origin] }), { code: "bad-origin" }, origin);
});

test("misuse is refused when the service is made", async () => {
  const store = memoryStore();
  await assert.rejects(createService(/** @type {any} */ ({ store, tokns: [] })), { code: "unknown-field" });
  await assert.rejects(createService(/** @type {any} */ ({})), { code: "missing-field" });
  await assert.rejects(createService({ store, tokens: [{ token: "short" }] }), { code: "token-too-short" });
  await assert.rejects(createService({ store, tokens: [{ token: READER, may: /** @type {any} */ (["write"]) }] }), { code: "unknown-name" });
  await assert.rejects(createService({ store, tokens: [{ token: READER, businesses: [] }] }), { code: "wrong-type" });
  await assert.rejects(createService({ store, tokens: [], authorize: () => undefined }), { code: "unknown-field" });
});

test("a store that is gone: 503 for everybody, also for the providers, and nothing is lost when they send again", async () => {
  let isGone = true;
  const real = memoryStore();
  const store = /** @type {typeof real} */ (Object.fromEntries(Object.entries(real).map(([name, call]) => [name, (/** @type {any[]} */ ...given) => {
    if (isGone) throw new Error("connect ECONNREFUSED +15550109911");
    return /** @type {any} */ (call)(...given);
  }])));
  const { fetch, ask, logged } = await serviceFor({ store });
  const late = await fetch(fromTwilio(INBOUND));
  assert.deepEqual([late.status, late.headers.get("retry-after")], [503, "5"]);
  for (const [method, path, body] of QUESTIONS.filter(([, path]) => path !== "/metrics")) {
    const { status, body: told } = await ask(method, path, body);
    assert.deepEqual([status, told.code], [503, "store-unavailable"], path);
  }
  assert.equal((await ask("GET", "/readyz")).status, 503);
  assert.equal((await ask("GET", "/livez")).status, 200);
  isGone = false;
  assert.equal((await ask("GET", "/readyz")).status, 200);
  assert.equal((await fetch(fromTwilio(INBOUND))).status, 200);
  assert.equal((await ask("POST", "/verdict", window)).body.maySend, true);
  assert.match((await ask("GET", "/metrics")).body, /reply_window_store_failures_total\{code="[\w-]+"\} \d/);
  assert.doesNotMatch(JSON.stringify(logged), /1555/);
});

test("a store that does not answer: 503 once somebody waited long enough, to callers and to the providers", async (context) => {
  const { fetch, ask } = await serviceFor({ store: { ...memoryStore(), readMany: () => new Promise(() => {}), merge: () => new Promise(() => {}) } });
  await ask("GET", "/readyz");
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let left = 2;
  const end = (/** @type {any} */ answer) => ((left -= 1), answer);
  const both = [ask("POST", "/windows/query", { windows: [window] }).then(end), fetch(fromTwilio(INBOUND)).then(end)];
  while (left > 0) {
    for (let wait = 0; wait < 20; wait += 1) await new Promise((resolve) => setImmediate(resolve));
    context.mock.timers.tick(500);
  }
  const [asked, received] = await Promise.all(both);
  assert.deepEqual([asked.status, asked.body.code, received.status], [503, "store-unavailable", 503]);
});

test("no text and no identity stands in the log, in the counters or in the store's windows", async () => {
  const { fetch, ask, logged, store } = await serviceFor();
  const secret = "the customer's own words";
  await fetch(fromTwilio(message(1, { Body: secret, ProfileName: "A Name" })));
  await fetch(webhook(message(2, { Body: secret }), { url: URL_IN, sentTo: URL_IN, token: "0".repeat(32) }));
  await ask("POST", "/windows/query", { windows: [{ business: BUSINESS, customer: { phone: "15550109911" } }] });
  await ask("DELETE", "/customers", { customer: PHONE });
  await fetch(fromTwilio(message(3, { Body: secret, ProfileName: "A Name" })));
  const windows = [];
  for await (const one of store.windows()) windows.push(one);
  assert.doesNotMatch(JSON.stringify(windows), /own words|A Name/);
  const { body } = await ask("GET", "/metrics");
  assert.match(body, /reply_window_events_total\{provider="twilio",what="message",late="false"\} 2/);
  for (const text of [body, JSON.stringify(logged)]) assert.doesNotMatch(text, /own words|A Name|15550109911|\+1555/);
  const erased = logged.find(({ event }) => event === "erased");
  assert.match(String(erased?.customer), /^[0-9a-f]{16}$/);
});

test("a process that is about to end says so", async () => {
  const { service, ask } = await serviceFor();
  service.drain();
  assert.deepEqual([(await ask("GET", "/readyz")).status, (await ask("GET", "/livez")).status], [503, 200]);
});

test("the OpenAPI document is one, it is served, and every address and answer in it was seen", async () => {
  const { service } = await serviceFor();
  const served = await (await service.fetch(new Request(`${PUBLIC}/openapi.json`))).json();
  assert.deepEqual(served, DOCUMENT);
  const { valid, errors } = await new Validator().validate(served);
  assert.ok(valid, JSON.stringify(errors));
  const alone = await createService({ store: memoryStore() });
  const { paths } = await (await alone.fetch(new Request(`${PUBLIC}/openapi.json`))).json();
  assert.ok(!Object.keys(paths).some((path) => /twilio|meta/.test(path)));
  assert.equal((await alone.fetch(fromTwilio(INBOUND))).status, 404);
});

after(() => {
  const documented = Object.entries(DOCUMENT.paths).flatMap(([path, operations]) => Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`));
  const asked = new Set([...seen].map((one) => one.replace(/ \d+$/, "")));
  asked.add("GET /openapi.json");
  assert.deepEqual(documented.filter((one) => !asked.has(one) && !/twilio\/(conversations|events)|GET \/twilio\/status/.test(one)), []);
});

test("an engine that failed or is not there is no fault of the caller's", () => {
  for (const code of /** @type {const} */ (["engine-crashed", "engine-unavailable"])) {
    const { status, message } = refusalOf(new ReplyWindowError(code, "of the inside"));
    assert.deepEqual([status, message], [500, "something went wrong here"], code);
  }
  assert.equal(refusalOf(new ReplyWindowError("unknown-name", "`kind`: none")).status, 400);
});
