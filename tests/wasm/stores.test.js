// @ts-check
// Every store keeps what the port promises.

import assert from "node:assert/strict";
import { test } from "node:test";
import { foldEvents } from "../../www/engine/session.js";
import { memoryStore } from "../../www/server/index.js";
import { testStore } from "../support/store-suite.mjs";

testStore("memory", (limits) => memoryStore(limits));

test("memory forgets windows and sends some days after their last change, and not before", async () => {
  let now = 0;
  const store = memoryStore({ keepMs: 1_000, now: () => now });
  const wrote = (/** @type {string} */ id) => foldEvents(undefined, [{ log: "customer", id, kind: "text", receiptAtMs: 1 }]);
  await store.merge(["a", "b"], wrote("1"));
  await store.recordSend({ id: "SM1", keys: ["a"], kind: "session-message", atMs: 0 });
  now = 500;
  await store.merge(["c"], wrote("2"));
  // A repetition is no change.
  await store.merge(["a"], wrote("1"));
  now = 1_000;
  assert.ok(await store.read(["b"]));
  assert.deepEqual(await store.sendRecord("SM1"), { id: "SM1", keys: ["a"], kind: "session-message", atMs: 0 });
  now = 1_001;
  assert.deepEqual([await store.read(["a"]), await store.read(["b"]), await store.sendRecord("SM1")], [undefined, undefined, undefined]);
  assert.ok(await store.read(["c"]));
});

test("memory forgets the counts of a day when they were kept long enough, and not before", async () => {
  const day = 86_400_000;
  const store = memoryStore({ keepTalliesMs: 10 * day });
  const told = (/** @type {number} */ at) => store.tally({ id: `r${at}`, atMs: at * day, counts: [{ day: new Date(at * day).toISOString().slice(0, 10), name: "a", count: 1 }] });
  const days = async () => (await store.tallies({ fromDay: "1970-01-01", untilDay: "1970-12-31" })).map((tally) => tally.day);
  for (const at of [0, 1, 10]) await told(at);
  assert.deepEqual(await days(), ["1970-01-01", "1970-01-02", "1970-01-11"]);
  await told(11);
  assert.deepEqual(await days(), ["1970-01-02", "1970-01-11", "1970-01-12"]);
});
