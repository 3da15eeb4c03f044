// Every recorded signature in a browser, under the policy that the product promises to run under.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launchBrowser } from "../support/browser.mjs";
import { serve } from "./serve.js";

let server;
let browser;
let page;
const faults = [];

before(async () => {
  server = await serve();
  browser = await launchBrowser();
  page = await browser.newPage();
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => message.type() === "error" && !/favicon|404/.test(message.text()) && faults.push(message.text()));
  await page.goto(`${server.url}/tests/browser/signatures.html`);
  await page.waitForFunction(() => globalThis.pageReady);
});
after(async () => {
  await browser?.close();
  server?.close();
});

test("every recorded signature is answered in the page as recorded", async () => {
  const { count, wrong } = await page.evaluate(() => globalThis.run({ allowAuthTokenInPage: true }));
  assert.equal(count, 297);
  assert.deepEqual(wrong, []);
  assert.deepEqual(faults, []);
});

test("without the word of the caller an Auth Token is refused in a page, whatever the signature", async () => {
  const code = await page.evaluate(async () => {
    const { verifyWebhook } = await import("/www/index.js");
    try {
      verifyWebhook({ url: "https://h.example/", headers: {}, body: "" }, { keys: ["12345"] });
    } catch (error) {
      return error.code;
    }
  });
  assert.equal(code, "auth-token-in-page");
});
