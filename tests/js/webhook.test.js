// The verifier's JavaScript side: requests in every form in which servers hand them over.

import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { test } from "node:test";
import vm from "node:vm";
import { diagnoseWebhook, explainError, handshake, parseInbound, verifyRequest, verifyWebhook } from "../../www/index.js";

const url = "https://example.com/hook?account=1";
const token = "an example token";
const body = "Body=Ol%C3%A1+%F0%9F%91%8B&From=whatsapp%3A%2B491701234567&MessageSid=SM00000000000000000000000000000002&SmsMessageSid=SM00000000000000000000000000000002&To=whatsapp%3A%2B14155238886";

/** Twilio's scheme, written out: the address, then names and values in the order of the names. */
const sign = (address = url, form = body, key = token) => {
  const pairs = [...new URLSearchParams(form)].sort(([a], [b]) => (a < b ? -1 : 1));
  return createHmac("sha1", key).update(address + pairs.flat().join("")).digest("base64");
};
const signature = sign();
const keys = [token];
const FORM = "application/x-www-form-urlencoded; charset=utf-8";
const receivedAt = 1_790_000_000_000;

test("a signed webhook becomes events", () => {
  const verified = verifyWebhook({ url, headers: { "X-Twilio-Signature": signature }, body }, { keys, receivedAt });
  assert.equal(verified.source, "twilio-messaging");
  assert.equal(verified.key, 0);
  assert.equal(verified.url, url);
  assert.deepEqual(verified.parameters.find(({ name }) => name === "Body"), { name: "Body", value: "Olá 👋" });
  const [event] = verified.inbound.events;
  assert.equal(event.receiptAtMs, receivedAt);
  assert.deepEqual(event.customer, { phone: "+491701234567" });
});

test("without a time of receipt it is now", (context) => {
  context.mock.method(Date, "now", () => 1_795_168_800_123);
  const { inbound } = verifyWebhook({ url, headers: { "X-Twilio-Signature": signature }, body }, { keys });
  assert.equal(inbound.events[0].receiptAtMs, 1_795_168_800_123);
});

test("headers may be Headers, pairs, a Map or an object, in any case", () => {
  const forms = [
    new Headers({ "X-Twilio-Signature": signature }),
    [["Host", "example.com"], ["x-twilio-signature", signature]],
    new Map([["X-TWILIO-SIGNATURE", signature]]),
    { host: "example.com", "x-twilio-signature": signature },
    { "X-Twilio-Signature": [signature], "set-cookie": ["a", "b"], absent: undefined },
  ];
  for (const headers of forms) assert.equal(verifyWebhook({ url, headers: /** @type {any} */ (headers), body }, { keys }).key, 0);
});

test("a signature that comes twice is not one signature", () => {
  const twice = [["x-twilio-signature", signature], ["X-Twilio-Signature", signature]];
  assert.throws(() => verifyWebhook({ url, headers: /** @type {any} */ (twice), body }, { keys }), { code: "signature-multiple" });
});

test("the body may be bytes or the text of those bytes", () => {
  const headers = { "X-Twilio-Signature": signature };
  const bytes = new TextEncoder().encode(body);
  for (const form of [body, bytes, Buffer.from(body), vm.runInNewContext("Uint8Array.from(list)", { list: [...bytes] })]) {
    assert.equal(verifyWebhook({ url, headers, body: form }, { keys }).key, 0);
  }
});

test("a parsed body is refused: what was signed cannot be known from it", () => {
  const headers = { "X-Twilio-Signature": signature };
  for (const form of [{ Body: "Hi" }, [...new TextEncoder().encode(body)], new Uint16Array(2), new SharedArrayBuffer(4), { byteLength: 4 }, 5, null]) {
    assert.throws(() => verifyWebhook({ url, headers, body: /** @type {any} */ (form) }, { keys }), { code: "bad-body" });
  }
});

test("256 KiB pass, one byte more is refused, also where it is text", () => {
  const headers = { "X-Twilio-Signature": "x" };
  const code = (/** @type {any} */ form) => {
    try {
      verifyWebhook({ url, headers, body: form }, { keys });
    } catch (error) {
      return /** @type {any} */ (error).code;
    }
  };
  const limit = 256 * 1024;
  for (const form of [new Uint8Array(limit - 1), new Uint8Array(limit), "a".repeat(limit)]) assert.notEqual(code(form), "body-too-large");
  for (const form of [new Uint8Array(limit + 1), "a".repeat(limit + 1), "é".repeat(limit / 2 + 1)]) assert.equal(code(form), "body-too-large");
});

