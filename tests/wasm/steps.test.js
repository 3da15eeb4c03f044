// No input makes the engine go over it again and again, and what is too long is refused unread: counted in steps of the engine,
// not in time, so that the answer is the same on every machine.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { before, test } from "node:test";
import binaryen from "binaryen";
import twilio from "twilio";
import {
  asYouType, checkChannel, diagnoseWebhook, fillTemplate, foldEvents, identifyCustomer, importTemplates, isValidNumber, parseNumber, sameCustomer, templateIndex, verifyWebhook,
} from "../../www/index.js";
import { STROKES, manyTemplates } from "../support/many.mjs";
import { chooser } from "../../www/engine/modules/chooser.js";
import * as glue from "../../www/pkg/chooser.js";
import { createReceiver, memoryStore } from "../../www/server/index.js";
import { countSteps, stepsDuring, stepsOf } from "../support/steps.mjs";

before(countSteps);

/** Refuses what takes more than in proportion to its size. @param {string} what @param {(size: number) => unknown} work @param {number} small @param {number} [times] */
function linear(what, work, small, times = 8) {
  // Tables are unpacked and room is made once.
  work(small);
  const many = stepsOf(() => work(times * small));
  const few = stepsOf(() => work(small));
  assert.ok(few > 0, `${what}: nothing was counted`);
  // What is short may go a shorter way, and sorting grows a little faster; what is squared grows by `times` again.
  assert.ok(many < 2.5 * times * few, `${what}: ${few} steps, then ${many} for ${times} times as much`);
}

/** What is refused unread takes no more steps where it is longer. @param {string} what @param {(size: number) => unknown} work @param {number[]} sizes */
function unread(what, work, sizes) {
  work(Number(sizes[0]));
  const [first, ...rest] = sizes.map((size) => stepsOf(() => work(size)));
  for (const steps of rest) assert.ok(steps <= Number(first), `${what}: ${first} steps, then ${rest.join(", ")}`);
}

test("the count sees turns of a loop, and a loop in a loop", () => {
  const { i32 } = binaryen;
  const module = new binaryen.Module();
  /** As many turns as `limit` says, with `inner` in each. */
  const loop = (/** @type {number} */ counter, /** @type {string} */ label, /** @type {number[]} */ inner) => module.loop(label, module.block(null, [
    ...inner,
    module.local.set(counter, module.i32.add(module.local.get(counter, i32), module.i32.const(1))),
    module.br_if(label, module.i32.lt_s(module.local.get(counter, i32), module.local.get(0, i32))),
  ]));
  const zero = (/** @type {number} */ local) => module.local.set(local, module.i32.const(0));
  module.addFunction("once", binaryen.createType([i32]), binaryen.none, [i32], loop(1, "outer", []));
  module.addFunction("squared", binaryen.createType([i32]), binaryen.none, [i32, i32], loop(1, "outer", [zero(2), loop(2, "inner", [])]));
  for (const name of ["once", "squared"]) module.addFunctionExport(name, name);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(/** @type {BufferSource} */ (module.emitBinary())));
  const { once, squared } = /** @type {Record<string, (limit: number) => void>} */ (/** @type {unknown} */ (exports));
  assert.deepEqual([stepsOf(() => once(100)), stepsOf(() => squared(100))], [101, 10_101]);
  linear("one loop", once, 100);
  assert.throws(() => linear("a loop in a loop", squared, 100), /a loop in a loop: 10101 steps, then 640801 for 8 times as much/);
});

/** Of the engine for one slice of an index: half as many again as are measured. */
const MOST_STEPS_OF_A_SLICE = 5_800_000;
/** Of the engine for each template, at a key stroke: half as many again as are measured. */
const [MEDIAN_STEPS, MOST_STEPS] = [160, 220];
const url = "https://h.example/hook";
const keys = ["8f0c2d4b6a1e3f5907c8d2b4a6e1f305"];
const headers = { "x-twilio-signature": "RSOYDt4T1cUTdK1PDd93/VVr8B8=" };
const refusing = (/** @type {any} */ request) => assert.throws(() => verifyWebhook({ headers, ...request }, { keys }), { name: "ReplyWindowError" });
const diagnosing = (/** @type {any} */ request) => assert.equal(diagnoseWebhook({ headers, ...request }, { keys }).verified, false);
const filled = (/** @type {string} */ piece, /** @type {number} */ size) => piece.repeat(size / piece.length);

for (const piece of ["a=%41&", "%", "b=&a=1&", "%ff=%ff&", "&", "[", "aaaaaaaaaaaaaaaaaaaaaaaa=1&"]) {
  test(`a body of ${piece} is verified and diagnosed in proportion to its length`, () => {
    linear("verified", (size) => refusing({ url, body: `x=${filled(piece, size)}` }), 6_000);
    linear("diagnosed", (size) => diagnosing({ url, body: `x=${filled(piece, size)}` }), 6_000);
  });
}

