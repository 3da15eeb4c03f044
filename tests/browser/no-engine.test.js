// A page whose policy forbids WebAssembly: nothing throws at the agent, the page says what is not guarded, and the same rules may run without.

import assert from "node:assert/strict";
import { test } from "node:test";
import { faults, page, usePage } from "../support/page.mjs";

const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'";
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>no engine</title>
<div id="composer"><textarea aria-label="Message"></textarea><button>Send</button></div><script type="module" src="/tests/browser/lock-page.js"></script>`;

usePage({ html: PAGE, policy: POLICY, isReady: () => window.begin, consoleFaults: /reply-window/ });

const begin = async (options = {}) => {
  await page.evaluate((options) => window.begin(options), options);
  // Words of another language come a little later.
  await page.waitForFunction(() => window.panel.element.shadowRoot?.querySelector(".limits"));
};
const said = () => page.evaluate(() => window.panel.element.shadowRoot.querySelector(".limits").textContent);
const verdict = () => page.evaluate(() => (({ reason, leaves, locksComposer }) => [reason, leaves, locksComposer])(window.panel.judge()));
const sent = () => page.evaluate(() => window.sent);
/** What the policy was seen to refuse, beside what a browser reports twice (the same try). */
const refusals = () => page.evaluate(() => window.refusals);
const type = async (text) => {
  await page.locator("textarea").fill(text);
  await page.keyboard.press("Enter");
};

for (const [locale, engine, box] of [["en", /could not be started/, /not checked/], ["ar", /تعذّر تشغيل القواعد/, /لا يُفحص/]]) {
  test(`without an engine the box is left and said not to be guarded, and what the page wired itself sends nothing: ${locale}`, async () => {
    await begin({ locale });
    assert.deepEqual(await verdict(), ["engine-unavailable", "no", false]);
    assert.match(await said(), engine);
    assert.match(await said(), box);
    await type("by key");
    assert.deepEqual(await sent(), ["by key"]);
    assert.equal(await page.evaluate(() => window.guarded("by code").then(() => "sent", ({ code }) => code)), "send-blocked");
    assert.deepEqual(await sent(), ["by key"]);
    await page.evaluate(() => window.panel.record({ id: "SM1", log: "customer", kind: "text", providerAtMs: window.NOW - 60_000 }));
    assert.deepEqual(faults.length, 1, faults.join("\n"));
    assert.match(faults[0], /script-src.*'wasm-unsafe-eval'/);
    assert.equal(await refusals(), 1, "asked again and again, it is tried once");
  });
}

test("where the unknown is to block, nothing leaves without an engine", async () => {
  await begin({ unknown: "block" });
  assert.deepEqual(await verdict(), ["engine-unavailable", "no", true]);
  await page.locator("textarea").waitFor({ state: "hidden" });
  assert.doesNotMatch(await said(), /not checked/);
  assert.doesNotMatch(await page.evaluate(() => window.panel.element.shadowRoot.querySelector(".window").textContent), /until the customer writes/, "no answer of the customer changes that");
  await page.evaluate(() => document.querySelector("button").click());
  assert.deepEqual(await sent(), []);
});

for (const [engine, tried] of /** @type {const} */ ([["auto", 1], ["js", 0]])) {
  test(`the engine without WebAssembly takes over, and knows what was told before: ${engine}`, async () => {
    await begin({ engine, nowasm: true, wait: true });
    assert.deepEqual(await verdict(), ["engine-unavailable", "no", false]);
    await page.evaluate(() => window.panel.record({ id: "SM1", log: "customer", kind: "text", providerAtMs: window.NOW - 3_600_000 }));
    await page.evaluate(() => (window.goOn(), window.panel.ready));
    assert.deepEqual(await verdict(), ["window-open", "yes", false]);
    assert.equal(await said(), "");
    await type("while open");
    assert.deepEqual(await sent(), ["while open"]);
    assert.equal(await page.evaluate(() => window.panel.snapshot.templates.items[0].template.id), "HX1");
    await page.evaluate(() => window.panel.setConversation({ id: "2", business: "+14155238886", customer: { phone: "+447700900123" } }, { version: 1, customer: [{ id: "SM2", kind: "text", providerAtMs: window.NOW - 25 * 3_600_000 }], refused: [], sent: [] }));
    assert.deepEqual(await verdict(), ["window-expired", "no", true]);
    await page.locator("textarea").waitFor({ state: "hidden" });
    await page.evaluate(() => document.querySelector("button").click());
    assert.deepEqual(await sent(), ["while open"]);
    assert.equal(await refusals(), tried);
  });
}
