// Chooser and form come when they are needed: before a window closes, once for a page, and where they do not come nothing is lost.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { active, axe, button, clean, next, open, page, said, search, settled, show, text, useBrowser } from "./harness.js";

useBrowser();

/** What the page asked for, by the end of its path. @type {string[]} */
let asked;
beforeEach(() => {
  asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
});
const fetched = () => asked.filter((path) => path.endsWith("/panel.js")).length;

/** Keeps the panel back until it is let through. */
async function held() {
  /** @type {() => void} */ let release;
  const let_go = new Promise((resolve) => (release = () => resolve(undefined)));
  await page.route("**/parts/panel.js", async (route) => {
    await let_go;
    await route.continue();
  });
  return release;
}

/** What is shown once, and does not wait for the panel. */
const early = (kind, options = {}, attributes = {}) => show(kind, { withoutPanel: true, ...options }, attributes);

test("an open window fetches neither chooser nor form; one that is closing does, before anybody asks, and once", async () => {
  await early("open");
  await settled();
  assert.deepEqual(asked.filter((path) => /chooser|form|field|preview|panel-styles|panel\.js/.test(path)), []);
  await next("closing", { left: 50 * 60_000 });
  await page.waitForFunction(() => root.querySelector("[role=combobox]"));
  assert.equal(await search().isVisible(), false, "nothing is opened by that");
  await next("closed");
  assert.ok(await search().isVisible(), "at expiry it is there at once");
  await show("closed");
  assert.ok(await search().isVisible(), "a second element has it at once");
  assert.equal(fetched(), 1);
  clean();
});

test("a hand on the button is enough to begin", async () => {
  await early("open");
  await button("Templates").hover();
  await page.waitForFunction(() => root.querySelector("[role=combobox]"));
  assert.equal(await search().isVisible(), false);
});

test("while it is coming that is said, quietly; the lock and the draft do not wait for it", async () => {
  const release = await held();
  await early("closed", { draft: "I will look into it", queue: "offered" });
  assert.equal(await page.evaluate(() => element.composer), "closed");
  assert.ok((await text(".text")).includes("I will look into it"));
  assert.match((await text(".wait"))[0], /Loading templates/);
  assert.equal(await button("Try again").isVisible(), false);
  await axe();
  // What the agent asks for meanwhile is done when it comes.
  await page.evaluate(() => element.openTemplates());
  release();
  await search().waitFor();
  assert.equal(await active(), "search");
  assert.equal(await page.locator(".wait").isVisible(), false);
  clean();
});

test("whoever went on to type elsewhere meanwhile is left there", async () => {
  const release = await held();
  await early("open");
  await button("Templates").click();
  assert.deepEqual([await page.locator(".wait").isVisible(), await button("Try again").isVisible()], [true, false]);
  await page.locator("#composer").focus();
  release();
  await search().waitFor();
  await settled();
  assert.equal(await active(), "composer");
});

for (const [locale, failed, retry] of [["en", "The templates could not be loaded.", "Try again"], ["ar", "تعذّر تحميل القوالب.", "إعادة المحاولة"]]) {
  test(`offline: the failure is shown and said, the composer stays locked, the draft is kept, and a retry works: ${locale}`, async () => {
    await open();
    await page.route("**/parts/panel.js", (route) => route.abort("internetdisconnected"));
    await early("closed", { draft: "I will look into it", queue: "offered" }, { locale });
    await button(retry).waitFor();
    assert.equal((await text(".wait"))[0].startsWith(failed), true, (await text(".wait"))[0]);
    assert.ok((await said()).includes(failed));
    assert.equal(await page.evaluate(() => element.composer), "closed");
    assert.ok((await text(".text")).includes("I will look into it"));
    await axe();
    // The button stays while that is tried, and does nothing then.
    const failedAgain = page.waitForEvent("requestfailed");
    await button(retry).click();
    await failedAgain;
    await page.getByRole("button", { name: retry, exact: true, disabled: false }).waitFor();
    assert.equal(await page.evaluate(() => element.composer), "closed");
    await page.unroute("**/parts/panel.js");
    await button(retry).press("Enter");
    await search().waitFor();
    assert.equal(await active(), "search");
    assert.equal(await page.evaluate(() => element.composer), "closed");
  });
}

test("a part of it that does not come is a failure like any other, and the retry gets all of it", async () => {
  await page.route("**/parts/chooser.js", (route) => route.fulfill({ status: 503 }));
  await early("closed");
  await button("Try again").waitFor();
  await page.unroute("**/parts/chooser.js");
  await button("Try again").click();
  await search().waitFor();
});

test("what failed while nobody needed it is tried again when the window closes, without a word before", async () => {
  const failed = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/parts/panel.js"));
  await page.route("**/parts/panel.js", (route) => route.abort("internetdisconnected"));
  await early("closing", { left: 30 * 60_000 });
  await failed;
  await settled();
  assert.equal(await said(), "|");
  assert.equal(await button("Try again").isVisible(), false);
  await page.unroute("**/parts/panel.js");
  await next("closed");
  await search().waitFor();
});

test("a page may fetch it ahead of need", async () => {
  await page.evaluate(() => ReplyWindowElement.preload());
  await early("open");
  await button("Templates").press("Enter");
  assert.equal(await active(), "search", "at once");
});

test("the draft stands as it is until list and form are there; the template that takes it comes with them, and opens in the form", async () => {
  const release = await held();
  await early("closed", { draft: "I will look into it", files: ["photo.jpg"] });
  await page.locator(".draft").getByText("I will look into it").waitFor();
  assert.match((await text(".draft .text"))[0], /photo\.jpg/);
  await axe();
  release();
  await button("Send it with \u2068Case question\u2069").click();
  await page.locator("#value-0").waitFor();
  assert.equal(await page.locator("#value-0").inputValue(), "I will look into it");
});

test("how a state is known, and the texts of others, are fetched when there is something to show, once", async () => {
  await early("open");
  await settled();
  const asides = () => asked.filter((path) => /\/(asides|known|lost-texts|queue-watch)\.js$/.test(path)).length;
  assert.equal(asides(), 0);
  await next("open", { lost: [{ id: "SM1", text: "I will call you back.", author: "Desk two" }] });
  await page.locator(".lost").getByText("I will call you back.").waitFor();
  await page.waitForFunction(() => /did not arrive/.test(root.lastElementChild.textContent));
  await page.locator("[aria-controls=known]").click();
  assert.match((await text("dd")).join(), /966501234567/, "at once by now");
  assert.equal(asides(), 4);
  clean();
});

for (const [locale, failed] of [["en", "This could not be loaded."], ["ar", "تعذّر تحميل هذا."]]) {
  test(`where they do not come that is said, and nothing goes out by itself: ${locale}`, async () => {
    await page.route("**/parts/asides.js", (route) => route.abort("internetdisconnected"));
    await early("open", {}, { locale });
    await page.locator("[aria-controls=known]").click();
    await page.locator("#known").getByText(failed).waitFor();
    await page.evaluate(() => controller.next({ ...controller.snapshot, draft: "x", queue: "ready" }));
    await page.waitForFunction(() => controller.calls.includes("hold"));
    assert.equal(await page.evaluate(() => controller.calls.includes("seen")), false);
    await page.unroute("**/parts/asides.js");
    await page.locator("[aria-controls=known]").click();
    await page.locator("[aria-controls=known]").click();
    await page.locator("dd").first().waitFor();
  });
}
