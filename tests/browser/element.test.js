// What the agent is told of the window, and what happens at its ends.

import assert from "node:assert/strict";
import { test } from "node:test";
import { active, button, choose, clean, eventTypes, next, open, page, said, search, show, text, useBrowser } from "./harness.js";

const MIN = 60_000;
useBrowser();

test("the strip tells state, time left and closing time, and how it is known", async () => {
  await show("open");
  assert.deepEqual(await text(".word, .timer, .closes"), ["3 h 12 min left", "Open", "closes tomorrow 0:00"]);
  assert.equal(await page.evaluate(() => root.querySelector(".closes").dateTime), "2026-11-23T21:00:00.000Z");
  assert.match(await page.locator("reply-window").ariaSnapshot(), /timer "Reply window 3 h 12 min left"/);
  await page.locator("[aria-controls=known]").focus();
  await page.keyboard.press("Enter");
  await page.locator("dd").first().waitFor();
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
  await search().waitFor();
  assert.equal(await active(), "composer", "nor is it taken when the chooser comes");
  await page.evaluate(() => element.focus());
  assert.equal(await active(), "banner strip");
  assert.deepEqual(await eventTypes(), ["phase-change", "composer-change", "phase-change"]);
  const tree = await page.locator("reply-window").ariaSnapshot();
  assert.match(tree, /group "Reply window Closed"/);
  assert.match(tree, /too old for a free reply/);
});

test("unknown warns and offers the template beside the composer; where it is to block, it locks", async () => {
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

test("a template that is being filled in stays even while the agent looks elsewhere", async () => {
  await show("closed");
  await page.locator(".option").first().click();
  await page.keyboard.type("Amina");
  await page.locator("#composer").focus();
  await next("open");
  assert.equal(await page.locator("#value-0").inputValue(), "Amina");
  assert.ok(await button("Go back to typing").isVisible());
  assert.equal(await active(), "composer");
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

test("the focus that expiry took to the banner goes back to the composer when the customer answers", async () => {
  await show("open");
  await next("closed");
  await page.evaluate(() => element.focus());
  await next("open");
  assert.deepEqual((await eventTypes()).slice(-3), ["composer-change", "composer-focus", "phase-change"]);
});

test("states and the reflected phase follow the window", async () => {
  await show("open", { sending: true });
  const matches = (state) => page.evaluate((state) => element.matches(`:state(${state})`), state);
  assert.equal(await matches("open") && await matches("busy"), true);
  await next("closed", { error: { code: "send-failed", message: "m" } });
  assert.deepEqual([await matches("open"), await matches("busy"), await matches("closed"), await matches("error")], [false, false, true, true]);
  assert.equal(await page.evaluate(() => element.getAttribute("phase")), "closed");
});
