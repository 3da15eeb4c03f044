// What an agent does, one thing at random after another, on the running demo: writing by every way there is, sending, going elsewhere; and what
// happens to them meanwhile. `walk.mjs` looks at what must be true.

import assert from "node:assert/strict";
import { ar } from "../../www/i18n/ar.js";
import { en } from "../../www/i18n/en.js";
import { HOUR, MARGIN, MINUTE } from "./desktop.mjs";

/** Of the last one nobody here knows when he wrote: an hour ago. */
export const PEOPLE = ["amelia", "noor", "jonas"];
export const WORD = /#\d+;/g;
/** One value, in the languages of the customers. */
export const TEMPLATE = "case_answer";
const CATALOGUES = { en, ar };

/** What is seen is for whoever follows the agent. */
export class Agent {
  /** Words that the agent wrote and neither removed nor discarded, and in which conversation. @type {Map<string, string>} */
  written = new Map();
  /** Words that stand as the value of a template, by tab and conversation. @type {Map<Desktop, Map<string, string>>} */
  filled = new Map();
  isOnline = true;
  /** How often each tab has asked the middleware for everything since it was loaded or came online. @type {Map<Desktop, number>} */
  exchanges = new Map();
  /** Texts of which the agent said that they are to go out, outside of what is known to be the window, or a second time. */
  agreed = { lost: new Set(), again: new Set() };
  #count = 0;

  /** @param {Desktop[]} tabs of one agent @param {(below: number) => number} next */
  constructor(tabs, next) {
    this.tabs = tabs;
    [this.desk] = tabs;
    this.next = next;
    for (const desk of tabs) {
      this.filled.set(desk, new Map());
      desk.page.on("response", (response) => void (new URL(response.url()).pathname === "/api/session" && this.exchanges.set(desk, (this.exchanges.get(desk) ?? 0) + 1)));
    }
  }

  /** The agent goes on in the other tab. */
  async tab() {
    this.desk = this.tabs.find((desk) => desk !== this.desk);
    await this.desk.page.bringToFront();
  }

  /** What is asked before a text leaves. */
  get question() {
    return this.desk.panel.locator("[part=question]");
  }

  async yes() {
    if (!(await this.question.isVisible())) return;
    const { reason, text } = (await this.desk.panel.evaluate(({ controller }) => controller.snapshot.question)) ?? {};
    for (const word of text?.match(WORD) ?? []) this.agreed[reason === "may-have-arrived" ? "again" : "lost"].add(word);
    await this.click(this.question.getByRole("button").last());
  }

  no = () => this.click(this.question.getByRole("button").first());

  /** @template T @param {readonly T[]} list @returns {T} */
  pick(list) {
    return list[this.next(list.length)];
  }

  // ---- what the agent does

  async write(/** @type {(word: string) => Promise<void>} */ how) {
    const { desk } = this;
    if (!(await desk.box.isVisible())) return;
    await desk.box.focus({ timeout: 1_000 }).catch(() => {});
    const isThere = () => desk.page.evaluate(() => document.activeElement?.matches('.web-chat:not([hidden]) [data-id="webchat-sendbox-input"]'));
    if (!(await isThere())) return;
    await desk.page.keyboard.press("End");
    const word = this.#word;
    await how(word);
    const standing = await this.drafts(desk.conversation);
    if ((await isThere()) || standing.includes(word)) return void this.written.set(word, desk.conversation);
    // The composer went between the look and the first key, and nothing was written; never in the middle of a word.
    assert.doesNotMatch(standing, new RegExp(`${word.slice(0, -1)}(?!\\d)`), "the composer went under the agent's hands");
  }

