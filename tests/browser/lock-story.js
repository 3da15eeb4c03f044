// The story of a lock, told to a page of lock-page.js by whatever drives its browser: it closes, it is left by a template, it opens.

import assert from "node:assert/strict";
import { until } from "../support/until.mjs";

export const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>lock</title>
<div id="composer"><textarea aria-label="Message"></textarea><button>Send</button></div><script type="module" src="/tests/browser/lock-page.js"></script>`;

const WORDS = { en: { open: /left/, closed: /too old/, direction: "ltr" }, ar: { open: /المتبقي/, closed: /مضى على آخر رسالة/, direction: "rtl" } };

/**
 * @param {{ evaluate: (work: (given?: any) => any, given?: any) => Promise<any> }} page a page or a frame
 * @param {{ type(text: string): Promise<void>, press(key: any): Promise<void> }} keyboard
 * @param {{ locale?: "en" | "ar", options?: object }} [how] `options`: of `begin`
 */
export async function tellStory(page, keyboard, { locale = "en", options = {} } = {}) {
  const words = WORDS[locale];
  const text = () => page.evaluate(() => window.panel.element.shadowRoot?.querySelector(".window")?.textContent ?? "");
  const isHidden = () => page.evaluate(() => getComputedStyle(document.querySelector("#composer")).display === "none");
  const sent = () => page.evaluate(() => window.sent);
  const byCode = () => page.evaluate(() => window.guarded("by code").then(() => "sent", ({ code }) => code));
  const inbound = (/** @type {string} */ id, /** @type {number} */ ago) => page.evaluate(([id, ago]) => window.panel.record({ id, log: "customer", kind: "text", providerAtMs: window.NOW - ago }), [id, ago]);

  await until("the page", () => page.evaluate(() => window.begin !== undefined));
  await page.evaluate((given) => window.begin(given), { locale, ...options });
  await page.evaluate(() => window.panel.ready);
  assert.notEqual(await page.evaluate(() => window.panel.judge().reason), "engine-unavailable", "an engine runs; is www/dist/reply-window.nowasm.js of this build?");
  await inbound("SM1", 3_600_000);
  await until("it says how long it is open", async () => words.open.test(await text()));
  assert.equal(await page.evaluate(() => getComputedStyle(window.panel.element.shadowRoot.querySelector(".window")).direction), words.direction);
  await page.evaluate(() => document.querySelector("textarea").focus());
  await keyboard.type("while open");
  await keyboard.press("Enter");
  assert.deepEqual([await sent(), await byCode()], [["while open"], "sent"]);

  await keyboard.type("half typed");
  await page.evaluate(() => ((window.NOW += 25 * 3_600_000), window.panel.controller.evaluate()));
  // Sending is locked at that instant; the box itself is left in the agent's hands for a moment.
  await keyboard.press("Enter");
  await page.evaluate(() => document.querySelector("button").click());
  assert.deepEqual([await sent(), await byCode()], [["while open", "by code"], "send-blocked"]);
  await until("the panel takes its place", isHidden);
  assert.match(await text(), words.closed);
  assert.equal(await page.evaluate(() => window.panel.draft), "half typed");

  const search = () => page.evaluate(() => {
    const input = window.panel.element.shadowRoot.querySelector("input[role=combobox]");
    input?.focus();
    return input !== null && window.panel.element.shadowRoot.activeElement === input;
  });
  await until("the templates are listed", search);
  await keyboard.type("hello");
  await keyboard.press("Enter");
  await until("the form is open", () => page.evaluate(() => window.panel.element.shadowRoot.activeElement?.part.contains("send")));
  await keyboard.press("Enter");
  await until("the template went out", () => page.evaluate(() => window.templatesSent.length === 1));
  assert.deepEqual(await page.evaluate(() => window.templatesSent), ["Hello"]);
  assert.equal(await isHidden(), true, "a template opens nothing");

  await inbound("SM2", 0);
  // The search is empty, and nobody chooses: the box comes back by itself.
  await until("the box is given back", async () => !(await isHidden()));
  assert.equal(await page.evaluate(() => document.querySelector("textarea").value), "half typed");
  await page.evaluate(() => document.querySelector("textarea").focus());
  await keyboard.press("Enter");
  assert.deepEqual(await sent(), ["while open", "by code", "half typed"]);
}
