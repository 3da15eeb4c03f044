// What a page does with its composer beside typing in it: forms around it, files taken early, boxes that come late, go and come back.

import assert from "node:assert/strict";
import { test } from "node:test";
import { faults, page, usePage } from "../support/page.mjs";
import { until } from "../support/until.mjs";
import { PAGE } from "./lock-story.js";

const COMPOSER = { root: "#composer", input: "textarea", send: "#send", attach: "#file" };
const BOX = '<div id="composer"><textarea aria-label="Message"></textarea><input id="file" type="file" aria-label="File"><button id="send" type="button">Send</button></div>';
const OTHER = { id: "2", business: "+14155238886", customer: { phone: "+491701234568" } };
const FIRST = { id: "1", business: "+14155238886", customer: { phone: "+491701234567" } };

usePage({
  html: PAGE, policy: "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src data:; connect-src 'self'",
  prepare: ({ clock }) => clock.install({ time: "2026-11-23T10:00:00Z" }), isReady: () => window.begin,
});

/** A page with this markup, joined and open. */
const begin = async (/** @type {string} */ html, { composer = COMPOSER, ...options } = {}) => {
  await page.evaluate(([html, options]) => {
    document.body.innerHTML = `<div id="host">${html}</div>`;
    window.take = () => {
      const text = document.querySelector("textarea");
      window.sent.push(text.value);
      text.value = "";
    };
    window.begin(options);
  }, [html, { composer, locale: "en", ...options }]);
  await hear();
};
const hear = () => page.evaluate(() => window.panel.record({ id: `in ${window.NOW}`, log: "customer", kind: "text", providerAtMs: window.NOW }));
const close = () => page.evaluate(() => ((window.NOW += 25 * 3_600_000), void window.panel.controller.evaluate()));
const sent = () => page.evaluate(() => window.sent);
const draft = () => page.evaluate(() => window.panel.draft);
const value = () => page.locator("textarea").inputValue();
const isHidden = () => page.locator("#composer").waitFor({ state: "hidden" });
/** What the adapter looks for by itself it has looked for, twice. */
const settled = () => page.clock.runFor(600);
/** As a framework does that draws a part of the page anew. */
const mountAnew = (html = BOX) => page.evaluate((html) => {
  const place = document.createElement("div");
  place.innerHTML = html;
  document.querySelector("#composer").replaceWith(...place.childNodes);
}, html);
const openAgain = async () => {
  await hear();
  await page.evaluate(() => window.panel.element.reset());
  await page.locator("#composer").waitFor({ state: "visible" });
};

for (const [name, html] of [
  ["around the composer", `<form id="form">${BOX}</form><button id="outside" form="form">Go</button>`],
  ["that the field names", `<form id="form"></form>${BOX.replace("<textarea", '<textarea form="form"')}<button id="outside" form="form">Go</button>`],
]) {
  test(`a form ${name} is submitted while open, and no more once closed: by a button elsewhere, by code`, async () => {
    await begin(html);
    await page.evaluate(() => document.querySelector("form").addEventListener("submit", (event) => (event.preventDefault(), window.take())));
    await page.locator("textarea").fill("open");
    await page.locator("#outside").click();
    assert.deepEqual(await sent(), ["open"]);
    await page.locator("textarea").fill("late");
    await close();
    await page.locator("#outside").click();
    await page.evaluate(() => document.querySelector("form").requestSubmit());
    assert.deepEqual([await sent(), await draft()], [["open"], "late"]);
    // The form may be the whole page's.
    await page.evaluate(() => {
      document.querySelector("textarea").value = "";
      document.querySelector("form").requestSubmit();
    });
    assert.deepEqual(await sent(), ["open", ""], "nothing waits in the composer, and something else may be meant");
  });
}

test("a file is not taken by whoever listens to input instead of change, either; it is told of once", async () => {
  await begin(BOX);
  await page.evaluate(() => {
    window.told = 0;
    window.panel.element.addEventListener("send-blocked", () => (window.told += 1));
    document.querySelector("#file").addEventListener("input", ({ target }) => [...target.files].forEach(({ name }) => window.sent.push(name)));
  });
  const choose = (/** @type {string} */ name) => page.locator("#file").setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from("a") });
  await choose("open.txt");
  assert.deepEqual(await sent(), ["open.txt"]);
  await page.locator("#file").evaluate((file) => void (file.value = ""));
  await close();
  await choose("late.txt");
  await settled();
  assert.deepEqual([await sent(), await page.evaluate(() => window.told)], [["open.txt"], 1]);
});

