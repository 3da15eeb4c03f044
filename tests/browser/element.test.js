// The element in a real browser, under the policy it promises to run under, with a controller that the test drives.

import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";
import { serve } from "./serve.js";

const ARGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const MIN = 60_000;
let server;
let browser;
let context;
let page;
let faults;

before(async () => {
  server = await serve({ "/www/controller/controller.js": "/tests/browser/fake-controller.js" });
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium", args: ARGS });
});
after(async () => {
  await browser?.close();
  server?.close();
});

async function open(options = {}) {
  await context?.close();
  context = await browser.newContext({ viewport: { width: 800, height: 900 }, ...options });
  page = await context.newPage();
  page.setDefaultTimeout(5000);
  faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => message.type() === "error" && !/favicon|404/.test(message.text()) && faults.push(message.text()));
  await page.goto(`${server.url}/tests/browser/page.html`);
  await page.waitForFunction(() => globalThis.pageReady);
}
beforeEach(() => open());

const show = (kind, options, attributes) => page.evaluate((given) => globalThis.show(...given), [kind, options, attributes]);
/** Another snapshot; `items` stay the same object unless given. */
const next = (kind, options = {}) => page.evaluate(([kind, options]) => controller.next({ ...snapshotOf(kind, options), templates: controller.snapshot.templates }), [kind, options]);
const text = (selector) => page.evaluate((s) => [...root.querySelectorAll(s)].map((node) => node.textContent), selector);
const said = () => page.evaluate(() => [...root.querySelectorAll("[role=status]")].map((node) => node.textContent).join("|"));
const active = () => page.evaluate(() => root.activeElement?.id || root.activeElement?.getAttribute("part") || root.activeElement?.className || document.activeElement.id || document.activeElement.tagName);
const eventTypes = () => page.evaluate(() => events.map(({ type }) => type));
const search = () => page.getByRole("combobox");
const button = (name) => page.getByRole("button", { name, exact: true });

async function axe() {
  const { violations } = await new AxeBuilder({ page }).analyze();
  assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), []);
}
const clean = () => assert.deepEqual(faults, []);

test("the strip tells state, time left and closing time, and how it is known", async () => {
  await show("open");
  assert.deepEqual(await text(".word, .timer, .closes"), ["Open", "3 h 12 min left", "closes tomorrow 0:00"]);
  assert.equal(await page.evaluate(() => root.querySelector(".closes").dateTime), "2026-11-23T21:00:00.000Z");
  assert.match(await page.locator("reply-window").ariaSnapshot(), /timer "Reply window 3 h 12 min left"/);
  await page.locator("summary").focus();
  await page.keyboard.press("Enter");
  assert.deepEqual(await text("dd"), ["today 0:00", "the provider", "+966501234567"]);
  assert.equal(await page.evaluate(() => element.getAttribute("phase")), "open");
  clean();
});

test("a tick changes the text nodes of the time and nothing else", async () => {
  await show("open", { left: 61 * MIN });
  const records = await page.evaluate(async () => {
    const seen = [];
    const watch = new MutationObserver((list) => seen.push(...list));
    watch.observe(root, { subtree: true, childList: true, characterData: true, attributes: true });
    const now = controller.snapshot.nowAtMs + 60_000;
    controller.next({ ...controller.snapshot, nowAtMs: now, remainingMs: 60 * 60_000 });
    await new Promise((resolve) => setTimeout(resolve));
    return seen.map(({ target, type }) => `${target.id || target.getAttribute?.("class") || target.nodeName} ${type}`);
  });
  assert.deepEqual(records.filter((record) => !/^left |^rest |^sr childList/.test(record)), []);
  assert.ok(records.length > 0);
  assert.equal(await said(), "The reply window closes in 60 minutes.|");
});

test("silent on load, spoken at a mark, spoken once at the end", async () => {
  await show("closing", { left: 14 * MIN });
  assert.equal(await said(), "|");
  await next("closing", { left: 5 * MIN });
  assert.match(await said(), /^The reply window closes in 5 minutes\.\|/);
  await next("closed");
  assert.match(await said(), /^The reply window has closed\./);
  assert.equal(await page.evaluate(() => root.querySelectorAll("[role=alert]").length), 0);
});

