// Whatever is put into a template, what the controller sends satisfies the stand-in, which did not learn from the engine.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { accept, refuse } from "../../www/demo/stand-in/rules.js";
import { importTemplates } from "../../www/index.js";
import { HOUR, NOW, desk, settled, wrote } from "../support/desk.mjs";

const FILLS = 5000;
const read = async (/** @type {string} */ path) => JSON.parse(await readFile(new URL(path, import.meta.url), "utf8"));
const NUMBER = "+15550100200";

/** The same numbers each time. @param {number} seed */
function random(seed) {
  let state = seed;
  return (/** @type {number} */ below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const VALUES = ["Ana", "ليلى", "Tuesday 1 December", "CAS-00417", "x.pdf", "482913", "", " ", "a\nb", "a\tb", "a     b", "{{1}}", "\"quoted\" \\ {now}", "😀".repeat(300),
  "\u202eevil", "\u0000", "x".repeat(1600), "null", "undefined", "<b>bold</b>", "0", "é", "https://example.com/a b", "١٢٣", "\u2028", "\ud800"];

/** Every Content resource of the examples and of the demo, as the provider has it. */
async function contents() {
  const pages = await Promise.all(["../vectors/examples/twilio-content-and-approvals.json", "../vectors/examples/twilio-content-list.json", "../../www/demo/stand-in/content.json"].map(read));
  const approvals = { approval_requests: { status: "approved" } };
  const all = pages.flatMap((page) => page.body?.contents ?? page.contents ?? page);
  return [...new Map(all.map((content) => {
    const approved = { ...approvals, ...content };
    approved.approval_requests.content_type ??= Object.keys(content.types)[0];
    return [content.sid, approved];
  })).values()];
}

test(`${FILLS} random fills: none that the controller sends is refused for its values`, async (context) => {
  const known = await contents();
  assert.ok(known.length >= 20, `${known.length} contents`);
  const { templates, problems } = importTemplates({ contents: known });
  assert.deepEqual(problems, []);
  assert.equal(templates.length, known.length);
  const pick = random(4711);
  /** @type {any} */
  let outcome;
  let session = true;
  const send = (/** @type {any} */ message) => {
    assert.notEqual(message.contentVariables, "{}");
    const form = new URLSearchParams({ From: `whatsapp:${NUMBER}`, To: "whatsapp:+491701234567", ContentSid: message.contentSid });
    if (message.contentVariables !== undefined) form.set("ContentVariables", message.contentVariables);
    const taken = accept(form, { numbers: [NUMBER], contents: known });
    outcome = "error" in taken ? taken.error : refuse(taken, session);
    return { id: "SM-out" };
  };
  const desks = [true, false].map((isOpen) => {
    const made = desk({ templates, send });
    made.controller.record(wrote("SM1", isOpen ? NOW - HOUR : NOW - 30 * HOUR));
    return made.controller;
  });
  await settled();
  const tally = { sent: 0, stopped: 0 };
  const used = new Set();
  for (let round = 0; round < FILLS; round += 1) {
    session = pick(2) === 0;
    const controller = /** @type {any} */ (desks[session ? 0 : 1]);
    const template = /** @type {any} */ (templates[pick(templates.length)]);
    // One fill in three is what a careful agent would type; the others are anything.
    const careful = pick(3) === 0;
    const names = [...template.variables.map(({ name }) => name), ...(pick(8) === 0 ? ["99", "name"] : [])];
    const values = Object.fromEntries(names.flatMap((name) => (!careful && pick(10) === 0 ? [] : [[name, VALUES[pick(careful ? 6 : VALUES.length)]]])));
    outcome = "nothing";
    try {
      await controller.sendTemplate(template, values);
      tally.sent += 1;
      used.add(template.id);
      assert.equal(outcome, undefined, `${template.name} (${template.language}), window ${session ? "open" : "closed"}: ${JSON.stringify(values)}`);
    } catch (error) {
      if (/** @type {any} */ (error).name !== "ReplyWindowError") throw error;
      tally.stopped += 1;
      assert.equal(outcome, "nothing", "what was stopped never left");
      assert.match(/** @type {any} */ (error).code, /^template-(incomplete|not-sendable)$/);
    }
  }
  context.diagnostic(`${tally.sent} sent, ${tally.stopped} stopped; ${used.size} of ${templates.length} templates were sent`);
  assert.ok(tally.sent > 500 && tally.stopped > 500);
  assert.ok(used.size >= 15, `only ${used.size} templates were ever sent`);
});

test("every example of both providers is imported, and what is odd about it is named", async () => {
  for (const [path, provider, count] of /** @type {const} */ ([
    ["twilio-content-and-approvals", "twilio", 5], ["twilio-content-list", "twilio", 1], ["meta-message-templates", "meta", 3]])) {
    const page = await read(`../vectors/examples/${path}.json`);
    const { templates, problems } = importTemplates(page.body ?? page, { provider });
    assert.ok(templates.length >= count, `${path}: ${templates.length}`);
    assert.deepEqual(problems, [], path);
    for (const template of templates) {
      const { controller } = desk({ templates: [template] });
      const fill = controller.fill(template, {});
      assert.equal(fill.kind === "ready", template.variables.length === 0, `${path}: ${template.name}`);
    }
  }
});
