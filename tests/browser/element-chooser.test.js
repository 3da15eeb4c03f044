// From the list of templates to the message that is sent.

import assert from "node:assert/strict";
import { test } from "node:test";
import { active, axe, button, choose, clean, eventTypes, next, page, said, search, show, stopClock, text, useBrowser, wind } from "./harness.js";

useBrowser();

/** Of whom the desktop knows no more than the number. */
const NOTHING_KNOWN = { id: "c1", business: "+15550100100", customer: { phone: "+966501234567" }, locale: "en" };

test("the whole way by keyboard: search, choose, fill, send", async () => {
  await show("closed");
  await page.keyboard.press("Tab");
  await page.locator("[aria-controls=known]").focus();
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
  assert.match(await said(), /The template is on its way\./);
  assert.deepEqual(await eventTypes(), ["composer-change", "phase-change", "template-select", "template-send", "template-sent"]);
  const message = await page.evaluate(() => events.find(({ type }) => type === "template-send").detail.message);
  assert.deepEqual(message, { kind: "template", conversationId: "c1", contentSid: "case_update_text", contentVariables: '{"1":"Amina","2":"CAS-00417"}',
    text: "Hello Amina, your case CAS-00417 is now being reviewed. We will write again when there is news.", language: "en" });
  clean();
});

test("what was sent is not talked over by the number of results", async () => {
  await show("closed");
  await stopClock();
  await choose("no_values");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => events.some(({ type }) => type === "template-sent"));
  await wind(60_000);
  assert.match(await said(), /The template is on its way\./);
});

test("the keys of the list: both ends, round and round, Escape empties and then closes", async () => {
  await show("open");
  await button("Templates").press("Enter");
  await search().waitFor();
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
  await page.keyboard.press("Enter");
  assert.deepEqual([await at(), await page.locator("form").isVisible()], ["option-0", false], "of several, Enter points at the first");
  await page.keyboard.press("Escape");
  assert.equal(await search().inputValue(), "");
  await page.keyboard.press("Escape");
  assert.equal(await search().isVisible(), false);
  assert.equal(await page.evaluate(() => root.activeElement.textContent), "Templates");
});

test("groups by language, the customer's first; what cannot be sent comes last, with the reason", async () => {
  await show("closed");
  const groups = await text(".group");
  assert.deepEqual([groups.slice(0, 2), groups.at(-1)], [["English", "British English"], "Cannot be sent now"]);
  assert.deepEqual(groups.slice(2, -1).sort(), ["Arabic", "Brazilian Portuguese"]);
  const bad = (await text("[aria-disabled=true]")).join("\n");
  assert.match(bad, /pick_topic.*Only while the window is open/);
  assert.match(bad, /parcel_late.*Paused by WhatsApp/);
  assert.match(bad, /new_brand_code.*a-code-from-the-future/);
  await search().fill("pick");
  await page.keyboard.press("Enter");
  assert.equal(await active(), "search");
  assert.match(await said(), /Only while the window is open/);
  await page.evaluate(() => controller.next({ ...controller.snapshot, conversation: { ...controller.snapshot.conversation, locale: "ar" } }));
  await search().fill("");
  assert.equal((await text(".group"))[0], "Arabic");
});

for (const [locale, query] of [["ar", "تسويقيه"], ["en", "Marketing"]]) {
  test(`a category is found by the word that is shown for it: ${locale}`, async () => {
    await show("closed", {}, { locale });
    await search().fill(query);
    assert.deepEqual(await text(".option .name"), ["spring_offer"]);
  });
}

test("the number of results is spoken once the agent pauses, and an empty result says for what", async () => {
  await show("closed");
  await stopClock();
  await search().pressSequentially("case");
  await wind(600);
  assert.equal(await said(), "|");
  await wind(200);
  assert.match(await said(), /3 templates/);
  await search().fill("zzz");
  assert.match((await text(".empty"))[0], /No template matches .zzz/);
});

