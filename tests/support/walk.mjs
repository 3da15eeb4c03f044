// An agent who does whatever comes, around the closing instant, on the running demo: what must be true is looked at after each step.

import assert from "node:assert/strict";
import { startDemo } from "../../www/demo/start.mjs";
import { windowStatuses } from "../../www/index.js";
import { Desktop, HOUR, MARGIN, MINUTE } from "./desktop.mjs";
import { randomFrom } from "./random.mjs";
import { until } from "./until.mjs";

const PEOPLE = ["amelia", "noor"];
const WORD = /#\d+;/g;

class Walk {
  /** Words that the agent wrote and neither removed nor discarded, and in which conversation. @type {Map<string, string>} */
  written = new Map();
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
    const word = `#${(this.#count += 1)};`;
    await how(word);
    // Where the composer went between the look and the first key, nothing was written.
    if ((await isThere()) || (await this.drafts()).includes(word)) this.written.set(word, desk.conversation);
  }

  type = () => this.write((word) => this.desk.page.keyboard.type(`${word} `));
  paste = () => this.write((word) => this.desk.page.keyboard.insertText(`${word} `));

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
  queue = () => this.click(this.desk.panel.getByRole("button", { name: "Send when the customer answers" }));
  send = () => this.click(this.desk.panel.locator(".draft").getByRole("button", { name: "Send", exact: true }));
  edit = () => this.click(this.desk.panel.locator(".draft").getByRole("button", { name: "Edit", exact: true }));

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
    await this.desk.page.reload();
    await this.desk.ready();
  }

  refuse = () => this.desk.steer("refuse-next", { count: 1 });
  /** The middleware takes the next message; its answer is lost. */
  loseAnswer = () => this.desk.page.route("**/messages", async (route) => (await route.fetch().catch(() => {}), await route.abort().catch(() => {})), { times: 1 });
  fail = () => this.desk.page.route("**/messages", (route) => route.fulfill({ status: 503, json: { code: "provider-busy", message: "no" } }), { times: 1 });

  /** How often each of them is done. @returns {[number, string][]} */
  static acts = [[30, "type"], [8, "paste"], [22, "enter"], [4, "clear"], [6, "switch"], [6, "retry"], [5, "queue"], [4, "send"], [3, "edit"], [7, "customer"], [8, "time"], [3, "computer"], [4, "network"], [5, "refuse"], [3, "loseAnswer"], [3, "fail"], [3, "reload"]];

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

  async look() {
    const log = await this.desk.log();
    const free = log.filter(({ freeForm, httpStatus }) => freeForm && httpStatus === 201);
    assert.deepEqual(free.filter(({ session }) => !session), [], "nothing free-form after the end");
    const delivered = free.filter(({ outcome }) => outcome === "delivered").flatMap(({ text }) => text.match(WORD) ?? []);
    assert.deepEqual(delivered.filter((word, at) => delivered.indexOf(word) !== at), [], "nothing twice");
    /** @type {string[]} */
    let missing = [];
    await until("each word stands somewhere", async () => {
      const arrived = (await this.desk.log()).filter(({ freeForm, outcome }) => freeForm && outcome === "delivered").map(({ text }) => text).join("\n");
      const standing = await this.drafts();
      missing = [...this.written.keys()].filter((word) => !arrived.includes(word) && !standing.includes(word));
      return !missing.length;
    }).catch(({ message }) => assert.fail(`${message}: ${missing.map((word) => `${word} of ${this.written.get(word)}`).join(", ")} not`));
  }

  /** The screen says what the middleware knows, once the two have talked. */
  async agree() {
    if (!this.isOnline) return;
    await until("the screen and the middleware agree", async () => {
      const { conversations, policy } = await this.session();
      const { state, observedSinceAtMs } = conversations.find(({ id }) => id === this.desk.conversation);
      const [before] = windowStatuses([state], { policy, now: this.desk.demo.clock.now(), observedSince: [observedSinceAtMs] });
      const { status, clock } = await this.desk.snapshot();
      return clock === undefined && (status.kind === before.kind || [status.kind, before.kind].every((kind) => /open|closing/.test(kind)));
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
    const desk = await Desktop.open(browser, demo);
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
        if (step % 5 === 4) await walker.agree();
      }
      if (!walker.isOnline) await walker.network();
      for (const _ of PEOPLE) await walker.switch();
      await walker.look();
      await walker.agree();
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
