// What an update of Dynamics, an administrator's mistake or a bad moment can change: the page names it, and where the box cannot be locked any
// more the script accompanies.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { launchBrowser } from "../support/browser.mjs";
import { HOUR, Workspace } from "../support/workspace.mjs";
import { withDemo } from "../support/with-demo.mjs";

let browser;
before(async () => (browser = await launchBrowser()));
after(() => browser?.close());

const LAYLA = "ليلى حداد";
const AMELIA = "Amelia Brown (2)";
// What the stand-in refuses the browser notes as well.
const inWorkspace = (options, work, prepare) => withDemo(Workspace, browser, { ...options, prepare, overlook: /Failed to load resource/ }, work);
/** @param {Workspace} desk */
const dockOf = (desk) => desk.page.locator("[data-reply-window=dock]");
/** @param {Workspace} desk */
const byCode = (desk) => desk.page.evaluate(() => window.Microsoft.Omnichannel.sendMessageToConversation("by code", false).then(() => "sent", ({ code }) => code));
/** @param {Workspace} desk */
const isInert = (desk) => desk.page.evaluate(() => [...document.querySelectorAll("iframe")].flatMap((frame) => [frame, ...(frame.contentDocument?.querySelectorAll("iframe") ?? [])]).some(({ inert }) => inert));
/** @param {Workspace} desk @param {string} text */
const send = async (desk, text) => {
  await desk.frame.locator(".chats > .customer textarea").click();
  await desk.page.keyboard.type(text);
  await desk.page.keyboard.press("Enter");
};

/** In the control: nothing that the script looks for has its name any more. */
function renamed() {
  const rename = () => {
    for (const box of document.querySelectorAll('[data-id="webchat-sendbox-input"]')) box.dataset.id = "message-input";
    for (const one of document.querySelectorAll("[class~='webchat__basic-transcript']")) one.classList.replace("webchat__basic-transcript", "chat__transcript");
  };
  new MutationObserver(rename).observe(document, { childList: true, subtree: true });
}

describe("after an update that renamed what the script looks for", () => {
  it("the window is shown over the page, and it says that the box is not locked and why", () => inWorkspace({ title: LAYLA, isReady: false, withinControl: renamed }, async (desk) => {
    await desk.started();
    await dockOf(desk).locator('reply-window[phase="closed"]').waitFor();
    await dockOf(desk).locator("[slot=footer]", { hasText: "the customer’s box was not found" }).waitFor();
    const { mode, steps } = await desk.report();
    assert.equal(mode, "companion");
    assert.equal(steps.find(({ name }) => name === "customer's box").isDone, false);
    await dockOf(desk).locator("[role=option]").first().waitFor();
    assert.deepEqual(await dockOf(desk).evaluate((dock) => [dock.scrollHeight <= dock.clientHeight + 1, dock.querySelector("[slot=footer]").getBoundingClientRect().bottom <= innerHeight]), [true, true], "all of it is in sight");
    assert.equal(await isInert(desk), false);
    assert.equal(await byCode(desk), "send-blocked", "what can be held is held");
    await send(desk, "Dynamics’ own box");
    await desk.logged("Dynamics’ own box");
  }));

  it("with `block` the control is held while the window is closed, until the agent lifts it", () => inWorkspace({ title: LAYLA, isReady: false, withinControl: renamed, lang: "ar", settings: '{ unknown: "block" }' }, async (desk) => {
    await desk.started();
    await dockOf(desk).locator("[slot=footer]", { hasText: "لم يُعثر على مربع العميل" }).waitFor();
    await dockOf(desk).locator('reply-window[phase="closed"]').waitFor();
    assert.equal(await isInert(desk), true);
    await dockOf(desk).locator("button", { hasText: "رغم ذلك" }).click();
    assert.equal(await isInert(desk), false);
  }));
});