test("an address of 64 KiB passes, one byte more is refused before anything is made of it", async () => {
  const headers = { "X-Twilio-Signature": "bm90IGEgc2lnbmF0dXJlISEhISE=" };
  const code = (/** @type {string} */ address) => {
    try {
      verifyWebhook({ url: address, headers, body: "" }, { keys });
    } catch (error) {
      return /** @type {any} */ (error).code;
    }
  };
  const limit = 64 * 1024;
  const of = (/** @type {number} */ bytes, letter = "a") => "https://h.example/?a=" + letter.repeat((bytes - 21) / new TextEncoder().encode(letter).length);
  for (const address of [of(limit - 1), of(limit), of(limit - 1, "é")]) assert.equal(code(address), "signature-mismatch");
  for (const address of [of(limit + 1), of(limit + 1, "é"), of(64 * limit)]) {
    assert.equal(code(address), "url-too-long");
    const { refusal, changes } = diagnoseWebhook({ url: address, headers, body: "" }, { keys });
    assert.deepEqual([refusal?.code, changes], ["url-too-long", []]);
  }
  const long = of(64 * limit);
  let asked = 0;
  const counted = { keys: () => void (asked += 1) };
  assert.throws(() => verifyWebhook({ url: long, headers, body: "" }, counted), { code: "url-too-long", field: "request.url" });
  for (const [address, more] of /** @type {[string, any][]} */ ([[long, {}], [long, { publicUrl: "https://h.example" }], ["https://h.example/", { publicUrl: long }]])) {
    await assert.rejects(verifyRequest(new Request(address, { method: "POST", headers, body: "a=1" }), { ...counted, ...more }), { code: "url-too-long" });
  }
  const forwarded = { ...headers, "X-Forwarded-Host": `${"a".repeat(limit)}.example` };
  await assert.rejects(verifyRequest(new Request("https://h.example/", { method: "POST", headers: forwarded, body: "a=1" }), { ...counted, trustForwarded: true }), { code: "url-too-long" });
  assert.throws(() => handshake(long, { verifyToken: "t" }), { code: "url-too-long" });
  assert.equal(asked, 0);
});

test("a forged request is an error, never a result", () => {
  const forged = [
    [{ url, headers: {}, body }, "signature-missing"],
    [{ url, headers: { "X-Twilio-Signature": sign(url, body, "another") }, body }, "signature-mismatch"],
    [{ url, headers: { "X-Twilio-Signature": signature }, body: `${body}&x=1` }, "signature-mismatch"],
    [{ url: `${url}0`, headers: { "X-Twilio-Signature": signature }, body }, "signature-mismatch"],
  ];
  for (const [request, code] of forged) {
    assert.throws(() => verifyWebhook(/** @type {any} */ (request), { keys }), { name: "ReplyWindowError", code });
  }
  assert.throws(() => verifyWebhook({ url, headers: { "X-Twilio-Signature": signature }, body }, { keys: [] }), { code: "key-missing" });
  assert.throws(() => verifyWebhook({ url, headers: { "X-Twilio-Signature": signature }, body }, { keys: [""] }), { code: "key-empty" });
});

test("no error holds the key", () => {
  for (const wrong of [[5, token], [token, ""], { [token]: 1 }, [{ [token]: 1 }], [{ id: token }], [{ secret: 5, id: token }], [{ derived: token }], token]) {
    assert.throws(() => verifyWebhook({ url, headers: {}, body }, { keys: /** @type {any} */ (wrong) }), (/** @type {any} */ error) =>
      !`${error.message} ${error.field} ${error.stack} ${error.cause ?? ""}`.includes(token));
  }
});

test("in a page the keys are refused unless the caller insists", () => {
  const request = { url, headers: { "X-Twilio-Signature": signature }, body };
  /** @type {any} */ (globalThis).document = {};
  try {
    assert.throws(() => verifyWebhook(request, { keys }), { code: "auth-token-in-page", field: "keys" });
    assert.throws(() => verifyWebhook(request, { keys, allowAuthTokenInPage: false }), { code: "auth-token-in-page" });
    assert.equal(verifyWebhook(request, { keys, allowAuthTokenInPage: true }).key, 0);
  } finally {
    delete /** @type {any} */ (globalThis).document;
  }
});

const post = (/** @type {string} */ address, /** @type {any} */ more = {}) =>
  new Request(address, { method: "POST", headers: { "X-Twilio-Signature": signature, "Content-Type": FORM }, body, ...more });

