// Drives the demo's desktop as its people do: the agent at Web Chat, the customer at the phone, everybody under one clock.

import assert from "node:assert/strict";
import { NEW_BUSINESS, PEOPLE } from "../../www/demo/people.js";
import { until } from "./until.mjs";

export const HOUR = 3_600_000;
export const MINUTE = 60_000;
/** The window closes this much before the 24 hours are over. */
export const MARGIN = MINUTE;

/** Jonas wrote an hour ago, before the number was connected: the provider knows, nobody here does. @param {any} demo */
export function wroteUnheard({ standIn: { account }, clock }) {
  const { customer } = PEOPLE.find(({ id }) => id === "jonas");
  account.add({ direction: "inbound", from: `whatsapp:${customer.phone}`, to: `whatsapp:${NEW_BUSINESS}`, status: "received", body: "Hello?", numMedia: 0, createdAtMs: clock.now() - HOUR });
}

/** Keeps the stores that the page makes for Web Chat: what a script in the page could get hold of as well. */
function keepStores() {
  const stores = new Set();
  let real;
  Object.defineProperty(window, "WebChat", {
    get: () => real,
    set(value) {
      const make = value.createStore;
      const keep = (...given) => {
        const store = make(...given);
        stores.add(store);
        return store;
      };
      real = make ? { ...value, createStore: keep } : value;
    },
  });
  window.stores = () => [...stores];
  window.storeOf = (index) => [...stores][index];
}

export class Desktop {
  /** @type {import("playwright-core").Page} */
  page;
  /** What the browser complained about. @type {string[]} */
  complaints = [];

  /** @param {import("playwright-core").Browser} browser @param {any} demo @param {{ lang?: string, conversation?: string, context?: object }} [options] */
  static async open(browser, demo, { lang = "en", conversation = "amelia", context = {} } = {}) {
    const first = Object.assign(new Desktop(), { demo, conversation, lang, context: await browser.newContext({ viewport: { width: 1280, height: 800 }, ...context }) });
    const desktop = await first.another();
    await desktop.page.goto(`${demo.url}?lang=${lang}&conversation=${conversation}`);
    await desktop.ready();
    return desktop;
  }

  /** Another tab of the same browser, where nothing is open yet. */
  async another() {
    const { demo, conversation, lang, context } = this;
    const desktop = Object.assign(new Desktop(), { demo, conversation, lang, context, page: await context.newPage() });
    desktop.page.on("pageerror", (error) => desktop.complaints.push(String(error.stack)));
    await desktop.page.addInitScript(keepStores);
    return desktop;
  }

  async ready() {
    await this.page.locator(".web-chat:not([hidden]) reply-window[phase]").waitFor({ state: "attached" });
    await this.page.waitForFunction(() => document.querySelector(".web-chat:not([hidden]) reply-window").controller.snapshot.templates.kind === "ready");
    await this.page.waitForFunction(() => window.stores().every((store) => store.getState().connectivityStatus === "connected"));
    await this.chat(".webchat__connectivityStatus").waitFor({ state: "hidden" });
  }

  close() {
    return this.context.close();
  }

  /** @param {string} selector within the chat that is shown */
  chat(selector) {
    return this.page.locator(`.web-chat:not([hidden]) ${selector}`);
  }

  get box() {
    return this.chat('[data-id="webchat-sendbox-input"]');
  }

  get sendButton() {
    return this.chat(".webchat__send-button");
  }

  get panel() {
    return this.chat("reply-window");
  }

  // ---- the customer and the clock

  /** @param {string} path @param {unknown} [body] */
  async steer(path, body) {
    const request = body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    const response = await fetch(`${this.demo.url}stand-in/${path}`, request);
    assert.ok(response.ok, `${path}: ${response.status}`);
    return response.json();
  }

  /** When the customer's 24 hours are over, in the stand-in's own reckoning. */
  async sessionEndsAt() {
    const { customers } = await this.steer("customers");
    return customers.find(({ id }) => id === this.conversation).sessionEndsAtMs;
  }

  /** When the page says that the window closes, held against the stand-in's reckoning where the policy is WhatsApp's. */
  async closesAt() {
    const { status } = await this.snapshot();
    const expected = (await this.sessionEndsAt()) - MARGIN;
    const latency = status.closesAtMs - expected; // from the phone to the middleware
    return latency >= 0 && latency < MINUTE ? status.closesAtMs : expected;
  }

  /** The customer writes, at the phone. @param {string} text */
  async customerWrites(text) {
    await this.page.locator('.phone input[name="customer-text"]').fill(text);
    await this.page.locator(".phone form button").click();
    await this.page.locator(`.phone .said.inbound`, { hasText: text }).first().waitFor();
  }

  /** Time stands still in the page from here on: by its own clock, a little ahead, which a busy machine does not overtake. */
  async pause() {
    await this.page.clock.install();
    await this.page.clock.pauseAt((await this.page.evaluate(() => Date.now())) + 10_000);
  }

  /** @param {number} atMs */
  async jumpTo(atMs) {
    await this.steer("clock", { advanceMs: atMs - this.demo.clock.now() });
    await this.page.waitForFunction((at) => document.querySelector(".web-chat:not([hidden]) reply-window").controller.snapshot.nowAtMs >= at, atMs);
  }

