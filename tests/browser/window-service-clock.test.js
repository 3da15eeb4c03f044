// @ts-check
// The desktop's side of the window service under clocks that are wrong, machines that sleep, and pages of another origin: what the panel shows
// is what is true at the service.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { after, before, test } from "node:test";
import { serve } from "@hono/node-server";
import { launchBrowser } from "../support/browser.mjs";
import { PUBLIC, READER, serviceFor } from "../support/service.mjs";
import { BUSINESS, inbound, webhook } from "../support/webhooks.mjs";

const ROOT = new URL("../../", import.meta.url);
const TYPES = /** @type {Record<string, string>} */ ({ ".js": "text/javascript", ".wasm": "application/wasm" });
const PAGE = '<!doctype html><html lang="en"><meta charset="utf-8"><title>desk</title><main><h1>Desk</h1><div id="place"></div></main></html>';
const [MINUTE, HOUR] = [60_000, 3_600_000];
const CUSTOMER = "+15550109911";

/** @type {import("playwright-core").Browser} */ let browser;

before(async () => {
  browser = await launchBrowser();
});
after(() => browser?.close());

/** @param {(request: Request) => Response | Promise<Response>} fetch */
const listen = (fetch) => /** @type {Promise<{ url: string, close: () => void }>} */ (new Promise((resolve) => {
  const server = /** @type {import("node:http").Server} */ (serve({ fetch, port: 0, hostname: "127.0.0.1", overrideGlobalObjects: false }, (info) => resolve({
    url: `http://127.0.0.1:${info.port}`, close: () => (server.closeAllConnections(), server.close()),
  })));
}));

/**
 * A service whose clock goes on by itself and is set forward by a test, and a page of another origin, whose clock the test has in its hands.
 *
 * @param {{ startMs: number, pageAheadMs?: number, isNamed?: boolean, timezoneId?: string }} options
 * @param {(desk: Desk) => Promise<void>} story
 */
const inDesk = async ({ startMs, pageAheadMs = 0, isNamed = true, timezoneId = "UTC" }, story) => {
  const began = Date.now();
  let ahead = 0;
  const now = () => startMs + ahead + Date.now() - began;
  let isGone = false;
  /** @type {Promise<unknown>} */
  let held = Promise.resolve();
  /** @type {Awaited<ReturnType<typeof serviceFor>>} */
  let served;
  const service = await listen(async (request) => {
    // A question about the time alone names no window.
    if (request.method === "POST" && (await request.clone().text()) === '{"windows":[]}') await held;
    return isGone ? new Response("", { status: 502 }) : served.service.fetch(request);
  });
  const files = await listen(async (request) => {
    const { pathname } = new URL(request.url);
    const policy = `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self' ${service.url}`;
    if (pathname === "/") return new Response(PAGE, { headers: { "content-type": "text/html", "content-security-policy": policy } });
    const body = await readFile(new URL(`.${pathname}`, ROOT)).catch(() => undefined);
    return new Response(body ?? "", { status: body ? 200 : 404, headers: { "content-type": TYPES[extname(pathname)] ?? "application/octet-stream" } });
  });
  served = await serviceFor({ now, publicUrl: PUBLIC, origins: isNamed ? [files.url] : ["https://desk.example.com"] });
  const context = await browser.newContext({ timezoneId });
  try {
    await story({
      context, now, files: files.url, service: service.url, pageAheadMs,
      gone: (is) => {
        isGone = is;
        if (is) served.service.drain();
      },
      pass: (ms) => (ahead += ms),
      hold: () => {
        /** @type {(value?: unknown) => void} */
        let release = () => {};
        held = new Promise((resolve) => (release = resolve));
        return release;
      },
      hear: async (number) => {
        const sid = `SM${String(number).padStart(32, "0")}`;
        const response = await served.fetch(webhook(inbound({ MessageSid: sid, SmsSid: sid, SmsMessageSid: sid, From: `whatsapp:${CUSTOMER}`, WaId: CUSTOMER.slice(1) }), { url: `${PUBLIC}/twilio/inbound` }));
        assert.equal(response.status, 200);
      },
    });
  } finally {
    await context.close();
    await served.service.close();
    files.close();
    service.close();
  }
};

/**
 * @typedef {object} Desk
 * @property {import("playwright-core").BrowserContext} context
 * @property {() => number} now
 * @property {string} files
 * @property {string} service
 * @property {number} pageAheadMs
 * @property {string} [token] default: one that may read
 * @property {string} [lang]
 * @property {(is: boolean) => void} gone
 * @property {(ms: number) => void} pass at the service
 * @property {() => () => void} hold questions about the time are answered once it is called
 * @property {(number: number) => Promise<void>} hear
 */

