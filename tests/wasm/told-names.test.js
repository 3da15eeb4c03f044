// @ts-check
// An error that refuses a name or a field says which there are.

import assert from "node:assert/strict";
import { test } from "node:test";
import { foldEvents, isValidNumber, judge, mergeStates, policyFor, verifyWebhook, windowKeys, windowStatus } from "../../www/index.js";
import { createGate, memoryStore } from "../../www/server/index.js";

const any = (/** @type {unknown} */ value) => /** @type {any} */ (value);
const BUSINESS = "+15550100200";
const event = { log: "customer", id: "a", kind: "text", providerAtMs: 1_763_892_000_000 };
const state = mergeStates([]);

/** @type {[string, () => unknown, string, string, RegExp][]} */
const REFUSED = [
  ["a channel", () => windowKeys(any({ channel: "whatsap", business: BUSINESS, customer: { phone: "+15550109911" } })), "unknown-name", "channel", /: whatsapp, messenger, instagram, .*sms$/],
  ["a log", () => foldEvents(undefined, [any({ ...event, log: "inbound" })]), "unknown-name", "events[0].log", /: customer, /],
  ["a kind", () => foldEvents(undefined, [any({ ...event, kind: "txt" })]), "unknown-name", "events[0].kind", /: unknown, system, .*text, image, /],
  ["what becomes of an unknown window", () => judge(state, { kind: "text" }, { channel: "whatsapp", now: 1_763_892_000_000, unknown: any("allow") }), "unknown-name", "unknown", /: \w+, \w+$/],
  ["an owner", () => foldEvents(undefined, [any({ ...event, owner: "me" })]), "unknown-name", "events[0].owner", /: us, other$/],
  ["a draft", () => judge(state, any({ kind: "voice" }), { channel: "whatsapp", now: 1_763_892_000_000 }), "unknown-name", "draft.kind", /: text, template, tagged, direct-send$/],
  ["what comes after", () => windowStatus(state, { policy: any({ ...policyFor("whatsapp"), after: "templates" }), now: 1_763_892_000_000 }), "unknown-name", "policy.after", /: nothing, template, paid, tag$/],
  ["an algorithm", () => verifyWebhook({ url: "https://a.example/", headers: { "x-twilio-signature": `${"A".repeat(27)}=` }, body: "a=1" }, { keys: [{ secret: "s", id: "a", algorithm: "HMAC-SHA1" }] }), "unknown-name", "keys[0].algorithm", /: HMAC_SHA1, HMAC_SHA256$/],
  ["a customer's field", () => windowKeys(any({ business: BUSINESS, customer: { phone: "+15550109911", name: "Ada" } })), "unknown-field", "customer.name", /there are: phone, bsuid, parentBsuid, username, group$/],
  ["a draft's field", () => judge(state, any({ kind: "text", text: "hello" }), { channel: "whatsapp", now: 1_763_892_000_000 }), "unknown-field", "draft.text", /there are: kind/],
  ["a customer's address with its channel", () => windowKeys({ business: BUSINESS, customer: { phone: "whatsapp:+15550109911" } }), "bad-address", "customer.phone", /a plus and 7 to 15 digits.*without `whatsapp:`$/],
  ["our own", () => windowKeys({ business: `whatsapp:${BUSINESS}`, customer: { phone: "+15550109911" } }), "bad-address", "business", /without `whatsapp:`$/],
  ["a region for which there is no place", () => any(isValidNumber)("020 7031 3000", "GB"), "unknown-field", "region", /parseNumber/],
  ["one beside an international number", () => any(isValidNumber)("+442070313000", "GB"), "unknown-field", "region", /parseNumber/],
];

for (const [what, call, code, field, told] of REFUSED) {
  test(`${what} that is none: ${code}`, () => {
    assert.throws(call, (/** @type {any} */ error) => {
      assert.deepEqual([error.name, error.code, error.field], ["ReplyWindowError", code, field], error.message);
      assert.match(error.message, told);
      return true;
    });
  });
}

test("what a list hands over beside a number is none of its own", () => {
  assert.deepEqual(["+442070313000", "020 7031 3000"].filter(isValidNumber), ["+442070313000"]);
});

test("the gate says so, too", async () => {
  await assert.rejects(createGate({ store: memoryStore() }).judge({ business: BUSINESS, customer: { phone: "whatsapp:+15550109911" } }), { code: "bad-address", message: /without `whatsapp:`$/ });
});
