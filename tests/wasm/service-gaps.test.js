// @ts-check
// Outages: what nobody received is read from the Messages resource afterwards; reminders go out once over all processes.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";
import { test } from "node:test";
import { Webhook } from "standardwebhooks";
import { createClock } from "../../www/demo/clock.js";
import { createStandIn } from "../../www/demo/stand-in/stand-in.js";
import { windowKeys, windowStatus } from "../../www/engine/session.js";
import { twilioClient } from "../../www/server/index.js";
import { createHeartbeat } from "../../www/service/heartbeat.js";
import { createReminders } from "../../www/service/reminders.js";
import { secretBytes } from "../../www/service/standard-webhooks.js";
import { statusesBy, askedStore } from "../../www/service/asking.js";
import { createService } from "../../www/service/service.js";
import { memoryStore } from "../../www/stores/memory.js";
import { until } from "../support/until.mjs";
import { BUSINESS, HOUR, T0, TOKEN, inbound, webhook } from "../support/webhooks.mjs";

const MINUTE = 60_000;
const none = () => {};
const customer = (/** @type {number} */ number) => `+1555010${9900 + number}`;

/** The stand-in for Twilio's Messages resource, and a service's heartbeat that may be killed. @param {{ pageSize?: number }} [options] */
const account = () => {
  let now = T0;
  const clock = createClock({ now: () => now });
  const standIn = createStandIn({ clock, numbers: [BUSINESS], customers: [], fetch: async () => new Response() });
  let isGone = false;
  const asked = { count: 0 };
  const client = twilioClient({
    accountSid: standIn.accountSid, authToken: standIn.authToken, baseUrl: "http://127.0.0.1:1", pauseMs: 0,
    fetch: async (input, init) => {
      asked.count += 1;
      return isGone ? new Response("{}", { status: 503 }) : standIn.fetch(new Request(input, init));
    },
  });
  /** @type {any[]} */
  const logged = [];
  const store = memoryStore();
  const process = () => createHeartbeat({ store, now: () => now, log: (entry) => logged.push(entry), counted: none, client, numbers: [BUSINESS] });
  return {
    store, process, logged, asked, client,
    wait: (/** @type {number} */ ms) => (now += ms),
    now: () => now,
    gone: (/** @type {boolean} */ is) => (isGone = is),
    /** A customer writes, and nobody receives it. @param {number} number */
    write: (number) => standIn.account.add({ direction: "inbound", from: `whatsapp:${customer(number)}`, to: `whatsapp:${BUSINESS}`, status: "received", body: "unheard", numMedia: 0, createdAtMs: now }),
    kind: async (/** @type {number} */ number) => {
      const state = await store.read(windowKeys({ business: BUSINESS, customer: { phone: customer(number) } }));
      return state ? windowStatus(state, { now }).kind : "unknown";
    },
  };
};

for (const [name, minutes] of /** @type {[string, number][]} */ ([["10 minutes", 10], ["3 hours", 180], ["6 hours", 360]])) {
  test(`after an outage of ${name} every window is true`, async () => {
    const { process, store, write, wait, kind, logged } = account();
    const first = process();
    await first.tick();
    const since = first.observedSince(BUSINESS);
    assert.ok(since !== undefined && since <= T0 - 24 * HOUR);
    first.stop();
    const numbers = Array.from({ length: 40 }, (_, number) => number);
    for (const number of numbers) {
      wait(Math.floor((minutes * MINUTE) / numbers.length));
      write(number);
    }
    assert.equal(await kind(0), "unknown");
    wait(MINUTE);
    const second = process();
    await second.tick();
    for (const number of numbers) assert.equal(await kind(number), "open", String(number));
    assert.equal(await store.note("gap"), "");
    // The gap is closed, so silence is believed since before it.
    assert.equal(second.observedSince(BUSINESS), since);
    assert.deepEqual(logged.map(({ event }) => event).filter((event) => event !== "gap-closed"), ["first-start", "gap"]);
    assert.ok(logged.some(({ event, outcome }) => event === "gap-closed" && outcome === "healed"));
    assert.doesNotMatch(JSON.stringify(logged), /1555|unheard/);
  });
}

