// What else an agent or an administrator does in Dynamics: with the window service, with a promise, with files and cards, and the test template.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import { serve } from "@hono/node-server";

import { at } from "../../www/build/run.mjs";
import { createService } from "../../www/service/service.js";
import { memoryStore } from "../../www/stores/memory.js";
import { launchBrowser } from "../support/browser.mjs";
import { until } from "../support/until.mjs";
import { HOUR, MINUTE, Workspace } from "../support/workspace.mjs";
import { demoFor, withDemo } from "../support/with-demo.mjs";

let browser;
before(async () => (browser = await launchBrowser()));
after(() => browser?.close());

const LAYLA = "ليلى حداد";
const AMELIA = "Amelia Brown (2)";
const inWorkspace = (options, work) => withDemo(Workspace, browser, options, work);
/** The reads of each half minute never come. */
const NO_TURN = "const { setInterval } = globalThis; globalThis.setInterval = (work, ms, ...more) => (ms >= 30_000 ? 0 : setInterval(work, ms, ...more));";
const byCode = (desk) => desk.page.evaluate(() => window.Microsoft.Omnichannel.sendMessageToConversation("by code", false).then(() => "sent", ({ code }) => code));

describe("with the window service", () => {
  for (const { lang, title, person, first: before } of [{ lang: "en", title: AMELIA, person: "amelia", first: "open" }, { lang: "ar", title: "عمر منصور", person: "omar", first: "closing" }]) it(`a refusal closes and an answer opens at once, and a late row of Dataverse moves no closing time, ${lang}`, async () => {
    const store = memoryStore();
    const demo = await demoFor({ store });
    const token = "reader-token-0000000000000000";
    const service = await createService({ store, now: () => demo.clock.now(), tokens: [{ token, may: ["read"] }], origins: [new URL(demo.url).origin], log() {} });
    const server = await new Promise((resolve) => { const one = serve({ fetch: service.fetch, port: 0, hostname: "127.0.0.1", overrideGlobalObjects: false }, () => resolve(one)); });
    const url = `http://127.0.0.1:${server.address().port}`;
    const desk = await Workspace.open(browser, demo, { title, lang, settings: `(() => { ${NO_TURN} return { service: { url: "${url}", token: "${token}" } }; })()` });
    try {
      const reason = (wanted) => desk.page.waitForFunction((wanted) => window.desk.snapshot.status.reason === wanted, wanted);
      await desk.phase(before);
      await desk.steer("stand-in/refuse-next", {});
      // By the middleware, which alone hears of what becomes of it.
      await desk.page.evaluate((person) => fetch(`/api/conversations/${person}/messages`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ kind: "text", text: "refused" }) }), person);
      await reason("refused");
      await desk.box.waitFor({ state: "hidden" });
      assert.equal(await byCode(desk), "send-blocked");
      await desk.steer("omnichannel/steer", { lagMs: 95_000 });
      await desk.customerWrites(person, "I am here");
      await desk.phase("open");
      const closesAt = async () => (await desk.snapshot()).status.closesAtMs;
      const { customers } = await desk.steer("stand-in/customers");
      const exact = customers.find(({ id }) => id === person).sessionEndsAtMs - MINUTE;
      const first = await closesAt();
      assert.ok(first >= exact && first < exact + MINUTE, "the service counts from its receipt");
      await desk.pass(100_000);
      await desk.read();
      await desk.pass(HOUR);
      await desk.read();
      assert.equal(await closesAt(), first, "whatever Dataverse dates it");
      assert.equal((await desk.page.evaluate(() => document.querySelector("#SidePanelIFrame").contentDocument.querySelector("iframe").contentDocument.querySelector("reply-window [slot=footer]").textContent)).includes("refused"), false);
      assert.deepEqual(await desk.freeTexts(), ["refused"]);
      assert.deepEqual(desk.complaints.filter((text) => !/Failed to load resource/.test(text)), []);
      assert.doesNotMatch(await desk.panel.locator("[slot=footer]").textContent(), /read-failed|unreachable/);
      server.closeAllConnections();
      server.close();
      await desk.panel.locator("[slot=footer]", { hasText: "service unreachable" }).waitFor();
    } finally {
      await desk.close();
      await service.close();
      server.closeAllConnections();
      server.close();
      await demo.close();
    }
  });
});

