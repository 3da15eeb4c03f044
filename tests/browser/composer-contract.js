// The contract of the lock with composers that other people made, each its real package.

import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { after, before, beforeEach, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

import { NAMES } from "../composers/names.js";
import { page, usePage } from "../support/page.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** Of this process: two files of tests may run at once. */
const OUT = `target/composers/page-${process.pid}.js`;
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>composer</title>
<div id="beside"></div><div id="host"></div><button id="elsewhere">elsewhere</button><script type="module" src="/${OUT}"></script>`;
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:; connect-src 'self'";

before(() => build({ entryPoints: [`${ROOT}/tests/composers/page.js`], outfile: `${ROOT}/${OUT}`, bundle: true, format: "esm", logLevel: "error", define: { "process.env.NODE_ENV": '"production"' } }));
after(() => rm(`${ROOT}/${OUT}`, { force: true }));
usePage({ html: PAGE, policy: POLICY, isReady: () => window.ready });

const sent = () => page.evaluate(() => [...window.sent]);
const draft = () => page.evaluate(() => window.panel.draft);
const untilSent = (list) => page.waitForFunction((list) => JSON.stringify(window.sent) === list, JSON.stringify(list));
const untilDraft = (text) => page.waitForFunction((text) => window.panel.draft === text, text);
const answer = () => page.evaluate(() => window.answer());
const pass = (hours) => page.evaluate((hours) => void window.pass(hours), hours);
const settled = () => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)))));

/** Declares the tests of one composer. @param {keyof typeof NAMES} name */
export function contract(name) {
  const { box, send, file, hasPreview = false, isByHook = false } = NAMES[name];
  describe(`a composer by ${name}`, () => {
    const input = () => page.locator(box).first();
    const type = async (text) => (await input().click(), await page.keyboard.type(text));
    const click = () => page.locator(send).first().click();
    /** The composer without the person at it: what a script or an assistive technology can do. */
    const clickByCode = () => page.evaluate((send) => (window.tree?.() ?? document).querySelector(send)?.click(), send);

    beforeEach(async () => {
      await page.evaluate((name) => window.open_(name), name);
      await input().waitFor();
      await answer();
    });

    it("sends while open, by key and by button", async () => {
      await type("by key");
      await untilDraft("by key");
      await page.keyboard.press("Enter");
      await untilSent(["by key"]);
      await type("by button");
      await click();
      await untilSent(["by key", "by button"]);
      await untilDraft("");
    });

    it("lets nothing out once closed, while a key is still held and after it; keeps the draft and gives it back", async () => {
      await type("half typed");
      await page.keyboard.down("Control");
      await pass(25);
      await page.keyboard.press("Enter");
      await page.keyboard.press("NumpadEnter");
      await clickByCode();
      await settled();
      assert.deepEqual(await sent(), []);
      assert.equal(await input().isVisible(), true, "the composer stays while a key is held");
      await page.keyboard.up("Control");
      await input().waitFor({ state: "hidden" });
      if (!isByHook) assert.equal(await page.locator(send).isVisible(), false, "what sends goes with it");
      await page.waitForFunction(() => document.activeElement === window.panel.element);
      await clickByCode();
      await page.keyboard.press("Enter");
      await settled();
      assert.deepEqual(await sent(), []);
      assert.equal(await draft(), "half typed");

      await answer();
      await page.evaluate(() => window.panel.element.reset());
      await input().waitFor({ state: "visible" });
      await input().click();
      await page.keyboard.press("Enter");
      await untilSent(["half typed"]);
    });

    it("loses nothing that is typed or dictated across the closing instant", async () => {
      const [before, after, dictated] = ["I have looked into it and th", "e parcel will be with you on Friday", " morning"];
      await page.clock.install({ time: "2026-11-23T10:00:00Z" });
      await page.clock.pauseAt("2026-11-23T10:01:00Z");
      await type(before);
      await pass(25);
      await page.keyboard.type(after);
      await page.keyboard.insertText(dictated);
      await page.keyboard.press("Enter");
      assert.equal(await input().isVisible(), true);
      await page.clock.resume();
      await input().waitFor({ state: "hidden" });
      await untilDraft(before + after + dictated);
      assert.deepEqual(await sent(), []);
      await answer();
      await page.evaluate(() => window.panel.element.reset());
      await input().waitFor({ state: "visible" });
      await input().click();
      await page.keyboard.press("Enter");
      await untilSent([before + after + dictated]);
    });

    if (box === "textarea") it("begins a new line across the closing instant, sends nothing by it and says nothing of it", async () => {
      await type("one");
      await page.evaluate(() => {
        window.told = [];
        window.panel.element.addEventListener("send-blocked", ({ detail }) => window.told.push(detail));
      });
      await pass(25);
      await page.keyboard.press("Shift+Enter");
      await page.keyboard.type("two");
      await untilDraft("one\ntwo");
      await input().waitFor({ state: "hidden" });
      assert.deepEqual([await draft(), await sent(), await page.evaluate(() => window.told)], ["one\ntwo", [], []]);
    });

    it("shows a draft that was written from outside, while open and while closed", async () => {
      await page.evaluate(() => void (window.panel.draft = "from outside"));
      await page.waitForFunction(() => /from outside/.test(window.box().value ?? window.box().textContent));
      await settled();
      await input().click();
      await page.keyboard.press("Enter");
      await untilSent(["from outside"]);
      await pass(25);
      await input().waitFor({ state: "hidden" });
      await page.evaluate(() => void (window.panel.draft = "while closed"));
      await settled();
      assert.equal(await draft(), "while closed");
      await answer();
      await page.waitForFunction(() => /while closed/.test(window.box().value ?? window.box().textContent));
      await settled();
      await input().click();
      await page.keyboard.press("Enter");
      await untilSent(["from outside", "while closed"]);
    });

    it("guards what the page sends by itself", async () => {
      const guarded = () => page.evaluate(() => window.sendByCode("by code").catch(({ code }) => code));
      await guarded();
      await untilSent(["by code"]);
      await pass(25);
      // A hook swallows what it holds.
      assert.equal(await guarded(), isByHook ? undefined : "send-blocked");
      await settled();
      assert.deepEqual(await sent(), ["by code"]);
    });

    it("asks before it sends where the window is unknown, and a yes sends that text alone", async () => {
      await page.evaluate(() => { window.panel.destroy(); window.make(); });
      await type("is it open?");
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => window.panel.snapshot.question);
      assert.deepEqual(await sent(), []);
      await page.evaluate(() => window.panel.controller.answerQuestion(true));
      await untilSent(["is it open?"]);
      await type("another");
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => window.panel.snapshot.question?.text === "another");
      assert.deepEqual(await sent(), ["is it open?"]);
    });

    if (!isByHook) it("asks about a text that was made of one that may have arrived, and a yes sends it; unchanged it goes out unasked", async () => {
      /** The page sent it, and no answer came. */
      const lose = (text) => page.evaluate((text) => {
        const { sendId } = window.panel.controller.beginText({ text });
        window.panel.controller.settleText(sendId, { error: new TypeError("no answer") });
      }, text);
      const inBox = (text) => page.waitForFunction((text) => (window.box().value ?? window.box().textContent) === text, text);
      const question = () => page.waitForFunction(() => window.panel.snapshot.question?.reason === "may-have-arrived");
      await type("it is on its way");
      await page.keyboard.press("Enter");
      await untilSent(["it is on its way"]);
      await untilDraft("");
      await lose("it is on its way");
      await inBox("it is on its way");
      await input().click();
      await page.keyboard.press("End");
      await page.keyboard.type(" today");
      await untilDraft("it is on its way today");
      await page.keyboard.press("Enter");
      await question();
      await page.evaluate(() => window.panel.controller.answerQuestion(false));
      await click();
      await question();
      assert.deepEqual(await sent(), ["it is on its way"], "nothing leaves before the yes");
      await page.evaluate(() => window.panel.controller.answerQuestion(true));
      await untilSent(["it is on its way", "it is on its way today"]);
      await untilDraft("");
      await type("and this");
      await page.keyboard.press("Enter");
      await untilSent(["it is on its way", "it is on its way today", "and this"]);
      await untilDraft("");
      await lose("and this");
      await inBox("and this");
      await input().click();
      await page.keyboard.press("Enter");
      await untilSent(["it is on its way", "it is on its way today", "and this", "and this"]);
      assert.equal(await page.evaluate(() => window.panel.snapshot.question), undefined);
    });

    if (!isByHook) it("hears nothing of the key that ends a composition while closed, which the input method does", async () => {
      // Safari ends the composition first; what follows is an Enter that is no longer part of it, by its code alone.
      const heard = () => page.evaluate(() => {
        const found = [];
        const hear = (event) => found.push(event.isComposing);
        document.addEventListener("keydown", hear);
        const kept = [{ isComposing: true }, { keyCode: 229 }].map((kind) => window.box().dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, composed: true, ...kind })));
        document.removeEventListener("keydown", hear);
        return { heard: found.length, kept };
      });
      assert.equal((await heard()).heard, 2, "while open the page hears both");
      await pass(25);
      assert.deepEqual(await heard(), { heard: 0, kept: [true, true] });
    });

    it("leaves the page as it was found", async () => {
      const before = await page.evaluate(() => { window.panel.destroy(); return document.body.innerHTML; });
      await page.evaluate(() => { window.make(); window.answer(); });
      await pass(25);
      await input().waitFor({ state: "hidden" });
      await page.evaluate(() => window.panel.destroy());
      await input().waitFor({ state: "visible" });
      // Slate measures its placeholder and writes a height of its own, sooner or later.
      const plain = (/** @type {string} */ html) => html.replaceAll(' style=""', "").replaceAll(/ min-height: [\d.]+px;/g, "");
      if (!isByHook) assert.equal(plain(await page.evaluate(() => document.body.innerHTML)), plain(before));
      await type("free");
      await page.keyboard.press("Enter");
      await untilSent(["free"]);
    });

    if (file) {
      it("says which files stay in the box while it is closed, beside the draft", async () => {
        await type("here it is");
        await page.locator(file).setInputFiles([{ name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("a") }]);
        await page.waitForFunction(() => window.panel.snapshot.files.join() === "a.txt");
        await pass(25);
        await input().waitFor({ state: "hidden" });
        await page.locator("reply-window").getByText("In the box, too: \u2068a.txt\u2069").waitFor();
        await page.evaluate(() => window.panel.element.setAttribute("locale", "ar"));
        await page.locator("reply-window").getByText("في المربع أيضًا: \u2068a.txt\u2069").waitFor();
        await page.locator(file).evaluate((element) => void (element.value = ""));
        await page.waitForFunction(() => window.panel.snapshot.files.length === 0);
      });

      if (hasPreview) {
        it("says which files stay where the page keeps them itself and shows a preview", async () => {
          await page.evaluate(() => {
            const preview = (/** @type {object} */ given) => document.querySelector("#composer").append(Object.assign(document.createElement("span"), { className: "preview", ...given }));
            preview({ textContent: " photo.png " });
            preview({ ariaLabel: "plan.pdf", textContent: "×" });
          });
          await page.locator(file).setInputFiles([{ name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("a") }]);
          await page.evaluate(() => void document.querySelector("#composer").append(Object.assign(document.createElement("span"), { className: "preview", textContent: "a.txt, 1 byte" })));
          await page.waitForFunction(() => window.panel.snapshot.files.join() === "a.txt,photo.png,plan.pdf");
          await pass(25);
          await page.locator("reply-window").getByText(/In the box, too: .*photo\.png/).waitFor();
          await page.evaluate(() => document.querySelectorAll(".preview").forEach((node) => node.remove()));
          await page.waitForFunction(() => window.panel.snapshot.files.join() === "a.txt");
        });
      }

      it("takes files that are dropped or pasted while open, and none once closed", async () => {
        const bring = (name) => page.evaluate((name) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File(["a"], name, { type: "text/plain" }));
          const given = { bubbles: true, cancelable: true, composed: true };
          const place = (/** @type {Event} */ event) => !window.box().dispatchEvent(event);
          return [new DragEvent("dragover", { ...given, dataTransfer: transfer }), new DragEvent("drop", { ...given, dataTransfer: transfer }), new ClipboardEvent("paste", { ...given, clipboardData: transfer })].map(place);
        }, name);
        await bring("a.txt");
        await untilSent(["file a.txt", "file a.txt"]);
        await pass(25);
        assert.deepEqual(await bring("b.txt"), [true, true, true], "and the browser does not open it in place of the page");
        await settled();
        assert.deepEqual(await sent(), ["file a.txt", "file a.txt"]);
      });

      it("takes none that falls on the panel, which stands where it stood; words that are pasted there go on", async () => {
        const heardOnPanel = () => page.evaluate(() => {
          const heard = [];
          const events = ["dragover", "drop", "paste"].map((type) => {
            document.body.addEventListener(type, (event) => heard.push(event.type), { once: true });
            const transfer = new DataTransfer();
            transfer.items.add(new File(["a"], "a.txt", { type: "text/plain" }));
            return new (type === "paste" ? ClipboardEvent : DragEvent)(type, { bubbles: true, cancelable: true, composed: true, dataTransfer: transfer, clipboardData: transfer });
          });
          const table = new DataTransfer();
          table.items.add(new File(["a"], "table.png", { type: "image/png" }));
          table.setData("text/plain", "a table");
          const words = new ClipboardEvent("paste", { bubbles: true, cancelable: true, composed: true, clipboardData: table });
          const field = document.querySelector("reply-window").shadowRoot.querySelector("input");
          return { kept: [...events, words].map((event) => !field.dispatchEvent(event)), heard };
        });
        await pass(25);
        await page.locator("reply-window input").first().waitFor();
        assert.deepEqual(await heardOnPanel(), { kept: [true, true, true, false], heard: [] });
      });

      it("takes no file once closed", async () => {
        const choose = () => page.locator(file).setInputFiles({ name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("a") });
        await choose();
        await untilSent(["file a.txt"]);
        await pass(25);
        await page.locator(file).evaluate((element) => void (element.value = ""));
        await choose();
        await settled();
        assert.deepEqual(await sent(), ["file a.txt"]);
        assert.equal(await page.locator(file).evaluate((element) => element.files.length), 0);
      });
    }
  });
}
