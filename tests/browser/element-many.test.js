// Thousands of templates, and templates that no provider should send: the engine's own search behind the real chooser.

import assert from "node:assert/strict";
import { test } from "node:test";
import { clean, page, show, text, useBrowser } from "./harness.js";

useBrowser();

/** Puts the product's own search behind the element; gives how often it was asked, and what was drawn, at each key stroke. */
const typed = (count) => page.evaluate(async (count) => {
  const [{ TemplateSearch }, { AgentPreferences }, { Conversation }, { STROKES, manyTemplates }] = await Promise.all([
    import("/www/controller/template-search.js"), import("/www/controller/preferences.js"), import("/www/controller/conversation.js"), import("/tests/support/many.mjs"),
  ]);
  const templates = manyTemplates(count);
  const items = templates.map((template) => ({ template, eligibility: { kind: "sendable", reasons: [], notes: [] } }));
  const finder = new TemplateSearch(new AgentPreferences());
  const conversation = new Conversation(controller.snapshot.conversation);
  conversation.setView({ status: controller.snapshot.status, verdict: controller.snapshot.verdict, nowAtMs: controller.snapshot.nowAtMs });
  conversation.settleLoad(conversation.startLoad(), templates, []);
  let searches = 0;
  controller.search = (need) => {
    searches += 1;
    return finder.search(conversation, controller.snapshot.nowAtMs, need);
  };
  controller.next({ ...controller.snapshot, templates: { kind: "ready", items } });
  const input = root.querySelector("#search");
  const strokes = [];
  for (const query of STROKES) {
    searches = 0;
    input.value = query;
    input.dispatchEvent(new Event("input"));
    strokes.push({ query, searches, options: root.querySelectorAll(".option").length, nodes: root.querySelectorAll("*").length });
    await new Promise(requestAnimationFrame);
  }
  finder.close();
  return strokes;
}, count);

test("6,000 templates: a key stroke searches once, and draws no more than a screen", async () => {
  await show("closed");
  const nodes = await page.evaluate(() => root.querySelectorAll("*").length);
  const strokes = await typed(6000);
  for (const { query, searches, options, nodes: drawn } of strokes) {
    assert.ok(searches === 1 && options <= 40 && drawn < nodes + 40 * 12, `${query}: ${searches} searches, ${options} options, ${drawn} nodes, ${nodes} before`);
  }
  assert.ok(strokes.some(({ options }) => options === 40) && strokes.some(({ options }) => options < 40));
  assert.equal((await text(".option")).length, 40);
  clean();
});

test("10,000 templates, one id twice, and everything that is odd: defined answers, no markup", async () => {
  const outcome = await page.evaluate(async () => {
    const { importTemplates, templateIndex } = await import("/www/index.js");
    const evil = "<img src=x onerror=\"document.title='taken'\">";
    const content = (n, body, more = {}) => ({ sid: `HX${String(n).padStart(32, "0")}`, friendly_name: `odd_${n}`, language: "en", variables: null, types: { "twilio/text": { body } }, approval_requests: { status: "rejected", category: "UTILITY", content_type: "twilio/text", rejection_reason: evil, name: evil }, ...more });
    const odd = ["{{ }}", "{{1", "{{99}}", Array.from({ length: 100 }, (_, n) => `{{${n + 1}}}`).join(" "), "😀".repeat(512), "\u202eevil\u202c {{1}}", evil, "{{".repeat(10_000), "x".repeat(100_000), ""].map((body, n) => content(n, body));
    const many = Array.from({ length: 10_000 }, (_, n) => content(n + 100, `Hello {{1}}, number ${n}`));
    const { templates, problems } = importTemplates({ contents: [...odd, ...many, many[0], null, 5, { types: 5 }] });
    const index = templateIndex(templates);
    const { total } = index.search({ query: "number" });
    index.drop();
    globalThis.oddItems = templates.slice(0, 12).map((template) => sendable(template));
    return { count: templates.length, total, codes: [...new Set(problems.map(({ code }) => code))].sort() };
  });
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
