// What stays of a secret in linear memory: nothing. And the memory itself, which cannot shrink, does not grow.

import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { test } from "node:test";
import { deriveKey, diagnoseWebhook, verifyWebhook } from "../../www/index.js";
import { webhooks } from "../../www/engine/modules/webhooks.js";

const TOKEN = "f31ac9d07be2548663a1d5e0b7c94f28";
const LONG = "the quick onyx goblin jumps over the lazy dwarf, and then over all of his many brothers";
const url = "https://h.example/hook";
const body = "AccountSid=AC0&Body=Hi";
const sign = (token) => createHmac("sha1", token).update(`${url}AccountSidAC0BodyHi`).digest("base64");

/** What a key looks like on its way: itself, its padded blocks, and (for the module without keys in it) its states. */
function traces(secret) {
  const text = Buffer.from(secret);
  const block = Buffer.alloc(64);
  (text.length > 64 ? createHash("sha1").update(text).digest() : text).copy(block);
  const pad = (byte) => Buffer.from(block.map((at) => at ^ byte)).subarray(0, 32);
  const derived = Buffer.from(deriveKeyOnce(secret).slice(8), "hex");
  const words = (from) => Buffer.from(derived.subarray(from, from + 20)).swap32();
  // A freed block loses its first bytes to the allocator: its middle is looked for.
  return { text: text.subarray(8, 28), "end of the text": text.subarray(-16), inner: pad(0x36), outer: pad(0x5c), "hashed key": block.subarray(0, 20), "derived text": Buffer.from(deriveKeyOnce(secret)), "inner state": words(0), "outer state": words(20), "inner state, big-endian": derived.subarray(0, 20) };
}
const once = new Map();
const deriveKeyOnce = (secret) => once.get(secret) ?? once.set(secret, deriveKey(secret).key).get(secret);

const memory = () => Buffer.from(webhooks.memory().buffer);
const found = (secret, but = []) => Object.entries(traces(secret)).filter(([name, trace]) => !but.includes(name) && memory().includes(trace)).map(([name]) => name);

const request = (token) => ({ url, headers: { "x-twilio-signature": sign(token) }, body });

test("a scan finds what is there", () => {
  const keys = ["kept once it is seen again"];
  // What the body was written into is kept for the next one.
  for (let round = 0; round < 2; round += 1) verifyWebhook(request(keys[0]), { keys });
  assert.ok(memory().includes("AccountSid=AC0&Body=Hi"));
});

for (const secret of [TOKEN, LONG]) {
  test(`nothing of a key of ${secret.length} characters stays after verifying, deriving and diagnosing`, () => {
    const keys = [secret];
    for (let round = 0; round < 3; round += 1) {
      verifyWebhook(request(secret), { keys: [secret] });
      assert.throws(() => verifyWebhook(request("another"), { keys: [secret] }), { code: "signature-mismatch" });
      verifyWebhook(request(secret), { keys: [{ derived: deriveKeyOnce(secret) }] });
      assert.equal(diagnoseWebhook(request("another"), { keys }).verified, false);
      deriveKey(secret);
    }
    assert.deepEqual(found(secret), []);
  });

  test(`of a kept key of ${secret.length} characters only the states stay, and they go with it`, () => {
    const kept = webhooks.call("verifierAdd", { keys: [secret] });
    assert.deepEqual(found(secret, ["inner state", "outer state"]), []);
    assert.deepEqual(found(secret), ["inner state", "outer state"]);
    webhooks.run((engine) => engine.verifierRemove(kept));
    assert.deepEqual(found(secret), []);
  });
}

test("long bodies and addresses take their memory once, and not twice what they need", () => {
  const long = `Body=${"b".repeat(250_000)}`;
  const escaped = `${url}/${'"'.repeat(15_000)}`;
  const kept = [TOKEN];
  const asked = [[url, long], [escaped, long], [escaped, "a=1"], [`${url}?q=${"é".repeat(30_000)}`, long], [url, `a=${"%41".repeat(80_000)}`]];
  const round = (number) => {
    const [address, form] = asked[number % asked.length];
    const headers = { "x-twilio-signature": number % 3 ? sign("another") : createHmac("sha1", TOKEN).update(new URL(address).href + [...new URLSearchParams(form)].flat().join("")).digest("base64") };
    const list = number % 2 ? kept : [TOKEN];
    try {
      verifyWebhook({ url: address, headers, body: form }, { keys: list });
    } catch ({ code }) {
      assert.equal(code, "signature-mismatch");
    }
    if (number % 50 === 0) diagnoseWebhook({ url: address, headers, body: form }, { keys: list });
  };
  for (let number = 0; number < 60; number += 1) round(number);
  const { byteLength } = webhooks.memory().buffer;
  for (let number = 0; number < 1_000; number += 1) round(number);
  assert.equal(webhooks.memory().buffer.byteLength, byteLength);
  // The body is there as it came, decoded, and as the signed text.
  assert.ok(byteLength < 3_000_000, `${byteLength} bytes`);
});
