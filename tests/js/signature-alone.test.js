// A signature verified by who reads the webhook alone.

import assert from "node:assert/strict";
import { test } from "node:test";
import twilio from "twilio";
import { verifySignature, verifyWebhook } from "../../www/index.js";

const TOKEN = "12345678901234567890123456789012";
const url = "https://hooks.example.com/in?a=1";
const parameters = { Body: "Grüße +1", From: "whatsapp:+15550100300", MessageSid: `SM${"1".repeat(32)}`, To: "whatsapp:+15550100200" };
const body = new URLSearchParams(parameters).toString();
const signed = (text = body, token = TOKEN) =>
  ({ url, body: text, headers: { "X-Twilio-Signature": twilio.getExpectedTwilioSignature(token, url, Object.fromEntries(new URLSearchParams(text))) } });

test("key, address and parameters are those of the whole answer", () => {
  for (const keys of [[TOKEN], ["another", TOKEN]]) {
    for (let round = 0; round < 3; round += 1) {
      const { key, url: spelling, parameters: read } = verifySignature(signed(), { keys });
      const whole = verifyWebhook(signed(), { keys });
      assert.deepEqual({ key, url: spelling, parameters: read }, { key: whole.key, url: whole.url, parameters: whole.parameters });
      assert.deepEqual(Object.fromEntries(read.map(({ name, value }) => [name, value])), parameters);
    }
  }
});

test("parameters are read from our own bytes, once", () => {
  const bytes = new TextEncoder().encode(body);
  const keys = [TOKEN];
  const webhook = verifySignature({ ...signed(), body: bytes }, { keys });
  bytes.fill(65);
  verifySignature(signed("Body=other"), { keys });
  assert.equal(webhook.parameters[0].value, parameters.Body);
  assert.equal(webhook.parameters, webhook.parameters);
});

test("a refusal is that of the whole answer", () => {
  for (const [request, code] of [
    [signed(body, "other"), "signature-mismatch"],
    [{ ...signed(), headers: {} }, "signature-missing"],
    [{ ...signed(), body: `${body}&To=x` }, "signature-mismatch"],
    [{ ...signed(), body: "Body" }, "pair-without-equals"],
  ]) {
    for (const verify of [verifySignature, verifyWebhook]) assert.throws(() => verify(request, { keys: [TOKEN] }), { code });
  }
});

test("nothing is read, so no key can be held to its addresses", () => {
  const keys = [{ secret: TOKEN, addresses: ["whatsapp:+15550100200"] }];
  assert.equal(verifyWebhook(signed(), { keys }).key, 0);
  assert.throws(() => verifySignature(signed(), { keys }), { code: "key-names-addresses", field: "keys" });
});

test("a body that is signed as a whole need be no JSON", async () => {
  const hash = Buffer.from(await crypto.subtle.digest("SHA-256", Buffer.from("no JSON"))).toString("hex");
  const address = `${url}&bodySHA256=${hash}`;
  const request = { url: address, body: "no JSON", headers: { "X-Twilio-Signature": twilio.getExpectedTwilioSignature(TOKEN, address, {}) } };
  assert.deepEqual(verifySignature(request, { keys: [TOKEN] }).parameters, []);
  assert.throws(() => verifyWebhook(request, { keys: [TOKEN] }), { code: "body-not-json" });
});

test("the keys may be looked up by the account", () => {
  const form = `${body}&AccountSid=AC${"2".repeat(32)}`;
  assert.equal(verifySignature(signed(form), { keys: (account) => (account?.startsWith("AC2") ? [TOKEN] : []) }).key, 0);
  assert.throws(() => verifySignature(signed(form), { keys: async () => [TOKEN] }), { code: "wrong-type" });
});