  // ---- what is seen

  /** @returns {Promise<any>} */
  snapshot() {
    return this.panel.evaluate(({ controller }) => structuredClone(controller.snapshot));
  }

  /** @param {string} phase */
  async phase(phase) {
    await this.chat(`reply-window[phase="${phase}"]`).waitFor({ state: "attached" });
  }

  /** The draft in Web Chat's store. */
  draft() {
    return this.page.evaluate(() => window.storeOf(0).getState().sendBoxValue);
  }

  /** From now on, notes every sentence that the panel speaks. */
  async listen() {
    await this.panel.evaluate(({ shadowRoot }) => {
      window.spoken = [];
      const hear = (records) => {
        const lines = new Set(records.map(({ target }) => (target instanceof Element ? target : target.parentElement)?.closest("[role=status], [role=alert], [aria-live]")));
        for (const line of lines) if (line?.textContent) window.spoken.push(line.textContent);
      };
      new MutationObserver(hear).observe(shadowRoot, { subtree: true, childList: true, characterData: true });
    });
  }

  spoken() {
    return this.page.evaluate(() => window.spoken.map((text) => text.trim()));
  }

  /** Waits until the composer went; how many milliseconds after `closesAtMs` that was, by the demo's clock. @param {number} closesAtMs */
  async replacedAfter(closesAtMs) {
    const goneAt = await this.page.evaluate(() => new Promise((resolve) => {
      const box = () => document.querySelector('.web-chat:not([hidden]) [data-id="webchat-sendbox-input"]');
      const look = () => !box() && (observer.disconnect(), resolve(Date.now()));
      const observer = new MutationObserver(look);
      observer.observe(document.body, { childList: true, subtree: true });
      look();
    }));
    return goneAt + (this.demo.clock.now() - Date.now()) - closesAtMs;
  }

  // ---- what the stand-in received

  /** @returns {Promise<any[]>} */
  async log() {
    return (await this.steer("log")).entries.filter(({ kind }) => kind === "message");
  }

  /** @param {(entry: any) => boolean} wanted @param {string} what */
  async logged(wanted, what) {
    return until(`the stand-in received ${what}`, async () => (await this.log()).find(wanted));
  }

  // ---- the agent

  /** Every way by which free text can leave the desktop. @returns {[string, (text: string) => Promise<any>][]} */
  routes() {
    return [
      ["Enter", async (text) => (await this.box.fill(text), await this.box.press("Enter"))],
      ["the button", async (text) => (await this.box.fill(text), await this.sendButton.click())],
      ["the store", (text) => this.dispatch(text)],
      ["the middleware", (text) => this.post(text)],
    ];
  }

  /** @param {string} text into Web Chat's store, past everything that is on the screen */
  dispatch(text) {
    return this.page.evaluate((text) => void window.storeOf(0).dispatch({ type: "WEB_CHAT/SEND_MESSAGE", payload: { text, method: "keyboard" } }), text);
  }

  /** @param {string} text to the middleware, past the desktop */
  post(text) {
    return this.page.evaluate(async ([id, text]) => {
      const response = await fetch(`/api/conversations/${id}/messages`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ kind: "text", text }) });
      return { httpStatus: response.status, ...(await response.json()) };
    }, [this.conversation, text]);
  }

  /** @param {string} id */
  async choose(id) {
    const list = this.page.locator('.tabs [data-tab="list"]');
    if (await list.isVisible()) await list.click();
    await this.page.locator(`[data-conversation="${id}"]`).click();
    await this.page.locator(`[data-conversation="${id}"][aria-current]`).waitFor({ state: "attached" });
  }

  /** @param {{ query: string, name: string, language: string, values: string[] }} template */
  async fillTemplate({ query, name, language, values }) {
    await this.panel.locator("[role=combobox]").fill(query);
    await this.panel.locator("[role=option]", { has: this.page.locator(".tag", { hasText: new RegExp(`^${language}$`) }) }).filter({ hasText: name }).first().click();
    const fields = this.panel.locator("form textarea");
    await fields.first().waitFor();
    assert.equal(await fields.count(), values.length);
    for (const [index, value] of values.entries()) await fields.nth(index).fill(value);
  }

  /** What somebody who looks at the page would say that it shows. */
  picture() {
    return this.page.evaluate(() => {
      const shown = document.querySelector(".web-chat:not([hidden])");
      const texts = (selector, root = document) => [...root.querySelectorAll(selector)].map(({ textContent }) => textContent);
      return {
        badges: [...document.querySelectorAll("[data-conversation]")].map((row) => [row.dataset.conversation, row.querySelector(".badge").dataset.kind, row.querySelector(".last").textContent]),
        phase: shown.querySelector("reply-window").getAttribute("phase"),
        closesAtMs: shown.querySelector("reply-window").controller.snapshot.status.closesAtMs,
        said: texts(".webchat__bubble .webchat__text-content", shown),
        failed: texts(".webchat__activity-status button", shown).length, // Web Chat's "retry"
        phone: texts(".said > span"),
      };
    });
  }
}
