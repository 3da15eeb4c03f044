// A conversation that another responder holds, and a text that goes out as a utility message: what the agent is told and asked.

import assert from "node:assert/strict";
import { test } from "node:test";
import { active, axe, button, clean, page, said, settled, show, text, useBrowser } from "./harness.js";

useBrowser();

/** @param {string} kind @param {object} owner @param {object} verdict @param {object} [attributes] @param {object} [more] */
const held = async (kind, owner, verdict, attributes, more = {}) => {
  await show(kind, more, attributes);
  await page.evaluate(([owner, verdict]) => {
    const { snapshot } = controller;
    controller.next({ ...snapshot, status: { ...snapshot.status, owner }, verdict: { ...snapshot.verdict, ...verdict } });
  }, [owner, verdict]);
};
const ASKS = { kind: "confirm", reason: "not-owner", leaves: "with-confirmation", locksComposer: false, warnings: ["not-owner"] };
const OTHER = { kind: "other", role: "ai-agent", toldAtMs: Date.UTC(2026, 10, 23, 17, 40) };

for (const [locale, sentence, term, role] of [
  ["en", "Another responder holds this conversation: an AI agent.", "Held by", "an AI agent"],
  ["ar", "هذه المحادثة لدى مجيب آخر: وكيل ذكاء اصطناعي.", "المحادثة لدى", "وكيل ذكاء اصطناعي"],
]) {
  test(`the strip says who holds it while the window is still shown, in ${locale}`, async () => {
    await held("open", OTHER, ASKS, { locale });
    assert.deepEqual(await text("#why"), [sentence]);
    assert.equal(await page.evaluate(() => element.getAttribute("phase")), "open");
    assert.ok((await text(".timer"))[0].length > 0);
    await page.locator("[aria-controls=known]").click();
    await page.locator("dd").first().waitFor();
    const facts = await page.evaluate(() => [...root.querySelectorAll("#known dl div")].map((row) => [...row.children].map((cell) => cell.textContent)));
    assert.ok(facts.some(([name, value]) => name === term && value === role), JSON.stringify(facts));
    await axe();
    clean();
  });
}

test("without a role it is another responder; ours and idle say nothing in the strip", async () => {
  await held("open", { kind: "other", toldAtMs: 0 }, ASKS);
  assert.deepEqual(await text("#why"), ["Another responder holds this conversation."]);
  for (const kind of ["us", "idle"]) {
    await held("open", { kind, toldAtMs: 0 }, {});
    assert.deepEqual(await text("#why"), [""]);
  }
});

test("each send is asked about, with that reason", async () => {
  await held("open", OTHER, ASKS);
  await page.evaluate(() => controller.askToSend({ text: "Hello" }));
  assert.match(await said(), /Another responder holds this conversation, and WhatsApp may refuse your message\. Send it anyway\?/);
  await button("Send anyway").click();
  assert.deepEqual(await page.evaluate(() => controller.calls), ["yes"]);
  clean();
});

test("where it blocks, the composer is locked, the template is offered, and it is warned of", async () => {
  await held("open", OTHER, { kind: "blocked", reason: "not-owner", leaves: "no", locksComposer: true, alternatives: ["template"], warnings: ["not-owner"] });
  await settled();
  assert.deepEqual(await text("#why"), ["Another responder holds this conversation: an AI agent. Free text is locked until the conversation is passed to you; a template may be sent."]);
  assert.match((await text(".limits"))[0], /the customer gets your template beside what that one writes/);
  clean();
});

test("a utility message: a button of its own where it is offered, and a question with an answer of its own", async () => {
  await show("closed", { draft: "Your parcel arrives on Tuesday." });
  assert.equal(await button("Send as a utility message…").count(), 0);
  await show("closed", { draft: "Your parcel arrives on Tuesday.", directSend: true });
  await page.evaluate(() => {
    controller.askDirectSend = () => {
      controller.calls.push("direct");
      controller.next({ ...controller.snapshot, question: { reason: "direct-send", text: controller.snapshot.draft } });
      return true;
    };
  });
  await button("Send as a utility message…").click();
  assert.match(await said(), /Is this a utility message: about something this customer ordered, booked or asked for, without advertising\?/);
  assert.equal(await active(), "question");
  await axe();
  await button("Yes, it is: send").click();
  assert.deepEqual(await page.evaluate(() => controller.calls), ["direct", "yes"]);
  clean();
});

test("the free messages that are left are told when few are", async () => {
  for (const [left, sentence] of [[101, ""], [100, "100 more free replies this month; further ones are charged."], [1, "1 more free reply this month; further ones are charged."], [0, "0 more free replies this month; further ones are charged."]]) {
    await held("open", undefined, { freeServiceMessagesLeft: left });
    assert.deepEqual(await text("#why"), [sentence]);
  }
});
