// What is filled in stays filled in: through a change of language, of theme, of conversation, and when the provider refuses it later.

import assert from "node:assert/strict";
import { test } from "node:test";
import { active, button, choose, clean, next, page, redraw, search, show, text, useBrowser } from "./harness.js";

useBrowser();

const conversation = (/** @type {string} */ id, /** @type {object} */ more = {}) => page.evaluate(([id, more]) => controller.next({ ...controller.snapshot, conversation: { ...controller.snapshot.conversation, id }, ...more }), [id, more]);
const values = () => page.locator("textarea.value").evaluateAll((list) => list.map(({ value }) => value));

for (const [locale, other, title] of [["en", "ar", "معاينة"], ["ar", "en", "Preview"]]) {
  test(`a change of language keeps form, values, focus and caret: ${locale} to ${other}`, async () => {
    await show("closed", {}, { locale });
    await choose("case_update_text");
    for (const [at, value] of ["Amelia", "CAS-00417"].entries()) await page.locator(`#value-${at}`).fill(value);
    await page.locator("#value-0").focus();
    await page.evaluate(() => root.activeElement.setSelectionRange(2, 4));
    await redraw("locale", other);
    assert.equal(await page.locator("[part=preview]").getAttribute("aria-label"), title, "it speaks the other language");
    assert.deepEqual(await values(), ["Amelia", "CAS-00417"]);
    assert.equal(await active(), "value-0");
    assert.deepEqual(await page.evaluate(() => [root.activeElement.selectionStart, root.activeElement.selectionEnd]), [2, 4]);
    await page.locator("[part=send]").click();
    await page.waitForFunction(() => events.some(({ type }) => type === "template-sent"));
    assert.deepEqual(await page.evaluate(() => controller.calls.map(({ values }) => values)), [{ 1: "Amelia", 2: "CAS-00417" }]);
    clean();
  });
}

test("a change of language keeps what is searched for, and a list that was opened by hand", async () => {
  await show("open");
  await button("Templates").click();
  await search().fill("parcel");
  await redraw("locale", "ar");
  assert.equal(await search().inputValue(), "parcel");
  assert.equal(await active(), "search");
  assert.equal(await page.locator(".option").count(), 2);
});

test("theme, digits and time zone keep form and values", async () => {
  await show("closed", {}, { locale: "ar-EG" });
  await choose("case_question");
  await page.locator("#value-0").fill("the late parcel");
  await page.evaluate(() => element.setAttribute("theme", "dark"));
  for (const [name, value] of [["numbering-system", "latn"], ["time-zone", "Europe/Lisbon"]]) {
    await redraw(name, value);
    assert.deepEqual(await values(), ["the late parcel"], name);
  }
});

test("another conversation and back: form and values are as they were left, and are nobody else's", async () => {
  for (const locale of ["en", "ar"]) {
    await show("closed", {}, { locale });
    await choose("case_question");
    await page.locator("#value-0").fill("the late parcel");
    await conversation("c2");
    assert.equal(await search().isVisible(), true);
    assert.equal(await search().inputValue(), "");
    await search().fill("visit");
    await conversation("c1");
    assert.deepEqual(await values(), ["the late parcel"]);
    assert.equal(await page.locator("#value-0").isVisible(), true);
    await conversation("c2");
    assert.equal(await search().inputValue(), "visit");
    await redraw("locale", locale === "en" ? "ar" : "en");
    await conversation("c1");
    assert.deepEqual(await values(), ["the late parcel"], "in the other language, too");
  }
});

test("what is open again after the customer's answer is kept through a change of language, with the way back", async () => {
  await show("closed");
  await choose("case_question");
  await page.keyboard.type("the late parcel");
  await next("open");
  await redraw("locale", "ar");
  assert.deepEqual(await values(), ["the late parcel"]);
  assert.equal(await page.evaluate(() => element.composer), "closed");
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => element.composer), "open");
});

