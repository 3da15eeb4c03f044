// A page of its own for each test of a file, from a server and in a browser that serve all of them.

import { after, before, beforeEach } from "node:test";
import { fileURLToPath } from "node:url";
import { launchBrowser } from "./browser.mjs";
import { serveFolder } from "./static-server.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** That of the test which runs. @type {import("playwright-core").Page} */
export let page;
/** What went wrong in it. @type {string[]} */
export let faults;

/**
 * @param {object} of
 * @param {string} of.html the page; it may name the sources of this folder
 * @param {string} [of.policy] its content security policy
 * @param {() => unknown} of.isReady asked in the page: whether a test may begin
 * @param {(page: import("playwright-core").Page) => Promise<void>} [of.prepare] before the page is there
 * @param {RegExp} [of.consoleFaults] which errors at the console count as faults; default: none, but what nobody caught
 */
export function usePage({ html, policy, isReady, prepare, consoleFaults }) {
  let browser, server;
  before(async () => {
    server = await serveFolder(ROOT, { pages: { "/": html }, policy });
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });
  beforeEach(async () => {
    await page?.close();
    page = await browser.newPage();
    const found = (faults = []);
    page.on("pageerror", (error) => found.push(String(error)));
    page.on("console", (message) => message.type() === "error" && consoleFaults?.test(message.text()) && found.push(message.text()));
    await prepare?.(page);
    await page.goto(server.url);
    await page.waitForFunction(isReady);
  });
}
