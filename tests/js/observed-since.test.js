// A server that saw everything of a window tells a silent customer from an unknown one.

import assert from "node:assert/strict";
import { test } from "node:test";
import { mergeStates } from "../../www/engine/session.js";
import { HOUR, NOW, desk, wrote } from "../support/desk.mjs";

const status = (/** @type {any} */ { controller }) => [controller.snapshot.status.kind, controller.snapshot.status.reason];

test("who was silent for a whole day of it is closed, a millisecond less and it is unknown; another conversation knows nothing of it", () => {
  for (const [sinceMs, kind, reason] of /** @type {[number, string, string][]} */ ([[NOW - 24 * HOUR + 1, "unknown", "no-evidence"], [NOW - 24 * HOUR, "closed", "silent"]])) {
    const made = desk();
    made.controller.merge(mergeStates([]));
    assert.deepEqual(status(made), ["unknown", "no-evidence"]);
    made.controller.merge(mergeStates([]), sinceMs);
    assert.deepEqual(status(made), [kind, reason]);
    made.controller.setConversation({ id: "another", business: "+15550100200", customer: { phone: "+15550109977" } });
    assert.deepEqual(status(made), ["unknown", "no-evidence"]);
  }
});

test("who writes then opens the window; what is no time is refused", () => {
  const made = desk();
  made.controller.merge(mergeStates([]), NOW - 48 * HOUR);
  assert.equal(status(made)[0], "closed");
  made.controller.record(wrote("SM1", NOW));
  assert.equal(status(made)[0], "open");
  assert.throws(() => made.controller.merge(mergeStates([]), "soon"), { code: "wrong-type", field: "observedSince" });
});