describe("a promise", () => {
  it("follows the customer to the conversation of the answer, says so, and is sent once at most", () => inWorkspace({ title: "Amelia Brown" }, async (desk) => {
    await desk.phase("open");
    await desk.box.click();
    await desk.page.keyboard.type("as soon as you answer");
    await desk.page.waitForFunction(() => window.desk.snapshot.draft === "as soon as you answer");
    await desk.pass(25 * HOUR);
    await desk.phase("closed");
    await desk.page.waitForFunction(() => window.desk.snapshot.queue === "offered");
    await desk.page.evaluate(() => window.desk.controller.queueDraft(true));
    await desk.page.waitForFunction(() => window.desk.snapshot.queue === "waiting");
    await desk.customerWrites("amelia", "in a new conversation");
    await desk.focus(AMELIA);
    await desk.phase("open");
    await desk.panel.locator("[slot=footer]", { hasText: "You kept this text for the customer’s answer" }).waitFor();
    assert.deepEqual(await desk.freeTexts(), []);
    await desk.page.waitForFunction(() => window.workspace.frame.contentDocument.querySelector("iframe").contentDocument.querySelector('.chats > .customer [data-id="webchat-sendbox-input"]')?.value === "as soon as you answer");
    await desk.box.click();
    await desk.page.keyboard.press("Enter");
    await desk.logged("as soon as you answer");
    await desk.focus("Amelia Brown");
    await desk.page.waitForFunction((id) => window.desk.snapshot.conversation.id === id, desk.conversation("Amelia Brown").id);
    await desk.phase("open");
    await desk.page.waitForFunction(() => window.desk.snapshot.draft === "" && window.desk.snapshot.queue === undefined);
    assert.deepEqual(await desk.freeTexts(), ["as soon as you answer"]);
  }));
});