test("at the first start the last length is read", async () => {
  const { process, write, wait, kind, now } = account();
  write(1);
  wait(23 * HOUR);
  const heartbeat = process();
  await heartbeat.tick();
  assert.equal(await kind(1), "closing");
  assert.ok(Number(heartbeat.observedSince(BUSINESS)) <= now() - 24 * HOUR);
});

test("without a gap nothing is asked; at one minute there is none, one millisecond later there is", async () => {
  for (const [ms, isGap] of /** @type {[number, boolean][]} */ ([[MINUTE - 1, false], [MINUTE, false], [MINUTE + 1, true]])) {
    const { process, wait, asked } = account();
    await process().tick();
    const before = asked.count;
    wait(ms);
    await process().tick();
    assert.equal(asked.count > before, isGap, `${ms}`);
  }
});

test("while the provider does not answer the gap stays open over restarts, silence says nothing, and it is healed afterwards", async () => {
  const { process, store, write, wait, kind, gone, asked } = account();
  const first = process();
  await first.tick();
  wait(2 * HOUR);
  write(1);
  wait(HOUR);
  gone(true);
  const second = process();
  await second.tick();
  assert.equal(second.observedSince(BUSINESS), undefined);
  assert.equal(await kind(1), "unknown");
  const tries = asked.count;
  wait(10_000);
  await second.tick();
  assert.equal(asked.count, tries, "not again within a minute");
  // It dies, and the next one knows of the gap although the heartbeat is fresh.
  wait(10_000);
  gone(false);
  const third = process();
  await third.tick();
  assert.equal(await kind(1), "open");
  assert.equal(await store.note("gap"), "");
  assert.notEqual(third.observedSince(BUSINESS), undefined);
});

test("a store that takes nothing is a gap, too", async () => {
  const { store, wait, now } = account();
  let isGone = false;
  /** @type {any[]} */
  const logged = [];
  const failing = { ...store, setNote: async (/** @type {string} */ name, /** @type {string} */ value) => (isGone ? Promise.reject(new Error("disk full")) : store.setNote(name, value)) };
  const heartbeat = createHeartbeat({ store: failing, now, log: (entry) => logged.push(entry), counted: none, numbers: [BUSINESS] });
  await heartbeat.tick();
  assert.equal(heartbeat.observedSince(BUSINESS), now());
  isGone = true;
  for (let minute = 0; minute < 3; minute += 1) {
    wait(MINUTE);
    await heartbeat.tick();
  }
  assert.equal(heartbeat.observedSince(BUSINESS), undefined);
  isGone = false;
  await heartbeat.tick();
  // Nobody can be asked here, so silence counts from now on and no earlier.
  assert.equal(heartbeat.observedSince(BUSINESS), now());
});

test("while a gap is being healed silence says nothing; nor once nobody has beaten for longer than a gap is", async () => {
  const { client, store, now, wait } = account();
  /** @type {(value?: unknown) => void} */
  let answer = () => {};
  let isSlow = false;
  const slow = { ...client, async *messages(/** @type {any} */ filter) {
    if (isSlow) await new Promise((resolve) => (answer = resolve));
    yield* client.messages(filter);
  } };
  const heartbeat = createHeartbeat({ store, now, log: none, counted: none, client: slow, numbers: [BUSINESS] });
  await heartbeat.tick();
  const since = heartbeat.observedSince(BUSINESS);
  assert.notEqual(since, undefined);
  wait(MINUTE);
  assert.equal(heartbeat.observedSince(BUSINESS), since);
  wait(1);
  assert.equal(heartbeat.observedSince(BUSINESS), undefined, "this process slept");
  isSlow = true;
  const healing = heartbeat.tick();
  await until("the provider is asked", () => store.note("heartbeat").then((told) => told === String(now())));
  assert.equal(heartbeat.observedSince(BUSINESS), undefined);
  isSlow = false;
  answer();
  await healing;
  assert.equal(heartbeat.observedSince(BUSINESS), since);
});

