// The signature inspector on the demo's page: what administrators see, with the keyboard, in both languages.

import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { after, before, beforeEach, test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { launchBrowser } from "../support/browser.mjs";
import { serve } from "./serve.js";

const TOKEN = "8f0c2d4b6a1e3f5907c8d2b4a6e1f305";
const URL_SIGNED = "https://hooks.example.com/twilio?tenant=1";
const BODY = "Body=%D9%85%D8%B1%D8%AD%D8%A8%D8%A7&From=whatsapp%3A%2B15550109911&MessageSid=SM00000000000000000000000000000001&To=whatsapp%3A%2B15550100200";
const signature = createHmac("sha1", TOKEN)
  .update(URL_SIGNED + [...new URLSearchParams(BODY)].flat().join("")).digest("base64");
const HEADERS = `Host: hooks.example.com\nContent-Type: application/x-www-form-urlencoded\nX-Twilio-Signature: ${signature}`;
const SHOTS = process.env.SCREENSHOTS;

let server;
let browser;
let context;
let page;
let faults;
let asked;

before(async () => {
  server = await serve({ "/inspector.html": "/www/demo/page/inspector.html", "/inspector.css": "/www/demo/page/inspector.css" });
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  server?.close();
});
beforeEach(() => open());

async function open(query = "", options = {}) {
  await context?.close();
  context = await browser.newContext({ viewport: { width: 900, height: 900 }, ...options });
  page = await context.newPage();
  faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => message.type() === "error" && !/icon|404/.test(message.text()) && faults.push(message.text()));
  await page.goto(`${server.url}/inspector.html${query}`);
  await page.waitForFunction(() => document.querySelector("signature-inspector")?.shadowRoot);
  asked = [];
  page.on("request", (request) => asked.push(request.url()));
}

async function type({ url = URL_SIGNED, headers = HEADERS, body = BODY, token = TOKEN, previous = "" } = {}) {
  for (const [name, value] of Object.entries({ url, headers, body, token, previous })) await page.locator(`#${name}`).fill(value);
}
const check = () => page.locator("[part=check]").click();
const verdict = () => page.locator(".verdict").first();
const codes = () => page.locator("[data-code]").evaluateAll((nodes) => nodes.map((node) => node.dataset.code));
const axe = async () => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), []);
};
const shot = async (name) => SHOTS && page.screenshot({ path: `${SHOTS}/inspector-${name}.png`, fullPage: true });

test("a good signature: what was signed is shown, and nothing leaves the page or stays in it", async () => {
  await type();
  await check();
  await verdict().waitFor();
  assert.match(await verdict().textContent(), /The signature is good/);
  assert.equal(await page.locator("td bdi").filter({ hasText: "مرحبا" }).count(), 1);
  assert.equal(await page.evaluate(() => document.querySelector("signature-inspector").shadowRoot.activeElement.tagName), "H3");
  assert.deepEqual(asked, []);
  assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]), [0, 0, ""]);
  await axe();
  await shot("good-en");
  await page.locator("[part=clear]").click();
  assert.equal(await page.locator("#token").inputValue(), "");
  assert.equal(await page.locator(".verdict").count(), 0);
  assert.deepEqual(faults, []);
});

test("a bad signature: the one change that would have matched", async () => {
  await type({ url: URL_SIGNED.replace("https", "http") });
  await check();
  await verdict().waitFor();
  assert.deepEqual(await codes(), ["signature-mismatch", "scheme"]);
  assert.ok((await verdict().textContent()).includes(URL_SIGNED));
  await type({ token: `0${TOKEN.slice(1)}`, previous: TOKEN });
  await check();
  await page.locator("[data-code=previous-key]").waitFor();
  await type({ token: "short" });
  await check();
  await page.locator("[data-code=key-not-32-hex]").waitFor();
  assert.ok(!(await page.locator("signature-inspector").evaluate((element) => element.shadowRoot.querySelector("[part=verdict]").textContent)).includes(TOKEN));
  await axe();
  await shot("bad-en");
  assert.deepEqual(faults, []);
});

