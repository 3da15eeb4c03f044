// The whole story by keyboard alone, as the accessibility tree tells it: typing, the end, a template, the customer's answer, a refusal.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { ar } from "../../www/i18n/ar.js";
import { en } from "../../www/i18n/en.js";
import { launchBrowser } from "../support/browser.mjs";
import { Desktop, MARGIN } from "../support/desktop.mjs";
import { until } from "../support/until.mjs";
import { withDemo } from "../support/with-demo.mjs";

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser?.close());

/** Far more than there are stops on the page. */
const MAX_TABS = 80;
const STORIES = {
  en: { t: en, conversation: "amelia", hello: "Is anybody there?", typed: "Yes, I am here 😀", half: "I will check whether", answer: "Thank you!", refused: "Order 88-1403", values: ["Amelia", "CAS-00417", "being reviewed"], sid: "HX2c4ba83955d8a5b54fd06f96c465494b" },
  ar: { t: ar, conversation: "omar", hello: "هل من أحد هنا؟", typed: "نعم، أنا هنا 😀", half: "سأتحقق مما إذا كان", answer: "شكرًا لك!", refused: "الطلب 88-1403", values: ["عمر", "CAS-00418", "قيد المراجعة"], sid: "HX78bd451a146a63ec929477caa45b6868" },
};

/** @param {string} lang @param {(desk: Desktop, words: typeof STORIES.en) => Promise<void>} work */
const onDesktop = (lang, work) => withDemo(Desktop, browser, { lang, conversation: STORIES[lang].conversation }, async (desk) => {
  const words = STORIES[lang];
  await desk.steer("customer-message", { conversationId: words.conversation, text: words.hello });
  await desk.phase("open");
  await work(desk, words);
});

/** What has the focus, by role and name. @param {Desktop} desk @param {Parameters<import("playwright-core").Locator["getByRole"]>[0]} role @param {string | RegExp} name */
const focused = (desk, role, name) => desk.page.getByRole(role, { name }).and(desk.page.locator(":focus"));

/** Goes there by Tab, and by nothing else. @param {Desktop} desk @param {any} role @param {string | RegExp} name @param {"Tab" | "Shift+Tab"} [key] */
async function tabTo(desk, role, name, key = "Tab") {
  for (let times = 0; times < MAX_TABS; times += 1) {
    if (await focused(desk, role, name).count()) return;
    await desk.page.keyboard.press(key);
  }
  assert.fail(`${key} does not lead to ${role} ${name}`);
}

/** @param {Desktop} desk @param {string} text */
async function typeAndSend(desk, text) {
  await desk.page.keyboard.type(text);
  await desk.page.keyboard.press("Enter");
}

