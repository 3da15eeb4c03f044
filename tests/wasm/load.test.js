// @ts-check
// Silence, floods and what hangs: a webhook holds no room before it can be genuine, and everything ends.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import twilio from "twilio";
import { foldEvents, verifyWebhook } from "../../www/index.js";
import { createGate, createReceiver, memoryStore } from "../../www/server/index.js";
import { INBOUND, T0, TOKEN, URL_INBOUND, example, inbound, setUp, webhook, windowsOf } from "../support/webhooks.mjs";

const FORM = { "content-type": "application/x-www-form-urlencoded" };
const WELL_SHAPED = { ...FORM, "x-twilio-signature": `${"A".repeat(27)}=` };

/** @param {Record<string, string>} headers @param {ReadableStream} body */
const streamed = (headers, body) => new Request(URL_INBOUND, /** @type {any} */ ({ method: "POST", headers, body, duplex: "half" }));
/** @param {any} more */
const receiverOf = (more = {}) => {
  /** @type {string[]} */
  const lines = [];
  return { lines, receiver: createReceiver({ keys: [TOKEN], store: memoryStore(), now: () => T0, shapes: "report", log: (line) => lines.push(line), ...more }) };
};

for (const [name, headers, code] of /** @type {[string, Record<string, string>, string][]} */ ([
  ["no signature", FORM, "signature-missing"], ["a signature of no scheme", { ...FORM, "x-twilio-signature": "AAAA" }, "signature-malformed"],
  ["two signatures", { ...FORM, "x-twilio-signature": `${"A".repeat(27)}=, ${"A".repeat(27)}=` }, "signature-multiple"],
  ["a signature of Meta's that is none", { "x-hub-signature-256": "sha256=00" }, "signature-malformed"],
])) {
  for (const keys of [[TOKEN], () => [TOKEN]]) {
    test(`${name}: refused by its head, its body unread (${typeof keys})`, async () => {
      const { receiver, lines } = receiverOf({ keys });
      let isRead = false;
      const body = new ReadableStream({ pull: () => void (isRead = true) }, { highWaterMark: 0 });
      assert.equal((await receiver.fetch(streamed(headers, body))).status, 403);
      assert.deepEqual([isRead, lines], [false, [`webhook refused with 403: ${code}`]]);
    });
  }
}

for (const [length, status] of /** @type {const} */ ([[256 * 1024, 403], [256 * 1024 + 1, 413]])) {
  test(`a body that is announced with ${length} bytes is ${status === 413 ? "refused unread" : "read"}`, async () => {
    const { receiver } = receiverOf();
    let isRead = false;
    const body = new ReadableStream({ pull: (controller) => (isRead = true, controller.enqueue(new TextEncoder().encode("a=b")), controller.close()) }, { highWaterMark: 0 });
    assert.equal((await receiver.fetch(streamed({ ...WELL_SHAPED, "content-length": String(length) }, body))).status, status);
    assert.equal(isRead, status !== 413);
  });
}

test("a stream of empty pieces ends", async () => {
  const { receiver, lines } = receiverOf();
  const body = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(0)) });
  assert.equal((await receiver.fetch(streamed(WELL_SHAPED, body))).status, 400);
  assert.deepEqual(lines, ["webhook refused with 400: body-unreadable"]);
});

test("a body in many pieces is read as it came, to the last byte that it may have", async () => {
  const text = new URLSearchParams(INBOUND).toString();
  for (const size of [1, 7, 1_000]) {
    const { receiver, lines } = receiverOf();
    const pieces = new TextEncoder().encode(text);
    let at = 0;
    const body = new ReadableStream({
      pull(controller) {
        if (at >= pieces.length) return controller.close();
        controller.enqueue(pieces.slice(at, at += size));
        if (at === 7) controller.enqueue(new Uint8Array(0));
      },
    });
    const signature = twilio.getExpectedTwilioSignature(TOKEN, URL_INBOUND, INBOUND);
    const response = await receiver.fetch(streamed({ ...FORM, "x-twilio-signature": signature }, body));
    assert.deepEqual([response.status, lines], [200, []]);
  }
});

const MEGABYTE = 1024 * 1024;

