// A customer who does not want marketing: what the strip says, how it is known, and the greyed templates.

import assert from "node:assert/strict";
import { test } from "node:test";
import { axe, clean, page, search, settled, show, text, useBrowser } from "./harness.js";

useBrowser();

const TOLD = Date.UTC(2026, 10, 23, 17, 40);
/** @param {object} marketing @param {object} attributes @param {object} [conversation] */
const shown = async (marketing, attributes, conversation = {}) => {
  await show("closed", {}, attributes);
  await page.evaluate(([marketing, more]) => {
    const { snapshot } = controller;
    controller.next({ ...snapshot, status: { ...snapshot.status, marketing }, conversation: { ...snapshot.conversation, ...more } });
  }, [marketing, conversation]);
};
const facts = async () => {
  await page.locator("[aria-controls=known]").click();
  // What it says is fetched when somebody asks.
  await page.locator("#known dd").first().waitFor();
  const rows = await page.evaluate(() => [...root.querySelectorAll("#known dl div")].map((row) => [...row.children].map((cell) => cell.textContent)));
  return Object.fromEntries(rows);
};

for (const [locale, sentence, term, value] of /** @type {[string, string, string, RegExp][]} */ ([
  ["en", "This customer does not want marketing.", "Marketing", /^not wanted \(chosen in WhatsApp, .*\)$/],
  ["ar", "هذا العميل لا يريد رسائل تسويقية.", "التسويق", /^غير مرغوب \(اختاره في واتساب، .*\)$/],
])) {
  test(`it is said beside the templates, and how it is known where one asks, in ${locale}`, async () => {
    await shown({ kind: "stopped", toldAtMs: TOLD, toldBy: "settings" }, { locale });
    assert.ok((await text(".limits"))[0].includes(sentence), (await text(".limits"))[0]);
    assert.match((await facts())[term] ?? "", value);
    await axe();
    clean();
  });
}

test("every way in which it is known has words", async () => {
  for (const [toldBy, words] of [["keyword", "keyword that the provider knows"], ["words", "written by the customer"], ["refusal", "refused by the provider"], ["desktop", "from this desktop"]]) {
    await shown({ kind: "stopped", toldAtMs: TOLD, toldBy }, { locale: "en" });
    assert.ok((await facts()).Marketing.includes(words), toldBy);
  }
  clean();
});

test("who took it back is told where one asks alone; what the desktop says counts while it says so", async () => {
  await shown({ kind: "resumed", toldAtMs: TOLD, toldBy: "keyword" }, { locale: "en" });
  assert.ok(!(await text(".limits"))[0]?.includes("marketing"));
  assert.match((await facts()).Marketing, /^wanted again/);
  await shown({ kind: "resumed", toldAtMs: TOLD, toldBy: "keyword" }, { locale: "en" }, { optedOutOfMarketing: true });
  assert.ok((await text(".limits"))[0].includes("This customer does not want marketing."));
  assert.equal((await facts()).Marketing, "not wanted, says this desktop");
  clean();
});

for (const [locale, reason, group] of [
  ["en", "The customer stopped marketing messages.", "Cannot be sent now"],
  ["ar", "أوقف العميل الرسائل التسويقية.", "لا يمكن إرسالها الآن"],
]) {
  test(`a marketing template is greyed with the reason below it and cannot be chosen, in ${locale}`, async () => {
    await shown({ kind: "stopped", toldAtMs: TOLD, toldBy: "settings" }, { locale });
    await page.evaluate(async () => {
      const { greyed } = await import("/tests/browser/fake-controller.js");
      const { snapshot } = controller;
      const items = snapshot.templates.items.map((item) => (item.template.category === "marketing" ? greyed(item.template, "marketing-opt-out") : item));
      controller.next({ ...snapshot, templates: { ...snapshot.templates, items } });
    });
    await search().fill("spring");
    const option = page.locator("[role=option]");
    await option.first().waitFor();
    assert.equal(await option.count(), 1);
    assert.equal(await option.getAttribute("aria-disabled"), "true");
    assert.ok((await option.textContent())?.endsWith(reason), await option.textContent());
    assert.ok((await text("[role=group], [role=presentation], .group")).join("|").includes(group));
    await page.keyboard.press("Enter");
    await settled();
    assert.equal(await option.count(), 1);
    assert.deepEqual(await page.evaluate(() => controller.calls), []);
    await axe();
    clean();
  });
}
