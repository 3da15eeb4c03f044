// What an agent, Dynamics or its page may do that once let free text out, lost a text or left the panel dead.

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
const inWorkspace = (options, work) => withDemo(Workspace, browser, { overlook: /Failed to load resource/, ...options }, work);
const INNER = 'document.querySelector("#SidePanelIFrame").contentDocument.querySelector("iframe")';

/** A key without a name, as a remote desktop may send it. @param {Workspace} desk @param {string} text */
const namelessEnter = (desk, text) => desk.inside((text) => {
  const box = document.querySelector('.chats > .customer [data-id="webchat-sendbox-input"]');
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), "value").set.call(box, text);
  box.dispatchEvent(new Event("input", { bubbles: true }));
  for (const key of ["", "Unidentified"]) for (const type of ["keydown", "keypress"]) box.dispatchEvent(new KeyboardEvent(type, { key, keyCode: 13, charCode: type === "keypress" ? 13 : 0, bubbles: true, cancelable: true }));
}, text);

describe("a key without a name", () => {
  it("sends while open, and is held when closed", () => inWorkspace({ title: AMELIA }, async (desk) => {
    await desk.phase("open");
    await namelessEnter(desk, "while open");
    await desk.logged("while open");
    const before = await desk.freeTexts();
    await desk.pass(25 * HOUR);
    await desk.phase("closed");
    await desk.box.waitFor({ state: "hidden" });
    await namelessEnter(desk, "while closed");
    await desk.page.waitForFunction(() => window.desk.snapshot.draft === "while closed");
    assert.deepEqual(await desk.freeTexts(), before);
  }));
});

describe("the panel lives on", () => {
  /** @param {Workspace} desk */
  const answers = async (desk) => {
    await desk.pass(25 * HOUR);
    await desk.phase("closed");
    await desk.box.waitFor({ state: "hidden" });
    await desk.panel.locator("[role=combobox]").fill("case answer");
    await desk.panel.locator("[role=option]").filter({ hasText: "case_answer" }).first().click();
    await desk.panel.locator("form textarea").first().waitFor();
    await desk.customerWrites("amelia", "I am here");
    await desk.read();
    await desk.phase("open");
  };

  it("where the control's frame reloads", () => inWorkspace({ title: AMELIA }, async (desk) => {
    await desk.phase("open");
    await desk.page.evaluate(`${INNER}.contentWindow.gone = true; ${INNER}.contentWindow.location.reload()`);
    await desk.page.waitForFunction(`!${INNER}?.contentWindow.gone`);
    await desk.ready();
    await answers(desk);
  }));

  it("where the control's document is opened anew", () => inWorkspace({ title: AMELIA }, async (desk) => {
    await desk.phase("open");
    await desk.openAnew();
    await desk.ready();
    await desk.panel.waitFor();
    await answers(desk);
  }));

  it("where Dynamics' page undoes at once what hides the box, and the page stays at hand", () => inWorkspace({ title: AMELIA }, async (desk) => {
    await desk.phase("open");
    await desk.inside(() => {
      window.undone = 0;
      const box = document.querySelector(".chats > .customer .webchat__send-box");
      const observer = new MutationObserver(() => {
        if ((window.undone += 1) > 100_000) return observer.disconnect(); // this is a hang
        box.style.removeProperty("display");
      });
      observer.observe(box, { attributes: true });
    });
    await desk.pass(25 * HOUR);
    await desk.phase("closed");
    await desk.page.waitForFunction(() => new Promise((resolve) => setTimeout(resolve, 0, true)));
    assert.ok(await desk.inside(() => window.undone) < 10_000);
    await namelessEnter(desk, "the gate is the lock");
    assert.deepEqual(await desk.freeTexts(), []);
  }));
});

describe("whose window", () => {
  it("what the customer wrote to another number of ours opens nothing here", () => inWorkspace({
    title: "Amelia, at our second number", isReady: false, prepare: ({ omnichannel }) => {
      const known = omnichannel.conversations.find(({ title }) => title === AMELIA);
      omnichannel.conversations.push({ ...known, id: "11111111-1111-4111-8111-111111111111", title: "Amelia, at our second number", business: "+12025550143", fromMs: -Infinity });
    },
  }, async (desk) => {
    await desk.ready();
    await desk.read();
    await desk.phase("unknown");
    await desk.focus(AMELIA);
    await desk.phase("open");
  }));

  it("a send by code to a closed conversation that is not in focus is held, to an open one it leaves", () => inWorkspace({ title: LAYLA }, async (desk) => {
    await desk.phase("closed");
    await desk.focus(AMELIA);
    await desk.phase("open");
    const byCode = (title) => desk.page.evaluate((id) => window.Microsoft.Omnichannel.sendMessageToConversation("by code", false, id).then(() => "sent", ({ code }) => code), desk.conversation(title).id);
    assert.equal(await byCode(LAYLA), "send-blocked");
    await desk.focus(LAYLA);
    await desk.phase("closed");
    assert.equal(await byCode(AMELIA), "sent");
  }));
});

describe("a text that is kept", () => {
  it("is not lost to a quick reply", () => inWorkspace({ title: LAYLA }, async (desk) => {
    await desk.phase("closed");
    await desk.page.evaluate(() => window.desk.controller.setDraft("my own text"));
    await desk.panel.locator("button", { hasText: "/q" }).click();
    await desk.frame.locator(".menu button").waitFor();
    await desk.box.press("Enter");
    await desk.page.waitForFunction(() => /^my own text\n./.test(window.desk.snapshot.draft));
    await desk.box.waitFor({ state: "hidden" });
    assert.deepEqual(await desk.freeTexts(), []);
  }));
});

describe("another origin", () => {
  it("is told from a script that comes after the control, and held as a whole where the unknown is", () => inWorkspace({
    title: LAYLA, isReady: false, query: { "reply-window": "none", origin: "other" }, settings: '{ unknown: "block" }',
  }, async (desk) => {
    await desk.page.waitForFunction(`(() => { try { return ${INNER}.contentDocument === null; } catch { return true; } })()`);
    await desk.page.evaluate(async () => {
      for (const src of ["/dynamics/settings.js", "/www/dist/reply-window.dynamics.js"]) await new Promise((onload) => document.head.append(Object.assign(document.createElement("script"), { src, onload })));
    });
    await desk.started();
    await desk.page.waitForFunction(() => window.desk.report.reason === "step.other-origin");
    await desk.page.waitForFunction(() => [...document.querySelectorAll("iframe")].flatMap((frame) => [frame, ...(frame.contentDocument?.querySelectorAll("iframe") ?? [])]).some(({ inert }) => inert));
  }));
});