test("seconds are shown in the last minute, and not under reduced motion", async () => {
  await show("closing", { left: 42_500 });
  assert.deepEqual(await text(".timer"), ["42 s left"]);
  await open({ reducedMotion: "reduce" });
  await show("closing", { left: 42_500 });
  assert.deepEqual(await text(".timer"), ["less than a minute left"]);
});

test("at expiry the focus stays where it is, the banner can take it, and the chooser is there", async () => {
  await show("open");
  await page.locator("#composer").focus();
  await next("closed");
  assert.equal(await active(), "composer");
  assert.ok(await search().isVisible());
  await page.evaluate(() => element.focus());
  assert.equal(await active(), "banner strip");
  assert.deepEqual(await eventTypes(), ["phase-change", "composer-change", "phase-change"]);
  const tree = await page.locator("reply-window").ariaSnapshot();
  assert.match(tree, /group "Reply window Reply window closed"/);
  assert.match(tree, /too old for a free reply/);
});

test("unknown warns and offers the template beside the composer; strict locks", async () => {
  await show("unknown");
  assert.match((await text(".why"))[0], /Free text may be lost/);
  assert.ok(await button("Templates").isVisible());
  assert.equal(await page.evaluate(() => element.composer), "open");
  await next("unknown", { verdict: { kind: "template-only", reason: "window-unknown" } });
  assert.equal(await page.evaluate(() => element.composer), "closed");
  assert.ok(await search().isVisible());
});

test("a channel that allows nothing offers nothing", async () => {
  await show("closed", { verdict: { kind: "blocked", reason: "window-expired" } });
  assert.equal(await search().isVisible(), false);
  assert.match((await text(".why"))[0], /until the customer writes again/);
});

test("the whole way by keyboard: search, choose, fill, send", async () => {
  await show("closed");
  await page.keyboard.press("Tab");
  await page.locator("summary").focus();
  await page.keyboard.press("Tab");
  assert.equal(await active(), "search");
  await page.keyboard.type("update");
  assert.deepEqual(await text(".option .name"), ["case_update_text", "case_update_ar"]);
  assert.equal(await search().getAttribute("aria-activedescendant"), null);
  await page.keyboard.press("ArrowDown");
  assert.equal(await search().getAttribute("aria-activedescendant"), "option-0");
  assert.equal(await active(), "search");
  await page.keyboard.press("Enter");
  assert.equal(await active(), "value-0");
  await page.keyboard.type("Amina");
  await page.keyboard.press("Enter");
  assert.equal(await active(), "value-1");
  await page.keyboard.type("CAS-00417");
  await page.keyboard.press("Enter");
  assert.equal(await active(), "send");
  assert.deepEqual(await page.evaluate(() => controller.calls), []);
  assert.deepEqual(await text(".bubble mark"), ["Amina", "CAS-00417"]);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => events.some(({ type }) => type === "template-sent"));
  assert.deepEqual(await page.evaluate(() => controller.calls), [{ template: "case_update_text", values: { 1: "Amina", 2: "CAS-00417" } }]);
  assert.equal(await active(), "search");
  assert.match(await said(), /Template sent\./);
  assert.deepEqual(await eventTypes(), ["composer-change", "phase-change", "template-select", "template-send", "template-sent"]);
  const message = await page.evaluate(() => events.find(({ type }) => type === "template-send").detail.message);
  assert.deepEqual(message, { kind: "template", conversationId: "c1", contentSid: "case_update_text", contentVariables: '{"1":"Amina","2":"CAS-00417"}',
    text: "Hello Amina, your case CAS-00417 is now being reviewed. We will write again when there is news.", language: "en" });
  clean();
});

