// What happens while something else is under way: a question is asked, a text waits, nobody knows what became of a send.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { ar } from "../../www/i18n/ar.js";
import { en } from "../../www/i18n/en.js";
import { launchBrowser } from "../support/browser.mjs";
import { deferred } from "../support/desk.mjs";
import { Desktop, MARGIN } from "../support/desktop.mjs";
import { until } from "../support/until.mjs";
import { withDemo } from "../support/with-demo.mjs";

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser?.close());

const WORDS = {
  en: { t: en, other: "ar", text: "Order 88-1403 is on its way 😀, הזמנה 12" },
  ar: { t: ar, other: "en", text: "الطلب 88-1403 في الطريق 😀، order 12" },
};
const CATALOGUES = { en, ar };

/** @param {string} lang @param {string} conversation @param {(desk: Desktop) => Promise<void>} work */
const onDesktop = (lang, conversation, work) => withDemo(Desktop, browser, { lang, conversation }, work);

const inBox = (/** @type {Desktop} */ desk, /** @type {string} */ text) => until(`${text} in the box`, async () => (await desk.box.isVisible()) && (await desk.box.inputValue()) === text);

for (const [lang, { t, other, text }] of Object.entries(WORDS)) {
  describe(`meanwhile (${lang})`, () => {
    it("another conversation is looked at while a question is asked: nothing leaves, the text stays, and the yes is still for that one send", () =>
      onDesktop(lang, "jonas", async (desk) => {
        await desk.phase("unknown");
        await desk.box.fill(text);
        await desk.box.press("Enter");
        await desk.panel.locator("[part=question]").waitFor();
        await desk.choose("amelia");
        await desk.phase("open");
        assert.equal(await desk.panel.locator("[part=question]").isVisible(), false, "not of another customer");
        assert.equal(await desk.box.inputValue(), "");
        await desk.choose("jonas");
        await inBox(desk, text);
        assert.deepEqual(await desk.log(), []);
        if (!(await desk.panel.locator("[part=question]").isVisible())) await desk.box.press("Enter");
        await desk.panel.getByRole("button", { name: t["ask.yes"] }).click();
        await desk.logged((entry) => entry.text === text, "the text");
        assert.equal((await desk.log()).length, 1);
      }));

    it("the language changes while a text waits for the customer: it still waits, in the other language, and goes out once", () =>
      onDesktop(lang, "amelia", async (desk) => {
        await desk.box.fill(text);
        await desk.jumpTo((await desk.sessionEndsAt()) - MARGIN + 1);
        await desk.panel.getByRole("button", { name: t["queue.offered"] }).click();
        await desk.panel.getByText(t["queue.waiting"]).filter({ visible: true }).first().waitFor();
        await desk.page.locator(`.languages a[lang=${other}]`).click();
        const now = CATALOGUES[other];
        await desk.panel.getByText(now["queue.waiting"]).filter({ visible: true }).first().waitFor();
        await desk.panel.locator(".draft", { hasText: text }).waitFor();
        await desk.steer("customer-message", { conversationId: "amelia", text: "?" });
        await desk.panel.getByRole("button", { name: now["queue.send"], exact: true }).click();
        await desk.logged((entry) => entry.text === text && entry.outcome === "delivered", "the text");
        await inBox(desk, "");
        assert.equal((await desk.log()).length, 1);
      }));

    it("what the customer writes while the page begins, before it hears of news, is there", () =>
      onDesktop(lang, "amelia", async (desk) => {
        const [asked, held] = [deferred(), deferred()];
        await desk.page.route("**/api/events", async (route) => (asked.resolve(), await held.promise, await route.continue()));
        await desk.page.reload({ waitUntil: "commit" });
        await asked.promise;
        await desk.steer("customer-message", { conversationId: "amelia", text });
        held.resolve();
        await desk.ready();
        await desk.chat(".webchat__bubble").filter({ hasText: text }).waitFor();
      }));

    it("nobody knows what became of a text: Retry three times and Enter send it once, letter for letter", () =>
      onDesktop(lang, "amelia", async (desk) => {
        // It never reached the middleware, which nobody here can know.
        await desk.page.route("**/messages", (route) => route.abort(), { times: 1 });
        await desk.box.fill(text);
        await desk.box.press("Enter");
        await desk.chat(".webchat__activity-status button").waitFor();
        await inBox(desk, text);
        await desk.page.evaluate(() => {
          const button = document.querySelector(".web-chat:not([hidden]) .webchat__activity-status button");
          for (let times = 0; times < 3; times += 1) button.click();
        });
        await desk.box.press("Enter");
        await desk.logged((entry) => entry.text === text && entry.outcome === "delivered", "the text");
        await inBox(desk, "");
        await desk.chat(".webchat__activity-status button").waitFor({ state: "detached" });
        assert.equal((await desk.log()).length, 1);
        assert.equal(await desk.chat(".webchat__bubble").filter({ hasText: text }).count(), 1);
      }));
  });
}
