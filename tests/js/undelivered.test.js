// A template that was taken and refused later: which it was, and what it was filled with, until it is sent again.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ana, ben, deferred, desk, settled, template } from "../support/desk.mjs";

const hello = template("Hello {{1}}");
const OUTSIDE = 63016;

/** @param {any} controller */
const told = ({ snapshot }) => [snapshot.undelivered.map(({ templateId, values }) => [templateId, values]), snapshot.error?.templateId];

test("its values are the agent's again, once, until it goes out again", async () => {
  let count = 0;
  const { controller } = desk({ templates: [hello], send: () => ({ id: `SM${(count += 1)}` }) });
  await settled();
  await controller.sendTemplate(hello, { 1: "Ana" });
  assert.deepEqual(told(controller), [[], undefined], "nothing is claimed of one that is on its way");
  controller.refused({ id: "SM1", code: OUTSIDE });
  assert.deepEqual(told(controller), [[["HX1", { 1: "Ana" }]], "HX1"]);
  await controller.sendTemplate(hello, { 1: "Anna" });
  assert.deepEqual(told(controller), [[], undefined]);
  controller.refused({ id: "SM1", code: OUTSIDE });
  assert.deepEqual(told(controller)[0], [], "an old word again brings nothing back");
  controller.refused({ id: "SM2", code: OUTSIDE });
  assert.deepEqual(told(controller)[0], [["HX1", { 1: "Anna" }]]);
});

test("a refusal that overtakes the answer to the send is not forgotten", async () => {
  for (const withSendId of [false, true]) {
    const answer = deferred();
    /** @type {any} */ let message;
    const { controller } = desk({ templates: [hello], send: (/** @type {any} */ given) => ((message = given), answer.promise) });
    await settled();
    const sent = controller.sendTemplate(hello, { 1: "Ana" });
    await settled();
    controller.refused({ id: "SM1", code: OUTSIDE, ...(withSendId && { sendId: message.sendId }) });
    answer.resolve({ id: "SM1" });
    await sent;
    assert.deepEqual(told(controller), [[["HX1", { 1: "Ana" }]], "HX1"], `withSendId: ${withSendId}`);
  }
});

test("it stands in the conversation in which it was sent", async () => {
  const { controller } = desk({ templates: [hello], send: () => ({ id: "SM1" }) });
  await settled();
  await controller.sendTemplate(hello, { 1: "Ana" });
  controller.setConversation(ben);
  controller.refused({ id: "SM1", code: OUTSIDE });
  assert.deepEqual(told(controller), [[], undefined]);
  controller.setConversation(ana);
  assert.deepEqual(told(controller)[0], [["HX1", { 1: "Ana" }]]);
});
