// What a developer got wrong is told at once, in words, and not when an agent first sends.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { clean, page, settled, useBrowser } from "./harness.js";

useBrowser();

/** A composer on the page, made without markup: the policy takes none. */
const COMPOSER = () => {
  globalThis.box = () => {
    document.querySelector("#box")?.remove();
    const [box, text, go] = ["div", "textarea", "button"].map((name) => document.createElement(name));
    Object.assign(box, { id: "box" }).append(Object.assign(text, { id: "text" }), Object.assign(go, { id: "go", textContent: "Send" }));
    document.body.append(box);
  };
};

/** What `mount` says of such a call; the handle is ended again. */
const told = (/** @type {string} */ target, options = {}) => page.evaluate(async ([target, options]) => {
  const { mount } = await mountModule();
  const place = target.startsWith("=") ? target.slice(1) : document.querySelector(target);
  const conversation = { id: "1", business: "+15550100100", customer: { phone: "+966501234567" } };
  try {
    mount(place, { conversation, ...options }).destroy();
    return "";
  } catch (error) {
    return `${error.name} ${error.code} ${error.field}: ${error.message}`;
  }
}, [target, options]);

test("a target that was not found, a selector in its place, templates that nobody sends", async () => {
  assert.match(await told("#nowhere"), /^ReplyWindowError missing-field target: .*not found/);
  assert.match(await told("=#place"), /^ReplyWindowError wrong-type target: .*no element/);
  assert.match(await told("#place", { templates: [] }), /^ReplyWindowError missing-field onSend: /);
  assert.match(await told("#place", { composer: { input: "#text" } }), /^ReplyWindowError missing-field composer.send: /);
  assert.match(await told("#place", { composer: { input: "#text", send: "#go", button: "#go" } }), /^ReplyWindowError unknown-field composer.button: /);
  assert.equal(await told("#place"), "");
  for (const [options, telling] of [[undefined, "missing-field options"], [null, "wrong-type options"], [{}, "missing-field conversation"], [{ conversation: null }, "wrong-type conversation"], [{ conversation: "1" }, "wrong-type conversation"]]) {
    const said = await page.evaluate(async (options) => {
      const { mount } = await mountModule();
      try {
        return mount(null, options);
      } catch (error) {
        return `${error.name} ${error.code} ${error.field}`;
      }
    }, options);
    assert.equal(said, `ReplyWindowError ${telling}`);
  }
  clean();
});

test("parts of a composer that are not on the page are named once, after a while", async () => {
  await page.evaluate(COMPOSER);
  await page.clock.install();
  const told = [];
  page.on("console", (message) => message.type() === "warning" && told.push(message.text()));
  const wait = async () => {
    await page.clock.runFor(6_000);
    await settled();
  };
  const mounted = (/** @type {object} */ composer) => page.evaluate(async (composer) => {
    const { mount } = await mountModule();
    box();
    globalThis.handle = mount(null, { composer, conversation: { id: "1", business: "+15550100100", customer: { phone: "+966501234567" } } });
  }, composer);
  await mounted({ input: "#nope", send: "#go", attach: "#clip" });
  await wait();
  await page.waitForFunction(() => true);
  assert.deepEqual(told, ["reply-window: not on the page: composer.input (#nope), composer.attach (#clip). Nothing is locked until it is there."]);
  await page.evaluate(() => handle.destroy());
  await mounted({ root: "#box", input: "#text", send: "#go" });
  await wait();
  assert.equal(told.length, 1);
});

test("two reply windows in one place", async () => {
  const [first, second, third] = await page.evaluate(async () => {
    const { mount } = await mountModule();
    const place = document.querySelector("#place");
    const make = (id) => mount(place, { conversation: { id, business: "+15550100100", customer: { phone: "+966501234567" } } });
    const answers = [];
    const handle = make("1");
    try {
      make("2");
    } catch (error) {
      answers.push(`${error.code} ${error}`);
    }
    answers.push(place.querySelectorAll("reply-window").length);
    handle.destroy();
    make("3").destroy();
    return [...answers, place.querySelectorAll("reply-window").length];
  });
  assert.match(first, /^already-mounted .*destroy/);
  assert.deepEqual([second, third], [1, 0]);
});

