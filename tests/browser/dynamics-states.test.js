// What Dynamics may lack, refuse or do twice: a defined answer each, named in the report, and nothing of a message in a log.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { launchBrowser } from "../support/browser.mjs";
import { HOUR, Workspace } from "../support/workspace.mjs";
import { withDemo } from "../support/with-demo.mjs";

let browser;
before(async () => (browser = await launchBrowser()));
after(() => browser?.close());

/** A demo for several pages, each of a person of its own. @param {object} options @param {(desk: Workspace, demo: any) => Promise<void>} work @param {(demo: any) => void} [prepare] */
// What the stand-in refuses the browser notes as well.
const inWorkspace = (options, work, prepare) => withDemo(Workspace, browser, { ...options, prepare, overlook: /Failed to load resource/ }, work);

const AMELIA = "Amelia Brown (2)";
const LAYLA = "ليلى حداد";
const fault = (...pairs) => ({ omnichannel }) => pairs.forEach(([table, name]) => omnichannel.dataverse.faults.set(table, name));
/** @param {Workspace} desk */
const codes = async (desk) => (await desk.report()).steps.filter(({ isDone, detail }) => !isDone && detail).map(({ name, detail }) => `${name} ${detail}`);
/** @param {Workspace} desk @param {string} text */
const send = async (desk, text) => {
  await desk.box.click();
  await desk.page.keyboard.type(text);
  await desk.page.keyboard.press("Enter");
};

describe("what Dataverse does not give", () => {
  it("the transcript alone is missing: blocks say when, and that this is the latest known message", () => inWorkspace({ title: LAYLA }, async (desk) => {
    await desk.phase("closed");
    assert.match((await desk.snapshot()).status.decidedBy.id, /^block:/);
    await desk.panel.locator("[slot=footer]", { hasText: "latest message that is known" }).waitFor();
    assert.deepEqual(await codes(desk), ["msdyn_commontranscriptmessage dataverse-table-missing"]);
  }, fault(["msdyn_commontranscriptmessages", "missing"])));

  it("blocks alone may not be read: the transcript is exact, and says nothing of the kind", () => inWorkspace({ title: LAYLA }, async (desk) => {
    await desk.phase("closed");
    assert.match((await desk.snapshot()).status.decidedBy.id, /^dataverse:/);
    assert.deepEqual(await codes(desk), ["msdyn_conversationmessageblock dataverse-forbidden"]);
    assert.doesNotMatch(await desk.panel.locator("[slot=footer]").innerText(), /latest message that is known/);
  }, fault(["msdyn_conversationmessageblocks", "forbidden"])));

  it("neither: nothing is known, and free text is asked about", () => inWorkspace({ title: LAYLA }, async (desk) => {
    await desk.phase("unknown");
    await send(desk, "ungewiss");
    await desk.panel.locator(".question").waitFor();
    assert.deepEqual(await desk.freeTexts(), []);
    assert.equal((await codes(desk)).length, 2);
  }, fault(["msdyn_commontranscriptmessages", "forbidden"], ["msdyn_conversationmessageblocks", "missing"])));

  it("too many requests: nobody asks again for a while, and what is known stays", () => inWorkspace({ title: AMELIA }, async (desk, demo) => {
    await desk.phase("open");
    demo.omnichannel.dataverse.faults.set("*", "busy-at-once");
    await desk.read();
    const { requests } = demo.omnichannel.dataverse;
    const before = requests.length;
    await desk.read();
    await desk.read();
    assert.equal(requests.length, before, "no request during the back-off");
    assert.ok((await codes(desk)).every((text) => text.endsWith("dataverse-busy")));
    await desk.phase("open");
  }));

  it("nobody's number: unknown with its code", () => inWorkspace({ title: "Noor de Vries", isReady: false }, async (desk) => {
    await desk.chatReady();
    await desk.started();
    await desk.panel.locator("[slot=footer]", { hasText: "customer-without-number" }).waitFor();
    await send(desk, "to nobody");
    await desk.panel.locator(".question").waitFor();
    assert.deepEqual(await desk.freeTexts(), []);
  }));

  it("a conversation that is no WhatsApp is left alone", () => inWorkspace({ title: "Live chat" }, async (desk) => {
    await send(desk, "to the live chat");
    await desk.page.waitForFunction(async () => (await (await fetch("/stand-in/log")).json()).entries.some(({ kind, text }) => kind === "own-message" && text === "to the live chat"));
    assert.equal(await desk.panel.isVisible(), false);
  }));
});