test("a fetch Request is verified from its own bytes", async () => {
  assert.equal((await verifyRequest(post(url), { keys, receivedAt })).inbound.events.length, 1);
  await assert.rejects(verifyRequest(post(`${url}0`), { keys }), { code: "signature-mismatch" });
  const read = post(url);
  await read.text();
  await assert.rejects(verifyRequest(read, { keys }), { code: "body-unreadable" });
  await assert.rejects(verifyRequest(/** @type {any} */ ({ url, headers: {}, body }), { keys }), { code: "wrong-type", field: "request" });
});

test("behind a proxy the public address counts", async () => {
  const inside = post("http://10.0.0.7:8080/hook?account=1");
  await assert.rejects(verifyRequest(inside.clone(), { keys }), { code: "signature-mismatch" });
  for (const publicUrl of ["https://example.com", "https://example.com/", "https://example.com/hook", url]) {
    assert.equal((await verifyRequest(inside.clone(), { keys, publicUrl })).url, url, publicUrl);
  }
  await assert.rejects(verifyRequest(inside.clone(), { keys, publicUrl: "https://example.org" }), { code: "signature-mismatch" });
});

test("a body is read only as far as it may be long", async () => {
  let pulled = 0;
  let cancelled = false;
  const endless = new ReadableStream({
    pull(controller) {
      pulled += 1;
      controller.enqueue(new Uint8Array(64 * 1024));
    },
    cancel() {
      cancelled = true;
    },
  });
  await assert.rejects(verifyRequest(post(url, { body: endless, duplex: "half" }), { keys }), { code: "body-too-large" });
  assert.ok(pulled < 10 && cancelled, `${pulled} chunks`);
  const broken = new ReadableStream({ pull() { throw new Error("reset"); } });
  await assert.rejects(verifyRequest(post(url, { body: broken, duplex: "half" }), { keys }), { code: "body-unreadable" });
});

test("a JSON body is verified by its hash in the address, and read", () => {
  const json = JSON.stringify([{ specversion: "1.0", type: "com.twilio.messaging.inbound-message.received", id: "EZ1", data: {} }]);
  const request = (/** @type {string} */ text) => {
    const address = `https://example.com/events?bodySHA256=${createHash("sha256").update(text).digest("hex")}`;
    const headers = { "X-Twilio-Signature": sign(address, ""), "Content-Type": "application/json" };
    return { url: address, headers, body: text };
  };
  const verified = verifyWebhook(request(json), { keys });
  assert.equal(verified.source, "twilio-events");
  assert.deepEqual(verified.parameters, []);
  assert.throws(() => verifyWebhook({ ...request(json), body: `${json} ` }, { keys }), { name: "ReplyWindowError", field: "body" });
  for (const text of ["{", "", "5", "null"]) {
    assert.throws(() => verifyWebhook(request(text), { keys }), { name: "ReplyWindowError", field: /body/ }, text);
  }
});

test("a shared key verifies what its setting names, also in a page", () => {
  const settings = "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256";
  const pairs = [...new URLSearchParams(body)].sort(([a], [b]) => (a < b ? -1 : 1));
  const digest = createHmac("sha256", "shared").update(url + pairs.flat().join("")).digest("base64");
  const headers = { "X-Twilio-Signature": digest, "X-Twilio-Webhooks-Signature-Settings": settings, "Content-Type": FORM };
  const shared = { id: "webhooks_sharedkey_1", secret: "shared", algorithm: "HMAC_SHA256" };
  assert.equal(verifyWebhook({ url, headers, body }, { keys: [token, shared] }).key, 1);
  const plainly = { url, headers: { "X-Twilio-Signature": signature, "Content-Type": FORM }, body };
  assert.equal(verifyWebhook(plainly, { keys: [token, shared] }).key, 0);
  assert.throws(() => verifyWebhook(plainly, { keys: [token, shared], requireSharedKey: true }), { name: "ReplyWindowError" });
  /** @type {any} */ (globalThis).document = {};
  try {
    assert.equal(verifyWebhook({ url, headers, body }, { keys: [shared] }).key, 0);
    assert.throws(() => verifyWebhook({ url, headers, body }, { keys: [shared, { secret: token }] }), { code: "auth-token-in-page" });
  } finally {
    delete /** @type {any} */ (globalThis).document;
  }
});

test("an address that the server spelt otherwise is tried as the platform spells it", () => {
  const headers = { "X-Twilio-Signature": sign("https://example.com:443/hook%20a?account=1") };
  assert.equal(verifyWebhook({ url: "https://EXAMPLE.com/hook a?account=1", headers, body }, { keys }).key, 0);
  const bare = { "X-Twilio-Signature": sign("https://[2001:db8::1]/hook%20a") };
  assert.equal(verifyWebhook({ url: "https://[2001:DB8::1]:8443/hook a", headers: bare, body }, { keys }).key, 0);
  assert.throws(() => verifyWebhook({ url: "https://example.org/hook a?account=1", headers, body }, { keys }), { code: "signature-mismatch" });
});

