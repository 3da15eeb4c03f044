// When the controller looks again: edges of the minutes left, seconds in the last minute, changes of the status.

import assert from "node:assert/strict";
import { test } from "node:test";
import { LONGEST_WAIT_MS, nextWakeMs, remainingMs } from "../../www/controller/clock.js";

const MINUTE = 60_000;
const open = (/** @type {object} */ more) => /** @type {any} */ ({ kind: "open", reason: "customer-event", isOpen: !["closed", "unknown"].includes(/** @type {any} */ (more).kind), ignored: [], ...more });

/** The wait where only the time left decides. */
const waitAt = (/** @type {number} */ left) => nextWakeMs(open({ closesAtMs: 1e12 }), 1e12 - left);

test("the time left is that of an open window only", () => {
  assert.equal(remainingMs(open({ closesAtMs: 10 }), 4), 6);
  assert.equal(remainingMs(open({ kind: "closing", closesAtMs: 10 }), 9), 1);
  assert.equal(remainingMs(open({ closesAtMs: 10 }), 11), 0);
  assert.equal(remainingMs(open({}), 4), undefined);
  for (const kind of ["closed", "unknown"]) assert.equal(remainingMs(open({ kind, closesAtMs: 10 }), 4), undefined);
});

test("a wake-up comes when fewer whole minutes are left", () => {
  assert.equal(waitAt(5 * MINUTE - 1), MINUTE);
  assert.equal(waitAt(5 * MINUTE), 1);
  assert.equal(waitAt(5 * MINUTE + 1), 2);
  assert.equal(waitAt(MINUTE + 1), 2);
});

test("in the last minute, when fewer whole seconds are left", () => {
  assert.equal(waitAt(MINUTE), 1);
  assert.equal(waitAt(MINUTE - 1), 1000);
  assert.equal(waitAt(1500), 501);
  assert.equal(waitAt(1), 2);
});

test("after each wait the number shown differs, and none is skipped", () => {
  const shown = (/** @type {number} */ left) => (left > MINUTE ? Math.floor(left / MINUTE) * MINUTE : Math.floor(left / 1000) * 1000);
  let left = 3 * MINUTE + 12_345;
  const seen = [shown(left)];
  while (left > 0 && seen.length < 100) {
    left -= /** @type {number} */ (waitAt(left));
    seen.push(shown(Math.max(0, left)));
  }
  const seconds = Array.from({ length: 60 }, (_, second) => second * 1000).reverse();
  assert.deepEqual([...new Set(seen)], [3 * MINUTE, 2 * MINUTE, MINUTE, ...seconds]);
});

test("a change of the status comes first, to the millisecond", () => {
  const status = open({ closesAtMs: 1e6 + 10 * MINUTE - 1, nextChangeAtMs: 1e6 + 700 });
  assert.equal(nextWakeMs(status, 1e6), 700);
  assert.equal(nextWakeMs(status, 1e6 + 699), 1);
  assert.equal(nextWakeMs(open({ kind: "unknown", nextChangeAtMs: 50 }), 20), 30);
});

test("where nothing changes by itself there is no wake-up", () => {
  assert.equal(nextWakeMs(open({ kind: "closed", closesAtMs: 5 }), 20), undefined);
  assert.equal(nextWakeMs(open({ kind: "unknown" }), 20), undefined);
  assert.equal(nextWakeMs(open({ reason: "no-window" }), 20), undefined);
});

test("a wait is never longer than a timer can be, nor shorter than one millisecond", () => {
  assert.equal(nextWakeMs(open({ kind: "unknown", nextChangeAtMs: 8.64e15 }), 0), LONGEST_WAIT_MS);
  assert.equal(nextWakeMs(open({ kind: "unknown", nextChangeAtMs: LONGEST_WAIT_MS + 1 }), 0), LONGEST_WAIT_MS);
  assert.equal(nextWakeMs(open({ kind: "unknown", nextChangeAtMs: LONGEST_WAIT_MS - 1 }), 0), LONGEST_WAIT_MS - 1);
  assert.ok(LONGEST_WAIT_MS < 2 ** 31 - 1);
  assert.equal(nextWakeMs(open({ kind: "unknown", nextChangeAtMs: 20 }), 20), 1);
  assert.equal(nextWakeMs(open({ kind: "unknown", nextChangeAtMs: 10 }), 20), 1);
});
