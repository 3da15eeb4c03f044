// Bad input is refused with a code, and opens no window. In how many steps: tests/wasm/steps.test.js.

import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { test } from "node:test";
import { ReplyWindowError, diagnoseWebhook, verifyRequest, verifyWebhook } from "../../www/index.js";
import { webhooks } from "../../www/engine/modules/webhooks.js";
import { createReceiver, memoryStore } from "../../www/server/index.js";

const TOKEN = "8f0c2d4b6a1e3f5907c8d2b4a6e1f305";
const keys = [TOKEN];
const url = "https://h.example/hook";
const body = "From=whatsapp%3A%2B15550109911&MessageSid=SM00000000000000000000000000000001&To=whatsapp%3A%2B15550100200&Body=Hi";
const sign = (address = url, form = body) => {
  const pairs = [...new URLSearchParams(form)].sort(([a], [b]) => (a < b ? -1 : 1));
  return createHmac("sha1", TOKEN).update(address + pairs.flat().join("")).digest("base64");
};
const signature = sign();
const FORM = "application/x-www-form-urlencoded";
const sha256 = (text) => createHash("sha256").update(text).digest("hex");
const hashed = (hash) => `${url}?bodySHA256=${hash}`;

/** What is sent, and the code it is refused with. @type {[string, string, { url?: string, headers?: any, body?: any }][]} */
const BAD = [
  ["no signature", "signature-missing", { headers: {} }],
  ["an empty signature", "signature-missing", { headers: { "x-twilio-signature": "" } }],
  ["two signatures", "signature-multiple", { headers: [["x-twilio-signature", signature], ["x-twilio-signature", signature]] }],
  ["two signatures in one header", "signature-multiple", { headers: { "x-twilio-signature": `${signature}, ${signature}` } }],
  ["signatures of two providers", "signature-multiple", { headers: { "x-twilio-signature": signature, "x-hub-signature-256": `sha256=${"0".repeat(64)}` } }],
  ["base64 without padding", "signature-malformed", { headers: { "x-twilio-signature": signature.slice(0, -1) } }],
  ["base64 for URLs", "signature-malformed", { headers: { "x-twilio-signature": `-_${signature.slice(2)}` } }],
  ["non-canonical base64: the same bytes in another spelling", "signature-mismatch", {
    headers: { "x-twilio-signature": signature.replace(/(.)=$/, (_, last) => `${String.fromCharCode(last.charCodeAt(0) + 1)}=`) } }],
  ["a signature with white space", "signature-malformed", { headers: { "x-twilio-signature": ` ${signature}` } }],
  ["10 MB", "body-too-large", { body: new Uint8Array(10_000_000) }],
  ["10 MB of text", "body-too-large", { body: "a".repeat(10_000_000) }],
  ["broken percent escapes", "signature-mismatch", { body: "a=%&b=%4&c=%zz&%=%" }],
  ["a body of broken escapes", "signature-mismatch", { body: `a=${"%".repeat(200_000)}` }],
  ["many pairs", "signature-mismatch", { body: "b=&a=1&".repeat(37_000) }],
  ["a long address", "signature-mismatch", { url: `${url}?${"a=1&".repeat(16_000)}` }],
  ["an address of 4 MB", "url-too-long", { url: `${url}?${"a=1&".repeat(1 << 20)}` }],
  ["an address of 4 MB in another spelling", "url-too-long", { url: `${url}?${"%41&".repeat(1 << 20)}` }],
  ["an address longer than any text that is taken", "url-too-long", { url: `${url}?${"a".repeat(9 << 20)}` }],
  ["a long address that grows where it is escaped, and a long form", "signature-mismatch", { url: `${url}/${'"'.repeat(15_000)}`, body: `a=${"b".repeat(260_000)}` }],
  ["a long path of slashes and dots", "signature-mismatch", { url: `${url}${"/../.".repeat(13_000)}` }],
  ["another content type", "content-type-unsupported", { headers: { "x-twilio-signature": sign(url, ""), "content-type": "application/json" }, body: "{}" }],
  ["JSON as a form", "pair-without-equals", { headers: { "x-twilio-signature": sign(url, "") }, body: "{}" }],
  ["bodySHA256, and no body", "body-hash-mismatch", { url: hashed(sha256("{}")), headers: { "x-twilio-signature": sign(hashed(sha256("{}")), "") }, body: undefined }],
  ["bodySHA256 of another body", "body-hash-mismatch", { url: hashed(sha256("[]")), headers: { "x-twilio-signature": sign(hashed(sha256("[]")), "") }, body: "{}" }],
  ["bodySHA256 that is empty", "body-hash-mismatch", { url: hashed(""), headers: { "x-twilio-signature": sign(hashed(""), "") }, body: "{}" }],
  ["two bodySHA256", "body-hash-conflict", { url: `${hashed("a")}&bodySHA256=b`, body: "{}" }],
  ["a pair without an equals sign", "pair-without-equals", { body: "Tox" }],
  ["a pair without a name", "pair-without-name", { body: "=x" }],
  ["an address that is none", "signature-mismatch", { url: "http://[" }],
  ["no address", "signature-mismatch", { url: "" }],
  ["a lone surrogate", "signature-mismatch", { url: "https://h.example/\ud800", body: "a=\udc00" }],
  ["a settings header that nobody configured", "shared-key-unknown", { headers: { "x-twilio-signature": signature, "x-twilio-webhooks-signature-settings": "key=k,algorithm=HMAC_SHA1" } }],
  ["a malformed signature of Meta", "signature-malformed", { headers: { "x-hub-signature-256": "sha1=0" } }],
];

