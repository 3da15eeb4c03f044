// Webhooks that Twilio sends by GET: all that they say stands in the address, which is signed. Signed here by Twilio's own library.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { before, test } from "node:test";
import twilio from "twilio";
import { ready, verifySignature, verifyWebhook } from "../../www/index.js";
import { createReceiver, memoryStore } from "../../www/server/index.js";
import { webhooks } from "../../www/engine/modules/webhooks.js";

before(() => Promise.all([ready(), webhooks.ready()]));

const token = "7b1e0c9d5a3f4e628190abcdef012345";
const AT = 1_795_168_800_000;
const [business, phone] = ["+12025550142", "+12025550177"];
const base = "https://hooks.example.com/twilio";
const SID = (/** @type {string} */ kind, /** @type {number} */ n) => `${kind}${String(n).padStart(32, "0")}`;
const message = (/** @type {object} */ more = {}) => ({
  AccountSid: SID("AC", 1), ApiVersion: "2010-04-01", Body: "مرحبا & more + ?", From: `whatsapp:${phone}`, MessageSid: SID("SM", 1), MessageType: "text",
  NumMedia: "0", SmsMessageSid: SID("SM", 1), SmsSid: SID("SM", 1), SmsStatus: "received", To: `whatsapp:${business}`, WaId: phone.slice(1), ...more,
});
const addressOf = (/** @type {Record<string, string>} */ parameters, /** @type {string} */ own = "") => `${base}?${own}${new URLSearchParams(parameters)}`;
const sign = (/** @type {string} */ url, /** @type {Record<string, string>} */ form = {}) => twilio.getExpectedTwilioSignature(token, url, form);

/** @param {string} url @param {{ signature?: string, body?: string }} [given] */
const verified = (url, { signature = sign(url), body } = {}) =>
  verifyWebhook({ url, headers: { "x-twilio-signature": signature }, ...(body === undefined ? {} : { body }) }, { keys: [token], receivedAt: AT });

test("a message, with what the customer wrote escaped in it", () => {
  for (const body of [undefined, ""]) {
    const { parameters, inbound, source } = verified(addressOf(message()), { body });
    assert.equal(source, "twilio-messaging");
    assert.deepEqual(Object.fromEntries(parameters.map(({ name, value }) => [name, value])), message());
    assert.deepEqual(inbound.events.map(({ id, kind, business: ours, customer }) => [id, kind, ours, customer.phone]), [[SID("SM", 1), "text", business, phone]]);
    assert.equal(inbound.messages[0]?.text, "مرحبا & more + ?");
    const url = addressOf(message());
    const alone = verifySignature({ url, headers: { "x-twilio-signature": sign(url) }, ...(body === undefined ? {} : { body }) }, { keys: [token] });
    assert.deepEqual(alone.parameters, parameters);
  }
});

test("the address's own parameters, a port and a fragment beside", () => {
  const url = addressOf(message(), "tenant=a&");
  for (const seen of [url, url.replace("example.com", "example.com:443"), `${url}#rc=2`]) {
    const { inbound, parameters } = verified(seen, { signature: sign(seen.includes("#") ? seen : url) });
    assert.equal(inbound.events.length, 1, seen);
    assert.ok(parameters.some(({ name, value }) => name === "tenant" && value === "a"));
  }
});

for (const [state, delivery] of [["delivered", "delivered"], ["canceled", "canceled"], ["partially_delivered", "partially-delivered"], ["undelivered", "undelivered"]]) {
  test(`a status callback: ${state}`, () => {
    const { MessageSid, From, To } = message({ From: `whatsapp:${business}`, To: `whatsapp:${phone}` });
    const { inbound } = verified(addressOf({ MessageSid, MessageStatus: state, From, To, ...(state === "undelivered" ? { ErrorCode: "63016" } : {}) }));
    assert.deepEqual([inbound.source, inbound.statuses.map(({ status }) => status)], ["twilio-status", [delivery]]);
    assert.equal(inbound.events.some(({ log }) => log === "refused"), state === "undelivered");
  });
}

test("an address without parameters says nothing, as before", () => {
  const { parameters, inbound } = verified(base);
  assert.deepEqual([parameters, inbound.events, inbound.source], [[], [], "unknown"]);
});

test("of a request with a body the address is not read", () => {
  const url = addressOf(message({ MessageSid: SID("SM", 9) }));
  const form = { Zz: "1" };
  const { parameters, inbound } = verified(url, { signature: sign(url, form), body: "Zz=1" });
  assert.deepEqual([parameters, inbound.events], [[{ name: "Zz", value: "1" }], []]);
});

