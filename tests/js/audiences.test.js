// Templates of a team: a view of the list that the page hands in. Whom a template is shown to is a rule of the engine: tests/vectors/template.json.

import assert from "node:assert/strict";
import { test } from "node:test";
import { shownTo } from "../../www/controller/audiences.js";
import { templatesFor } from "../../www/index.js";
import { desk, settled, template } from "../support/desk.mjs";

const all = template("for all", { id: "all", name: "all" });
const billing = template("Your bill {{1}}", { id: "billing", name: "billing", audiences: ["billing"] });
const several = template("for two", { id: "several", name: "several", audiences: ["sales", "billing"] });
const sales = template("for sales", { id: "sales", name: "sales", language: "ar", audiences: ["sales"] });
const LIST = [sales, all, billing, several];

const found = (/** @type {any} */ { controller }, need = {}) => controller.search(need).items.map(({ id }) => id).sort();
const available = (/** @type {any} */ { controller }) => controller.snapshot.templates.items.map(({ template: { id } }) => id).sort();

for (const [name, audiences, shown] of /** @type {[string, string[] | undefined, string[]][]} */ ([
  ["who names no team sees all", undefined, ["all", "billing", "sales", "several"]], ["one team", ["billing"], ["all", "billing", "several"]],
  ["two", ["sales", "billing"], ["all", "billing", "sales", "several"]], ["none", [], ["all"]], ["one that no template names", ["night"], ["all"]],
])) {
  for (const [way, templates] of /** @type {[string, any][]} */ ([["a list", LIST], ["an import", { templates: LIST, problems: [] }], ["a function", async () => LIST]])) {
    test(`${name}, of ${way}`, async () => {
      const made = desk({ templates, ...audiences && { audiences } });
      await settled();
      assert.deepEqual([found(made), available(made)], [shown, shown]);
      assert.deepEqual(made.controller.search().languages, shown.includes("sales") ? ["ar", "en"] : ["en"], "a language of theirs alone is not offered");
    });
  }
}

test("the draft is offered to templates that are shown, and to no others", async () => {
  for (const [audiences, ids] of /** @type {[string[], string[]][]} */ ([[["billing"], ["billing"]], [[], []]])) {
    const { controller } = desk({ templates: LIST, audiences });
    await settled();
    controller.setDraft("4711");
    assert.deepEqual(controller.templatesForDraft().map(({ id }) => id), ids);
  }
});

test("a list of which the team sees nothing is told from one that is empty", async () => {
  for (const [templates, audiences, forOthers] of /** @type {[typeof LIST, string[] | undefined, true | undefined][]} */ ([[[sales], ["billing"], true], [[sales], ["sales"], undefined], [[], ["billing"], undefined], [[], undefined, undefined]])) {
    const { controller } = desk({ templates, ...audiences && { audiences } });
    await settled();
    assert.deepEqual([controller.snapshot.templates.kind, controller.snapshot.templates.forOthers], ["ready", forOthers]);
  }
});

test("conversations share one list, and a list that came anew is looked at anew", async () => {
  assert.ok(shownTo(LIST, ["billing"]) === shownTo(LIST, ["billing"]), "one index serves them all");
  assert.ok(shownTo(LIST, ["billing"]) !== shownTo(LIST, ["sales"]));
  let list = LIST;
  const { controller } = desk({ templates: () => list, audiences: ["billing"] });
  await settled();
  assert.equal(controller.snapshot.templates.items.length, 3);
  list = [sales];
  await controller.reloadTemplates();
  assert.deepEqual(controller.snapshot.templates.items, []);
});

test("it is a view: what is not shown can be sent all the same, and the template says for whom it is", async () => {
  const { controller, sent } = desk({ templates: LIST, audiences: ["billing"] });
  await settled();
  await controller.sendTemplate(sales, {});
  assert.equal(sent[0].contentSid, "sales");
  assert.deepEqual(controller.snapshot.templates.items.find(({ template: { id } }) => id === "billing")?.template.audiences, ["billing"]);
});

test("a template whose audiences are no list of names is shown, last, with the reason", async () => {
  const { controller } = desk({ templates: [all, { ...all, id: "odd", name: "odd", audiences: "billing" }], audiences: ["night"] });
  await settled();
  const { items } = controller.search();
  assert.deepEqual(items.map(({ id, eligibility: { kind } }) => [id, kind]), [["all", "sendable"], ["odd", "not-sendable"]]);
  assert.match(items[1]?.eligibility.reasons[0]?.message ?? "", /audiences/);
});

test("the option takes names, and nothing else", () => {
  for (const audiences of ["billing", [5], [null], {}]) assert.throws(() => desk({ audiences }), { code: "wrong-type" });
});

test("`templatesFor` gives the templates themselves, in their order", () => {
  const shown = templatesFor(LIST, ["billing"]);
  assert.deepEqual(shown, [all, billing, several]);
  assert.ok(shown[1] === billing);
});
