// @ts-check
// What a desktop counts for the report: what was stopped, kept and sent later, answered, by template; and how it is told.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createCounting } from "../../www/client/counting.js";
import { createTallies } from "../../www/client/tallies.js";
import { windowService } from "../../www/client/client.js";

const MINUTE = 60_000;

/** A desktop whose snapshot the test writes. */
const desk = () => {
  /** @type {any[]} */
  const told = [];
  const counting = createCounting((tally) => told.push(tally));
  /** @type {((snapshot: any) => void)[]} */
  const listeners = [];
  const controller = { snapshot: {}, subscribe: (/** @type {any} */ listener) => void listeners.push(listener) };
  const element = new EventTarget();
  const shows = (/** @type {object} */ change) => {
    controller.snapshot = { ...controller.snapshot, ...change };
    for (const listener of listeners) listener(controller.snapshot);
  };
  const open = { status: { isOpen: true }, verdict: { locksComposer: false }, remainingMs: 90 * MINUTE };
  const closed = { status: { isOpen: false }, verdict: { locksComposer: true }, remainingMs: undefined };
  controller.snapshot = { conversation: { id: "1" }, draft: "", ...open };
  counting.join(/** @type {any} */ (controller), element);
  const stop = (/** @type {string} */ reason, text = "") => element.dispatchEvent(Object.assign(new Event("send-blocked"), { detail: { reason, text } }));
  return { told, counting, shows, stop, open, closed };
};

test("a stopped send counts once for its text, and only where the window stopped it", () => {
  const { told, stop, shows } = desk();
  for (const reason of ["window-expired", "window-expired"]) stop(reason, "hello");
  assert.deepEqual(told, [{ kind: "send-blocked" }]);
  for (const reason of ["already-sent", "too-long", "engine-failed", "not-owner"]) stop(reason, "another");
  assert.equal(told.length, 1);
  stop("window-refused", "another");
  shows({ conversation: { id: "2" } });
  stop("no-window", "another");
  for (let file = 0; file < 2; file += 1) stop("window-expired");
  assert.equal(told.length, 5, "another text, another conversation, and files, which have no text");
});

test("an answer is told with the minutes that were left when it was handed over, once it was taken", async () => {
  const { told, counting, shows, closed } = desk();
  /** @type {(() => void)[]} */
  const settle = [];
  const { sendText, send } = counting.ways({ send: async () => ({ id: "1" }), sendText: () => new Promise((resolve, reject) => settle.push(() => resolve(1), () => reject(new Error("no")))) });
  const message = (/** @type {string} */ conversationId) => /** @type {any} */ ({ text: "hello", conversationId, sendId: "s" });
  const first = sendText?.(message("1"));
  assert.deepEqual(told, []);
  shows(closed);
  settle[0]?.();
  assert.equal(await first, 1);
  assert.deepEqual(told, [{ kind: "answered", minutesLeft: 90 }]);
  const failed = sendText?.(message("1"));
  settle[3]?.();
  await assert.rejects(Promise.resolve(failed), /no/);
  const unknown = sendText?.(message("another"));
  settle[4]?.();
  await unknown;
  assert.equal(told.length, 1, "what failed, and what is of a window that is not shown or not open, tells no minutes");
  await send(/** @type {any} */ ({ text: "hi", conversationId: "1", language: "ar" }));
  assert.deepEqual(told.at(-1), { kind: "template-sent", language: "ar" });
  assert.equal("sendText" in counting.ways({ send: async () => ({ id: "1" }) }), false, "a way that is not there is not made");
});

