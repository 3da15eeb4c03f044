// Keys that an input method has taken: Safari ends the composition first and tells of the key afterwards, so that only the
// key's code (229) says whose it was.

import assert from "node:assert/strict";
import { test } from "node:test";
import { active, choose, clean, page, search, show, useBrowser } from "./harness.js";

useBrowser();

/** Safari's order, dispatched at whatever has the focus; says whether somebody prevented the key's own effect. */
const safari = (/** @type {string} */ key) => page.evaluate((key) => {
  let target = document.activeElement;
  while (target?.shadowRoot?.activeElement) target = target.shadowRoot.activeElement;
  const options = { bubbles: true, composed: true, cancelable: true };
  target.dispatchEvent(new CompositionEvent("compositionstart", options));
  target.dispatchEvent(new CompositionEvent("compositionend", { ...options, data: "か" }));
  const event = new KeyboardEvent("keydown", { ...options, key, keyCode: 229 });
  if (event.keyCode !== 229 || event.isComposing) throw new Error("not Safari's event");
  return !target.dispatchEvent(event);
}, key);

test("in the search the list stays where it is: no template is chosen, nothing is closed", async () => {
  await show("closed");
  await search().focus();
  await page.keyboard.type("update");
  await page.keyboard.press("ArrowDown");
  for (const key of ["Enter", "ArrowDown", "End", "Escape"]) assert.equal(await safari(key), false, key);
  assert.equal(await active(), "search");
  assert.equal(await search().inputValue(), "update");
  assert.equal(await search().getAttribute("aria-activedescendant"), "option-0");
  // The same key of one's own chooses.
  await page.keyboard.press("Enter");
  assert.equal(await active(), "value-0");
  clean();
});

test("in a value Enter does not go on, in the form Escape does not go back", async () => {
  await show("closed");
  await choose("case_update_text");
  assert.equal(await active(), "value-0");
  await page.keyboard.type("Amina");
  assert.equal(await safari("Enter"), false);
  assert.equal(await active(), "value-0");
  await safari("Escape");
  assert.equal(await page.locator("#value-0").isVisible(), true);
  assert.deepEqual(await page.evaluate(() => controller.calls), []);
  await page.keyboard.press("Enter");
  assert.equal(await active(), "value-1");
  await page.keyboard.press("Escape");
  assert.equal(await active(), "search");
  clean();
});
