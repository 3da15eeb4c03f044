// @ts-check
// The window service in a browser: one stream for all tabs, which passes on when its tab ends; mount and lists get their state from it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { after, before, test } from "node:test";
import { serve } from "@hono/node-server";
import { launchBrowser } from "../support/browser.mjs";
import { OTHER, OTHER_BUSINESS, PUBLIC, READER, WORKER, serviceFor } from "../support/service.mjs";
import { until } from "../support/until.mjs";
import { BUSINESS, inbound, webhook } from "../support/webhooks.mjs";
import { POLICY } from "./serve.js";

const ROOT = new URL("../../", import.meta.url);
const TYPES = /** @type {Record<string, string>} */ ({ ".js": "text/javascript", ".wasm": "application/wasm" });
const PAGE = '<!doctype html><html lang="en"><meta charset="utf-8"><title>desk</title><main><h1>Desk</h1><div id="place"></div></main></html>';
const sid = (/** @type {number} */ number) => `SM${String(number).padStart(32, "0")}`;
const phone = (/** @type {number} */ customer) => `+1555010${9900 + customer}`;

/** @type {import("playwright-core").Browser} */ let browser;
/** @type {Awaited<ReturnType<typeof serviceFor>>} */ let served;
/** @type {import("node:http").Server} */ let server;
/** @type {string} */ let url;
let isGone = false;

/** The page and the service under one address. @param {Request} request */
const answer = async (request) => {
  const { pathname } = new URL(request.url);
  if (pathname === "/") return new Response(PAGE, { headers: { "content-type": "text/html", "content-security-policy": POLICY } });
  if (pathname.startsWith("/www/")) return new Response(await readFile(new URL(`.${pathname}`, ROOT)), { headers: { "content-type": TYPES[extname(pathname)] ?? "application/octet-stream" } });
  return isGone ? new Response("", { status: 502 }) : served.service.fetch(request);
};

before(async () => {
  served = await serviceFor({ now: () => Date.now(), publicUrl: PUBLIC });
  await new Promise((resolve) => (server = /** @type {any} */ (serve({ fetch: answer, port: 0, hostname: "127.0.0.1", overrideGlobalObjects: false }, (info) => resolve(url = `http://127.0.0.1:${info.port}`)))));
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await served.service.close();
  server.closeAllConnections();
  server.close();
});

const hear = async (/** @type {number} */ number, /** @type {number} */ customer, to = BUSINESS) => {
  const response = await served.fetch(webhook(inbound({
    MessageSid: sid(number), SmsSid: sid(number), SmsMessageSid: sid(number), From: `whatsapp:${phone(customer)}`, WaId: phone(customer).slice(1), ExternalUserId: `whatsapp:NL.72039448172655${10 + customer}`, To: `whatsapp:${to}`,
  }), { url: `${PUBLIC}/twilio/inbound` }));
  assert.equal(response.status, 200);
};

const streams = async () => Number(/\nreply_window_streams (\d+)\n/.exec((await served.ask("GET", "/metrics", undefined, { token: WORKER })).body)?.[1]);

/** A tab with a mounted conversation and a list. @param {import("playwright-core").BrowserContext} context @param {number} customer */
const tab = async (context, customer, token = READER, business = BUSINESS) => {
  const page = await context.newPage();
  await page.goto(`${url}/`);
  await page.evaluate(async ({ url, token, business, first, list }) => {
    const [{ windowService }, { mount }] = await Promise.all([import(`${url}/www/client/client.js`), import(`${url}/www/mount.js`)]);
    const desk = /** @type {any} */ (globalThis);
    desk.connections = [];
    desk.kinds = {};
    desk.service = windowService({ url, token, onError() {}, onConnection: (/** @type {string} */ one) => desk.connections.push(one) });
    const conversation = { id: first, business, customer: { phone: first } };
    desk.handle = mount(document.querySelector("#place"), { service: desk.service, conversation, onSend: () => Promise.reject(new Error("nothing is sent here")) });
    desk.service.watch(list.map((one) => ({ business, customer: { phone: one } })), (/** @type {any} */ { conversation, status }) => (desk.kinds[conversation.customer.phone] = status.kind));
  }, { url, token, business, first: phone(customer), list: [1, 2, 3].map(phone) });
  /** @param {string} kind */
  const shows = (kind) => page.waitForFunction((wanted) => /** @type {any} */ (globalThis).handle.snapshot.status.kind === wanted, kind);
  /** @param {number} one @param {string} kind */
  const lists = (one, kind) => page.waitForFunction(({ name, wanted }) => /** @type {any} */ (globalThis).kinds[name] === wanted, { name: phone(one), wanted: kind });
  const isLive = () => page.waitForFunction(() => /** @type {any} */ (globalThis).connections.at(-1) === "live");
  return { page, shows, lists, isLive };
};

test("two tabs, one stream: both are told; the stream passes on when its tab ends; a service that was gone is caught up with", async () => {
  const context = await browser.newContext();
  const one = await tab(context, 1);
  await one.isLive();
  const two = await tab(context, 1);
  await Promise.all([one.lists(1, "unknown"), two.lists(1, "unknown")]);
  assert.equal(await streams(), 1);
  await hear(1, 1);
  await Promise.all([one.shows("open"), two.shows("open"), two.lists(1, "open"), one.lists(1, "open")]);
  assert.equal(await streams(), 1);
  assert.equal(await two.page.evaluate(() => /** @type {any} */ (globalThis).handle.judge({ kind: "text" }).leaves), "yes");
  // The tab that reads is closed, and something happens before the other one reads.
  await one.page.close();
  await hear(2, 2);
  await two.lists(2, "open");
  await until("one stream again", async () => (await streams()) === 1);
  // Another conversation in the same panel: it is asked for, and the one before says nothing any more.
  await two.page.evaluate(({ business, third }) => /** @type {any} */ (globalThis).handle.setConversation({ id: third, business, customer: { phone: third } }), { business: BUSINESS, third: phone(3) });
  await two.shows("unknown");
  await hear(3, 1);
  await hear(4, 3);
  await two.shows("open");
  // The service goes, something is received elsewhere, it comes back.
  isGone = true;
  served.service.drain();
  await two.page.waitForFunction(() => /** @type {any} */ (globalThis).connections.at(-1) !== "live");
  isGone = false;
  await two.isLive();
  await two.page.evaluate(() => /** @type {any} */ (globalThis).handle.destroy());
  await context.close();
  await until("no stream", async () => (await streams()) === 0);
});

test("a tab that is opened again is told again", async () => {
  const context = await browser.newContext();
  const { page, shows } = await tab(context, 2);
  await shows("open");
  await page.close();
  const again = await tab(context, 2);
  await again.shows("open");
  await context.close();
});

test("tabs whose credentials are limited to other addresses of ours have a stream each, and are told", async () => {
  const context = await browser.newContext();
  const [all, limited] = [await tab(context, 1, OTHER, OTHER_BUSINESS), await tab(context, 1)];
  for (const one of [all, limited]) await one.isLive();
  await until("two streams", async () => (await streams()) === 2);
  for (const [number, to, one] of /** @type {[number, string, typeof all][]} */ ([[71, OTHER_BUSINESS, all], [72, BUSINESS, limited]])) {
    await hear(number, 2, to);
    await one.lists(2, "open");
  }
  await context.close();
  await until("none", async () => (await streams()) === 0);
});
