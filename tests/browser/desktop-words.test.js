// How the desktop reads: digits, signs and numbers in Arabic, what is told of the rule, and of a customer who wants no marketing.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { ar } from "../../www/i18n/ar.js";
import { en } from "../../www/i18n/en.js";
import { launchBrowser } from "../support/browser.mjs";
import { Desktop } from "../support/desktop.mjs";
import { LOOKS, STATES, enter } from "../support/states.mjs";
import { until } from "../support/until.mjs";
import { demoFor, withDemo } from "../support/with-demo.mjs";

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser?.close());

/** @param {import("./harness.js").page} page every text that is seen, with whose it is and where its first and last character stand */
const textsOf = (page) => page.evaluate(() => {
  const found = [];
  const walk = (root) => {
    for (const node of root.childNodes) {
      if (node.nodeType === Node.TEXT_NODE && node.data.trim() && node.parentElement?.checkVisibility()) {
        const range = document.createRange();
        const at = (index) => (range.setStart(node, index), range.setEnd(node, index + 1), range.getBoundingClientRect());
        const numbers = [...node.data.matchAll(/\+\d[\d ]{6,}\d|https?:\/\/[^\s\u2066-\u2069]+/g)].map(({ 0: text, index }) => ({ text, first: at(index).left, last: at(index + text.length - 1).left, isOneLine: at(index).top === at(index + text.length - 1).top }));
        // What people wrote, and templates, are in the digits of whoever wrote them.
        const isOthers = node.parentElement.closest(".webchat__bubble__content, .said > span, .last, .entry-text, .entry-code, .option, .bubble, .code, [dir=ltr], textarea, code, kbd, .char");
        found.push({ text: node.data, numbers, isOwn: !isOthers });
      }
      if (node.nodeType === Node.ELEMENT_NODE && !/^(SCRIPT|STYLE)$/.test(node.tagName)) {
        if (node.shadowRoot) walk(node.shadowRoot);
        walk(node);
      }
    }
  };
  walk(document.body);
  return found;
});

/** @param {Awaited<ReturnType<typeof textsOf>>} texts @param {string} where */
function readsRight(texts, where) {
  assert.ok(texts.length > 20, where);
  assert.deepEqual(texts.filter(({ text }) => /·[\s\u2066-\u2069]*[\d٠-٩]/.test(text)).map(({ text }) => text), [], `${where}: a raised dot before a digit reads as a nought`);
  assert.deepEqual(texts.filter(({ text }) => /[<>]\s*[\d٠-٩]/.test(text)).map(({ text }) => text), [], `${where}: a sign that is mirrored`);
  const drawn = texts.flatMap(({ numbers }) => numbers).filter(({ isOneLine }) => isOneLine);
  assert.deepEqual(drawn.filter(({ first, last }) => first >= last).map(({ text }) => text), [], `${where}: numbers and addresses run from left to right`);
  return drawn.length;
}

describe("in Arabic", () => {
  it("the desktop is in one kind of digits in every state, telephone numbers and codes Latin and from left to right, and no dot or sign stands before a digit", async () => {
    const look = LOOKS.find(({ name }) => name === "arabic") ?? LOOKS[0];
    const demo = await demoFor();
    const desk = await Desktop.open(browser, demo, { lang: look.lang });
    try {
      let numbers = 0;
      for (const state of STATES) {
        await enter(desk, state);
        const texts = await textsOf(desk.page);
        numbers += readsRight(texts, state.name);
        const latin = texts.filter(({ text, isOwn }) => isOwn && /\d/.test(text.replace(/Dynamics 365|\+\d+|\b\d{5}\b|\b200\b|E18|CAS-\d+|88-1403|CAS \d/g, "")));
        assert.deepEqual(latin.map(({ text }) => text), [], state.name);
      }
      assert.ok(numbers > 10, `${numbers} numbers were looked at`);
    } finally {
      await desk.close();
      await demo.close();
    }
  });

  it("less than a minute is told in words, in the list and in the strip", () =>
    withDemo(Desktop, browser, { lang: "ar", context: { reducedMotion: "reduce" } }, async (desk) => {
      await desk.jumpTo((await desk.closesAt()) - 30_000);
      await desk.phase("closing");
      await desk.panel.locator("#left", { hasText: "أقل من دقيقة" }).waitFor();
      readsRight(await textsOf(desk.page), "half a minute");
    }));

  it("the set-up page reads so, too, all in Latin digits", async () => {
    const demo = await demoFor({ empty: true });
    const page = await browser.newPage();
    try {
      await page.goto(`${demo.url}setup.html?lang=ar`);
      await page.locator("channel-setup form").waitFor();
      await page.locator("channel-setup [part=add-number]").click();
      const texts = await textsOf(page);
      assert.ok(readsRight(texts, "set-up") >= 3);
      assert.deepEqual(texts.filter(({ text }) => /[٠-٩۰-۹]/.test(text)).map(({ text }) => text), []);
    } finally {
      await page.close();
      await demo.close();
    }
  });

  it("at 360 pixels the box leaves room for what stands below a letter", () =>
    withDemo(Desktop, browser, { lang: "ar", conversation: "noor", context: { viewport: { width: 360, height: 780 } } }, async (desk) => {
      await desk.choose("noor");
      await desk.box.fill("بيبي يجيب");
      const { line, size, cut } = await desk.box.evaluate((box) => ({ line: parseFloat(getComputedStyle(box).lineHeight), size: parseFloat(getComputedStyle(box).fontSize), cut: box.scrollHeight - box.clientHeight }));
      assert.ok(line >= size * 1.5 && cut <= 0, `${line} px for letters of ${size}, ${cut} px cut off`);
    }));
});

