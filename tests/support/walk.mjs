// An agent who does whatever comes, around the closing instant, on the running demo: what must be true is looked at after each step.

import assert from "node:assert/strict";
import { windowStatuses } from "../../www/index.js";
import { Desktop, wroteUnheard } from "./desktop.mjs";
import { randomFrom } from "./random.mjs";
import { until as untilTurns } from "./until.mjs";
import { Agent, PEOPLE, TEMPLATE, WORD } from "./walk-acts.mjs";
import { demoFor } from "./with-demo.mjs";

/** A turn asks a page or the middleware: a thousand are a minute on a busy machine. */
const TURNS = 1_000;
/** @type {<T>(what: string, probe: () => T | Promise<T>) => Promise<NonNullable<T>>} */
const until = (what, probe) => untilTurns(what, probe, TURNS);

class Walk extends Agent {
  // ---- what is seen

  draft() {
    return this.desk.panel.evaluate(({ controller }) => controller.snapshot.draft);
  }

  /**
   * What was not sent and stands on the screen, where the conversation is shown; where it is not, or was not opened since a reload, one click away: in any tab.
   *
   * @param {string} id @returns {Promise<string>}
   */
  async drafts(id) {
    return (await Promise.all(this.tabs.map((desk) => this.draftsIn(desk, id)))).join("\n");
  }

  /** @param {Desktop} desk @param {string} id @returns {Promise<string>} */
  draftsIn(desk, id) {
    return desk.page.evaluate((id) => {
      const chats = [...document.querySelectorAll(".web-chat")];
      const at = chats.findIndex((chat) => chat.querySelector("reply-window")?.controller.snapshot.conversation.id === id);
      if (at < 0) return Object.entries(sessionStorage).filter(([key]) => key.endsWith(` ${id}`)).map(([, kept]) => kept).join("\n");
      const [chat, state] = [chats[at], window.storeOf(at).getState()];
      const element = chat.querySelector("reply-window");
      const box = chat.querySelector('[data-id="webchat-sendbox-input"]');
      const bubbles = state.activities.filter(({ channelData }) => /send failed|sending/.test(channelData?.["webchat:send-status"])).map(({ text }) => text);
      const { draft, lost = [] } = element.controller.snapshot;
      if (chat.hidden) return [...bubbles, state.sendBoxValue, draft, ...lost.map(({ text }) => text)].join("\n");
      const shown = [...element.shadowRoot.querySelectorAll(".draft .text, .lost .text")].filter((text) => text.checkVisibility());
      return [...bubbles, box?.checkVisibility() ? box.value : "", ...shown.map(({ textContent }) => textContent)].join("\n");
    }, id);
  }

  // ---- what must be true

  /** What the stand-in delivered: free text, and values of templates. @returns {Promise<string>} */
  async arrived() {
    return (await this.desk.log()).filter(({ outcome }) => outcome === "delivered").map(({ text = "", contentVariables = {} }) => [text, ...Object.values(contentVariables)].join("\n")).join("\n");
  }

  async look() {
    const log = await this.desk.log();
    const free = log.filter(({ freeForm, httpStatus }) => freeForm && httpStatus === 201);
    const isAgreed = (/** @type {string} */ text) => (text.match(WORD) ?? []).every((word) => this.agreed.lost.has(word));
    assert.deepEqual(free.filter(({ session, text }) => !session && !isAgreed(text)), [], "nothing free-form after the end, but for the agent's yes in an unknown window");
    const delivered = log.filter(({ outcome }) => outcome === "delivered").flatMap(({ freeForm, text, contentVariables }) => (freeForm ? text : JSON.stringify(contentVariables ?? {})).match(WORD) ?? []);
    assert.deepEqual(delivered.filter((word, at) => delivered.indexOf(word) !== at && !this.agreed.again.has(word)), [], "nothing twice, but for the agent's yes");
    await this.stand();
    await this.same();
    for (const desk of this.tabs) await this.fits(desk);
  }

  /** Each word was delivered, or stands where the agent sees it. */
  async stand() {
    /** @type {string[]} */
    let missing = [];
    await until("each word stands somewhere", async () => {
      const arrived = await this.arrived();
      const standing = new Map(await Promise.all(PEOPLE.map(async (id) => /** @type {const} */ ([id, await this.drafts(id)]))));
      missing = [...this.written].filter(([word, id]) => !arrived.includes(word) && !standing.get(id).includes(word)).map(([word]) => word);
      return !missing.length;
    }).catch(({ message }) => assert.fail(`${message}: ${missing.map((word) => `${word} of ${this.written.get(word)}`).join(", ")} not`));
  }