test("the keys of the list: both ends, round and round, Escape empties and then closes", async () => {
  await show("open");
  await button("Templates").press("Enter");
  assert.equal(await active(), "search");
  const at = () => search().getAttribute("aria-activedescendant");
  await page.keyboard.press("End");
  assert.equal(await at(), "option-9");
  await page.keyboard.press("ArrowDown");
  assert.equal(await at(), "option-0");
  await page.keyboard.press("ArrowUp");
  assert.equal(await at(), "option-9");
  await page.keyboard.press("Home");
  assert.equal(await at(), "option-0");
  await page.keyboard.type("case");
  assert.equal(await at(), null);
  await page.keyboard.press("Escape");
  assert.equal(await search().inputValue(), "");
  await page.keyboard.press("Escape");
  assert.equal(await search().isVisible(), false);
  assert.equal(await page.evaluate(() => root.activeElement.textContent), "Templates");
});

test("groups by language, the customer's first; what cannot be sent comes last, with the reason", async () => {
  await show("closed");
  assert.deepEqual(await text(".group"), ["English", "British English", "Arabic", "Brazilian Portuguese", "Cannot be sent now"]);
  const bad = await text("[aria-disabled=true]");
  assert.match(bad[0], /pick_topic.*Only while the window is open/);
  assert.match(bad[1], /Paused by WhatsApp/);
  assert.match(bad[2], /a-code-from-the-future/);
  await search().fill("pick");
  await page.keyboard.press("Enter");
  assert.equal(await active(), "search");
  assert.match(await said(), /Only while the window is open/);
  await page.evaluate(() => controller.next({ ...controller.snapshot, conversation: { ...controller.snapshot.conversation, locale: "ar" } }));
  await search().fill("");
  assert.equal((await text(".group"))[0], "Arabic");
});

test("the number of results is spoken once the agent pauses, and an empty result says for what", async () => {
  await show("closed");
  await search().pressSequentially("case");
  assert.equal(await said(), "|");
  await page.waitForFunction(() => /3 templates/.test(root.lastElementChild.textContent));
  await search().fill("zzz");
  assert.match((await text(".empty"))[0], /No template matches .zzz/);
});

test("six thousand templates: one screen of them is drawn, the rest on demand, without a freeze", async () => {
  await show("closed");
  const took = await page.evaluate(() => {
    const items = Array.from({ length: 6000 }, (_, n) => sendable(template(`template_${n}`, { language: ["en", "ar", "pt_BR"][n % 3] })));
    const begun = performance.now();
    controller.next({ ...controller.snapshot, templates: { kind: "ready", items } });
    return performance.now() - begun;
  });
  assert.ok(took < 1000, `${took} ms`);
  assert.equal((await text(".option")).length, 60);
  assert.deepEqual(await text(".count"), ["6,000 templates"]);
  await page.getByRole("button", { name: "Show 5,940 more" }).click();
  assert.equal((await text(".option")).length, 120);
  assert.equal(await search().getAttribute("aria-activedescendant"), "option-60");
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowDown");
  assert.equal((await text(".option")).length, 180);
  const typed = await page.evaluate(() => {
    const begun = performance.now();
    root.querySelector("#search").value = "5999";
    root.querySelector("#search").dispatchEvent(new Event("input"));
    return performance.now() - begun;
  });
  assert.ok(typed < 1000, `${typed} ms`);
  assert.deepEqual(await text(".option .name"), ["template_5999"]);
});

test("loading and failing are said; trying again asks for the templates", async () => {
  await show("closed");
  await page.evaluate(() => controller.next({ ...controller.snapshot, templates: { kind: "loading", items: [] } }));
  assert.deepEqual(await text(".empty"), ["Loading templates…"]);
  await page.evaluate(() => controller.next({ ...controller.snapshot, templates: { kind: "failed", items: [], error: { code: "x", message: "m" } } }));
  assert.deepEqual(await text(".empty"), ["The templates could not be loaded."]);
  await button("Try again").click();
  assert.deepEqual(await page.evaluate(() => controller.calls), ["reload"]);
});

/** Opens the form of a template. */
async function choose(name) {
  await search().fill(name);
  await page.keyboard.press("Enter");
}