describe("a template by Dynamics’ own outbound messages", () => {
  const COMPANION = "/www/dist/reply-window.dynamics.html";
  /** @param {any} demo @param {string} more */
  const settingsFor = async (demo, more) => {
    const { templates } = await (await fetch(`${demo.url}api/templates`)).json();
    const configurations = Object.fromEntries(templates.map(({ id }) => [id, "0f8fad5b-d9cb-469f-a165-70867728950e"]));
    return `{ templatesUrl: "/api/templates", sendUrl: undefined, outbound: { configurations: ${JSON.stringify(configurations)}, optInColumn: "new_whatsappoptin"${more} } }`;
  };
  /** @param {any} place */
  const sendOne = async (place) => {
    await place.locator("[role=combobox]").fill("case update");
    await place.locator("[role=option]:not([aria-disabled])", { hasText: "case_update_text" }).first().click();
    const fields = place.locator("form textarea");
    await fields.first().waitFor();
    for (const [index, value] of ["Layla", "CAS-00417", "under review"].entries()) await fields.nth(index).fill(value);
    await place.locator('[part~="send"]').click();
  };

  for (const [lang, words] of Object.entries({ en: { test: "test templates", tested: /Handed to Dynamics as a test.*testedOn: "\d{4}-\d\d-\d\d"/ }, ar: { test: "قوالب تجريبية", tested: /testedOn: "\d{4}-\d\d-\d\d"/ } })) {
    it(`the administrator sends the test from the companion, and agents cannot send before, ${lang}`, async () => {
      const demo = await demoFor();
      const settings = await settingsFor(demo, "");
      const desk = await Workspace.open(browser, demo, {
        title: LAYLA, lang, settings, prepareContext: (context) => context.route("**/reply-window.settings.js", (route) => route.fulfill({ contentType: "text/javascript", body: `globalThis.replyWindowDynamics = { ...${settings}, now: () => parent.demoNow(), locale: "${lang}" };` })),
      });
      try {
        await desk.phase("closed");
        await desk.panel.locator("[slot=footer]", { hasText: lang === "en" ? "Templates cannot be sent yet" : "لا يمكن إرسال القوالب بعد" }).waitFor();
        await desk.page.evaluate((src) => document.querySelector("main").append(Object.assign(document.createElement("iframe"), { id: "companion", src })), `${COMPANION}?data=test`);
        const companion = desk.page.frameLocator("#companion");
        await companion.locator('reply-window[phase="closed"]').waitFor({ state: "attached" });
        await companion.locator("[slot=footer]", { hasText: words.test }).waitFor();
        await sendOne(companion);
        await companion.locator("[slot=footer]", { hasText: words.tested }).waitFor();
        const { entries } = await desk.steer("stand-in/log");
        const asked = entries.filter(({ kind }) => kind === "outbound-request");
        assert.equal(asked.length, 1);
        const [person] = JSON.parse(asked[0].body.ContactSettings);
        assert.deepEqual([person.optin, person.sendastemplate, person.contextitems.regardingobjectid], [true, true, desk.conversation(LAYLA).id]);
        assert.match(person.tocontactid, /^\+\d+$/);
        await sendOne(desk.panel);
        await desk.page.waitForFunction(() => window.desk.snapshot.error?.code === "outbound-not-tested");
        assert.equal((await desk.steer("stand-in/log")).entries.filter(({ kind }) => kind === "outbound-request").length, 1);
        desk.complaints = desk.complaints.filter((text) => !/Failed to load resource/.test(text));
        assert.deepEqual(desk.complaints, []);
      } finally {
        await desk.close();
        await demo.close();
      }
    });
  }

  it("without a list of one’s own, what the outbound configurations hold is offered, and is sent by them", () => inWorkspace({ title: LAYLA, settings: `{
    templatesUrl: undefined, sendUrl: undefined, outbound: { optInColumn: "new_whatsappoptin", testedOn: "2026-11-29" },
  }` }, async (desk) => {
    await desk.phase("closed");
    await sendOne(desk.panel);
    await desk.panel.locator("[slot=footer]", { hasText: "Handed to Dynamics" }).waitFor();
    const { entries } = await desk.steer("stand-in/log");
    const [{ body }] = entries.filter(({ kind }) => kind === "outbound-request");
    const rows = await desk.page.evaluate(async () => (await window.Xrm.WebApi.retrieveMultipleRecords("msdyn_ocoutboundconfiguration", "?$select=msdyn_ocoutboundconfigurationid,msdyn_name&$filter=msdyn_name eq 'case_update_text'")).entities);
    assert.ok(rows.some((row) => row.msdyn_ocoutboundconfigurationid === body.OutboundSettingsRecord.msdyn_ocoutboundconfigurationid), JSON.stringify(body));
    assert.deepEqual(await desk.panel.locator("[role=option]", { hasText: /SMS|last year/ }).count(), 0);
  }));

  it("configurations that may not be read are named, and asked for again", () => withDemo(Workspace, browser, { title: LAYLA, overlook: /Failed to load resource/, settings: `{
    templatesUrl: undefined, sendUrl: undefined, outbound: { optInColumn: "new_whatsappoptin", testedOn: "2026-11-29" },
  }`, prepare: ({ omnichannel }) => omnichannel.dataverse.faults.set("msdyn_ocoutboundconfigurationes", "broken") }, async (desk, demo) => {
    await desk.phase("closed");
    await desk.panel.locator(".empty", { hasText: "The templates could not be loaded." }).waitFor();
    await desk.panel.locator("[slot=footer]", { hasText: "msdyn_ocoutboundconfiguration" }).waitFor();
    demo.omnichannel.dataverse.faults.clear();
    await desk.panel.getByRole("button", { name: "Try again" }).first().click();
    await desk.panel.locator("[role=option]", { hasText: "case_update_text" }).first().waitFor();
  }));
});

