// @ts-check
// A panel judges by the rules of the service that it follows, where they are the service's own and the page has none.

import assert from "node:assert/strict";
import { test } from "node:test";
import { foldEvents, policyFor } from "../../www/engine/session.js";
import { HOUR, NOW, desk, wrote } from "../support/desk.mjs";

const policy = { ...policyFor("whatsapp"), lengthMs: 2 * HOUR, warningMs: 0 };
const long = { ...policy, lengthMs: 4 * HOUR };
const state = foldEvents(undefined, [wrote("SM1", NOW - 3 * HOUR)]);
const kind = (/** @type {any} */ { controller }) => controller.snapshot.status.kind;

test("what is open by the channel's rules is closed by the service's, for this conversation alone", () => {
  const made = desk();
  made.controller.merge(state);
  assert.equal(kind(made), "open");
  made.controller.merge(state, undefined, policy);
  assert.deepEqual([kind(made), made.controller.judge({ kind: "text" }).leaves], ["closed", "no"]);
  // What is told without rules changes none.
  made.controller.merge(state);
  assert.equal(kind(made), "closed");
  made.controller.setConversation({ id: "another", business: "+15550100200", customer: { phone: "+15550109977" } });
  made.controller.merge(state);
  assert.equal(kind(made), "open");
});

test("the page's own rules come before", () => {
  const made = desk({ policy: long });
  made.controller.merge(state, undefined, policy);
  assert.equal(kind(made), "open");
});

test("rules that are none are told where the window is judged, and let nothing out", () => {
  const made = desk();
  made.controller.merge(state, undefined, /** @type {any} */ ({ version: 99 }));
  assert.throws(() => made.controller.judge({ kind: "text" }), { field: "policy.version" });
  assert.notEqual(made.controller.snapshot.verdict.leaves, "yes");
});
