// Which keys verify: by account, by provider, derived, kept in the engine; and what is told about those that do not.

import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { afterEach, test } from "node:test";
import { deriveKey, diagnoseWebhook, handshake, verifyRequest, verifyWebhook } from "../../www/index.js";
import { WORDS } from "../../www/engine/diagnosis-words.js";
import { webhooks } from "../../www/engine/modules/webhooks.js";
import * as glue from "../../www/pkg/webhooks.js";
import { readFileSync } from "node:fs";

const TOKEN = "8f0c2d4b6a1e3f5907c8d2b4a6e1f305";
const OTHER = "0123456789abcdef0123456789abcdef";
const A = `AC${"a".repeat(32)}`;
const B = `AC${"b".repeat(32)}`;
const url = "https://h.example/hook";
const sign = (body, { token = TOKEN, address = url, hash = "sha1" } = {}) => {
  const pairs = [...new URLSearchParams(body)].sort(([a], [b]) => (a < b ? -1 : 1));
  return createHmac(hash, token).update(address + pairs.flat().join("")).digest("base64");
};
const request = (body, options = {}) => ({ url: options.url ?? url, headers: { "X-Twilio-Signature": sign(body, options), "Content-Type": "application/x-www-form-urlencoded", ...options.headers }, body });
const body = `AccountSid=${A}&Body=Hi`;

let putBack = () => {};
afterEach(() => putBack());

test("keys are looked up by the account that the request names", async () => {
  const asked = [];
  const keys = (sid) => (asked.push(sid), { [A]: [TOKEN], [B]: [OTHER] }[sid]);
  assert.equal(verifyWebhook(request(body), { keys }).key, 0);
  assert.equal(verifyWebhook(request(`Body=Hi&AccountSid=${B}`, { token: OTHER }), { keys }).key, 0);
  assert.throws(() => verifyWebhook(request(body, { token: OTHER }), { keys }), { code: "signature-mismatch" });
  assert.throws(() => verifyWebhook(request("Body=Hi"), { keys }), { code: "key-missing" });
  assert.throws(() => verifyWebhook(request("AccountSid=__proto__"), { keys }), { code: "key-missing" });
  assert.deepEqual(asked, [A, B, A, undefined, undefined]);
  const both = `AccountSid=${B}&AccountSid=${A}`;
  assert.throws(() => verifyWebhook(request(both, { token: OTHER }), { keys }), { code: "account-ambiguous" });
  assert.throws(() => verifyWebhook(request(body, { address: `${url}?AccountSid=${B}`, url: `${url}?AccountSid=${B}` }), { keys }), { code: "account-ambiguous" });
  assert.throws(() => verifyWebhook(request(body), { keys: () => { throw new Error(TOKEN); } }), (error) => error.code === "key-lookup-failed" && !error.message.includes(TOKEN));
  const post = () => new Request(url, { method: "POST", headers: request(body).headers, body });
  assert.equal((await verifyRequest(post(), { keys: async (sid) => keys(sid) })).key, 0);
  await assert.rejects(verifyRequest(post(), { keys: async () => { throw new Error("down"); } }), { code: "key-lookup-failed" });
  assert.throws(() => verifyWebhook(request(body), { keys: /** @type {any} */ (async () => [TOKEN]) }), { code: "wrong-type" });
});