/** A tab that has mounted the conversation. @param {Desk} desk */
const tab = async ({ context, files, service, now, pageAheadMs, token = READER, lang = "en" }) => {
  const page = await context.newPage();
  /** @type {string[]} */
  const uncaught = [];
  page.on("pageerror", (error) => uncaught.push(String(error)));
  await page.clock.install({ time: now() + pageAheadMs });
  const enter = async () => {
    await page.goto(`${files}/`);
    await page.evaluate((wanted) => (document.documentElement.lang = wanted), lang);
    await page.evaluate(async ({ files, url, token, business, customer }) => {
      const [{ windowService }, { mount }] = await Promise.all([import(`${files}/www/client/client.js`), import(`${files}/www/mount.js`)]);
      const desk = /** @type {any} */ (globalThis);
      desk.connections = [];
      desk.told = [];
      const windows = windowService({ url, token, onError: (/** @type {any} */ error) => desk.told.push(error.code), onConnection: (/** @type {string} */ one) => desk.connections.push(one) });
      const conversation = { id: "1", business, customer: { phone: customer } };
      desk.handle = mount(document.querySelector("#place"), { service: windows, conversation, onSend: () => Promise.reject(new Error("nothing is sent here")) });
      windows.watch([conversation], (/** @type {any} */ { status }) => (desk.listed = status.kind));
    }, { files, url: service, token, business: BUSINESS, customer: CUSTOMER });
  };
  await enter();
  return {
    page, enter, uncaught,
    /** The panel, and the list beside it. @param {string} kind */
    shows: async (kind) => {
      await page.waitForFunction((wanted) => /** @type {any} */ (globalThis).handle.snapshot.status.kind === wanted, kind);
      await page.waitForFunction((wanted) => /** @type {any} */ (globalThis).listed === wanted, kind);
    },
    /** @param {string} connection */
    is: (connection) => page.waitForFunction((wanted) => /** @type {any} */ (globalThis).connections.at(-1) === wanted, connection),
    leaves: () => page.evaluate(() => /** @type {any} */ (globalThis).handle.judge({ kind: "text" }).leaves),
    /** The lid is closed for so long: nothing runs, and what was due runs once. @param {number} ms */
    sleep: (ms) => page.clock.fastForward(ms),
  };
};

const NOON = Date.UTC(2026, 10, 23, 12);

test("a page of a named origin is told; a page of another one is not", async () => {
  await inDesk({ startMs: NOON }, async (desk) => {
    await desk.hear(1);
    const { shows, is, leaves } = await tab(desk);
    await is("live");
    await shows("open");
    assert.equal(await leaves(), "yes");
  });
  await inDesk({ startMs: NOON, isNamed: false }, async (desk) => {
    await desk.hear(1);
    const { is, page } = await tab(desk);
    await is("offline");
    assert.equal(await page.evaluate(() => /** @type {any} */ (globalThis).handle.snapshot.status.kind), "unknown");
  });
});

test("a service that does not answer at the start is told as that, in words of its own, once at the console, and as `offline`", async () => {
  const words = { en: "The window service does not answer; until it does, this computer’s clock counts.", ar: "خدمة نافذة الرد لا تجيب؛ يُعتدّ بساعة هذا الجهاز." };
  /** @type {[object, boolean, string, string][]} */
  const cases = [[{ isNamed: false }, false, READER, "service-unreachable"], [{}, false, "wrong", "service-unauthorized"], [{}, true, READER, "service-unreachable"]];
  for (const [options, isGone, token, code] of cases) {
    for (const [lang, sentence] of Object.entries(words)) {
      await inDesk({ startMs: NOON, ...options }, async (desk) => {
        desk.gone(isGone);
        const { page, is, uncaught } = await tab({ ...desk, token, lang });
        await is("offline");
        await page.locator("reply-window").getByText(sentence).waitFor();
        const seen = await page.evaluate(() => ({ told: /** @type {any} */ (globalThis).told, clock: /** @type {any} */ (globalThis).handle.snapshot.clock }));
        assert.deepEqual([seen, uncaught], [{ told: [code], clock: "unanswered" }, []]);
      });
    }
  }
});

test("a machine that sleeps over the end wakes to a closed window; one whose customer wrote meanwhile to an open one", async () => {
  await inDesk({ startMs: NOON }, async (desk) => {
    await desk.hear(1);
    const { shows, leaves, sleep } = await tab(desk);
    await shows("open");
    desk.pass(25 * HOUR);
    await sleep(25 * HOUR);
    await shows("closed");
    assert.equal(await leaves(), "no");
    desk.pass(8 * HOUR);
    await desk.hear(2);
    await sleep(8 * HOUR);
    await shows("open");
  });
});

