// What a developer got wrong is told at once, in words, and not when an agent first sends.

import assert from "node:assert/strict";
import { test } from "node:test";
import { clean, page, settled, useBrowser } from "./harness.js";

useBrowser();

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
  assert.match(await told("#nowhere"), /^ReplyWindowError missing-field target: .*target was not found/);
  assert.match(await told("=#place"), /^ReplyWindowError wrong-type target: .*no element/);
  assert.match(await told("#place", { templates: [] }), /^ReplyWindowError missing-field onSend: /);
  assert.match(await told("#place", { composer: { input: "#text" } }), /^ReplyWindowError missing-field composer.send: /);
  assert.equal(await told("#place"), "");
  clean();
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
  await settled();
  assert.deepEqual(states, [0, 0, 0]);
  assert.equal(warned.length, 2, warned.join("\n"));
  assert.match(warned[0], /last-inbound-at="yesterday" is no time/);
});