test("one reader decides what a body is, for the look-up and for the verification", () => {
  const asked = [];
  const keys = (sid) => (asked.push(sid), { [A]: [TOKEN], [B]: [OTHER] }[sid]);
  const jsonLike = `{"x":1}=&AccountSid=${B}`;
  const named = `${url}?AccountSid=${A}`;
  for (const form of [jsonLike, ` ${jsonLike}`, `[=&AccountSid=${B}`]) {
    assert.throws(() => verifyWebhook(request(form, { address: named, url: named }), { keys }), { code: "account-ambiguous" }, form);
  }
  assert.equal(verifyWebhook(request(jsonLike, { token: OTHER }), { keys }).key, 0);
  assert.equal(verifyWebhook(request(`AccountSid=${A}%20&Body=Hi`), { keys }).key, 0);
  assert.throws(() => verifyWebhook(request(`AccountSid=${A}&AccountSid=${B}%20`), { keys }), { code: "account-ambiguous" });
  const event = (data) => {
    const json = JSON.stringify([{ specversion: "1.0", type: "com.twilio.messaging.inbound-message.received", ...data }]);
    const address = `${url}?bodySHA256=${createHash("sha256").update(json).digest("hex")}`;
    return { url: address, headers: { "X-Twilio-Signature": createHmac("sha1", TOKEN).update(address).digest("base64"), "Content-Type": "application/json" }, body: json };
  };
  for (const data of [{ AccountSid: A }, { data: { AccountSid: A } }, { data: { accountSid: A } }, { data: { account_sid: A } }]) {
    assert.equal(verifyWebhook(event(data), { keys }).source, "twilio-events");
  }
  assert.throws(() => verifyWebhook(event({ data: { AccountSid: A, accountSid: B } }), { keys }), { code: "account-ambiguous" });
  assert.deepEqual(asked, [B, A, A, A, A, A]);
});

test("a key speaks for the addresses that it names, and no other key of the list for those", () => {
  const ours = "+15550100200";
  const message = (to, token) => request(`AccountSid=${A}&MessageSid=SM${"1".repeat(32)}&From=whatsapp:%2B15550109911&To=whatsapp:${encodeURIComponent(to)}&Body=Hi&SmsStatus=received`, { token });
  const status = (from, token) => request(`AccountSid=${A}&MessageSid=SM${"1".repeat(32)}&From=whatsapp:${encodeURIComponent(from)}&To=whatsapp:%2B15550109911&MessageStatus=undelivered&ErrorCode=63016`, { token });
  const refused = { code: "address-not-of-key", field: "keys" };
  for (const addresses of [[ours], [`whatsapp:${ours}`], ["+15550100201", ours]]) {
    const keys = [{ secret: TOKEN, addresses }, OTHER];
    for (let round = 0; round < 3; round += 1) {
      for (const about of [message, status]) {
        assert.equal(verifyWebhook(about(ours, TOKEN), { keys }).key, 0);
        assert.throws(() => verifyWebhook(about("+15550100299", TOKEN), { keys }), refused);
        assert.throws(() => verifyWebhook(about(ours, OTHER), { keys }), refused);
        assert.equal(verifyWebhook(about("+15550100299", OTHER), { keys }).key, 1);
      }
    }
    assert.equal(verifyWebhook(message(ours, TOKEN), { keys: (sid) => (sid === A ? keys : []) }).key, 0);
  }
  assert.equal(verifyWebhook(message(ours, OTHER), { keys: [TOKEN, OTHER] }).key, 1);
  for (const [addresses, code] of [[ours, "wrong-type"], [[5], "wrong-type"], [new Proxy([], { get() { throw new Error("trap"); } }), "not-plain-data"]]) {
    assert.throws(() => verifyWebhook(message(ours, TOKEN), { keys: [{ secret: TOKEN, addresses }] }), { code });
  }
});

test("a list of keys that changes is taken as it is now", () => {
  const keys = [TOKEN];
  for (let round = 0; round < 3; round += 1) assert.equal(verifyWebhook(request(body), { keys }).key, 0);
  keys[0] = OTHER;
  assert.throws(() => verifyWebhook(request(body), { keys }), { code: "signature-mismatch" });
  keys.push(TOKEN);
  assert.equal(verifyWebhook(request(body), { keys }).key, 1);
  assert.throws(() => verifyWebhook(request(body), { keys, requireSharedKey: true }), { code: "shared-key-required" });
  const objects = [{ secret: TOKEN }];
  for (let round = 0; round < 3; round += 1) verifyWebhook(request(body), { keys: objects });
  objects[0].secret = OTHER;
  assert.throws(() => verifyWebhook(request(body), { keys: objects }), { code: "signature-mismatch" });
  const bytes = new TextEncoder().encode(TOKEN);
  const wiped = [bytes];
  for (let round = 0; round < 3; round += 1) verifyWebhook(request(body), { keys: wiped });
  bytes.fill(0);
  assert.throws(() => verifyWebhook(request(body), { keys: wiped }), { code: "signature-mismatch" });
});

