// What is said of a provider's refusal is fetched with the first one: nothing wrong stands there until it has come, or if it never does.

import assert from "node:assert/strict";
import { test } from "node:test";
import { clean, next, open, page, said, settled, show, text, useBrowser } from "./harness.js";

useBrowser();

const WORDS = "**/provider-errors/*.js";
const REFUSED = { code: "send-refused", message: "internal", providerCode: 63049, sentence: "held-back-by-meta" };

/** A page of its own, whose browser has fetched nothing yet; answers to the words are given by `answer`. @param {(route: import("playwright-core").Route) => unknown} answer */
async function fresh(answer) {
  await open({ colorScheme: "light" });
  await page.route(WORDS, answer);
}

for (const [locale, told] of [["en", /^WhatsApp chose not/], ["ar", /^قرر واتساب/]]) {
  test(`a refusal is told and spoken once its sentence is there: ${locale}`, async () => {
    const asked = [];
    let come;
    await fresh((route) => (asked.push(route.request().url().slice(-5)), new Promise((resolve) => (come = resolve)).then(() => route.continue())));
    await show("open", { withoutPanel: true }, { locale });
    await settled();
    assert.deepEqual(asked, [], "nobody was refused");
    await next("open", { error: REFUSED });
    await settled();
    assert.deepEqual([await page.locator(".limits").isVisible(), await said()], [false, "|"]);
    assert.deepEqual(asked, [`${locale}.js`]);
    // A tick of the clock meanwhile asks for nothing more.
    await next("open", { error: REFUSED });
    come();
    await page.locator(".limits").waitFor();
    assert.match((await text(".limits"))[0], told);
    assert.match(await said(), told);
    assert.equal(asked.length, 1);
    clean();
  });
}

test("where it cannot be fetched that is said, and the next refusal fetches it again", async () => {
  let isGone = true;
  await fresh((route) => (isGone ? route.abort() : route.continue()));
  await show("open", { withoutPanel: true });
  await next("open", { error: REFUSED });
  await page.locator(".limits").waitFor();
  const words = "It was refused, and the reason could not be loaded. Everything you typed is kept.";
  assert.deepEqual([(await text(".limits"))[0], await said()], [words, `${words}|`]);
  isGone = false;
  await next("open", { error: { ...REFUSED, sentence: "rate-limit" } });
  await page.locator(".limits", { hasText: "limit" }).waitFor();
  assert.match(await said(), /limit/);
});

test("the form tells of a refusal that it was waiting for, whatever was fetched first", async () => {
  const come = [];
  await fresh((route) => new Promise((resolve) => come.push(resolve)).then(() => route.continue()));
  await show("closed", { withoutPanel: true });
  await settled();
  assert.equal(await page.locator("[aria-busy=true]").count(), 1, "list and form come with their sentences");
  come.forEach((resolve) => resolve());
  await page.locator("[role=combobox]").waitFor();
  clean();
});
