// What arrives while the agent is doing something else: nothing typed is lost, no focus is lost, nothing goes unsaid.

import assert from "node:assert/strict";
import { test } from "node:test";
import { active, button, choose, clean, next, page, said, search, show, text, useBrowser } from "./harness.js";

useBrowser();

/** Keeps what is sent on its way until the page is told how it ended. */
const held = () => page.evaluate(() => {
  controller.send = () => new Promise((resolve, reject) => Object.assign(globalThis, { answer: resolve, refuse: reject }));
});
const ended = (type) => page.waitForFunction((type) => events.some((event) => event.type === type), type);

test("trying again leaves the focus in the search, and how it ended is spoken", async () => {
  await show("closed");
  const templates = (kind, items = []) => page.evaluate(([kind, items]) => controller.next({ ...controller.snapshot, templates: { kind, items } }), [kind, items]);
  await templates("failed");
  await page.evaluate(() => (controller.reloadTemplates = () => controller.next({ ...controller.snapshot, templates: { kind: "loading", items: [] } })));
  await button("Try again").focus();
  await page.keyboard.press("Enter");
  assert.equal(await active(), "search");
  await page.waitForFunction(() => /Loading templates/.test(root.lastElementChild.textContent));
  await templates("failed");
  await page.waitForFunction(() => /could not be loaded/.test(root.lastElementChild.textContent));
  clean();
});

test("a send that ends after the agent went back leaves the form in hand alone, and is said", async () => {
  await show("closed");
  await choose("case_question");
  await page.keyboard.type("typed before");
  await button("Back to the list").click();
  await held();
  await choose("no_values");
  await page.keyboard.press("Enter");
  await button("Back to the list").click();
  await choose("case_question");
  await page.evaluate(() => answer({ id: "SM1" }));
  await ended("template-sent");
  assert.match(await said(), /The template is on its way\./);
  assert.equal(await page.locator("#value-0").isVisible(), true, "the form in hand stays");
  assert.equal(await page.locator("#value-0").inputValue(), "typed before");
  assert.equal(await page.locator("[part=send]").getAttribute("aria-disabled"), null, "and can be sent");
  assert.equal(await page.locator("#value-0").evaluate((input) => input.readOnly), false);
  await button("Back to the list").click();
  await choose("case_question");
  assert.equal(await page.locator("#value-0").inputValue(), "typed before");
});

test("a failure that comes after the agent went back is shown and spoken, and not in another template's form", async () => {
  await show("closed");
  await held();
  await choose("no_values");
  await page.keyboard.press("Enter");
  await button("Back to the list").click();
  const error = { code: "send-failed", message: "internal words" };
  const fail = () => page.evaluate((error) => {
    controller.next({ ...controller.snapshot, error });
    refuse(error);
  }, error);
  await fail();
  await ended("template-error");
  assert.match(await said(), /not sent/);
  assert.match((await text(".limits:not([hidden])")).join(), /not sent/);
  await page.evaluate(() => (controller.next({ ...controller.snapshot, error: undefined }), events.length = 0));
  await choose("no_values");
  await page.keyboard.press("Enter");
  await button("Back to the list").click();
  await choose("case_question");
  await fail();
  await ended("template-error");
  assert.deepEqual(await text(".fault:not([hidden])"), []);
  assert.match((await text(".limits:not([hidden])")).join(), /not sent/);
  assert.doesNotMatch((await text(".window")).join(), /internal words/);
});

test("files that wait stand beside the draft, also without one", async () => {
  for (const [locale, words] of [["en", "In the box, too: \u2068a.png\u2069 and \u2068b.pdf\u2069"], ["ar", "في المربع أيضًا: \u2068a.png\u2069 و\u2068b.pdf\u2069"]]) {
    await show("closed", { draft: "half a sentence", queue: "offered", files: ["a.png", "b.pdf"] }, { locale });
    await page.getByText(words).waitFor();
    await show("closed", { files: ["a.png", "b.pdf"] }, { locale });
    await page.getByText(words).waitFor();
    await show("closed", {}, { locale });
    assert.equal(await page.locator(".draft").isVisible(), false);
  }
});

test("a queued text that goes out takes its buttons along, but not the focus", async () => {
  await show("closed", { draft: "half a sentence", queue: "waiting" });
  await button("Do not send").focus();
  await next("open", { draft: "half a sentence", queue: "ask" });
  await button("Send").focus();
  await next("open", { draft: "" });
  assert.notEqual(await active(), "BODY");
});

test("Escape goes one step back and does not close what the desktop shows around it", async () => {
  await show("open");
  await page.evaluate(() => document.addEventListener("keydown", ({ key }) => (globalThis.keys = [...globalThis.keys ?? [], key])));
  await page.evaluate(() => element.openTemplates());
  await choose("case_question");
  await page.keyboard.press("Escape");
  assert.equal(await active(), "search");
  await page.keyboard.press("Escape");
  assert.equal(await search().inputValue(), "");
  await page.keyboard.press("Escape");
  assert.equal(await search().isVisible(), false);
  assert.equal((await page.evaluate(() => globalThis.keys)).includes("Escape"), false);
});