test("a machine whose clock stood still while it slept (as on macOS and Linux) is told the time by the service", async () => {
  await inDesk({ startMs: NOON }, async (desk) => {
    await desk.hear(1);
    const { page, shows } = await tab(desk);
    await shows("open");
    desk.pass(25 * HOUR);
    // The wall clock is right again, and the time that passed knows nothing of the sleep.
    await page.clock.setSystemTime(desk.now());
    await page.clock.fastForward(MINUTE);
    desk.pass(MINUTE);
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await shows("closed");
  });
});

test("a tab that was hidden for an hour shows what is true when it comes back", async () => {
  await inDesk({ startMs: NOON }, async (desk) => {
    await desk.hear(1);
    const one = await tab(desk);
    await one.shows("open");
    desk.pass(23 * HOUR + 30 * MINUTE);
    await one.sleep(23 * HOUR + 30 * MINUTE);
    await one.shows("closing");
    await one.page.evaluate(() => {
      Object.defineProperty(document, "visibilityState", { configurable: true, get: () => "hidden" });
      document.dispatchEvent(new Event("visibilitychange"));
    });
    desk.pass(HOUR);
    await one.sleep(HOUR);
    await one.page.evaluate(() => {
      delete (/** @type {any} */ (document).visibilityState);
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await one.shows("closed");
  });
});

for (const [what, pageAheadMs] of /** @type {[string, number][]} */ ([["three hours ahead", 3 * HOUR], ["three hours behind", -3 * HOUR]])) {
  test(`a computer that is ${what} shows what is true at the service, before and after a reload and in a second tab`, async () => {
    await inDesk({ startMs: NOON, pageAheadMs }, async (desk) => {
      await desk.hear(1);
      desk.pass(22 * HOUR);
      const one = await tab(desk);
      await one.is("live");
      await one.shows("open");
      assert.equal(await one.leaves(), "yes");
      const two = await tab(desk);
      await two.shows("open");
      desk.pass(2 * HOUR);
      await Promise.all([one.sleep(2 * HOUR), two.sleep(2 * HOUR)]);
      await Promise.all([one.shows("closed"), two.shows("closed")]);
      await one.enter();
      await one.shows("closed");
      await desk.hear(2);
      await Promise.all([one.shows("open"), two.shows("open")]);
    });
  });
}

test("a service that does not tell the time within a second tells it with the window; no clock that is behind holds a window open", async () => {
  await inDesk({ startMs: NOON, pageAheadMs: -3 * HOUR }, async (desk) => {
    await desk.hear(1);
    desk.pass(24 * HOUR + 30 * MINUTE);
    const release = desk.hold();
    const one = await tab(desk);
    await one.page.clock.fastForward(2_000);
    await one.shows("closed");
    assert.deepEqual(await one.page.evaluate(() => [/** @type {any} */ (globalThis).handle.snapshot.clock, /** @type {any} */ (globalThis).handle.judge({ kind: "text" }).leaves]), [undefined, "no"]);
    release();
  });
});

for (const [zone, startMs] of /** @type {[string, number][]} */ ([["Europe/Berlin", Date.UTC(2026, 9, 24, 13)], ["America/New_York", Date.UTC(2026, 2, 7, 18)]])) {
  test(`a day that has no 24 hours (${zone}) changes nothing: the window is open for 24 hours`, async () => {
    await inDesk({ startMs, timezoneId: zone }, async (desk) => {
      await desk.hear(1);
      const one = await tab(desk);
      await one.shows("open");
      assert.notEqual(...await one.page.evaluate((/** @type {number} */ at) => /** @type {[number, number]} */ ([new Date(at).getTimezoneOffset(), new Date(at + 86_400_000).getTimezoneOffset()]), startMs));
      desk.pass(24 * HOUR - 10 * MINUTE);
      await one.sleep(24 * HOUR - 10 * MINUTE);
      await one.shows("closing");
      assert.equal(await one.leaves(), "yes");
      desk.pass(10 * MINUTE);
      await one.sleep(10 * MINUTE);
      await one.shows("closed");
    });
  });
}

test("while the service is away the page goes on by what it knew, closes at the end, and catches up when it is back", async () => {
  await inDesk({ startMs: NOON }, async (desk) => {
    await desk.hear(1);
    const one = await tab(desk);
    await one.is("live");
    await one.shows("open");
    desk.gone(true);
    await one.page.waitForFunction(() => /** @type {any} */ (globalThis).connections.at(-1) !== "live");
    assert.equal(await one.page.evaluate(() => /** @type {any} */ (globalThis).handle.snapshot.status.kind), "open");
    desk.pass(25 * HOUR);
    await one.sleep(25 * HOUR);
    await one.shows("closed");
    desk.gone(false);
    await desk.hear(2);
    // Pauses between two tries are the page's own time.
    await one.page.clock.fastForward(MINUTE);
    await one.shows("open");
    await one.is("live");
  });
});
