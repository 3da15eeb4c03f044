// The index of templates: what it finds, and that a crash of the engine does not lose it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { applyTemplateEvents, checkSessionMessage, mergeApproval, providerVerdict, suitableForDraft, templateIndex } from "../../www/index.js";
import { chooser } from "../../www/engine/modules/chooser.js";
import * as glue from "../../www/pkg/chooser.js";

const template = (id, name, fields = {}) => ({
  id, source: "twilio", name, language: "en", category: "utility", status: "approved", type: "twilio/text", types: ["twilio/text"],
  body: { text: "Hello {{1}}", placeholders: [] }, buttons: [], cards: [], variables: [{ name: "1" }], ...fields,
});
const TEMPLATES = [
  template("HX1", "parcel_late"), template("HX2", "pedido", { language: "pt_BR" }), template("HX3", "offer", { status: "paused" }),
];
const ids = ({ results }) => results.map(({ id }) => id);

function crash() {
  const putBack = chooser.replace({ ...glue, rankTemplates: () => { throw new WebAssembly.RuntimeError("unreachable"); } });
  assert.throws(() => chooser.call("rankTemplates", {}), { code: "engine-crashed" });
  putBack();
}

test("finds with reasons, the customer's language first, what cannot be sent last", () => {
  const index = templateIndex(TEMPLATES);
  assert.deepEqual(ids(index.search({ locale: "pt-br", context: { windowOpen: false, now: 0 } })), ["HX2", "HX1", "HX3"]);
  const [first] = index.search({ query: "late", favourites: ["HX1"], recent: ["HX1"] }).results;
  assert.deepEqual(first, { id: "HX1", language: "other", found: [{ place: "name", fit: "whole" }], favourite: true, recent: 0 });
  assert.equal(index.search({ limit: 1 }).total, 3);
  index.drop();
});

test("the words for categories are plain data, and looked for", () => {
  const index = templateIndex([...TEMPLATES, template("HX4", "sale", { category: "marketing" })]);
  assert.deepEqual(ids(index.search({ query: "تسويقيّة", categories: { marketing: "تسويقية" } })), ["HX4"]);
  for (const [categories, code, field] of /** @type {[any, string, string][]} */ ([
    [["x"], "wrong-type", "need.categories"], [{ sale: "x" }, "unknown-field", "categories.sale"], [{ utility: 5 }, "wrong-type", "categories.utility"],
  ])) assert.throws(() => index.search({ categories }), { code, field });
  index.drop();
});

test("a crash of the engine is survived: the next search builds it anew, and no index takes another's number", () => {
  const [one, two] = [templateIndex([TEMPLATES[0]]), templateIndex([TEMPLATES[1]])];
  crash();
  assert.deepEqual(ids(two.search()), ["HX2"]);
  assert.deepEqual(ids(one.search()), ["HX1"]);
  crash();
  one.drop();
  assert.deepEqual(ids(two.search()), ["HX2"]);
  two.drop();
  assert.deepEqual(ids(two.search()), ["HX2"], "after a drop it is built again");
  two.drop();
});

test("a template that cannot be read is told, the others are found; the later of two with one id counts", () => {
  const index = templateIndex([TEMPLATES[0], /** @type {any} */ ({ id: "HX9" }), template("HX1", "renamed")]);
  assert.deepEqual(index.unreadable().map(({ template, error }) => [template.id, error.code]), [["HX9", "missing-field"]]);
  assert.deepEqual(ids(index.search({ query: "renamed" })), ["HX1"]);
  assert.deepEqual(ids(index.search({ query: "parcel" })), []);
  index.drop();
});

test("more indexes than the engine holds: all answer, because they are built again when they are searched", () => {
  const all = Array.from({ length: 40 }, (_, n) => templateIndex([template(`HX${n}`, "x")]));
  for (const round of [all, [...all].reverse()]) {
    for (const index of round) assert.deepEqual(ids(index.search()), [`HX${all.indexOf(index)}`]);
  }
  for (const index of all) index.drop();
});

test("approvals, events, drafts, messages and refusals pass the boundary", () => {
  const { template: merged, problems } = mergeApproval(TEMPLATES[0], { sid: "HX1", whatsapp: { status: "rejected", rejection_reason: "<b>no</b>" } });
  assert.deepEqual([merged.status, merged.rejectionReason, problems], ["rejected", "<b>no</b>", []]);
  const payload = [{ type: "com.twilio.messaging.template.approval.updated", data: { type: "status_update", template: { sid: "HX2", currentValue: "PAUSED" } } }];
  const applied = applyTemplateEvents(TEMPLATES, payload);
  assert.deepEqual([applied.changed, applied.templates[1].status], [["HX2"], "paused"]);
  assert.deepEqual(suitableForDraft(TEMPLATES.slice(0, 1), "two\nlines"), [{ id: "HX1", variable: "1", value: "two lines", repaired: true, sentence: false }]);
  const { kind, length, limit } = checkSessionMessage({ text: "x".repeat(1601) });
  assert.deepEqual([kind, length, limit], ["not-sendable", 1601, 1600]);
  assert.equal(checkSessionMessage({ attachments: [{ contentType: "text/html", size: 5 }] }).problems[0].code, "type-not-supported");
  assert.equal(providerVerdict(63016).kind, "window-closed");
  assert.deepEqual([providerVerdict(63049).kind, providerVerdict(63049).forMs], ["template-blocked", 86_400_000]);
});