test("with the keyboard alone; the token is masked until it is shown", async () => {
  await page.locator("#url").focus();
  await page.keyboard.type(URL_SIGNED);
  await page.keyboard.press("Tab");
  await page.keyboard.type(signature);
  await page.keyboard.press("Tab");
  await page.keyboard.type(BODY);
  await page.keyboard.press("Tab");
  await page.keyboard.type(TOKEN);
  assert.equal(await page.locator("#token").getAttribute("type"), "password");
  // Enter that an input method has taken, in Safari's order, asks for nothing.
  await page.locator("#token").evaluate((field) => field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", keyCode: 229, bubbles: true, composed: true })));
  assert.equal(await page.locator(".verdict").count(), 0);
  await page.keyboard.press("Enter");
  await page.locator(".verdict.good").waitFor();
  await page.locator("#token").focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  assert.equal(await page.locator("#token").getAttribute("type"), "text");
  assert.equal(await page.getByRole("button", { name: "Show the token" }).getAttribute("aria-pressed"), "true");
  await page.keyboard.press("Space");
  assert.equal(await page.locator("#token").getAttribute("type"), "password");
});

test("what is missing is told, and the first empty field is in hand", async () => {
  await page.locator("#url").fill(URL_SIGNED);
  await check();
  assert.match(await verdict().textContent(), /needed/);
  assert.equal(await page.evaluate(() => document.querySelector("signature-inspector").shadowRoot.activeElement.id), "headers");
  await axe();
});

test("Arabic is right to left; address, headers and token stay left to right", async () => {
  await open("?lang=ar", { colorScheme: "dark" });
  await type({ url: URL_SIGNED.replace("https", "http") });
  await check();
  await verdict().waitFor();
  assert.match(await verdict().textContent(), /التوقيع غير سليم/);
  assert.equal(await page.locator(".inspector").evaluate((node) => getComputedStyle(node).direction), "rtl");
  for (const name of ["url", "headers", "body", "token", "previous"]) {
    assert.equal(await page.locator(`#${name}`).evaluate((node) => getComputedStyle(node).direction), "ltr", name);
  }
  await axe();
  await shot("bad-ar-dark");
  await open("?lang=ar", { viewport: { width: 320, height: 800 } });
  await type();
  await check();
  await verdict().waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
  await axe();
  await shot("good-ar-narrow");
  assert.deepEqual(faults, []);
});

test("what is signed and cannot be read is told in the language of the page", async () => {
  const url = `https://h.example/hook?bodySHA256=${createHash("sha256").update("hello").digest("hex")}`;
  await open("?lang=ar");
  await type({ url, body: "hello", headers: createHmac("sha1", TOKEN).update(url).digest("base64") });
  await check();
  await page.locator(".verdict.wrong").waitFor();
  assert.match(await verdict().textContent(), /المحتوى موقّع، لكنه ليس JSON\./);
});

test("pasted markup is text, and what was typed goes with the element", async () => {
  const evil = "<img src=x onerror=alert(1)>";
  await type({ url: `https://h.example/${evil}`, body: `${evil}=${evil}`, headers: `X-Twilio-Signature: ${evil}` });
  await check();
  await verdict().waitFor();
  assert.equal(await page.evaluate(() => document.querySelector("signature-inspector").shadowRoot.querySelectorAll("img").length), 0);
  const left = await page.evaluate(async () => {
    const element = document.querySelector("signature-inspector");
    element.remove();
    await new Promise((resolve) => setTimeout(resolve));
    return [...element.shadowRoot.querySelectorAll("input, textarea")].map(({ value }) => value);
  });
  assert.deepEqual(left, ["", "", "", "", ""]);
  assert.deepEqual(faults, []);
});
