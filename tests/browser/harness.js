// A page with the element on it, in a real browser, under the policy it promises to run under, with a controller that the test drives.

import assert from "node:assert/strict";
import { after, before, beforeEach } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { launchBrowser } from "../support/browser.mjs";
import { serve } from "./serve.js";

let server;
let browser;
let context;
/** @type {import("playwright-core").Page} */
export let page;
let faults;
/** The options of the context that is open. */
let kept;

/** Starts the browser before the tests of a file and ends it after them; each test begins on a fresh page, opened so. */
export function useBrowser(first = {}) {
  before(async () => {
    server = await serve({ "/www/controller/controller.js": "/tests/browser/fake-controller.js" });
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    server?.close();
  });
  beforeEach(() => open(first));
}

export async function open({ path = "page.html", ...options } = {}) {
  // A page of its own for each test; what was read from the server stays, as long as nothing else is asked for.
  await page?.close();
  await context?.clearPermissions();
  if (options.permissions || kept !== JSON.stringify(options)) {
    await context?.close();
    context = await browser.newContext({ viewport: { width: 800, height: 900 }, ...options });
    kept = JSON.stringify(options);
  }
  page = await context.newPage();
  faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => message.type() === "error" && !/favicon|404/.test(message.text()) && faults.push(message.text()));
  await page.goto(`${server.url}/tests/browser/${path}`);
  await page.waitForFunction(() => globalThis.pageReady);
}

export const show = (kind, options, attributes) => page.evaluate((given) => globalThis.show(...given), [kind, options, attributes]);
/** Another snapshot; `items` stay the same object unless given. */
export const next = (kind, options = {}) => page.evaluate(([kind, options]) => controller.next({ ...snapshotOf(kind, options), templates: controller.snapshot.templates }), [kind, options]);
/** Another value of an attribute for which the element is drawn anew, which comes a moment later. */
export async function redraw(name, value) {
  await page.evaluate(([name, value]) => {
    globalThis.drawnBefore = root.firstElementChild;
    element.setAttribute(name, value);
  }, [name, value]);
  await page.waitForFunction(() => root.firstElementChild !== drawnBefore);
}
export const text = (selector) => page.evaluate((s) => [...root.querySelectorAll(s)].map((node) => node.textContent), selector);
export const said = () => page.evaluate(() => [...root.querySelectorAll("[role=status]")].map((node) => node.textContent).join("|"));
export const active = () => page.evaluate(() => root.activeElement?.id || root.activeElement?.getAttribute("part") || root.activeElement?.className || document.activeElement.id || document.activeElement.tagName);
export const eventTypes = () => page.evaluate(() => events.map(({ type }) => type));
export const search = () => page.locator("input[role=combobox]");
export const button = (name) => page.getByRole("button", { name, exact: true });

/** Nothing to object to, on the page and in the element's own shadow tree, which is really looked at. */
export async function axe() {
  const { violations, passes } = await new AxeBuilder({ page }).analyze();
  assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), []);
  if (!(await page.locator("reply-window").count())) return;
  const ours = passes.flatMap(({ nodes }) => nodes).filter(({ target: [path] }) => Array.isArray(path) && path[0] === "reply-window");
  assert.ok(ours.length > 20, `${ours.length} nodes of our own were looked at`);
}
export const clean = () => assert.deepEqual(faults, []);

/** Two frames were drawn and what waited for a turn had it: whatever would have happened by itself has happened. */
export const settled = () => page.evaluate(async () => {
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  await new Promise((resolve) => setTimeout(resolve));
});

/** The page's clock stands still from here on, and is wound by {@link wind}: nobody's pause depends on the machine. */
export const stopClock = async () => {
  // It is the context's, whose next page would stand still too.
  kept = undefined;
  await page.clock.install({ time: "2026-11-23T10:00:00Z" });
  await page.clock.pauseAt("2026-11-23T10:01:00Z");
};
export const wind = (/** @type {number} */ ms) => page.clock.runFor(ms);

/** Opens the form of a template. */
export async function choose(name) {
  await search().fill(name);
  await page.keyboard.press("Enter");
}