test("a control that goes while it has the focus hands it to the banner", async () => {
  await show("closing", { left: 60_000 });
  await button("Templates").focus();
  await next("closed");
  assert.equal(await active(), "banner strip", "the button that is not needed any more");
  await show("open");
  await button("Templates").press("Enter");
  await button("Close templates").focus();
  await next("closed");
  assert.equal(await active(), "banner strip", "the list that cannot be closed any more");
  await choose("case_question");
  await page.evaluate(() => controller.next({ ...controller.snapshot, conversation: { ...controller.snapshot.conversation, id: "c2" } }));
  assert.equal(await active(), "banner strip", "another customer's form");
  await page.locator("#composer").focus();
  await next("open");
  assert.equal(await active(), "composer", "nobody else's focus is taken");
});

test("names that every object has are names like any other", async () => {
  await show("closed");
  await page.evaluate(() => {
    const items = [sendable(template("odd", { body: "Hello {{constructor}}, {{toString}} and {{__proto__}} are here.", samples: Object.create(null) }))];
    controller.next({ ...controller.snapshot, templates: { kind: "ready", items } });
  });
  await choose("odd");
  assert.deepEqual(await page.locator("textarea.value").evaluateAll((list) => list.map(({ value }) => value)), ["", "", ""]);
  for (const at of [0, 1, 2]) await page.locator(`#value-${at}`).fill(`v${at}`);
  await button("Send template").click();
  assert.deepEqual(await page.evaluate(() => Object.entries(controller.calls[0].values)), [["constructor", "v0"], ["toString", "v1"], ["__proto__", "v2"]]);
});

test("suggestions that stay the same keep the focus when the desktop tells of the customer again", async () => {
  await show("closed");
  await choose("case_update_text");
  await page.locator("#value-0").fill("");
  await page.locator(".chips .chip").first().focus();
  await page.evaluate(() => controller.next({ ...controller.snapshot, conversation: { ...controller.snapshot.conversation, name: "Amina" } }));
  assert.equal(await active(), "chip");
  await page.evaluate(() => controller.next({ ...controller.snapshot, conversation: { ...controller.snapshot.conversation, suggestions: { City: "Riyadh", Name: "Amina H" } } }));
  assert.deepEqual(await page.locator(".chips .chip").allTextContents(), ["NameAmina H"]);
});

/** A template of Meta's with places in its header and its buttons. */
async function showPlaces(attributes = {}) {
  await show("closed", {}, attributes);
  await page.evaluate(async () => {
    const { importTemplates } = await import("/www/index.js");
    const body = { type: "BODY", text: "Hello {{1}}, it is {{2}} now.", example: { body_text: [["Amelia", "late"]] } };
    const buttons = { type: "BUTTONS", buttons: [{ type: "COPY_CODE", example: "SPRING15" }, { type: "URL", text: "Look", url: "https://example.com/{{1}}", example: ["https://example.com/417"] }] };
    const components = [{ type: "HEADER", format: "TEXT", text: "Case {{1}} of today", example: { header_text: ["417"] } }, body, buttons];
    const { templates } = importTemplates({ data: [{ id: "1", name: "places", language: "en", status: "APPROVED", category: "MARKETING", components }] }, { provider: "meta" });
    const media = { id: "2", name: "cards", language: "ar", status: "APPROVED", category: "MARKETING", components: [
      { type: "HEADER", format: "LOCATION" }, { type: "BODY", text: "مرحبًا {{1}}" },
      { type: "CAROUSEL", cards: [{ components: [{ type: "HEADER", format: "IMAGE" }, { type: "BODY", text: "بطاقة {{1}}" }, { type: "BUTTONS", buttons: [{ type: "URL", text: "x", url: "https://example.com/{{order_no}}" }] }] }] },
    ] };
    templates.push(...importTemplates({ data: [media] }, { provider: "meta" }).templates);
    controller.next({ ...controller.snapshot, templates: { kind: "ready", items: templates.map((template) => sendable(template)) } });
  });
}

test("the names of Meta's places in Arabic, with its digits", async () => {
  await showPlaces({ locale: "ar-SA" });
  await choose("places");
  assert.deepEqual(await text("label"), ["Case …", "Hello …", "It is …", "الزر ١: الرمز", "Look …"]);
  await page.keyboard.press("Escape");
  await choose("cards");
  assert.deepEqual(await text("label"), ["رأس الرسالة: الاسم", "رأس الرسالة: العنوان", "رأس الرسالة: خط العرض", "رأس الرسالة: خط الطول", "مرحبًا …",
    "بطاقة …", "البطاقة ١: صورة", "البطاقة ١: الزر ١: Order no"]);
  clean();
});