describe("files", () => {
  it("that are chosen go out with the next send while open; when closed none is taken, by whatever way", () => inWorkspace({ title: AMELIA }, async (desk) => {
    const input = desk.frame.locator(".chats > .customer input[type=file]").first();
    const file = { name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("a") };
    await desk.phase("open");
    await input.setInputFiles([file]);
    // Web Chat reads a file in its own time; with an empty box its button sends nothing.
    await until("the file left", async () => (await desk.sendButton.click(), (await desk.freeTexts()).includes("[1 file]")));
    const before = await desk.freeTexts();
    await desk.pass(25 * HOUR);
    await desk.phase("closed");
    await input.setInputFiles([file]);
    assert.equal(await input.evaluate(({ files }) => files.length), 0);
    const taken = await desk.inside(() => {
      const chat = document.querySelector(".chats > .customer");
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(["a"], "a.txt", { type: "text/plain" }));
      const heard = [];
      for (const type of ["dragover", "drop", "paste"]) chat.addEventListener(type, () => heard.push(type));
      const given = { bubbles: true, cancelable: true, composed: true };
      const inside = chat.querySelector("[class~='webchat__basic-transcript']");
      const stopped = [new DragEvent("dragover", { ...given, dataTransfer }), new DragEvent("drop", { ...given, dataTransfer }), new ClipboardEvent("paste", { ...given, clipboardData: dataTransfer })].map((event) => !inside.dispatchEvent(event));
      return { heard, stopped };
    });
    assert.deepEqual(taken, { heard: [], stopped: [true, true, true] });
    await desk.sendButton.evaluate((button) => button.click());
    assert.deepEqual(await desk.freeTexts(), before);
  }));
});

describe("with Web Chat’s full bundle", () => {
  const CARD = {
    type: "message", from: { id: "customer", role: "bot" },
    attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", content: { type: "AdaptiveCard", version: "1.5", body: [{ type: "TextBlock", text: "Which day?" }], actions: [{ type: "Action.Submit", title: "Tuesday", data: "Tuesday by card" }] } },
      { contentType: "application/vnd.microsoft.card.hero", content: { title: "Or", buttons: [{ type: "imBack", title: "Wednesday", value: "Wednesday by card" }] } }],
    suggestedActions: { to: [], actions: [{ type: "imBack", title: "Monday", value: "Monday by action" }] },
  };

  it("cards and suggested actions leave while open, and not when closed", async () => {
    const body = await readFile(at("target", "vendor", "webchat.js"), "utf8");
    const prepareContext = (context) => context.route("**/vendor/webchat-minimal.js", (route) => route.fulfill({ contentType: "text/javascript", body }));
    await inWorkspace({ title: AMELIA, prepareContext }, async (desk) => {
      // What screen readers are told of has buttons as well.
      const button = (title) => desk.frame.locator(title === "Monday" ? ".chats > .customer .webchat__suggested-actions button" : ".chats > .customer .webchat__basic-transcript__activity button", { hasText: title }).last();
      const offer = (id) => desk.inside((activity) => window.chatControl.suggest({ ...activity, timestamp: new Date(top.demoNow()).toISOString() }), { ...CARD, id });
      await desk.phase("open");
      await offer("card-1");
      for (const [title, text] of [["Tuesday", "Tuesday by card"], ["Wednesday", "Wednesday by card"]]) {
        await button(title).click();
        await desk.logged(text);
      }
      await offer("card-2");
      await button("Monday").click();
      await desk.logged("Monday by action");
      const before = await desk.freeTexts();
      await desk.pass(25 * HOUR);
      await desk.phase("closed");
      await offer("card-3");
      for (const title of ["Tuesday", "Wednesday", "Monday"]) {
        await button(title).waitFor({ state: "attached" });
        await button(title).evaluate((one) => one.click());
        await button(title).evaluate((one) => {
          one.focus();
          for (const key of ["Enter", " "]) for (const type of ["keydown", "keypress", "keyup"]) one.dispatchEvent(new KeyboardEvent(type, { key, bubbles: true, cancelable: true }));
        });
      }
      await desk.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)))));
      assert.deepEqual(await desk.freeTexts(), before);
    });
  });
});