describe("Dynamics’ own objects", () => {
  it("that come after the script are guarded and listened to; until then free text is asked about, and the page says why", () => inWorkspace({ title: LAYLA, isReady: false, query: { "reply-window": "none" } }, async (desk) => {
    await desk.chatReady();
    await desk.page.evaluate(async () => {
      window.later = window.Microsoft;
      delete window.Microsoft;
      for (const src of ["/dynamics/settings.js", "/www/dist/reply-window.dynamics.js"]) await new Promise((onload) => document.head.append(Object.assign(document.createElement("script"), { src, onload })));
    });
    await desk.started();
    await desk.panel.locator("[slot=footer]", { hasText: "Dynamics’ own objects were not found" }).waitFor();
    await send(desk, "to whom?");
    await desk.panel.locator(".question").waitFor();
    const undone = async () => (await desk.report()).steps.filter(({ isDone }) => !isDone).map(({ name }) => name);
    assert.deepEqual(await undone(), ["Microsoft.Omnichannel", "session events", "sendMessageToConversation guarded", "conversation"]);
    await desk.page.evaluate(() => void (window.Microsoft = window.later));
    await desk.phase("closed");
    assert.deepEqual(await undone(), []);
    assert.equal(await byCode(desk), "send-blocked");
    assert.deepEqual(await desk.freeTexts(), []);
  }));

  it("that are replaced are guarded anew, and nobody is wrapped without end", () => inWorkspace({ title: LAYLA }, async (desk) => {
    await desk.phase("closed");
    const replace = () => desk.page.evaluate(() => void (window.Microsoft.Omnichannel.sendMessageToConversation = async (text, toSendBox = true, id = window.workspace.workspace.focused) => (toSendBox ? undefined : window.workspace.workspace.send(text, id))));
    for (let turn = 0; turn < 3; turn += 1) {
      await replace();
      await desk.page.waitForFunction(() => window.desk.report.steps.find(({ name }) => name === "sendMessageToConversation guarded").isDone);
      assert.equal(await byCode(desk), "send-blocked");
    }
    assert.deepEqual(await desk.freeTexts(), []);
  }));
});

describe("in the frame of a form", () => {
  /** A form loads its libraries in a frame of its own. @param {Workspace} desk @param {string} id */
  const openForm = (desk, id) => desk.page.evaluate(async (id) => {
    const form = document.body.appendChild(Object.assign(document.createElement("iframe"), { id, hidden: true }));
    form.contentWindow.replyWindowDynamics = window.given;
    for (const src of ["/dynamics/settings.js", "/www/dist/reply-window.dynamics.js"]) {
      await new Promise((onload) => form.contentDocument.head.append(Object.assign(form.contentDocument.createElement("script"), { src, onload })));
    }
    return (await form.contentWindow.replyWindow).desk !== undefined;
  }, id);

  it("the script locks; when the form closes everything is given back, and the copy of another form goes on", () => inWorkspace({ title: LAYLA, isReady: false, query: { "reply-window": "none" } }, async (desk) => {
    await desk.chatReady();
    await desk.page.evaluate(() => void (window.given = { now: () => window.demoNow() }));
    assert.equal(await openForm(desk, "one"), true);
    await desk.phase("closed");
    await desk.box.waitFor({ state: "hidden" });
    await desk.panel.locator("[role=option]").first().waitFor();
    assert.equal(await byCode(desk), "send-blocked");
    await desk.page.evaluate(() => document.querySelector("#one").remove());
    await desk.box.waitFor({ state: "visible" });
    assert.equal(await desk.panel.count(), 0);
    assert.deepEqual(await desk.inside(() => [...document.querySelectorAll(".chats > .customer [class*='webchat__send-box']")].filter(({ style }) => style.display || style.cssText.includes("!important")).length), 0);
    await send(desk, "without a form");
    await desk.logged("without a form");
    assert.equal(await byCode(desk), "sent");

    assert.equal(await openForm(desk, "two"), true);
    await desk.phase("closed");
    assert.equal(await openForm(desk, "three"), false, "one at a time");
    await desk.page.evaluate(() => document.querySelector("#two").remove());
    await desk.page.waitForFunction(async () => (await (await document.querySelector("#three").contentWindow.replyWindow).later) !== undefined);
    await desk.phase("closed");
    await desk.box.waitFor({ state: "hidden" });
    assert.equal(await desk.panel.count(), 1);
    assert.equal(await byCode(desk), "send-blocked");
    assert.deepEqual(await desk.freeTexts(), ["without a form", "by code"]);
  }));
});

