// The set-up page: from an empty demo to the first verified message, by keyboard, in both languages; what axe says; screenshots.

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { after, before, test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { ar } from "../../www/i18n/channel/ar.js";
import { en } from "../../www/i18n/channel/en.js";
import { launchBrowser } from "../support/browser.mjs";
import { until } from "../support/until.mjs";
import { demoFor } from "../support/with-demo.mjs";

const SCREENS = new URL("../../.screens/", import.meta.url).pathname;
const WORDS = { en, ar };
const PAGE = {
  en: { store: "Store the address", verified: "The message arrived, and its signature is right.", desktop: "Open the desktop", text: "Hello, is anybody there?", comesIn: /\+12025550142.*: a message comes in/ },
  ar: { store: "احفظ العنوان", verified: "وصلت الرسالة وتوقيعها صحيح.", desktop: "افتح المكتب", text: "مرحبًا، هل من أحد هنا؟", comesIn: /\+12025550142.*عند وصول رسالة/ },
};

let browser;
before(async () => {
  await mkdir(SCREENS, { recursive: true });
  browser = await launchBrowser();
});
after(() => browser?.close());

async function onPage(lang, work, { dark = false, width = 1280, forced = false } = {}) {
  const lines = [];
  const demo = await demoFor({ empty: true, log: (line) => lines.push(line) });
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: lang, colorScheme: dark ? "dark" : "light", forcedColors: forced ? "active" : "none" });
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  try {
    await page.goto(demo.url);
    assert.match(page.url(), /\/setup\.html/, "an empty demo leads to its set-up");
    if (lang === "ar") await page.goto(`${demo.url}setup.html?lang=ar`);
    await page.locator("channel-setup form").waitFor();
    await work(page, demo, lines);
    assert.deepEqual(faults, []);
  } finally {
    await context.close();
    await demo.close();
  }
}

/** Zero violations, and our own nodes among what was looked at. */
async function look(page, name) {
  const { violations, passes } = await new AxeBuilder({ page }).analyze();
  assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), [], name);
  const inside = passes.flatMap(({ nodes }) => nodes).filter(({ target }) => Array.isArray(target[0]) && target[0][0] === "channel-setup");
  assert.ok(inside.length > 20, `axe looked into the form: ${inside.length}`);
  await page.screenshot({ path: `${SCREENS}channel-${name}.png`, fullPage: true });
}

/** What the element with the focus is called. */
const focused = (page) => page.evaluate(() => {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  const label = active?.getRootNode().querySelector?.(`label[for="${active.id}"]`);
  return (label ?? active)?.textContent ?? "";
});

/** Waits until the page itself has put the focus there. */
const focusOn = (page, wanted) => until(`the focus on ${wanted}`, async () => (await focused(page)) === wanted);

/** Presses Tab until the focus is where `wanted` says. */
async function tabTo(page, wanted) {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press("Tab");
    const name = await focused(page);
    if (typeof wanted === "string" ? name === wanted : wanted.test(name)) return;
  }
  assert.fail(`Tab never reaches ${wanted}`);
}