const STOP = { en: "STOP", ar: "توقف" };

for (const [lang, t] of Object.entries({ en, ar })) {
  describe(`in ${lang}`, () => {
    it("at 360 pixels the button for the templates takes no row of its own", () =>
      withDemo(Desktop, browser, { lang, conversation: "noor", context: { viewport: { width: 360, height: 780 } } }, async (desk) => {
        await desk.choose("noor");
        await desk.phase("open");
        await desk.panel.locator("#left").waitFor();
        const [strip, button] = await Promise.all(["#left", "[aria-controls=panel]"].map((selector) => desk.panel.locator(selector).boundingBox()));
        assert.ok(strip && button && button.y < strip.y + strip.height && strip.y < button.y + button.height, JSON.stringify([strip, button]));
      }));

    it("why the customer's message counts, and not the agent's reply, stands where one asks how it is known, and on the set-up page", () =>
      withDemo(Desktop, browser, { lang, conversation: "noor" }, async (desk, demo) => {
        await desk.panel.locator("[aria-controls=known]").click();
        await desk.panel.locator("#known").getByText(t["known.rule"]).waitFor();
        await desk.page.goto(`${demo.url}setup.html?lang=${lang}`);
        await desk.page.getByText(lang === "en" ? /counts from the customer’s last message.*Microsoft/ : /آخر رسالة للعميل.*Microsoft/).waitFor();
      }));

    it("a customer who writes that they want no more gets no marketing: that is told, and such templates are greyed with the reason, until they take it back", () =>
      withDemo(Desktop, browser, { lang, conversation: "noor" }, async (desk) => {
        // None of the demo's own is marketing; to numbers of the United States, which the other customers have, none may be sent anyway.
        await desk.page.route("**/api/templates*", async (route) => {
          const response = await route.fetch();
          const body = await response.json();
          await route.fulfill({ response, json: { ...body, templates: body.templates.map((/** @type {any} */ one) => (one.name === "case_answer" ? { ...one, category: "marketing" } : one)) } });
        });
        await desk.page.reload();
        await desk.ready();
        const marketing = () => desk.panel.evaluate(({ controller }) => controller.snapshot.templates.items.filter(({ template }) => template.category === "marketing" && template.status === "approved").map(({ eligibility }) => eligibility.kind));
        await desk.panel.locator("[aria-controls=panel]").click();
        assert.ok((await marketing()).includes("sendable"), "there is one");
        await desk.steer("customer-message", { conversationId: "noor", text: STOP[lang] });
        await desk.page.waitForFunction(() => document.querySelector(".web-chat:not([hidden]) reply-window").controller.snapshot.status.marketing?.kind === "stopped");
        await desk.panel.locator(".limits", { hasText: t["marketing.none"] }).waitFor();
        await desk.page.waitForFunction(() => document.querySelector(".web-chat:not([hidden]) reply-window").controller.snapshot.templates.items.filter(({ template }) => template.category === "marketing").every(({ eligibility }) => eligibility.kind === "not-sendable"));
        await desk.panel.locator("[role=combobox]").fill("case_answer");
        const greyed = desk.panel.locator("[role=option][aria-disabled]").filter({ hasText: t["is.marketing-opt-out"] });
        await greyed.first().waitFor();
        await desk.panel.locator("[aria-controls=known]").click();
        await desk.panel.locator("#known").getByText(t["did.marketing"]).waitFor();
        await desk.steer("customer-message", { conversationId: "noor", text: "START" });
        await desk.page.waitForFunction(() => document.querySelector(".web-chat:not([hidden]) reply-window").controller.snapshot.status.marketing?.kind !== "stopped");
        await until("one may be sent again", async () => (await marketing()).includes("sendable"));
      }));
  });
}
