// @ts-check
// The event stream: what changes is told, whoever comes back misses nothing, and a reader that reads nothing costs no memory.

import assert from "node:assert/strict";
import { connect } from "node:net";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { serve } from "@hono/node-server";
import { foldEvents } from "../../www/engine/session.js";
import { windowKeys } from "../../www/engine/session.js";
import { memoryStore } from "../../www/stores/memory.js";
import { BUSINESS, PHONE, T0, inbound, webhook } from "../support/webhooks.mjs";
import { OTHER, OTHER_BUSINESS, PUBLIC, READER, assertShape, eventsOf, serviceFor } from "../support/service.mjs";
import { until } from "../support/until.mjs";

const url = `${PUBLIC}/twilio/inbound`;
const sid = (/** @type {number} */ number) => `SM${String(number).padStart(32, "0")}`;
/** @param {number} number @param {string} [to] */
const message = (number, to = BUSINESS) => webhook(inbound({ MessageSid: sid(number), SmsSid: sid(number), SmsMessageSid: sid(number), To: `whatsapp:${to}` }), { url });
/** @param {string} [since] */
const asked = (since, token = READER) => new Request(`${PUBLIC}/stream`, { headers: { authorization: `Bearer ${token}`, ...(since ? { "last-event-id": since } : {}) } });
/** @param {number} number @param {string} [business] */
const state = (number, business = BUSINESS) => /** @type {const} */ ([
  windowKeys({ business, customer: { phone: `+155502${10_000 + number}` } }),
  foldEvents(undefined, [{ log: "customer", id: sid(number), kind: "text", providerAtMs: T0 }]),
]);

test("a change is told as it is now, with its position, in the documented shape", async () => {
  const { fetch, service } = await serviceFor();
  const events = eventsOf(await fetch(asked()));
  const first = await events.next();
  assert.deepEqual([first?.event, first?.data.nowAtMs], ["now", T0]);
  assertShape("StreamNow", first?.data);
  await fetch(message(1));
  const told = await events.next();
  assert.equal(told?.event, "window");
  assertShape("StreamWindow", told?.data);
  assert.equal(told?.data.status.kind, "open");
  assert.ok(told?.id);
  await events.cancel();
  await service.close();
});

test("what another process wrote into the same store is told, too", async () => {
  const store = memoryStore();
  const [here, there] = [await serviceFor({ store }), await serviceFor({ store })];
  const events = eventsOf(await here.fetch(asked()));
  await events.next();
  await there.fetch(message(1));
  assert.equal((await events.next())?.data.status.kind, "open");
  await events.cancel();
  await here.service.close();
});

test("whoever comes back is told all that happened since, in its order, and then what happens", async () => {
  const { store, fetch, service, ask } = await serviceFor();
  const { body: { cursor } } = await ask("POST", "/windows/query", { windows: [] });
  for (let number = 0; number < 1_200; number += 1) await store.merge(.../** @type {[string[], any]} */ (state(number)));
  const events = eventsOf(await fetch(asked(cursor)));
  assert.equal((await events.next())?.event, "now");
  const ids = [];
  for (let number = 0; number < 1_200; number += 1) {
    const told = await events.next();
    assert.equal(told?.data.state.customer[0].id, sid(number));
    ids.push(told?.id);
  }
  await fetch(message(5_000));
  assert.equal((await events.next())?.data.state.customer[0].id, sid(5_000));
  await events.cancel();
  // From a position in the middle, the rest.
  const again = eventsOf(await fetch(asked(ids[1_196])));
  await again.next();
  const rest = [];
  for (let number = 0; number < 4; number += 1) rest.push((await again.next())?.data.state.customer[0].id);
  assert.deepEqual(rest, [1_197, 1_198, 1_199, 5_000].map(sid));
  await again.cancel();
  await service.close();
});

test("a position that nobody knows any more: ask anew", async () => {
  const { fetch, service } = await serviceFor();
  const events = eventsOf(await fetch(asked("another-run.7")));
  await events.next();
  const told = await events.next();
  assert.equal(told?.event, "reset");
  assertShape("StreamReset", told?.data);
  assert.ok(told?.id);
  await events.cancel();
  await service.close();
});

test("a caller is told of its own addresses alone", async () => {
  const { fetch, service } = await serviceFor();
  const events = eventsOf(await fetch(asked(undefined, OTHER)));
  await events.next();
  await fetch(message(1));
  await fetch(message(2, OTHER_BUSINESS));
  const told = await events.next();
  assert.deepEqual([told?.event, told?.data.keys[0].split("/")[1]], ["window", OTHER_BUSINESS]);
  await events.cancel();
  await service.close();
});

