// Every state that a screenshot shows, in the two looks that differ most: looked over by axe, no wider than the page. The
// other looks take long: desktop-looks.long.js.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { launchBrowser } from "../support/browser.mjs";
import { Desktop } from "../support/desktop.mjs";
import { throughStates } from "../support/look-over.mjs";
import { LOOKS, STATES, enter } from "../support/states.mjs";
import { demoFor } from "../support/with-demo.mjs";

let browser, demo;
before(async () => {
  browser = await launchBrowser();
  demo = await demoFor();
});
after(async () => {
  await browser?.close();
  await demo?.close();
});

describe("in every state of the desktop", () => {
  for (const look of LOOKS.filter(({ name }) => ["english", "arabic-360"].includes(name))) {
    it(`nothing is wider than the page, and axe finds nothing: ${look.name}`, () => throughStates(browser, look, true));
  }
});

/** @param {Desktop} desk @param {string} selector @returns {Promise<boolean>} whether all of it can be seen */
const isSeen = (desk, selector) => desk.panel.locator(selector).first().evaluate((node) => {
  const { left, right, top, bottom } = node.getBoundingClientRect();
  const at = (/** @type {number} */ x, /** @type {number} */ y) => node.getRootNode().elementFromPoint(x, y);
  const inside = (/** @type {Element | null} */ found) => found !== null && (node === found || node.contains(found));
  return top >= 0 && bottom <= innerHeight && inside(at((left + right) / 2, top + 2)) && inside(at((left + right) / 2, bottom - 3));
});

describe("a form with three values", () => {
  for (const name of ["english", "arabic", "english-360", "arabic-360"]) {
    it(`keeps what it is about and the way to send in view: ${name}`, async () => {
      const look = LOOKS.find((one) => one.name === name) ?? LOOKS[0];
      const desk = await Desktop.open(browser, demo, { lang: look.lang, conversation: "layla", context: look.context });
      try {
        await enter(desk, STATES.find(({ name }) => name === "form") ?? STATES[0]);
        for (const at of [0, 2]) {
          await desk.panel.locator("form textarea").nth(at).focus();
          assert.deepEqual([await isSeen(desk, "[part=send]"), await isSeen(desk, ".word"), await isSeen(desk, `#value-${at}`)], [true, true, true], `value ${at}`);
        }
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
