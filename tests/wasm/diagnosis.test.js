// What a gateway, a mounted router or two things at once did to a signed request. Signed by Twilio's own library.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { before, test } from "node:test";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import twilio from "twilio";
import { diagnoseWebhook, ready } from "../../www/index.js";
import { webhooks } from "../../www/engine/modules/webhooks.js";

before(() => Promise.all([ready(), webhooks.ready()]));

const token = "7b1e0c9d5a3f4e628190abcdef012345";
const old = "00000c9d5a3f4e628190abcdef012345";
const parameters = { AccountSid: `AC${"1".padStart(32, "0")}`, Body: "Hi", From: "whatsapp:+12025550177", MessageSid: `SM${"1".padStart(32, "0")}`, To: "whatsapp:+12025550142" };
const body = new URLSearchParams(parameters).toString();

/** @param {string} signed @param {string} received @param {{ key?: string, sent?: string, headers?: Record<string, string>, hints?: object }} [given] */
const found = (signed, received, { key = token, sent = body, headers = {}, hints = {} } = {}) => diagnoseWebhook(
  { url: received, headers: { "x-twilio-signature": twilio.getExpectedTwilioSignature(key, signed, parameters), "content-type": "application/x-www-form-urlencoded", ...headers }, body: sent },
  { keys: [token], ...hints },
).changes;

/** The code, or both codes in any order. @param {ReturnType<typeof found>} changes */
const codesOf = (changes) => changes.map(({ code, and }) => [code, ...(and ? [and] : [])].sort().join(" "));

const gateway = "https://a1b2c3.execute-api.eu-central-1.amazonaws.com";

for (const [why, signed, received, code] of [
  ["a stage that API Gateway dropped", `${gateway}/prod/twilio/inbound`, `${gateway}/twilio/inbound`, "path-prefix"],
  ["a stage of another name", `${gateway}/staging/inbound?a=1`, `${gateway}/inbound?a=1`, "path-prefix"],
  ["a stage before nothing", `${gateway}/prod`, `${gateway}/`, "path-prefix"],
  ["a stage that the domain of one's own does not have", "https://hooks.example.com/inbound", "https://hooks.example.com/prod/inbound", "path-segment"],
  ["a mounted router's path", "https://hooks.example.com/twilio/inbound", "https://hooks.example.com/inbound", "path-prefix"],
  ["two parts of it", "https://hooks.example.com/api/v1/inbound?tenant=a", "https://hooks.example.com/inbound?tenant=a", "path-prefix"],
]) {
  test(`${why}: ${code}`, () => {
    const changes = found(signed, received);
    assert.deepEqual(codesOf(changes), [code]);
    assert.equal(changes[0]?.detail, signed);
    assert.ok(changes[0]?.sentence.en.includes(signed) && changes[0].sentence.ar.includes(signed));
  });
}

test("a path that nobody guesses is found where it is named", () => {
  const [signed, received] = ["https://hooks.example.com/desk/support/inbound", "https://hooks.example.com/inbound"];
  assert.deepEqual(found(signed, received), []);
  for (const prefix of ["/desk/support", "desk/support/"]) assert.deepEqual(codesOf(found(signed, received, { hints: { prefixes: [prefix] } })), ["path-prefix"]);
  assert.throws(() => found(signed, received, { hints: { prefixes: "desk" } }), { code: "wrong-type" });
});

for (const [why, signed, received, codes, given] of /** @type {[string, string, string, string, any][]} */ ([
  ["TLS ended by a proxy before a mounted router", "https://hooks.example.com/twilio/inbound", "http://hooks.example.com/inbound", "path-prefix scheme", {}],
  ["another host and a stage", "https://hooks.example.com/inbound", `${gateway}/prod/inbound`, "host path-segment", { hints: { hosts: ["hooks.example.com"] } }],
  ["the slash at the end and the scheme", "https://hooks.example.com/inbound/", "http://hooks.example.com/inbound", "path-slash scheme", {}],
  ["two slashes made one, and the order of the query", "https://hooks.example.com/a//b?b=1&a=2".replace("b=1&a=2", "a=2&b=1"), "https://hooks.example.com/a/b?b=1&a=2", "path-slashes query-order", {}],
  ["a stage, and a body in base64", `${gateway}/prod/inbound`, `${gateway}/inbound`, "body-base64 path-prefix", { sent: Buffer.from(body).toString("base64") }],
  ["the key of before, and the scheme", "https://hooks.example.com/inbound", "http://hooks.example.com/inbound", "previous-key scheme", { key: old, hints: { previousKeys: [old] } }],
])) {
  test(`two at once: ${why}`, () => {
    const changes = found(signed, received, given);
    assert.deepEqual(codesOf(changes), [codes]);
    assert.equal(changes[0]?.detail, signed);
    assert.equal(changes[0]?.sentence.en.split(signed).length > 1, true);
  });
}