test("after a crash the kept keys are put back", () => {
  const keys = [TOKEN];
  for (let round = 0; round < 3; round += 1) verifyWebhook(request(body), { keys });
  for (const broken of ["verifyScratch", "scratchPointer", "readScratch", "scratchText", "scratchLengths", "scratchInbound"]) {
    putBack = webhooks.replace({ ...glue, [broken]: () => { throw new WebAssembly.RuntimeError("unreachable"); } });
    assert.throws(() => {
      const [webhook] = [1, 2].map(() => verifyWebhook(request(body), { keys }));
      const { parameters, inbound } = webhook;
      return [parameters, inbound];
    }, { code: "engine-crashed" }, broken);
    putBack();
    for (let round = 0; round < 2; round += 1) assert.equal(verifyWebhook(request(body), { keys }).key, 0, broken);
    assert.throws(() => verifyWebhook(request(body, { token: OTHER }), { keys }), { code: "signature-mismatch" });
  }
});

test("more lists than are kept, all answer", () => {
  const lists = Array.from({ length: 200 }, (_, index) => [`token ${index}`]);
  for (let round = 0; round < 3; round += 1) {
    for (const keys of lists) assert.equal(verifyWebhook(request(body, { token: keys[0] }), { keys }).key, 0);
  }
});

test("the fast way tells the spelling that was signed, as the general one does", () => {
  for (const [received, signed] of [[url, url], [url, "https://h.example:443/hook"], ["https://h.example:8443/hook", url], ["https://h.example:8443/hook", "https://h.example:8443/hook"],
    ["https://H.example/it's", "https://h.example/it's"], ["https://u:p@h.example:1/", "https://u:p@h.example/"], ["http://[::1]:8/", "http://[::1]/"]]) {
    const keys = [TOKEN];
    for (let round = 0; round < 3; round += 1) {
      assert.equal(verifyWebhook(request(body, { url: received, address: signed }), { keys }).url, signed);
    }
  }
});

test("the fast way reads a webhook as the general one does", () => {
  const { cases } = JSON.parse(readFileSync(new URL("../vectors/inbound.json", import.meta.url), "utf8"));
  const forms = cases.map(({ input }) => input?.parameters).filter((parameters) => parameters?.length > 0);
  forms.push([{ name: "Body", value: "مرحبا 🙏\u0000 é" }, { name: "😀", value: "" }]);
  assert.ok(forms.length > 40);
  const kept = [TOKEN];
  verifyWebhook(request(body), { keys: kept });
  for (const parameters of forms) {
    const form = new URLSearchParams(parameters.map(({ name, value }) => [name, value])).toString();
    const read = (keys) => verifyWebhook(request(form), { keys, receivedAt: 1_700_000_000_000 });
    const fast = read(kept);
    assert.deepEqual(fast, read([TOKEN]));
    assert.deepEqual(fast.parameters, parameters);
  }
});