test("a webhook that was not recorded is a gap, however short the store was away, and whatever else is lost while it is healed", async () => {
  const { process, write, wait, kind, asked, gone, store } = account();
  const heartbeat = process();
  await heartbeat.tick();
  const before = asked.count;
  wait(10_000);
  await heartbeat.tick();
  assert.equal(asked.count, before);
  write(1);
  heartbeat.lost();
  assert.equal(heartbeat.observedSince(BUSINESS), undefined);
  gone(true);
  wait(10_000);
  await heartbeat.tick();
  assert.deepEqual([await kind(1), heartbeat.observedSince(BUSINESS)], ["unknown", undefined]);
  gone(false);
  wait(MINUTE);
  const healing = heartbeat.tick();
  heartbeat.lost();
  await healing;
  assert.deepEqual([await kind(1), heartbeat.observedSince(BUSINESS)], ["open", undefined]);
  wait(10_000);
  await heartbeat.tick();
  assert.notEqual(heartbeat.observedSince(BUSINESS), undefined);
  assert.equal(await store.note("gap"), "");
});

test("what Twilio was answered 503 is read from its resource at the next beat", async () => {
  const { client, store, now, write, kind, wait } = account();
  let isFull = false;
  const service = await createService({
    store: { ...store, merge: async (...given) => (isFull ? Promise.reject(new Error("disk full")) : store.merge(...given)) }, now, log: none,
    publicUrl: "https://windows.example.com", twilio: { keys: [TOKEN], client, numbers: [BUSINESS] },
  });
  await service.turn();
  write(1);
  isFull = true;
  const url = "https://windows.example.com/twilio/inbound";
  assert.equal((await service.fetch(webhook(inbound(), { url, sentTo: url }))).status, 503);
  isFull = false;
  wait(10_000);
  await service.turn();
  assert.equal(await kind(1), "open");
  await service.close();
});

test("who starts again reads what came meanwhile, however short that was; a heartbeat from the future says nothing of when it was", async () => {
  for (const [what, pauseMs, aheadMs] of /** @type {[string, number, number][]} */ ([["three seconds", 3_000, 0], ["two hours, and a clock that was three ahead", 2 * HOUR, 3 * HOUR]])) {
    const { process, write, wait, kind, store, now } = account();
    const first = process();
    await first.start();
    first.stop();
    await store.setNote("heartbeat", String(now() + aheadMs));
    wait(pauseMs / 2);
    write(1);
    wait(pauseMs / 2);
    const second = process();
    await second.start();
    second.stop();
    assert.equal(await kind(1), "open", what);
  }
});

test("a clock that is set back puts no healing off", async () => {
  const { process, write, wait, kind, gone } = account();
  const heartbeat = process();
  await heartbeat.tick();
  wait(10 * MINUTE);
  write(1);
  gone(true);
  await heartbeat.tick();
  gone(false);
  wait(-5 * MINUTE);
  await heartbeat.tick();
  assert.equal(await kind(1), "open");
});

test("a store that hangs once holds neither heartbeat nor reminders up for ever", async (context) => {
  const { store, now } = account();
  let isHanging = true;
  const hangs = (/** @type {any} */ call) => (/** @type {any[]} */ ...given) => (isHanging ? new Promise(() => {}) : call(...given));
  const service = await createService({
    store: { ...store, note: hangs(store.note), accept: hangs(store.accept), closing: hangs(store.closing) }, now, log: none, tokens: [{ token: "metrics-token-0000000000000", may: ["metrics"] }],
    reminders: { thresholdsMs: [HOUR] },
  });
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let isOver = false;
  const end = () => void (isOver = true);
  service.turn().then(end, end);
  while (!isOver) {
    for (let wait = 0; wait < 20; wait += 1) await new Promise((resolve) => setImmediate(resolve));
    context.mock.timers.tick(500);
  }
  isHanging = false;
  await service.turn();
  assert.equal(await store.note("heartbeat"), String(now()));
});