for (const piece of ["?a=%zz&", "?bodySHA256=a&", "?%", "?a=1&", "/../.", "?é"]) {
  test(`an address of ${piece} is verified and diagnosed in proportion to its length`, () => {
    linear("verified", (size) => refusing({ url: url + filled(piece, size), body: "a=b" }), 6_000);
    linear("diagnosed", (size) => diagnosing({ url: url + filled(piece, size), body: "a=b" }), 6_000);
  });
}

test("bodies and addresses that are too long are refused unread", () => {
  unread("a text", (size) => refusing({ url, body: "a=1&".repeat(size / 4) }), [300_000, 10_000_000]);
  unread("bytes", (size) => refusing({ url, body: new Uint8Array(size) }), [300_000, 10_000_000]);
  unread("an address", (size) => refusing({ url: `${url}?${"a=1&".repeat(size / 4)}`, body: "a=1" }), [300_000, 4_000_000]);
});

test("a text that is too long for a number is refused unread", () => {
  const text = (/** @type {number} */ size) => "+1".repeat(size / 2);
  const sizes = [502, 1_000, 1 << 20];
  unread("isValidNumber", (size) => assert.equal(isValidNumber(text(size)), false), sizes);
  unread("parseNumber", (size) => assert.deepEqual(parseNumber(text(size)), { kind: "refused", reason: "text-too-long" }), sizes);
  unread("identifyCustomer", (size) => assert.deepEqual(identifyCustomer(text(size)), { kind: "unknown", reason: "too-long" }), sizes);
  unread("sameCustomer", (size) => assert.deepEqual(sameCustomer(text(size), text(size)), { kind: "maybe", reason: "unreadable" }), sizes);
  unread("asYouType", (size) => assert.equal(asYouType(text(size)), text(size)), sizes);
});

test("whatever length stands in every field of the set-up form, it is refused in proportion to it", () => {
  const everywhere = (/** @type {string} */ text) => {
    const template = { name: text, contentSid: text, language: text };
    const number = { name: text, account: text, number: text, workStream: text, templates: [template] };
    return { name: text, accountSid: text, authToken: text, inboundUrl: text, numbers: [number] };
  };
  for (const piece of ["a", "\u200b", "😀"]) {
    linear(JSON.stringify(piece), (size) => {
      const { findings } = checkChannel(everywhere(filled(piece, size)));
      assert.ok(findings.filter(({ code }) => code === "too-long").length >= 10);
    }, 20_000);
  }
});

test("whatever marks a text holds, it is formatted in proportion to its length", () => {
  const template = { id: "HX1", source: "twilio", name: "n", language: "en", category: "utility", status: "approved", type: "twilio/text", types: ["twilio/text"], buttons: [], cards: [], variables: [] };
  for (const hostile of ["`a", "`", "``` ", "*a ", "*_~", "a* ", "` \n"]) {
    linear(JSON.stringify(hostile), (size) => fillTemplate(/** @type {any} */ ({ ...template, body: { text: hostile.repeat(size / hostile.length), placeholders: [] } }), {}), 6_000);
  }
});

test("a template of more text than any provider takes is refused with a code, unread; one at the bound is shown in proportion", () => {
  const body = (/** @type {string} */ text) => /** @type {any} */ ({ id: "", source: "twilio", name: "", language: "en", category: "utility", status: "approved", type: "twilio/text", types: ["twilio/text"], buttons: [], cards: [], variables: [], body: { text, placeholders: [] } });
  // The words besides the text take 24 bytes.
  const rest = "twiliotwilio/texttwilio/textenutilityapproved".length;
  for (const [length, passes] of /** @type {const} */ ([[65_535, true], [65_536, true], [65_537, false]])) {
    const fill = () => fillTemplate(body("x".repeat(length - rest)), {});
    if (passes) fill();
    else assert.throws(fill, { code: "template-too-long", field: "template" });
  }
  const refused = (/** @type {number} */ runs) => assert.throws(() => fillTemplate(body("*a* ".repeat(runs)), {}), { code: "template-too-long" });
  refused(20_000);
  const [few, many] = [stepsOf(() => refused(20_000)), stepsOf(() => refused(1_000_000))];
  assert.ok(few > 0 && many < 1.1 * few, `${few} steps for 20,000 bold runs, ${many} for a million`);
  linear("bold runs within the bound", (runs) => fillTemplate(body("*a* ".repeat(runs)), {}), 2_000);
  const page = (/** @type {number} */ runs) => ({ contents: [{ sid: "HX1", friendly_name: "n", language: "en", types: { "twilio/text": { body: "*a* ".repeat(runs) } } }] });
  const { templates, problems } = importTemplates(page(150_000));
  assert.deepEqual([templates.length, problems[0]?.code, problems[0]?.id], [0, "template-too-long", "HX1"]);
  assert.equal(importTemplates(page(1_000)).templates.length, 1);
});

