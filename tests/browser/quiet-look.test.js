// The quiet look: focus, borders and the strip of the element; what hosts may set; how the set-up page and the inspector are laid out.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Desktop } from "../support/desktop.mjs";
import { LOOKS, PAGES, STATES, enter } from "../support/states.mjs";
import { choose, clean, page, search, show, useBrowser } from "./harness.js";
import { demoFor, withDemo } from "../support/with-demo.mjs";

useBrowser();

/** @param {import("playwright-core").Locator} of @param {readonly string[]} names */
const styles = (of, names) => of.evaluate((node, names) => Object.fromEntries(names.map((name) => [name, getComputedStyle(node).getPropertyValue(name)])), names);
/** How much darker than white or lighter than black, from 0 to 1. @param {string} color */
const contrastToWhite = (color) => 1 - /** @type {string[]} */ (color.match(/[\d.]+/g)).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 765;

for (const locale of ["en", "ar-EG"]) {
  test(`the field in hand has one quiet line round it, borders are light, and the time left comes first: ${locale}`, async () => {
    await show("closed", {}, { locale });
    await search().focus();
    const { "outline-width": width, "outline-style": style, "box-shadow": shadow } = await styles(search(), ["outline-width", "outline-style", "box-shadow"]);
    assert.deepEqual([width, style, shadow], ["1px", "solid", "none"]);
    for (const selector of [".window", ".list", ".option"]) {
      const { "border-bottom-color": color, "border-bottom-width": thick } = await styles(page.locator(selector).first(), ["border-bottom-color", "border-bottom-width"]);
      assert.ok(parseFloat(thick) <= 1 && contrastToWhite(color) < 0.25, `${selector}: ${thick} ${color}`);
    }
    await show("open", {}, { locale });
    const at = await page.evaluate(() => ["left", "word"].map((id) => root.getElementById(id).getBoundingClientRect()).map(({ left, right, top }) => ({ left, right, top })));
    assert.ok(locale === "en" ? at[0].right <= at[1].left : at[0].left >= at[1].right, "the time left stands before the state");
    assert.equal(Math.abs(at[0].top - at[1].top) < 6, true, "on one line");
    assert.equal(await page.locator("[part~=evidence]").isVisible(), false);
    assert.equal(await page.locator("[aria-controls=known] svg").count(), 1, "behind an icon");
    clean();
  });
}

test("fonts, tokens and parts of hosts stay", async () => {
  await show("closed");
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("reply-window{--rw-font:monospace;--rw-radius:13px;--rw-bg:rgb(1,2,3);--rw-border:rgb(4,5,6);--rw-accent:rgb(7,8,9);--rw-focus:rgb(10,11,12)} reply-window::part(search){letter-spacing:3px} reply-window::part(banner){padding-top:17px}");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  });
  const window_ = await styles(page.locator(".window"), ["font-family", "border-radius", "background-color", "border-top-color"]);
  assert.deepEqual(window_, { "font-family": "monospace", "border-radius": "13px", "background-color": "rgb(1, 2, 3)", "border-top-color": "rgb(4, 5, 6)" });
  await search().focus();
  assert.deepEqual(await styles(search(), ["letter-spacing", "outline-color"]), { "letter-spacing": "3px", "outline-color": "rgb(10, 11, 12)" });
  assert.deepEqual(await styles(page.locator(".banner"), ["padding-top"]), { "padding-top": "17px" });
  const parts = () => page.evaluate(() => [...new Set([...root.querySelectorAll("[part]")].flatMap((node) => [...node.part]))]);
  const list = await parts();
  await choose("case_question");
  const all = new Set([...list, ...(await parts())]);
  for (const part of ["banner", "strip", "badge", "label", "timer", "reason", "evidence", "notice", "draft", "question", "search", "list", "option", "variable", "preview", "send"]) assert.ok(all.has(part), `${part} of ${[...all].join(" ")}`);
});

