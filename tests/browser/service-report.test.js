// @ts-check
// The report for supervisors in a browser: page, words and charts in both languages, and what a desktop tells it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { after, before, test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { serve } from "@hono/node-server";
import { launchBrowser } from "../support/browser.mjs";
import { DESK, SUPERVISOR, serviceFor } from "../support/service.mjs";
import { until } from "../support/until.mjs";
import { BUSINESS, T0 } from "../support/webhooks.mjs";
import { POLICY } from "./serve.js";

const ROOT = new URL("../../", import.meta.url);
const TYPES = /** @type {Record<string, string>} */ ({ ".js": "text/javascript", ".wasm": "application/wasm" });
const PAGE = '<!doctype html><html lang="en"><meta charset="utf-8"><title>desk</title><main><h1>Desk</h1><div id="place"></div></main></html>';
const DAY = 86_400_000;

/** @type {import("playwright-core").Browser} */ let browser;
/** @type {Awaited<ReturnType<typeof serviceFor>>} */ let served;
/** @type {import("node:http").Server} */ let server;
/** @type {string} */ let url;

/** The service, and a desktop's page under the same address. @param {Request} request */
const answer = async (request) => {
  const { pathname } = new URL(request.url);
  if (pathname === "/desk") return new Response(PAGE, { headers: { "content-type": "text/html", "content-security-policy": POLICY } });
  if (pathname.startsWith("/www/")) return new Response(await readFile(new URL(`.${pathname}`, ROOT)), { headers: { "content-type": TYPES[extname(pathname)] ?? "application/octet-stream" } });
  return served.service.fetch(request);
};

before(async () => {
  served = await serviceFor({ report: true });
  await new Promise((resolve) => (server = /** @type {any} */ (serve({ fetch: answer, port: 0, hostname: "127.0.0.1", overrideGlobalObjects: false }, (info) => resolve(url = `http://127.0.0.1:${info.port}`)))));
  browser = await launchBrowser();
  for (let day = 0; day < 30; day += 1) {
    const counts = { "send-blocked": 3 + (day * 7) % 11, "draft-rescued": 1 + (day * 5) % 7, "refused-while-open": Number(day % 9 === 4), "answered/15-60": 4 + day % 5, "answered/60-240": 9, "answered/240-720": 14, "answered/720-1440": 30, "answered/0-5": 1, "template-sent/en_US": 6, "template-sent/ar": 4 + day % 3, "template-sent/pt_BR": 1 };
    const at = T0 - day * DAY;
    await served.store.tally({ id: `day-${day}`, atMs: T0, counts: Object.entries(counts).filter(([, count]) => count > 0).map(([name, count]) => ({ day: new Date(at).toISOString().slice(0, 10), name, count })) });
  }
});

after(async () => {
  await browser?.close();
  await served.service.close();
  server.closeAllConnections();
  server.close();
});

/** The report as a supervisor sees it. @param {{ lang?: string, token?: string | null, width?: number, colorScheme?: "light" | "dark" }} [as] */
const reportAs = async ({ lang = "en", token = SUPERVISOR, width = 1100, colorScheme = "light" } = {}) => {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, locale: lang, acceptDownloads: true });
  const page = await context.newPage();
  /** @type {string[]} */
  const errors = [];
  page.on("console", (message) => /error|warning/.test(message.type()) && !/401|403/.test(message.text()) && errors.push(message.text()));
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(`${url}/report`);
  await page.locator("form input").waitFor();
  if (token !== null) {
    await page.locator("form input").fill(token);
    await page.locator("form button").click();
  }
  return { page, errors, end: () => context.close() };
};

/** How many pixels of each chart are painted. @param {import("playwright-core").Page} page @returns {Promise<number[]>} */
const painted = (page) => page.evaluate(() => [...document.querySelectorAll("canvas")].map((canvas) => {
  const { data } = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d")).getImageData(0, 0, canvas.width, canvas.height);
  return data.filter((value, place) => place % 4 === 3 && value > 0).length;
}));

for (const [lang, dir, title, stopped] of /** @type {const} */ ([["en", "ltr", "Reply window report", "Sends stopped in time"], ["ar", "rtl", "تقرير نافذة الرد", "رسائل أُوقفت في الوقت المناسب"]])) {
  for (const [width, colorScheme] of /** @type {const} */ ([[1100, "light"], [360, "dark"]])) {
    test(`${lang}, ${width} px, ${colorScheme}: totals, charts and tables, nothing sticks out, nobody is shut out`, async () => {
      const { page, errors, end } = await reportAs({ lang, width, colorScheme });
      await page.locator("canvas").nth(2).waitFor();
      assert.deepEqual(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir, document.title]), [lang, dir, title]);
      const totals = await page.locator(".totals div").evaluateAll((all) => all.map((one) => [one.querySelector("dt")?.textContent, Number(one.querySelector("dd")?.textContent?.replaceAll(",", ""))]));
      assert.deepEqual(totals[0], [stopped, Array.from({ length: 30 }, (_, day) => 3 + (day * 7) % 11).reduce((sum, count) => sum + count)]);
      assert.deepEqual(totals.slice(3).map(([, count]) => count), [30 * 54 + 30 * 6, 30 * 11 + 30], "answers and templates");
      const pixels = await painted(page);
      assert.ok(pixels.length === 3 && pixels.every((count) => count > 2_000), String(pixels));
      assert.deepEqual(await page.locator("tbody").evaluateAll((all) => all.map((one) => one.children.length)), [30, 7, 3]);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
      const { violations } = await new AxeBuilder({ page }).analyze();
      assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), []);
      assert.deepEqual(errors, [], "the policy refuses nothing");
      if (process.env.SCREENS) await page.screenshot({ path: `${process.env.SCREENS}/report-${lang}-${width}-${colorScheme}.png`, fullPage: true });
      await end();
    });
  }
}

