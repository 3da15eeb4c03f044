// What chooses among templates comes only once there are some, while the window is judged already. A process of its own: what
// has come once is here for good.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createController } from "../../www/controller/controller.js";
import { choosing } from "../../www/controller/fetch-choosing.js";
import { until } from "../support/until.mjs";

const conversation = { id: "ana", business: "+14155238886", customer: { phone: "+491701234567" } };
const hello = /** @type {any} */ ({
  id: "HX1", source: "twilio", name: "hello", language: "en", category: "utility", status: "approved", type: "twilio/text", types: ["twilio/text"],
  body: { text: "Hello {{1}}", placeholders: [] }, buttons: [], cards: [], variables: [{ name: "1" }],
});

test("without templates it is never fetched, and says so where it is asked to fill one in", async () => {
  const controller = createController({ conversation, send: () => ({ id: "SM1" }) });
  assert.equal(controller.snapshot.templates.kind, "ready");
  await controller.reloadTemplates();
  assert.equal(choosing(), undefined);
  assert.throws(() => controller.fill(hello, { 1: "Ana" }), { code: "templates-unavailable" });
  assert.throws(() => controller.prompts(hello, {}), { code: "templates-unavailable" });
  assert.deepEqual(controller.search({ query: "hello" }), { items: [], total: 0, languages: [] });
  assert.deepEqual(controller.templatesForDraft(), []);
  controller.destroy();
});

test("until it came a list is loading and a send waits; then each template has its eligibility, and it is sent once", async () => {
  const sent = /** @type {any[]} */ ([]);
  const listing = createController({ conversation, templates: [hello], send: () => ({ id: "SM1" }) });
  const sender = createController({ conversation, send: (message) => (sent.push(message), { id: "SM1" }) });
  const sending = sender.sendTemplate(hello, { 1: "Ana" });
  assert.deepEqual([choosing(), listing.snapshot.templates.kind, sender.snapshot.sending, sent], [undefined, "loading", true, []]);
  await assert.rejects(sender.sendTemplate(hello, { 1: "Ana" }), { code: "send-in-progress" });

  await until("the list", () => listing.snapshot.templates.kind === "ready");
  assert.deepEqual(listing.snapshot.templates.items.map(({ eligibility }) => eligibility.kind), ["sendable"]);
  assert.equal(listing.fill(hello, { 1: "Ana" }).kind, "ready");
  assert.equal(listing.search({ query: "hello" }).total, 1);
  await sending;
  assert.equal(sent.length, 1);
  listing.destroy();
  sender.destroy();
});
