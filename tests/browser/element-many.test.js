// Thousands of templates, and templates that no provider should send: the engine's own search behind the real chooser.

import assert from "node:assert/strict";
import { test } from "node:test";
import { clean, page, show, text, useBrowser } from "./harness.js";

useBrowser();

/** Puts the product's own search behind the element; gives what each key stroke cost. */
const measured = (count) => page.evaluate(async (count) => {
  const [{ Shelf }, { STROKES, manyTemplates, summary }] = await Promise.all([import("/www/controller/template-search.js"), import("/tests/support/many.mjs")]);
  const templates = manyTemplates(count);
  const items = templates.map((template) => ({ template, eligibility: { kind: "sendable", reasons: [], notes: [] } }));
  const shelf = new Shelf();
  const room = { templates, conversation: controller.snapshot.conversation, view: { verdict: controller.snapshot.verdict }, refusals: [], unread: [], common: { refusals: [] }, draft: "" };
  const spent = { search: [], all: [] };
  controller.search = (need) => {
    const begun = performance.now();
    const found = shelf.search(room, Date.now(), need);
    spent.search.push(performance.now() - begun);
    return found;
  };
  const begun = performance.now();
  controller.next({ ...controller.snapshot, templates: { kind: "ready", items } });
  const first = performance.now() - begun;
  spent.search.length = 0;
  const input = root.querySelector("#search");
  for (const query of [...STROKES, ...STROKES]) {
    input.value = query;
    const begun = performance.now();
    input.dispatchEvent(new Event("input"));
    spent.all.push(performance.now() - begun);
    await new Promise(requestAnimationFrame);
  }
  shelf.close();
  return { first, search: summary(spent.search), all: summary(spent.all) };
}, count);

test("6,000 templates: a key stroke is searched in under 8 ms", async (context) => {
  await show("closed");
  const { first, search, all } = await measured(6000);
  context.diagnostic(`the list for the first time: ${first.toFixed(0)} ms; search: ${search.text}; search and list: ${all.text}`);
  assert.ok(search.median < 8, search.text);
  // Bounds far above what is measured: other work on this machine must not fail them, a slow path must.
  assert.ok(search.worst < 200 && all.median < 50 && first < 5000, `${first} ms; ${search.text}; ${all.text}`);
  assert.equal((await text(".option")).length, 40);
  clean();
});

test("10,000 templates, one id twice, and everything that is odd: defined answers, no slow path, no markup", async () => {
  const outcome = await page.evaluate(async () => {
    const { importTemplates, templateIndex } = await import("/www/index.js");
    const evil = "<img src=x onerror=\"document.title='taken'\">";
    const content = (n, body, more = {}) => ({ sid: `HX${String(n).padStart(32, "0")}`, friendly_name: `odd_${n}`, language: "en", variables: null, types: { "twilio/text": { body } }, approval_requests: { status: "rejected", category: "UTILITY", content_type: "twilio/text", rejection_reason: evil, name: evil }, ...more });
    const odd = ["{{ }}", "{{1", "{{99}}", Array.from({ length: 100 }, (_, n) => `{{${n + 1}}}`).join(" "), "😀".repeat(512), "\u202eevil\u202c {{1}}", evil, "{{".repeat(10_000), "x".repeat(100_000), ""].map((body, n) => content(n, body));
    const many = Array.from({ length: 10_000 }, (_, n) => content(n + 100, `Hello {{1}}, number ${n}`));
    const begun = performance.now();
    const { templates, problems } = importTemplates({ contents: [...odd, ...many, many[0], null, 5, { types: 5 }] });
    const index = templateIndex(templates);
    const { total } = index.search({ query: "number" });
    index.drop();
    globalThis.oddItems = templates.slice(0, 12).map((template) => sendable(template));
    return { took: performance.now() - begun, count: templates.length, total, codes: [...new Set(problems.map(({ code }) => code))].sort() };
  });
  assert.ok(outcome.took < 20_000, `${outcome.took} ms`);
  assert.equal(outcome.total, 10_000);
  assert.ok(outcome.codes.includes("duplicate-id"), outcome.codes.join());
  await page.evaluate(() => show("closed", { items: globalThis.oddItems }));
  const names = await text(".option .name");
  assert.ok(names.length >= 10, names.join());
  for (let at = 0; at < names.length; at += 1) {
    await page.evaluate((at) => {
      element.openTemplates();
      const input = root.querySelector("#search");
      input.value = "";
      input.dispatchEvent(new Event("input"));
      root.querySelector(`#option-${at}`).click();
    }, at);
    const field = page.locator("#value-0");
    if (await field.isVisible()) await field.fill("\u202eevil😀".repeat(80));
    assert.equal(await page.evaluate(() => root.querySelectorAll("img, script").length), 0);
    await page.keyboard.press("Escape");
  }
  assert.equal(await page.title(), "reply-window under test");
  clean();
});