for (const [lang, { t }] of Object.entries(STORIES)) {
  const closed = new RegExp(`${t.window} ${t["state.closed"]}`);
  const box = { en: /message/i, ar: /رسال/ }[lang];

  describe(`by keyboard alone (${lang})`, () => {
    it("a text goes out, the end leads to the reason, a template goes out, the answer leads back to typing", () =>
      onDesktop(lang, async (desk, words) => {
        await tabTo(desk, "textbox", box);
        // The customer's phone has a field of the same name, which comes later.
        assert.equal(await desk.page.evaluate(() => document.activeElement?.matches('[data-id="webchat-sendbox-input"]')), true);
        await typeAndSend(desk, words.typed);
        await desk.logged(({ text, outcome }) => text === words.typed && outcome === "delivered", "the text");

        await desk.listen();
        await desk.page.keyboard.type(words.half);
        await desk.jumpTo((await desk.sessionEndsAt()) - MARGIN + 1);
        await focused(desk, "group", closed).waitFor();
        const tree = await desk.panel.ariaSnapshot();
        assert.match(tree, new RegExp(`region "${t.draft}"`));
        assert.ok(tree.includes(words.half), "the draft is in the tree");
        const ends = (await desk.spoken()).filter((text) => text.includes(t["announce.closed"].slice(0, 10)));
        assert.ok(ends.length <= 1, `the end is told once: ${ends.join(" | ")}`);

        await tabTo(desk, "combobox", t.search);
        await desk.page.keyboard.type("case update");
        await desk.page.keyboard.press("ArrowDown");
        // The one in the customer's language comes first.
        assert.equal(await desk.panel.locator("[role=option][aria-selected=true]").count(), 1);
        await desk.page.keyboard.press("Enter");
        const fields = desk.panel.getByRole("form").getByRole("textbox");
        await fields.first().waitFor();
        const names = await fields.evaluateAll((nodes) => nodes.map((node) => node.labels[0].textContent));
        assert.equal(new Set(names).size, words.values.length, `each value has a name of its own: ${names.join(" | ")}`);
        // Name and case are there already: the first that is missing is in hand.
        await desk.panel.locator("textarea:focus").waitFor();
        await desk.page.keyboard.type(words.values[2]);
        await desk.page.keyboard.press("Enter");
        await focused(desk, "button", t.send).waitFor();
        await desk.page.keyboard.press("Enter");
        const entry = await desk.logged(({ contentSid }) => contentSid, "the template");
        assert.deepEqual([entry.contentSid, Object.values(entry.contentVariables)], [words.sid, words.values]);

        // The focus stays in the panel, from where one key leads back.
        await focused(desk, "combobox", t.search).waitFor();
        await desk.page.keyboard.type("x");
        await desk.steer("customer-message", { conversationId: words.conversation, text: words.answer });
        await desk.panel.getByRole("button", { name: new RegExp(`^${t["go-back"]}`) }).waitFor();
        await desk.page.keyboard.press("Escape");
        await focused(desk, "textbox", box).waitFor();
        assert.equal(await desk.box.inputValue(), words.half);
        await desk.page.keyboard.press("Enter");
        await desk.logged(({ text, outcome }) => text === words.half && outcome === "delivered", "the rest");
      }));

    it("what is missing is told by name, a refusal once, and a waiting text is asked about and goes out by the agent's word", () =>
      onDesktop(lang, async (desk, words) => {
        await tabTo(desk, "textbox", box);
        await desk.steer("refuse-next", { count: 1 });
        await desk.listen();
        await typeAndSend(desk, words.refused);
        await desk.phase("closed");
        await focused(desk, "group", closed).waitFor();
        const told = (await desk.spoken()).filter((text) => text !== "");
        assert.equal(new Set(told).size, told.length, `nothing is told twice: ${told.join(" | ")}`);
        assert.equal(await desk.panel.getByText(t["verdict.window-refused"], { exact: false }).filter({ visible: true }).count(), 1, "the reason stands once");

        await tabTo(desk, "button", t["queue.offered"]);
        await desk.page.keyboard.press("Enter");
        await desk.panel.getByText(t["queue.waiting"]).filter({ visible: true }).first().waitFor();
        await tabTo(desk, "combobox", t.search);
        await desk.page.keyboard.type("case update");
        await desk.page.keyboard.press("ArrowDown");
        await desk.page.keyboard.press("Enter");
        await desk.panel.locator("textarea:focus").waitFor();
        for (const field of await desk.panel.getByRole("form").getByRole("textbox").all()) await field.evaluate((node) => (node.value = "", node.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }))));
        await tabTo(desk, "button", t.send);
        await desk.page.keyboard.press("Enter");
        const missing = desk.panel.locator("textarea[aria-invalid=true]");
        await missing.first().waitFor();
        await desk.panel.locator("textarea:focus").waitFor();
        assert.equal(await missing.count(), 3);
        const names = await missing.evaluateAll((nodes) => nodes.map((node) => node.labels[0].textContent.replace(/[…\s]+$/, "").trim()));
        await until(`one of ${names.join(", ")} is spoken of last`, async () => {
          const last = (await desk.spoken()).at(-1) ?? "";
          return names.some((name) => last.includes(name));
        });

        await desk.page.keyboard.press("Escape");
        await desk.steer("customer-message", { conversationId: words.conversation, text: words.answer });
        await desk.panel.getByRole("button", { name: t["queue.send"], exact: true }).waitFor();
        await tabTo(desk, "button", t["queue.send"], "Shift+Tab");
        await desk.page.keyboard.press("Enter");
        await desk.logged(({ text, outcome }) => text === words.refused && outcome === "delivered", "the text that waited");
        assert.equal((await desk.log()).filter(({ text, outcome }) => text === words.refused && outcome === "delivered").length, 1);
      }));
  });
}
