// One text, one fate, on the running demo: what fails, what may have arrived, what is refused later, and in which tab it comes back.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { AxeBuilder } from "@axe-core/playwright";
import { launchBrowser } from "../support/browser.mjs";
import { Desktop } from "../support/desktop.mjs";
import { withDemo } from "../support/with-demo.mjs";

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser?.close());

const WORDS = {
  en: { hello: "Is anybody there?", text: "Yes, I am here", open: /^No answer came/, by: /A text by .*Desk one.* did not arrive/, take: "Take it as my draft", closed: "Closed", kept: "Not sent. Your text is kept.", arrived: "It has gone out already.", asked: "Your last text may have arrived already. Send this one as well?", yes: "Send this one too", no: "Do not send", more: " – Amelia’s desk" },
  ar: { hello: "هل من أحد هنا؟", text: "نعم، أنا هنا", open: /^لم يصل ردّ/, by: /نص كتبه .*Desk one.* لم يصل/, take: "اجعله مسودتي", closed: "مغلقة", kept: "لم تُرسل. نصك محفوظ.", arrived: "خرجت من قبل.", asked: "ربما وصل نصك السابق. هل تُرسل هذا أيضًا؟", yes: "إرسال هذا أيضًا", no: "عدم الإرسال", more: " – مكتب أميليا" },
};

/** @param {string} lang @param {(desk: Desktop, demo: any) => Promise<void>} work */
const onDesktop = (lang, work) => withDemo(Desktop, browser, { lang }, async (desk, demo) => {
  await desk.customerWrites(WORDS[lang].hello);
  await desk.phase("open");
  await work(desk, demo);
});

const retry = (/** @type {Desktop} */ desk) => desk.chat(".webchat__activity-status button");
const bubbles = (/** @type {Desktop} */ desk, /** @type {string} */ text) => desk.chat(".webchat__bubble").filter({ hasText: text });
const delivered = async (/** @type {Desktop} */ desk, /** @type {string} */ text) => (await desk.log()).filter((entry) => entry.freeForm && entry.text === text);
const untilDraft = (/** @type {Desktop} */ desk, /** @type {string} */ text) => desk.page.waitForFunction((text) => window.storeOf(0).getState().sendBoxValue === text, text);
/** The middleware takes it; its answer is lost on the way. */
const loseAnswer = (/** @type {Desktop} */ desk) => desk.page.route("**/messages", async (route) => (await route.fetch(), await route.abort()), { times: 1 });
/** The page hears of no message by itself. */
async function deafen(/** @type {Desktop} */ desk) {
  await desk.page.addInitScript(() => {
    const { addEventListener } = EventSource.prototype;
    EventSource.prototype.addEventListener = function (type, heard) {
      return type === "message" ? undefined : addEventListener.call(this, type, heard);
    };
  });
  await desk.page.reload();
  await desk.ready();
}
const send = async (/** @type {Desktop} */ desk, /** @type {string} */ text) => (await desk.box.fill(text), await desk.box.press("Enter"));

