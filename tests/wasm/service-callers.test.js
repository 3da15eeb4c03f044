// @ts-check
// Who asks the window service, and what a host answers for it: credentials of odd letters, functions that answer nonsense, questions whose answer nobody reads.

import assert from "node:assert/strict";
import { test } from "node:test";
import { secretIn } from "../../www/service/pseudonyms.js";
import { createMetrics } from "../../www/service/metrics.js";
import { createService } from "../../www/service/service.js";
import { memoryStore } from "../../www/stores/memory.js";
import { BUSINESS, HOUR, INBOUND, PHONE, REFUSED, T0, webhook } from "../support/webhooks.mjs";
import { DESK, OTHER, OTHER_BUSINESS, PUBLIC, READER, serviceFor } from "../support/service.mjs";

const URL_IN = `${PUBLIC}/twilio/inbound`;
const ODD = "!#$%&'()*,:;<>?@[]^`{|}~\"\\";

test("a token of any letters that a header carries opens what its line says", async () => {
  const { ask } = await serviceFor({ tokens: [{ token: ODD }] });
  assert.equal((await ask("GET", "/closing?within=5", undefined, { token: ODD })).status, 200);
  assert.equal((await ask("GET", "/closing?within=5", undefined, { token: `${ODD}.` })).status, 401);
});

for (const [what, tokens] of /** @type {[string, { token: string }[]][]} */ ([
  ["with a blank", [{ token: "pass words with blanks in it" }]], ["with a letter that no header carries", [{ token: "passw\u00f6rter-mit-vielen-umlauten" }]],
  ["with a line's end", [{ token: `${READER}\n` }]], ["that stands there twice", [{ token: READER }, { token: OTHER }, { token: READER }]],
])) {
  test(`a token ${what} is refused when the service is made`, async () => {
    await assert.rejects(createService({ store: memoryStore(), tokens }), { code: "bad-secret", field: `tokens[${tokens.length - 1}].token` });
  });
}

for (const [what, authorize] of /** @type {[string, any][]} */ ([
  ["a yes", () => true], ["a field that there is not", () => ({ may: ["read"], user: "x" })], ["a permission that there is not", async () => ({ may: ["all"] })],
  ["an address that is empty", () => ({ may: ["read"], businesses: [""] })], ["an error", () => { throw new Error("+15550109911"); }], ["what is no error", async () => { throw "+15550109911"; }],
  ["nothing thrown", () => Promise.reject()],
])) {
  test(`a host whose authorize gives ${what}: its fault, 500, told in the log by a code`, async () => {
    const { ask, logged } = await serviceFor({ authorize });
    const { status, body } = await ask("GET", "/closing?within=5");
    assert.deepEqual([status, body.message], [500, "something went wrong here"]);
    assert.deepEqual(logged.map(({ event }) => event), ["failed"]);
    assert.doesNotMatch(JSON.stringify([body, logged]), /1555/);
  });
}

test("a host whose authorize allows no address of ours, or nothing: nothing is permitted, and nothing is wrong here", async () => {
  const { ask, service, logged } = await serviceFor({ authorize: ({ headers }) => (headers.get("authorization") === "Bearer nothing" ? { may: [] } : { may: ["read", "send"], businesses: [] }) });
  await service.fetch(webhook(INBOUND, { url: URL_IN }));
  const window = { business: BUSINESS, customer: PHONE };
  const { body: { windows } } = await ask("POST", "/windows/query", { windows: [window] });
  assert.deepEqual([windows[0].refused, windows[0].status.kind], ["other-business", "unknown"]);
  assert.deepEqual((await ask("GET", "/closing?within=5")).body.windows, []);
  assert.equal((await ask("POST", "/verdict", window)).status, 403);
  assert.deepEqual([(await ask("GET", "/closing?within=5", undefined, { token: "nothing" })).status, logged.filter(({ event }) => event === "failed")], [403, []]);
});

test("a host whose authorize hangs: 503 once somebody waited long enough", async (context) => {
  const { ask } = await serviceFor({ authorize: () => new Promise(() => {}) });
  context.mock.timers.enable({ apis: ["setTimeout"] });
  /** @type {any} */
  let told;
  ask("GET", "/closing?within=5").then((answer) => (told = answer));
  while (!told) {
    await new Promise((resolve) => setImmediate(resolve));
    context.mock.timers.tick(500);
  }
  assert.deepEqual([told.status, told.body.code, told.headers.get("retry-after")], [503, "handler-timed-out", "1"]);
});

