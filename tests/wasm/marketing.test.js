// @ts-check
// A signed webhook tells the store whether a customer wants marketing, and the store everyone who asks.

import assert from "node:assert/strict";
import { test } from "node:test";
import { mergeStates, windowStatus } from "../../www/engine/session.js";
import { createGate } from "../../www/server/index.js";
import { BUSINESS, HOUR, PHONE, REFUSED, T0, inbound, setUp, statusOf, webhook } from "../support/webhooks.mjs";

/** @param {readonly { atMs: number, parameters: Record<string, string> }[]} story */
const told = async (story) => {
  let now = T0;
  const made = setUp({ now: () => now });
  for (const { atMs, parameters } of story) {
    now = atMs;
    assert.equal((await made.receiver.fetch(webhook(parameters))).status, 200);
  }
  return made;
};
/** @param {string} id @param {string} Body @param {Record<string, string>} [more] */
const wrote = (id, Body, more = {}) => inbound({ MessageSid: id, SmsSid: id, SmsMessageSid: id, Body, ...more });
const [ONE, TWO] = ["1", "2"].map((digit) => `SM${digit.repeat(32)}`);

test("a stop is kept, and the message that says it opens the window", async () => {
  const { store } = await told([{ atMs: T0, parameters: wrote(ONE, "Nein danke", { OptOutType: "STOP" }) }]);
  const status = await statusOf(store, PHONE, T0 + HOUR);
  assert.deepEqual([status.kind, status.marketing], ["open", { kind: "stopped", toldAtMs: T0, toldBy: "keyword" }]);
  const gate = createGate({ store, now: () => T0 + HOUR });
  const judged = await gate.judge({ business: BUSINESS, customer: PHONE });
  assert.deepEqual([judged.verdict.leaves, judged.status.marketing?.kind], ["yes", "stopped"]);
  assert.equal((await statusOf(store, PHONE, T0 + 300 * HOUR)).marketing?.kind, "stopped", "no length ends it");
});

test("START undoes it, and neither a repetition nor the order changes that", async () => {
  const stop = { atMs: T0, parameters: wrote(ONE, "STOP") };
  const start = { atMs: T0 + HOUR, parameters: wrote(TWO, "Start") };
  for (const story of [[stop, start], [stop, start, { ...stop, atMs: T0 + 2 * HOUR }]]) {
    const { store } = await told(story);
    assert.deepEqual((await statusOf(store, PHONE, T0 + 3 * HOUR)).marketing, { kind: "resumed", toldAtMs: T0 + HOUR, toldBy: "words" });
  }
});

test("a refusal that says so is kept with the window that it was of", async () => {
  const { store } = await told([{ atMs: T0, parameters: { ...REFUSED, ErrorCode: "63050" } }]);
  const status = await statusOf(store, PHONE, T0);
  assert.deepEqual([status.kind, status.marketing], ["unknown", { kind: "stopped", toldAtMs: T0, toldBy: "refusal" }]);
  assert.equal(windowStatus(mergeStates([]), { now: T0 }).marketing, undefined);
});