for (const [name, options] of /** @type {const} */ ([
  ["a place in it", { composer: { ...COMPOSER, place: "#inside" } }],
  ["itself as the place", { composer: { ...COMPOSER, place: "#composer" } }],
  ["a target in it", { target: "#inside" }],
])) {
  test(`a composer with ${name} does not hide the panel together with itself, and the developer is told`, async () => {
    /** @type {string[]} */
    const told = [];
    page.on("console", (message) => void (message.type() === "warning" && told.push(message.text())));
    await begin(BOX.replace("</div>", '<div id="inside"></div></div>'), options);
    await close();
    await isHidden();
    await page.locator("reply-window [role=combobox]").waitFor({ state: "visible" });
    await page.clock.runFor(5_000);
    await until("it is told", () => told.length > 0);
    assert.deepEqual(told, ["reply-window: the panel's place lies inside composer.root, which is hidden while the window is closed: the panel stands before it."]);
    await openAgain();
    assert.deepEqual([await page.evaluate(() => (window.panel.destroy(), document.querySelectorAll("reply-window").length)), faults], [0, []]);
  });
}

test("a composer in a closed shadow root, whose parts the page hands over, is locked", async () => {
  await page.evaluate(() => {
    document.body.innerHTML = '<div id="host"></div>';
    const root = document.querySelector("#host").attachShadow({ mode: "closed" });
    const [box, button, whole] = ["textarea", "button", "div"].map((name) => document.createElement(name));
    whole.append(box, button);
    root.append(whole);
    const send = () => (window.sent.push(box.value), (box.value = ""));
    box.addEventListener("keydown", (event) => event.key === "Enter" && (event.preventDefault(), send()));
    button.addEventListener("click", send);
    Object.assign(window, { box, button, whole });
    window.begin({ locale: "en", composer: { root: () => whole, input: () => box, send: () => button } });
    box.focus();
  });
  await hear();
  await page.keyboard.type("open");
  await page.keyboard.press("Enter");
  await page.keyboard.type("late");
  await close();
  await page.keyboard.press("Enter");
  await page.evaluate(() => window.button.click());
  assert.deepEqual([await sent(), await draft()], [["open"], "late"]);
  await page.waitForFunction(() => getComputedStyle(window.whole).display === "none");
});

test("a draft that is there before the box is written into it when it comes, and what is typed then is the draft", async () => {
  await begin("");
  await page.evaluate(() => void (window.panel.draft = "kept"));
  await page.evaluate((html) => void (document.querySelector("#host").innerHTML = html), BOX);
  await page.waitForFunction(() => document.querySelector("textarea").value === "kept");
  await page.locator("textarea").focus();
  await page.keyboard.press("End");
  await page.keyboard.type(" and more");
  await page.waitForFunction(() => window.panel.draft === "kept and more");
});

test("a box that comes with a text of its own keeps it, before the draft that waited", async () => {
  await begin("");
  await page.evaluate(() => void (window.panel.draft = "kept"));
  await page.evaluate((html) => void (document.querySelector("#host").innerHTML = html), BOX.replace("></textarea>", ">the page's</textarea>"));
  await page.waitForFunction(() => document.querySelector("textarea").value === "the page's\n\nkept");
  assert.equal(await draft(), "the page's\n\nkept");
});

test("a draft that changed while the box was away is what stands in it when it is back", async () => {
  await begin(BOX);
  await page.locator("textarea").fill("one");
  await page.evaluate(() => {
    window.away = document.querySelector("#composer");
    window.away.remove();
  });
  await settled();
  await page.evaluate(() => void (window.panel.draft = "two"));
  await page.evaluate(() => document.querySelector("#host").append(window.away));
  await page.waitForFunction(() => document.querySelector("textarea").value === "two");
  assert.equal(await draft(), "two");
});

test("a composer that is made anew while closed gets the kept draft when it is given back", async () => {
  await begin(BOX);
  await page.locator("textarea").fill("half typed");
  await close();
  await isHidden();
  await mountAnew();
  await settled();
  assert.equal(await draft(), "half typed");
  await openAgain();
  assert.deepEqual([await value(), await draft()], ["half typed", "half typed"]);
});