test("one change that would do hides no other, and two are looked for only where none would", () => {
  assert.deepEqual(codesOf(found("https://hooks.example.com/inbound", "http://hooks.example.com/inbound")), ["scheme"]);
  assert.deepEqual(found("https://elsewhere.example/x", "https://hooks.example.com/inbound"), []);
});

test("a path of a thousand parts is answered after a bounded number of trials", () => {
  const long = `https://hooks.example.com${"/a".repeat(1000)}`;
  assert.deepEqual(found("https://elsewhere.example/x", long), []);
});

const hooks = "https://hooks.example.com";

/** What was signed, what arrived, and what is said of it; what is signed without parameters came by GET. @type {[why: string, signed: string, received: string, code: string, given?: any][]} */
const ADDRESSES = [
  ["a slash that had its escape", `${hooks}/a%2Fb`, `${hooks}/a/b`, "path-encoding"],
  ["an escape that was a slash", `${hooks}/a/b`, `${hooks}/a%2Fb`, "path-encoding"],
  ["escapes in capitals", `${hooks}/caf%c3%a9`, `${hooks}/caf%C3%A9`, "path-encoding"],
  ["escapes in small letters", `${hooks}/caf%C3%A9`, `${hooks}/caf%c3%a9`, "path-encoding"],
  ["a path that was signed unescaped", `${hooks}/caf\u00e9`, `${hooks}/caf%C3%A9`, "path-encoding"],
  ["a plus in the path", `${hooks}/a+b`, `${hooks}/a%20b`, "path-encoding"],
  ["a space in the path", `${hooks}/a%20b`, `${hooks}/a+b`, "path-encoding"],
  ["an at sign", `${hooks}/t%40x`, `${hooks}/t@x`, "path-encoding"],
  ["a colon", `${hooks}/t:x`, `${hooks}/t%3Ax`, "path-encoding"],
  ["an apostrophe", `${hooks}/o'x`, `${hooks}/o%27x`, "path-encoding"],
  ["a path that was encoded once more", `${hooks}/a%20b`, `${hooks}/a%2520b`, "path-encoding"],
  ["two slashes in two places", `${hooks}//a//b`, `${hooks}/a/b`, "path-slashes"],
  ["three slashes", `${hooks}///a`, `${hooks}/a`, "path-slashes"],
  ["a host in capitals", "https://Hooks.Example.com/in", `${hooks}/in`, "host"],
  ["all of it in capitals", "https://HOOKS.EXAMPLE.COM/in", `${hooks}/in`, "host"],
  ["a host with www.", "https://www.example.com/in", "https://example.com/in", "host"],
  ["a host without it", "https://example.com/in", "https://www.example.com/in", "host"],
  ["a host that ends in a dot", "https://hooks.example.com./in", `${hooks}/in`, "host"],
  ["a port of its own that a proxy dropped", `${hooks}:8443/in`, `${hooks}/in`, "port"],
  ["another port", `${hooks}:3000/in?a=1`, `${hooks}/in?a=1`, "port"],
  ["a parameter that a gateway added behind", `${hooks}/in?a=1`, `${hooks}/in?a=1&code=x`, "query-added"],
  ["in front", `${hooks}/in?a=1`, `${hooks}/in?code=x&a=1`, "query-added"],
  ["two of them", `${hooks}/in?a=1`, `${hooks}/in?a=1&x=1&y=2`, "query-added"],
  ["between", `${hooks}/in?a=1&b=2`, `${hooks}/in?a=1&x=1&b=2`, "query-added"],
  ["a question mark alone", `${hooks}/in?`, `${hooks}/in`, "query-encoding"],
  ["an ampersand at the end", `${hooks}/in?a=1&`, `${hooks}/in?a=1`, "query-encoding"],
  ["a name that got an equals sign", `${hooks}/in?flag&a=1`, `${hooks}/in?flag=&a=1`, "query-encoding"],
  ["three parameters in another order", `${hooks}/in?b=1&a=2&c=3`, `${hooks}/in?a=2&b=1&c=3`, "query-order"],
  ["sorted backwards", `${hooks}/in?c=3&a=2&b=1`, `${hooks}/in?a=2&b=1&c=3`, "query-order"],
  ["six of them turned round", `${hooks}/in?f=1&e=2&d=3&c=4&b=5&a=6`, `${hooks}/in?a=6&b=5&c=4&d=3&e=2&f=1`, "query-order"],
  ["the path alone, as Node has it", `${hooks}/in?a=1`, "/in?a=1", "address-relative", { headers: { host: "hooks.example.com" } }],
  ["the address without its scheme", `${hooks}/in`, "hooks.example.com/in", "address-relative"],
  ["a proxy's X-Original-URL", `${hooks}/desk9/in?a=1`, `${hooks}/x`, "forwarded-address", { headers: { "x-original-url": "/desk9/in?a=1" } }],
  ["the rewriting's X-Rewrite-URL", `${hooks}/desk9/in`, `${hooks}/index.php`, "forwarded-address", { headers: { "x-rewrite-url": "/desk9/in" } }],
  ["an ingress's X-Original-URI", `${hooks}/desk9/in`, `${hooks}/in`, "forwarded-address", { headers: { "x-original-uri": "/desk9/in" } }],
  ["a prefix that a proxy tells", `${hooks}/desk9/in`, `${hooks}/in`, "path-prefix", { headers: { "x-forwarded-prefix": "/desk9" } }],
];