test("what a webhook says is read when it is asked for, from the bytes that were verified", () => {
  const kept = [TOKEN];
  const receivedAt = 1_700_000_000_000;
  const form = (text) => new TextEncoder().encode(`MessageSid=SM${"1".repeat(32)}&From=whatsapp%3A%2B15550100300&To=whatsapp%3A%2B15550100200&Body=${text}`);
  const signed = (bytes) => ({ ...request(new TextDecoder().decode(bytes)), body: bytes });
  for (const keys of [kept, kept, kept, [TOKEN]]) {
    const bytes = form("first");
    const webhook = verifyWebhook(signed(bytes), { keys, receivedAt });
    const expected = verifyWebhook(signed(form("first")), { keys: [TOKEN], receivedAt });
    // The caller's bytes change, others are verified and refused, and the engine crashes.
    bytes.fill(65);
    assert.equal(verifyWebhook(signed(form("second")), { keys }).key, 0);
    assert.throws(() => verifyWebhook(request("Body=third", { token: OTHER }), { keys }), { code: "signature-mismatch" });
    putBack = webhooks.replace({ ...glue, scratchText: () => { throw new WebAssembly.RuntimeError("unreachable"); }, parseInbound: () => { throw new WebAssembly.RuntimeError("unreachable"); } });
    assert.throws(() => webhooks.call("parseInbound", {}), { code: "engine-crashed" });
    putBack();
    assert.equal(webhook.parameters[3].value, "first");
    // What was handed out is the caller's to change.
    webhook.parameters[3].value = "changed";
    webhook.parameters.length = 1;
    assert.equal(webhook.inbound.messages[0].id, `SM${"1".repeat(32)}`);
    assert.deepEqual(webhook.inbound, expected.inbound);
    assert.equal(webhook.inbound, webhook.inbound);
    assert.equal(webhook.parameters, webhook.parameters);
    const told = JSON.parse(JSON.stringify(webhook));
    assert.deepEqual(Object.keys(told), ["source", "key", "url", "parameters", "inbound"]);
    assert.deepEqual(told.inbound, JSON.parse(JSON.stringify(expected.inbound)));
  }
});

test("a form is read again only where another one was verified in between", () => {
  const kept = [TOKEN];
  for (let round = 0; round < 3; round += 1) verifyWebhook(request(body), { keys: kept });
  let read = 0;
  const { readScratch } = glue;
  putBack = webhooks.replace({ ...glue, readScratch: (length) => {
    read += 1;
    return readScratch(length);
  } });
  const all = ({ parameters, inbound, source }) => [parameters, inbound, source];
  const first = verifyWebhook(request(body), { keys: kept });
  all(first);
  all(first);
  assert.equal(read, 0, "the last one");
  const [one, two] = [1, 2].map(() => verifyWebhook(request(body), { keys: kept }));
  all(one);
  assert.equal(read, 1, "another one was the last");
  all(two);
  assert.equal(read, 2, "and is no longer");
  const late = verifyWebhook(request(body), { keys: kept });
  assert.throws(() => verifyWebhook(request(body, { token: OTHER }), { keys: kept }), { code: "signature-mismatch" });
  assert.deepEqual(all(late), all(first));
  assert.equal(read, 3, "one was refused in between");
  putBack();
});

test("Meta's signature is taken by the same function", () => {
  const json = readFileSync(new URL("../vectors/examples/meta-inbound-text.json", import.meta.url), "utf8");
  const payload = JSON.stringify(JSON.parse(json).payload ?? JSON.parse(json));
  const header = (secret) => `sha256=${createHmac("sha256", secret).update(payload).digest("hex")}`;
  const meta = (secret, sent = payload) => ({ url: "https://h.example/meta", headers: { "X-Hub-Signature-256": header(secret), "Content-Type": "application/json" }, body: sent });
  const shared = { id: "webhooks_sharedkey_1", secret: "app secret", algorithm: "HMAC_SHA256" };
  const verified = verifyWebhook(meta("app secret"), { keys: [shared, { derived: deriveKey(TOKEN).key }, "app secret"] });
  assert.equal(verified.source, "meta");
  assert.equal(verified.key, 2);
  assert.equal(verified.inbound.events.length, 1);
  const { key } = deriveKey("app secret", { algorithm: "HMAC_SHA256" });
  assert.equal(verifyWebhook(meta("app secret"), { keys: [{ derived: key }] }).key, 0);
  assert.equal(verifyWebhook(meta("app secret"), { keys: [{ secret: "app secret" }] }).key, 0);
  assert.throws(() => verifyWebhook(meta("app secret"), { keys: [shared] }), { code: "key-missing" });
  assert.throws(() => verifyWebhook(meta("app secret"), { keys: ["app secret"], requireSharedKey: true }), { code: "shared-key-required" });
  assert.throws(() => verifyWebhook(meta("another"), { keys: ["app secret"] }), { code: "signature-mismatch" });
  assert.throws(() => verifyWebhook(meta("app secret", `${payload} `), { keys: ["app secret"] }), { code: "signature-mismatch" });
  const codes = (given, keys, more = {}) => diagnoseWebhook(given, { keys, ...more }).changes.map(({ code }) => code);
  assert.deepEqual(codes(meta("app secret", JSON.stringify(JSON.parse(payload), null, 1)), ["app secret"]), ["body-reserialised"]);
  assert.deepEqual(codes(meta("app secret"), ["new secret"], { previousKeys: ["app secret"] }), ["previous-key"]);
  assert.deepEqual(codes(meta("app secret"), ["app secret\n"]), ["key-line-end"]);
});

