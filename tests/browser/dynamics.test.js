// The one script in a stand-in for Dynamics 365: the story of a window without middleware, and with what middleware knows.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { launchBrowser } from "../support/browser.mjs";
import { until } from "../support/until.mjs";
import { MINUTE, Workspace } from "../support/workspace.mjs";
import { withDemo } from "../support/with-demo.mjs";

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser?.close());

const inWorkspace = (options, work) => withDemo(Workspace, browser, options, work);

/** @param {Workspace} desk @param {string} text */
const type = async (desk, text) => {
  await desk.box.click();
  await desk.page.keyboard.type(text);
};

/** Every way of an agent, or of code around, by which free text leaves the conversation control. @param {Workspace} desk */
const ways = (desk) => ({
  Enter: async (text) => (await type(desk, text), await desk.page.keyboard.press("Enter")),
  "the button": async (text) => (await type(desk, text), await desk.sendButton.click()),
  "a click by code": async (text) => (await type(desk, text), await desk.inside(() => document.querySelector(".chats > .customer .webchat__send-button").click())),
  "text that Dynamics put into the box": async (text) => {
    await desk.page.evaluate((text) => window.Microsoft.Omnichannel.sendMessageToConversation(text), text);
    await desk.box.click();
    await desk.page.keyboard.press("Enter");
  },
  "sendMessageToConversation": (text) => desk.page.evaluate((text) => window.Microsoft.Omnichannel.sendMessageToConversation(text, false), text),
});

/** The same without a person who could be stopped: by code alone, on a box that is hidden. @param {Workspace} desk @param {string} text */
async function sendsByCode(desk, text) {
  await desk.inside((text) => {
    const box = document.querySelector('.chats > .customer [data-id="webchat-sendbox-input"]');
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(box, text);
    box.dispatchEvent(new Event("input", { bubbles: true }));
    for (const type of ["keydown", "keypress"]) box.dispatchEvent(new KeyboardEvent(type, { key: "Enter", bubbles: true, cancelable: true }));
    document.querySelector(".chats > .customer .webchat__send-button").click();
    box.closest("form")?.requestSubmit();
  }, text);
  return desk.page.evaluate((text) => window.Microsoft.Omnichannel.sendMessageToConversation(text, false).catch(({ code }) => code), text);
}

const STORIES = {
  en: { title: "Amelia Brown (2)", person: "amelia", half: "I will check whether", answer: "Thank you!", footer: /not support/, template: ["case update", "case_update_text", "en", ["Amelia", "CAS-00417", "under review"]] },
  ar: { title: "عمر منصور", person: "omar", half: "سأتحقق مما إذا كان", answer: "شكرًا لك!", footer: /لا تدعم/, template: ["case update", "case_update_text", "ar", ["عمر", "CAS-00398", "قيد المراجعة"]] },
};

/** @param {Workspace} desk @param {typeof STORIES.en.template} template */
async function fillTemplate({ panel, page }, [query, name, language, values]) {
  await panel.locator("[role=combobox]").fill(query);
  await panel.locator("[role=option]", { has: page.frameLocator("#SidePanelIFrame").frameLocator("iframe").locator(".tag", { hasText: new RegExp(`^${language}$`) }) }).filter({ hasText: name }).first().click();
  const fields = panel.locator("form textarea");
  await fields.first().waitFor();
  assert.equal(await fields.count(), values.length);
  for (const [index, value] of values.entries()) await fields.nth(index).fill(value);
}

/** Sends a template by the stand-in's own API, as a customer's middleware would. */
const SEND = `async ({ contentSid, contentVariables }) => {
  const response = await fetch("/api/conversations/PERSON/messages", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ kind: "template", contentSid, contentVariables }) });
  return response.json();
}`;