test("a changed parameter, an order that is another, a parameter more: refused", () => {
  const url = addressOf(message());
  const signature = sign(url);
  const turned = `${base}?${new URLSearchParams(Object.entries(message()).reverse())}`;
  for (const seen of [url.replace("0177", "0178"), turned, `${url}&a=b`, url.slice(0, -1)]) assert.throws(() => verified(seen, { signature }), { code: "signature-mismatch" }, seen);
});

// ---- at the receiver

/** @param {string} url @param {{ method?: string, signature?: string | null, body?: string }} [given] */
const requestOf = (url, { method = "GET", signature = sign(url), body } = {}) => new Request(url, {
  method, headers: { ...(signature === null ? {} : { "x-twilio-signature": signature }), ...(body === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" }) }, ...(body === undefined ? {} : { body }),
});
const receiver = () => {
  /** @type {string[]} */
  const reports = [];
  const store = memoryStore();
  const { fetch } = createReceiver({ keys: [token], store, now: () => AT, log: () => {}, onReport: ({ code }) => void reports.push(code) });
  const read = async (/** @type {string} */ number) => (await store.read([`whatsapp/${business}/phone:${number}`]))?.customer.length ?? 0;
  return { fetch, reports, read };
};

test("the receiver takes it, once; unsigned it is no request of ours", async () => {
  const { fetch, read } = receiver();
  const url = addressOf(message());
  assert.deepEqual([(await fetch(requestOf(url))).status, await read(phone)], [200, 1]);
  assert.deepEqual([(await fetch(requestOf(url))).status, await read(phone)], [200, 1]);
  assert.equal((await fetch(requestOf(url, { signature: null }))).status, 405);
  assert.equal((await fetch(requestOf(url, { signature: sign(`${url}x`) }))).status, 403);
  assert.equal((await fetch(requestOf(url, { method: "HEAD" }))).status, 405);
});

test("a form that was cut into an address, and an address that was cut into a form, make nothing", async () => {
  // The customer wrote a query into the text; everything that is signed before it becomes the path.
  const other = "+12025550199";
  const Body = `?${new URLSearchParams(message({ From: `whatsapp:${other}`, WaId: other.slice(1), MessageSid: SID("SM", 7), SmsSid: SID("SM", 7), SmsMessageSid: SID("SM", 7), Body: "x" }))}&Zz=`;
  const form = message({ Body });
  const signature = sign(base, form);
  const text = base + Object.entries(form).sort(([a], [b]) => (a < b ? -1 : 1)).flat().join("");
  assert.equal(sign(text), signature, "the cut has the same signature");
  const { fetch, reports, read } = receiver();
  assert.equal((await fetch(requestOf(base, { method: "POST", signature, body: String(new URLSearchParams(form)) }))).status, 200);
  assert.equal((await fetch({ ...fetchLike(text), headers: new Headers({ "x-twilio-signature": signature }) })).status, 200);
  assert.deepEqual([await read(phone), await read(other), reports], [1, 0, ["re-cut"]]);
});

/** What a server that hands over raw addresses gives: a `Request` would escape it. @param {string} url @returns {any} */
const fetchLike = (url) => ({ url, method: "GET", body: null, bodyUsed: false, arrayBuffer: async () => new ArrayBuffer(0) });

test("what is cut out of a GET into a form breaks the shape of its parameters", async () => {
  const url = addressOf(message());
  const signature = sign(url);
  // From the name of one parameter on, the rest is a form of one name and one value.
  const at = url.indexOf("&From=");
  const [address, name, value] = [url.slice(0, at), "&From", url.slice(at + "&From".length)];
  assert.equal(twilio.getExpectedTwilioSignature(token, address, { [name]: value }), signature);
  const { fetch, read } = receiver();
  await fetch(requestOf(address, { method: "POST", signature, body: String(new URLSearchParams({ [name]: value })) }));
  assert.equal(await read(phone), 0);
});

test("a request of Node's http is answered, and the log says what is wrong with it", async () => {
  /** @type {string[]} */
  const lines = [];
  const { fetch: take } = createReceiver({ keys: [token], store: memoryStore(), log: (line) => void lines.push(line) });
  const server = createServer(async (request, response) => {
    response.statusCode = (await take(/** @type {any} */ (request))).status;
    response.end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  for (const method of ["POST", "GET", "PUT"]) {
    const { status } = await fetch(`http://127.0.0.1:${port}/secret-in-the-path`, { method, headers: { "x-twilio-signature": "A" } });
    assert.equal(status, 500, method);
  }
  server.close();
  assert.equal(lines.length, 3);
  for (const line of lines) assert.ok(/wrong-type/.test(line) && /Node's http/.test(line) && !/secret/.test(line), line);
  assert.equal((await take(/** @type {any} */ ({}))).status, 500);
  assert.match(String(lines.at(-1)), /expected a fetch Request/);
});