for (const [why, signed, received, code, given] of ADDRESSES) {
  test(`the address: ${why}: ${code}`, () => {
    const changes = found(signed, received, given);
    assert.deepEqual(codesOf(changes), [code]);
    assert.equal(changes[0]?.detail, signed);
  });
}

for (const [why, signed, received] of [
  ["the default port there", `${hooks}:443/in`, `${hooks}/in`], ["the default port dropped", `${hooks}/in`, `${hooks}:443/in`],
  ["that of http", "http://hooks.example.com:80/in", "http://hooks.example.com/in"], ["a host that a server wrote in capitals", `${hooks}/in`, "https://HOOKS.example.com/in"],
  ["a path that the platform escapes", `${hooks}/a%20b`, `${hooks}/a b`],
]) test(`no change is needed for ${why}`, () => assert.deepEqual(found(signed, received), []));

test("a path without any host is told of, though no trial can match", () => {
  assert.deepEqual(codesOf(found(`${hooks}/in`, "/in")), ["address-relative"]);
  assert.deepEqual(codesOf(found("https://elsewhere.example/x", `${hooks}/in`)), []);
});

const base64 = Buffer.from(body).toString("base64");
const accented = new URLSearchParams({ ...parameters, Body: "caf\u00e9 \u00fc" }).toString();

/** @type {[why: string, sent: string | Uint8Array, code: string, detail?: string][]} */
const BODIES = [
  ["base64 of a gateway", base64, "body-base64"],
  ["without padding", base64.replace(/=+$/, ""), "body-base64"],
  ["in lines, as MIME has it", base64.replace(/(.{76})/g, "$1\r\n"), "body-base64"],
  ["of addresses", Buffer.from(body).toString("base64url"), "body-base64"],
  ["in quotes", JSON.stringify(base64), "body-base64"],
  ["gzip", gzipSync(body), "body-compressed"],
  ["deflate", deflateSync(body), "body-compressed"],
  ["Brotli, by its header", brotliCompressSync(body), "body-compressed"],
  ["an object of the form", JSON.stringify(parameters), "body-reserialised"],
  ["the text as JSON", JSON.stringify(body), "body-reserialised"],
  ["an event of Lambda", JSON.stringify({ version: "2.0", body, isBase64Encoded: false }), "body-wrapped"],
  ["such an event in base64", JSON.stringify({ body: base64, isBase64Encoded: true }), "body-wrapped"],
  ["a Buffer as JSON", JSON.stringify(Buffer.from(body)), "body-wrapped"],
  ["bytes as JSON", JSON.stringify(new TextEncoder().encode(body)), "body-wrapped"],
  ["an object as a text", String({}), "body-parsed"],
  ["a line end behind", `${body}\n`, "body-white-space"],
  ["a line end of Windows", `${body}\r\n`, "body-white-space"],
  ["a byte order mark", `\ufeff${body}`, "body-white-space"],
  ["all of it encoded once more", encodeURIComponent(body), "body-encoded-twice"],
  ["its values encoded once more", body.replaceAll("%", "%25"), "body-encoded-twice"],
  ["a plus that lost its escape", body.replaceAll("%2B", "+"), "body-plus-lost"],
  ["a plus that became a space", body.replaceAll("%2B", "%20"), "body-plus-lost"],
  ["a plus lost in an address in plain", `${body.replaceAll("%3A", ":").replaceAll("%2B", "+")}`, "body-plus-lost"],
  ["a parameter of a framework", `${body}&_method=POST`, "parameter-added", "_method"],
  ["the query merged in", `tenant=a&${body}`, "parameter-added", "tenant"],
];