for (const [lang, story] of Object.entries(STORIES)) {
  describe(`the story without middleware, ${lang}`, () => {
    it("sends while open, locks at the true moment, and opens when the customer answers", () => inWorkspace({ title: story.title, lang, settings: `{ send: ${SEND.replace("PERSON", story.person)} }` }, async (desk) => {
      if (lang === "ar") await desk.phase("closing");
      else await desk.phase("open");
      for (const [name, send] of Object.entries(ways(desk))) {
        await send(`open: ${name}`);
        await desk.logged(`open: ${name}`);
      }
      await desk.customerWrites(story.person, "one more");
      // A page whose clock is some milliseconds behind would count from when it read of it.
      await desk.pass(1_000);
      await desk.read();
      const { status } = await desk.snapshot();
      const { customers } = await desk.steer("stand-in/customers");
      assert.equal(status.closesAtMs, customers.find(({ id }) => id === story.person).sessionEndsAtMs - MINUTE, "a minute before WhatsApp's own end");
      const before = await desk.freeTexts();

      await type(desk, story.half);
      await desk.pass(status.closesAtMs - desk.demo.clock.now() - 3_000);
      await desk.phase("closed");
      await desk.page.keyboard.press("Enter");
      await desk.box.waitFor({ state: "hidden" });
      await desk.panel.locator('[part~="search"], [role=combobox]').first().waitFor();
      assert.equal(await sendsByCode(desk, "by code"), "send-blocked");
      assert.equal((await desk.snapshot()).draft.includes(story.half) || (await desk.snapshot()).draft.includes("by code"), true, "a draft is kept");
      assert.match(await desk.panel.locator("[slot=footer]").textContent(), story.footer);

      await fillTemplate(desk, story.template);
      await desk.panel.locator('[part~="send"]').click();
      await until("the stand-in received the template", async () => (await desk.log()).find(({ contentSid }) => contentSid));
      await desk.customerWrites(story.person, story.answer);
      await desk.read();
      // Nothing is in the agent's hands: the search is empty, and the box comes back by itself.
      await desk.box.waitFor({ state: "visible" });
      const log = await desk.log();
      assert.deepEqual(await desk.freeTexts(), before, "no free text after closing");
      assert.equal(log.filter(({ freeForm }) => !freeForm).length, 1, "and one template");
      await type(desk, " again");
      await desk.page.keyboard.press("Enter");
      const after = await until("one free text more", async () => ((await desk.freeTexts()).length > before.length ? desk.freeTexts() : undefined));
      assert.deepEqual([after.slice(0, -1), after.at(-1).endsWith(" again")], [before, true]);
      const asked = desk.demo.omnichannel.dataverse.requests;
      assert.ok(asked.length > 0 && asked.every(({ query }) => !/msdyn_content|firstmessage/.test(query)), "the text of messages is never selected");
    }));
  });
}

describe("with what the middleware knows", () => {
  it("a refusal of WhatsApp closes the window, whatever the clock says", () => inWorkspace({
    title: STORIES.en.title,
    settings: `{ window: async ({ business, customer }) => (await (await fetch("/api/session")).json()).conversations.find((one) => one.business === business && one.customer.phone === customer.phone) }`,
  }, async (desk) => {
    await desk.phase("open");
    await desk.steer("stand-in/refuse-next", {});
    // Through the middleware, which alone hears of what becomes of it.
    await desk.page.evaluate(() => fetch("/api/conversations/amelia/messages", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ kind: "text", text: "refused" }) }));
    await desk.logged("refused");
    await desk.page.waitForFunction(async () => {
      await window.desk.readNow();
      return window.desk.snapshot.status.kind === "closed";
    });
    await desk.page.waitForFunction(() => window.desk.snapshot.status.reason === "refused");
    await desk.box.waitFor({ state: "hidden" });
    assert.equal(await sendsByCode(desk, "by code"), "send-blocked");
    assert.deepEqual(await desk.freeTexts(), ["refused"]);
    await desk.customerWrites("amelia", "I am here");
    await desk.read();
    await desk.phase("open");
  }));
});

