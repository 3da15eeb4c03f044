// A template whose send never answers, as the agent sees it, in both languages.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { launchBrowser } from "../support/browser.mjs";
import { serve } from "./serve.js";

/** @type {any} */ let server;
/** @type {any} */ let browser;
/** @type {import("playwright-core").Page} */ let page;
/** @type {string[]} */ let faults;
before(async () => {
  server = await serve();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  server?.close();
});

/** The real controller under the element, with a send that is answered by hand and given up after half a second. */
const begin = async (/** @type {string} */ locale) => {
  await page?.context().close();
  page = await (await browser.newContext()).newPage();
  faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  await page.goto(`${server.url}/tests/browser/page.html`);
  await page.waitForFunction(() => globalThis.pageReady);
  await page.evaluate(async (locale) => {
    const { mount } = await import("/www/mount.js");
    const template = { id: "HX1", source: "twilio", name: "hello", language: "en", category: "utility", status: "approved", type: "twilio/text", types: ["twilio/text"], body: { text: "Hello {{1}}", placeholders: [] }, buttons: [], cards: [], variables: [{ name: "1" }] };
    globalThis.tries = [];
    const onSend = (message) => new Promise((resolve, reject) => globalThis.tries.push({ message, resolve, reject }));
    globalThis.panel = mount(document.querySelector("#place"), {
      conversation: { id: "ana", business: "+14155238886", customer: { phone: "+491701234567" } }, templates: [template], onSend, sendTimeoutMs: 500, locale,
      state: { version: 1, customer: [{ id: "SM0", kind: "text", providerAtMs: Date.UTC(2026, 0, 1) }], refused: [], sent: [] },
    });
    // Words other than English come a moment later.
    Object.defineProperty(globalThis, "root", { get: () => panel.element.shadowRoot });
  }, locale);
  await choose();
  await page.keyboard.type("Ana");
};
const search = () => page.locator("input[role=combobox]");
const choose = async () => {
  await search().fill("hello");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => root.activeElement?.id === "value-0");
};
const clean = () => assert.deepEqual(faults, []);
const lines = () => page.evaluate(() => [...root.querySelectorAll("[role=status]")].map((node) => node.textContent).join("|"));
const send = () => page.getByRole("button", { name: /^(Send template|إرسال القالب)$/ }).click();
const tried = (count) => page.waitForFunction((count) => tries.length === count, count);

for (const [locale, words, arrived] of [["en", /nobody knows whether it arrived/, "Your last message is on its way after all."], ["ar", /لا يُعرف هل وصلت الرسالة/, "رسالتك الأخيرة في طريقها بعد كل شيء."]]) {
  test(`nobody knows is said, the values stay, and a second try is the same send (${locale})`, async () => {
    await begin(locale);
    await send();
    await tried(1);
    await page.getByText(words).first().waitFor();
    assert.equal(await page.evaluate(() => root.querySelector("#value-0").value), "Ana");
    assert.equal(await page.evaluate(() => tries.length), 1, "nothing by itself");
    assert.deepEqual((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id), []);
    await send();
    await tried(2);
    assert.equal(await page.evaluate(() => new Set(tries.map(({ message }) => message.sendId)).size), 1);
    clean();
  });

  test(`what arrives late is said, and the form is done with (${locale})`, async () => {
    await begin(locale);
    await send();
    await tried(1);
    await page.getByText(words).first().waitFor();
    await page.evaluate(() => tries[0].resolve({ id: "SM1" }));
    await page.locator(".limits").getByText(arrived).waitFor();
    await search().waitFor();
    assert.ok((await lines()).includes(arrived));
    assert.equal(await page.locator(".fault, .limits").getByText(words).count(), 0);
    await choose();
    assert.equal(await page.evaluate(() => root.querySelector("#value-0").value), "", "nothing is left to send again");
    clean();
  });
}