test("reminders that are stopped while they look, look no more", async () => {
  let looks = 0;
  /** @type {(value?: unknown) => void} */
  let answer = () => {};
  const parts = /** @type {any} */ ({ store: { closing: () => ((looks += 1), new Promise((resolve) => (answer = () => resolve({ windows: [] })))) }, now: () => T0, log: none });
  const reminders = createReminders(parts, { reminders: { thresholdsMs: [HOUR] } });
  const timers = () => process.getActiveResourcesInfo().filter((one) => one === "Timeout").length;
  const before = timers();
  reminders.start();
  await until("it looks", () => looks === 1);
  reminders.stop();
  answer();
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(timers(), before);
});

const SECRET = `whsec_${Buffer.from("0123456789abcdef0123456789abcdef").toString("base64")}`;

/** Processes on one store that remind. @param {number} count @param {string} url */
const reminding = (count, url, thresholdsMs = [HOUR, 15 * MINUTE]) => {
  let now = T0;
  const store = memoryStore();
  /** @type {any[]} */
  const told = [];
  /** @type {any} */
  const parts = {
    store: askedStore(store, none), statuses: statusesBy({ policies: {}, observedSince: () => undefined }), now: () => now, log: none,
    metrics: { reminders: none },
  };
  const processes = Array.from({ length: count }, (_, place) => createReminders(parts, { reminders: { thresholdsMs, url, secret: SECRET } }, (reminder) => told.push([place, reminder.thresholdMs])));
  return { store, told, processes, at: (/** @type {number} */ ms) => (now = ms) };
};

test("eight processes remind once for each window and threshold, signed as Standard Webhooks", async () => {
  /** @type {any[]} */
  const received = [];
  const verifier = new Webhook(SECRET);
  let failures = 1;
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    if (failures-- > 0) return void response.writeHead(500).end();
    // The oracle refuses stamps that are far from its own clock, so only the signature is asked.
    const { "webhook-id": id, "webhook-timestamp": seconds, "webhook-signature": signature } = request.headers;
    assert.equal(signature, verifier.sign(String(id), new Date(Number(seconds) * 1000), body));
    received.push({ id, ...JSON.parse(body) });
    response.writeHead(204).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    const { store, told, processes, at } = reminding(8, `http://127.0.0.1:${/** @type {any} */ (server.address()).port}/`);
    const { recordEvents } = await import("../../www/engine/session.js");
    for (const number of [1, 2, 3]) {
      await store.merge(windowKeys({ business: BUSINESS, customer: { phone: customer(number) } }), recordEvents(undefined, [{ log: "customer", id: `SM${number}`, kind: "text", providerAtMs: T0 }], T0).state);
    }
    const closes = /** @type {number} */ ((await store.closing({ fromMs: 0, untilMs: T0 + 48 * HOUR })).windows[0]?.closesAtMs);
    for (const [ms, count] of /** @type {[number, number][]} */ ([
      [closes - HOUR - 1, 0], [closes - HOUR, 3], [closes - HOUR + 1, 3], [closes - 15 * MINUTE - 1, 3], [closes - 15 * MINUTE, 6], [closes - 1, 6], [closes, 6],
    ])) {
      at(ms);
      await Promise.all(processes.map(({ look }) => look()));
      await Promise.all(processes.map(({ settled }) => settled()));
      assert.equal(received.length, count, `${closes - ms} ms before closing`);
    }
    assert.equal(new Set(received.map(({ id }) => id)).size, 6);
    assert.deepEqual(new Set(received.map(({ type }) => type)), new Set(["window.closing"]));
    assert.doesNotMatch(JSON.stringify(received), /"text"|body/i);
    // The streams of every process are told once each.
    assert.deepEqual(told.filter(([place]) => place === 0).map(([, ms]) => ms).sort((a, b) => a - b), [15 * MINUTE, 15 * MINUTE, 15 * MINUTE, HOUR, HOUR, HOUR]);
    assert.equal(told.length, 8 * 6);
  } finally {
    server.close();
  }
});

test("a secret that is none is refused", () => {
  for (const bad of ["", "whsec_", "0123456789abcdef0123456789abcdef", "whsec_c2hvcnQ=", "whsec_***"]) assert.throws(() => secretBytes(bad), { code: "bad-secret" }, bad);
  assert.equal(secretBytes(SECRET).length, 32);
});