test("6,000 templates of 2 KB are indexed in slices, none of which is more than a counted size", async () => {
  const all = manyTemplates(6_000).map((template, at) => ({ ...template, body: { text: `${at} ${"word and more ".repeat(146)}`.slice(0, 2_048), placeholders: [] } }));
  /** @type {number[]} */ const slices = [];
  let [texts, steps] = [0, 0];
  // The module is started by its first call, and counted then.
  fillTemplate(/** @type {any} */ (all[0]), {});
  const putBack = chooser.replace({ ...glue, buildTemplateIndex: (/** @type {any} */ input) => {
    let answer;
    slices.push(input.templates.length);
    texts = Math.max(texts, JSON.stringify(input.templates).length);
    steps = Math.max(steps, stepsOf(() => (answer = glue.buildTemplateIndex(input))));
    return answer;
  } });
  const index = templateIndex(all);
  await index.build();
  assert.equal(index.search({ limit: 1 }).total, 6_000);
  index.drop();
  putBack();
  assert.equal(slices.reduce((sum, count) => sum + count), 6_000);
  assert.ok(slices.length > 180 && texts < 100_000, `${slices.length} slices of at most ${texts} characters`);
  assert.ok(steps > 0 && steps < MOST_STEPS_OF_A_SLICE, `a slice takes ${steps} steps`);
});

/** @param {number} count @param {(at: number) => string} language */
const named = (count, language) => Array.from({ length: count }, (_, at) => (
  { ...manyTemplates(1)[0], id: `HX${at}`, name: `t_${at}`, language: language(at), body: { text: "Hello", placeholders: [] } }));

test("an index is built in proportion to the templates, and to their languages", () => {
  const build = (/** @type {any[]} */ templates, /** @type {string} */ locale) => {
    const index = templateIndex(templates);
    assert.equal(index.search({ limit: 1, locale }).total, templates.length);
    index.drop();
  };
  linear("templates", (count) => build(named(count, () => "en"), "en"), 1_000, 4);
  linear("languages", (count) => build(named(count, (at) => `q${at.toString(16)}`), "qff"), 1_000, 4);
});

test("a key stroke among 6,000 templates takes few steps for each of them, whatever is typed", () => {
  const COUNT = 6_000;
  const index = templateIndex(manyTemplates(COUNT));
  const context = { windowOpen: false, now: Date.UTC(2026, 10, 23), customer: { phone: "+491701234567" } };
  const search = (/** @type {string} */ query) => index.search({ locale: "pt-BR", defaultLocale: "en", context, query, limit: 60 });
  search("");
  const steps = STROKES.map((query) => stepsOf(() => search(query)) / COUNT).sort((a, b) => a - b);
  const [median, most] = [Number(steps[steps.length >> 1]), Number(steps.at(-1))];
  assert.ok(median < MEDIAN_STEPS && most < MOST_STEPS, `a template takes ${median.toFixed(1)} steps, at most ${most.toFixed(1)}`);
  index.drop();
});


const T0 = Date.UTC(2026, 10, 23, 12);

test("events fold in proportion to their number, in whatever order they come, onto whatever is known", () => {
  const events = (/** @type {number} */ count, /** @type {number} */ step) => Array.from({ length: count }, (_, at) => (
    { log: /** @type {const} */ ("customer"), id: `SM${String((at * step) % count).padStart(6, "0")}`, kind: /** @type {const} */ ("text"), providerAtMs: T0 + at }));
  for (const step of [1, 7_919]) linear(`every ${step}th`, (count) => foldEvents(undefined, events(count, step)), 1_000);
  linear("onto a state of as many", (count) => foldEvents(foldEvents(undefined, events(count, 1)), events(count, 7_919)), 1_000);
});

test("a signed stream of 900 events about one window is taken in proportion to their number", async () => {
  const token = "8f0c2d4b6a1e3f5907c8d2b4a6e1f305";
  const stream = (/** @type {number} */ count) => {
    const body = JSON.stringify(Array.from({ length: count }, (_, at) => ({
      specversion: "1.0", type: "com.twilio.messaging.inbound-message.received",
      data: { messageSid: `SM${String(at).padStart(32, "0")}`, timestamp: new Date(T0 + at).toISOString(), from: "whatsapp:+15550109911", to: "whatsapp:+15550100200", body: "x" },
    })));
    const address = `${url}?bodySHA256=${createHash("sha256").update(body).digest("hex")}`;
    return new Request(address, { method: "POST", body, headers: { "content-type": "application/json", "x-twilio-signature": twilio.getExpectedTwilioSignature(token, address, {}) } });
  };
  /** @param {number} count */
  const taken = async (count) => {
    const store = memoryStore();
    const receiver = createReceiver({ keys: [token], store, now: () => T0 + 10_000, log: () => {} });
    const request = stream(count);
    const steps = await stepsDuring(async () => assert.equal((await receiver.fetch(request)).status, 200));
    for await (const { state } of store.windows()) assert.ok(state.customer.length >= Math.min(count, 64));
    return steps;
  };
  await taken(10);
  const [few, many] = [await taken(100), await taken(900)];
  assert.ok(few > 0 && many < 2 * 9 * few, `${few} steps for 100 events, ${many} for 900`);
});