test("every bad request is refused with its code, on the general and on the fast way", () => {
  verifyWebhook({ url, headers: { "x-twilio-signature": signature }, body }, { keys });
  for (const [what, code, { ...bad }] of BAD) {
    const request = { url, headers: { "x-twilio-signature": signature }, body, ...bad };
    for (const list of [[TOKEN], keys, keys]) {
      assert.throws(() => verifyWebhook(request, { keys: list }), (error) => error instanceof ReplyWindowError && error.code === code
        || assert.fail(`${what}: ${error?.code ?? error}, not ${code}`));
    }
  }
});

test("an address that escaping makes nine times as long is taken on both ways, and written into the engine's buffer alone", () => {
  const list = [TOKEN];
  const long = { url: `${url}/${"é".repeat(7_000)}`, body: `a=${"b".repeat(60_000)}` };
  const headers = { "x-twilio-signature": sign(new URL(long.url).href, long.body) };
  for (let round = 0; round < 3; round += 1) assert.equal(verifyWebhook({ ...long, headers }, { keys: list }).parameters.length, 1);
  // Below the engine's data lies its stack, whose depths nothing has used.
  const depths = () => Buffer.from(webhooks.memory().buffer, 0, 200_000);
  const before = Buffer.from(depths());
  assert.throws(() => verifyWebhook({ ...long, headers: { "x-twilio-signature": signature } }, { keys: list }), { code: "signature-mismatch" });
  assert.ok(depths().equals(before));
});

test("the fast way names what a refusal is about as the general one does", () => {
  for (const [what, code, { ...bad }] of BAD) {
    const request = { url, headers: { "x-twilio-signature": signature }, body, ...bad };
    const told = [[TOKEN], keys].map((list) => {
      try {
        return verifyWebhook(request, { keys: list });
      } catch ({ code, field, message }) {
        return { code, field, message };
      }
    });
    assert.deepEqual(told[0], told[1], `${what} ${code}`);
  }
});

test("diagnosing a bad request answers, and throws nothing", () => {
  for (const [what, code, { ...bad }] of BAD) {
    const found = diagnoseWebhook({ url, headers: { "x-twilio-signature": signature }, body, ...bad }, { keys });
    assert.equal(found.verified, false, what);
    assert.equal(found.refusal?.code, code, what);
    assert.ok(!JSON.stringify(found).includes(TOKEN));
  }
});

test("whatever the arguments are, nothing but the package's error is thrown", async () => {
  const junk = [undefined, null, 0, "", "x", [], {}, () => {}, Symbol("s"), 5n, NaN, new Map(), new Proxy({}, { get() { throw new Error("trap"); }, ownKeys() { throw new Error("trap"); } })];
  const good = { url, headers: { "x-twilio-signature": signature }, body };
  const requests = [...junk, ...junk.map((value) => ({ ...good, url: value })), ...junk.map((value) => ({ ...good, headers: value })), ...junk.map((value) => ({ ...good, body: value }))];
  const givens = [...junk, ...junk.map((value) => ({ keys: value })), ...junk.map((value) => ({ keys: [value] })), ...junk.map((value) => ({ keys: () => value })), ...junk.map((value) => ({ keys, receivedAt: value }))];
  const only = (error) => assert.ok(error instanceof ReplyWindowError, String(error?.stack ?? error));
  for (const [request, given] of [...requests.map((request) => [request, { keys }]), ...givens.map((given) => [good, given])]) {
    for (const work of [verifyWebhook, diagnoseWebhook]) {
      try {
        work(request, given);
      } catch (error) {
        only(error);
      }
    }
    await verifyRequest(new Request(url), given).catch(only);
  }
});