for (const lang of ["en", "ar"]) {
  test(`by keyboard alone, from nothing to the first verified message: ${lang}`, async () => {
    await onPage(lang, async (page, demo, lines) => {
      const w = WORDS[lang];
      const own = PAGE[lang];
      const type = async (label, text) => {
        await tabTo(page, label);
        await page.keyboard.type(text);
      };
      await look(page, `${lang}-empty`);
      await page.evaluate(() => document.querySelector("channel-setup").focus());
      await page.keyboard.type("Support");
      await type(w["field.accountSid"], `SK${demo.standIn.accountSid.slice(2)}`);
      await type(w["field.authToken"], demo.standIn.authToken);
      await tabTo(page, w["do.add-number"]);
      await look(page, `${lang}-wrong`);
      assert.equal(await page.locator("channel-setup [data-code=is-api-key] .sentence").textContent(), w["is.is-api-key"]);
      await page.keyboard.press("Enter");
      await focusOn(page, w["field.number.name"]);
      await page.keyboard.type("Support line");
      await type(w["field.number"], "whatsapp:+1 202 555-0142");
      await type(w["field.workStream"], "WhatsApp support");
      // Repairs by keyboard: back to the number, its button puts it right.
      for (let presses = 0; presses < 6; presses += 1) await page.keyboard.press("Shift+Tab");
      await tabTo(page, /\+12025550142/);
      await look(page, `${lang}-repair`);
      await page.keyboard.press("Enter");
      assert.equal(await page.getByLabel(w["field.number"], { exact: true }).inputValue(), "+12025550142");
      await tabTo(page, w["do.save"]);
      await page.keyboard.press("Enter");
      // Save goes to the first error: the Account SID.
      await focusOn(page, w["field.accountSid"]);
      await page.keyboard.press("ControlOrMeta+A");
      await page.keyboard.type(demo.standIn.accountSid);
      await tabTo(page, w["do.save"]);
      await page.keyboard.press("Enter");
      await page.locator(".saved a").waitFor();

      await tabTo(page, w["do.validate"]);
      await page.keyboard.press("Enter");
      await page.locator("channel-setup [part=validation][data-outcome=failed]").waitFor();
      assert.equal(await page.locator("channel-setup li[data-code=webhook-missing]").count(), 1, "Twilio has no address yet");
      await look(page, `${lang}-validated`);

      const url = await page.getByLabel(w["field.inboundUrl"], { exact: true }).inputValue();
      assert.match(url, /^https:\/\//);
      await tabTo(page, own.comesIn);
      await page.keyboard.type(url);
      await tabTo(page, own.store);
      await page.keyboard.press("Enter");
      await page.getByText(lang === "en" ? "Stored at the stand-in." : "حُفظ عند البديل.").waitFor();
      await page.evaluate(() => document.querySelector("channel-setup").focus());
      await tabTo(page, w["do.validate"]);
      await page.keyboard.press("Enter");
      await page.locator("channel-setup [part=validation][data-outcome=passed]").waitFor();
      await until("the outcome said", async () => (await page.locator("channel-setup .sr[role=status]").textContent()) === w["validation.passed"]);

      await tabTo(page, /^(Write as|اكتب باسم) /);
      await page.keyboard.press("Enter");
      await page.getByText(own.verified).waitFor();
      await look(page, `${lang}-passed`);

      const text = await page.evaluate(() => document.documentElement.outerHTML + document.querySelector("channel-setup").shadowRoot.innerHTML + location.href);
      for (const secret of [demo.standIn.authToken, btoa(`${demo.standIn.accountSid}:${demo.standIn.authToken}`)]) {
        assert.ok(!text.includes(secret) && !lines.join("\n").includes(secret));
      }
      await page.getByRole("link", { name: own.desktop }).click();
      await page.locator(".webchat__bubble, .web-chat").first().waitFor();
      await page.getByText(own.text).first().waitFor();
      assert.equal(demo.middleware.desk.conversations.all().length, 1);
    });
  });
}

test("narrow and dark: nothing is cut off, axe is content", async () => {
  for (const lang of ["en", "ar"]) {
    await onPage(lang, async (page) => {
      await page.evaluate(() => {
        const element = document.querySelector("channel-setup");
        element.record = { name: "Support ", accountSid: "HX2c4ba83955d8a5b54fd06f96c465494b", authToken: "0123", inboundUrl: "http://localhost:3000/in#rc=2",
          numbers: [{ name: "Line", number: "0170 1234567", workStream: "", templates: [{ contentSid: "case_update", language: "en, ar" }] }, { name: "Test", account: "Support", number: "+14155238886", workStream: "Test" }] };
        element.check();
      });
      await look(page, `${lang}-narrow-dark`);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    }, { dark: true, width: 390 });
  }
});

test("what the plans say of numbers, in forced colours: severity is told in words, not by colour", async () => {
  for (const lang of ["en", "ar"]) {
    await onPage(lang, async (page) => {
      await page.evaluate(() => {
        const element = document.querySelector("channel-setup");
        const numbers = ["+442079460958", "+18005550123", "+15550100200", "+44 (0)20 7946 0123", "+491641234567", "+120255501"];
        element.record = { name: "Support", numbers: numbers.map((number, index) => ({ name: `Line ${index}`, account: "Support", number, workStream: "All" })) };
        element.check();
      });
      const told = await page.locator("channel-setup .number [data-code^=number-]").evaluateAll((lines) => lines.map(({ dataset }) => `${dataset.code} ${dataset.severity}`));
      assert.deepEqual(told, ["number-landline note", "number-service-line note", "number-not-in-plan warning", "number-separators error",
        "number-trunk-prefix error", "number-not-mobile-capable error", "number-too-short error"]);
      await look(page, `${lang}-numbers-forced-colours`);
    }, { forced: true, width: 700 });
  }
});
