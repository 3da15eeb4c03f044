// The element among its neighbours: upgrade, moves, its own controller, mount.

import assert from "node:assert/strict";
import { test } from "node:test";
import { active, button, choose, clean, next, page, search, settled, show, text, useBrowser } from "./harness.js";

useBrowser();

test("properties set before the upgrade survive it, and the class registers only when asked", async () => {
  const found = await page.evaluate(async () => {
    const before = Boolean(customElements.get("reply-window"));
    const early = document.createElement("reply-window");
    early.controller = fakeController(snapshotOf("closing", { left: 60_000 * 9 }));
    early.strings = { "state.closing": "Hurry" };
    document.querySelector("#place").append(early);
    await import("/www/elements/define.js");
    return [before, early.shadowRoot.querySelector(".word").textContent, early.controller.listeners.size];
  });
  assert.deepEqual(found, [false, "Hurry", 1]);
});

test("a move is not a teardown; leaving the page ends the subscription; coming back renews it", async () => {
  await show("closed");
  await choose("case_question");
  await page.keyboard.type("kept");
  const sizes = await page.evaluate(async () => {
    const turn = () => new Promise((resolve) => setTimeout(resolve));
    const found = [];
    document.querySelector("main").append(element);
    await turn();
    found.push(controller.listeners.size, root.querySelector("#value-0").value);
    element.remove();
    await turn();
    found.push(controller.listeners.size);
    document.querySelector("#place").append(element);
    found.push(controller.listeners.size, root.querySelector("#value-0").value);
    return found;
  });
  assert.deepEqual(sizes, [1, "kept", 0, 1, "kept"]);
});

test("another language or theme applies at once", async () => {
  await show("open");
  await page.evaluate(() => element.setAttribute("locale", "ar-SA"));
  await page.waitForFunction(() => root.querySelector(".word").textContent === "مفتوحة");
  assert.equal(await page.evaluate(() => root.querySelector(".window").dir), "rtl");
  const background = () => page.evaluate(() => getComputedStyle(root.querySelector(".window")).backgroundColor);
  const light = await background();
  await page.evaluate(() => element.setAttribute("theme", "dark"));
  assert.notEqual(await background(), light);
});

test("words that are on their way are waited for, never shown in English first", async () => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  let asked;
  const asking = new Promise((resolve) => (asked = resolve));
  await page.route("**/i18n/ar.js", async (route) => (asked(), await held, route.continue()));
  const shown = page.evaluate(() => {
    const done = show("closed", {}, { locale: "ar-SA" });
    document.querySelector("reply-window").openTemplates();
    return done;
  });
  await asking;
  await settled();
  const before = await page.evaluate(() => document.querySelector("reply-window").shadowRoot?.textContent ?? "");
  assert.equal(await page.evaluate(() => document.querySelector("reply-window").composer), "closed", "the lock does not wait for words");
  release();
  await shown;
  assert.deepEqual([before, await page.evaluate(() => root.querySelector(".window").dir), await active()], ["", "rtl", "search"]);
  assert.match((await text(".word"))[0], /مغلقة/);
});

test("where its words cannot be fetched, a language reads as English, and the lock holds", async () => {
  await page.route("**/i18n/ar.js", (route) => route.abort());
  await show("closed", {}, { locale: "ar-SA" });
  const found = await page.evaluate(() => [root.querySelector(".window").dir, root.querySelector(".word").textContent, element.composer]);
  assert.deepEqual(found, ["ltr", "Closed", "closed"]);
});