describe("without an engine", () => {
  /** @param {object} options @param {(desk: Workspace) => Promise<void>} work */
  const withoutEngine = (options, work) => withDemo(Workspace, browser, {
    title: LAYLA, query: { policy: "strict" }, isReady: false, overlook: /./, prepareContext: (context) => context.route("**/reply-window.nowasm.js", (route) => route.abort()), ...options,
  }, work);

  it("the box is left, and the page says that it is not guarded", () => withoutEngine({}, async (desk) => {
    await desk.chatReady();
    await desk.started();
    await desk.panel.locator("[slot=footer]", { hasText: "is not guarded" }).waitFor();
    assert.equal((await desk.report()).mode, "unguarded");
    await send(desk, "as if it were not there");
    await desk.logged("as if it were not there");
    assert.equal(await byCode(desk), "sent");
  }));

  it("with `block` nothing leaves, and the page says so", () => withoutEngine({ settings: '{ unknown: "block" }' }, async (desk) => {
    await desk.chatReady();
    await desk.started();
    await desk.panel.locator("[slot=footer]", { hasText: "free text is held then" }).waitFor();
    assert.equal((await desk.report()).mode, "held");
    await desk.box.evaluate((box) => {
      Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), "value").set.call(box, "held");
      box.dispatchEvent(new Event("input", { bubbles: true }));
      for (const type of ["keydown", "keypress"]) box.dispatchEvent(new KeyboardEvent(type, { key: "Enter", bubbles: true, cancelable: true }));
    });
    assert.equal(await byCode(desk), "send-blocked");
    await desk.sendButton.evaluate((button) => button.click());
    assert.deepEqual(await desk.freeTexts(), []);
  }));
});

describe("settings with mistakes in them", () => {
  it("are left out and named; the lock stands", () => {
    const settings = `{ unknown: "blocked", locale: "en_US", templates: "all", templatesUrl: 7, gates: ["#macro", "###"], service: { url: "windows.example.com" }, outbound: {}, secondLock: "yes" }`;
    return inWorkspace({ title: LAYLA, settings }, async (desk) => {
      await desk.phase("closed");
      await desk.box.waitFor({ state: "hidden" });
      assert.deepEqual(await desk.page.evaluate(async () => (await window.replyWindow).wrong.sort()), ["gates", "locale", "outbound", "secondLock", "service", "templates", "templatesUrl", "unknown"]);
      assert.equal(await byCode(desk), "send-blocked");
      assert.deepEqual(await desk.freeTexts(), []);
    });
  });
});