test("without a token, with one that is not known, and with one that may not: each is told, and no count is shown", async () => {
  const { page, end } = await reportAs({ token: null });
  for (const [token, told] of /** @type {const} */ ([["unknown-token-0000000000000000", "This token is not known."], [DESK, "This token may not read the report."]])) {
    await page.locator("form input").fill(token);
    await page.locator("form button").click();
    await page.getByText(told).waitFor();
    assert.equal(await page.locator("canvas, .totals").count(), 0);
  }
  await page.locator("form input").fill(SUPERVISOR);
  await page.locator("form button").click();
  await page.locator("canvas").first().waitFor();
  assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie, location.search]), [0, 0, "", ""], "the token is kept nowhere");
  await end();
});

test("period, language and CSV", async () => {
  const { page, end } = await reportAs();
  await page.locator("select").first().selectOption("7");
  await page.waitForFunction(() => document.querySelector("tbody")?.children.length === 7);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "CSV" }).click()]);
  const csv = await readFile(String(await download.path()), "utf8");
  assert.match(csv, /^day,kind,label,count\r\n2026-11-17,/);
  assert.equal(download.suggestedFilename(), "reply-window-2026-11-17-2026-11-23.csv");
  await page.locator("select").nth(1).selectOption("ar");
  await page.waitForFunction(() => document.documentElement.dir === "rtl" && document.querySelector("tbody")?.children.length === 7);
  await end();
});

test("a desktop that is told to reports what it stopped, what was rescued and what was answered, and nothing else of it", async () => {
  const store = served.store;
  const today = async () => Object.fromEntries((await store.tallies({ fromDay: "2026-11-23", untilDay: "2026-11-23" })).map(({ name, count }) => [name, count]));
  const before = await today();
  /** @type {string[]} */
  const bodies = [];
  const page = await browser.newPage();
  page.on("request", (request) => request.url().endsWith("/tallies") && bodies.push(String(request.postData())));
  await page.clock.install({ time: T0 });
  await page.goto(`${url}/desk`);
  await page.evaluate(async ({ url, token, business }) => {
    const [{ windowService }, { mount }] = await Promise.all([import(`${url}/www/client/client.js`), import(`${url}/www/mount.js`)]);
    const desk = /** @type {any} */ (globalThis);
    const input = document.body.appendChild(document.createElement("textarea"));
    const send = document.body.appendChild(document.createElement("button"));
    input.setAttribute("aria-label", "message");
    send.textContent = "Send";
    desk.service = windowService({ url, token, report: true });
    desk.handle = mount(document.querySelector("#place"), { service: desk.service, conversation: { id: "secret-agent-conversation", business, customer: { phone: "+15550109911" } }, composer: { input, send }, onSend: async () => ({ id: "1" }), unknown: "block" });
    await desk.handle.ready;
  }, { url, token: DESK, business: BUSINESS });
  await page.waitForFunction(() => /** @type {any} */ (globalThis).handle.snapshot.verdict.leaves === "no");
  await page.evaluate((atMs) => {
    const { handle } = /** @type {any} */ (globalThis);
    handle.draft = "secret words";
    handle.element.blocked({ text: "secret words", reason: "window-unknown" });
    handle.record({ log: "customer", id: "m1", kind: "text", providerAtMs: atMs });
  }, T0);
  await page.waitForFunction(() => /** @type {any} */ (globalThis).handle.snapshot.verdict.leaves === "yes");
  await page.evaluate(() => /** @type {any} */ (document.querySelector("button")).click());
  await page.clock.runFor(11_000);
  await until("it was told", async () => (await today())["draft-rescued"] !== before["draft-rescued"]);
  const after = await today();
  assert.deepEqual(Object.fromEntries(Object.entries(after).filter(([name, count]) => count !== before[name]).map(([name, count]) => [name, count - (before[name] ?? 0)])), { "answered/720-1440": 1, "draft-rescued": 1, "send-blocked": 1 });
  assert.equal(bodies.length, 1);
  assert.doesNotMatch(bodies.join(), /secret|1555|phone/);
  await page.close();
});
