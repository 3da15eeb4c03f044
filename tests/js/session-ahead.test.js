// Windows as schedulers, bots and queues ask of them: at an instant to come.

import assert from "node:assert/strict";
import { test } from "node:test";
import { foldEvents, latestSafeSendAt, policyFor, willBeOpenAt } from "../../www/index.js";

const T0 = Date.parse("2026-11-23T10:00:00Z");
const DAY = 86_400_000;
const MARGIN = 60_000;

/** @param {{ at?: number, refusedAt?: number, sent?: number }} [what] */
const stateOf = ({ at = T0, refusedAt, sent = 0 } = {}) => foldEvents(undefined, [
  { log: "customer", id: "m1", kind: "text", providerAtMs: at },
  ...(refusedAt === undefined ? [] : [/** @type {const} */ ({ log: "refused", id: "r1", kind: "session-message", providerAtMs: refusedAt })]),
  ...Array.from({ length: sent }, (_, index) => /** @type {const} */ ({ log: "sent", id: `s${index}`, kind: "session-message", providerAtMs: at + 1 + index })),
]);

// https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages#customer-service-windows (24 hours)
test("a day less the margin, to the millisecond", () => {
  const state = stateOf();
  const end = T0 + DAY - MARGIN;
  for (const [instant, is] of /** @type {[number, boolean][]} */ ([[T0, true], [end - 1, true], [end, false], [end + 1, false], [end + DAY, false]])) {
    assert.equal(willBeOpenAt(state, instant), is, String(instant - end));
  }
  for (const now of [T0, T0 + 1, end - 3_600_000 - 1, end - 3_600_000, end - 1]) assert.equal(latestSafeSendAt(state, { now }), end - 1);
  for (const now of [end, end + 1]) assert.equal(latestSafeSendAt(state, { now }), undefined);
});

test("without a margin the last millisecond of the day counts", () => {
  const policy = { ...policyFor("whatsapp"), marginMs: 0 };
  assert.equal(latestSafeSendAt(stateOf(), { now: T0, policy }), T0 + DAY - 1);
  assert.deepEqual([T0 + DAY - 1, T0 + DAY].map((instant) => willBeOpenAt(stateOf(), instant, { policy })), [true, false]);
});

test("what is refused, unknown or over its limit has no such instant", () => {
  const refused = stateOf({ refusedAt: T0 + 1000 });
  const nothing = foldEvents(undefined, []);
  for (const [state, channel] of /** @type {[any, any][]} */ ([[refused, "whatsapp"], [nothing, "whatsapp"], [stateOf({ sent: 10 }), "tiktok"]])) {
    assert.equal(latestSafeSendAt(state, { now: T0 + 2000, channel }), undefined);
    assert.equal(willBeOpenAt(state, T0 + 2000, { channel }), false);
  }
  assert.equal(latestSafeSendAt(stateOf({ sent: 9 }), { now: T0 + 2000, channel: "tiktok" }), T0 + 2 * DAY - MARGIN - 1);
});

test("a paid message is no free text; a channel without a window never ends", () => {
  const state = stateOf();
  assert.equal(willBeOpenAt(state, T0 + 2 * DAY, { channel: "viber" }), false);
  assert.equal(latestSafeSendAt(state, { now: T0, channel: "viber" }), T0 + DAY - MARGIN - 1);
  assert.equal(latestSafeSendAt(state, { now: T0, channel: "sms" }), Infinity);
  assert.equal(willBeOpenAt(state, T0 + 99 * DAY, { channel: "sms" }), true);
});

test("an instant that is none is named", () => {
  assert.throws(() => willBeOpenAt(stateOf(), /** @type {any} */ ("tomorrow")), { code: "wrong-type", field: "instant" });
  assert.throws(() => willBeOpenAt(stateOf(), NaN), { code: "time-not-whole", field: "instant" });
  assert.throws(() => latestSafeSendAt(stateOf(), { now: 1.5 }), { code: "time-not-whole", field: "now" });
});
