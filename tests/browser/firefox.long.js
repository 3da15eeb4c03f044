// Firefox (ESR), over WebDriver BiDi: the story of the lock, under the strict policy and under one without WebAssembly, and of the element alone.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { at } from "../../www/build/run.mjs";
import { installFirefox } from "../../www/build/setup.mjs";
import { STRICT_POLICY, serveFolder } from "../support/static-server.mjs";
import { until } from "../support/until.mjs";
import { PAGE, tellStory } from "./lock-story.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const WITHOUT_WASM = STRICT_POLICY.replace("'wasm-unsafe-eval'", "");
const ALONE = (/** @type {string} */ locale) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>element</title>
<reply-window locale="${locale}" conversation-id="c1" business="+15550100200" customer="+15550109911" last-inbound-at="2020-01-01T00:00:00Z"></reply-window>
<script type="module" src="/tests/browser/fixture/element-alone.js"></script>`;

/** @type {any} */ let browser;
before(async () => {
  const executablePath = await installFirefox();
  if (!executablePath) return;
  const { default: puppeteer } = await import(pathToFileURL(createRequire(at("tests", "firefox", "package.json")).resolve("puppeteer-core")).href);
  browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
});
after(() => browser?.close());

/** @param {string} policy @param {string} html @param {(page: any) => Promise<void>} work */
async function onPage(policy, html, work) {
  const server = await serveFolder(ROOT, { policy, pages: { "/": html } });
  const page = await browser.newPage();
  /** @type {string[]} */ const faults = [];
  page.on("pageerror", (/** @type {Error} */ error) => faults.push(String(error)));
  try {
    await page.goto(server.url);
    await page.bringToFront();
    await work(page);
    assert.deepEqual(faults.filter((text) => !/favicon|blocked WebAssembly/.test(text)), []);
  } finally {
    await page.close();
    await server.close();
  }
}
const NONE = "there is no Firefox: name one in FIREFOX_PATH";

for (const [name, policy, options] of /** @type {[string, string, object][]} */ ([["the strict policy", STRICT_POLICY, {}], ["no WebAssembly", WITHOUT_WASM, { nowasm: true }]])) {
  for (const locale of /** @type {const} */ (["en", "ar"])) {
    test(`the lock, ${name}: ${locale}`, async (t) => {
      if (!browser) return t.skip(NONE);
      await onPage(policy, PAGE, async (page) => {
        await tellStory(page, page.keyboard, { locale, options });
        assert.equal(await page.evaluate(() => window.refusals > 0), policy === WITHOUT_WASM);
      });
    });
  }
}

for (const [locale, direction, words, all] of [["en", "ltr", /too old for a free reply/, "All languages"], ["ar", "rtl", /مضى على آخر رسالة من العميل/, "كل اللغات"]]) {
  test(`the element alone, by keyboard: ${locale}`, async (t) => {
    if (!browser) return t.skip(NONE);
    await onPage(STRICT_POLICY, ALONE(locale), async (page) => {
      const text = () => page.evaluate(() => window.element?.shadowRoot?.querySelector(".window")?.textContent ?? "");
      await until("the closed window", async () => words.test(await text()));
      assert.equal(await page.evaluate(() => getComputedStyle(window.element.shadowRoot.querySelector(".window")).direction), direction);
      assert.equal(await page.evaluate(() => window.element.matches(":state(closed)")), true);
      await until("the list", () => page.evaluate(() => window.element.shadowRoot.querySelectorAll("[role=option]").length === 2));
      assert.deepEqual(await page.evaluate(() => window.element.shadowRoot.querySelector("[part=languages] option").textContent), all);
      await page.evaluate(() => window.element.shadowRoot.querySelector("[part=languages]").focus());
      await page.keyboard.press("End");
      await until("one language alone", () => page.evaluate(() => window.element.shadowRoot.querySelectorAll("[role=option]").length === 1));
      await page.evaluate(() => window.element.shadowRoot.querySelector("input[role=combobox]").focus());
      await page.keyboard.press("Enter");
      await until("the form", () => page.evaluate(() => window.element.shadowRoot.activeElement?.id === "value-0"));
      await page.keyboard.type("Ana");
      await page.keyboard.press("Enter");
      await page.keyboard.press("Enter");
      await until("it was sent", () => page.evaluate(() => window.told.includes("template-sent")));
      assert.deepEqual(await page.evaluate(() => [window.told.filter((type) => type.startsWith("template-")), window.sent[0].contentVariables]), [["template-select", "template-send", "template-sent"], '{"1":"Ana"}']);
    });
  });
}
