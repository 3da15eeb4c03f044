// The computer's clock is set, or the computer sleeps: what the page says, and what leaves.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { launchBrowser } from "../support/browser.mjs";
import { Desktop, HOUR, MINUTE } from "../support/desktop.mjs";
import { withDemo } from "../support/with-demo.mjs";

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser?.close());

/** @param {string} lang @param {(desk: Desktop) => Promise<void>} work */
const onDesktop = (lang, work) => withDemo(Desktop, browser, { lang, overlook: /fetch/ }, async (desk) => {
  await desk.customerWrites("Hello?");
  await desk.phase("open");
  await work(desk);
});

/** Somebody sets the computer's clock; the page comes to the front again. @param {Desktop} desk @param {number} ms */
const set = (desk, ms) => desk.page.evaluate((ms) => {
  const { now } = Date;
  Date.now = () => now() + ms;
  window.dispatchEvent(new Event("focus"));
}, ms);
const clock = (/** @type {Desktop} */ desk) => desk.panel.evaluate(({ controller }) => controller.snapshot.clock);
const checked = (/** @type {Desktop} */ desk) => desk.page.waitForFunction(() => document.querySelector(".web-chat:not([hidden]) reply-window").controller.snapshot.clock === undefined);

const WORDS = {
  en: { unchecked: "This computer’s clock was changed or it slept", checking: "The clock is being checked." },
  ar: { unchecked: "تغيّرت ساعة هذا الجهاز أو دخل في سكون", checking: "يجري التحقق من الساعة." },
};

for (const [lang, words] of Object.entries(WORDS)) {
  describe(`the computer's clock (${lang})`, () => {
    it("set back by three hours opens nothing", () =>
      onDesktop(lang, async (desk) => {
        await desk.jumpTo((await desk.closesAt()) + MINUTE);
        await desk.phase("closed");
        await desk.box.waitFor({ state: "detached" });
        await set(desk, -3 * HOUR);
        await checked(desk);
        await desk.phase("closed");
        assert.equal(await desk.box.count(), 0);
        await desk.dispatch("sneaked");
        assert.deepEqual(await desk.log(), []);
      }));

    it("set forward by 26 hours closes nothing, and a text goes out once the middleware has answered", () =>
      onDesktop(lang, async (desk) => {
        /** @type {(() => void)[]} */
        const answers = [];
        await desk.page.route("**/api/now", async (route) => {
          const answer = await route.fetch();
          await new Promise((resolve) => answers.push(() => resolve(undefined)));
          await route.fulfill({ response: answer });
        });
        await desk.pause();
        await set(desk, 26 * HOUR);
        await desk.panel.getByText(words.checking).waitFor();
        assert.equal(await clock(desk), "checking");
        await desk.box.fill("now");
        await desk.box.press("Enter");
        assert.equal(await desk.draft(), "now", "nothing free-form leaves until it is known what time it is");
        assert.deepEqual(await desk.log(), []);
        while (!answers.length) await desk.page.evaluate(() => {});
        answers.splice(0).forEach((answer) => answer());
        await checked(desk);
        await desk.phase("open");
        await desk.page.clock.resume();
        await desk.box.press("Enter");
        await desk.logged(({ text, outcome }) => text === "now" && outcome === "delivered", "the text");
      }));

    it("that cannot be checked is told, and the later time counts", () =>
      onDesktop(lang, async (desk) => {
        await desk.page.route("**/api/now", (route) => route.abort());
        await set(desk, 26 * HOUR);
        await desk.phase("closed");
        await desk.panel.getByText(words.unchecked).waitFor();
        await desk.page.unroute("**/api/now");
        await desk.page.evaluate(() => window.dispatchEvent(new Event("focus")));
        await checked(desk);
        await desk.phase("open");
        await desk.box.waitFor();
      }));
  });
}

describe("an element that somebody takes out of the page", () => {
  it("is put back, and the composer comes with the customer's answer", () =>
    onDesktop("en", async (desk) => {
      await desk.box.fill("half typed");
      await desk.jumpTo((await desk.closesAt()) + MINUTE);
      await desk.box.waitFor({ state: "detached" });
      await desk.panel.evaluate((element) => element.remove());
      await desk.panel.locator(".draft", { hasText: "half typed" }).waitFor();
      await desk.panel.evaluate((element) => element.parentNode.remove());
      await desk.panel.locator(".draft", { hasText: "half typed" }).waitFor();
      await desk.customerWrites("Thank you");
      await desk.box.waitFor();
      assert.equal(await desk.box.inputValue(), "half typed");
    }));

  it("by somebody who insists gives way to the composer, and nothing leaves all the same", () =>
    onDesktop("en", async (desk) => {
      await desk.page.evaluate(() => {
        const take = () => document.querySelector(".web-chat:not([hidden]) reply-window")?.remove();
        new MutationObserver(take).observe(document.body, { childList: true, subtree: true });
        window.take = take;
      });
      await desk.jumpTo.call({ ...desk, steer: desk.steer, page: { waitForFunction: () => {} }, demo: desk.demo }, (await desk.sessionEndsAt()) + MINUTE);
      await desk.page.evaluate(() => window.take());
      await desk.box.waitFor();
      await desk.box.fill("sneaked");
      await desk.box.press("Enter");
      assert.deepEqual((await desk.log()).filter(({ freeForm }) => freeForm), []);
    }));
});