for (const [lang, words] of Object.entries(WORDS)) {
  describe(`a text whose outcome is not known (${lang})`, () => {
    for (const how of ["Enter", "Retry"]) {
      it(`is told as such, and by ${how} it arrives once`, () =>
        onDesktop(lang, async (desk) => {
          await deafen(desk);
          await loseAnswer(desk);
          await send(desk, words.text);
          await retry(desk).waitFor();
          await untilDraft(desk, words.text);
          await desk.panel.locator(".limits").getByText(words.open).waitFor();
          if (how === "Enter") await desk.box.press("Enter");
          else await retry(desk).click();
          await retry(desk).waitFor({ state: "detached" });
          await untilDraft(desk, "");
          assert.equal(await bubbles(desk, words.text).count(), 1, "one bubble");
          assert.equal((await delivered(desk, words.text)).length, 1, "delivered once");
          await desk.panel.locator(".limits").waitFor({ state: "hidden" });
        }));
    }

    it("is done with as soon as the middleware tells of it: what is typed next goes out alone", () =>
      onDesktop(lang, async (desk) => {
        await loseAnswer(desk);
        await send(desk, words.text);
        await desk.logged(({ text, outcome }) => text === words.text && outcome === "delivered", "the text");
        await untilDraft(desk, "");
        await bubbles(desk, words.text).waitFor();
        await retry(desk).waitFor({ state: "detached" });
        assert.equal(await bubbles(desk, words.text).count(), 1, "one bubble");
        await send(desk, words.hello);
        await desk.logged(({ text, outcome }) => text === words.hello && outcome === "delivered", "the next text");
        assert.equal((await delivered(desk, words.text)).length, 1, "delivered once");
      }));

    it("is asked about before it leaves once more with other words, and without the agent's yes does not", () =>
      onDesktop(lang, async (desk) => {
        await deafen(desk);
        await loseAnswer(desk);
        await send(desk, words.text);
        await untilDraft(desk, words.text);
        const edited = words.text + words.more;
        const question = desk.panel.locator('[part="question"]');
        const hands = () => desk.page.waitForFunction(() => document.activeElement?.matches('[data-id="webchat-sendbox-input"]'));
        await send(desk, edited);
        await question.getByText(words.asked).waitFor();
        assert.ok((await desk.panel.ariaSnapshot()).includes(`group "${words.asked}"`));
        await desk.page.waitForFunction(() => document.activeElement?.shadowRoot?.activeElement?.matches('[part="question"]'));
        assert.deepEqual((await new AxeBuilder({ page: desk.page }).include("reply-window").analyze()).violations.map(({ id }) => id), []);
        await question.getByRole("button", { name: words.no }).click();
        await question.waitFor({ state: "hidden" });
        await hands();
        await untilDraft(desk, edited);
        await desk.sendButton.click();
        await question.waitFor();
        assert.deepEqual(await delivered(desk, edited), [], "nothing left by itself");
        await question.getByRole("button", { name: words.yes }).click();
        await desk.logged(({ text, outcome }) => text === edited && outcome === "delivered", "the edited text");
        await untilDraft(desk, "");
        await retry(desk).click();
        await desk.panel.locator(".limits", { hasText: words.arrived }).waitFor();
        await send(desk, words.hello);
        await desk.logged(({ text, outcome }) => text === words.hello && outcome === "delivered", "the next text, unasked");
        assert.deepEqual([(await delivered(desk, words.text)).length, (await delivered(desk, edited)).length], [1, 1]);
      }));

    for (const isTaken of [true, false]) {
      it(`is ${isTaken ? "no draft after a reload where it has arrived" : "a draft again after a reload where it has not, and arrives once"}`, () =>
        onDesktop(lang, async (desk, demo) => {
          await desk.page.goto(`${demo.url}?lang=${lang}&conversation=amelia&drafts=session`);
          await desk.ready();
          /** @type {() => void} */
          let came;
          const isUnderWay = new Promise((resolve) => (came = () => resolve(undefined)));
          // Nobody answers before the page goes.
          await desk.page.route("**/messages", async (route) => (isTaken && (await route.fetch()), came()), { times: 1 });
          await send(desk, words.text);
          await isUnderWay;
          await desk.page.reload();
          await desk.ready();
          await untilDraft(desk, isTaken ? "" : words.text);
          if (!isTaken) await desk.box.press("Enter");
          await desk.logged(({ text, outcome }) => text === words.text && outcome === "delivered", "the text");
          await untilDraft(desk, "");
          assert.equal(await bubbles(desk, words.text).count(), 1, "one bubble");
          assert.equal((await delivered(desk, words.text)).length, 1, "delivered once");
        }));
    }
  });

  describe(`a text that surely failed (${lang})`, () => {
    it("arrives once, however often Retry and Enter are pressed", () =>
      onDesktop(lang, async (desk) => {
        await desk.page.route("**/messages", (route) => route.fulfill({ status: 400, json: { code: "no", message: "no" } }), { times: 1 });
        await send(desk, words.text);
        await retry(desk).waitFor();
        await untilDraft(desk, words.text);
        await desk.page.evaluate(() => {
          const button = document.querySelector(".web-chat:not([hidden]) .webchat__activity-status button");
          for (let times = 0; times < 3; times += 1) button.click();
        });
        await desk.box.press("Enter");
        await desk.logged(({ text, outcome }) => text === words.text && outcome === "delivered", "the text");
        await retry(desk).waitFor({ state: "detached" });
        await untilDraft(desk, "");
        assert.equal(await bubbles(desk, words.text).count(), 1);
        assert.equal((await delivered(desk, words.text)).length, 1);
      }));

    it("because the middleware says that the window is closed closes it here, with the reason once", () =>
      onDesktop(lang, async (desk) => {
        const closed = { verdict: { kind: "template-only", reason: "window-expired", leaves: "no", locksComposer: true, alternatives: ["template"] }, status: { kind: "closed", reason: "expired", ignored: [] } };
        await desk.page.route("**/messages", (route) => route.fulfill({ status: 409, json: { code: "window-expired", message: "no", ...closed } }), { times: 1 });
        await send(desk, words.text);
        await desk.phase("closed");
        await desk.box.waitFor({ state: "detached" });
        await desk.panel.getByText(words.closed).first().waitFor();
        await desk.panel.locator(".limits", { hasText: words.kept }).waitFor();
        await desk.panel.locator(".draft", { hasText: words.text }).waitFor();
        assert.equal(await desk.panel.locator(".reason:visible, [part~=reason]:visible").count(), 1);
        assert.deepEqual(await delivered(desk, words.text), []);
        await desk.customerWrites(words.hello);
        await desk.box.waitFor();
        await desk.box.press("Enter");
        await desk.logged(({ text, outcome }) => text === words.text && outcome === "delivered", "the text, after the answer");
      }));
  });

  describe(`a text that is refused later (${lang})`, () => {
    it("goes back to the tab that sent it; the other one is told whose it was, and takes it by one click", () =>
      onDesktop(lang, async (first, demo) => {
        await first.page.goto(`${demo.url}?lang=${lang}&conversation=amelia&agent=Desk%20one`);
        await first.ready();
        const second = await Desktop.open(browser, demo, { lang });
        try {
          await second.box.fill("mine");
          await first.steer("refuse-next", { count: 1 });
          await send(first, words.text);
          await first.phase("closed");
          await second.phase("closed");
          await first.panel.locator(".draft", { hasText: words.text }).waitFor();
          const lost = second.panel.locator(".lost");
          await lost.getByText(words.by).waitFor();
          await lost.getByText(words.text).waitFor();
          assert.equal(await second.draft(), "mine");
          assert.equal(await first.panel.locator(".lost").isVisible(), false);
          await lost.getByRole("button", { name: words.take }).click();
          await lost.waitFor({ state: "hidden" });
          assert.equal(await second.draft(), `mine\n\n${words.text}`);
        } finally {
          await second.close();
        }
      }));
  });

  describe(`a template that fails (${lang})`, () => {
    it("leaves no bubble and no Retry: the form has its values", () =>
      onDesktop(lang, async (desk) => {
        await desk.jumpTo(await desk.closesAt());
        await desk.phase("closed");
        await desk.box.waitFor({ state: "detached" });
        await desk.fillTemplate({ query: "case update", name: "case_update_text", language: "en", values: ["Amelia", "CAS-00417", "reviewed"] });
        await desk.page.route("**/messages", (route) => route.abort(), { times: 1 });
        await desk.panel.locator('[part~="send"]').click();
        await desk.panel.locator(".fault").waitFor();
        assert.equal(await retry(desk).count(), 0);
        assert.equal(await bubbles(desk, "CAS-00417").count(), 0);
        assert.deepEqual(await desk.panel.locator("form textarea").evaluateAll((fields) => fields.map(({ value }) => value)), ["Amelia", "CAS-00417", "reviewed"]);
        await desk.panel.locator('[part~="send"]').click();
        await bubbles(desk, "CAS-00417").waitFor();
        assert.equal((await desk.log()).filter(({ contentSid }) => contentSid).length, 1);
      }));
  });
}

