// What an agent dictates in Dynamics is sent by itself when they pause: it ends in the box where nothing may leave, and a moment before.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { launchBrowser } from "../support/browser.mjs";
import { HOUR, MINUTE, Workspace } from "../support/workspace.mjs";
import { withDemo } from "../support/with-demo.mjs";

let browser;
before(async () => (browser = await launchBrowser()));
after(() => browser?.close());

const AMELIA = "Amelia Brown (2)";
const inWorkspace = (options, work) => withDemo(Workspace, browser, options, work);

/** In the control: a microphone that hears what the test says. */
function microphone() {
  class SpeechRecognition {
    start() {
      globalThis.listening = this;
      for (const type of ["start", "audiostart"]) this[`on${type}`]?.({ type, target: this });
    }
    abort() {
      globalThis.listening = undefined;
      this.onerror?.({ type: "error", error: "aborted", target: this });
    }
  }
  const speechSynthesis = Object.assign(new EventTarget(), { getVoices: () => [], speak() {}, cancel() {} });
  globalThis.speech = { SpeechRecognition, SpeechGrammarList: class { addFromString() {} }, SpeechSynthesisUtterance: class {}, speechSynthesis };
  globalThis.say = (transcript, isFinal) => globalThis.listening?.onresult({ type: "result", target: globalThis.listening, results: [Object.assign([{ confidence: 0.9, transcript }], { isFinal })] });
}

const dictating = (desk) => desk.frame.locator(".webchat__microphone-button--dictating");

describe("dictation", () => {
  it("over the closing moment ends in the box; while open it sends what was said", () => inWorkspace({ title: AMELIA, withinControl: microphone }, async (desk) => {
    const mic = desk.frame.locator(".chats > .customer .webchat__microphone-button button");
    const say = (text, isFinal = false) => desk.inside(([text, isFinal]) => window.say(text, isFinal), [text, isFinal]);
    await desk.phase("open");
    await mic.click();
    await desk.inside(() => new Promise((resolve) => (function look() { window.listening ? resolve() : setTimeout(look); })()));
    await say("said while");
    await dictating(desk).waitFor();
    await say("said while open", true);
    await desk.logged("said while open");
    const before = await desk.freeTexts();
    await mic.click();
    await desk.inside(() => new Promise((resolve) => (function look() { window.listening ? resolve() : setTimeout(look); })()));
    await say("said over the");
    await dictating(desk).waitFor();
    await desk.pass(25 * HOUR);
    await desk.phase("closed");
    await dictating(desk).waitFor({ state: "detached" });
    await say("said over the closing", true);
    await desk.page.waitForFunction(() => window.desk.snapshot.draft === "said over the");
    await desk.box.waitFor({ state: "hidden" });
    // And none begins.
    await mic.evaluate((button) => button.click());
    assert.equal(await desk.inside(() => window.listening === undefined), true);
    assert.deepEqual(await desk.freeTexts(), before);
    // Web Chat notes that the recognition was broken off.
    desk.complaints = desk.complaints.filter((text) => !/aborted/.test(text));
  }));

  it("in the last seconds ends before the window does, and what was said is in the box", () => inWorkspace({ title: AMELIA, withinControl: microphone }, async (desk) => {
    await desk.phase("open");
    const { customers } = await desk.steer("stand-in/customers");
    const leftMs = () => customers.find(({ id }) => id === "amelia").sessionEndsAtMs - MINUTE - desk.demo.clock.now();
    await desk.frame.locator(".chats > .customer .webchat__microphone-button button").click();
    await desk.inside(() => new Promise((resolve) => (function look() { window.listening ? resolve() : setTimeout(look); })()));
    await desk.inside(() => window.say("said at the last moment"));
    await dictating(desk).waitFor();
    // What holds when the recognition is switched off: Web Chat shows that in its own time.
    await desk.inside(() => document.querySelector(".chats > .customer .webchat__microphone-button button").addEventListener("click", () => (window.leavesThen = parent.parent.desk.snapshot.verdict.leaves), { once: true }));
    await desk.pass(leftMs() - 4_500);
    await dictating(desk).waitFor({ state: "detached" });
    assert.equal(await desk.inside(() => window.leavesThen), "yes", "the window is still open");
    await desk.inside(() => window.say("said at the last moment", true));
    await desk.phase("closed");
    await desk.page.waitForFunction(() => window.desk.snapshot.draft === "said at the last moment");
    assert.equal((await desk.freeTexts()).includes("said at the last moment"), false);
    desk.complaints = desk.complaints.filter((text) => !/aborted/.test(text));
  }));
});
