// An agent who does whatever comes, around the closing instant, on the running demo: what must be true is looked at after each step.

import assert from "node:assert/strict";
import { startDemo } from "../../www/demo/start.mjs";
import { ar } from "../../www/i18n/ar.js";
import { en } from "../../www/i18n/en.js";
import { windowStatuses } from "../../www/index.js";
import { Desktop, HOUR, MARGIN, MINUTE } from "./desktop.mjs";
import { randomFrom } from "./random.mjs";
import { until } from "./until.mjs";

const PEOPLE = ["amelia", "noor"];
const WORD = /#\d+;/g;
/** One value, in both languages of the customers. */
const TEMPLATE = "case_answer";
const CATALOGUES = { en, ar };

class Walk {
  /** Words that the agent wrote and neither removed nor discarded, and in which conversation. @type {Map<string, string>} */
  written = new Map();
  /** Words that stand as the value of a template, by conversation. @type {Map<string, string>} */
  filled = new Map();
  isOnline = true;
  #count = 0;

  /** @param {Desktop} desk @param {(below: number) => number} next */
  constructor(desk, next) {
    this.desk = desk;
    this.next = next;
  }

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
    // Where the composer went between the look and the first key, nothing was written.
    if ((await isThere()) || (await this.drafts()).includes(word)) this.written.set(word, desk.conversation);
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
    await search.fill(TEMPLATE, { timeout: 1_000 }).catch(() => {});
    await this.click(desk.panel.locator("[role=option]:not([aria-disabled])"));
    const field = desk.panel.locator("form textarea").first();
    if (!(await field.isVisible())) return;
    const word = this.#word;
    await field.fill(word, { timeout: 1_000 }).catch(() => {});
    if ((await field.inputValue().catch(() => "")) === word) this.filled.set(desk.conversation, word);
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
    const other = PEOPLE.find((id) => id !== this.desk.conversation);
    await this.desk.choose(other);
    this.desk.conversation = other;
  }

  /** @param {import("playwright-core").Locator} button */
  async click(button) {
    if (await button.first().isVisible()) await button.first().click({ timeout: 1_000 }).catch(() => {});
  }

  retry = () => this.click(this.desk.chat(".webchat__activity-status button"));
  queue = () => this.click(this.named(this.desk.panel, "queue.offered"));
  send = () => this.click(this.named(this.desk.panel.locator(".draft"), "queue.send"));
  edit = () => this.click(this.named(this.desk.panel.locator(".draft"), "queue.edit"));

  async customer() {
    await this.desk.steer("customer-message", { conversationId: this.desk.conversation, text: "Hello" });
  }

  /** To a moment before the end, or past it. */
  async time() {
    const toEnd = (await this.desk.sessionEndsAt()) - MARGIN - this.desk.demo.clock.now();
    const ms = this.pick([1_000, MINUTE, toEnd - 1_500, toEnd + 1, toEnd + HOUR]);
    if (ms > 0 && ms < 30 * HOUR) await this.desk.steer("clock", { advanceMs: Math.ceil(ms) });
  }

  /** The computer's own clock. */
  async computer() {
    const ms = this.pick([-3 * HOUR, 26 * HOUR, 0]);
    await this.desk.page.evaluate((ms) => {
      globalThis.realNow ??= Date.now;
      Date.now = () => globalThis.realNow() + ms;
      window.dispatchEvent(new Event("focus"));
    }, ms);
  }

  async network() {
    this.isOnline = !this.isOnline;
    await this.desk.context.setOffline(!this.isOnline);
  }

  /** With the page goes what its store was told by others; what was on its way comes back as a draft. */
  async reload() {
    if (!this.isOnline) return;
    // The page asks first, and the agent says that the form may go.
    for (const [id, word] of this.filled) if (!(await this.arrived()).includes(word)) this.filled.delete(id);
    await this.desk.page.reload();
    await this.desk.ready();
  }

  refuse = () => this.desk.steer("refuse-next", { count: 1 });
  /** The middleware takes the next message; its answer is lost. */
  loseAnswer = () => this.desk.page.route("**/messages", async (route) => (await route.fetch().catch(() => {}), await route.abort().catch(() => {})), { times: 1 });
  fail = () => this.desk.page.route("**/messages", (route) => route.fulfill({ status: 503, json: { code: "provider-busy", message: "no" } }), { times: 1 });

  /** How often each of them is done. @returns {[number, string][]} */
  static acts = [[30, "type"], [6, "paste"], [3, "dictate"], [3, "drop"], [3, "file"], [22, "enter"], [4, "clear"], [7, "switch"], [6, "retry"], [5, "queue"], [4, "send"], [3, "edit"], [7, "customer"], [8, "time"], [3, "computer"], [4, "network"], [5, "refuse"], [3, "loseAnswer"], [3, "fail"], [3, "reload"], [8, "template"], [6, "sendTemplate"], [2, "again"], [2, "back"], [3, "language"]];

  /** @returns {string} */
  choose() {
    let at = this.next(Walk.acts.reduce((sum, [weight]) => sum + weight, 0));
    return Walk.acts.find(([weight]) => (at -= weight) < 0)[1];
  }

  // ---- what is seen

  draft() {
    return this.desk.panel.evaluate(({ controller }) => controller.snapshot.draft);
  }

  /** Everything that was not sent and stands on the screen or one click away: of a conversation that was not opened since a reload, in the store. @returns {Promise<string>} */
  drafts() {
    return this.desk.page.evaluate(() => [
      ...Object.values(sessionStorage),
      ...[...document.querySelectorAll("reply-window")].flatMap(({ controller: { snapshot } }) => [snapshot.draft, ...(snapshot.lost ?? []).map(({ text }) => text)]),
      ...window.stores().flatMap((store) => [store.getState().sendBoxValue, ...store.getState().activities.filter(({ channelData }) => /send failed|sending/.test(channelData?.["webchat:send-status"])).map(({ text }) => text)]),
    ].join("\n"));
  }

  // ---- what must be true

  /** What the stand-in delivered: free text, and values of templates. @returns {Promise<string>} */
  async arrived() {
    return (await this.desk.log()).filter(({ outcome }) => outcome === "delivered").map(({ text = "", contentVariables = {} }) => [text, ...Object.values(contentVariables)].join("\n")).join("\n");
  }

  async look() {
    const log = await this.desk.log();
    const free = log.filter(({ freeForm, httpStatus }) => freeForm && httpStatus === 201);
    assert.deepEqual(free.filter(({ session }) => !session), [], "nothing free-form after the end");
    const delivered = log.filter(({ outcome }) => outcome === "delivered").flatMap(({ freeForm, text, contentVariables }) => (freeForm ? text : JSON.stringify(contentVariables ?? {})).match(WORD) ?? []);
    assert.deepEqual(delivered.filter((word, at) => delivered.indexOf(word) !== at), [], "nothing twice");
    await this.stand();
    await this.fits();
  }

  /** Each word was delivered, or stands where the agent sees it. */
  async stand() {
    /** @type {string[]} */
    let missing = [];
    await until("each word stands somewhere", async () => {
      const arrived = await this.arrived();
      const standing = await this.drafts();
      missing = [...this.written.keys()].filter((word) => !arrived.includes(word) && !standing.includes(word));
      return !missing.length;
    }).catch(({ message }) => assert.fail(`${message}: ${missing.map((word) => `${word} of ${this.written.get(word)}`).join(", ")} not`));
  }

  /** Files are named beside the draft as they lie in the box. */
  async fits() {
    await until("the files in the box are named", () => this.desk.page.evaluate(() => [...document.querySelectorAll(".web-chat")].every((chat, at) =>
      (chat.querySelector("reply-window")?.controller.snapshot.files ?? []).join() === (window.storeOf(at)?.getState().sendBoxAttachments ?? []).map(({ blob }) => blob.name).join())));
  }

  /** The value that was filled in last was delivered, or is one click away: in the form of that template, in that conversation. */
  async formsStand() {
    for (const [id, word] of this.filled) {
      if ((await this.arrived()).includes(word)) continue;
      await this.desk.choose(id);
      this.desk.conversation = id;
      const { panel } = this.desk;
      const field = panel.locator("form textarea").first();
      await until("the panel is there", async () => {
        if (await field.isVisible()) return true;
        const search = panel.locator("[role=combobox]");
        if (await search.isVisible()) return true;
        await this.click(panel.locator("[aria-controls=panel]"));
        return false;
      });
      if (!(await field.isVisible())) {
        await panel.locator("[role=combobox]").fill(TEMPLATE);
        // What was refused may be greyed for a while: it keeps its values all the same.
        const found = panel.locator("[role=option]:not([aria-disabled])");
        if (!(await found.count())) continue;
        await found.first().click();
      }
      assert.equal(await field.inputValue(), word, `${word}, filled in for ${id}`);
    }
  }

  /** How open it is. @param {{ kind: string }} status */
  static openness({ kind }) {
    return { closed: 0, unknown: 1, closing: 2, open: 2 }[kind];
  }

  /** The screen says what the middleware knows, once the two have talked; offline, nothing that it does not know can leave. */
  async agree() {
    if (!this.isOnline) return;
    await until("the screen and the middleware agree", async () => {
      const { conversations, policy } = await this.session();
      const { state, observedSinceAtMs } = conversations.find(({ id }) => id === this.desk.conversation);
      const [known] = windowStatuses([state], { policy, now: this.desk.demo.clock.now(), observedSince: [observedSinceAtMs] });
      const { status, verdict, clock } = await this.desk.snapshot();
      const isOpen = Walk.openness(known) === 2;
      return clock === undefined && Walk.openness(status) === Walk.openness(known) && (verdict.leaves === "yes") === isOpen;
    });
  }

  async session() {
    const response = await fetch(`${this.desk.demo.url}api/session`);
    return response.json();
  }
}