test("a text that the desktop sends itself counts once, whichever events tell of it", () => {
  const { told, counting, shows } = desk();
  const seen = /** @type {unknown[]} */ ([]);
  let next = 0;
  const host = counting.host(/** @type {any} */ ({
    beginText: (/** @type {any} */ message) => (seen.push(message), message.text === "stop" ? { stopped: "already-sent" } : { sendId: `s${++next}` }),
    settleText: (/** @type {unknown[]} */ ...given) => seen.push(given), passed: (/** @type {string} */ text) => seen.push(text),
  }));
  shows({ draft: "hello" });
  for (let event = 0; event < 2; event += 1) host.passed?.("hello");
  assert.equal(told.length, 1, "a key, and the button that it presses");
  shows({ draft: "" });
  shows({ draft: "hello" });
  host.passed?.("hello");
  assert.equal(told.length, 2, "the same text again is another one");
  for (const [text, outcome] of /** @type {const} */ ([["a", {}], ["b", { error: new Error("no") }], ["stop", {}]])) {
    const begun = host.beginText?.({ text });
    if (begun && "sendId" in begun) host.settleText?.(begun.sendId, outcome);
  }
  assert.equal(told.length, 3, "what failed, and what was stopped, is none");
  assert.equal(seen.length, 8, "what stood there hears all the same");
});

test("a text that is handed out and seen as it leaves counts once", async () => {
  const { told, counting } = desk();
  const host = counting.host(/** @type {any} */ ({ beginText: () => ({ sendId: "s" }) }));
  const { sendText } = counting.ways({ send: async () => ({ id: "1" }), sendText: async ({ text }) => {
    host.passed?.(text);
    host.beginText?.({ text });
    host.settleText?.("s", {});
  } });
  await sendText?.(/** @type {any} */ ({ text: "hello", conversationId: "1" }));
  assert.deepEqual(told, [{ kind: "answered", minutesLeft: 90 }]);
});

test("a draft that stood there while the window was closed is rescued by the template or the text that takes it along, once", async () => {
  for (const [sent, isRescued] of /** @type {const} */ ([["Hello Ms. Li: Your parcel is here. Reply to go on.", true], ["Another text", false]])) {
    const { told, counting, shows, closed } = desk();
    shows({ ...closed, draft: "Your parcel\nis here." });
    const { send } = counting.ways({ send: async () => ({ id: "1" }) });
    for (let time = 0; time < 2; time += 1) await send(/** @type {any} */ ({ text: sent, conversationId: "1", language: "en" }));
    assert.deepEqual(told.filter(({ kind }) => kind === "draft-rescued").length, Number(isRescued), sent);
  }
});

test("it is rescued as well by the text that leaves when the customer has answered; what was written anew is not", () => {
  for (const [drafts, isRescued] of /** @type {const} */ ([[["my draft"], true], [["my draft, longer"], true], [["", "my draft"], true], [["", "something else"], false]])) {
    const { told, counting, shows, open, closed } = desk();
    const host = counting.host(/** @type {any} */ ({}));
    shows({ ...closed, draft: "my draft" });
    for (const draft of drafts) shows({ ...open, draft });
    host.passed?.(String(drafts.at(-1)));
    assert.equal(told.some(({ kind }) => kind === "draft-rescued"), isRescued, String(drafts));
  }
  const { told, counting, shows } = desk();
  shows({ draft: "never closed" });
  counting.host(/** @type {any} */ ({})).passed?.("never closed");
  assert.deepEqual(told, [{ kind: "answered", minutesLeft: 90 }]);
});