test("a reader that reads nothing is cut off at 256 KiB, and others go on", async () => {
  const { store, fetch, service, ask } = await serviceFor();
  const lazy = await fetch(asked());
  const events = eventsOf(await fetch(asked()));
  await events.next();
  assert.match((await ask("GET", "/metrics")).body, /\nreply_window_streams 2\n/);
  for (let round = 1; ; round += 1) {
    for (let number = 0; number < 100; number += 1) await store.merge(.../** @type {[string[], any]} */ (state(100 * round + number)));
    // A webhook wakes whoever looks for changes.
    await fetch(message(1e6 + round));
    for (let last = ""; last !== sid(1e6 + round); ) last = ((await events.next())?.data.state?.customer ?? []).at(-1)?.id ?? "";
    if (/\nreply_window_streams 1\n/.test((await ask("GET", "/metrics")).body)) break;
    assert.ok(round < 30, "it was never cut off");
  }
  await assert.rejects(async () => {
    const reader = /** @type {ReadableStream} */ (lazy.body).getReader();
    for (let done = false; !done; ) ({ done } = await reader.read());
  }, /not read/);
  await events.cancel();
  await service.close();
});

test("no more streams than are allowed: 429; one that ended makes room", async () => {
  const { fetch, service } = await serviceFor({ maxStreams: 2 });
  const [one, two] = [await fetch(asked()), await fetch(asked())];
  assert.equal((await fetch(asked())).status, 429);
  await one.body?.cancel();
  const three = await fetch(asked());
  assert.equal(three.status, 200);
  service.drain();
  const events = eventsOf(three);
  await events.next();
  assert.equal(await events.next(), undefined, "a drained stream ends");
  await two.body?.cancel();
});

test("a store that fails for a while ends no stream and loses no change", async () => {
  const real = memoryStore();
  let isGone = false;
  const store = { ...real, changes: async (/** @type {any} */ ...given) => (isGone ? Promise.reject(new Error("gone")) : real.changes(...given)) };
  const { fetch, service } = await serviceFor({ store });
  const events = eventsOf(await fetch(asked()));
  await events.next();
  isGone = true;
  await fetch(message(1));
  let told = false;
  const next = events.next().then((event) => ((told = true), event));
  await until("a look that failed", async () => /failures_total\{[^}]*\} [1-9]/.test((await (await service.fetch(new Request(`${PUBLIC}/metrics`, { headers: { authorization: `Bearer worker-token-0000000000000000` } }))).text())));
  assert.equal(told, false);
  isGone = false;
  assert.equal((await next)?.data.status.kind, "open");
  await events.cancel();
  await service.close();
});

test("over a connection that nobody reads from, too", async () => {
  const { store, service, fetch, ask } = await serviceFor();
  /** @type {any} */
  let server;
  const port = await new Promise((resolve) => (server = serve({ fetch: service.fetch, port: 0, hostname: "127.0.0.1", overrideGlobalObjects: false }, (info) => resolve(info.port))));
  const streams = async () => Number(/\nreply_window_streams (\d+)\n/.exec((await ask("GET", "/metrics")).body)?.[1]);
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  socket.pause();
  socket.write(`GET /stream HTTP/1.1\r\nhost: windows.example.com\r\nauthorization: Bearer ${READER}\r\n\r\n`);
  await until("a stream", async () => (await streams()) === 1);
  for (let round = 1; (await streams()) === 1; round += 1) {
    assert.ok(round < 60, "it was never cut off");
    for (let number = 0; number < 400; number += 1) await store.merge(.../** @type {[string[], any]} */ (state(400 * round + number)));
    await fetch(message(2e6 + round));
    await until("a look", async () => (await service.fetch(new Request(`${PUBLIC}/livez`))).ok);
    await new Promise((resolve) => setTimeout(resolve));
  }
  socket.destroy();
  server.closeAllConnections();
  server.close();
  await service.close();
});

test("two readers who begin at once: what happens between their beginnings is told to both", async () => {
  const real = memoryStore();
  /** @type {((value?: unknown) => void)[]} */
  const held = [];
  const store = { ...real, async changes(/** @type {string | undefined} */ after, /** @type {number | undefined} */ limit) {
    const page = await real.changes(after, limit);
    if (after === undefined && held.length < 2) await new Promise((resolve) => held.push(resolve));
    return page;
  } };
  const { fetch, service } = await serviceFor({ store });
  const first = fetch(asked());
  await until("the first has asked where the end is", () => held.length === 1);
  await store.merge(.../** @type {[string[], any]} */ (state(1)));
  const second = fetch(asked());
  await until("so has the second", () => held.length === 2);
  for (const goOn of held) goOn();
  const readers = [eventsOf(await first), eventsOf(await second)];
  for (const events of readers) assert.equal((await events.next())?.event, "now");
  assert.equal((await readers[0]?.next())?.event, "window");
  for (const events of readers) await events.cancel();
  await service.close();
});

