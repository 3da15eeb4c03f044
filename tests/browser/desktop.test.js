// The whole story on the running demo: page, middleware and stand-in under one clock, in both languages.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { launchBrowser } from "../support/browser.mjs";
import { Desktop, HOUR, MARGIN, MINUTE } from "../support/desktop.mjs";
import { withDemo } from "../support/with-demo.mjs";

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser?.close());

const onDesktop = (options, work) => withDemo(Desktop, browser, options, work);

const STORIES = {
  en: {
    conversation: "amelia", first: "Is anybody there?", free: "Yes, by ", half: "I will check whether", answer: "Thank you!", refused: "One more thing", other: "Dear Noor",
    spoken: ["The reply window closes in 60 minutes.", "The reply window closes in 15 minutes.", "The reply window closes in 5 minutes."],
    template: { query: "case update", name: "case_update_text", language: "en", sid: "HX2c4ba83955d8a5b54fd06f96c465494b", values: ["Amelia", "CAS-00417", "being \"reviewed\" {now}"] },
    sent: "Hello Amelia, your case CAS-00417 is now being \"reviewed\" {now}. We will write again when there is news.",
  },
  ar: {
    conversation: "omar", first: "هل من أحد هنا؟", free: "نعم، عبر ", half: "سأتحقق مما إذا كان", answer: "شكرًا لك!", refused: "أمر آخر", other: "عزيزتي نور",
    spoken: ["تُغلق نافذة الرد بعد ٦٠ دقيقة.", "تُغلق نافذة الرد بعد ١٥ دقيقة.", "تُغلق نافذة الرد بعد ٥ دقائق."],
    template: { query: "case update", name: "case_update_text", language: "ar", sid: "HX78bd451a146a63ec929477caa45b6868", values: ["عمر", "CAS-00398", "قيد المراجعة ١٢"] },
    sent: "مرحبًا عمر، أصبحت حالة طلبك رقم CAS-00398 الآن: قيد المراجعة ١٢. سنكتب إليك عند وجود جديد.",
  },
};

/** @param {Desktop} desk @param {typeof STORIES.en} words */
async function untilClosing(desk, words) {
  await desk.customerWrites(words.first);
  await desk.phase("open");
  const closesAtMs = await desk.closesAt();

  for (const [name, send] of desk.routes()) {
    await send(words.free + name);
    await desk.logged(({ freeForm, text, outcome }) => freeForm && text === words.free + name && outcome === "delivered", `free text by ${name}`);
  }

  await desk.listen();
  for (const minutes of [61, 60, 30, 15, 10, 5, 2]) await desk.jumpTo(closesAtMs - minutes * MINUTE);
  assert.deepEqual(await desk.spoken(), words.spoken, "spoken warnings at 60, 15 and 5 minutes, nothing else");
  const { entries } = await desk.steer("log");
  assert.ok(Math.abs((await desk.snapshot()).nowAtMs - desk.demo.clock.now()) < MINUTE && entries.at(-1).atMs <= desk.demo.clock.now(), "one clock");
  return closesAtMs;
}

/** @param {Desktop} desk @param {typeof STORIES.en} words @param {number} closesAtMs */
async function expiry(desk, words, closesAtMs) {
  await desk.box.fill("");
  await desk.box.pressSequentially(words.half);
  await desk.jumpTo(closesAtMs - 1_500);
  const late = await desk.replacedAfter(closesAtMs);
  assert.ok(late >= 0, `replaced ${-late} ms before closing`);
  await desk.page.waitForFunction(() => document.activeElement?.shadowRoot?.activeElement?.matches('[part~="banner"]'));
  assert.equal(await desk.draft(), words.half, "the draft is kept");
  await desk.panel.locator(".draft", { hasText: words.half }).waitFor();
}

