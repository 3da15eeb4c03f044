// What a gateway, a mounted router or two things at once did to a signed request. Signed by Twilio's own library.

import assert from "node:assert/strict";
import { before, test } from "node:test";
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
