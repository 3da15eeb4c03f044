// What was typed outlives a reload where the host asks for it; where it does not, the page asks before it goes.

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
  en: { text: "I have looked into it", offer: "Send when the customer answers", waits: "Waits for the customer’s answer." },
  ar: { text: "لقد تحققت من الأمر", offer: "أرسله عندما يرد العميل", waits: "ينتظر رد العميل." },
};

/** @param {{ lang: string, query?: string }} how @param {(desk: Desktop) => Promise<void>} work */
const onDesktop = ({ lang, query = "" }, work) => withDemo(Desktop, browser, { lang }, async (desk, demo) => {
  await desk.page.goto(`${demo.url}?lang=${lang}&conversation=amelia${query}`);
  await desk.ready();
  await desk.customerWrites("Hello?");
  await desk.phase("open");
  await work(desk);
});

for (const [lang, words] of Object.entries(WORDS)) {
  describe(`a reload (${lang})`, () => {
    it("keeps draft and promise in the session's storage, and shows them in the other tabs of that agent", () =>
      onDesktop({ lang, query: "&drafts=session&agent=a7" }, async (desk) => {
        await desk.box.fill(words.text);
        await desk.page.reload();
        await desk.ready();
        await desk.box.waitFor();
        assert.equal(await desk.box.inputValue(), words.text);
        await desk.jumpTo(await desk.closesAt());
        await desk.phase("closed");
        await desk.panel.getByRole("button", { name: words.offer }).click();
        await desk.panel.getByText(words.waits).first().waitFor();
        await desk.page.reload();
        await desk.ready();
        await desk.panel.getByText(words.waits).first().waitFor();
        await desk.panel.locator(".draft", { hasText: words.text }).waitFor();
        const second = await desk.context.newPage();
        await second.goto(desk.page.url());
        await second.locator(".web-chat:not([hidden]) reply-window").getByText(words.waits).first().waitFor();
        await second.close();
      }));

    it("is asked about first where the drafts are in memory, and only while there are any", () =>
      onDesktop({ lang }, async (desk) => {
        const asked = [];
        desk.page.on("dialog", (dialog) => (asked.push(dialog.type()), void dialog.dismiss()));
        await desk.box.click();
        await desk.page.keyboard.type(words.text);
        await desk.page.evaluate(() => void setTimeout(() => location.reload()));
        await until("the page asks", () => asked.length);
        assert.deepEqual(asked, ["beforeunload"]);
        assert.equal(await desk.box.inputValue(), words.text, "it stays");
        await desk.box.fill("");
        await desk.page.reload();
        await desk.ready();
        assert.deepEqual(asked, ["beforeunload"]);
      }));
  });
}