test("a missing value is not complained of before the agent has been there; Send then leads to it", async () => {
  await show("closed");
  await choose("case_update_text");
  assert.deepEqual(await page.locator("textarea.value").evaluateAll((list) => list.map(({ value }) => value)), ["", ""]);
  assert.deepEqual(await text(".hint"), ["Example: \u2068Amelia\u2069", "Example: \u2068CAS-00417\u2069"]);
  assert.equal(await page.locator("[aria-invalid]").count(), 0);
  await button("Send template").click();
  assert.equal(await active(), "value-0");
  assert.equal(await page.locator("[aria-invalid=true]").count(), 2);
  assert.match(await said(), /2 values need attention/);
  assert.deepEqual(await page.evaluate(() => controller.calls), []);
  const described = await page.getByLabel("Value 1", { exact: true }).evaluate((node) => node.getAttribute("aria-describedby").split(" ").map((id) => node.getRootNode().getElementById(id).textContent));
  assert.deepEqual(described, ["Example: \u2068Amelia\u2069", "Fill in this value."]);
});

test("a bad value is named while typing and its repair is offered, never applied", async () => {
  await show("closed", { draft: "Line one\nline two" });
  await choose("case_question");
  await page.getByRole("button", { name: /Use my unsent text/ }).click();
  assert.equal(await page.locator("#value-0").inputValue(), "Line one\nline two");
  assert.match((await text(".problem:not([hidden])"))[0], /No line breaks/);
  await page.getByRole("button", { name: /^Use: / }).click();
  assert.equal(await page.locator("#value-0").inputValue(), "Line one line two");
  assert.equal(await page.locator("[aria-invalid]").count(), 0);
  assert.deepEqual(await text(".bubble mark"), ["Line one line two"]);
});

test("suggestions of the desktop are offered, the nearest name first; the draft only where there is one value", async () => {
  await show("closed", { draft: "half a sentence" });
  await choose("track_parcel");
  const chips = await page.locator(".variable").first().locator(".chips .chip").allTextContents();
  assert.deepEqual(chips, ["First nameAmina", "Case numberCAS-00417"]);
  await page.locator(".chips .chip").first().click();
  assert.equal(await page.locator("#value-0").inputValue(), "Amina");
  assert.equal(await active(), "value-0");
});

test("the preview shows shapes, its own direction, and what is missing", async () => {
  await show("closed");
  await choose("track_parcel");
  assert.equal(await page.locator(".bubble button, .bubble a").count(), 0);
  assert.deepEqual(await text(".bubble .sr"), ["missing: First name", "missing: Code"]);
  assert.deepEqual(await text(".shape bdi:not(.address)"), ["Track parcel", "Talk to us"]);
  await button("Back to the list").click();
  await choose("case_update_ar");
  assert.deepEqual(await page.evaluate(() => [root.querySelector(".bubble").dir, root.querySelector(".bubble").lang, root.querySelector(".window").dir]), ["rtl", "ar", "ltr"]);
});

test("going back to the list keeps what was typed", async () => {
  await show("closed");
  await choose("case_question");
  await page.keyboard.type("the late parcel");
  await button("Back to the list").click();
  assert.equal(await active(), "search");
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("#value-0").inputValue(), "the late parcel");
});

test("while a template is on its way it cannot be sent twice; a failure keeps every value and says what to do", async () => {
  await show("closed");
  await page.evaluate(() => {
    controller.send = () => new Promise((_, reject) => (globalThis.refuse = reject));
  });
  await choose("case_question");
  await page.keyboard.type("the late parcel");
  await button("Send template").click();
  assert.equal(await page.locator("[part=send]").getAttribute("aria-disabled"), "true");
  assert.equal(await page.locator("[part=send]").textContent(), "Sending…");
  await page.locator("[part=send]").click({ force: true });
  await page.evaluate(() => root.querySelector("form").requestSubmit());
  assert.equal(await page.evaluate(() => controller.calls.length), 1);
  await page.evaluate(() => refuse({ code: "send-refused", message: "internal words", providerCode: 63028 }));
  await page.waitForFunction(() => events.some(({ type }) => type === "template-error"));
  assert.match((await text(".fault"))[0], /The values do not fit the template\. Check each of them.*Code .63028/);
  assert.doesNotMatch((await text(".fault"))[0], /internal words/);
  assert.equal(await page.locator("#value-0").inputValue(), "the late parcel");
  assert.match(await said(), /The values do not fit/);
  assert.equal(await page.locator("[part=send]").getAttribute("aria-disabled"), null);
});

