// What a host hands over that is not what it should be: told by a code, never a screen that loads for ever.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { StoreGate } from "../../www/adapters/webchat/gate.js";
import { desk, settled } from "../support/desk.mjs";

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
