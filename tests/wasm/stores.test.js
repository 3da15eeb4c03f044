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