test("bytes that were transferred elsewhere are refused, as a body and as a key", () => {
  const gone = () => {
    const bytes = new TextEncoder().encode(body);
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
    return bytes;
  };
  const good = { url, headers: { "x-twilio-signature": signature }, body };
  for (const work of [verifyWebhook, diagnoseWebhook]) {
    assert.throws(() => work({ ...good, body: gone() }, { keys }), { name: "ReplyWindowError", code: "bad-body" });
  }
  for (const key of [gone(), { secret: gone() }]) assert.throws(() => verifyWebhook(good, { keys: [key] }), { name: "ReplyWindowError", code: "key-empty" });
  // What a class of the caller's says of its length does not count.
  class Small extends Uint8Array { get byteLength() { return 1; } }
  assert.throws(() => verifyWebhook({ ...good, body: new Small(300_000) }, { keys }), { name: "ReplyWindowError", code: "body-too-large" });
  class Trap extends Uint8Array { get byteLength() { throw new Error("trap"); } }
  assert.throws(() => verifyWebhook({ ...good, body: new Trap(3) }, { keys }), { name: "ReplyWindowError" });
});

test("a Request that cannot be read is refused, as is what only looks like one", async () => {
  const post = () => new Request(url, { method: "POST", headers: { "x-twilio-signature": signature }, body });
  const locked = post();
  locked.body?.getReader();
  await assert.rejects(verifyRequest(locked, { keys }), { name: "ReplyWindowError", code: "body-unreadable" });
  const texts = new Request(url, { method: "POST", duplex: "half", headers: { "x-twilio-signature": signature }, body: new ReadableStream({ start(controller) { controller.enqueue("text"); controller.close(); } }) });
  await assert.rejects(verifyRequest(texts, { keys }), { name: "ReplyWindowError", code: "body-unreadable" });
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  for (const value of [new Proxy(post(), {}), Object.create(Request.prototype), revoked.proxy, null, 5, { url, headers: {}, body }]) {
    await assert.rejects(verifyRequest(value, { keys }), { name: "ReplyWindowError" });
  }
});

test("an account that is no text chooses no keys, and throws nothing", () => {
  const headers = { "x-twilio-signature": signature };
  for (const account of ['{"toString":1,"valueOf":1}', "[[[]]]", "5", "null"]) {
    for (const text of [`{"AccountSid":${account}}`, `[{"data":{"accountSid":${account}}}]`]) {
      const asked = [];
      assert.throws(() => verifyWebhook({ url, headers, body: text }, { keys: (sid) => void asked.push(sid) }), { name: "ReplyWindowError", code: "key-missing" }, text);
      assert.deepEqual(asked, [undefined], text);
    }
  }
});

test("hosts that are no list of texts are refused", () => {
  const trap = new Proxy([], { get() { throw new Error("trap"); } });
  for (const hosts of [trap, new Headers(), "h.example", [5], { length: 1e9 }]) {
    assert.throws(() => diagnoseWebhook({ url, headers: {}, body }, { keys, hosts }), { name: "ReplyWindowError" });
  }
});

test("no bad request opens a window", async () => {
  const store = memoryStore();
  const receiver = createReceiver({ keys, store, log: () => {} });
  for (const [what, , { ...bad }] of BAD) {
    const request = { url, headers: { "x-twilio-signature": signature }, body, ...bad };
    let sent;
    try {
      sent = new Request(request.url, { method: "POST", headers: request.headers, body: request.body ?? null });
    } catch {
      continue;
    }
    if (!sent.headers.has("content-type")) sent.headers.set("content-type", FORM);
    const { status } = await receiver.fetch(sent);
    assert.ok(status >= 400 && status < 500, `${what}: ${status}`);
  }
  for await (const window of store.windows()) assert.fail(JSON.stringify(window));
  const good = new Request(url, { method: "POST", headers: { "x-twilio-signature": signature, "content-type": FORM }, body });
  assert.equal((await receiver.fetch(good)).status, 200);
  let windows = 0;
  for await (const _ of store.windows()) windows += 1;
  assert.equal(windows, 1);
});

test("a refused signature notes no stack, and leaves what the page or the process noted as it was", () => {
  const keys = ["secret"];
  const request = { url: "https://example.com/hook", headers: { "x-twilio-signature": "A".repeat(27) + "=" }, body: "Body=Hi" };
  const refused = () => {
    try {
      verifyWebhook(request, { keys });
    } catch (error) {
      return /** @type {any} */ (error);
    }
    throw new Error("it was accepted");
  };
  const before = Error.stackTraceLimit;
  // The first goes the general way: the list is new.
  refused();
  const error = refused();
  assert.ok(error instanceof Error && error.code === "signature-mismatch" && error.field === "signature");
  assert.doesNotMatch(String(error.stack), /\n/);
  assert.equal(Error.stackTraceLimit, before);
  Object.defineProperty(Error, "stackTraceLimit", { writable: false });
  try {
    assert.equal(refused().code, "signature-mismatch");
  } finally {
    Object.defineProperty(Error, "stackTraceLimit", { writable: true });
  }
});