describe("in a narrow panel", () => {
  for (const lang of ["en", "ar"]) {
    it(`everything fits from 350 to 400 px beside the open consult, with a text that is kept, ${lang}`, () => inWorkspace({ title: "ليلى حداد", lang }, async (desk) => {
      await desk.phase("closed");
      await desk.page.evaluate(() => window.desk.controller.setDraft("I will look into it today, and write again as soon as the workshop has answered me"));
      await desk.inside(() => void window.chatControl.consult());
      await desk.panel.locator("[role=option]:not([aria-disabled])").first().waitFor();
      const cut = await desk.inside(() => {
        const panel = document.querySelector("reply-window");
        const outer = panel.getBoundingClientRect();
        const isWithin = (element) => element.getBoundingClientRect().left >= outer.left - 1 && element.getBoundingClientRect().right <= outer.right + 1;
        return [...panel.shadowRoot.querySelectorAll("[role=listbox], [role=option]")].filter((one) => !isWithin(one)).length;
      });
      assert.equal(cut, 0, "no template is wider than its panel");
      await desk.panel.locator("[role=option]:not([aria-disabled])").first().click();
      for (const width of [350, 380, 400]) {
        await desk.page.evaluate((width) => document.body.style.setProperty("--side", `${width}px`), width);
        const sizes = () => desk.inside(() => {
          const panel = document.querySelector("reply-window");
          const inside = (element) => {
            const [outer, inner] = [panel.closest(".customer").getBoundingClientRect(), element.getBoundingClientRect()];
            return inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1 && inner.left >= outer.left - 1 && inner.right <= outer.right + 1;
          };
          const parts = ['[part~="banner"]', '[part~="send"]', '[part~="cancel"]', ".fields textarea"].map((part) => [...panel.shadowRoot.querySelectorAll(part)].find((one) => one.getClientRects().length));
          const isInSight = (part) => {
            const { left, top, bottom } = part.getBoundingClientRect();
            return inside(part) && [top + 2, bottom - 3].every((y) => part.contains(panel.shadowRoot.elementFromPoint(left + 4, y)));
          };
          return { width: innerWidth, isWhole: inside(panel), parts: parts.map((part) => Boolean(part && isInSight(part))), isWide: document.documentElement.scrollWidth > innerWidth };
        });
        await desk.page.waitForFunction(() => window.workspace.frame.contentDocument.querySelector("iframe").contentDocument.querySelector("reply-window").getBoundingClientRect().height < 340);
        // What is focused comes into sight a moment after the panel has its height.
        let found = await sizes();
        await until("everything is in sight", async () => (found = await sizes()).isWhole && found.parts.every(Boolean) && !found.isWide, 400).catch(() => {});
        assert.deepEqual({ ...found, width: 0 }, { width: 0, isWhole: true, parts: [true, true, true, true], isWide: false }, `${width} px: ${JSON.stringify(found)}`);
      }
    }));
  }
});

/** The reads of each half minute never come: what opens or closes then is what the person at the demo did. */
const NO_TURN = `(() => {
  const { setInterval } = globalThis;
  globalThis.setInterval = (work, ms, ...more) => (ms >= 30_000 ? 0 : setInterval(work, ms, ...more));
  return {};
})()`;

const STAGE = {
  en: { hour: "+1 hour", closing: "Past closing", again: /has closed already/, none: /not on WhatsApp/, policy: "Content security policy", origin: "Conversation control from" },
  ar: { hour: "+ ساعة", closing: "بعد الإغلاق", again: /أُغلقت هذه النافذة بالفعل/, none: /ليست على واتساب/, policy: "سياسة أمان المحتوى", origin: "عنصر المحادثة من" },
};

describe("the stage around it", () => {
  for (const [lang, words] of Object.entries(STAGE)) {
    it(`follows the demo's clock and the customer's phone at once, and says why it does not, ${lang}`, () => inWorkspace({ title: STORIES.en.title, lang, settings: NO_TURN }, async (desk) => {
      const { page } = desk;
      const [aside, status] = [page.locator("aside"), page.locator("aside [role=status]")];
      const button = (name) => aside.getByRole("button", { name, exact: true });
      await desk.phase("open");
      const before = (await desk.snapshot()).nowAtMs;
      await button(words.hour).click();
      await page.waitForFunction((at) => window.desk.snapshot.nowAtMs >= at, before + 3_600_000);
      await button(words.closing).click();
      await desk.phase("closed");
      await desk.box.waitFor({ state: "hidden" });
      assert.equal(await status.textContent(), "");
      await desk.panel.locator("[role=option]").first().waitFor();
      assert.doesNotMatch((await desk.panel.locator("[role=option]").allTextContents()).join("\n"), /…\./, "three dots and no fourth");
      await button(words.closing).click();
      await status.filter({ hasText: words.again }).waitFor();
      const phone = aside.locator("[name=customer-text]");
      await phone.fill("I am here");
      await phone.press("Enter");
      await desk.phase("open");
      assert.deepEqual([await phone.inputValue(), await status.textContent()], ["", ""]);
      await desk.focus("Live chat");
      await phone.fill("hello");
      for (const act of [() => button(words.closing).click(), () => phone.press("Enter")]) {
        await act();
        await status.filter({ hasText: words.none }).waitFor();
        await button(words.hour).click();
        await page.waitForFunction(() => document.querySelector("aside [role=status]").textContent === "");
      }
      assert.equal(await phone.inputValue(), "hello", "what nobody received stays");
      for (const name of [words.policy, words.origin]) assert.equal(await page.getByRole("navigation", { name, exact: true }).locator("[aria-current]").count(), 1, name);
      assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll("aside, header, main")].filter((one) => one.scrollWidth > one.clientWidth).map(({ tagName }) => tagName)), [], "nothing is cut");
      // The browser notes each refusal of the stand-in.
      desk.complaints = desk.complaints.filter((text) => !/Failed to load resource/.test(text));
    }));
  }
});