test("six thousand templates: one screen of them is drawn, the rest on demand", async () => {
  await show("closed");
  const nodes = () => page.evaluate(() => root.querySelectorAll("*").length);
  const before = await nodes();
  await page.evaluate(() => {
    const items = Array.from({ length: 6000 }, (_, n) => sendable(template(`template_${n}`, { language: ["en", "ar", "pt_BR"][n % 3] })));
    controller.next({ ...controller.snapshot, templates: { kind: "ready", items } });
  });
  assert.ok(await nodes() < before + 40 * 12, `${await nodes()} nodes, ${before} with ten templates`);
  assert.equal((await text(".option")).length, 40);
  assert.deepEqual(await text(".count"), ["6,000 templates"]);
  await page.getByRole("button", { name: "Show 5,960 more" }).click();
  assert.equal((await text(".option")).length, 80);
  assert.equal(await search().getAttribute("aria-activedescendant"), "option-40");
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowDown");
  assert.equal((await text(".option")).length, 120);
  await search().fill("5999");
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

test("a missing value is not complained of before the agent has been there; Send then leads to it", async () => {
  await show("closed", { conversation: NOTHING_KNOWN });
  await choose("case_update_text");
  assert.deepEqual(await page.locator("textarea.value").evaluateAll((list) => list.map(({ value }) => value)), ["", ""]);
  assert.deepEqual(await text("label"), ["Hello …", "Your case …"]);
  assert.deepEqual(await text(".hint:not([hidden])"), ["Example: \u2068Amelia\u2069", "Example: \u2068CAS-00417\u2069"]);
  assert.equal(await page.locator("[aria-invalid]").count(), 0);
  await stopClock();
  await button("Send template").click();
  assert.equal(await active(), "value-0");
  assert.equal(await page.locator("[aria-invalid=true]").count(), 2);
  assert.match(await said(), /^\|2 values need attention: \u2068Hello …\u2069 and \u2068Your case …\u2069\.$/, "told once, each by its name");
  assert.deepEqual(await page.evaluate(() => controller.calls), []);
  const described = await page.getByLabel("Hello …", { exact: true }).evaluate((node) => node.getAttribute("aria-describedby").split(" ").map((id) => node.getRootNode().getElementById(id).textContent));
  assert.deepEqual(described, ["Example: \u2068Amelia\u2069", "Fill in this value."]);
  await wind(800);
  assert.doesNotMatch(await said(), /Fill in this value/, "and not a second time, for each field, a little later");
});

test("name and case come from the conversation, marked as such; typing replaces them, and only what fits is offered", async () => {
  await show("closed");
  await choose("case_update_text");
  const values = () => page.locator("textarea.value").evaluateAll((list) => list.map(({ value }) => value));
  assert.deepEqual(await values(), ["Amina", "CAS-00417"]);
  const marks = () => text(".variable > .hint:not([hidden])");
  assert.deepEqual(await marks(), ["Filled in from the conversation", "Filled in from the conversation"]);
  assert.equal(await page.locator(".chips .chip").count(), 0);
  await page.keyboard.type("Ms Amina");
  assert.deepEqual(await values(), ["Ms Amina", "CAS-00417"]);
  assert.deepEqual(await marks(), ["Filled in from the conversation"]);
  assert.deepEqual(await page.locator(".chips .chip").allTextContents(), ["First nameAmina"], "back with one press, and no case where a name is asked for");
  await button("Back to the list").click();
  await choose("case_question");
  assert.deepEqual([await values(), await page.locator(".chips .chip").count()], [[""], 0]);
  clean();
});

test("of several that fit none is put in by itself", async () => {
  await show("closed", { conversation: { ...NOTHING_KNOWN, suggestions: { "First name": "Amina", Name: "Amina Haddad" } } });
  await choose("case_update_text");
  assert.equal(await page.locator("#value-0").inputValue(), "");
  assert.deepEqual(await page.locator(".variable").first().locator(".chips .chip").allTextContents(), ["First nameAmina", "NameAmina Haddad"]);
});

test("a bad value is named while typing and its repair is offered, never applied", async () => {
  await show("closed");
  await choose("case_question");
  await page.locator("#value-0").fill("Line one\nline two");
  assert.equal(await page.locator("#value-0").inputValue(), "Line one\nline two");
  assert.match((await text(".problem:not([hidden])"))[0], /No line breaks/);
  await page.getByRole("button", { name: /^Use: / }).click();
  assert.equal(await page.locator("#value-0").inputValue(), "Line one line two");
  assert.equal(await page.locator("[aria-invalid]").count(), 0);
  assert.deepEqual(await text(".bubble mark"), ["Line one line two"]);
});

test("what fits is offered where it does not stand already; the draft only where there is one value", async () => {
  await show("closed", { draft: "half a sentence" });
  await choose("track_parcel");
  await page.locator("#value-0").fill("");
  const chips = await page.locator(".chips .chip").allTextContents();
  assert.deepEqual(chips, ["First nameAmina"]);
  await page.locator(".chips .chip").first().click();
  assert.equal(await page.locator("#value-0").inputValue(), "Amina");
  assert.equal(await active(), "value-0");
});

test("the preview shows shapes, its own direction, and what is missing", async () => {
  await show("closed", { conversation: NOTHING_KNOWN });
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
  await page.evaluate(() => refuse({ code: "send-refused", message: "internal words", providerCode: 63028, sentence: "variable-count-mismatch" }));
  await page.waitForFunction(() => events.some(({ type }) => type === "template-error"));
  assert.match((await text(".fault"))[0], /The number of values does not fit the template\..*Code .63028/);
  assert.doesNotMatch((await text(".fault"))[0], /internal words/);
  assert.equal(await page.locator("#value-0").inputValue(), "the late parcel");
  assert.match(await said(), /The number of values does not fit/);
  assert.equal(await page.locator("[part=send]").getAttribute("aria-disabled"), null);
});

test("WhatsApp's formatting is shown as elements, and a value in it is still marked", async () => {
  await show("closed", { more: ["FORMATTED"] });
  await choose("order_formatted");
  assert.deepEqual(await text(".bubble mark .sr"), ["missing: Order …", "missing: Code AB …", "missing: Note …"]);
  assert.deepEqual(await text(".hint:not([hidden])"), ["Example: \u2068A-7\u2069", "Example: \u206812\u2069", "Example: \u2068at the *back* door\u2069"]);
  for (const [at, value] of ["<b>A-7</b>", "12", "at the *back* door"].entries()) await page.locator(`#value-${at}`).fill(value);
  const shown = (selector) => text(`.bubble .body ${selector}`);
  assert.deepEqual([await shown("b"), await shown("i"), await shown("s"), await shown("code")], [["Order ", "<b>A-7</b>", "15 euros", "back"], ["today"], ["20"], ["AB-", "12"]]);
  assert.deepEqual(await shown("mark b"), ["<b>A-7</b>", "back"]);
  assert.deepEqual(await shown("mark"), ["<b>A-7</b>", "12", "at the back door"]);
  assert.equal((await text(".bubble .body"))[0], "Order <b>A-7</b> left today.\n20 15 euros, code AB-12.\nNote: at the back door");
  await button("Send template").click();
  assert.equal(await page.evaluate(() => controller.calls[0].values[3]), "at the *back* door", "the marks are sent");
  clean();
});

test("a template that could not be read stands last, greyed, and says why, in both languages", async () => {
  for (const [locale, reason] of [["en", /Cannot be read here\. .contents\[7\].*\. Tell an administrator\./], ["ar", /تتعذّر قراءته هنا\. .contents\[7\].*\. أبلغ المسؤول\./]]) {
    await show("closed", { more: ["UNREAD"] }, { locale });
    await search().fill("delivery_note");
    const [option] = await text("[role=option][aria-disabled=true]");
    assert.match(option, /delivery_note/);
    assert.match(option, reason);
    await page.keyboard.press("Enter");
    assert.match(await said(), reason);
    assert.equal(await page.locator("form").isVisible(), false);
  }
});

test("a template that may no longer be sent says so, and not that it may be tried again", async () => {
  await show("closed");
  await page.evaluate(() => (controller.send = () => Promise.reject({ code: "template-not-sendable", message: "internal words" })));
  await choose("no_values");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => events.some(({ type }) => type === "template-error"));
  assert.deepEqual(await text(".fault span"), ["This template cannot be sent any more. Choose another one."]);
});

test("a sample of any length takes little room", async () => {
  await show("closed");
  await page.evaluate(() => controller.next({ ...controller.snapshot, templates: { kind: "ready", items: [sendable(template("long", { body: "Hi {{name}}, bye.", samples: { name: "x".repeat(1600) } }))] } }));
  await choose("long");
  assert.deepEqual(await text(".row .hint"), [`Example: \u2068${"x".repeat(80)}\u2069`]);
});

test("the host may prevent a sending", async () => {
  await show("closed");
  await page.evaluate(() => element.addEventListener("template-send", (event) => event.preventDefault()));
  await choose("no_values");
  await page.keyboard.press("Enter");
  assert.deepEqual(await page.evaluate(() => controller.calls), []);
  assert.ok(await button("Send template").isVisible());
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
  assert.equal(await page.locator("#value-0").isVisible(), true, "as it was left");
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

test("unsent text is offered as the value of a template that can carry it, by the rules of values", async () => {
  await show("closed", { draft: "Line one\nline two", queue: "offered" });
  assert.match((await text(".draft .hint:not([hidden])"))[0], /no line breaks: the lines are joined/);
  await button("Send it as one line with \u2068Case question\u2069").click();
  assert.equal(await page.locator("#value-0").inputValue(), "Line one line two");
  await page.locator("#value-0").fill("");
  assert.match(await page.locator(".chips .chip").last().textContent(), /Use my unsent text.*Line one line two/);
  await page.evaluate(() => controller.setDraft("x".repeat(2000)));
  assert.equal(await page.getByRole("button", { name: /Use my unsent text|Send it with/ }).count(), 0);
  assert.match((await text(".draft .hint:not([hidden])"))[0], /No template takes this text/, "and it says why");
});

test("sending when the customer answers is asked for by the agent, can be taken back, and is said", async () => {
  await show("closed", { draft: "half a sentence", queue: "offered" });
  await button("Send when the customer answers").click();
  assert.match(await said(), /Waits for the customer’s answer/);
  assert.ok(await page.getByText("Waits for the customer’s answer.").first().isVisible());
  await page.evaluate(() => controller.next({ ...snapshotOf("open", { draft: "half a sentence", queue: "ask", answer: { kind: "text", text: "Stop! Cancel everything" } }), templates: controller.snapshot.templates }));
  assert.match(await said(), /Read the answer: does it still fit\?/);
  await page.getByText("Customer: \u2068Stop! Cancel everything\u2069").waitFor();
  assert.equal(await button("Do not send").isVisible(), false);
  await button("Send").click();
  await button("Edit").click();
  await page.evaluate(() => controller.next({ ...controller.snapshot, queue: "ask" }));
  await button("Discard").click();
  assert.deepEqual(await page.evaluate(() => [controller.calls, controller.snapshot.draft]), [["queue", "send", "unqueue"], ""]);
  assert.deepEqual((await eventTypes()).filter((type) => type === "composer-focus").length, 2);
  clean();
});

test("a countdown is seen, starts when the answer is in front, and ends with a key, a press or a blur", async () => {
  await show("closed", { draft: "half a sentence", queue: "waiting" });
  await next("open", { draft: "half a sentence", queue: "ready" });
  await page.waitForFunction(() => controller.calls.includes("seen"));
  await next("open", { draft: "half a sentence", queue: "due", dueInMs: 8_000 });
  await page.getByText("The customer answered: it goes out in a moment. 8 s left").waitFor();
  await page.keyboard.press("Shift");
  assert.deepEqual(await page.evaluate(() => controller.calls), ["seen", "hold"]);
  await page.evaluate(() => window.dispatchEvent(new Event("blur")));
  await page.mouse.click(1, 1);
  assert.deepEqual(await page.evaluate(() => controller.calls), ["seen", "hold", "hold", "hold"]);
  await next("open", { draft: "half a sentence", queue: "ask" });
  const before = await page.evaluate(() => controller.calls.length);
  await page.keyboard.press("Shift");
  assert.equal(await page.evaluate(() => controller.calls.length), before, "asked, it waits anyway");
});

test("favourites are starred in the form, stand first among equals, and are told to the host", async () => {
  await show("closed");
  await page.evaluate(() => element.addEventListener("preferences-change", ({ detail }) => (globalThis.kept = detail)));
  await choose("no_values");
  const star = page.getByRole("button", { name: "Favourite" });
  assert.equal(await star.getAttribute("aria-pressed"), "false");
  await star.click();
  assert.equal(await star.getAttribute("aria-pressed"), "true");
  assert.deepEqual(await page.evaluate(() => globalThis.kept), { favourites: ["no_values"], recent: [] });
  await button("Back to the list").click();
  await search().fill("");
  assert.match((await text(".option"))[0], /^No values no_values.*Favourite/);
  await search().fill("warehouse");
  assert.match((await text(".option"))[0], /Found in the text/);
});

test("a counter is shown near the limit of free text, and a send that was stopped says why", async () => {
  await show("open");
  const type = (length) => page.evaluate((length) => controller.setDraft("x".repeat(length)), length);
  await type(1440);
  assert.equal(await page.locator(".length").isVisible(), false);
  await type(1441);
  assert.deepEqual(await text(".length"), ["1,441 of 1,600 characters"]);
  await type(1601);
  assert.match(await said(), /The text is too long/);
  await page.evaluate(() => element.blocked({ reason: "file-too-large", text: "" }));
  assert.deepEqual(await text(".limits"), ["Not sent: The file is too large."]);
  assert.match(await said(), /Not sent: The file is too large/);
  await page.evaluate(() => element.blocked({ reason: "engine-failed", text: "" }));
  assert.match(await said(), /Not sent: The rules could not be started/, "nobody knows whether the window is closed");
  await type(5);
  assert.equal(await page.locator(".limits").isVisible(), false);
  await axe();
});

for (const [locale, kept, old, way, none] of /** @type {[string, RegExp, RegExp, string, RegExp][]} */ ([
  ["en", /^Not sent\. Your text is kept\. /, /too old/, "The template is on its way.", /none for your team/], ["ar", /^لم تُرسل\. نصك محفوظ\. /, /مضى/, "القالب في طريقه.", /ليس منها ما هو لفريقك/]])) {
  test(`what became of a send is shown: one that was stopped while the composer still stands, and a template that left: ${locale}`, async () => {
    await show("closed", { draft: "my own words" }, { locale });
    await page.evaluate(() => {
      element.isPlaced = false;
      element.blocked({ reason: "window-expired", text: "my own words" });
    });
    assert.match((await text(".limits"))[0], kept);
    assert.match((await text(".limits"))[0], old);
    assert.equal(await page.locator(".limits").isVisible(), true);
    assert.match(await said(), old);
    await axe();
    const colour = () => page.locator(".limits").evaluate((line) => getComputedStyle(line).backgroundColor);
    const warning = await colour();
    await page.evaluate(() => void (element.isPlaced = true));
    assert.equal(await page.locator(".limits").isVisible(), false, "the panel tells it");
    await choose("no_values");
    await page.locator("[part~=send]").click();
    await page.waitForFunction((way) => root.querySelector(".limits").textContent === way, way);
    assert.equal(await page.locator(".limits").isVisible(), true);
    assert.notEqual(await colour(), warning, "no warning");
    await axe();
    await page.evaluate(() => controller.next({ ...controller.snapshot, error: { code: "send-refused", message: "internal", providerCode: 63049, sentence: "held-back-by-meta" } }));
    assert.ok(!(await text(".limits"))[0].includes(way), "it was refused after all");
    await next("open");
    assert.equal(await page.locator(".limits").isVisible(), false, "the customer has answered");
    clean();
  });

  test(`a team of whose templates there are none reads that, and not that there are none at all: ${locale}`, async () => {
    await show("closed", {}, { locale });
    await page.evaluate(() => controller.next({ ...controller.snapshot, templates: { kind: "ready", items: [], forOthers: true } }));
    assert.match((await text(".empty"))[0], none);
  });
}

test("a refusal that comes after the form was left is shown and spoken", async () => {
  await show("closed");
  await page.evaluate(() => controller.next({ ...controller.snapshot, error: { code: "send-refused", message: "internal", providerCode: 63049, sentence: "held-back-by-meta" } }));
  assert.match((await text(".limits"))[0], /WhatsApp chose not to deliver it/);
  assert.match(await said(), /WhatsApp chose not to deliver it/);
});
