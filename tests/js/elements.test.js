// The parts of the view that need no page.

import assert from "node:assert/strict";
import { test } from "node:test";
import { announcer } from "../../www/elements/parts/announcer.js";
import { createMessages } from "../../www/i18n/messages.js";
import { snapshotOf } from "../browser/fake-controller.js";

const MIN = 60_000;

/** What is said while the time left runs through these values. */
function told(lefts, tag = "en") {
  const announce = announcer(createMessages(tag));
  let before;
  return lefts.map((left) => {
    const [kind, closesIn] = typeof left === "number" ? [left > 60 * MIN ? "open" : "closing", left] : left;
    const now = snapshotOf(kind, { left: closesIn, now: 1e12 - (closesIn ?? 0) });
    const sentence = announce(now, before);
    before = now;
    return sentence;
  });
}

test("the marks are spoken when they are crossed, once, and not on load", () => {
  assert.deepEqual(told([61 * MIN, 60 * MIN, 59 * MIN]), [undefined, "The reply window closes in 60 minutes.", undefined]);
  assert.deepEqual(told([60 * MIN + 1, 60 * MIN - 1]), [undefined, "The reply window closes in 60 minutes."]);
  assert.deepEqual(told([14 * MIN, 13 * MIN]), [undefined, undefined]);
  assert.deepEqual(told([16 * MIN, 15 * MIN, 16 * MIN, 15 * MIN]).filter(Boolean).length, 1);
});

test("after a sleep only the time that is really left is spoken", () => {
  assert.deepEqual(told([120 * MIN, 4 * MIN]), [undefined, "The reply window closes in 4 minutes."]);
  // Never more than there is: 61 seconds are no two minutes.
  assert.deepEqual(told([120 * MIN, 61_000]), [undefined, "The reply window closes in 1 minute."]);
  assert.deepEqual(told([120 * MIN, 4 * MIN + 50_000]), [undefined, "The reply window closes in 4 minutes."]);
  assert.deepEqual(told([120 * MIN, 4 * MIN, 6 * MIN, 4 * MIN]).filter(Boolean).length, 1, "a clock that is set back does not repeat it");
});

test("the end and the new beginning are one sentence each", () => {
  assert.deepEqual(told([2 * MIN, ["closed"], ["closed"]]), [undefined, "The reply window has closed. Choose a template. The window opens again when the customer answers.", undefined]);
  assert.deepEqual(told([["closed"], 1440 * MIN]), [undefined, "The window is open again."]);
  assert.deepEqual(told([["unknown"], ["closed"]]), [undefined, undefined]);
});

test("another conversation is not announced, and a new answer starts the marks anew", () => {
  const announce = announcer(createMessages("en"));
  const at = (left, id, now = 1e12 - left) => ({ ...snapshotOf("closing", { left, now }), conversation: { id } });
  assert.equal(announce(at(14 * MIN, "b"), at(16 * MIN, "a")), undefined);
  const first = [at(16 * MIN, "a"), at(15 * MIN, "a")];
  assert.match(announce(first[1], first[0]), /15/);
  const later = [at(16 * MIN, "a", 1e12), at(15 * MIN, "a", 1e12 + MIN)];
  assert.equal(announce(later[0], first[1]), undefined);
  assert.match(announce(later[1], later[0]), /15/);
});

test("the modules can be imported where there is no page, and register nothing", async () => {
  const { ReplyWindowElement } = await import("../../www/elements/reply-window.js");
  const { mount } = await import("../../www/mount.js");
  assert.equal(typeof mount, "function");
  assert.doesNotThrow(() => ReplyWindowElement.define());
  assert.equal(globalThis.customElements, undefined);
});

test("the inspector says the same in both languages, and reads what is pasted", async () => {
  const { words } = await import("../../www/elements/inspector/words.js");
  const { headersIn, keyIn, verdictOn } = await import("../../www/elements/inspector/reading.js");
  assert.deepEqual(Object.keys(words.ar), Object.keys(words.en));
  for (const text of Object.values(words.ar)) assert.match(String(text), /[\u0600-\u06ff]|^Meta$/);
  assert.deepEqual(headersIn("a: b\r\n\n :x\nX-Y:z:1\nnothing"), [["a", "b"], ["", "x"], ["X-Y", "z:1"]].filter(([name]) => name));
  assert.deepEqual(headersIn(" abc= "), [["X-Twilio-Signature", "abc="]]);
  assert.deepEqual(headersIn("sha256=00"), [["X-Hub-Signature-256", "sha256=00"]]);
  /** @type {[string, string][]} */
  const settings = [["X-Twilio-Webhooks-Signature-Settings", "key=webhooks_sharedkey_1,algorithm=HMAC_SHA1"]];
  assert.deepEqual(keyIn("s", settings), { secret: "s", id: "webhooks_sharedkey_1", algorithm: "HMAC_SHA1" });
  assert.deepEqual(keyIn("rwk_01 ", []), { derived: "rwk_01" });
  assert.equal(verdictOn({ url: "x", headers: "a: b", body: "", token: "t", previous: "" }).kind, "bad");
});
