// Tabs of the same desktop tell each other what they know.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { until as comesToBe } from "../support/until.mjs";
import { BUSINESS, HOUR, NOW, ana, ben, desk, wrote } from "../support/desk.mjs";

/** @type {any[]} */
let open = [];
let count = 0;
const name = () => `reply-window test ${process.pid} ${count}`;
afterEach(() => {
  for (const { controller } of open) controller.destroy();
  open = [];
  count += 1;
});
const tab = (/** @type {object} */ more = {}) => {
  const made = desk({ tabs: name(), ...more });
  open.push(made);
  return made.controller;
};
/** Messages between channels take a few turns. */
const until = (/** @type {() => boolean} */ reached) => comesToBe("what the other tab knows", reached);
/** Whatever was told before has been heard by everybody: a word of our own, told after it, has come round. */
async function allHeard() {
  const [mouth, ear] = [new BroadcastChannel(name()), new BroadcastChannel(name())];
  let heard = false;
  ear.onmessage = ({ data }) => (heard ||= data === "heard?");
  mouth.postMessage("heard?");
  await until(() => heard);
  mouth.close();
  ear.close();
  // Each listener has a queue of its own; those of the same turn are served in it.
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

test("what one tab learns, the other knows", async () => {
  const [first, second] = [tab(), tab()];
  first.record(wrote("SM1", NOW));
  await until(() => second.snapshot.status.kind === "open");
  second.refused({ id: "SM2", at: NOW + 1, text: "mine" });
  await until(() => first.snapshot.status.reason === "refused");
  assert.equal(first.snapshot.draft, "", "drafts stay where they were typed");
});

test("a tab that opens later asks the others", async () => {
  const first = tab();
  first.record(wrote("SM1", NOW));
  const late = tab();
  assert.equal(late.snapshot.status.kind, "unknown");
  await until(() => late.snapshot.status.kind === "open");
  const other = tab({ conversation: ben });
  other.setConversation(ana);
  await until(() => other.snapshot.status.kind === "open");
});

test("what is told of another conversation is kept for it", async () => {
  const [first, second] = [tab({ conversation: ben }), tab()];
  first.record(wrote("SM1", NOW - HOUR));
  second.record(wrote("SM2", NOW));
  await until(() => first.snapshot.status.kind === "open" && second.snapshot.status.kind === "open");
  await allHeard();
  first.destroy();
  second.setConversation(ben);
  assert.equal(second.snapshot.status.openedAtMs, NOW - HOUR);
});

test("messages of others that make no sense are passed over", async () => {
  const controller = tab();
  const stranger = new BroadcastChannel(name());
  const keys = [`whatsapp/${BUSINESS}/phone:+491701234567`];
  for (const message of [null, 5, "x", {}, { version: 2, keys, state: {} }, { version: 1 }, { version: 1, keys: 5 }, { version: 1, keys: [5] },
    { version: 1, keys, state: 5 }, { version: 1, keys, state: { version: 1, customer: "x" } }, { version: 1, keys: [], state: {} }]) {
    stranger.postMessage(message);
  }
  const customer = [{ id: "SM1", kind: "text", providerAtMs: NOW }];
  stranger.postMessage({ version: 1, keys, state: { version: 1, customer, refused: [], sent: [] } });
  await until(() => controller.snapshot.status.kind === "open");
  assert.equal(controller.snapshot.error, undefined);
  stranger.close();
});

test("a destroyed tab neither listens nor tells", async () => {
  const [first, second] = [tab(), tab()];
  second.destroy();
  first.record(wrote("SM1", NOW));
  await allHeard();
  assert.equal(second.snapshot.status.kind, "unknown");
});
