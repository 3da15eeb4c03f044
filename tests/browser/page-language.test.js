// The language of the page changes while it stands: the elements follow, with what was typed in them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { clean, page, settled, show, useBrowser } from "./harness.js";

useBrowser();

const TAGS = ["reply-window", "phone-number-input", "channel-setup", "signature-inspector"];

/** Each with a text of somebody's in it. */
const put = async () => {
  await page.evaluate(() => Promise.all(["phone-number-input/", "setup/", "inspector/"].map((folder) => import(`/www/elements/${folder}define.js`))));
  await show("closed", { draft: "my own words" });
  await page.evaluate((tags) => {
    element.removeAttribute("locale");
    const place = document.querySelector("#place");
    for (const tag of tags.slice(1)) place.append(document.createElement(tag));
    place.querySelector("phone-number-input").value = "+31612345678";
    place.querySelector("channel-setup").record = { name: "Care" };
  }, TAGS);
  await page.locator("channel-setup [part~=form]").waitFor();
  await page.locator("signature-inspector #url").fill("https://desk.example.com/in");
  await page.locator("reply-window").getByRole("combobox", { name: /Search|Find/ }).fill("track");
  await page.keyboard.press("Enter");
  await page.locator("reply-window form textarea, reply-window form input").first().fill("TR-77");
};

/** Direction and language of the first thing in each, and what was typed. */
const seen = () => page.evaluate((tags) => tags.map((tag) => {
  const { firstElementChild: first } = document.querySelector(tag).shadowRoot;
  const { direction } = getComputedStyle(first);
  return `${first.lang.slice(0, 2) || first.querySelector("[lang]")?.lang.slice(0, 2) || "none"} ${direction}`;
}), TAGS);
const typed = () => page.evaluate(() => [
  root.querySelector("form textarea, form input").value, document.querySelector("phone-number-input").value, document.querySelector("channel-setup").record.name,
  document.querySelector("signature-inspector").shadowRoot.querySelector("#url").value,
]);
const TYPED = ["TR-77", "+31612345678", "Care", "https://desk.example.com/in"];
const all = (/** @type {string} */ told) => TAGS.map(() => told);

/** @param {string} told */
const become = async (told) => {
  for (let turn = 0; turn < 100 && (await seen()).some((one) => one !== told); turn += 1) await settled();
  assert.deepEqual(await seen(), all(told));
  assert.deepEqual(await typed(), TYPED);
};

test("of the page itself, there and back, and of what is around them", async () => {
  await put();
  await become("en ltr");
  await page.evaluate(() => Object.assign(document.documentElement, { lang: "ar", dir: "rtl" }));
  await become("ar rtl");
  await page.evaluate(() => Object.assign(document.documentElement, { lang: "en", dir: "ltr" }));
  await become("en ltr");
  await page.evaluate(() => void (document.querySelector("main").lang = "ar"));
  await become("ar rtl");
  await page.evaluate(() => document.querySelector("main").removeAttribute("lang"));
  await become("en ltr");
  clean();
});

test("a language of its own stays, as attribute and as property, and gives way where it is taken away", async () => {
  await put();
  await page.evaluate((tags) => tags.forEach((tag) => void (document.querySelector(tag).locale = "ar")), TAGS);
  assert.deepEqual(await page.evaluate((tags) => tags.map((tag) => document.querySelector(tag).getAttribute("locale")), TAGS), all("ar"));
  await become("ar rtl");
  await page.evaluate(() => void (document.documentElement.lang = "en-GB"));
  await settled();
  await become("ar rtl");
  await page.evaluate((tags) => tags.forEach((tag) => void (document.querySelector(tag).locale = "")), TAGS);
  await become("en ltr");
  assert.deepEqual(await page.evaluate((tags) => tags.map((tag) => [document.querySelector(tag).locale, document.querySelector(tag).hasAttribute("locale")]), TAGS), TAGS.map(() => ["", false]));
  clean();
});

test("in a shadow tree, where it was moved to another part of the page, and not once it is taken out", async () => {
  await put();
  await page.evaluate((tags) => {
    const inner = document.createElement("div");
    const host = document.querySelector("#place").appendChild(document.createElement("div"));
    inner.lang = "en";
    host.attachShadow({ mode: "open" }).append(inner);
    globalThis.inner = inner;
    globalThis.ours = tags.map((tag) => document.querySelector(tag));
    ours.forEach((one) => inner.append(one));
  }, TAGS);
  const told = () => page.evaluate(() => ours.map(({ shadowRoot: { firstElementChild: first } }) => getComputedStyle(first).direction));
  const turned = async (/** @type {string} */ direction) => {
    for (let turn = 0; turn < 100 && (await told()).some((one) => one !== direction); turn += 1) await settled();
    assert.deepEqual(await told(), all(direction));
  };
  await turned("ltr");
  await page.evaluate(() => void (inner.lang = "ar"));
  await turned("rtl");
  await page.evaluate(() => {
    const { body } = document;
    body.lang = "en";
    ours.forEach((one) => body.append(one));
  });
  await turned("ltr");
  await page.evaluate(() => ours.forEach((one) => one.remove()));
  await settled();
  await page.evaluate(() => void (document.body.lang = "ar"));
  await settled();
  assert.deepEqual(await page.evaluate(() => ours.map(({ shadowRoot: { firstElementChild: first } }) => first.dir || first.querySelector("[dir]")?.dir)), all("ltr"));
  clean();
});
