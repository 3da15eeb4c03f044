// What a host hands over that is not what it should be: told by a code, never a screen that loads for ever.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { StoreGate } from "../../www/adapters/webchat/gate.js";
import { desk, settled, template } from "../support/desk.mjs";

/** @type {any[]} */
let open = [];
afterEach(() => {
  for (const { controller } of open) controller.destroy();
  open = [];
});
const controllerOf = (/** @type {any} */ more) => {
  const made = desk(more);
  open.push(made);
  return made.controller;
};

test("preferences that are no lists of ids are refused by name", () => {
  for (const [preferences, field] of /** @type {[any, string][]} */ ([
    [{ favourites: 5 }, "preferences.favourites"], [{ recent: "HX1" }, "preferences.recent"], [{ favourites: ["HX1", 5] }, "preferences.favourites[1]"],
  ])) assert.throws(() => controllerOf({ preferences }), { name: "ReplyWindowError", code: "wrong-type", field });
  assert.deepEqual(controllerOf({ preferences: { favourites: ["HX1"] } }).snapshot.preferences.favourites, ["HX1"]);
});

test("whatever templates() rejects with, nothing loads for ever", async () => {
  const unreadable = { get message() { throw new Error("x"); } };
  for (const thrown of [Object.create(null), undefined, null, Symbol("x"), { toString: () => { throw new Error("x"); } }, Object.setPrototypeOf(unreadable, Error.prototype)]) {
    const controller = controllerOf({ templates: () => Promise.reject(thrown) });
    await settled();
    const { kind, error } = controller.snapshot.templates;
    assert.deepEqual([kind, error?.code, typeof error?.message], ["failed", "templates-unavailable", "string"]);
  }
});

test("templates() that answers with what is no list of templates is told to the developer too, once", async (context) => {
  for (const answer of [{ contents: [{ sid: "HX1" }], meta: {} }, { data: [] }, "HX1", undefined, null]) {
    /** @type {any[]} */
    const reported = [];
    context.mock.method(console, "error", (/** @type {any} */ error) => void reported.push(error));
    const controller = controllerOf({ templates: async () => answer });
    await settled();
    await controller.reloadTemplates();
    await settled();
    assert.deepEqual([controller.snapshot.templates.kind, controller.snapshot.templates.error?.code], ["failed", "wrong-type"]);
    assert.deepEqual(reported.map(({ code }) => code), ["wrong-type"], JSON.stringify(answer));
    assert.match(reported[0].message, /importTemplates/);
    context.mock.restoreAll();
  }
  const silent = context.mock.method(console, "error", () => {});
  const warned = context.mock.method(console, "warn", () => {});
  const controller = controllerOf({ templates: () => Promise.reject(new Error("down")) });
  await settled();
  await controller.reloadTemplates();
  await settled();
  assert.equal(silent.mock.callCount(), 0, "a list that does not come is no fault of the page");
  assert.deepEqual(warned.mock.calls.map((call) => call.arguments), [["reply-window: `templates` failed: down"]]);
});

test("why a template cannot be read is told to the developer, once for a list, with code and field", async (context) => {
  const warned = context.mock.method(console, "warn", () => {});
  const bad = { ...template("Hello"), id: "HX2", status: "accepted" };
  const controller = controllerOf({ templates: async () => [template("Hello"), bad, { ...bad, id: "HX3" }] });
  await settled();
  for (let time = 0; time < 2; time += 1) {
    controller.search();
    assert.deepEqual(controller.snapshot.templates.items.map(({ eligibility }) => eligibility.reasons[0]?.code), [undefined, "template-unreadable", "template-unreadable"]);
  }
  assert.equal(warned.mock.callCount(), 1);
  const [line] = /** @type {any} */ (warned.mock.calls[0]).arguments;
  assert.match(line, /^reply-window: a template of this list cannot be read, "HX2" \(unknown-name at \S*status\): .*approved/);
});

test("what a provider answered, handed in as it came, is told with what reads it", async (context) => {
  const twilio = { sid: "HX00000000000000000000000000000001", friendly_name: "hello", language: "en", types: { "twilio/text": { body: "Hello" } } };
  const meta = { id: "1", name: "hello", language: "en", status: "APPROVED", category: "UTILITY", components: [{ type: "BODY", text: "Hello" }] };
  for (const raw of [{ contents: [twilio] }, { data: [meta] }, [{ contents: [twilio] }, { contents: [] }], [twilio], [meta]]) {
    for (const templates of [async () => raw, ...(Array.isArray(raw) ? [raw] : [])]) {
      /** @type {any[]} */
      const reported = [];
      context.mock.method(console, "error", (/** @type {any} */ error) => void reported.push(error));
      const controller = controllerOf({ templates });
      await settled();
      assert.deepEqual([controller.snapshot.templates.kind, controller.snapshot.templates.error?.code], ["failed", "wrong-type"], JSON.stringify(raw));
      assert.match(reported[0].message, /provider answered: hand in `importTemplates\(page\)`/);
      context.mock.restoreAll();
    }
  }
  const { importTemplates } = await import("../../www/index.js");
  const read = controllerOf({ templates: async () => importTemplates({ contents: [twilio] }) });
  await settled();
  assert.deepEqual([read.snapshot.templates.kind, read.snapshot.templates.items.length], ["ready", 1]);
});

/** What a closed gate lets through to Web Chat's store. @param {any} activity */
const passed = (activity) => {
  const judged = /** @type {any} */ ({ leaves: "no", reason: "window-expired" });
  const gate = new StoreGate({ host: /** @type {any} */ ({ judge: () => judged, blocked() {}, draft() {}, record() {}, ...{} }) }, () => undefined);
  const store = { dispatch() {}, getState: () => ({ sendBoxValue: "" }) };
  let isThrough = false;
  gate.middleware(store)(() => (isThrough = true))({ type: "DIRECT_LINE/POST_ACTIVITY", payload: { activity } });
  return isThrough;
};

for (const type of ["event", "typing", "conversationUpdate", "endOfConversation", "trace"]) {
  test(`an activity of kind ${type} is held back while closed where it carries a text, and only then`, () => {
    for (const silent of [{ type }, { type, text: "" }, { type, text: " \n" }, { type, value: 1 }]) assert.equal(passed(silent), true, JSON.stringify(silent));
    for (const text of ["Hello", " x "]) assert.equal(passed({ type, text }), false);
  });
}