/**
 * @param {import("playwright-core").Browser} browser
 * @param {{ seed: number, steps: number }} options
 * @returns {Promise<string[]>} what was done
 */
export async function walk(browser, { seed, steps }) {
  const demo = await startDemo({ port: 0, standInPort: 0, statusDelayMs: 10, log: () => {} });
  const done = [];
  try {
    const desk = await Desktop.open(browser, demo, { context: { permissions: ["clipboard-read", "clipboard-write"] } });
    await desk.page.goto(`${demo.url}?lang=en&conversation=amelia&drafts=session`);
    await desk.ready();
    desk.page.on("dialog", (dialog) => void dialog.accept());
    try {
      for (const conversationId of PEOPLE) await desk.steer("customer-message", { conversationId, text: "Hello?" });
      const walker = new Walk(desk, randomFrom(seed));
      await walker.agree();
      for (let step = 0; step < steps; step += 1) {
        const act = walker.choose();
        done.push(act);
        await walker[act]();
        await walker.look();
        await walker.agree();
      }
      if (!walker.isOnline) await walker.network();
      for (const _ of PEOPLE) await walker.switch();
      await walker.look();
      await walker.agree();
      await walker.formsStand();
      assert.deepEqual(desk.complaints.filter((text) => !/fetch|network/i.test(text)), [], "no error in the page");
    } finally {
      await desk.close();
    }
  } catch (error) {
    throw new Error(`seed ${seed}, step ${done.length} (${done.slice(-6).join(", ")}): ${error.message}`, { cause: error });
  } finally {
    await demo.close();
  }
  return done;
}