test("Meta's handshake is answered only to whoever knows the token", () => {
  const ask = (query) => handshake(`https://h.example/meta?${query}`, { verifyToken: "sésame" });
  const good = `hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${encodeURIComponent("sésame")}`;
  assert.equal(ask(good), "1158201444");
  for (const bad of ["", good.replace("subscribe", "unsubscribe"), good.replace("same", "sam"), good.replace("same", "samee"), `${good}&hub.challenge=1`, `${good}&hub.verify_token=x`,
    good.replace("1158201444", "%3Cscript%3E"), good.replace("hub.challenge=1158201444&", "")]) {
    assert.throws(() => ask(bad), { name: "ReplyWindowError", code: "handshake-refused" }, bad);
  }
  assert.throws(() => handshake("https://h.example/?hub.mode=subscribe&hub.challenge=1&hub.verify_token=", { verifyToken: "" }), { code: "key-empty" });
});

test("X-Forwarded-* count only when asked for", async () => {
  const post = (headers) => new Request("http://10.0.0.7:8080/hook", { method: "POST", headers: { ...request(body).headers, ...headers }, body });
  const forwarded = { "X-Forwarded-Proto": "https", "X-Forwarded-Host": "h.example" };
  await assert.rejects(verifyRequest(post(forwarded), { keys: [TOKEN] }), { code: "signature-mismatch" });
  assert.equal((await verifyRequest(post(forwarded), { keys: [TOKEN], trustForwarded: true })).url, url);
  assert.equal((await verifyRequest(post({ ...forwarded, "X-Forwarded-Port": "443" }), { keys: [TOKEN], trustForwarded: true })).url, url);
  await assert.rejects(verifyRequest(post(forwarded), { keys: [TOKEN], trustForwarded: true, publicUrl: "https://another.example" }), { code: "signature-mismatch" });
  for (const bad of [{ "X-Forwarded-Proto": "https, http" }, { "X-Forwarded-Host": "h.example/x?" }, { "X-Forwarded-Host": "a, b" }, { "X-Forwarded-Proto": "gopher" }, { "X-Forwarded-Port": "x" }]) {
    await assert.rejects(verifyRequest(post({ ...forwarded, ...bad }), { keys: [TOKEN], trustForwarded: true }), { code: "forwarded-malformed" });
  }
  const found = diagnoseWebhook({ url: "http://10.0.0.7:8080/hook", headers: post(forwarded).headers, body }, { keys: [TOKEN] });
  assert.deepEqual(found.changes.map(({ code, detail }) => [code, detail]), [["forwarded-address", url]]);
});