describe("companions that Microsoft supports", () => {
  /** The companion's own settings, as they lie beside it. @param {string} more */
  const withSettings = (more = "") => (context) => context.route("**/reply-window.settings.js", (route) => route.fulfill({
    contentType: "text/javascript", body: `globalThis.replyWindowDynamics = { now: () => parent.demoNow(), locale: "en"${more} };`,
  }));

  it("a side pane shows the window and carries a badge, and Dynamics’ own box is not touched", () => inWorkspace({ title: LAYLA, isReady: false, settings: '{ pane: "new_/reply-window.dynamics.html" }', prepareContext: withSettings(', pane: "new_/reply-window.dynamics.html"') }, async (desk) => {
    await desk.chatReady();
    const companion = desk.page.frameLocator(".pane iframe");
    await companion.locator('reply-window[phase="closed"]').waitFor({ state: "attached" });
    await companion.locator("[slot=footer]", { hasText: "not locked here" }).waitFor();
    await desk.page.waitForFunction(() => window.Xrm.App.sidePanes.getPane("reply-window").badge === true);
    assert.equal(await desk.page.evaluate(async () => (await window.replyWindow).desk), undefined);
    await desk.box.click();
    await desk.page.keyboard.type("Dynamics’ own");
    await desk.page.keyboard.press("Enter");
    await desk.logged("Dynamics’ own");
    await desk.focus(AMELIA);
    await companion.locator('reply-window[phase="open"]').waitFor({ state: "attached" });
    await desk.page.waitForFunction(() => window.Xrm.App.sidePanes.getPane("reply-window").badge === false);
    const { customers } = await desk.steer("stand-in/customers");
    await desk.pass(customers.find(({ id }) => id === "amelia").sessionEndsAtMs - MINUTE - desk.demo.clock.now() - 30.5 * MINUTE);
    await desk.page.waitForFunction(() => window.Xrm.App.sidePanes.getPane("reply-window").badge === 31);
    assert.equal(await desk.page.evaluate(() => window.Xrm.App.sidePanes.getAllPanes().length), 1);
  }));

  it("the control for the productivity pane shows the companion, and leaves with it", async () => {
    const { build } = await import("esbuild");
    const { outputFiles: [bundle] } = await build({ entryPoints: [at("www", "dist", "pcf", "index.ts")], bundle: true, format: "iife", globalName: "control", write: false, logLevel: "error" });
    const manifest = await readFile(at("www", "dist", "pcf", "ControlManifest.Input.xml"), "utf8");
    const [, name] = /constructor="(\w+)"/.exec(manifest);
    await inWorkspace({ title: LAYLA, isReady: false, query: { "reply-window": "none" }, prepareContext: withSettings() }, async (desk) => {
      await desk.chatReady();
      await desk.page.evaluate(([code, name]) => {
        const place = document.querySelector("main").appendChild(document.createElement("div"));
        window.control = new (new Function(`${code}; return control;`)()[name])();
        window.control.init({ parameters: {} }, () => {}, {}, place);
        window.control.updateView({ parameters: {} });
      }, [bundle.text, name]);
      const companion = desk.page.frameLocator("main div iframe");
      await companion.locator('reply-window[phase="closed"]').waitFor({ state: "attached" });
      await companion.locator("[role=combobox]").waitFor();
      assert.deepEqual(await desk.page.evaluate(() => window.control.getOutputs()), {});
      await desk.page.evaluate(() => window.control.destroy());
      assert.equal(await desk.page.locator("main div iframe").count(), 0);
    });
  });
});