test("a provider's error code is explained, also one that nobody knows", () => {
  assert.equal(explainError({ code: 63016 }).closesWindow, true);
  assert.equal(explainError({ provider: "meta", code: 131047 }).closesWindow, true);
  assert.equal(explainError({ code: 1 }).code, "unknown");
  for (const wrong of [undefined, 5, {}, { code: "63016" }, { code: 1.5 }, { code: -1 }, { code: NaN }, { code: 1, provider: "x" }, { code: 1, x: 1 }]) {
    assert.throws(() => explainError(/** @type {any} */ (wrong)), { name: "ReplyWindowError" });
  }
});

test("what was verified elsewhere can be read alone", () => {
  const parameters = [...new URLSearchParams(body)].map(([name, value]) => ({ name, value }));
  const { events, problems } = parseInbound(parameters, { receivedAt: new Date(receivedAt) });
  assert.equal(events[0].receiptAtMs, receivedAt);
  assert.deepEqual(problems, []);
  // No time is invented.
  const timeless = parseInbound(parameters);
  assert.equal(timeless.events.length, 0);
  assert.equal(timeless.problems.length, 1);
});

test("the bytes of an ArrayBuffer and of a DataView are a body, also those of another realm", () => {
  const headers = { "X-Twilio-Signature": signature };
  const bytes = new TextEncoder().encode(`..${body}..`);
  const alone = new TextEncoder().encode(body).buffer;
  const foreign = vm.runInNewContext("(bytes) => Uint8Array.from(bytes).buffer")([...new TextEncoder().encode(body)]);
  for (const form of [alone, foreign, new DataView(alone), new DataView(bytes.buffer, 2, bytes.length - 4)]) {
    assert.equal(verifyWebhook({ url, headers, body: form }, { keys }).key, 0);
  }
  assert.throws(() => verifyWebhook({ url, headers, body: new ArrayBuffer(256 * 1024 + 1) }, { keys }), { code: "body-too-large" });
  const gone = new TextEncoder().encode(body).buffer;
  const view = new DataView(gone);
  structuredClone(gone, { transfer: [gone] });
  assert.throws(() => verifyWebhook({ url, headers, body: view }, { keys }), { code: "bad-body", field: "request.body" });
});