test("without a controller the attributes are enough, and the page answers the sending", async () => {
  await page.evaluate(() => {
    ReplyWindowElement.define();
    const element = document.createElement("reply-window");
    for (const [name, value] of Object.entries({ locale: "en", "conversation-id": "7", business: "+15550100100", customer: "US.123", "last-inbound-at": "2026-11-23T17:00:00Z" })) element.setAttribute(name, value);
    element.templates = [template("no_values", { body: "Hello." })];
    element.addEventListener("template-send", (event) => event.detail.respondWith(Promise.resolve({ id: "SM9" })));
    element.addEventListener("template-sent", (event) => (globalThis.receipt = event.detail.receipt));
    document.querySelector("#place").append(element);
  });
  assert.deepEqual(await page.evaluate(() => made.state.customer), [{ id: "last-inbound-at", kind: "text", providerAtMs: Date.UTC(2026, 10, 23, 17) }]);
  assert.deepEqual(await page.evaluate(() => made.conversation), { id: "7", business: "+15550100100", customer: { bsuid: "US.123" } });
  await button("Templates").click();
  await search().waitFor();
  await page.keyboard.press("Enter");
  await button("Send template").click();
  await page.waitForFunction(() => globalThis.receipt?.id === "SM9");
});

test("an element that is not told enough shows nothing and says once what is missing, until it has it", async () => {
  const warned = [];
  page.on("console", (message) => message.type() === "warning" && warned.push(message.text()));
  const told = (/** @type {Record<string, string>} */ attributes) => page.evaluate((attributes) => {
    ReplyWindowElement.define();
    const element = document.createElement("reply-window");
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    document.querySelector("#place").replaceChildren(element);
    globalThis.element = element;
  }, attributes);
  const isBlank = () => page.evaluate(() => element.getBoundingClientRect().height === 0 && element.innerText === "" && !element.hasAttribute("phase"));
  for (const [given, missing] of /** @type {[Record<string, string>, RegExp][]} */ ([
    [{}, /conversation-id, business, customer/],
    [{ business: "+15550100200", "last-inbound-at": "2026-11-23T08:15:00Z" }, /conversation-id, customer(?!.*business)/],
    [{ "conversation-id": "c1", business: "+15550100200" }, /missing: customer$/],
  ])) {
    warned.length = 0;
    const warning = page.waitForEvent("console", (message) => message.type() === "warning");
    await told(given);
    await page.evaluate(() => (element.openTemplates(), element.blocked({ reason: "window-expired", text: "" }), element.focus()));
    await warning;
    assert.ok(await isBlank(), JSON.stringify(given));
    await page.evaluate(() => element.setAttribute("locale", "en-GB"));
    await settled();
    assert.ok(await isBlank(), `drawn anew: ${JSON.stringify(given)}`);
    assert.equal(warned.length, 1);
    assert.match(warned[0], missing);
  }
  await page.evaluate(() => element.setAttribute("customer", "+15550109911"));
  await page.locator("reply-window[phase]").waitFor();
  assert.ok(await page.locator('[part~="banner"]').isVisible());
  // The controller of the host may come later, and go.
  await told({});
  await page.evaluate(() => (element.controller = fakeController(snapshotOf("open"))));
  assert.ok(await page.locator('[part~="banner"]').isVisible());
  await page.evaluate(() => (element.controller = undefined));
  assert.ok(await isBlank());
  clean();
});

test("what is to be known of a message that may go out is shown and said, until another one is checked", async () => {
  for (const [locale, words] of [["en", ["The text is not shown with such a file.", "A long file name may be cut."]], ["ar", ["لا يظهر النص مع ملف كهذا.", "قد يُقتطع اسم الملف الطويل."]]]) {
    const shown = await page.evaluate(async (locale) => {
      const { mount } = await mountModule();
      let host;
      const adapter = {
        name: "test", capabilities: { seesInboundTime: "exact", blocks: "hook", hookTimeout: "none", replacesComposer: true, keepsDraft: true },
        connect: (given) => { host = given; return () => {}; },
        setComposer() {}, getDraft: () => "", setDraft() {}, isTyping: () => false, focusComposer() {},
      };
      const handle = mount(document.querySelector("#place"), { adapter, locale, conversation: { id: "7", business: "+15550100100", customer: { phone: "+15550100200" } }, onSend: async () => ({ id: "SM1" }) });
      while (!handle.element.shadowRoot?.firstChild) await new Promise(requestAnimationFrame);
      const line = () => [...handle.element.shadowRoot.querySelectorAll(".limits, [role=status]")].map((node) => node.hidden ? "" : node.textContent);
      const file = { contentType: "application/pdf", size: 1000, filename: "a-name-of-more-than-twenty.pdf" };
      const found = host.check({ text: "See the file", attachments: [file] });
      const first = line();
      host.check({ text: "", attachments: [{ ...file, filename: "short.pdf" }] });
      const then = line();
      handle.destroy();
      return { kind: found.kind, notes: found.notes.length, first, then };
    }, locale);
    assert.deepEqual([shown.kind, shown.notes], ["sendable", 2]);
    for (const word of words) assert.ok(shown.first[0].includes(word) && shown.first[1].includes(word), `${word} in ${shown.first}`);
    assert.equal(shown.then[0], "");
  }
});

