// A window of which nothing is known, on the running demo: the agent is asked, and the yes leaves with that one message;
// or the page and the middleware both lock.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { launchBrowser } from "../support/browser.mjs";
import { Desktop, wroteUnheard } from "../support/desktop.mjs";
import { withDemo } from "../support/with-demo.mjs";

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser?.close());

/** @param {"ask" | "block"} unknown @param {string} lang @param {(desk: Desktop) => Promise<void>} work */
const onDesktop = (unknown, lang, work) => withDemo(Desktop, browser, { demo: { unknown }, prepare: wroteUnheard, lang, conversation: "jonas" }, async (desktop) => {
  await desktop.phase("unknown");
  await work(desktop);
});

const WORDS = {
  en: { yes: "Send anyway", no: "Do not send", ask: "This message may be lost. Send it anyway?", text: "Hello Jonas, are you there?" },
  ar: { yes: "إرسال رغم ذلك", no: "عدم الإرسال", ask: "قد تضيع هذه الرسالة. هل تُرسلها رغم ذلك؟", text: "مرحبًا يوناس، هل أنت هنا؟" },
};

/** What the page sends to the middleware from now on. @param {Desktop} desk */
function posts(desk) {
  /** @type {any[]} */
  const bodies = [];
  desk.page.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith("/messages")) bodies.push(request.postDataJSON());
  });
  return bodies;
}

/** @param {Desktop} desk @param {object} body past the page */
const post = (desk, body) => desk.page.evaluate(async (body) => {
  const response = await fetch("/api/conversations/jonas/messages", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  return [response.status, (await response.json()).code];
}, body);

/** @param {Desktop} desk */
const question = (desk) => desk.panel.locator('[part="question"]');

/** @param {Desktop} desk @param {string} text */
async function submit(desk, text) {
  await desk.box.fill(text);
  await desk.box.press("Enter");
}

for (const [lang, words] of /** @type {[string, typeof WORDS.en][]} */ (Object.entries(WORDS))) {
  describe(`unknown asks, ${lang}`, () => {
    it("nothing leaves before the yes; with it that one message does, and the next one asks again", () =>
      onDesktop("ask", lang, async (desk) => {
        const bodies = posts(desk);
        await submit(desk, words.text);
        await question(desk).waitFor();
        assert.ok((await desk.panel.ariaSnapshot()).includes(`group "${words.ask}"`));
        await desk.page.waitForFunction(() => document.activeElement?.shadowRoot?.activeElement?.matches('[part="question"]'));
        assert.equal(await desk.draft(), words.text, "the text stands in the box");
        assert.deepEqual([bodies, await desk.log()], [[], []], "nothing left");

        await question(desk).getByRole("button", { name: words.no }).click();
        await question(desk).waitFor({ state: "hidden" });
        assert.equal(await desk.draft(), words.text);
        await desk.page.waitForFunction(() => document.activeElement?.matches('[data-id="webchat-sendbox-input"]'));

        await desk.box.press("Enter");
        await question(desk).getByRole("button", { name: words.yes }).click();
        const { outcome } = await desk.logged(({ freeForm, text }) => freeForm && text === words.text, "the confirmed text");
        assert.equal(outcome, "delivered");
        await question(desk).waitFor({ state: "hidden" });
        assert.equal(await desk.draft(), "");
        const [{ sendId, confirmed, ...rest }] = bodies;
        assert.deepEqual(rest, { kind: "text", text: words.text });
        assert.deepEqual(confirmed, { conversation: "jonas", sendId, reason: "window-unknown" });

        await submit(desk, `${words.text} 2`);
        await question(desk).waitFor();
        assert.equal(bodies.length, 1, "one yes, one send");
      }));

    it("by keyboard alone; Escape is no, and other words end the question", () =>
      onDesktop("ask", lang, async (desk) => {
        await submit(desk, words.text);
        await question(desk).waitFor();
        await desk.page.waitForFunction(() => document.activeElement?.shadowRoot?.activeElement?.matches('[part="question"]'));
        await desk.page.keyboard.press("Escape");
        await question(desk).waitFor({ state: "hidden" });
        await desk.page.waitForFunction(() => document.activeElement?.matches('[data-id="webchat-sendbox-input"]'));
        await desk.page.keyboard.press("Enter");
        await question(desk).waitFor();
        await desk.box.focus();
        await desk.page.keyboard.type("!");
        await question(desk).waitFor({ state: "hidden" });
        await desk.page.keyboard.press("Enter");
        await question(desk).waitFor();
        await desk.page.waitForFunction(() => document.activeElement?.shadowRoot?.activeElement?.matches('[part="question"]'));
        await desk.page.keyboard.press("Tab");
        await desk.page.keyboard.press("Tab");
        await desk.page.keyboard.press("Enter");
        await desk.logged(({ freeForm, text }) => freeForm && text === `${words.text}!`, "the confirmed text");
      }));

    it("a customer who writes meanwhile ends the question, and the text goes out without one", () =>
      onDesktop("ask", lang, async (desk) => {
        await submit(desk, words.text);
        await question(desk).waitFor();
        await desk.customerWrites("Jonas");
        await desk.phase("open");
        await question(desk).waitFor({ state: "hidden" });
        await desk.box.press("Enter");
        await desk.logged(({ freeForm, text }) => freeForm && text === words.text, "the text");
      }));
  });

  describe(`unknown blocks, ${lang}`, () => {
    it("the page locks, and the middleware takes nobody's yes", () =>
      onDesktop("block", lang, async (desk) => {
        await desk.box.waitFor({ state: "hidden" });
        assert.equal((await desk.snapshot()).verdict.locksComposer, true);
        await desk.panel.locator("[role=combobox]").waitFor();
        await desk.dispatch(words.text);
        const yes = { sendId: "s1", confirmed: { conversation: "jonas", sendId: "s1", reason: "window-unknown" } };
        assert.deepEqual(await post(desk, { kind: "text", text: words.text, ...yes }), [409, "window-unknown"]);
        assert.equal(await question(desk).isVisible(), false);
        assert.deepEqual(await desk.log(), []);
      }));
  });
}

describe("the middleware", () => {
  it("accepts a yes for that send, conversation and reason alone", () =>
    onDesktop("ask", "en", async (desk) => {
      const yes = { conversation: "jonas", sendId: "s1", reason: "window-unknown" };
      const text = (/** @type {object} */ more) => post(desk, { kind: "text", text: "x", sendId: "s1", ...more });
      assert.deepEqual(await text({}), [409, "window-unknown"]);
      assert.deepEqual(await text({ confirmed: { ...yes, sendId: "s2" } }), [409, "confirmed-other-send"]);
      assert.deepEqual(await text({ confirmed: { ...yes, conversation: "layla" } }), [409, "confirmed-other-conversation"]);
      assert.deepEqual(await text({ confirmed: { ...yes, reason: "window-expired" } }), [409, "confirmed-other-reason"]);
      assert.deepEqual(await text({ confirmed: true }), [400, "wrong-type"]);
      assert.deepEqual(await desk.log(), []);
      assert.equal((await text({ confirmed: yes }))[0], 200);
      await desk.logged(({ text }) => text === "x", "the confirmed text");
    }));
});