/** What another class makes of a fetch request: npm's undici, Azure Functions (`HttpRequest`). @param {Request} request */
const shapedLike = (request) => new (class HttpRequest {
  #of = request;
  get url() { return this.#of.url; }
  get method() { return this.#of.method; }
  get headers() { return new (class Headers { get = (/** @type {string} */ name) => request.headers.get(name); [Symbol.iterator] = () => request.headers.entries(); })(); }
  get body() { return this.#of.body; }
  get bodyUsed() { return this.#of.bodyUsed; }
  arrayBuffer() { return this.#of.arrayBuffer(); }
})();

test("a request of another class is read by its shape", async () => {
  const { events } = (await verifyRequest(/** @type {any} */ (shapedLike(post(url))), { keys, receivedAt })).inbound;
  assert.equal(events.length, 1);
  await assert.rejects(verifyRequest(/** @type {any} */ (shapedLike(post(`${url}0`))), { keys }), { code: "signature-mismatch" });
});

test("a request of Node's http is told from a fetch request", async () => {
  const ofNode = { url: "/hook?account=1", headers: {}, socket: {}, method: "POST" };
  await assert.rejects(verifyRequest(/** @type {any} */ (ofNode), { keys }), { code: "wrong-type", field: "request", message: /Node/ });
});

test("a key that is missing is named by its place", () => {
  for (const list of [[undefined], [token, undefined], [null]]) {
    const field = `keys[${list.length - 1}]`;
    assert.throws(() => verifyWebhook({ url, headers: {}, body }, { keys: /** @type {any} */ (list) }), { code: "key-missing", field, message: `\`${field}\`: the key is missing` });
  }
});

test("a parsed body is a diagnosis, not a fault", () => {
  const headers = { "X-Twilio-Signature": signature, "Content-Length": "20" };
  for (const parsed of [{ Body: "Hi" }, [{ Body: "Hi" }], Object.create(null)]) {
    const { verified, refusal, changes } = diagnoseWebhook({ url, headers, body: /** @type {any} */ (parsed) }, { keys });
    assert.deepEqual([verified, refusal?.code, changes.map(({ code }) => code)], [false, "bad-body", ["body-parsed"]]);
    assert.ok(changes[0].sentence.ar.length > 0);
  }
});

test("a body in base64, slashes made one and a tilde written anew are found", () => {
  const codes = (/** @type {string} */ address, /** @type {string} */ form, /** @type {string} */ signed) =>
    diagnoseWebhook({ url: address, headers: { "X-Twilio-Signature": signed, "Content-Type": FORM }, body: form }, { keys }).changes.map(({ code, detail }) => [code, detail]);
  assert.deepEqual(codes(url, btoa(body), signature), [["body-base64", undefined]]);
  for (const [signed, received, code] of [
    ["https://example.com/a//b?c=1", "https://example.com/a/b?c=1", "path-slashes"],
    ["https://example.com//a/b", "https://example.com/a/b", "path-slashes"],
    ["https://example.com/%7Ea?b=1", "https://example.com/~a?b=1", "path-encoding"],
    ["https://example.com/a?b=%7E1", "https://example.com/a?b=~1", "path-encoding"],
    ["https://example.com/~a", "https://example.com/%7Ea", "path-encoding"],
  ]) {
    const found = codes(received, body, sign(signed));
    assert.ok(found.some(([, detail]) => detail === signed), `${signed}: ${JSON.stringify(found)}`);
    if (!received.includes("?b")) assert.ok(found.some(([name]) => name === code), JSON.stringify(found));
  }
});

test("Meta's body written again where it had escaped an at sign is found", () => {
  const written = '{"object":"page","to":"a\\u0040b.example"}';
  const headers = { "X-Hub-Signature-256": `sha256=${createHmac("sha256", token).update(written).digest("hex")}` };
  const { changes } = diagnoseWebhook({ url, headers, body: JSON.stringify(JSON.parse(written)) }, { keys });
  assert.deepEqual(changes.map(({ code }) => code), ["body-reserialised"]);
});

test("the fragment of a configured address is not signed", async () => {
  for (const publicUrl of [`${url}#rc=2&rt=5000`, "https://example.com/hook#rc=2", "https://example.com#rc=2"]) {
    assert.equal((await verifyRequest(post("http://10.0.0.7:8080/hook?account=1"), { keys, publicUrl })).url, url);
  }
});

test("a form under bodySHA256 is verified over the address and its parameters, an empty one is not", () => {
  const hashed = `${url}&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620`;
  const given = (/** @type {string} */ form, /** @type {string} */ signed, more = {}) => ({ url: hashed, headers: { "X-Twilio-Signature": signed, ...more }, body: form });
  for (const more of [{}, { "Content-Type": FORM }]) {
    const { parameters, inbound } = verifyWebhook(given(body, sign(hashed), more), { keys, receivedAt });
    assert.equal(parameters.length, 5);
    assert.equal(inbound.events.length, 1);
    assert.throws(() => verifyWebhook(given(`${body}&x=1`, sign(hashed), more), { keys }), { code: "signature-mismatch" });
    // The address alone is signed: then the hash decides, whatever the body looks like.
    for (const form of ["", "&", body]) assert.throws(() => verifyWebhook(given(form, sign(hashed, ""), more), { keys }), { code: "body-hash-mismatch" });
  }
  assert.throws(() => verifyWebhook(given(body, sign(hashed), { "Content-Type": "application/json" }), { keys }), { code: "signature-mismatch" });
});

test("a template's id of nineteen digits is exact from the raw body", () => {
  const told = (/** @type {string} */ id) => {
    const value = `{"event":"APPROVED","message_template_id":${id},"message_template_name":"a 1234567890123456789 \\" b","message_template_language":"en_US","reason":"NONE"}`;
    const text = `{"object":"whatsapp_business_account","entry":[{"id":"1","time":1790000000,"changes":[{"field":"message_template_status_update","value":${value}}]}]}`;
    const headers = { "X-Hub-Signature-256": `sha256=${createHmac("sha256", token).update(text).digest("hex")}` };
    const { templateUpdates, problems } = verifyWebhook({ url, headers, body: text }, { keys, receivedAt }).inbound;
    return [templateUpdates[0].id, templateUpdates[0].name, problems.map(({ code }) => code)];
  };
  const name = 'a 1234567890123456789 " b';
  for (const id of ["1689556908129832", "9007199254740991", "9007199254740993", "1234567890123456789", '"1234567890123456789"']) {
    assert.deepEqual(told(id), [id.replaceAll('"', ""), name, []]);
  }
  // A float of that size tells no id.
  assert.deepEqual(told("1.234567890123456789e18"), ["", name, ["id-imprecise"]]);
});
