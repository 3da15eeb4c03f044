// Every state that a screenshot shows: looked over by axe, in both languages, light and dark, wide and narrow.

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";

import { AxeBuilder } from "@axe-core/playwright";

import { startDemo } from "../../www/demo/start.mjs";
import { launchBrowser } from "../support/browser.mjs";
import { Desktop } from "../support/desktop.mjs";

const SCREENS = fileURLToPath(new URL("../../.screens", import.meta.url));

const VALUES = { en: ["Amelia", "CAS-00417", "being reviewed"], ar: ["ليلى", "CAS-00371", "قيد المراجعة"] };

/** Each state, the conversation that shows it, its phase, and what else it needs. @type {[string, string, string, ((desk: Desktop) => Promise<unknown>)?][]} */
const STATES = [
  ["open", "noor", "open"],
  ["closing", "omar", "closing"],
  ["closed", "layla", "closed"],
  ["form", "layla", "closed", (desk) => desk.fillTemplate({ query: "case update", name: "case_update_text", language: desk.lang, values: VALUES[desk.lang] })],
  ["unknown", "jonas", "unknown"],
];
const NARROW = { viewport: { width: 390, height: 844 } };
/** @type {[string, string, object][]} */
const LOOKS = [
  ["english", "en", {}],
  ["arabic", "ar", {}],
  ["dark", "en", { colorScheme: "dark" }],
  ["narrow", "ar", NARROW],
];

let browser, demo;
before(async () => {
  await mkdir(SCREENS, { recursive: true });
  browser = await launchBrowser();
  demo = await startDemo({ port: 0, standInPort: 0, statusDelayMs: 10, log: () => {} });
});
after(async () => {
  await browser?.close();
  await demo?.close();
});

/** No exception is made for Web Chat's own elements. @param {import("playwright-core").Page} page @param {string} name */
async function lookOver(page, name) {
  const { violations, passes } = await new AxeBuilder({ page }).analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" > ")} ${failureSummary}`));
  assert.deepEqual(found, [], name);
  return passes.flatMap(({ nodes }) => nodes).filter(({ target }) => Array.isArray(target[0]) && /reply-window/.test(String(target[0][0]))).length;
}

/** @param {Desktop} desk @param {string} name */
async function show(desk, name) {
  await desk.page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  await desk.page.screenshot({ path: `${SCREENS}/${name}.png`, animations: "disabled" });
  const wide = await desk.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${name}: nothing to scroll sideways`);
  return lookOver(desk.page, name);
}

describe("what axe finds in every state", () => {
  for (const [look, lang, context] of LOOKS) {
    it(`is nothing: ${look}`, async () => {
      const desk = await Desktop.open(browser, demo, { lang, context: { ...context, reducedMotion: "reduce" } });
      try {
        for (const [state, conversation, phase, act] of STATES) {
          await desk.choose(conversation);
          await desk.ready();
          await desk.phase(phase);
          await act?.(desk);
          const ours = await show(desk, `${state}-${look}`);
          assert.ok(ours > 20, `${state}-${look}: ${ours} nodes of our own were looked at`);
        }
        if (look === "narrow") for (const tab of ["list", "standin"]) {
          await desk.page.locator(`.tabs [data-tab="${tab}"]`).click();
          await show(desk, `${tab}-${look}`);
        }
        assert.deepEqual(desk.complaints, []);
      } finally {
        await desk.close();
      }
    });
  }
});

const MARKUP = `<img src=x onerror="window.hacked=1"><b id="bold">bold</b> [link](javascript:window.hacked=1) **md** <script>window.hacked=1</script>`;

describe("text from customers and templates", () => {
  it("is text: no markup reaches the page", async () => {
    const desk = await Desktop.open(browser, demo, { conversation: "layla" });
    try {
      // Templates with markup in every text that is shown.
      await desk.page.route("**/api/templates*", async (route) => {
        const response = await route.fetch();
        const body = await response.json();
        const marked = (/** @type {any} */ text) => text && { ...text, text: MARKUP + text.text, placeholders: text.placeholders.map((/** @type {any} */ one) => ({ ...one, start: one.start + MARKUP.length, end: one.end + MARKUP.length })) };
        body.templates = body.templates.map((/** @type {any} */ one) => ({ ...one, name: one.name + MARKUP, body: marked(one.body), footer: marked(one.footer) }));
        await route.fulfill({ response, json: body });
      });
      await desk.page.reload();
      await desk.ready();
      await desk.panel.locator("[role=option]").first().waitFor();
      const option = desk.panel.locator("[role=option]", { hasText: "case_update_text" }).first();
      assert.ok((await option.textContent())?.includes(MARKUP), "the template's text is shown as it is");
      await option.click();
      await desk.panel.locator("form textarea").first().fill(MARKUP);
      // As WhatsApp shows it: the inner stars make it bold.
      assert.ok((await desk.panel.locator('[part~="preview"], .preview').first().textContent())?.includes(MARKUP.replace("**md**", "*md*")));

      await desk.steer("customer-message", { conversationId: "layla", text: MARKUP });
      await desk.page.locator(".said.inbound", { hasText: MARKUP }).waitFor();
      await desk.chat(".webchat__bubble").filter({ hasText: MARKUP }).waitFor();
      const found = await desk.page.evaluate(() => {
        const roots = [document, ...[...document.querySelectorAll("*")].flatMap(({ shadowRoot }) => shadowRoot ?? [])];
        return roots.flatMap((root) => [...root.querySelectorAll('img[src="x"], #bold, a[href^="javascript:"], .webchat__bubble a, .webchat__bubble strong')].map(({ outerHTML }) => outerHTML));
      });
      assert.deepEqual(found, []);
      assert.equal(await desk.page.evaluate(() => "hacked" in window), false);
    } finally {
      await desk.close();
    }
  });
});