test("a stream that is asked for by HEAD is none, and takes nobody's place", async () => {
  const { service, ask } = await serviceFor({ maxStreams: 2 });
  for (let number = 0; number < 4; number += 1) {
    const { status, headers, body } = await service.fetch(new Request(`${PUBLIC}/stream`, { method: "HEAD", headers: { authorization: `Bearer ${READER}` } }));
    assert.deepEqual([status, headers.get("content-type"), body], [200, "text/event-stream; charset=utf-8", null]);
  }
  assert.match((await ask("GET", "/metrics")).body, /\nreply_window_streams 0\n/);
  assert.equal((await service.fetch(new Request(`${PUBLIC}/livez`, { method: "HEAD" }))).status, 200);
  await service.close();
});

test("who tells of a send under the id of another tenant's message touches no window but its own", async () => {
  const { service, ask, store } = await serviceFor();
  const send = { id: REFUSED.MessageSid, business: OTHER_BUSINESS, customer: { phone: "+15550107777" }, kind: "session-message", atMs: T0 - 30 * HOUR };
  assert.equal((await ask("POST", "/sends", send, { token: OTHER })).status, 200);
  await service.fetch(webhook(INBOUND, { url: URL_IN }));
  await service.fetch(webhook(REFUSED, { url: URL_IN }));
  const windows = [];
  for await (const { keys, state } of store.windows()) windows.push([...new Set(keys.map((key) => key.split("/")[1]))], state.refused.map(({ providerAtMs }) => providerAtMs));
  // Nor does it move the refusal to where it closes nothing.
  assert.deepEqual(windows, [[BUSINESS], [undefined]]);
  const { body } = await ask("POST", "/windows/query", { windows: [{ business: OTHER_BUSINESS, customer: { phone: "+15550107777" } }] }, { token: OTHER });
  assert.equal(body.windows[0].status.kind, "unknown");
  assert.equal((await ask("POST", "/verdict", { business: BUSINESS, customer: PHONE })).body.status.kind, "closed");
});

test("languages that a desktop makes up are no labels without end", async () => {
  const { ask } = await serviceFor({ report: true });
  const letters = [..."abcdefghijklmnopqrstuvwxyz"];
  for (const [place, first] of letters.entries()) {
    const tallies = Array.from({ length: 100 }, (_, number) => ({ kind: "template-sent", language: `${first}a_${100 + number}` }));
    assert.equal((await ask("POST", "/tallies", { id: `report-${place}`, tallies }, { token: DESK })).status, 200);
  }
  const { body } = await ask("GET", "/metrics");
  assert.equal(body.match(/\nreply_window_tallies_total\{/g).length, 1_000);
});

test("a counter that is full goes on counting what it has", () => {
  const metrics = createMetrics();
  const count = metrics.counters.heals;
  for (let number = 0; number < 1_100; number += 1) count({ number: `"\\\n${number}` });
  count({ number: '"\\\n0' }, 2);
  const lines = metrics.text().split("\n").filter((line) => line.startsWith("reply_window_gaps_total"));
  assert.deepEqual([lines.length, lines[0]], [1_000, 'reply_window_gaps_total{number="\\"\\\\\\n0"} 3']);
});

test("processes that make their secret at once have the same one afterwards", async () => {
  const store = memoryStore();
  let isHeld = true;
  /** @type {(value?: unknown) => void} */
  let goOn = () => {};
  const held = new Promise((resolve) => (goOn = resolve));
  const slow = secretIn({ ...store, async note(name) {
    const found = await store.note(name);
    if (isHeld) await held;
    isHeld = false;
    return found;
  } });
  const quick = secretIn(store);
  const late = slow();
  await quick();
  goOn();
  assert.deepEqual(await late, await quick());
  assert.equal((await quick()).length, 32);
});

test("windows that cannot be listed: 503 to whoever wants to be forgotten, not half an answer", async (context) => {
  const real = memoryStore();
  /** @type {() => any} */
  let windows = () => ({ [Symbol.asyncIterator]: () => ({ next: async () => { throw new Error("gone"); } }) });
  const { service, ask } = await serviceFor({ store: { ...real, windows: () => windows() } });
  await service.fetch(webhook(INBOUND, { url: URL_IN }));
  assert.deepEqual((await ask("DELETE", "/customers", { customer: PHONE })).body.code, "store-unavailable");
  windows = () => { throw "gone"; };
  assert.equal((await ask("DELETE", "/customers", { customer: PHONE })).status, 503);
  windows = () => ({ [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }) });
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const hanging = ask("DELETE", "/customers", { customer: PHONE });
  let status = 0;
  hanging.then((answer) => (status = answer.status));
  while (status === 0) {
    for (let wait = 0; wait < 20; wait += 1) await new Promise((resolve) => setImmediate(resolve));
    context.mock.timers.tick(500);
  }
  assert.equal(status, 503);
  context.mock.timers.reset();
  windows = real.windows;
  assert.equal((await ask("DELETE", "/customers", { customer: PHONE })).body.erased, 1);
});