test("the host may prevent a sending", async () => {
  await show("closed");
  await page.evaluate(() => element.addEventListener("template-send", (event) => event.preventDefault()));
  await choose("no_values");
  await page.keyboard.press("Enter");
  assert.deepEqual(await page.evaluate(() => controller.calls), []);
  assert.ok(await button("Send template").isVisible());
});

test("when the customer answers while the agent fills in a template, nothing moves", async () => {
  await show("closed");
  await choose("case_question");
  await page.keyboard.type("the late");
  const before = await page.locator("#value-0").boundingBox();
  await next("open");
  assert.equal(await active(), "value-0");
  await page.keyboard.type(" parcel");
  assert.equal(await page.locator("#value-0").inputValue(), "the late parcel");
  assert.equal(await page.evaluate(() => element.composer), "closed");
  assert.match(await said(), /The window is open again/);
  assert.ok(before);
  await button("Go back to typing").click();
  assert.deepEqual((await eventTypes()).slice(-2), ["composer-change", "composer-focus"]);
  assert.equal(await page.evaluate(() => element.composer), "open");
  assert.equal(await page.locator("#value-0").isVisible(), false);
});

test("when the customer answers and the agent is elsewhere, the composer comes back at once", async () => {
  await show("closed");
  await page.locator("#composer").focus();
  await next("open");
  assert.equal(await page.evaluate(() => element.composer), "open");
  assert.equal(await search().isVisible(), false);
  assert.equal(await active(), "composer");
});

test("the kept draft is shown and can be copied", async () => {
  await open({ permissions: ["clipboard-read", "clipboard-write"] });
  await show("closed", { draft: "Sorry for the wait" });
  await button("Copy").click();
  await page.waitForFunction(() => /Copied/.test(root.lastElementChild.textContent));
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "Sorry for the wait");
});

test("words of customers and templates are text, whatever they hold", async () => {
  const evil = "<img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script>";
  await page.evaluate((evil) => show("closed", {
    draft: evil,
    items: [sendable(template(evil, { body: `${evil} {{1}}`, footer: evil, samples: { 1: evil }, buttons: [{ kind: "quick-reply", title: evil }] }))],
    conversation: { id: "c1", business: "+1", customer: { username: evil }, locale: evil, suggestions: { [evil]: evil } },
  }), evil);
  await search().focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.locator("#value-0").fill(evil);
  await page.waitForTimeout(50);
  assert.equal(await page.title(), "reply-window under test");
  assert.equal(await page.evaluate(() => root.querySelectorAll("img, script").length), 0);
  assert.ok((await text(".bubble .body"))[0].includes(evil));
  clean();
});

test("axe finds nothing to object to, in every state, in both languages and both schemes", async () => {
  for (const options of [{}, { colorScheme: "dark" }]) {
    await open(options);
    for (const locale of ["en", "ar-SA"]) {
      for (const kind of ["open", "closing", "unknown", "closed"]) {
        await show(kind, { draft: "a kept draft" }, { locale });
        if (kind === "open") await page.evaluate(() => element.openTemplates());
        await axe();
      }
      await choose("track_parcel");
      await page.locator("#value-0").fill("Amina");
      await page.locator("[part=send]").click();
      await axe();
    }
  }
});