describe("in the conversation control", () => {
  it("the internal consult sends while the customer's box is locked, and commands open Dynamics' menus", () => inWorkspace({ title: LAYLA }, async (desk, demo) => {
    await desk.phase("closed");
    await desk.inside(() => void window.chatControl.consult());
    await desk.consultBox.click();
    await desk.page.keyboard.type("among us");
    await desk.page.keyboard.press("Enter");
    await desk.page.waitForFunction(async () => (await (await fetch("/stand-in/log")).json()).entries.some(({ kind, text }) => kind === "own-message" && text === "among us"));
    await desk.inside(() => void window.chatControl.consult());

    await desk.panel.locator("button", { hasText: "/t" }).click();
    await desk.box.waitFor({ state: "visible" });
    await desk.frame.locator(".menu button").waitFor();
    await desk.box.press("Enter");
    await desk.frame.locator('body[data-chosen="transfer"]').waitFor();
    await desk.box.waitFor({ state: "hidden" });
    await desk.panel.locator("button", { hasText: "/q" }).click();
    await desk.box.waitFor({ state: "visible" });
    await desk.box.fill("/nosuch");
    await desk.box.press("Enter");
    await desk.sendButton.click({ force: true });
    await desk.box.fill("");
    await desk.box.waitFor({ state: "hidden" });
    assert.deepEqual((await desk.freeTexts()), [], "no command is a message");
    assert.equal(demo.omnichannel.dataverse.requests.some(({ query }) => query.includes("msdyn_content")), false);
  }));

  it("a draft outlives a reload of the frame, and stays with its conversation", () => inWorkspace({ title: AMELIA }, async (desk) => {
    await desk.phase("open");
    await desk.box.click();
    await desk.page.keyboard.type("half a thought");
    await desk.page.waitForFunction(() => window.desk.snapshot.draft === "half a thought");
    await desk.inside(() => void location.reload());
    await desk.page.waitForFunction(() => window.desk.report.steps.find(({ name }) => name === "conversation").isDone && window.desk.snapshot.draft === "half a thought");
    await desk.page.waitForFunction(() => window.workspace.frame.contentDocument.querySelector("iframe").contentDocument.querySelector('[data-id="webchat-sendbox-input"]')?.value === "half a thought");
    await desk.focus("Sofia Almeida");
    const sofia = desk.conversation("Sofia Almeida").id;
    await desk.page.waitForFunction((id) => window.desk.snapshot.conversation.id === id, sofia);
    assert.equal((await desk.snapshot()).draft, "", "it is not offered to another customer");
    await desk.box.click();
    await desk.page.keyboard.press("Enter");
    assert.deepEqual(await desk.freeTexts(), []);
  }));

  it("after a switch the window is the other customer's, from open to closed", () => inWorkspace({ title: AMELIA }, async (desk) => {
    await desk.phase("open");
    await desk.focus(LAYLA);
    await desk.phase("closed");
    await desk.box.waitFor({ state: "hidden" });
    await desk.focus(AMELIA);
    await desk.phase("open");
    await desk.box.waitFor({ state: "visible" });
    await send(desk, "to Amelia");
    await desk.logged("to Amelia");
  }));

  it("a draft that was kept while closed follows the customer to the conversation of the answer", () => inWorkspace({ title: "Amelia Brown" }, async (desk) => {
    await desk.phase("open");
    await desk.box.click();
    await desk.page.keyboard.type("the whole answer");
    await desk.page.waitForFunction(() => window.desk.snapshot.draft === "the whole answer");
    await desk.pass(25 * HOUR);
    await desk.phase("closed");
    await desk.customerWrites("amelia", "in a new conversation");
    await desk.focus(AMELIA);
    await desk.page.waitForFunction((id) => window.desk.snapshot.conversation.id === id && window.desk.snapshot.draft === "the whole answer", desk.conversation(AMELIA).id);
    await desk.phase("open");
    await desk.page.waitForFunction(() => window.workspace.frame.contentDocument.querySelector("iframe").contentDocument.querySelector('.chats > .customer [data-id="webchat-sendbox-input"]')?.value === "the whole answer");
    assert.deepEqual(await desk.freeTexts(), []);
  }));

  it("what the customer writes in one conversation opens the window in the other", () => inWorkspace({ title: "Amelia Brown" }, async (desk) => {
    await desk.phase("open");
    await desk.pass(30 * HOUR);
    await desk.phase("closed");
    await desk.customerWrites("amelia", "in a new conversation");
    await desk.read();
    await desk.phase("open");
  }));

  /** @param {Workspace} desk @param {string} id @param {boolean} isByHand */
  const suggest = async (desk, id, isByHand) => {
    await desk.inside((id) => window.chatControl.suggest({
      type: "message", id, text: "Which day?", timestamp: new Date().toISOString(), from: { id: "customer", role: "bot" },
      suggestedActions: { to: [], actions: [{ type: "imBack", title: "Monday", value: `Monday ${id}` }] },
    }), id);
    const action = desk.frame.locator(".webchat__suggested-actions button", { hasText: "Monday" });
    await action.waitFor({ state: isByHand ? "visible" : "attached" });
    if (isByHand) await action.click();
    else await action.evaluate((button) => button.click());
  };

  for (const wrap of ["yes", "no"]) {
    it(`a suggested action and a form leave while open and not when closed; box of ${wrap === "no" ? "one line" : "many lines"}`, () => inWorkspace({ title: AMELIA, query: { wrap } }, async (desk) => {
      const submit = (text) => desk.inside((text) => {
        const box = document.querySelector('.chats > .customer [data-id="webchat-sendbox-input"]');
        Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), "value").set.call(box, text);
        box.dispatchEvent(new Event("input", { bubbles: true }));
        return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(box.closest("form")?.requestSubmit()))));
      }, text);
      await desk.phase("open");
      await suggest(desk, "open", true);
      await desk.logged("Monday open");
      await submit("by form");
      await desk.logged("by form");
      const before = await desk.freeTexts();
      await desk.pass(25 * HOUR);
      await desk.phase("closed");
      await suggest(desk, "closed", false);
      await submit("by form, closed");
      await desk.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
      assert.deepEqual(await desk.freeTexts(), before);
    }));
  }

  it("a second copy of the script stands back", () => inWorkspace({ title: LAYLA }, async (desk) => {
    await desk.phase("closed");
    const second = await desk.page.evaluate(async () => {
      const script = document.createElement("script");
      script.src = "/www/dist/reply-window.dynamics.js?again";
      await new Promise((resolve) => { script.onload = resolve; document.head.append(script); });
      return (await window.replyWindow).desk === undefined;
    });
    assert.equal(second, true);
    assert.equal(await desk.frame.locator("reply-window").count(), 1);
  }));
});