/** @param {Desktop} desk @param {typeof STORIES.en} words */
async function nothingLeaves(desk, words) {
  const before = await desk.log();
  await desk.page.keyboard.press("Enter");
  assert.equal(await desk.sendButton.count(), 0);
  await desk.dispatch("sneaked into the store");
  const { httpStatus, code } = await desk.post("posted past the desktop");
  assert.deepEqual({ httpStatus, code }, { httpStatus: 409, code: "window-expired" });
  assert.equal(await desk.draft(), words.half, "the draft is not touched");
  assert.deepEqual(await desk.log(), before, "nothing was received");
}

/** @param {Desktop} desk @param {typeof STORIES.en} words @param {number} closesAtMs */
async function templateAndAnswer(desk, words, closesAtMs) {
  const { values } = words.template;
  await desk.fillTemplate(words.template);
  await desk.panel.locator('[part~="send"]').click();
  const entry = await desk.logged(({ contentSid }) => contentSid, "a template");
  assert.deepEqual(entry.contentVariables, { 1: values[0], 2: values[1], 3: values[2] }, "exactly the right variables");
  assert.equal(entry.contentSid, words.template.sid);
  assert.equal(entry.text, words.sent);
  assert.equal(entry.outcome, "delivered");
  await desk.chat(".webchat__bubble").filter({ hasText: words.sent }).waitFor();
  const freeAfter = (await desk.log()).filter(({ freeForm, atMs }) => freeForm && atMs >= closesAtMs);
  assert.deepEqual(freeAfter, [], "not one free-form message after closing");

  await desk.customerWrites(words.answer);
  await desk.box.waitFor();
  assert.equal(await desk.box.inputValue(), words.half, "composer and draft are back");
  await desk.phase("open");
}

/** @param {Desktop} desk @param {typeof STORIES.en} words */
async function refusal(desk, words) {
  await desk.page.locator(".refuse").click();
  await desk.page.locator('.refuse[aria-pressed="true"]').waitFor();
  await desk.box.fill(words.refused);
  await desk.box.press("Enter");
  await desk.logged(({ text, errorCode }) => text === words.refused && errorCode === 63016, "the text that it refuses");
  await desk.phase("closed");
  await desk.box.waitFor({ state: "detached" });
  const { status, nowAtMs } = await desk.snapshot();
  assert.equal(status.reason, "refused");
  assert.ok(status.closesAtMs > nowAtMs + 20 * HOUR, "the clock says open");
  await desk.panel.locator(".draft", { hasText: words.refused }).waitFor();
  assert.equal(await desk.draft(), words.refused);
  await desk.steer("customer-message", { conversationId: "noor", text: words.first });
  await desk.choose("noor");
  await desk.box.waitFor();
  assert.equal(await desk.box.inputValue(), "", "that conversation's draft, no other's");
  await desk.choose(desk.conversation);

  await desk.customerWrites(`${words.answer} 2`);
  await desk.box.waitFor();
  assert.equal(await desk.box.inputValue(), words.refused);
}

/** @param {Desktop} desk @param {typeof STORIES.en} words */
async function switching(desk, words) {
  await desk.choose("noor");
  await desk.box.fill(words.other);
  await desk.choose(desk.conversation);
  assert.equal(await desk.box.inputValue(), words.refused);
  await desk.choose("noor");
  assert.equal(await desk.box.inputValue(), words.other);
  await desk.choose(desk.conversation);
}

/** @param {Desktop} desk */
async function reload(desk) {
  const before = await desk.picture();
  assert.equal(before.failed, 1, "the refused text is marked as failed");
  await desk.page.reload();
  await desk.ready();
  await desk.page.waitForFunction((count) => document.querySelectorAll(".webchat__bubble .webchat__text-content").length === count, before.said.length);
  assert.deepEqual(await desk.picture(), before);
}