for (const look of LOOKS.filter(({ text }) => text === "200%")) {
  test(`with text twice as large the field in hand is seen with its label, above the button that sends: ${look.name}`, () => withDemo(Desktop, page.context().browser(), { lang: look.lang, conversation: "layla" }, async (desk) => {
    await enter(desk, STATES.find(({ name }) => name === "closed") ?? STATES[0]);
    await desk.page.evaluate((size) => void (document.documentElement.style.fontSize = size), look.text ?? "");
    await enter(desk, STATES.find(({ name }) => name === "form") ?? STATES[0]);
    for (const field of await desk.panel.locator("form textarea").all()) {
      await field.evaluate((node) => node.blur());
      await field.focus();
      const covered = await field.evaluate((node) => {
        const shadow = /** @type {ShadowRoot} */ (node.getRootNode());
        const isSeen = (/** @type {Element} */ of) => {
          const { left, right, top, bottom } = of.getBoundingClientRect();
          return [top + 2, bottom - 3].every((y) => {
            const found = shadow.elementFromPoint((left + right) / 2, y);
            return found !== null && (of.contains(found) || found.contains(of));
          });
        };
        return [shadow.querySelector(`label[for="${node.id}"]`), node, shadow.querySelector("[part=send]")].flatMap((of) => (of && isSeen(of) ? [] : [of?.localName]));
      });
      assert.deepEqual(covered, [], await field.getAttribute("id") ?? "");
    }
  }));
}

for (const lang of ["en", "ar"]) {
  test(`the set-up page: what stands beside the form is smaller than it, what nobody sees is a chip with a name, groups have legends: ${lang}`, async () => {
    await onPage("setup", lang, {}, async (shown) => {
      const [form, aside] = await Promise.all(["channel-setup", ".setup-columns > .aside:not(:has(channel-setup))"].map((selector) => shown.locator(selector).boundingBox()));
      assert.ok(form && aside && aside.width < form.width && aside.height <= form.height, JSON.stringify([form, aside]));
      const chips = await shown.locator("channel-setup .char").allTextContents();
      assert.ok(chips.length >= 3 && chips.every((name) => (lang === "en" ? /^[a-z][a-z -]+$/ : /^[\u0600-\u06ff ]+$/).test(name)), chips.join(" | "));
      const legends = await shown.locator("channel-setup legend").allTextContents();
      assert.ok(legends.length === 3 && legends.every((text) => text.trim() !== ""), legends.join(" | "));
    });
  });

  test(`the inspector: the language of the page is marked, and what is wrong with the token comes first: ${lang}`, async () => {
    await onPage("inspector", lang, {}, async (shown) => {
      const current = shown.locator("#languages [aria-current=true]");
      assert.equal(await current.getAttribute("hreflang"), lang);
      const [mine, other] = await Promise.all([current, shown.locator("#languages a:not([aria-current])")].map((link) => styles(link, ["font-weight", "text-decoration-line"])));
      assert.notDeepEqual(mine, other, "and looks it");
      const lists = await shown.locator("[part=verdict]").evaluate((node) => [...node.querySelectorAll("h4")].map((title) => title.nextElementSibling.querySelector("[data-code]").dataset.code));
      assert.match(lists[0], /key|token/, lists.join(" | "));
    });
  });
}

/** One of the pages beside the desktop, in one look. @param {string} name @param {string} lang @param {object} context @param {(shown: import("playwright-core").Page) => Promise<void>} work */
async function onPage(name, lang, context, work) {
  const found = PAGES.find((one) => one.name === name);
  const look = LOOKS.find((one) => one.lang === lang);
  assert.ok(found?.act && look);
  const demo = await demoFor();
  const browser = page.context().browser();
  assert.ok(browser);
  const own = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...context });
  try {
    const shown = await own.newPage();
    await shown.goto(`${demo.url}${found.path}?lang=${lang}`);
    await found.act(shown);
    await work(shown);
  } finally {
    await own.close();
    await demo.close();
  }
}
