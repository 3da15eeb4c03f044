// Drives the demo's stand-in for Dynamics 365 as its people do: the agent in the conversation control, the customer at the phone.

import assert from "node:assert/strict";
import { until } from "./until.mjs";

export const HOUR = 3_600_000;
export const MINUTE = 60_000;
const BOX = '[data-id="webchat-sendbox-input"]';

export class Workspace {
  /** What the browser complained about. @type {string[]} */
  complaints = [];

  /** @param {import("playwright-core").Browser} browser @param {any} demo @param {{ lang?: string, title?: string, settings?: string, query?: Record<string, string>, script?: boolean, context?: object }} [options] */
  static async open(browser, demo, { lang = "en", title, settings, query = {}, context = {}, isReady = true, withinControl, prepareContext } = {}) {
    const self = new Workspace();
    self.demo = demo;
    self.context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...context });
    await prepareContext?.(self.context);
    self.page = await self.context.newPage();
    self.page.on("pageerror", (error) => self.complaints.push(String(error.stack)));
    self.page.on("console", (message) => message.type() === "error" && self.complaints.push(message.text()));
    // In the control's own script, before Dynamics' part of it: a frame that begins as about:blank keeps its window, so that no other way runs in each.
    if (withinControl) await self.context.route("**/chat-control.js", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `(${withinControl})();\n${await response.text()}` });
    });
    if (settings) await self.page.addInitScript(`globalThis.replyWindowDynamics = ${settings};`);
    const conversation = self.conversation(title ?? demo.omnichannel.conversations[0].title).id;
    await self.page.goto(`${demo.url}dynamics/index.html?${new URLSearchParams({ lang, conversation, ...query })}`);
    if (isReady) await self.ready();
    return self;
  }

  /** @param {string} title */
  conversation(title) {
    return this.demo.omnichannel.conversations.find((one) => one.title === title);
  }

  async ready() {
    await this.chatReady();
    await this.identified();
  }

  async chatReady() {
    await this.box.waitFor({ state: "attached" });
    await this.frame.locator(".webchat__connectivityStatus").waitFor({ state: "hidden" });
  }

  /** The conversation that is shown is identified and was read. */
  async identified() {
    await this.started();
    await this.page.waitForFunction(() => window.desk.report.steps.find(({ name }) => name === "conversation").isDone);
  }

  /** The script runs. */
  async started() {
    await this.page.waitForFunction(() => window.replyWindow);
    await this.page.evaluate(async () => void (window.desk = (await window.replyWindow).desk));
  }

  close() {
    return this.context.close();
  }

  get frame() {
    return this.page.frameLocator("#SidePanelIFrame").frameLocator("iframe");
  }

  /** The customer's box. */
  get box() {
    return this.frame.locator(`.chats > .customer ${BOX}`);
  }

  get consultBox() {
    return this.frame.locator(`.consult ${BOX}`);
  }

  get panel() {
    return this.frame.locator("reply-window");
  }

  get sendButton() {
    return this.frame.locator(".chats > .customer .webchat__send-button");
  }

  /** @param {string} phase */
  phase(phase) {
    return this.frame.locator(`reply-window[phase="${phase}"]`).waitFor({ state: "attached" });
  }

  /** In the frame of the conversation control. */
  async inside(work, argument) {
    const handle = await this.page.locator("#SidePanelIFrame").elementHandle();
    const outer = await handle.contentFrame();
    const inner = await (await outer.locator("iframe").elementHandle()).contentFrame();
    return inner.evaluate(work, argument);
  }

  /** The control's document is opened anew, in the same window. */
  async openAnew() {
    // A module that ran once does not run again in the same window under the same name.
    const markup = await this.inside(async () => (await (await fetch(location.href)).text()).replace("chat-control.js", "chat-control.js?again"));
    await this.inside((markup) => {
      document.open();
      document.write(markup);
      document.close();
    }, markup);
  }

  /** @returns {Promise<any>} */
  snapshot() {
    return this.page.evaluate(() => structuredClone({ ...window.desk.snapshot, templates: undefined }));
  }

  report() {
    return this.page.evaluate(() => window.desk.report);
  }

  /** @param {string} path @param {unknown} [body] */
  async steer(path, body) {
    const request = body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    const response = await fetch(`${this.demo.url}${path}`, request);
    assert.ok(response.ok, `${path}: ${response.status}`);
    return response.json();
  }

  /** @param {string} person @param {string} text */
  customerWrites(person, text) {
    return this.steer("stand-in/customer-message", { conversationId: person, text });
  }

  /** @param {number} ms */
  async pass(ms) {
    await this.steer("stand-in/clock", { advanceMs: ms });
    const nowAtMs = this.demo.clock.now();
    await this.page.waitForFunction((at) => window.demoNow() >= at, nowAtMs);
    await this.page.evaluate(() => void window.desk?.evaluate());
  }

  /** Reads Dataverse now, instead of in half a minute. */
  read() {
    return this.page.evaluate(() => window.desk.readNow());
  }

  /** What Twilio's stand-in was asked to send. @returns {Promise<any[]>} */
  async log() {
    return (await this.steer("stand-in/log")).entries.filter(({ kind }) => kind === "message");
  }

  async freeTexts() {
    return (await this.log()).filter(({ freeForm }) => freeForm).map(({ text }) => text);
  }

  /** @param {string} text */
  logged(text) {
    return until(`the stand-in received ${text}`, async () => (await this.log()).find((entry) => entry.text === text));
  }

  /** @param {string} title @param {string} [how] */
  async focus(title, how = "in-place") {
    await this.page.evaluate(([id, how]) => window.workspace.focus(id, how), [this.conversation(title).id, how]);
  }
}