describe("the middleware", () => {
  it("refuses a repeated key, whoever asks, and takes it again after what surely did not leave", () =>
    onDesktop("en", async (desk) => {
      const post = (/** @type {string} */ key, /** @type {object} */ body) => desk.page.evaluate(async ([key, body]) => {
        const response = await fetch("/api/conversations/amelia/messages", { method: "POST", headers: { "content-type": "application/json", "idempotency-key": key }, body: JSON.stringify(body) });
        return [response.status, await response.json()];
      }, [key, body]);
      const text = { kind: "text", text: "once" };
      assert.equal((await post("k1", { kind: "text", text: "" }))[0], 400);
      const [status, receipt] = await post("k1", text);
      assert.equal(status, 200);
      const { message, ...repeated } = (await post("k1", text))[1];
      assert.deepEqual(repeated, { code: "send-repeated", ...receipt });
      assert.equal((await post("k1", { kind: "text", text: "other words" }))[1].code, "send-repeated");
      const codes = (await Promise.all([post("k2", { ...text, text: "twice" }), post("k2", { ...text, text: "twice" })])).map(([status]) => status).sort();
      assert.deepEqual(codes, [200, 409]);
      assert.equal((await delivered(desk, "once")).length, 1);
      assert.equal((await delivered(desk, "twice")).length, 1);
    }));
});