for (const [why, sent, code, detail] of BODIES) {
  test(`the body: ${why}: ${code}`, () => {
    const headers = code === "body-compressed" ? { "content-encoding": "br" } : undefined;
    const changes = found(`${hooks}/in`, `${hooks}/in`, { sent: /** @type {any} */ (sent), headers });
    assert.deepEqual(codesOf(changes), [code]);
    assert.equal(changes[0]?.detail, detail);
    assert.match(changes[0]?.sentence.ar ?? "", /[\u0600-\u06ff]/);
  });
}

test("a form that was read as Latin-1 and written again", () => {
  const broken = accented.replaceAll("%C3%A9", "%C3%83%C2%A9").replaceAll("%C3%BC", "%C3%83%C2%BC");
  const headers = { "x-twilio-signature": twilio.getExpectedTwilioSignature(token, `${hooks}/in`, { ...parameters, Body: "caf\u00e9 \u00fc" }), "content-type": "application/x-www-form-urlencoded" };
  assert.deepEqual(codesOf(diagnoseWebhook({ url: `${hooks}/in`, headers, body: broken }, { keys: [token] }).changes), ["body-charset"]);
});

test("a form moved into the address, and an address moved into the form", () => {
  assert.deepEqual(codesOf(found(`${hooks}/in`, `${hooks}/in?${body}`, { sent: "" })), ["body-in-address"]);
  const headers = { "x-twilio-signature": twilio.getExpectedTwilioSignature(token, `${hooks}/in?${body}`, {}), "content-type": "application/x-www-form-urlencoded" };
  assert.deepEqual(codesOf(diagnoseWebhook({ url: `${hooks}/in`, headers, body }, { keys: [token] }).changes), ["address-in-body"]);
});

test("two at once: a relative address below a mounted router, and a stage before a body with a line end", () => {
  assert.deepEqual(codesOf(found(`${hooks}/twilio/in`, "/in", { headers: { host: "hooks.example.com" } })), ["address-relative path-prefix"]);
  assert.deepEqual(codesOf(found(`${gateway}/prod/in`, `${gateway}/in`, { sent: `${body}\n` })), ["body-white-space path-prefix"]);
  assert.deepEqual(codesOf(found(`${hooks}/in?a=1`, "http://hooks.example.com/in?a=1&code=x")), ["query-added scheme"]);
});

test("what a framework made of Meta's JSON", () => {
  const raw = '{"entry":[{"id":"1","n":12345678901234567890,"t":"caf\\u00e9 a\\/b \\u0040x"}]}';
  const told = (/** @type {string} */ signed, /** @type {string | Uint8Array} */ sent, signature = `sha256=${createHmac("sha256", token).update(signed).digest("hex")}`) =>
    diagnoseWebhook({ url: `${hooks}/in`, headers: { "x-hub-signature-256": signature }, body: sent }, { keys: [token] }).changes.map(({ code }) => code);
  const written = raw.replaceAll("\\/", "/").replaceAll("\\u0040", "@").replaceAll("\\u00e9", "\u00e9");
  for (const [why, signed, sent, codes] of /** @type {[string, string, string | Uint8Array, string[]][]} */ ([
    ["written again, its long number kept", raw, written, ["body-reserialised"]],
    ["indented", raw, written.replaceAll(",", ",\n  ").replaceAll(":", ": "), ["body-reserialised"]],
    ["escapes in capitals", '{"a":"caf\\u00E9"}', '{"a":"caf\u00e9"}', ["body-reserialised"]],
    ["angle brackets and an apostrophe", '{"a":"\\u003cb\\u003e \\u0026 \\u0027"}', '{"a": "<b> & \'"}', ["body-reserialised"]],
    ["base64", raw, Buffer.from(raw).toString("base64"), ["body-base64"]],
    ["an event of Lambda", raw, JSON.stringify({ body: raw }), ["body-wrapped"]],
    ["gzip", raw, gzipSync(raw), ["body-compressed"]],
    ["a text as JSON", raw, JSON.stringify(raw), ["body-reserialised"]],
  ])) assert.deepEqual(told(signed, sent), codes, why);
  assert.deepEqual(told(raw, raw, createHmac("sha256", token).update(raw).digest("hex")), ["signature-spelling"]);
  assert.deepEqual(told(raw, '{"another":1}'), []);
});