test("a diagnosis says which single change would have matched, in two languages, without a key", () => {
  const cases = [
    [{ address: url, url: "http://h.example/hook" }, { keys: [TOKEN] }, "scheme"],
    [{ address: url, url: "https://inside.example/hook" }, { keys: [TOKEN], hosts: ["h.example"] }, "host"],
    [{ address: url, url: "https://inside.example/hook", headers: { Host: "h.example" } }, { keys: [TOKEN] }, "host"],
    [{ address: url, url: "http://localhost:3000/hook" }, { keys: [TOKEN], hosts: ["h.example"] }, "host"],
    [{ address: url, url: "http://10.0.0.7:8080/hook", headers: { Host: "h.example" } }, { keys: [TOKEN] }, "host"],
    [{ address: url, url: "http://h.example/hook", headers: { Host: "h.example" } }, { keys: [TOKEN] }, "scheme"],
    [{ address: "https://h.example:8443/hook", url }, { keys: [TOKEN], hosts: ["h.example:8443"] }, "port"],
    [{ address: `${url}/`, url }, { keys: [TOKEN] }, "path-slash"],
    [{ address: `${url}?a=b%20c&d`, url: `${url}?a=b+c&d` }, { keys: [TOKEN] }, "query-encoding"],
    [{}, { keys: [`${TOKEN}\n`] }, "key-line-end"],
    [{}, { keys: [OTHER], previousKeys: [TOKEN] }, "previous-key"],
  ];
  for (const [options, given, code] of cases) {
    const found = diagnoseWebhook(request(body, options), given);
    assert.equal(found.verified, false, code);
    assert.equal(found.refusal?.code, "signature-mismatch");
    assert.deepEqual(found.changes.map((change) => change.code), [code]);
    for (const { sentence } of found.changes) assert.ok(/[a-z]\./.test(sentence.en) && /[\u0600-\u06ff]/.test(sentence.ar), code);
    assert.ok(!JSON.stringify(found).includes(TOKEN), code);
  }
  assert.deepEqual(diagnoseWebhook(request(body), { keys: [`${TOKEN}\n`] }).findings.map(({ key, code }) => [key, code]), [[0, "key-white-space"], [0, "key-not-32-hex"]]);
  assert.deepEqual(diagnoseWebhook(request(body), { keys: [TOKEN] }), { verified: true, key: 0, changes: [], findings: [] });
  const parsed = { AccountSid: A, Body: ["Hi", "there"], NumMedia: 0 };
  const whole = request(`AccountSid=${A}&Body=Hi&Body=there&NumMedia=0`);
  for (const type of ["application/json", "application/x-www-form-urlencoded"]) {
    const found = diagnoseWebhook({ ...whole, headers: { ...whole.headers, "Content-Type": type }, body: JSON.stringify(parsed) }, { keys: [TOKEN] });
    assert.deepEqual(found.changes.map(({ code }) => code), ["body-reserialised"], type);
  }
  assert.deepEqual(diagnoseWebhook({ ...whole, body: JSON.stringify({ ...parsed, Body: "Ho" }) }, { keys: [TOKEN] }).changes, []);
  for (const odd of ["{", "{}", '{"a":{"toString":1}}', '{"a":[[1]]}', "{".repeat(100_000)]) assert.equal(diagnoseWebhook({ ...whole, body: odd }, { keys: [TOKEN] }).verified, false);
  const leaking = diagnoseWebhook(request(body, { address: `${url}/?k=${TOKEN}`, url: `${url}?k=${TOKEN}` }), { keys: [TOKEN] });
  assert.deepEqual(leaking.changes.map(({ code, detail }) => [code, detail]), [["path-slash", `${url}/?k=…`]]);
  assert.ok(!JSON.stringify(leaking).includes(TOKEN));
});

test("a body that something read before is told of, and where it is what its hash was signed of", () => {
  const none = { ...request(body), body: "" };
  for (const framing of [{ "Content-Length": String(body.length) }, { "content-length": "5" }, { "Transfer-Encoding": "gzip, chunked" }]) {
    for (const empty of ["", undefined, new Uint8Array()]) {
      const found = diagnoseWebhook({ ...none, headers: { ...none.headers, ...framing }, body: empty }, { keys: [TOKEN] });
      assert.equal(found.verified, false);
      assert.deepEqual(found.changes.map(({ code }) => code), ["body-missing"]);
      assert.match(found.changes[0].sentence.en, /bytes.* as they arrived/);
    }
  }
  const meta = { url, headers: { "X-Hub-Signature-256": `sha256=${"0".repeat(64)}`, "Content-Length": "2" } };
  assert.deepEqual(diagnoseWebhook(meta, { keys: [TOKEN] }).changes.map(({ code }) => code), ["body-missing"]);
  const hashed = request("", { address: `${url}?bodySHA256=${"0".repeat(64)}`, url: `${url}?bodySHA256=${"0".repeat(64)}` });
  const found = diagnoseWebhook({ ...hashed, headers: { ...hashed.headers, "Content-Length": "2" } }, { keys: [TOKEN] });
  assert.deepEqual([found.refusal?.code, ...found.changes.map(({ code }) => code)], ["body-hash-mismatch", "body-missing"]);
  // A request without a body, or with the one it tells of, or that nobody signed.
  for (const [changes, headers] of [[{ body: "" }, { "Content-Length": "0" }], [{ body: "" }, {}], [{ body: "a=2" }, { "Content-Length": "3" }]]) {
    const other = { ...none, ...changes, headers: { ...none.headers, ...headers } };
    assert.deepEqual(diagnoseWebhook(other, { keys: [TOKEN] }).changes, []);
  }
  assert.deepEqual(diagnoseWebhook({ url, headers: { "Content-Length": "5" } }, { keys: [TOKEN] }).changes, []);
});

