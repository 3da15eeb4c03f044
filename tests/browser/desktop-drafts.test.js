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
  en: { text: "I have looked into it", offer: "Send when the customer answers", waits: "Waits for the customer’s answer.", stopped: "Not sent.", again: "A template goes out from its form", signOut: "Sign out" },
  ar: { text: "لقد تحققت من الأمر", offer: "أرسله عندما يرد العميل", waits: "ينتظر رد العميل.", stopped: "لم تُرسل.", again: "يُرسل القالب من استمارته", signOut: "تسجيل الخروج" },
};

/** @param {{ lang: string, query?: string }} how @param {(desk: Desktop) => Promise<void>} work */
const onDesktop = ({ lang, query = "" }, work) => withDemo(Desktop, browser, { lang }, async (desk, demo) => {
  await desk.page.goto(`${demo.url}?lang=${lang}&conversation=amelia${query}`);
  await desk.ready();
  await desk.customerWrites("Hello?");
  await desk.phase("open");
  await work(desk);
});

/** Another agent at the same computer, or the same one again. @param {Desktop} desk @param {string} agent @param {string} [conversation] */
async function signIn(desk, agent, conversation = "amelia") {
  const address = new URL(desk.page.url());
  address.searchParams.set("agent", agent);
  address.searchParams.set("conversation", conversation);
  await desk.page.goto(String(address));
  await desk.ready();
}
/** What of a text lies in the tab's storage. @param {Desktop} desk @param {string} text */
const isStored = (desk, text) => desk.page.evaluate((text) => Object.values(sessionStorage).some((kept) => kept.includes(text)), text);
const inBox = (/** @type {Desktop} */ desk, /** @type {string} */ text) => until(`${text} in the box`, async () => (await desk.box.isVisible()) && (await desk.box.inputValue()) === text);

for (const [lang, words] of Object.entries(WORDS)) {
  describe(`a draft is its author's (${lang})`, () => {
    it("after a transfer whoever has the conversation next starts with an empty box, at the same computer and in another tab, and the author finds it again", () =>
      onDesktop({ lang, query: "&drafts=session&agent=a7" }, async (desk) => {
        await desk.box.fill(words.text);
        const second = await desk.another();
        await second.page.goto(desk.page.url().replace("agent=a7", "agent=b2"));
        await second.ready();
        await inBox(second, "");
        await second.box.fill("mine");
        await inBox(desk, words.text);
        await second.page.close();
        await signIn(desk, "b2");
        await inBox(desk, "");
        await desk.box.fill("mine, too");
        await signIn(desk, "a7");
        await inBox(desk, words.text);
      }));

    it("is wiped at the sign-out, with the promise and what is on its way, and does not come back", () =>
      onDesktop({ lang, query: "&drafts=session&agent=a7" }, async (desk) => {
        await desk.box.fill(words.text);
        await desk.choose("noor");
        await desk.box.fill(words.text);
        await until("it is stored", () => isStored(desk, words.text));
        await desk.choose("amelia");
        await desk.jumpTo(await desk.closesAt());
        await desk.panel.getByRole("button", { name: words.offer }).click();
        await desk.panel.getByText(words.waits).first().waitFor();
        await desk.page.getByRole("button", { name: words.signOut }).click();
        await desk.page.waitForURL((url) => !url.searchParams.has("agent"));
        await desk.ready();
        assert.equal(await isStored(desk, words.text), false);
        await signIn(desk, "a7");
        assert.equal(await isStored(desk, words.text), false);
        assert.equal(await desk.panel.getByText(words.waits).count(), 0);
        await signIn(desk, "a7", "noor");
        assert.deepEqual([await desk.draft(), await desk.panel.locator(".draft").isVisible()], ["", false]);
      }));
  });

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

    it("keeps what waits in a closed conversation, whatever else is stopped there", () =>
      onDesktop({ lang, query: "&drafts=session&agent=a7" }, async (desk) => {
        await desk.box.fill(words.text);
        await desk.jumpTo(await desk.closesAt());
        await desk.phase("closed");
        await desk.steer("refuse-next", { count: 1 });
        const [search, option, field, send] = ["[role=combobox]", "[role=option]:not([aria-disabled])", "form textarea", "form [part=send]"].map((part) => desk.panel.locator(part));
        await search.fill("case_answer");
        await option.first().click();
        await field.first().fill("on Monday");
        await send.click();
        await until("it was refused", async () => (await desk.log()).some(({ outcome }) => outcome === "undelivered"));
        await desk.page.reload();
        await desk.ready();
        await desk.phase("closed");
        const draft = async () => (await desk.snapshot()).draft;
        await until("it is kept", async () => (await draft()) === words.text);
        const isSaid = (/** @type {string} */ text) => until(text, async () => (await desk.panel.evaluate(({ shadowRoot }) => shadowRoot.textContent)).includes(text));
        await desk.dispatch("of a program");
        await isSaid(words.stopped);
        assert.equal(await draft(), words.text);
        await desk.chat(".webchat__activity-status button").first().click();
        await isSaid(words.again);
        assert.deepEqual([await draft(), (await desk.log()).filter(({ freeForm }) => freeForm)], [words.text, []]);
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