test("a composer that is made anew to empty it after a send holds nothing, and neither does the draft", async () => {
  await begin(BOX);
  await page.evaluate(() => document.querySelector("#send").addEventListener("click", () => window.sent.push(document.querySelector("textarea").value)));
  await page.locator("textarea").fill("sent");
  await page.locator("#send").click();
  await mountAnew();
  await settled();
  assert.deepEqual([await sent(), await draft()], [["sent"], ""]);
  await page.locator("textarea").fill("by code");
  await page.evaluate(() => window.guarded("by code"));
  await mountAnew();
  await settled();
  assert.equal(await draft(), "");
});

test("a text that was sent is not back in the box after another conversation, however soon that was shown", async () => {
  await begin(BOX);
  await page.evaluate(() => document.querySelector("#send").addEventListener("click", () => window.take()));
  await page.locator("textarea").fill("sent once");
  await page.locator("#send").click();
  await page.evaluate((two) => two.forEach((conversation) => window.panel.setConversation(conversation)), [OTHER, FIRST]);
  assert.deepEqual([await sent(), await value(), await draft()], [["sent once"], "", ""]);
  // What was not sent is back.
  await page.locator("textarea").fill("half typed");
  await page.evaluate((two) => two.forEach((conversation) => window.panel.setConversation(conversation)), [OTHER, FIRST]);
  await settled();
  assert.deepEqual([await value(), await draft()], ["half typed", "half typed"]);
});

test("a page with a composer for each conversation, drawn before it tells which is shown, loses no draft and mixes none", async () => {
  const turn = async (/** @type {object} */ conversation) => {
    await mountAnew();
    await settled();
    await page.evaluate((conversation) => window.panel.setConversation(conversation), conversation);
    await settled();
  };
  await begin(BOX);
  await page.locator("textarea").fill("for the first");
  await turn(OTHER);
  assert.deepEqual([await value(), await draft()], ["", ""]);
  await page.locator("textarea").fill("for the other");
  await turn(FIRST);
  assert.deepEqual([await value(), await draft()], ["for the first", "for the first"]);
  await turn(OTHER);
  assert.deepEqual([await value(), await draft()], ["for the other", "for the other"]);
});

for (const [name, down, up] of [
  ["Enter", () => page.keyboard.down("Enter"), () => page.keyboard.up("Enter")],
  ["the pointer", async () => (await page.locator("#send").hover(), page.mouse.down()), () => page.mouse.up()],
]) {
  test(`the panel comes after two seconds where ${name} was let go after the closing instant, too`, async () => {
    await begin(BOX);
    await page.locator("textarea").focus();
    await down();
    await close();
    await up();
    await page.clock.runFor(2_500);
    assert.equal(await page.locator("#composer").isVisible(), false);
  });
}

test("a composer that the page itself hid while it was closed stays hidden", async () => {
  await begin(BOX);
  await close();
  await isHidden();
  await page.evaluate(() => void (document.querySelector("#composer").style.display = "none"));
  await settled();
  await hear();
  await settled();
  assert.equal(await page.locator("#composer").isVisible(), false);
  assert.equal(await page.evaluate(() => document.querySelector("#composer").style.cssText), "display: none;");
});

test("the draft of an editor has the emoji that are pictures, and a line for each cell and part", async () => {
  await begin('<div id="composer"><div id="editor" contenteditable="true" aria-label="Message"></div><button id="send">Send</button></div>', { composer: { root: "#composer", input: "#editor", send: "#send" } });
  await page.evaluate(() => {
    document.querySelector("#editor").innerHTML = 'Hi <img alt="😀" src="data:,"> <span contenteditable="false">@Bo</span><table><tbody><tr><td>a</td><td>ب</td></tr><tr><td>c</td></tr></tbody></table><section>d</section><section>e</section><dl><dt>f</dt><dd>g</dd></dl>';
  });
  await page.waitForFunction(() => window.panel.draft !== "");
  assert.equal(await draft(), "Hi 😀 @Bo\na\nب\nc\nd\ne\nf\ng");
  assert.deepEqual(faults, []);
});