  get #word() {
    return `#${(this.#count += 1)};`;
  }

  /** A button by what it says in the language of the page. @param {import("playwright-core").Locator} place @param {string} key */
  named(place, key) {
    return place.getByRole("button", { name: CATALOGUES[this.desk.lang][key], exact: true });
  }

  type = () => this.write((word) => this.desk.page.keyboard.type(`${word} `));
  dictate = () => this.write((word) => this.desk.page.keyboard.insertText(`${word} `));
  paste = () => this.write(async (word) => {
    await this.desk.page.evaluate((text) => navigator.clipboard.writeText(text), `${word} `);
    await this.desk.page.keyboard.press("Control+V");
  });

  /** As a browser does with a text that is dropped where nobody objects. */
  drop = () => this.write((word) => this.desk.page.evaluate((text) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.setData("text/plain", text);
    const box = document.activeElement;
    if (box.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }))) document.execCommand("insertText", false, text);
  }, `${word} `));

  /** A file comes into the box, as by Web Chat's own drop and paste, or goes out of it again. */
  async file() {
    if (!(await this.desk.box.isVisible())) return;
    await this.desk.page.evaluate((name) => {
      const chats = [...document.querySelectorAll(".web-chat")];
      const store = window.storeOf(chats.findIndex(({ hidden }) => !hidden));
      const attachments = store.getState().sendBoxAttachments.length ? [] : [{ blob: new File(["x"], name, { type: "text/plain" }) }];
      store.dispatch({ type: "WEB_CHAT/SET_SEND_BOX_ATTACHMENTS", payload: { attachments } });
    }, `file-${(this.#count += 1)}.txt`);
  }

  /** Fills in a template, in place of what was filled in before. */
  async template() {
    const { desk } = this;
    const search = desk.panel.locator("[role=combobox]");
    if (!(await search.isVisible())) await this.click(desk.panel.locator("[aria-controls=panel]"));
    if (!(await search.isVisible())) return;
    await search.fill(TEMPLATE, { timeout: 1_000 }).catch(() => {});
    await this.click(desk.panel.locator("[role=option]:not([aria-disabled])"));
    const field = desk.panel.locator("form textarea").first();
    if (!(await field.isVisible())) return;
    const word = this.#word;
    await field.fill(word, { timeout: 1_000 }).catch(() => {});
    if ((await field.inputValue().catch(() => "")) === word) this.filled.get(desk).set(desk.conversation, word);
  }

  sendTemplate = () => this.click(this.desk.panel.locator("form [part=send]"));
  again = () => this.click(this.named(this.desk.panel.locator(".limits"), "again"));
  back = () => this.click(this.desk.panel.locator(".notice button"));

  async language() {
    const lang = this.desk.lang === "en" ? "ar" : "en";
    if (!this.isOnline) return; // its words are fetched
    await this.desk.page.locator(`.languages a[lang=${lang}]`).click();
    await this.desk.page.locator(`html[lang=${lang}]`).waitFor({ state: "attached" });
    this.desk.lang = lang;
  }

  async enter() {
    if (await this.desk.box.isVisible()) await this.desk.box.press("Enter", { timeout: 1_000 }).catch(() => {});
  }

  async clear() {
    if (!(await this.desk.box.isVisible())) return;
    const before = await this.draft();
    await this.desk.box.fill("", { timeout: 1_000 }).catch(() => {});
    if ((await this.draft()) === "") for (const word of before.match(WORD) ?? []) this.written.delete(word);
  }

  async switch() {
    const other = this.pick(PEOPLE.filter((id) => id !== this.desk.conversation));
    await this.show(this.desk, other);
  }

  /** @param {Desktop} desk @param {string} id */
  async show(desk, id) {
    await desk.choose(id);
    desk.conversation = id;
  }

  /** @param {import("playwright-core").Locator} button */
  async click(button) {
    if (await button.first().isVisible()) await button.first().click({ timeout: 1_000 }).catch(() => {});
  }

  retry = () => this.click(this.desk.chat(".webchat__activity-status button"));
  queue = () => this.click(this.named(this.desk.panel, "queue.offered"));
  send = () => this.click(this.named(this.desk.panel.locator(".draft"), "queue.send"));
  edit = () => this.click(this.named(this.desk.panel.locator(".draft"), "queue.edit"));
  /** The text that waited is not to go out at all. */
  discard = () => this.withdraw(this.named(this.desk.panel.locator(".draft"), "queue.discard"), () => this.draft());
  /** A text of another page that was refused: taken, or thrown away. */
  takeLost = () => this.click(this.named(this.desk.panel.locator(".lost"), "lost.take"));
  dropLost = () => this.withdraw(this.named(this.desk.panel.locator(".lost"), "lost.drop"), () => this.desk.panel.locator(".lost .text").first().innerText());

  /** By the agent's word, what that button stands beside is nowhere any more. @param {import("playwright-core").Locator} button @param {() => Promise<string>} text */
  async withdraw(button, text) {
    if (!(await button.first().isVisible())) return;
    const before = await text();
    await this.click(button);
    if (await button.first().isVisible()) return;
    const standing = await this.drafts(this.desk.conversation);
    for (const word of before.match(WORD) ?? []) if (!standing.includes(word)) this.written.delete(word);
  }

  async customer() {
    await this.desk.steer("customer-message", { conversationId: this.desk.conversation, text: "Hello" });
  }

  /** To a moment before the end, or past it. */
  async time() {
    const toEnd = (await this.desk.sessionEndsAt()) - MARGIN - this.desk.demo.clock.now();
    const ms = this.pick([1_000, MINUTE, toEnd - 1_500, toEnd + 1, toEnd + HOUR]);
    if (!(ms > 0 && ms < 30 * HOUR)) return;
    const advanceMs = Math.ceil(ms);
    await this.desk.steer("clock", { advanceMs });
    // A page that cannot hear of it has lived through it: the computer slept, or it is what its own clock says.
    if (!this.isOnline) await this.setComputer((await this.computerMs()) + advanceMs);
  }

  /** The computer's own clock is set. */
  async computer() {
    await this.setComputer(this.pick([-3 * HOUR, 26 * HOUR, 0]));
  }

  /** By how much it is wrong. @returns {Promise<number>} */
  computerMs() {
    return this.desk.page.evaluate(() => globalThis.wrongBy ?? 0);
  }

  /** @param {number} ms */
  async setComputer(ms) {
    for (const { page } of this.tabs) await page.evaluate((ms) => {
      const real = (globalThis.realNow ??= Date.now);
      globalThis.wrongBy = ms;
      Date.now = () => real() + ms;
      window.dispatchEvent(new Event("focus"));
    }, ms);
  }

  async network() {
    this.isOnline = !this.isOnline;
    this.exchanges.clear();
    await this.desk.context.setOffline(!this.isOnline);
  }

  /** With the page goes what its store was told by others; what was on its way comes back as a draft. */
  async reload() {
    if (!this.isOnline) return;
    // The page asks first, and the agent says that the form may go.
    const filled = this.filled.get(this.desk);
    for (const [id, word] of filled) if (!(await this.arrived()).includes(word)) filled.delete(id);
    this.exchanges.delete(this.desk);
    await this.desk.page.reload();
    await this.desk.ready();
  }

  refuse = () => this.desk.steer("refuse-next", { count: 1 });
  /** The middleware takes the next message; its answer is lost. Of who is offline it takes none: what is fetched here goes past the browser. */
  loseAnswer = () => this.desk.page.route("**/messages", async (route) => {
    if (this.isOnline) await route.fetch().catch(() => {});
    await route.abort().catch(() => {});
  }, { times: 1 });
  fail = () => this.desk.page.route("**/messages", (route) => route.fulfill({ status: 503, json: { code: "provider-busy", message: "no" } }), { times: 1 });

  /** How often each of them is done; who is offline is so for a while. @returns {[number, string][]} */
  get acts() {
    return this.isOnline ? Agent.acts : [[8, "network"], ...Agent.acts];
  }

  /** @type {[number, string][]} */
  static acts = [[30, "type"], [6, "paste"], [3, "dictate"], [3, "drop"], [3, "file"], [22, "enter"], [4, "clear"], [7, "switch"], [5, "tab"], [8, "yes"], [3, "no"], [6, "retry"], [5, "queue"], [4, "send"], [3, "edit"], [3, "discard"], [3, "takeLost"], [1, "dropLost"], [7, "customer"], [8, "time"], [3, "computer"], [4, "network"], [5, "refuse"], [3, "loseAnswer"], [3, "fail"], [3, "reload"], [8, "template"], [6, "sendTemplate"], [2, "again"], [2, "back"], [3, "language"]];

  /** @returns {string} */
  choose() {
    const { acts } = this;
    let at = this.next(acts.reduce((sum, [weight]) => sum + weight, 0));
    return acts.find(([weight]) => (at -= weight) < 0)[1];
  }
}
