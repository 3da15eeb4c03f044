// A text that waits for the customer, on a desktop that lets it go out by itself: what starts the seconds, what ends them, and what always asks.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { ar } from "../../www/i18n/ar.js";
import { en } from "../../www/i18n/en.js";
import { windowKeys } from "../../www/index.js";
import { launchBrowser } from "../support/browser.mjs";
import { Desktop, MARGIN, MINUTE } from "../support/desktop.mjs";
import { withDemo } from "../support/with-demo.mjs";

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser?.close());

const WORDS = {
  en: { t: en, text: "Your parcel is on its way", thanks: "Thank you", stop: "Stop! Cancel everything", look: "Look", yes: "Yes", badge: "A text waits" },
  ar: { t: ar, text: "طردك في الطريق", thanks: "شكرًا لك", stop: "توقف من فضلك", look: "انظر", yes: "نعم", badge: "نص ينتظر" },
};

/** @param {string} lang @param {(desk: Desktop, demo: any, words: typeof WORDS.en) => Promise<void>} work */
const onDesktop = (lang, work) => withDemo(Desktop, browser, { lang }, async (desk, demo) => {
  await desk.page.goto(`${demo.url}?lang=${lang}&conversation=amelia&queue=auto`);
  await desk.ready();
  await work(desk, demo, WORDS[lang]);
});

const queue = (/** @type {Desktop} */ desk) => desk.panel.evaluate(({ controller }) => controller.snapshot.queue);
const untilQueue = (/** @type {Desktop} */ desk, /** @type {string} */ wanted) => desk.page.waitForFunction((wanted) => document.querySelector('[data-conversation="amelia"]') && [...document.querySelectorAll("reply-window")].some(({ controller: { snapshot } }) => snapshot.conversation.id === "amelia" && snapshot.queue === wanted), wanted);
const answers = (/** @type {Desktop} */ desk, /** @type {string} */ text, kind = "text") => desk.steer("customer-message", { conversationId: "amelia", text, kind });

/** Written, and queued once the window is closed. @param {Desktop} desk @param {typeof WORDS.en} words */
async function queued(desk, { t, text }) {
  await desk.box.fill(text);
  await desk.jumpTo((await desk.sessionEndsAt()) - MARGIN + 1);
  await desk.panel.getByRole("button", { name: t["queue.offered"] }).click();
  await untilQueue(desk, "waiting");
}

/** The customer calls: the middleware hears of it, and the chat shows nothing. @param {any} demo @param {string} id */
async function call({ middleware: { desk }, clock }, id) {
  const conversation = desk.conversations.get("amelia");
  const { business, customer } = conversation;
  const state = { version: 1, customer: [{ id, kind: "call", providerAtMs: clock.now() }], refused: [], sent: [] };
  desk.windowChanged(conversation, await desk.store.merge(windowKeys({ business, customer }), state));
}

for (const lang of /** @type {const} */ (["en", "ar"])) {
  describe(`a text that may go out by itself (${lang})`, () => {
    it("does so ten seconds after a plain answer was on the screen, the seconds in sight, once", () =>
      onDesktop(lang, async (desk, _, words) => {
        await queued(desk, words);
        await answers(desk, words.thanks);
        await desk.panel.locator(".draft").getByText(words.t["queue.due"], { exact: false }).waitFor();
        assert.deepEqual(await desk.log(), [], "not before");
        await desk.logged(({ text, outcome }) => text === words.text && outcome === "delivered", "the text");
        await untilQueue(desk, undefined);
        assert.equal(await desk.draft(), "");
        assert.equal((await desk.log()).length, 1);
      }));

    it("asks after words that want it stopped, and after whatever is not words: a picture, a button, a place, a call", () =>
      onDesktop(lang, async (desk, demo, words) => {
        const cases = /** @type {[string, () => Promise<unknown>][]} */ ([
          ["stop", () => answers(desk, words.stop)], ["a picture with words", () => answers(desk, words.look, "image")], ["a button", () => answers(desk, words.yes, "button")],
          ["a place", () => answers(desk, words.look, "location")], ["a call", () => call(demo, "CA1")],
        ]);
        for (const [name, act] of cases) {
          await queued(desk, words);
          await act();
          await desk.phase("open");
          await desk.panel.locator(".draft").getByText(words.t["queue.ask"], { exact: false }).waitFor();
          assert.equal(await queue(desk), "ask", name);
          await desk.steer("clock", { advanceMs: MINUTE });
          assert.equal(await queue(desk), "ask", name);
          assert.deepEqual(await desk.log(), [], name);
          await desk.panel.locator(".draft").getByRole("button", { name: words.t["queue.discard"] }).click();
          await untilQueue(desk, undefined);
          // The stand-in counts no calls: the end of what it knows is the call's too, a day on.
          if (name === "a call") break;
        }
      }));

    it("asks where the agent is in another conversation, and says so in the list", () =>
      onDesktop(lang, async (desk, _, words) => {
        await queued(desk, words);
        await desk.choose("noor");
        await answers(desk, words.thanks);
        await desk.page.locator('[data-conversation="amelia"] .waits', { hasText: words.badge }).waitFor();
        await untilQueue(desk, "ask");
        await desk.steer("clock", { advanceMs: MINUTE });
        await desk.choose("amelia");
        await desk.panel.locator(".draft").getByText(words.t["queue.ask"], { exact: false }).waitFor();
        assert.deepEqual(await desk.log(), []);
      }));

    for (const [name, act] of /** @type {[string, (desk: Desktop, demo: any) => Promise<unknown>][]} */ ([
      ["a key", (desk) => desk.page.keyboard.press("Shift")],
      ["a further message", (desk) => answers(desk, "?")],
      ["a call", (_, demo) => call(demo, "CA2")],
      ["another window in front", (desk) => desk.page.evaluate(() => void window.dispatchEvent(new Event("blur")))],
    ])) {
      it(`asks for good once ${name} comes while it counts down`, () =>
        onDesktop(lang, async (desk, demo, words) => {
          await queued(desk, words);
          await answers(desk, words.thanks);
          await untilQueue(desk, "due");
          await act(desk, demo);
          await untilQueue(desk, "ask");
          await desk.steer("clock", { advanceMs: MINUTE });
          assert.equal(await queue(desk), "ask");
          assert.deepEqual(await desk.log(), []);
          await desk.panel.locator(".draft").getByRole("button", { name: words.t["queue.send"], exact: true }).click();
          await desk.logged(({ text, outcome }) => text === words.text && outcome === "delivered", "the text, by the agent's word");
          assert.equal((await desk.log()).length, 1);
        }));
    }
  });
}