test("two reply windows on one composer, also where the page has put another field in its place; the place of the second stays free", async () => {
  await page.evaluate(COMPOSER);
  const answers = await page.evaluate(async () => {
    const { mount } = await mountModule();
    const place = document.querySelector("#place");
    const make = (input, target = null) => {
      try {
        return mount(target, { composer: { input, send: "#go" }, conversation: { id: "1", business: "+15550100100", customer: { phone: "+966501234567" } } });
      } catch (error) {
        return `${error.code} ${error.field}: ${error.message}`;
      }
    };
    box();
    const handle = make("#text");
    const answers = [make(() => document.querySelector("#box textarea"))];
    box();
    answers.push(make("#text", place), place.childElementCount);
    make("#elsewhere", place).destroy();
    handle.destroy();
    const again = make("#text", place);
    answers.push(place.childElementCount);
    again.destroy();
    return [...answers, place.childElementCount];
  });
  const twice = /^already-mounted composer\.input: .*destroy/;
  for (const answer of answers.splice(0, 2)) assert.match(answer, twice);
  assert.deepEqual(answers, [0, 1, 0]);
  clean();
});

test("a time in last-inbound-at that is none is told once, and the window is unknown", async () => {
  const warned = [];
  page.on("console", (message) => message.type() === "warning" && warned.push(message.text()));
  const states = await page.evaluate(() => {
    ReplyWindowElement.define();
    return ["yesterday", "yesterday", "1795421709"].map((heard) => {
      const element = document.createElement("reply-window");
      for (const [name, value] of Object.entries({ "conversation-id": "7", business: "+15550100100", customer: "US.123", "last-inbound-at": heard })) element.setAttribute(name, value);
      document.querySelector("#place").replaceChildren(element);
      return made.state.customer.length;
    });
  });
  for (let turn = 0; warned.length < 2 && turn < 50; turn += 1) await settled();
  assert.deepEqual(states, [0, 0, 0]);
  // What is fetched at once several times comes in any order.
  assert.deepEqual(warned.sort(), ["1795421709", "yesterday"].map((heard) => `last-inbound-at="${heard}" is no time: write it as 2026-11-23T08:15:00Z`));
});

test("a number in an attribute that is none: the window is unknown, and the console names element and attribute, once", async () => {
  const [errors, uncaught] = [/** @type {string[]} */ ([]), /** @type {string[]} */ ([])];
  const onConsole = (/** @type {any} */ message) => message.type() === "error" && errors.push(message.text());
  const onError = (/** @type {Error} */ error) => uncaught.push(String(error));
  page.on("console", onConsole).on("pageerror", onError);
  // Not the stand-in: what cannot be read is found by the engine.
  const body = await readFile(new URL("../../www/controller/controller.js", import.meta.url), "utf8");
  await page.route("**/www/controller/controller.js", (route) => route.fulfill({ body, contentType: "text/javascript" }));
  await page.reload();
  await page.waitForFunction(() => "ReplyWindowElement" in globalThis);
  const good = { "conversation-id": "7", business: "+15550100100", customer: "+966501234567", "last-inbound-at": "2026-11-23T08:15:00Z" };
  for (const [name, value] of [["business", "whatsapp:+1…"], ["business", "whatsapp:+15550100100"], ["customer", "+1"]]) {
    errors.length = 0;
    const told = page.waitForEvent("console", (message) => message.type() === "error");
    await page.evaluate((attributes) => {
      ReplyWindowElement.define();
      const element = document.createElement("reply-window");
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      document.querySelector("#place").replaceChildren(element);
    }, { ...good, [name]: value });
    await told;
    await page.locator("reply-window[phase=unknown]").waitFor();
    await page.evaluate(() => document.querySelector("reply-window").setAttribute("locale", "en-GB"));
    await settled();
    assert.equal(await page.locator("reply-window").getAttribute("phase"), "unknown");
    assert.match(await page.locator('reply-window [part~="label"]').innerText(), /unknown/i);
    for (const part of ["chooser", "draft", "timer"]) assert.ok(!(await page.locator(`reply-window [part~="${part}"]`).first().isVisible().catch(() => false)), part);
    assert.equal(await page.locator("reply-window .spin:visible").count(), 0);
    assert.equal(errors.length, 1, errors.join("\n"));
    assert.ok(errors[0].startsWith(`<reply-window ${name}="${value}"> knows nothing of its window: `), errors[0]);
    await page.evaluate(([name, value]) => document.querySelector("reply-window").setAttribute(name, value), [name, /** @type {any} */ (good)[name]]);
    await page.locator("reply-window[phase=closed]").waitFor();
  }
  page.off("console", onConsole).off("pageerror", onError);
  assert.deepEqual(uncaught, []);
});
