// @ts-check
// How long a body may be: Twilio's forms are short, a batch of Meta's may have 3 MB. Source: https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks,
// "Webhooks payloads can be up to 3MB".

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { diagnoseWebhook, verifySignature, verifyWebhook } from "../../www/index.js";
import { server } from "../../www/engine/modules/server.js";
import { webhooks } from "../../www/engine/modules/webhooks.js";
import { createReceiver, memoryStore } from "../../www/server/index.js";
import { until } from "../support/until.mjs";
import { T0, windowsOf } from "../support/webhooks.mjs";

const SECRET = "5f1c0e9d8b7a6958473625140f1e2d3c";
const url = "https://h.example/meta";
const LIMIT = 3 * 1024 * 1024;
const keys = [SECRET];
const signed = (/** @type {string | Uint8Array} */ body) => ({ "x-hub-signature-256": `sha256=${createHmac("sha256", SECRET).update(body).digest("hex")}` });

/** A batch of so many customers' messages. @param {number} count */
const batch = (count) => JSON.stringify({
  object: "whatsapp_business_account",
  entry: [{ id: "102290129340398", changes: [{ field: "messages", value: {
    messaging_product: "whatsapp", metadata: { display_phone_number: "15550100200", phone_number_id: "106540352242922" },
    messages: Array.from({ length: count }, (_, at) => ({ from: String(15_550_200_000 + at), id: `wamid.${at}`, timestamp: String(T0 / 1000), type: "text", text: { body: "x".repeat(400) } })),
  } }] }],
});
/** The batch with white space behind it, so long. @param {number} length */
const ofLength = (length) => batch(3).padEnd(length);

/** @param {() => unknown} work */
const codeOf = (work) => {
  try {
    work();
    return undefined;
  } catch (error) {
    return /** @type {any} */ (error).code;
  }
};

for (const [length, code] of /** @type {[number, string | undefined][]} */ ([[LIMIT - 1, undefined], [LIMIT, undefined], [LIMIT + 1, "body-too-large"]])) {
  test(`${length} bytes of Meta's ${code ? "are too many" : "are read"}`, () => {
    const text = ofLength(length);
    for (const body of [text, new TextEncoder().encode(text)]) {
      const request = { url, headers: signed(text), body };
      assert.equal(codeOf(() => assert.equal(verifyWebhook(request, { keys }).inbound.messages.length, 3)), code);
      assert.equal(codeOf(() => verifySignature(request, { keys })), code);
      assert.equal(diagnoseWebhook(request, { keys }).refusal?.code, code);
    }
  });

  test(`a receiver ${code ? "refuses" : "takes"} ${length} bytes of Meta's, announced or not`, async () => {
    const text = ofLength(length);
    for (const head of [{}, { "content-length": String(length) }]) {
      const store = memoryStore();
      const receiver = createReceiver({ keys, store, now: () => T0, log: () => {} });
      const { status } = await receiver.fetch(new Request(url, { method: "POST", body: text, headers: { ...signed(text), ...head } }));
      assert.deepEqual([status, (await windowsOf(store)).length], code ? [413, 0] : [200, 3]);
    }
  });
}

test("a body of another's, or with signatures of both, may not be as long", () => {
  const body = ofLength(256 * 1024 + 1);
  const twilio = { "x-twilio-signature": `${"A".repeat(27)}=` };
  assert.equal(codeOf(() => verifyWebhook({ url, headers: twilio, body }, { keys })), "body-too-large");
  assert.equal(codeOf(() => verifyWebhook({ url, headers: { ...twilio, ...signed(body) }, body }, { keys })), "body-too-large");
});

test("a whole batch of 3 MB is recorded, and the engine's memory is small again, whatever became of it", async () => {
  const body = batch(6_000);
  assert.ok(body.length > 0.9 * LIMIT && body.length <= LIMIT, `${body.length}`);
  const store = memoryStore();
  const receiver = createReceiver({ keys, store, now: () => T0, log: () => {}, deadlines: { messagingMs: 600_000 } });
  const post = (/** @type {Record<string, string>} */ headers, text = body) => receiver.fetch(new Request(url, { method: "POST", body: text, headers }));
  assert.equal((await post(signed(body))).status, 200);
  assert.equal((await windowsOf(store)).length, 6_000);
  assert.ok(server.memory().buffer.byteLength < 3_000_000, `${server.memory().buffer.byteLength}`);
  assert.equal((await post(signed("another"))).status, 403);
  assert.equal((await post(signed(body.slice(1)), body.slice(1))).status, 403);
  assert.ok(server.memory().buffer.byteLength < 3_000_000, `${server.memory().buffer.byteLength}`);
  const webhook = verifyWebhook({ url, headers: signed(body), body }, { keys });
  assert.equal(webhook.inbound.messages.length, 6_000);
  assert.ok(webhooks.memory().buffer.byteLength < 3_000_000, `${webhooks.memory().buffer.byteLength}`);
});

test("few long bodies are read at once, the others wait unread; short ones do not", async () => {
  const body = new TextEncoder().encode(ofLength(400 * 1024));
  const receiver = createReceiver({ keys, store: memoryStore(), now: () => T0, log: () => {} });
  /** @type {(() => void)[]} */
  const held = [];
  let isHeld = true;
  const post = () => {
    let at = 0;
    return receiver.fetch(new Request(url, /** @type {any} */ ({ method: "POST", duplex: "half", headers: signed(body), body: new ReadableStream({
      async pull(controller) {
        // All but the last piece: it holds its place.
        if (at + 65_536 >= body.length && isHeld) await new Promise((resolve) => held.push(() => resolve(undefined)));
        if (at < body.length) controller.enqueue(body.slice(at, (at += 65_536)));
        else controller.close();
      },
    }, { highWaterMark: 0 }) })));
  };
  const many = Array.from({ length: 20 }, post);
  const short = batch(1);
  assert.equal((await receiver.fetch(new Request(url, { method: "POST", body: short, headers: signed(short) }))).status, 200);
  await until("as many as may are read to their last piece", () => held.length >= 8);
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(held.length, 8);
  isHeld = false;
  for (const goOn of held) goOn();
  assert.deepEqual((await Promise.all(many)).map(({ status }) => status), Array(20).fill(200));
});
