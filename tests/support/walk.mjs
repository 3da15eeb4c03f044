// An agent who does whatever comes, around the closing instant, on the running demo: what must be true is looked at after each step.

import assert from "node:assert/strict";
import { windowStatuses } from "../../www/index.js";
import { Desktop } from "./desktop.mjs";
import { randomFrom } from "./random.mjs";
import { until } from "./until.mjs";
import { Agent, PEOPLE, TEMPLATE, WORD } from "./walk-acts.mjs";
import { demoFor } from "./with-demo.mjs";

class Walk extends Agent {
  // ---- what is seen

  draft() {
    return this.desk.panel.evaluate(({ controller }) => controller.snapshot.draft);
  }

  /**
   * What was not sent and stands on the screen, where the conversation is shown; where it is not, or was not opened since a reload, one click away.
   *
   * @param {string} id @returns {Promise<string>}
   */
  drafts(id) {
    return this.desk.page.evaluate((id) => {
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
      const standing = new Map(await Promise.all(PEOPLE.map(async (id) => /** @type {const} */ ([id, await this.drafts(id)]))));
      missing = [...this.written].filter(([word, id]) => !arrived.includes(word) && !standing.get(id).includes(word)).map(([word]) => word);
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

  /** The screen says what the middleware knows, after one exchange at the most; offline it is no more open than by all that it can know. */
  async agree() {
    await until(this.isOnline ? "the screen and the middleware agree" : "the screen is no more open than the window", async () => {
      const { conversations, policy } = await this.session();
      const { state, observedSinceAtMs } = conversations.find(({ id }) => id === this.desk.conversation);
      // Of a refusal nobody is told who is offline.
      const heard = this.isOnline ? state : { ...state, refused: [] };
      const [known] = windowStatuses([heard], { policy, now: this.desk.demo.clock.now(), observedSince: [observedSinceAtMs] });
      const { status, verdict, clock } = await this.desk.panel.evaluate(({ controller: { snapshot: { status, verdict, clock } } }) => ({ status, verdict, clock }));
      const [is, shown] = [Walk.openness(known), Walk.openness(status)];
      if (!this.isOnline) return shown <= is && (verdict.leaves !== "yes" || is === 2);
      return clock === undefined && shown === is && (verdict.leaves === "yes") === (is === 2);
    });
    if (this.isOnline) assert.ok(this.exchanges <= 1, `it took ${this.exchanges} exchanges`);
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
    throw new Error(`seed ${seed}, step ${done.length} (${done.slice(-12).join(", ")}): ${error.message}`, { cause: error });
  } finally {
    await demo.close();
  }
  return done;
}
