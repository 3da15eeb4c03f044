// A page that writes and sends in the very task in which the customer's box appears, over every way in which the frames of Dynamics
// change. While the window is closed nothing leaves; the same page over an open window does send, or the test would prove nothing.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { launchBrowser } from "../support/browser.mjs";
import { Workspace } from "../support/workspace.mjs";
import { withDemo } from "../support/with-demo.mjs";

let browser;
before(async () => (browser = await launchBrowser()));
after(() => browser?.close());

/** In each document of the conversation control, before anything of Dynamics. */
function hostile() {
  const attack = () => {
    const box = document.querySelector('.chats > .customer [data-id="webchat-sendbox-input"]');
    if (!box || !top.attacks) return;
    top.attacks.count += 1;
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), "value").set.call(box, `attack ${top.attacks.count}`);
    box.dispatchEvent(new Event("input", { bubbles: true }));
    for (const type of ["keydown", "keypress"]) box.dispatchEvent(new KeyboardEvent(type, { key: "Enter", bubbles: true, cancelable: true }));
    box.closest("form")?.requestSubmit();
    document.querySelector(".chats > .customer .webchat__send-button")?.click();
  };
  let known;
  new MutationObserver(() => {
    const box = document.querySelector('.chats > .customer [data-id="webchat-sendbox-input"]');
    if (box === known) return;
    known = box;
    if (!box) return;
    attack();
    for (let turn = 1; turn <= 8; turn += 1) setTimeout(attack, turn * 90);
  }).observe(document, { childList: true, subtree: true });
}

const inner = `window.workspace.frame.contentDocument.querySelector("iframe")`;
/** Each in the outer page. @type {Record<string, string>} */
const CHANGES = {
  "the inner frame reloads": `${inner}.contentWindow.location.reload()`,
  "the inner frame gets another address": `${inner}.src += "&again=1"`,
  "the inner frame is replaced": `(() => { const frame = ${inner}; const next = frame.cloneNode(); frame.replaceWith(next); })()`,
  "the outer frame reloads": `window.workspace.frame.contentWindow.location.reload()`,
  "the outer frame is replaced": `(() => { const frame = window.workspace.frame; const next = frame.cloneNode(); window.workspace.frame = next; frame.replaceWith(next); })()`,
  "the inner document is opened anew": `(async () => {
    const { document } = ${inner}.contentWindow;
    const markup = (await (await fetch(document.URL)).text()).replace("chat-control.js", "chat-control.js?again");
    document.open();
    document.write(markup);
    document.close();
  })()`,
  "the chat gets another parent": `(() => { const { document } = ${inner}.contentWindow; const box = document.querySelector(".chats > .customer"); const all = box.parentNode; const next = all.cloneNode(); box.remove(); all.replaceWith(next); setTimeout(() => next.prepend(box)); })()`,
  "the chat is drawn anew": `(() => { const { document } = ${inner}.contentWindow; const box = document.querySelector(".chats > .customer"); const all = box.parentNode; all.removeChild(box); setTimeout(() => all.prepend(box)); })()`,
};

/** @param {Workspace} desk */
const attacks = (desk) => desk.page.evaluate(() => window.attacks.count);

/** Until the page has attacked and all of it is over. @param {Workspace} desk @param {number} before */
async function attacked(desk, before) {
  await desk.page.waitForFunction((before) => window.attacks.count > before, before);
  await desk.page.waitForFunction(() => new Promise((resolve) => {
    const { count } = window.attacks;
    setTimeout(() => resolve(window.attacks.count === count), 600);
  }));
}

/** @param {string} title @param {(desk: Workspace) => Promise<void>} work */
const withHostilePage = (title, settings, work, more = {}) => withDemo(Workspace, browser, { ...more, title, settings, withinControl: hostile, overlook: /./ }, async (desk) => {
  await desk.page.evaluate(() => void (window.attacks = { count: 0 }));
  await work(desk);
});

describe("a hostile page over changes of the frames", () => {
  for (const [name, change] of Object.entries(CHANGES)) {
    it(`${name}: nothing leaves a closed window`, () => withHostilePage("ليلى حداد", `{}`, async (desk) => {
      await desk.phase("closed");
      const before = await desk.freeTexts();
      await desk.page.evaluate(change);
      await attacked(desk, 0);
      assert.ok((await attacks(desk)) >= 1);
      assert.deepEqual(await desk.freeTexts(), before);
    }));
  }

  it("in Arabic, where titles are translated: nothing leaves a closed window after a reload", () => withHostilePage("ليلى حداد", `{}`, async (desk) => {
    await desk.phase("closed");
    assert.equal(await desk.frame.locator(".chats > .customer .webchat__send-button").getAttribute("title") !== "Send", true, "no title is the English one");
    await desk.page.evaluate(CHANGES["the inner frame reloads"]);
    await attacked(desk, 0);
    assert.deepEqual(await desk.freeTexts(), []);
  }, { lang: "ar" }));

  for (const [how, answerMs] of /** @type {const} */ ([["", 0], [", where Dynamics takes its time to say which it is", 400]])) it(`another session in the same place: what is sent while it is drawn does not reach the closed window${how}`, () => withHostilePage("Amelia Brown (2)", `{}`, async (desk) => {
    await desk.phase("open");
    const layla = desk.conversation("ليلى حداد");
    const attack = (text, turns) => desk.inside(([text, turns]) => new Promise((resolve) => {
      let turn = 0;
      const timer = setInterval(() => {
        const box = document.querySelector('.chats > .customer [data-id="webchat-sendbox-input"]');
        turn += 1;
        Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), "value").set.call(box, `${text} ${turn}`);
        box.dispatchEvent(new Event("input", { bubbles: true }));
        document.querySelector(".chats > .customer .webchat__send-button").click();
        if (turn === turns) resolve(clearInterval(timer));
      }, 20);
    }), [text, turns]);
    await attack("before", 3);
    await desk.logged("before 1");
    await desk.page.evaluate(([id, ms]) => {
      const { Omnichannel } = window.Microsoft;
      const ask = Omnichannel.getConversationId.bind(Omnichannel);
      if (ms > 0) Omnichannel.getConversationId = () => new Promise((resolve) => setTimeout(() => resolve(ask()), ms));
      window.workspace.focus(id);
    }, [layla.id, answerMs]);
    await attack("during", 60);
    await desk.phase("closed");
    const reached = (await desk.log()).filter(({ to, freeForm }) => freeForm && to === layla.address);
    assert.deepEqual(reached, []);
  }));

  it("and an open window lets the same page send", () => withHostilePage("Amelia Brown (2)", `{}`, async (desk) => {
    await desk.phase("open");
    await desk.inside(() => {
      const all = document.querySelector(".chats");
      const box = all.querySelector(".customer");
      top.attacks.count = 100;
      const field = box.querySelector('[data-id="webchat-sendbox-input"]');
      Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value").set.call(field, "attack 101");
      field.dispatchEvent(new Event("input", { bubbles: true }));
      setTimeout(() => document.querySelector(".chats > .customer .webchat__send-button").click(), 100);
    });
    await desk.logged("attack 101");
  }));
});