describe("where the control is of another origin", () => {
  it("a panel over the page accompanies, says that nothing is locked, and holds the frame only where it is to block", () => inWorkspace({ title: LAYLA, query: { origin: "other" }, settings: '{ unknown: "block" }', isReady: false }, async (desk) => {
    await desk.started();
    const dock = desk.page.locator("[data-reply-window=dock] reply-window");
    await desk.page.locator('[data-reply-window=dock] reply-window[phase="closed"]').waitFor();
    assert.equal((await desk.report()).mode, "companion");
    await dock.locator("[slot=footer]", { hasText: "another origin" }).waitFor();
    const isInert = () => desk.page.evaluate(() => [...document.querySelectorAll("iframe")].flatMap((frame) => [frame, ...(frame.contentDocument?.querySelectorAll("iframe") ?? [])]).some(({ inert }) => inert));
    assert.equal(await isInert(), true);
    await dock.locator("button", { hasText: "all the same" }).click();
    assert.equal(await isInert(), false);
    assert.equal(await desk.page.evaluate(() => window.Microsoft.Omnichannel.sendMessageToConversation("by code", false).catch(({ code }) => code)), "send-blocked");
    assert.deepEqual(await desk.freeTexts(), []);
  }));
});

describe("under the policy of an organisation", () => {
  for (const [policy, engine] of [["default", "wasm"], ["strict", "nowasm"], ["trusted-types", "wasm"], ["strict-trusted-types", "nowasm"]]) {
    it(`${policy}: the engine runs as ${engine}, and locks`, () => withDemo(Workspace, browser, { title: LAYLA, query: { policy }, overlook: /./ }, async (desk) => {
      await desk.phase("closed");
      assert.deepEqual((await desk.report()).steps[0], { name: "engine", isDone: true, detail: engine });
      await desk.box.waitFor({ state: "hidden" });
      await desk.panel.locator("[role=option]").first().waitFor();
      assert.equal(await desk.page.evaluate(() => window.Microsoft.Omnichannel.sendMessageToConversation("by code", false).catch(({ code }) => code)), "send-blocked");
      assert.deepEqual(await desk.freeTexts(), []);
    }));
  }
});

describe("the companion", () => {
  it("shows the window of the conversation in focus in a page of its own, and touches nothing of Dynamics", () => inWorkspace({ title: LAYLA, query: { "reply-window": "none" }, isReady: false }, async (desk) => {
    await desk.chatReady();
    await desk.page.evaluate(() => {
      const frame = document.createElement("iframe");
      frame.id = "companion";
      frame.src = "/www/dist/reply-window.dynamics.html";
      document.querySelector("main").append(frame);
    });
    const companion = desk.page.frameLocator("#companion");
    await companion.locator('reply-window[phase="closed"]').waitFor({ state: "attached" });
    await companion.locator("[slot=footer]", { hasText: "not locked here" }).waitFor();
    await desk.box.click();
    await desk.page.keyboard.type("Dynamics' own box");
    await desk.page.keyboard.press("Enter");
    await desk.logged("Dynamics' own box");
    await desk.focus(AMELIA);
    await companion.locator('reply-window[phase="open"]').waitFor({ state: "attached" });
  }));
});