/** The way to a service that the test plays, and a timer that it winds. @param {(body: any) => number} answer status */
const way = (answer) => {
  /** @type {any[]} */
  const asked = [];
  /** @type {{ callback: () => void, ms: number }[]} */
  const timers = [];
  /** @type {unknown[]} */
  const reported = [];
  let ms = 0;
  const parts = {
    url: "https://windows.example.com", token: "t", sampled: () => false, monotonic: () => ms, report: (/** @type {unknown} */ error) => reported.push(error),
    fetch: /** @type {any} */ (async (/** @type {string} */ url, /** @type {any} */ init) => {
      asked.push({ url, keepalive: init.keepalive, ...JSON.parse(init.body) });
      return new Response("{}", { status: answer(asked.at(-1)) });
    }),
    timer: { set: (/** @type {() => void} */ callback, /** @type {number} */ after) => timers.push({ callback, ms: after }), clear: () => {} },
  };
  const ring = async () => {
    const next = timers.shift();
    ms += next?.ms ?? 0;
    next?.callback();
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  return { ...createTallies(parts), asked, reported, timers, ring, pass: (/** @type {number} */ more) => (ms += more) };
};

test("tallies are gathered for ten seconds and told together, the same ones as one", async () => {
  const { add, asked, ring, timers } = way(() => 200);
  for (let n = 0; n < 3; n += 1) add({ kind: "send-blocked" });
  add({ kind: "answered", minutesLeft: 3 });
  add({ kind: "answered", minutesLeft: 4 });
  assert.deepEqual([asked, timers.map(({ ms }) => ms)], [[], [10_000]]);
  await ring();
  assert.equal(asked.length, 1);
  assert.deepEqual([asked[0].url, asked[0].agoMs, asked[0].tallies], ["https://windows.example.com/tallies", 10_000, [{ kind: "send-blocked", count: 3 }, { kind: "answered", minutesLeft: 3, count: 1 }, { kind: "answered", minutesLeft: 4, count: 1 }]]);
  assert.match(asked[0].id, /^[\w-]{36}$/);
  assert.deepEqual(Object.keys(asked[0]).sort(), ["agoMs", "id", "keepalive", "tallies", "url"], "and nothing else");
});

test("what was not taken is told again under the same id, later each time, and with its age; what comes meanwhile is a report of its own", async () => {
  let isUp = false;
  const { add, asked, ring, timers } = way(() => (isUp ? 200 : 503));
  add({ kind: "send-blocked" });
  await ring();
  add({ kind: "draft-rescued" });
  assert.deepEqual(timers.map(({ ms }) => ms), [60_000]);
  await ring();
  assert.deepEqual(timers.map(({ ms }) => ms), [120_000]);
  isUp = true;
  await ring();
  const [first, second, third, fourth] = asked;
  assert.equal(asked.length, 4);
  assert.deepEqual([second.id, third.id, second.agoMs, third.agoMs], [first.id, first.id, 70_000, 190_000]);
  assert.deepEqual([third.tallies, fourth.tallies], [[{ kind: "send-blocked", count: 1 }], [{ kind: "draft-rescued", count: 1 }]]);
  assert.notEqual(fourth.id, first.id);
});

test("whoever may not tell is told so once and tells no more; a day is as long as anything waits; and it is bounded", async () => {
  const refused = way(() => 403);
  refused.add({ kind: "send-blocked" });
  await refused.ring();
  refused.add({ kind: "send-blocked" });
  assert.deepEqual([refused.asked.length, refused.reported.length, refused.timers.length], [1, 1, 0]);
  const old = way(() => 200);
  old.add({ kind: "send-blocked" });
  old.pass(86_400_000);
  await old.ring();
  assert.equal(old.asked.length, 0, "it is over");
  const many = way(() => 200);
  for (let minutesLeft = 0; minutesLeft < 7_000; minutesLeft += 1) many.add({ kind: "answered", minutesLeft });
  for (let n = 0; n < 1_500; n += 1) many.add({ kind: "send-blocked" });
  await many.ring();
  assert.equal(many.asked.length, 50);
  assert.ok(many.asked.every(({ tallies }) => tallies.length <= 100 && tallies.every((/** @type {any} */ { count }) => count <= 1_000)));
});

test("a page that goes tells at once, in a request that outlives it", async () => {
  const { add, asked, flush } = way(() => 200);
  add({ kind: "send-blocked" });
  await flush();
  assert.deepEqual(asked.map(({ keepalive }) => keepalive), [true]);
});

test("off unless it is switched on", () => {
  const given = { url: "https://windows.example.com", token: "t" };
  const [off, on] = [windowService(given), windowService({ ...given, report: true })];
  assert.equal(off.counting(), undefined);
  assert.equal(typeof on.counting()?.ways, "function");
  for (const service of [off, on]) service.close();
  assert.throws(() => windowService({ ...given, report: /** @type {any} */ ("yes") }), { code: "wrong-type" });
});