for (const [lang, words] of Object.entries(STORIES)) {
  describe(`the story of a window (${lang})`, () => {
    it("is told from the first message to the reload", () =>
      onDesktop({ lang, conversation: words.conversation }, async (desk) => {
        const closesAtMs = await untilClosing(desk, words);
        await expiry(desk, words, closesAtMs);
        await nothingLeaves(desk, words);
        await templateAndAnswer(desk, words, closesAtMs);
        await refusal(desk, words);
        await switching(desk, words);
        await reload(desk);
      }));

    it("vetoes Enter and the button while the composer waits for an input method", () =>
      onDesktop({ lang, conversation: words.conversation }, async (desk) => {
        await desk.customerWrites(words.first);
        await desk.box.fill(words.half);
        await desk.box.evaluate((box) => void box.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true })));
        await desk.jumpTo(await desk.closesAt());
        await desk.phase("closed");
        await desk.box.press("Enter");
        await desk.sendButton.click();
        assert.equal(await desk.box.inputValue(), words.half, "the composer is still there, and what is in it");
        await desk.box.evaluate((box) => void box.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true })));
        await desk.box.waitFor({ state: "detached" });
        assert.deepEqual(await desk.log(), []);
      }));
  });
}

const ACROSS = {
  en: ["I have looked into it and th", "e parcel will be with you on Friday", " morning"],
  ar: ["لقد تحققت من الأمر وسيصل إليك", " الطرد يوم الجمعة", " صباحًا"],
};

for (const [lang, [before, after, dictated]] of Object.entries(ACROSS)) {
  describe(`typing across the closing instant (${lang})`, () => {
    it("only sending is locked; the whole text moves with the panel, and back with the window", () =>
      onDesktop({ lang }, async (desk) => {
        await desk.customerWrites(STORIES[lang].first);
        await desk.phase("open");
        const closesAtMs = await desk.closesAt();
        await desk.box.click();
        await desk.pause();
        await desk.page.keyboard.type(before);
        await desk.jumpTo(closesAtMs + 60_000);
        await desk.phase("closed");
        await desk.page.keyboard.type(after);
        await desk.page.keyboard.insertText(dictated);
        await desk.page.keyboard.press("Enter");
        assert.equal(await desk.box.inputValue(), before + after + dictated);
        await desk.panel.locator('[part~="reason"]').waitFor();
        await desk.box.evaluate((box) => box.setSelectionRange(5, 9));
        assert.equal(await desk.panel.locator("[role=combobox]").isVisible(), false, "the banner alone");
        assert.equal(await desk.panel.locator(".draft").isVisible(), false);
        await desk.page.clock.resume();
        await desk.box.waitFor({ state: "detached" });
        await desk.panel.locator(".draft", { hasText: before + after + dictated }).waitFor();
        await desk.panel.locator("[role=combobox]").waitFor();
        await desk.page.waitForFunction(() => document.activeElement?.shadowRoot?.activeElement?.matches('[part~="banner"]'));
        assert.deepEqual((await desk.log()).filter(({ freeForm }) => freeForm), []);
        await desk.steer("customer-message", { conversationId: desk.conversation, text: STORIES[lang].answer });
        await desk.box.waitFor();
        await desk.page.waitForFunction(() => document.activeElement?.matches('[data-id="webchat-sendbox-input"]'));
        assert.equal(await desk.box.inputValue(), before + after + dictated);
        assert.deepEqual(await desk.box.evaluate((box) => [box.selectionStart, box.selectionEnd]), [5, 9], "the caret is where it was");
      }));
  });
}