test("right to left: the accent and the search sign are at the right, the number keeps its plus at the left", async () => {
  await show("closed", {}, { locale: "ar-SA" });
  await page.locator("summary").click();
  const boxes = await page.evaluate(() => {
    const box = (selector) => root.querySelector(selector).getBoundingClientRect().toJSON();
    const node = [...root.querySelectorAll("bdi[dir=ltr]")].find((bdi) => bdi.textContent.startsWith("+")).firstChild;
    const char = (at) => {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      return range.getBoundingClientRect().x;
    };
    return { window: box(".window"), badge: box(".badge"), word: box(".word"), plus: char(0), last: char(node.length - 1) };
  });
  assert.ok(boxes.badge.x > boxes.word.x);
  assert.ok(boxes.badge.x > boxes.window.x + boxes.window.width / 2);
  assert.ok(boxes.plus < boxes.last);
  assert.equal(await page.evaluate(() => getComputedStyle(root.querySelector(".banner")).borderRightWidth), "4px");
  const words = (await text(".window"))[0].replace(/\+\d+|\w+_\w+|\{\{\d\}\}|CAS-\d+|20%/g, "");
  assert.doesNotMatch(words, /[0-9]/, "one numbering system everywhere");
});

test("320 pixels, and text of twice the size: nothing is cut off sideways", async () => {
  for (const locale of ["en", "ar-SA"]) {
    await open({ viewport: { width: 320, height: 900 } });
    for (const size of ["100%", "200%"]) {
      await page.evaluate((size) => (document.documentElement.style.fontSize = size), size);
      await show("closed", { draft: "A draft that is long enough to be broken into several lines" }, { locale });
      const wide = () => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.equal(await wide(), false, `${locale} ${size} list`);
      await choose("track_parcel");
      await page.locator("#value-0").fill("A".repeat(300));
      assert.equal(await wide(), false, `${locale} ${size} form`);
    }
  }
});

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
  await page.keyboard.press("Enter");
  await button("Send template").click();
  await page.waitForFunction(() => globalThis.receipt?.id === "SM9");
});

test("mount joins an adapter, moves the focus only from typing, and leaves the page as it was", async () => {
  const run = await page.evaluate(async () => {
    const { mount } = await mountModule();
    const composer = document.querySelector("#composer");
    const calls = [];
    let host;
    const adapter = {
      name: "test", capabilities: { seesInbound: false, blocksSend: false, replacesComposer: true, keepsDraft: false },
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

test("forced colours keep a border round everything and an outline on the option in hand", async () => {
  await open({ forcedColors: "active" });
  await show("closed");
  await search().press("ArrowDown");
  const found = await page.evaluate(() => [getComputedStyle(root.querySelector(".option[aria-selected=true]")).outlineStyle, getComputedStyle(root.querySelector(".window")).borderTopStyle]);
  assert.deepEqual(found, ["solid", "solid"]);
});

test("what was typed for one customer is never offered for another", async () => {
  await show("closed");
  await choose("case_question");
  await page.keyboard.type("a secret of the first");
  const to = (id) => page.evaluate((id) => controller.next({ ...controller.snapshot, conversation: { ...controller.snapshot.conversation, id } }), id);
  await to("c2");
  assert.equal(await page.locator("#value-0").isVisible(), false);
  assert.equal(await search().inputValue(), "");
  await choose("case_question");
  assert.equal(await page.locator("#value-0").inputValue(), "");
  await to("c1");
  await choose("case_question");
  assert.equal(await page.locator("#value-0").inputValue(), "a secret of the first");
});

test("a send that ends after the agent went to another conversation leaves that one alone", async () => {
  await show("closed");
  await page.evaluate(() => {
    controller.send = () => new Promise((resolve) => (globalThis.answer = resolve));
  });
  await choose("no_values");
  await page.keyboard.press("Enter");
  await page.evaluate(() => controller.next({ ...controller.snapshot, conversation: { ...controller.snapshot.conversation, id: "c2" } }));
  await choose("case_question");
  await page.keyboard.type("for the second");
  await page.evaluate(() => answer({ id: "SM1" }));
  await page.waitForFunction(() => events.some(({ type }) => type === "template-sent"));
  assert.equal(await page.locator("#value-0").inputValue(), "for the second");
  assert.equal(await active(), "value-0");
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
