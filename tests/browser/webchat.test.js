// The Web Chat adapter in the real Web Chat.

import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { fileURLToPath } from "node:url";

import { launchBrowser } from "../support/browser.mjs";
import { serveFolder } from "../support/static-server.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const vendor = (/** @type {string} */ name) => `<script src="/target/vendor/${name}"></script>`;
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>web chat</title>
<div id="one"></div><div id="two"></div><button id="elsewhere">elsewhere</button>
${["react.production.min.js", "react-dom.production.min.js", "webchat-minimal.js"].map(vendor).join("")}
<script type="module" src="/tests/browser/fixture/webchat.js"></script>`;
/** Web Chat writes its own style elements. */
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:; connect-src 'self'";

let browser, server, page;
before(async () => {
  server = await serveFolder(ROOT, { policy: POLICY, pages: { "/desk": PAGE } });
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

const box = (name = "one") => page.locator(`#${name} [data-id="webchat-sendbox-input"]`);
const draft = () => page.evaluate(() => desks.one.store.getState().sendBoxValue);
const heard = () => page.evaluate(() => structuredClone(desks.one.heard));
const posted = () => page.evaluate(() => structuredClone(desks.one.posted));
const texts = async () => (await posted()).map(({ text }) => text);
const dispatch = (type, payload) => page.evaluate(([type, payload]) => void desks.one.store.dispatch({ type, payload }), [type, payload]);
const settled = () => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
const waitForPosts = (count) => page.waitForFunction((count) => desks.one.posted.length >= count, count);

/** Each way in which something leaves Web Chat, and the text that would be lost. */
const ROUTES = [
  ["Enter", "by key", async () => (await box().fill("by key"), await box().press("Enter"))],
  ["the button", "by button", async () => (await box().fill("by button"), await page.locator("#one .webchat__send-button").click())],
  ["a submitted box", "submitted", async () => (await box().fill("submitted"), await dispatch("WEB_CHAT/SUBMIT_SEND_BOX", { method: "keyboard" }))],
  ["a message", "sent", () => dispatch("WEB_CHAT/SEND_MESSAGE", { text: "sent", method: "keyboard" })],
  ["a message back", "back", () => dispatch("WEB_CHAT/SEND_MESSAGE_BACK", { text: "back", value: 1 })],
  ["a post back", "post", () => dispatch("WEB_CHAT/SEND_POST_BACK", { value: "post" })],
  ["an activity", "raw", () => page.evaluate(() => void desks.one.store.dispatch({ type: "DIRECT_LINE/POST_ACTIVITY", meta: { method: "code" }, payload: { activity: { type: "message", text: "raw" } } }))],
];