test("all empty parameters that a framework dropped are named", () => {
  const sent = "Body=&From=a&Label=&Latitude=1&Longitude=2&Address=&ProfileName=&To=b";
  const found = diagnoseWebhook({ ...request(sent), body: "From=a&Latitude=1&Longitude=2&To=b" }, { keys: [TOKEN] });
  assert.deepEqual(found.changes.map(({ code, detail }) => [code, detail]), [["parameters-dropped", "Body, ProfileName, Address, Label"]]);
  for (const language of ["en", "ar"]) assert.ok(found.changes[0].sentence[language].includes("Body, ProfileName, Address, Label"));
});

test("every code of the engine has its sentences, and every sentence with a detail has its slot", () => {
  const source = (name) => readFileSync(new URL(`../../src/${name}`, import.meta.url), "utf8");
  const union = /export interface Diagnosis \{[^]*?detail/.exec(source("wire/types/webhook.d.ts"))?.[0] ?? "";
  const codes = [...union.matchAll(/"([a-z-]+)"/g), ...source("signing/refusal.rs").matchAll(/= "([a-z-]+)", "/g), ...source("signing/key.rs").matchAll(/=> "(key-[a-z0-9-]+)"/g)].map(([, code]) => code);
  assert.ok(codes.length > 35);
  for (const code of codes) assert.ok(WORDS[code], code);
  for (const [code, [en, ar]] of Object.entries(WORDS)) {
    assert.equal(en.includes("{detail}"), ar.includes("{detail}"), code);
    assert.match(ar, /[\u0600-\u06ff]/, code);
  }
});

test("a derived key is taken, and a damaged one refused", () => {
  const { key, findings } = deriveKey(TOKEN);
  assert.match(key, /^rwk_0101[0-9a-f]+$/);
  assert.deepEqual(findings, []);
  const keys = [{ derived: key }];
  for (let round = 0; round < 3; round += 1) assert.equal(verifyWebhook(request(body), { keys }).key, 0);
  assert.throws(() => verifyWebhook(request(body), { keys: [{ derived: key.slice(0, -2) }] }), { code: "bad-derived-key" });
  assert.deepEqual(deriveKey("x\n").findings.map(({ code }) => code), ["key-white-space", "key-not-32-hex"]);
  for (const wrong of [undefined, 5, {}, ""]) assert.throws(() => deriveKey(/** @type {any} */ (wrong)), { name: "ReplyWindowError" });
  /** @type {any} */ (globalThis).document = {};
  try {
    assert.throws(() => deriveKey(TOKEN), { code: "auth-token-in-page" });
    assert.equal(deriveKey(TOKEN, { allowAuthTokenInPage: true }).key, key);
    assert.throws(() => diagnoseWebhook(request(body), { keys: [TOKEN] }), { code: "auth-token-in-page" });
    assert.throws(() => verifyWebhook(request(body), { keys: [new TextEncoder().encode(TOKEN)] }), { code: "auth-token-in-page" });
  } finally {
    delete /** @type {any} */ (globalThis).document;
  }
});
