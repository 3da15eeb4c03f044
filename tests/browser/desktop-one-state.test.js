// One state: told in the same words and with the same picture wherever it is told, once in each place. And what is filled in outlives what changes around it.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { launchBrowser } from "../support/browser.mjs";
import { Desktop } from "../support/desktop.mjs";
import { until } from "../support/until.mjs";
import { withDemo } from "../support/with-demo.mjs";

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser?.close());

const WORDS = {
  en: { open: "Open", closing: "Closing soon", closed: "Closed", unknown: "Unknown", again: "Open it again", mark: "Not delivered lately", told: /Case answer.* was not delivered/ },
  ar: { open: "مفتوحة", closing: "تُغلق قريبًا", closed: "مغلقة", unknown: "غير معروفة", again: "فتحه من جديد", mark: "لم يصل مؤخرًا", told: /لم يصل .*Case answer/ },
};
const PEOPLE = { open: "noor", closing: "omar", closed: "layla", unknown: "jonas" };

/** @param {string} lang @param {string} conversation @param {(desk: Desktop) => Promise<void>} work */
const onDesktop = (lang, conversation, work) => withDemo(Desktop, browser, { lang, conversation }, work);

/** @param {Desktop} desk @param {string} value */
async function fillAnswer(desk, value) {
  await desk.panel.locator("[role=combobox]").fill("case_answer");
  await desk.panel.locator("[role=option]:not([aria-disabled])").first().click();
  await desk.panel.locator("form textarea").first().fill(value);
}
/** At one instant. @param {Desktop} desk @param {string} id */
const listAndStrip = (desk, id) => desk.page.evaluate((id) => {
  const badge = document.querySelector(`[data-conversation="${id}"] .badge`);
  const strip = document.querySelector(".web-chat:not([hidden]) reply-window").shadowRoot;
  const [word, left] = [".word", "#left"].map((selector) => strip.querySelector(selector).textContent);
  return { word, left, listed: badge.lastElementChild.textContent, signs: [badge, strip].map((place) => [...place.querySelectorAll(".ring path")].at(-1).getAttribute("d")) };
}, id);
const value = (/** @type {Desktop} */ desk) => desk.panel.locator("form textarea").first().inputValue();

for (const [lang, words] of Object.entries(WORDS)) {
  describe(`one state (${lang})`, () => {
    it("has the same word, the same time and the same picture in the list and in the strip, and stands nowhere else", () =>
      onDesktop(lang, "noor", async (desk) => {
        for (const [kind, id] of Object.entries(PEOPLE)) {
          await desk.choose(id);
          await desk.phase(kind);
          /** @type {any} */ let seen;
          // Each is drawn by a turn of its own: a minute that ends is told by one a moment before the other.
          await until("both tell the same", async () => {
            seen = await listAndStrip(desk, id);
            const { word, listed, left, signs: [one, other] } = seen;
            return word === words[kind] && (left ? listed.startsWith(word) && listed.includes(left) : listed === word) && one === other;
          }).catch(() => assert.fail(JSON.stringify(seen)));
          assert.equal(await desk.page.locator(".chat-head .badge").count(), 0, "the head says who, not what the strip says");
          assert.equal(await desk.panel.getByText(words[kind], { exact: true }).count(), 1, "once in the panel");
        }
      }));

    it("is told whole within its row, however many words it takes", () =>
      onDesktop(lang, "noor", async (desk) => {
        const beside = () => desk.page.locator(".row .badge").evaluateAll((badges) => badges.flatMap((badge) => {
          const [own, row] = [badge.getBoundingClientRect(), badge.closest(".row").getBoundingClientRect()];
          return own.left >= row.left && own.right <= row.right && badge.scrollWidth <= badge.clientWidth ? [] : [badge.textContent];
        }));
        await desk.phase("open");
        assert.deepEqual(await beside(), []);
        await desk.jumpTo((await desk.closesAt()) - 30_000);
        await desk.phase("closing");
        assert.deepEqual(await beside(), []);
      }));

    it("a refusal is told in one banner", () =>
      onDesktop(lang, "amelia", async (desk) => {
        await desk.steer("refuse-next", { count: 1, code: 63016 });
        await desk.box.fill("Your parcel is on its way.");
        await desk.box.press("Enter");
        await desk.phase("closed");
        await desk.panel.locator(".draft").waitFor();
        assert.equal(await desk.panel.locator(".limits").isVisible(), false);
        assert.equal(await desk.panel.locator(".banner:visible").count(), 1);
      }));
  });

  describe(`what is filled in (${lang})`, () => {
    it("outlives a change of language, and of conversation", () =>
      onDesktop(lang, "layla", async (desk) => {
        await fillAnswer(desk, "the parcel is at the depot");
        const other = lang === "en" ? "ar" : "en";
        await desk.page.locator(`.languages a[lang=${other}]`).click();
        await desk.page.locator(`html[lang=${other}]`).waitFor({ state: "attached" });
        await desk.panel.locator(`.window[lang|=${other}]`).waitFor();
        assert.equal(await value(desk), "the parcel is at the depot");
        await desk.choose("noor");
        await desk.choose("layla");
        assert.equal(await value(desk), "the parcel is at the depot");
      }));

    it("is one click away when the provider refuses the template later, which is named and marked", () =>
      onDesktop(lang, "layla", async (desk) => {
        await fillAnswer(desk, "the parcel is at the depot");
        await desk.steer("refuse-next", { count: 1, code: 63049 });
        await desk.panel.locator("form [part=send]").click();
        // Where the refusal overtakes the answer, the form never went, and tells of it.
        const again = desk.panel.getByRole("button", { name: words.again });
        await again.or(desk.panel.locator(".fault")).first().waitFor();
        if (await again.isVisible()) {
          assert.match(await desk.panel.locator(".limits").textContent(), words.told);
          await again.click();
        }
        await until("the form holds it", async () => (await value(desk)) === "the parcel is at the depot");
        await desk.page.keyboard.press("Escape");
        await desk.panel.locator("[role=combobox]").fill("case_answer");
        const said = await desk.panel.locator("[role=option]").first().textContent();
        assert.ok(said.includes(words.mark) || (await desk.panel.locator("[role=option][aria-disabled] .remark").count()) > 0, said);
      }));
  });
}