describe("the Web Chat adapter", () => {
  beforeEach(async () => {
    page = await browser.newPage();
    await page.goto(`${server.url}/desk`);
    await page.waitForFunction(() => "open_" in window);
    await page.evaluate(() => window.open_("one"));
    await box().waitFor();
    await page.waitForFunction(() => desks.one.store.getState().connectivityStatus === "connected");
  });
  afterEach(() => page.close());

  for (const [name, text, go] of ROUTES) {
    it(`${name}: delivers while open, is vetoed when closed, and keeps the text`, async () => {
      await go();
      await waitForPosts(1);
      assert.deepEqual(await texts(), [text]);

      // The rule alone, without a swap: what is tested is the veto at that moment.
      await page.evaluate(() => { desks.one.rule.verdict = { kind: "template-only", reason: "window-expired", leaves: "no" }; });
      await go();
      await settled();
      assert.equal((await posted()).length, 1);
      assert.equal(await draft(), text);
      assert.deepEqual((await heard()).blocked, [{ text, reason: "window-expired" }]);
    });
  }

  it("sees files, in a message and on their own", async () => {
    const send = () => page.evaluate(() => {
      const blob = new File(["x"], "x.txt", { type: "text/plain" });
      desks.one.store.dispatch({ type: "WEB_CHAT/SEND_MESSAGE", payload: { attachments: [{ blob }], method: "keyboard", text: "" } });
      desks.one.store.dispatch({ type: "WEB_CHAT/SEND_FILES", payload: { files: [{ name: "x.txt", size: 1, url: "blob:x" }] } });
    });
    await send();
    await waitForPosts(2);
    assert.deepEqual((await posted()).map(({ attachments }) => attachments), [1, 1]);

    await page.evaluate(() => desks.one.close());
    await send();
    await settled();
    assert.equal((await posted()).length, 2);
    assert.deepEqual((await heard()).blocked, [{ text: "", reason: "window-expired" }, { text: "", reason: "window-expired" }]);
    assert.equal(await page.evaluate(() => desks.one.store.getState().sendBoxAttachments.length), 1, "the file is kept");
  });

  it("stops what the provider would not take, and keeps text and file", async () => {
    await page.evaluate(() => { desks.one.rule.problems = [{ code: "empty" }, { code: "file-too-large" }]; });
    await page.evaluate(() => {
      const blob = new File(["12345"], "cat.gif", { type: "image/gif" });
      desks.one.store.dispatch({ type: "WEB_CHAT/SEND_MESSAGE", payload: { attachments: [{ blob }], method: "keyboard", text: "look" } });
    });
    await settled();
    assert.deepEqual(await posted(), []);
    assert.deepEqual((await heard()).blocked, [{ text: "look", reason: "file-too-large" }]);
    assert.deepEqual((await heard()).checked, [{ text: "look", attachments: [{ contentType: "image/gif", size: 5, filename: "cat.gif" }] }]);
    assert.equal(await draft(), "look");
    assert.equal(await page.evaluate(() => desks.one.store.getState().sendBoxAttachments.length), 1);
    await box().press("Enter");
    await settled();
    assert.deepEqual(await posted(), []);
    assert.deepEqual((await heard()).checked.at(-1), { text: "look", attachments: [{ contentType: "image/gif", size: 5, filename: "cat.gif" }] });
    await page.evaluate(() => { desks.one.rule.problems = [{ code: "empty" }]; });
    await box().press("Enter");
    await waitForPosts(1);
  });

  it("sends a text the agent's own way, and says so where it was stopped", async () => {
    const send = () => page.evaluate(() => { try { desks.one.adapter.sendText({ text: "queued" }); } catch (error) { return error.code; } });
    assert.equal(await send(), undefined);
    await waitForPosts(1);
    assert.deepEqual(await texts(), ["queued"]);
    await page.evaluate(() => desks.one.close());
    assert.equal(await send(), "not-sent");
    assert.equal((await posted()).length, 1);
  });

  it("keeps the text when the window closes between two gates", async () => {
    // The first question is answered with yes, every later one with no.
    await page.evaluate(() => {
      const { rule, heard } = desks.one;
      Object.defineProperty(rule, "verdict", { get: () => (heard.judged.length <= 1 ? { kind: "allowed", reason: "", leaves: "yes" } : { kind: "blocked", reason: "window-expired", leaves: "no" }) });
    });
    await box().fill("just too late");
    await box().press("Enter");
    await settled();
    assert.deepEqual(await posted(), []);
    assert.equal(await draft(), "just too late");
  });

  it("does not even empty the box when a submit is vetoed", async () => {
    await page.evaluate(() => { desks.one.rule.verdict = { kind: "blocked", reason: "window-expired", leaves: "no" }; });
    await box().fill("hello");
    await box().press("Enter");
    await settled();
    assert.deepEqual((await heard()).drafts, ["hello"]);
  });

  it("blocks when the engine fails", async () => {
    await page.evaluate(() => { desks.one.rule.crash = true; });
    await box().fill("hello");
    await box().press("Enter");
    await settled();
    assert.deepEqual(await posted(), []);
    assert.equal((await heard()).blocked[0].reason, "engine-failed");
  });

  const CONFIRMED = { conversation: "c1", sendId: "s1", reason: "window-unknown" };
  const confirm = () => page.evaluate((confirmed) => {
    const { adapter } = desks.one;
    const text = adapter.getDraft();
    adapter.setDraft("");
    try { adapter.sendText({ text, sendId: confirmed.sendId, confirmed }); } catch (error) { return error.code; }
  }, CONFIRMED);

  for (const [name, text, go] of ROUTES) {
    it(`${name}: in an unknown window is held and asked about, and leaves with the yes to it`, async () => {
      await page.evaluate(() => { desks.one.rule.verdict = { kind: "confirm", reason: "window-unknown", leaves: "with-confirmation" }; });
      await go();
      await settled();
      assert.deepEqual(await posted(), []);
      assert.equal(await draft(), text, "the text is kept");
      assert.deepEqual((await heard()).asked, [{ text, reason: "window-unknown" }]);
      assert.deepEqual((await heard()).blocked, []);

      assert.equal(await confirm(), "not-sent", "a yes that nobody gave");
      await page.evaluate(() => { desks.one.rule.confirmed = "s1"; });
      await page.evaluate((text) => desks.one.adapter.setDraft(text), text);
      assert.equal(await confirm(), undefined);
      await waitForPosts(1);
      const [{ channelData, text: sent }] = await posted();
      assert.equal(sent, text);
      assert.deepEqual(channelData.replyWindow, { kind: "text", sendId: "s1", confirmed: CONFIRMED });
    });
  }

  it("a text that is confirmed takes along the file that was held with it", async () => {
    await page.evaluate(() => {
      desks.one.rule.verdict = { kind: "confirm", reason: "window-unknown", leaves: "with-confirmation" };
      const blob = new File(["x"], "x.txt", { type: "text/plain" });
      desks.one.store.dispatch({ type: "WEB_CHAT/SEND_MESSAGE", payload: { attachments: [{ blob }], method: "keyboard", text: "see here" } });
    });
    await settled();
    assert.deepEqual(await posted(), []);
    await page.evaluate(() => { desks.one.rule.confirmed = "s1"; });
    assert.equal(await confirm(), undefined);
    await waitForPosts(1);
    assert.deepEqual((await posted()).map(({ text, attachments }) => [text, attachments]), [["see here", 1]]);
    assert.equal(await page.evaluate(() => desks.one.store.getState().sendBoxAttachments.length), 0, "and it is not left in the box");
  });

  it("what leaves with a tag only carries the tag", async () => {
    await page.evaluate(() => { desks.one.rule.verdict = { kind: "tagged", reason: "tag-allowed", leaves: "with-tag", tag: "human-agent" }; });
    await box().fill("hello");
    await box().press("Enter");
    await waitForPosts(1);
    const { sendId, ...rest } = (await posted())[0].channelData.replyWindow;
    assert.deepEqual(rest, { kind: "text", tag: "human-agent" });
    assert.equal(sendId, "send-1", "and the id of the send");
  });

  it("tells of the files in its box, and a text that was asked for takes them along", async () => {
    await page.evaluate(() => desks.one.store.dispatch({ type: "WEB_CHAT/SET_SEND_BOX_ATTACHMENTS", payload: { attachments: [{ blob: new File(["x"], "x.txt", { type: "text/plain" }) }] } }));
    assert.deepEqual((await heard()).files, [["x.txt"]]);
    await page.evaluate(() => desks.one.adapter.sendText({ text: "with it", sendId: "q1" }));
    await waitForPosts(1);
    assert.deepEqual((await posted()).map(({ text, attachments }) => [text, attachments]), [["with it", 1]]);
    assert.deepEqual((await heard()).files, [["x.txt"], []]);
  });

  it("lets typing indicators and events pass when closed, but nothing that it does not know", async () => {
    await page.evaluate(() => {
      const { store } = desks.one;
      desks.one.close();
      for (const type of ["typing", "event", "message", "messageReaction"]) store.dispatch({ type: "DIRECT_LINE/POST_ACTIVITY", meta: {}, payload: { activity: { type } } });
    });
    await waitForPosts(1);
    await settled();
    assert.deepEqual((await posted()).map(({ type }) => type), ["event"]);
    assert.equal((await heard()).blocked.length, 2);
  });

  it("sends its own templates when closed, and only its own", async () => {
    const receipt = await page.evaluate(() => {
      desks.one.close();
      return desks.one.adapter.send({ kind: "template", conversationId: "one", sendId: "s7", text: "Hello Ann", contentSid: "HX1", contentVariables: '{"1":"Ann"}', language: "en" });
    });
    assert.deepEqual(receipt, { id: "out-1", atMs: Date.UTC(2026, 0, 1) });
    const [sent] = await posted();
    assert.deepEqual(sent.channelData.replyWindow, { kind: "template", sendId: "s7", contentSid: "HX1", contentVariables: '{"1":"Ann"}', language: "en" });

    await dispatch("WEB_CHAT/SEND_MESSAGE", { text: "forged", method: "code", channelData: { replyWindow: { kind: "template", contentSid: "HX1" } } });
    await settled();
    assert.equal((await posted()).length, 1, "the mark cannot be forged");
  });

  it("tells why a template did not go", async () => {
    const code = (text) => page.evaluate((text) => desks.one.adapter.send({ kind: "template", conversationId: "one", text, contentSid: "HX1", language: "en" }).then(() => "sent", (error) => error.code ?? error.message), text);
    assert.equal(await code("refuse"), "the line refused");
    await page.evaluate(() => { desks.one.rule.template = { kind: "blocked", reason: "no-template", leaves: "no" }; });
    assert.equal(await code("hello"), "no-template");
    assert.deepEqual(await posted(), []);
  });

  it("gives each text an id, tells what became of it, and posts it again under the same, in the place of the bubble that failed", async () => {
    const retry = () => page.locator("#one .webchat__activity-status button");
    const bubbles = () => page.locator("#one .webchat__bubble .webchat__text-content").allTextContents();
    await page.evaluate(() => { desks.one.line.failing = { message: "no answer" }; });
    await box().fill("by hand");
    await box().press("Enter");
    await retry().waitFor();
    assert.deepEqual((await heard()).begun, [{ text: "by hand" }]);
    assert.deepEqual((await heard()).settled, [["send-1", "no answer"]]);
    await retry().click();
    await page.waitForFunction(() => desks.one.heard.settled.length === 2);
    assert.deepEqual((await heard()).begun[1], { text: "by hand", sendId: "send-1" });
    await retry().waitFor();
    assert.deepEqual(await bubbles(), ["by hand"], "one text, one bubble");
    await page.evaluate(() => { desks.one.line.failing = undefined; });
    await retry().click();
    await waitForPosts(1);
    await retry().waitFor({ state: "detached" });
    assert.deepEqual(await bubbles(), ["by hand"]);
    assert.deepEqual((await posted()).map(({ text, channelData }) => [text, channelData.replyWindow]), [["by hand", { kind: "text", sendId: "send-1" }]]);
    await page.waitForFunction(() => desks.one.heard.settled.length === 3);
    assert.deepEqual((await heard()).settled[2], ["send-1", "out-1"]);
  });

  it("does not post what is on its way or has arrived, and puts it into no box", async () => {
    await page.evaluate(() => { desks.one.line.failing = { message: "no answer" }; });
    await box().fill("by hand");
    await box().press("Enter");
    const retry = page.locator("#one .webchat__activity-status button");
    await retry.waitFor();
    await page.evaluate(() => { desks.one.line.failing = undefined; desks.one.rule.stopped = "already-sent"; });
    await retry.click();
    await page.waitForFunction(() => desks.one.heard.blocked.length === 1);
    await settled();
    assert.deepEqual((await heard()).blocked, [{ text: "", reason: "already-sent" }]);
    assert.deepEqual([await posted(), await draft()], [[], ""]);
  });

  it("leaves no bubble of a template that failed, and lets Web Chat post none again", async () => {
    const send = (text) => page.evaluate((text) => desks.one.adapter.send({ kind: "template", conversationId: "one", text, contentSid: "HX1", language: "en" }).then(() => "sent", ({ message }) => message), text);
    assert.equal(await send("refuse"), "the line refused");
    await settled();
    assert.equal(await page.locator("#one .webchat__bubble").count(), 0);
    assert.equal(await send("Hello Ann"), "sent");
    await page.locator("#one .webchat__bubble", { hasText: "Hello Ann" }).waitFor();
    await page.evaluate(() => {
      const [activity] = desks.one.store.getState().activities;
      desks.one.store.dispatch({ type: "DIRECT_LINE/POST_ACTIVITY", meta: { method: "keyboard" }, payload: { activity } });
    });
    await settled();
    assert.deepEqual((await heard()).blocked, [{ text: "", reason: "template-again" }]);
    assert.equal((await posted()).length, 1);
  });

  it("records the customer's messages, not the echo of its own, with the service's time", async () => {
    await box().fill("hello");
    await box().press("Enter");
    await waitForPosts(1);
    await page.evaluate(() => {
      const { line } = desks.one;
      const from = { id: "customer", role: "bot" };
      line.activity$.next({ type: "message", id: "in-1", from, text: "hi", timestamp: "2026-01-02T03:04:05.678Z" });
      line.activity$.next({ type: "message", id: "in-2", from, timestamp: "2026-01-02T03:04:06Z", attachments: [{ contentType: "image/png", contentUrl: "data:," }] });
      line.activity$.next({ type: "typing", id: "in-3", from });
      line.activity$.next({ type: "message", id: "in-4", from: { id: "x", role: "channel" }, text: "system" });
    });
    await page.waitForFunction(() => desks.one.heard.records.length >= 2);
    await settled();
    assert.deepEqual((await heard()).records, [
      { log: "customer", id: "in-1", kind: "text", receiptAtMs: Date.UTC(2026, 0, 2, 3, 4, 5, 678) },
      { log: "customer", id: "in-2", kind: "image", receiptAtMs: Date.UTC(2026, 0, 2, 3, 4, 6) },
    ]);
  });

  it("replaces the composer, moves the focus of who was typing, and gives everything back", async () => {
    await box().pressSequentially("half typed");
    await box().press("ArrowLeft");
    await page.evaluate(() => { desks.one.panelBefore = desks.one.panel.parentNode; desks.one.close(); });
    await box().waitFor({ state: "detached" });
    await page.waitForFunction(() => document.activeElement === desks.one.panel);
    assert.equal(await draft(), "half typed");

    await page.evaluate(() => { desks.one.render({ dir: "rtl", locale: "ar-SA" }); desks.one.render({ styleOptions: { accent: "red" } }); });
    await settled();
    assert.ok(await page.evaluate(() => desks.one.panel.isConnected && desks.one.panel.parentNode === desks.one.panelBefore), "one place, whatever is rendered");

    await page.evaluate(() => { desks.one.reopen(); desks.one.adapter.focusComposer(); });
    await page.waitForFunction(() => document.activeElement?.getAttribute("data-id") === "webchat-sendbox-input");
    assert.equal(await box().inputValue(), "half typed");
    assert.equal(await box().evaluate((element) => element.selectionStart), "half typed".length - 1, "the caret is where it was");
  });

  it("leaves the focus of who was not typing", async () => {
    await page.locator("#elsewhere").focus();
    await page.evaluate(() => desks.one.close());
    await box().waitFor({ state: "detached" });
    await settled();
    assert.equal(await page.evaluate(() => document.activeElement?.id), "elsewhere");
    await page.evaluate(() => { desks.one.reopen(); document.activeElement.blur(); });
    await box().waitFor();
    await page.evaluate(() => desks.one.close());
    await box().waitFor({ state: "detached" });
    await settled();
    assert.equal((await heard()).focused, 0, "nor is focus taken by who had none");
  });

  it("keeps caret and focus when the page is rendered again while open", async () => {
    await box().pressSequentially("abc");
    await page.evaluate(() => desks.one.render({ sendBoxMiddleware: [...desks.one.adapter.sendBoxMiddleware], styleOptions: { accent: "red" } }));
    await settled();
    assert.ok(await page.evaluate(() => desks.one.adapter.isTyping()));
    await page.keyboard.type("d");
    assert.equal(await draft(), "abcd");
  });

  /** From here on the page's time passes only when it is wound. */
  const stopClock = async () => {
    await page.clock.install({ time: "2026-11-23T10:00:00Z" });
    await page.clock.pauseAt("2026-11-23T10:01:00Z");
  };

  it("waits for a composition to end, however long it takes, and vetoes meanwhile", async () => {
    await box().focus();
    await stopClock();
    const compose = (type) => box().evaluate((element, type) => void element.dispatchEvent(new CompositionEvent(type, { bubbles: true })), type);
    await compose("compositionstart");
    await page.evaluate(() => desks.one.close());
    await page.clock.runFor(60_000);
    assert.equal(await box().count(), 1, "not under the agent's hands");
    await dispatch("WEB_CHAT/SEND_MESSAGE", { text: "sneaky", method: "keyboard" });
    assert.equal((await heard()).blocked.length, 1, "the veto does not wait");
    assert.deepEqual((await heard()).placed, []);
    await compose("compositionend");
    await page.clock.runFor(1);
    await box().waitFor({ state: "detached" });
    assert.deepEqual((await heard()).placed, ["closed"]);
  });

  const LINE = "I have looked into it and the parcel will be with you on Friday morning";
  /** Each way in which text comes into the box. @type {[string, (text: string) => Promise<void>][]} */
  const INPUTS = [
    ["typed", (text) => page.keyboard.type(text)],
    ["dictated", (text) => page.keyboard.insertText(text)],
  ];
  for (const [name, write] of INPUTS) {
    it(`loses nothing that is ${name} across the closing instant, and moves once nothing came for two seconds`, async () => {
      await box().focus();
      await stopClock();
      await write(LINE.slice(0, 28));
      await page.evaluate(() => desks.one.close());
      assert.equal(await page.evaluate(() => desks.one.asked), false, "not yet");
      for (let at = 28; at < LINE.length; at += 10) {
        await write(LINE.slice(at, at + 10));
        await page.clock.runFor(1_999);
      }
      assert.equal(await box().inputValue(), LINE);
      assert.equal(await box().evaluate((element) => element.selectionStart), LINE.length);
      await box().press("Enter");
      assert.deepEqual(await posted(), [], "sending is locked from the instant on");
      await page.keyboard.press("ArrowLeft");
      await page.clock.runFor(1_999);
      assert.equal(await box().count(), 1);
      await page.clock.runFor(1);
      await box().waitFor({ state: "detached" });
      assert.deepEqual((await heard()).placed, ["closed"]);
      assert.equal(await draft(), LINE);
      await page.clock.resume();
      await page.waitForFunction(() => document.activeElement === desks.one.panel);
      await page.evaluate(() => { desks.one.reopen(); desks.one.adapter.focusComposer(); });
      await page.waitForFunction(() => desks.one.adapter.isTyping());
      assert.equal(await box().inputValue(), LINE);
      assert.equal(await box().evaluate((element) => element.selectionStart), LINE.length - 1, "the caret is where it was");
    });
  }

  it("stays where it is if the window opens again before the hands are off", async () => {
    await box().focus();
    await stopClock();
    await page.keyboard.type("half ");
    await page.evaluate(() => desks.one.close());
    await page.keyboard.type("typed");
    await page.evaluate(() => desks.one.reopen());
    await page.clock.runFor(60_000);
    assert.equal(await box().inputValue(), "half typed");
    assert.ok(await page.evaluate(() => desks.one.adapter.isTyping()));
    assert.deepEqual((await heard()).placed, []);
  });

  it("does not wait for a key whose release is never told: macOS tells of none while Meta is held, and any may get lost", async () => {
    const key = (type, init) => box().evaluate((element, [type, init]) => void element.dispatchEvent(new KeyboardEvent(type, { bubbles: true, composed: true, ...init })), [type, init]);
    await box().focus();
    await stopClock();
    await key("keydown", { key: "Meta", code: "MetaLeft", metaKey: true });
    await key("keydown", { key: "c", code: "KeyC", metaKey: true });
    await page.evaluate(() => desks.one.close());
    await page.clock.runFor(2_000);
    assert.equal(await box().count(), 1, "Meta is held");
    await key("keyup", { key: "Meta", code: "MetaLeft" });
    await page.clock.runFor(1);
    await box().waitFor({ state: "detached" });

    await page.evaluate(() => { desks.one.reopen(); desks.one.adapter.focusComposer(); });
    await box().waitFor();
    await key("keydown", { key: "v", code: "KeyV" });
    await page.evaluate(() => desks.one.close());
    await page.clock.runFor(9_999);
    assert.equal(await box().count(), 1, "it may be held");
    await page.clock.runFor(1);
    await box().waitFor({ state: "detached" });
  });

  it("waits for the key that is down", async () => {
    await box().focus();
    await page.keyboard.down("a");
    await page.evaluate(() => desks.one.close());
    await settled();
    assert.equal(await box().count(), 1);
    await page.keyboard.up("a");
    await box().waitFor({ state: "detached" });
    assert.equal(await draft(), "a");
  });

  it("mirrors the draft both ways", async () => {
    await box().pressSequentially("ab");
    assert.deepEqual((await heard()).drafts, ["a", "ab"]);
    await page.evaluate(() => desks.one.adapter.setDraft("from the host"));
    assert.equal(await box().inputValue(), "from the host");
    assert.equal(await page.evaluate(() => desks.one.adapter.getDraft()), "from the host");
    assert.deepEqual((await heard()).drafts, ["a", "ab"], "no echo");
  });

  it("is as if it were not there once disconnected", async () => {
    await page.evaluate(() => { desks.one.close(); desks.one.disconnect(); });
    await box().waitFor();
    assert.equal(await page.evaluate(() => desks.one.panel.isConnected), false);
    await box().fill("free");
    await box().press("Enter");
    await waitForPosts(1);
    assert.deepEqual(await texts(), ["free"]);
    await page.evaluate(() => { desks.one.connect(); desks.one.close(); });
    await box().waitFor({ state: "detached" });
  });

  it("serves two Web Chats apart", async () => {
    await page.evaluate(() => window.open_("two"));
    await box("two").waitFor();
    await page.evaluate(() => desks.one.close());
    await box("one").waitFor({ state: "detached" });
    await box("two").fill("still open");
    await box("two").press("Enter");
    await page.waitForFunction(() => desks.two.posted.length === 1);
    assert.deepEqual(await page.evaluate(() => desks.one.heard.judged), []);
  });
});