describe("a bad moment", () => {
  it("offline: what is known stays, with a code, and the lock comes at its time", () => inWorkspace({ title: AMELIA }, async (desk) => {
    await desk.phase("open");
    await desk.context.setOffline(true);
    await desk.read();
    await desk.panel.locator("[slot=footer]", { hasText: "dataverse-offline" }).waitFor();
    await desk.phase("open");
    const { status } = await desk.snapshot();
    await desk.page.evaluate((ms) => void (window.workspace.offsetMs += ms), status.closesAtMs - (await desk.snapshot()).nowAtMs);
    await desk.page.evaluate(() => void window.desk.evaluate());
    await desk.phase("closed");
    await desk.box.waitFor({ state: "hidden" });
    await desk.context.setOffline(false);
    desk.complaints = desk.complaints.filter((text) => !/ERR_INTERNET_DISCONNECTED|Failed to fetch/.test(text));
  }));

  it("`document.open()` in the control takes the listeners away, and they are there again before its box is", () => inWorkspace({ title: LAYLA }, async (desk) => {
    await desk.phase("closed");
    await desk.openAnew();
    await desk.box.waitFor({ state: "attached" });
    await desk.inside(() => {
      const box = document.querySelector('.chats > .customer [data-id="webchat-sendbox-input"]');
      Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), "value").set.call(box, "after open");
      box.dispatchEvent(new Event("input", { bubbles: true }));
      for (const type of ["keydown", "keypress"]) box.dispatchEvent(new KeyboardEvent(type, { key: "Enter", bubbles: true, cancelable: true }));
      document.querySelector(".chats > .customer .webchat__send-button").click();
    });
    await desk.phase("closed");
    await desk.box.waitFor({ state: "hidden" });
    assert.deepEqual(await desk.freeTexts(), []);
  }));

  it("the session is closed in the middle of a send: the outcome is told where it belongs, once", () => inWorkspace({ title: LAYLA, settings: `{
    templates: [{ id: "HX1", source: "twilio", name: "hello", language: "ar", category: "utility", status: "approved", type: "twilio/text", types: ["twilio/text"], body: { text: "Hello", placeholders: [] }, buttons: [], cards: [], variables: [] }],
    templatesUrl: undefined, sendUrl: undefined,
    send: () => new Promise((resolve) => (globalThis.answer = () => resolve({ id: "SM00000000000000000000000000000001" }))),
  }` }, async (desk) => {
    await desk.phase("closed");
    await desk.page.evaluate(async () => {
      const { controller } = window.desk;
      window.outcome = controller.sendTemplate(controller.snapshot.templates.items[0].template, {}).then(() => "sent", ({ code }) => code);
    });
    await desk.page.waitForFunction(() => window.answer);
    await desk.page.evaluate(() => window.workspace.close());
    await desk.page.waitForFunction(() => !window.desk.report.steps.find(({ name }) => name === "conversation").isDone);
    assert.equal(await byCode(desk), "send-blocked", "of no conversation in focus nothing is known");
    await desk.page.evaluate(() => window.answer());
    assert.equal(await desk.page.evaluate(() => window.outcome), "sent");
    await desk.focus(LAYLA);
    await desk.phase("closed");
    assert.equal((await desk.snapshot()).sending, false);
    assert.equal((await desk.snapshot()).error, undefined);
    assert.deepEqual(await desk.freeTexts(), []);
  }));
});

describe("the second lock", () => {
  /** The customer's chat posts by itself, without any event. @param {Workspace} desk @param {string} text */
  const post = (desk, text) => desk.inside((text) => new Promise((resolve) => {
    window.chatControl.line.directLine.postActivity({ type: "message", text, from: { id: "agent", role: "user" } }).subscribe({ next: () => resolve("sent"), error: ({ code }) => resolve(code) });
  }), text);

  it("holds what Web Chat posts by itself while the window is closed, and leaves the consult's line alone", () => inWorkspace({ title: AMELIA, settings: "{ secondLock: true }" }, async (desk) => {
    await desk.phase("open");
    const step = async () => (await desk.report()).steps.find(({ name }) => name === "second lock");
    await desk.page.waitForFunction(() => window.desk.report.steps.find(({ name }) => name === "second lock").isDone);
    assert.equal(await post(desk, "while open"), "sent");
    await desk.pass(25 * HOUR);
    await desk.phase("closed");
    assert.equal(await post(desk, "while closed"), "send-blocked");
    await desk.inside(() => void window.chatControl.consult());
    await desk.consultBox.click();
    await desk.page.keyboard.type("among us");
    await desk.page.keyboard.press("Enter");
    await desk.page.waitForFunction(async () => (await (await fetch("/stand-in/log")).json()).entries.some(({ kind, text }) => kind === "own-message" && text === "among us"));
    assert.deepEqual(await step(), { name: "second lock", isDone: true });
    assert.deepEqual(await desk.freeTexts(), ["while open"]);
    await desk.page.evaluate(() => window.desk.end());
    assert.equal(await post(desk, "given back"), "sent");
  }));

  it("is not there unless it was asked for", () => inWorkspace({ title: LAYLA }, async (desk) => {
    await desk.phase("closed");
    assert.equal((await desk.report()).steps.some(({ name }) => name === "second lock"), false);
    assert.equal(await post(desk, "by itself"), "sent");
  }));
});