  /** What was typed of each conversation that both tabs have open is the same in both. */
  async same() {
    /** @type {Record<string, string>[]} */
    let drafts = [];
    await until("the tabs show the same drafts", async () => {
      drafts = await Promise.all(this.tabs.map(({ page }) => page.evaluate(() => Object.fromEntries([...document.querySelectorAll(".web-chat reply-window")].map(({ controller: { snapshot } }) => [snapshot.conversation.id, snapshot.draft])))));
      const [one, two] = drafts;
      return Object.keys(one).every((id) => !(id in two) || one[id] === two[id]);
    }).catch(({ message }) => assert.fail(`${message}: ${JSON.stringify(drafts)}`));
  }

  /** Files are named beside the draft as they lie in the box. @param {Desktop} desk */
  async fits(desk) {
    await until("the files in the box are named", () => desk.page.evaluate(() => [...document.querySelectorAll(".web-chat")].every((chat, at) =>
      (chat.querySelector("reply-window")?.controller.snapshot.files ?? []).join() === (window.storeOf(at)?.getState().sendBoxAttachments ?? []).map(({ blob }) => blob.name).join())));
  }

  /** The value that was filled in last was delivered, or is one click away: in the form of that template, in that conversation, in that tab. @param {Desktop} desk */
  async formsStand(desk) {
    for (const [id, word] of this.filled.get(desk)) {
      if ((await this.arrived()).includes(word)) continue;
      await this.show(desk, id);
      const { panel } = desk;
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

  /** The screen says what the middleware knows, after one exchange at the most; offline it is no more open than by all that it can know. */
  async agree() {
    for (const desk of this.tabs) await this.agreeIn(desk);
  }

  /** @param {Desktop} desk */
  async agreeIn(desk) {
    await until(this.isOnline ? "the screen and the middleware agree" : "the screen is no more open than the window", async () => {
      const { conversations, policy } = await this.session();
      const { state, observedSinceAtMs } = conversations.find(({ id }) => id === desk.conversation);
      // Of a refusal nobody is told who is offline.
      const heard = this.isOnline ? state : { ...state, refused: [] };
      const [known] = windowStatuses([heard], { policy, now: this.desk.demo.clock.now(), observedSince: [observedSinceAtMs] });
      const { status, verdict, clock } = await desk.panel.evaluate(({ controller: { snapshot: { status, verdict, clock } } }) => ({ status, verdict, clock }));
      const [is, shown] = [Walk.openness(known), Walk.openness(status)];
      if (!this.isOnline) return shown <= is && (verdict.leaves !== "yes" || is === 2);
      return clock === undefined && shown === is && (verdict.leaves === "yes") === (is === 2);
    });
    const exchanges = this.exchanges.get(desk) ?? 0;
    if (this.isOnline) assert.ok(exchanges <= 1, `it took ${exchanges} exchanges`);
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
  const demo = await demoFor();
  const done = [];
  try {
    wroteUnheard(demo);
    const desk = await Desktop.open(browser, demo, { context: { permissions: ["clipboard-read", "clipboard-write"] } });
    const tabs = [desk, await desk.another()];
    for (const { page } of tabs) {
      await page.goto(`${demo.url}?lang=en&conversation=amelia&drafts=session&agent=Desk%20one`);
      page.on("dialog", (dialog) => void dialog.accept());
    }
    for (const tab of tabs) await tab.ready();
    try {
      for (const conversationId of PEOPLE.slice(0, -1)) await desk.steer("customer-message", { conversationId, text: "Hello?" });
      const walker = new Walk(tabs, randomFrom(seed));
      await walker.agree();
      for (let step = 0; step < steps; step += 1) {
        const act = walker.choose();
        done.push(act);
        await walker[act]();
        await walker.look();
        await walker.agree();
      }
      if (!walker.isOnline) await walker.network();
      for (const tab of tabs) {
        for (const id of PEOPLE) await walker.show(tab, id);
        await walker.look();
        await walker.agree();
      }
      for (const tab of tabs) await walker.formsStand(tab);
      assert.deepEqual(tabs.flatMap(({ complaints }) => complaints).filter((text) => !/fetch|network/i.test(text)), [], "no error in the page");
    } finally {
      await desk.close();
    }
  } catch (error) {
    throw new Error(`seed ${seed}, step ${done.length} (${done.slice(-12).join(", ")}): ${error.message}`, { cause: error });
  } finally {
    await demo.close();
  }
  return done;
}