describe("a text that waits for the customer's answer", () => {
  for (const [lang, words] of Object.entries({
    en: { offer: "Send when the customer answers", waits: "Waits for the customer’s answer.", ask: "The customer answered while this text waited. Read the answer: does it still fit?", send: "Send", badge: "A text waits", stop: "Stop! Cancel everything" },
    ar: { offer: "أرسله عندما يرد العميل", waits: "ينتظر رد العميل.", ask: "رد العميل بينما كان هذا النص ينتظر. اقرأ الرد: هل ما زال النص مناسبًا؟", send: "إرسال", badge: "نص ينتظر", stop: "توقف! ألغِ كل شيء" },
  })) {
    it(`is asked about once the customer has answered, stands beside the answer, and goes out by the agent's word, once (${lang})`, () =>
      onDesktop({ conversation: "amelia", lang }, async (desk) => {
        const { half, first } = STORIES[lang];
        await desk.customerWrites(first);
        await desk.phase("open");
        await desk.box.fill(half);
        await desk.jumpTo(await desk.closesAt());
        await desk.phase("closed");
        await desk.panel.getByRole("button", { name: words.offer }).click();
        await desk.panel.getByText(words.waits).first().waitFor();
        await desk.customerWrites(words.stop);
        await desk.box.waitFor();
        assert.equal(await desk.box.inputValue(), half, "there to be read and changed");
        const draft = desk.panel.locator(".draft");
        await draft.getByText(words.ask).waitFor();
        await draft.getByText(words.stop).waitFor();
        assert.ok((await desk.panel.locator("[role=status]").allTextContents()).some((text) => text.includes(words.ask)), "announced");
        await desk.page.locator('[data-conversation="amelia"] .waits', { hasText: words.badge }).waitFor();
        await desk.steer("clock", { advanceMs: 60_000 });
        await desk.choose("noor");
        await desk.steer("clock", { advanceMs: 60_000 });
        await desk.choose("amelia");
        assert.deepEqual((await desk.log()).filter(({ freeForm, text }) => freeForm && text === half), [], "nothing goes out by itself");
        await draft.getByRole("button", { name: words.send, exact: true }).click();
        const { outcome } = await desk.logged(({ freeForm, text }) => freeForm && text === half, "the text that waited");
        assert.equal(outcome, "delivered");
        await desk.chat(".webchat__bubble").filter({ hasText: half }).waitFor();
        assert.equal(await desk.draft(), "");
        await draft.waitFor({ state: "hidden" });
        assert.equal((await desk.log()).filter(({ freeForm, text }) => freeForm && text === half).length, 1);
        await desk.page.locator('[data-conversation="amelia"] .waits', { hasText: words.badge }).waitFor({ state: "hidden" });
      }));
  }

  it("and one that is too long is stopped before it is sent, with the reason, and kept", () =>
    onDesktop({ conversation: "amelia" }, async (desk) => {
      await desk.customerWrites("Hello?");
      await desk.phase("open");
      const long = "long ".repeat(330);
      await desk.box.fill(long);
      await desk.panel.getByText("1,650 of 1,600 characters").waitFor();
      await desk.box.press("Enter");
      await desk.panel.getByText("Not sent: The text is too long.").first().waitFor();
      assert.equal(await desk.draft(), long);
      assert.deepEqual(await desk.log(), []);
    }));
});

describe("a text that the middleware does not take", () => {
  it("is shown as failed and becomes the draft again", () =>
    onDesktop({ conversation: "jonas" }, async (desk) => {
      await desk.phase("unknown");
      await desk.page.route("**/messages", (route) => route.fulfill({ status: 409, json: { code: "window-unknown", message: "not now" } }));
      await desk.box.fill("Hello Jonas");
      await desk.box.press("Enter");
      await desk.panel.getByRole("button", { name: "Send anyway" }).click();
      await desk.chat(".webchat__activity-status button").waitFor();
      await desk.page.waitForFunction(() => window.storeOf(0).getState().sendBoxValue === "Hello Jonas");
      assert.deepEqual(await desk.log(), []);
    }));
});

describe("the story with a policy of 48 hours", () => {
  it("fails, and the stand-in sees the lost message", () =>
    onDesktop({ demo: { windowLengthMs: 48 * HOUR } }, async (desk) => {
      const words = STORIES.en;
      await assert.rejects(untilClosing(desk, words), /spoken warnings/);
      const closesAtMs = (await desk.sessionEndsAt()) - MARGIN;
      await desk.box.fill(words.half);
      // The panel has looked at that time when the jump ends, and left the composer where it is.
      await desk.jumpTo(closesAtMs + MARGIN);
      assert.equal(await desk.box.inputValue(), words.half, "the composer was not replaced");
      await assert.rejects(nothingLeaves(desk, words));
      await desk.logged(({ freeForm, session, errorCode }) => freeForm && !session && errorCode === 63016, "free text after the session");
    }));
});