test("8,000 POSTs of one byte that then are silent hold under 200 MB", (t) => {
  const program = `
    import { createGate, createReceiver, memoryStore } from ${JSON.stringify(new URL("../../www/server/index.js", import.meta.url).href)};
    const receiver = createReceiver({ keys: ["token"], store: memoryStore(), log: () => {} });
    const silent = () => new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array([97])) });
    const headers = { "x-twilio-signature": "A".repeat(27) + "=" };
    const one = () => void receiver.fetch(new Request("https://h.example/", { method: "POST", headers, body: silent(), duplex: "half" }));
    one();
    await new Promise((resolve) => setImmediate(resolve));
    const before = process.memoryUsage().rss;
    for (let count = 0; count < 8_000; count += 1) one();
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    process.stdout.write(String(process.memoryUsage().rss - before));
    process.exit(0);`;
  const held = Number(execFileSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" }));
  t.diagnostic(`${(held / MEGABYTE).toFixed(0)} MB`);
  assert.ok(held > 0 && held < 200 * MEGABYTE, `${(held / MEGABYTE).toFixed(0)} MB`);
});

test("10,000 genuine webhooks at once are all answered", async () => {
  const store = memoryStore();
  // With the deadlines that it has by itself. Nothing here waits for a timer, so how fast the machine is decides nothing.
  const { receiver, lines } = receiverOf({ store });
  const { ExternalUserId: _, ...text } = inbound();
  const requests = Array.from({ length: 10_000 }, (_, at) => webhook({ ...text, MessageSid: `SM${at}`, From: `whatsapp:+1555${1_000_000 + at}`, WaId: `1555${1_000_000 + at}` }));
  const statuses = await Promise.all(requests.map(async (request) => (await receiver.fetch(request)).status));
  assert.deepEqual([statuses.filter((status) => status === 200).length, lines.filter((line) => !line.startsWith("webhook: suspicious"))], [10_000, []]);
  assert.equal((await windowsOf(store)).length, 10_000);
});

test("8,000 events fold as their parts do, in any order, and a fault names its place in the whole list", () => {
  const events = Array.from({ length: 8_000 }, (_, at) => /** @type {any} */ ({ log: "customer", id: `SM${at}`, kind: "text", providerAtMs: T0 + at }));
  const folded = foldEvents(undefined, events);
  assert.equal(folded.customer.length, 8_000);
  assert.deepEqual(foldEvents(foldEvents(undefined, events.slice(4_000)), events.slice(0, 4_100)), folded);
  assert.throws(() => foldEvents(undefined, [...events.slice(0, 700), { ...events[0], id: "" }]), { code: "bad-id", field: "events[700].id" });
  assert.throws(() => foldEvents(/** @type {any} */ ({}), []), { code: "missing-field" });
});

test("a stream of hundreds of events about one customer is one merge, and each event has the window after all of them", async () => {
  const store = memoryStore();
  let merges = 0;
  const counted = { ...store, merge: (/** @type {string[]} */ keys, /** @type {any} */ state) => ((merges += 1), store.merge(keys, state)) };
  const { receiver, calls } = setUp({ store: counted });
  const told = JSON.parse(readFileSync(new URL("../vectors/examples/twilio-eventstream-inbound-message.json", import.meta.url), "utf8"));
  const [first] = [told.payload ?? told].flat();
  const many = Array.from({ length: 300 }, (_, at) => {
    const event = structuredClone(first);
    event.data.messageSid = `SM${at}`;
    return event;
  });
  const body = JSON.stringify(many);
  const url = `${URL_INBOUND}?bodySHA256=${createHash("sha256").update(body).digest("hex")}`;
  const signature = twilio.getExpectedTwilioSignature(TOKEN, url, {});
  const request = new Request(url, { method: "POST", body, headers: { "content-type": "application/json", "x-twilio-signature": signature } });
  assert.equal((await receiver.fetch(request)).status, 200);
  assert.equal(merges, 1);
  const windows = calls.map(([, , window]) => /** @type {any} */ (window)?.state.customer.length);
  assert.deepEqual([...new Set(windows)].length, 1);
  assert.equal(windows.length, 300);
});

const never = () => new Promise(() => {});

for (const [name, more, code] of /** @type {[string, (store: any) => object, string][]} */ ([
  ["a store", (store) => ({ store: { ...store, merge: never } }), "store-timed-out"],
  ["a store that is asked", (store) => ({ store: { ...store, accept: never } }), "store-timed-out"],
  ["a handler", () => ({ onInbound: never }), "handler-timed-out"],
])) {
  test(`${name} that hangs is told by a code, and answered`, async () => {
    const { receiver, lines } = receiverOf({ deadlines: { messagingMs: 300 }, ...more(memoryStore()) });
    assert.equal((await receiver.fetch(webhook(INBOUND))).status, 500);
    assert.deepEqual(lines, [`webhook not recorded: ${code}`]);
  });
}

test("what was answered in time but lies unread, because the process was busy, has not timed out", async () => {
  const { port1, port2 } = new MessageChannel();
  const memory = memoryStore();
  // As over a connection: the answer comes while the process does something else, for longer than the deadline is.
  /** @type {typeof memory.merge} */
  const merge = (...given) => new Promise((resolve) => {
    port1.once("message", () => resolve(memory.merge(...given)));
    setTimeout(() => {
      port2.postMessage("done");
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    });
  });
  const { receiver, lines } = receiverOf({ store: { ...memory, merge }, deadlines: { messagingMs: 100 } });
  const { status } = await receiver.fetch(webhook(INBOUND));
  port1.close();
  assert.deepEqual([status, lines], [200, []]);
});

test("a webhook of Conversations has a deadline of its own", async () => {
  const { receiver, lines } = receiverOf({ deadlines: { conversationsMs: 300 }, onInbound: never });
  assert.equal((await receiver.fetch(webhook(example("twilio-conversations-onMessageAdded")))).status, 500);
  assert.deepEqual(lines.at(-1), "webhook not recorded: handler-timed-out");
});

test("a clock that is none is a fault of the configuration, not of every genuine webhook", async () => {
  for (const now of [() => T0 + 0.5, () => NaN, () => 9e15]) {
    const { receiver } = receiverOf({ now });
    assert.equal((await receiver.fetch(webhook(INBOUND))).status, 500);
  }
});

test("what the host throws is contained, whatever it is called", async () => {
  const throwing = (/** @type {unknown} */ thrown) => () => { throw thrown; };
  for (const code of ["constructor", "toString", "__proto__", "signature-mismatch"]) {
    const { receiver, lines } = receiverOf({ publicUrl: throwing(Object.assign(new Error("x"), { code })) });
    assert.equal((await receiver.fetch(webhook(INBOUND))).status, 500);
    assert.deepEqual(lines, ["webhook refused with 500: public-url-failed"]);
  }
  for (const log of [throwing(new Error("x")), async () => { throw new Error("x"); }]) {
    const { receiver } = receiverOf({ log });
    assert.equal((await receiver.fetch(webhook(INBOUND, { signature: null }))).status, 403);
  }
});

test("keys that come later are refused by the verifier that does not wait, and their failure ends nothing", async () => {
  let isUnhandled = false;
  const told = () => (isUnhandled = true);
  process.on("unhandledRejection", told);
  const request = { url: URL_INBOUND, headers: { ...FORM, "x-twilio-signature": `${"A".repeat(27)}=` }, body: "a=b" };
  assert.throws(() => verifyWebhook(request, { keys: /** @type {any} */ (async () => { throw new Error("down"); }) }), { code: "wrong-type", field: "keys" });
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", told);
  assert.equal(isUnhandled, false);
});


test("windows are bounded in bytes: those quiet longest go, and it is told", async () => {
  /** @type {string[]} */
  const told = [];
  const store = memoryStore({ maxWindowBytes: 100_000, log: (/** @type {string} */ line) => told.push(line) });
  const long = (/** @type {number} */ at) => foldEvents(undefined, Array.from({ length: 20 }, (_, of) => /** @type {any} */ ({ log: "customer", id: `${at}.${of}`.padEnd(256, "x"), kind: "text", providerAtMs: T0 })));
  for (let at = 0; at < 100; at += 1) await store.merge([`k${at}`], long(at));
  const kept = (await windowsOf(store)).map(({ keys }) => keys[0]);
  assert.ok(kept.length > 3 && kept.length < 10, `${kept.length}`);
  assert.ok(kept.includes("k99") && !kept.includes("k0"));
  assert.ok(told.length > 3 && told.length < 100, `${told.length}`);
  assert.deepEqual(new Set(told), new Set(["store: window-memory-full"]));
  const tiny = memoryStore({ maxWindowBytes: 1, log: () => {} });
  await tiny.merge(["a"], long(1));
  assert.equal((await tiny.read(["a"]))?.customer.length, 20, "the one at hand stays");
});

for (const count of [63, 64, 65]) {
  test(`a window of ${count} keys ${count > 64 ? "is told, and loses the oldest but no event" : "is kept whole"}`, async () => {
    /** @type {string[]} */
    const told = [];
    const store = memoryStore({ log: (/** @type {string} */ line) => told.push(line) });
    for (let at = 1; at < count - 1; at += 1) await store.merge(["k0", `k${at}`], foldEvents(undefined, []));
    const event = /** @type {any} */ ({ log: "customer", id: "last", kind: "text", providerAtMs: T0 });
    assert.equal((await store.merge(["k0", `k${count - 1}`], foldEvents(undefined, [event]))).customer.length, 1);
    assert.equal((await windowsOf(store))[0]?.keys.length, Math.min(count, 64));
    for (const key of ["k0", `k${count - 1}`]) assert.equal((await store.read([key]))?.customer[0]?.id, "last");
    assert.equal(await store.read(["k1"]) === undefined, count > 64);
    assert.deepEqual(told, count > 64 ? ["store: window-keys-full"] : []);
  });
}

test("a gate whose store hangs says so, and lets nothing out", async () => {
  const gate = createGate({ store: { ...memoryStore(), read: /** @type {any} */ (never) }, now: () => T0, timeoutMs: 5 });
  await assert.rejects(gate.judge({ business: "+15550100200", customer: { phone: "+15550109911" } }), { name: "ReplyWindowError", code: "store-timed-out" });
});