test("a template on its way while the language changes ends in the form that is there now", async () => {
  for (const isTaken of [true, false]) {
    await show("closed");
    await page.evaluate(() => {
      controller.send = () => new Promise((resolve, reject) => Object.assign(globalThis, { answer: resolve, refuse: reject }));
    });
    await choose("case_question");
    await page.locator("#value-0").fill("the late parcel");
    await page.locator("[part=send]").click();
    await page.evaluate(() => controller.next({ ...controller.snapshot, sending: true }));
    await redraw("locale", "ar");
    assert.equal(await page.locator("[part=send]").getAttribute("aria-disabled"), "true");
    await page.evaluate((isTaken) => {
      const error = { code: "send-failed", message: "m" };
      controller.next({ ...controller.snapshot, sending: false, ...(isTaken ? {} : { error }) });
      if (isTaken) answer({ id: "SM1" });
      else refuse(error);
    }, isTaken);
    await page.waitForFunction(() => events.some(({ type }) => /^template-(sent|error)$/.test(type)));
    assert.equal(await page.locator("form textarea").isVisible(), !isTaken);
    if (!isTaken) assert.deepEqual([await values(), await page.locator("[part=send]").getAttribute("aria-disabled"), (await text(".fault:not([hidden])")).length], [["the late parcel"], null, 1]);
    assert.equal((await page.evaluate(() => events)).filter(({ type }) => /^template-(sent|error)$/.test(type)).length, 1, "told once");
    clean();
  }
});

for (const [locale, told, mark, again] of [
  ["en", "\u2068Case question\u2069 was not delivered. WhatsApp chose not to deliver it.", "Not delivered lately", "Open it again"],
  ["ar", "لم يصل \u2068Case question\u2069.", "لم يصل مؤخرًا", "فتحه من جديد"],
]) {
  test(`a template that is refused after it had gone: that is said by name, marked in the list, and one click brings its values back (${locale})`, async () => {
    await show("closed", { preferences: { favourites: [], recent: ["case_question"] } }, { locale });
    const error = { code: "send-refused", message: "m", providerCode: 63049, meaning: "held-back", sentence: "held-back-by-meta", templateId: "case_question" };
    await page.evaluate((error) => controller.next({ ...controller.snapshot, error, undelivered: [{ templateId: "case_question", values: { 1: "the late parcel" } }] }), error);
    assert.ok((await text(".limits")).join().startsWith(told), (await text(".limits")).join());
    const meta = await page.locator(".option", { hasText: "case_question" }).locator(".meta span").allTextContents();
    assert.equal(meta[0], mark, "in the place of “used lately”");
    await button(again).click();
    assert.deepEqual(await values(), ["the late parcel"]);
    assert.equal(await active(), "value-0");
    await page.keyboard.press("Escape");
    await page.evaluate(() => controller.next({ ...controller.snapshot, error: undefined }));
    await choose("case_question");
    assert.deepEqual(await values(), ["the late parcel"], "chosen from the list, too");
    clean();
  });
}

test("the page asks before it goes while a form holds what was typed, and no longer", async () => {
  await page.evaluate(async () => {
    const { mount } = await mountModule();
    const template = globalThis.template("one", { body: "About {{1}}." });
    globalThis.handle = mount(document.querySelector("#place"), { conversation: { id: "c1", business: "+15550100100", customer: { phone: "+966501234567" } }, templates: [template], onSend: async () => ({ id: "SM1" }), state: { customer: [], refused: [], sent: [] } });
    globalThis.asks = () => !dispatchEvent(new Event("beforeunload", { cancelable: true }));
    handle.openTemplates();
  });
  await page.locator(".option").first().click();
  assert.equal(await page.evaluate(() => asks()), false);
  await page.locator("#value-0").fill("the late parcel");
  assert.equal(await page.evaluate(() => asks()), true);
  await page.locator("[part=send]").click();
  await page.waitForFunction(() => !asks());
});