test("whoever is still being told of what is older is told no position beyond that", async (context) => {
  const real = memoryStore();
  let isHeld = false;
  /** @type {(value?: unknown) => void} */
  let goOn = () => {};
  const store = { ...real, async changes(/** @type {string | undefined} */ after, /** @type {number | undefined} */ limit) {
    if (after !== undefined && isHeld) await new Promise((resolve) => (goOn = resolve));
    return real.changes(after, limit);
  } };
  const { fetch, service, ask } = await serviceFor({ store });
  const { body: { cursor } } = await ask("POST", "/windows/query", { windows: [] });
  await store.merge(.../** @type {[string[], any]} */ (state(1)));
  isHeld = true;
  context.mock.timers.enable({ apis: ["setInterval"] });
  const events = eventsOf(await fetch(asked(cursor)));
  assert.equal((await events.next())?.id, cursor);
  // A word about the time for everybody, while what is older is still being read.
  context.mock.timers.tick(60_000);
  const now = await events.next();
  assert.deepEqual([now?.event, now?.id], ["now", undefined]);
  isHeld = false;
  goOn();
  const told = await events.next();
  assert.equal(told?.event, "window");
  await new Promise((resolve) => setImmediate(resolve));
  context.mock.timers.tick(60_000);
  assert.deepEqual(await events.next(), { event: "now", id: told?.id, data: { nowAtMs: T0 } });
  await events.cancel();
  await service.close();
});

/** A reader that is to be told of 1,200 windows, far more than what may wait for it, once it is full. @param {import("node:test").TestContext} context */
const farBehind = async (context) => {
  const made = await serviceFor();
  context.after(() => made.service.close());
  const { body: { cursor } } = await made.ask("POST", "/windows/query", { windows: [] });
  // Of many lengths, so that what is left of the room is of many, too.
  for (let number = 0; number < 1_200; number += 1) await made.store.merge(state(number)[0], foldEvents(undefined, [{ log: "customer", id: `${number}-${"x".repeat((37 * number) % 211)}`, kind: "text", providerAtMs: T0 }]));
  context.mock.timers.enable({ apis: ["setInterval"] });
  const response = await made.fetch(asked(cursor));
  return { ...made, response };
};
/** What is read, and what is written for it, is in the queue of this process alone. */
const settled = async () => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

test("whoever reads slowly is told all that is older, however many beats that takes", async (context) => {
  const { response } = await farBehind(context);
  const events = eventsOf(response);
  assert.equal((await events.next())?.event, "now");
  for (let number = 0; number < 1_200; number += 1) {
    if (number % 2 === 0) {
      await settled();
      context.mock.timers.tick(15_000);
    }
    let told = await events.next();
    while (told?.event === "now") told = await events.next();
    assert.match(told?.data.state.customer[0].id, new RegExp(`^${number}-`));
  }
  await events.cancel();
});

test("whoever reads nothing from one beat to the next while it is told of what is older is cut off", async (context) => {
  const { response, ask } = await farBehind(context);
  const streams = async () => /\nreply_window_streams (\d+)\n/.exec((await ask("GET", "/metrics")).body)?.[1];
  await settled();
  context.mock.timers.tick(15_000);
  assert.equal(await streams(), "1");
  await until("the stream is cut off", async () => (context.mock.timers.tick(15_000), (await streams()) === "0"));
  await assert.rejects(async () => {
    const reader = /** @type {ReadableStream} */ (response.body).getReader();
    for (let done = false; !done; ) ({ done } = await reader.read());
  }, /not read/);
});

test("whoever gives a stream up is heard, however much memory was tidied meanwhile", async (context) => {
  const { service, ask } = await serviceFor();
  context.after(() => service.close());
  const streams = async () => /\nreply_window_streams (\d+)\n/.exec((await ask("GET", "/metrics")).body)?.[1];
  const given = new AbortController();
  // Nobody but the service has the request.
  const response = await service.fetch(new Request(`${PUBLIC}/stream`, { headers: { authorization: `Bearer ${READER}` }, signal: given.signal }));
  assert.equal(await streams(), "1");
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc");
  for (let turn = 0; turn < 10; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    collect();
  }
  given.abort();
  assert.equal(await streams(), "0");
  assert.ok(response.body);
});