test("the names of Meta's places say where they stand, counted from one", async () => {
  await showPlaces();
  await choose("places");
  assert.deepEqual(await text("label"), ["Case …", "Hello …", "It is …", "Button 1: Code", "Look …"]);
  const hints = await text(".hint:not([hidden])");
  assert.match(hints[0], /^Example: .417.$/);
  assert.match(hints.at(-1), /^Example: .417.$/);
});

test("an empty field begins where the interface's lines begin; a value has its own direction", async () => {
  for (const [locale, own] of [["en", "ltr"], ["ar", "rtl"]]) {
    await show("closed", {}, { locale });
    const direction = (selector) => page.evaluate((s) => getComputedStyle(root.querySelector(s)).direction, selector);
    assert.equal(await direction("#search"), own);
    for (const name of ["case_update_text", "case_update_ar"]) {
      await choose(name);
      const field = page.locator("#value-0");
      await field.fill("");
      assert.equal(await direction("#value-0"), own, `${locale}, ${name}`);
      for (const [value, wanted] of [["Amelia", "ltr"], ["أمينة", "rtl"], ["", own]]) {
        await field.fill(value);
        assert.equal(await direction("#value-0"), wanted, `${locale}, ${name}, ${value}`);
      }
      await page.keyboard.press("Escape");
    }
  }
});

/** At which end of a field the caret stands, as it is drawn. */
async function caretEnd(/** @type {string} */ selector) {
  const { x, y, width, height } = await page.locator(selector).boundingBox();
  // Inside the icons of the search field, outside of its text.
  const ends = { left: { x: x + 6, y: y + 6, width: 40, height: height - 12 }, right: { x: x + width - 46, y: y + 6, width: 40, height: height - 12 } };
  for (let round = 0; round < 20; round++) {
    const found = [];
    for (const [end, clip] of Object.entries(ends)) {
      const [seen, hidden] = [await page.screenshot({ clip, caret: "initial" }), await page.screenshot({ clip, caret: "hide" })];
      if (!seen.equals(hidden)) found.push(end);
    }
    if (found.length === 1) return found[0]; // it blinks
  }
  return undefined;
}

test("the caret of an empty field stands where its first letter will", async () => {
  for (const [locale, end] of [["en", "left"], ["ar", "right"]]) {
    await show("closed", {}, { locale });
    await search().focus();
    assert.equal(await caretEnd("#search"), end, `${locale}, search`);
    await choose("case_question");
    assert.equal(await caretEnd("#value-0"), end, `${locale}, value`);
  }
});

test("a paste of a million characters is not taken over: that is said, and the field stays as it is", async () => {
  await show("closed");
  await choose("case_question");
  const field = page.locator("#value-0");
  await field.fill("the parcel");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const pasted = async (/** @type {number} */ length) => {
    await page.evaluate((length) => navigator.clipboard.writeText("x".repeat(length)), length);
    await field.press("End");
    await page.keyboard.press("Control+V");
  };
  await pasted(1_000_000);
  assert.equal(await field.inputValue(), "the parcel");
  assert.deepEqual(await text(".problem:not([hidden]) span"), ["Not put in: far too long for one value. It is untouched where you took it from."]);
  assert.match(await said(), /Not put in/);
  assert.equal(await field.getAttribute("aria-invalid"), null, "the value itself is sound");
  await pasted(2_000);
  assert.equal((await field.inputValue()).length, 2_010, "what only has to be shortened is taken");
  assert.deepEqual(await text(".problem:not([hidden]) span"), ["Too long: at most 1,600 characters."]);
  await page.evaluate(() => controller.next({ ...controller.snapshot, conversation: { ...controller.snapshot.conversation, suggestions: { "Last message": "y".repeat(100_001) } } }));
  assert.equal(await page.locator(".chips .chip").count(), 0, "what would not be taken is not offered");
  await field.fill("the parcel");
  assert.deepEqual(await text(".problem:not([hidden]) span"), []);
  clean();
});

test("after a template the search waits: where nothing is typed there, the answer brings the composer back, with the focus; else nothing moves", async () => {
  for (const typed of ["", "case"]) {
    await show("closed");
    await page.evaluate(() => (controller.send = () => Promise.resolve({ id: "SM1" })));
    await choose("no_values");
    await page.keyboard.press("Enter");
    await ended("template-sent");
    await page.waitForFunction(() => root.activeElement?.id === "search");
    await page.keyboard.type(typed);
    await page.evaluate(() => (events.length = 0));
    await next("open");
    const types = await page.evaluate(() => events.map(({ type }) => type).filter((type) => type.startsWith("composer")));
    assert.deepEqual(types, typed ? [] : ["composer-change", "composer-focus"]);
    assert.equal(await search().isVisible(), typed !== "");
    assert.equal(await button("Go back to typing").isVisible().catch(() => false), typed !== "");
  }
  // Pointing at an option is choosing.
  await show("closed");
  await page.evaluate(() => element.openTemplates());
  await search().waitFor();
  await page.keyboard.press("ArrowDown");
  await next("open");
  assert.ok(await search().isVisible());
});