test("mount joins an adapter, moves the focus only from typing, and leaves the page as it was", async () => {
  const run = await page.evaluate(async () => {
    const { mount } = await mountModule();
    const composer = document.querySelector("#composer");
    const calls = [];
    let host;
    const adapter = {
      name: "test", capabilities: { seesInboundTime: "none", blocks: "none", hookTimeout: "none", replacesComposer: true, keepsDraft: false },
      connect: (given) => { host = given; return () => calls.push("disconnect"); },
      setComposer: (state, panel) => { calls.push(state); composer.hidden = state === "closed"; if (!panel.isConnected) composer.before(panel); },
      getDraft: () => composer.value, setDraft: (text) => (composer.value = text),
      isTyping: () => document.activeElement === composer, focusComposer: () => composer.focus(),
    };
    const html = document.body.innerHTML;
    const handle = mount(null, { adapter, locale: "en", conversation: snapshotOf("open").conversation, state: { customer: [1] }, templates: [template("no_values")], onSend: async () => ({ id: "SM1" }) });
    const { element, controller } = handle;
    composer.focus();
    host.draft("half a sentence");
    const kept = (kind) => ({ ...snapshotOf(kind, { draft: controller.snapshot.draft }), templates: controller.snapshot.templates });
    controller.next(kept("closed"));
    const banner = element.shadowRoot.activeElement?.getAttribute("part");
    const warned = element.shadowRoot.querySelector(".limits").textContent;
    composer.hidden = false;
    composer.focus();
    controller.next(kept("open"));
    document.activeElement.blur();
    controller.next(kept("closed"));
    const body = document.activeElement === document.body;
    host.blocked({ text: "half a sentence", reason: "window-expired" });
    const said = element.shadowRoot.querySelector("[role=status]").textContent;
    handle.destroy();
    handle.destroy();
    await new Promise((resolve) => setTimeout(resolve));
    return { banner, warned, body, said, calls, draft: handle.draft, same: document.body.innerHTML === html, listeners: controller.listeners.size, ended: controller.calls };
  });
  assert.equal(run.banner, "banner strip");
  assert.match(run.warned, /cannot be locked.*does not report/s);
  assert.equal(run.body, true);
  assert.match(run.said, /Not sent/);
  assert.equal(run.draft, "half a sentence");
  assert.deepEqual(run.calls, ["open", "closed", "open", "closed", "open", "disconnect"]);
  assert.equal(run.same, true);
  assert.equal(run.listeners, 0);
  assert.deepEqual(run.ended, ["destroy"]);
});

test("an engine that fails is said, and nothing typed is lost", async () => {
  await show("closed");
  await choose("case_question");
  await page.evaluate(() => {
    controller.fill = () => { throw Object.assign(new Error("engine"), { code: "engine-crashed" }); };
  });
  await page.keyboard.type("words");
  assert.equal(await page.locator("#value-0").inputValue(), "words");
  assert.match((await text(".fault"))[0], /not sent/);
  await page.keyboard.press("Escape");
  assert.equal(await active(), "search");
  await next("unknown", { error: { code: "engine-unavailable", message: "x" } });
  assert.match((await text(".limits"))[0], /rules could not be started/);
  clean();
});
