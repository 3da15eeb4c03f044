// What an untyped caller may do to each public function: always one kind of error that names the argument, never a
// crash, and the next call answers.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import * as api from "../../www/index.js";
import { initSync } from "../../www/pkg/page.js";

const { ReplyWindowError } = api;
const NOW = 1_790_000_000_000;

const event = { id: "SM1", log: "customer", kind: "text", providerAtMs: NOW - 1000 };
const state = api.foldEvents(undefined, [event]);
const template = {
  id: "HX1", source: "twilio", name: "n", language: "en", category: "utility", status: "approved", type: "twilio/text",
  types: ["twilio/text"], body: { text: "Hello {{1}}", placeholders: [] }, buttons: [], cards: [], variables: [{ name: "1" }],
};
const url = "https://example.com/hook";
const body = "Body=Hi&From=whatsapp%3A%2B491701234567&MessageSid=SM2&To=whatsapp%3A%2B14155238886";
const signed = url + [...new URLSearchParams(body)].sort(([a], [b]) => (a < b ? -1 : 1)).flat().join("");
const headers = { "X-Twilio-Signature": createHmac("sha1", "secret").update(signed).digest("base64") };

const channel = { name: "Support", accountSid: "AC1", authToken: "0", inboundUrl: url, numbers: [{ number: "+15550100200", templates: [] }] };

const cyclic = { list: /** @type {any[]} */ ([]) };
cyclic.list.push(cyclic);
const revoked = Proxy.revocable({}, {});
revoked.revoke();
const fails = () => { throw new Error("hostile"); };
const hostile = {
  "5": 5, undefined, null: null, NaN, Infinity, "a string": "5", "[]": [], "numbers": [1, 256, -1], "no date": new Date("nope"),
  "-1": -1, "3.9": 3.9, "1n": 1n, symbol: Symbol("s"), function: () => {}, true: true, "{}": {}, cyclic,
  proxy: new Proxy({}, { get: fails, ownKeys: fails, getPrototypeOf: fails, has: fails }), revoked: revoked.proxy,
  accessor: { get id() { return fails(); }, get kind() { return fails(); } }, "a class": new (class Thing { x = 1; })(),
  map: new Map([["id", 1]]), date: new Date(0), bytes: new Uint8Array(3), "lone surrogate": "\ud800",
  "wrong field": { nonsense: 1 }, "deep": Array.from({ length: 40 }).reduce((inner) => [inner], []), "1e300": 1e300,
};

/** Which hostile values are right in some places. */
const TEXT = ["a string", "lone surrogate"];
const OPTIONAL = ["undefined"];
const TIME = ["5", "-1", "date", ...OPTIONAL];
const OPTIONS = ["{}", "accessor", ...OPTIONAL];

/**
 * Each function with right arguments, and its places: where a hostile value is put, what the error's field starts
 * with, which of the values are right there.
 *
 * @type {Record<string, { args: () => any[], places: [(string | number)[], string, string[]][] }>}
 */
const functions = {
  foldEvents: {
    args: () => [state, [event]],
    places: [
      [[0], "state", OPTIONAL], [[0, "version"], "state", []], [[0, "customer"], "state", ["[]"]], [[0, "customer", 0], "state", []],
      [[0, "customer", 0, "id"], "state", TEXT], [[0, "customer", 0, "providerAtMs"], "state", ["5", "-1"]],
      [[1], "events", ["[]"]], [[1, 0], "events", []], [[1, 0, "id"], "events", TEXT], [[1, 0, "log"], "events", []],
      [[1, 0, "customer"], "events", ["undefined", "null"]],
    ],
  },
  mergeStates: { args: () => [[state, state]], places: [[[0], "states", ["[]"]], [[0, 1], "states", []]] },
  windowStatus: {
    args: () => [state, { now: NOW }],
    places: [
      [[0], "state", []], [[1], "", OPTIONS], [[1, "now"], "now", TIME], [[1, "observedSince"], "observedSince", TIME],
      [[1, "channel"], "channel", OPTIONAL], [[1, "policy"], "policy", OPTIONAL],
    ],
  },
  willBeOpenAt: {
    args: () => [state, NOW, {}],
    places: [
      [[0], "state", []], [[1], "instant", ["5", "-1", "date"]], [[2], "", OPTIONS], [[2, "observedSince"], "observedSince", TIME],
      [[2, "channel"], "channel", OPTIONAL], [[2, "policy"], "policy", OPTIONAL],
    ],
  },
  latestSafeSendAt: {
    args: () => [state, { now: NOW }],
    places: [
      [[0], "state", []], [[1], "", OPTIONS], [[1, "now"], "now", TIME], [[1, "observedSince"], "observedSince", TIME],
      [[1, "channel"], "channel", OPTIONAL], [[1, "policy"], "policy", OPTIONAL],
    ],
  },
  windowStatuses: {
    args: () => [[state], { now: NOW }],
    places: [[[0], "states", ["[]"]], [[0, 0], "states", []], [[1], "", OPTIONS], [[1, "now"], "now", TIME]],
  },
  judge: {
    args: () => [state, { kind: "text" }, { now: NOW }],
    places: [
      [[0], "state", []], [[1], "draft", []], [[1, "kind"], "draft", []], [[2], "", OPTIONS],
      [[2, "now"], "now", TIME], [[2, "unknown"], "unknown", OPTIONAL], [[2, "confirmed"], "confirmed", [...TEXT, ...OPTIONAL]],
      [[2, "tags"], "tags", ["[]", ...OPTIONAL]],
    ],
  },
  compactState: { args: () => [state], places: [[[0], "state", []]] },
  policyFor: { args: () => ["whatsapp"], places: [[[0], "channel", OPTIONAL]] },
  windowKeys: {
    args: () => [{ business: "+14155238886", customer: { phone: "+491701234567" } }],
    places: [
      [[0], "", []], [[0, "channel"], "channel", OPTIONAL], [[0, "business"], "business", []], [[0, "customer"], "customer", []],
      [[0, "customer", "phone"], "customer", []],
    ],
  },
  parseAddress: { args: () => ["whatsapp:+14155238886"], places: [[[0], "address", TEXT]] },
  isValidNumber: { args: () => ["+442070313000"], places: [[[0], "number", TEXT]] },
  parseNumber: {
    args: () => ["020 7031 3000", { defaultRegion: "GB", formats: ["national"] }],
    places: [
      [[0], "number", TEXT], [[1], "", OPTIONS], [[1, "defaultRegion"], "defaultRegion", OPTIONAL],
      [[1, "formats"], "formats", ["[]", ...OPTIONAL]], [[1, "formats", 0], "formats", []],
    ],
  },
  formatNumber: {
    args: () => ["020 7031 3000", { defaultRegion: "GB", format: "national" }],
    places: [
      [[0], "number", TEXT], [[1], "", OPTIONS], [[1, "defaultRegion"], "defaultRegion", OPTIONAL], [[1, "format"], "format", OPTIONAL],
    ],
  },
  asYouType: {
    args: () => ["020703", { defaultRegion: "GB" }],
    places: [[[0], "digits", TEXT], [[1], "", OPTIONS], [[1, "defaultRegion"], "defaultRegion", OPTIONAL]],
  },
  identifyCustomer: { args: () => ["5215512345678@c.us"], places: [[[0], "id", TEXT]] },
  sameCustomer: { args: () => ["+525512345678", "+5215512345678"], places: [[[0], "a", TEXT], [[1], "b", TEXT]] },
  lookupCandidates: { args: () => ["+5215512345678"], places: [[[0], "id", TEXT]] },
  checkNumberText: { args: () => ["+49 170"], places: [[[0], "number", TEXT]] },
  importTemplates: {
    args: () => [{ contents: [] }, {}],
    // A provider's page is somebody else's: whatever plain object it is, the answer is templates and problems.
    places: [
      [[0], "page", ["{}", "wrong field"]], [[1], "", OPTIONS], [[1, "provider"], "provider", OPTIONAL],
      [[0, "contents"], "page", ["5", "undefined", "null", "a string", "[]", "numbers", "-1", "3.9", "true", "{}", "lone surrogate", "wrong field", "1e300"]],
    ],
  },
  templateEligibility: {
    args: () => [template, { windowOpen: false, now: NOW }],
    places: [
      [[0], "template", []], [[0, "id"], "template", TEXT], [[0, "body"], "template", ["undefined", "null"]], [[1], "context", []],
      [[1, "windowOpen"], "context.windowOpen", ["true"]], [[1, "now"], "context.now", TIME], [[1, "channel"], "context.channel", OPTIONAL],
      [[1, "customer"], "context.customer", ["{}", ...OPTIONAL]], [[1, "refused"], "context.refused", ["[]", ...OPTIONAL]],
      [[1, "optedOutOfMarketing"], "context.optedOutOfMarketing", ["true", ...OPTIONAL]],
    ],
  },
  fillTemplate: {
    args: () => [template, { 1: "Ana" }],
    places: [[[0], "template", []], [[1], "values", ["{}"]], [[1, "1"], "values", ["undefined", "null", ...TEXT]]],
  },
  templatePrompts: {
    args: () => [template, { Name: "Ana" }],
    places: [[[0], "template", []], [[1], "known", ["{}"]], [[1, "Name"], "known", ["undefined", "null", ...TEXT]]],
  },
  mergeApproval: {
    args: () => [template, { sid: "HX1", whatsapp: { status: "paused" } }],
    // Somebody else's JSON as well: what cannot be read of it is a problem in the answer.
    places: [
      [[0], "template", []], [[0, "id"], "template", TEXT], [[1], "approval", ["{}", "wrong field"]],
      [[1, "whatsapp"], "approval", ["5", "undefined", "null", "a string", "[]", "numbers", "-1", "3.9", "true", "{}", "lone surrogate", "wrong field", "1e300"]],
    ],
  },
  applyTemplateEvents: {
    args: () => [[template], []],
    places: [[[0], "templates", ["[]"]], [[0, 0], "templates", []], [[1], "payload", ["[]", "{}", "wrong field", "numbers"]]],
  },
  templatesFor: {
    args: () => [[template], ["billing"]],
    // Whose audiences cannot be read is shown: whoever reads the template says why.
    places: [[[0], "templates", ["[]", "numbers", "deep"]], [[0, 0], "templates", Object.keys(hostile)], [[0, 0, "audiences"], "templates", Object.keys(hostile)], [[1], "audiences", ["[]"]], [[1, 0], "audiences", TEXT]],
  },
  suitableForDraft: {
    args: () => [[template], "Ana"],
    places: [[[0], "templates", ["[]"]], [[0, 0], "templates", []], [[0, 0, "id"], "templates", TEXT], [[1], "draft", TEXT]],
  },
  checkSessionMessage: {
    args: () => [{ text: "Hi", attachments: [{ contentType: "image/png", size: 1, filename: "a.png" }] }],
    places: [
      [[0], "message", ["{}"]], [[0, "text"], "message.text", [...TEXT, ...OPTIONAL]], [[0, "channel"], "", OPTIONAL], [[0, "provider"], "", OPTIONAL],
      [[0, "attachments"], "", ["[]", ...OPTIONAL]], [[0, "attachments", 0], "", []], [[0, "attachments", 0, "size"], "", ["5"]],
      [[0, "attachments", 0, "contentType"], "", TEXT],
    ],
  },
  joinMessages: {
    args: () => [["Hi", "there"], { channel: "whatsapp" }],
    places: [[[0], "texts", ["[]"]], [[0, 0], "texts", TEXT], [[1], "", OPTIONS], [[1, "channel"], "channel", OPTIONAL], [[1, "provider"], "provider", OPTIONAL]],
  },
  explainProviderError: {
    args: () => [{ code: 63016 }],
    places: [[[0], "", []], [[0, "code"], "code", ["5"]], [[0, "provider"], "provider", OPTIONAL]],
  },
  providerVerdict: { args: () => [63016], places: [[[0], "code", ["5"]]] },
  templateIndex: {
    args: () => [[template]],
    // One template that cannot be read does not take the others with it.
    places: [[[0], "templates", ["[]", "numbers", "deep"]], [[0, 0], "templates", Object.keys(hostile)]],
  },
  windowBook: { args: () => [{ policies: [] }], places: [[[0], "", OPTIONS], [[0, "policies"], "policies", ["[]", ...OPTIONAL]], [[0, "policies", 0], "policies", []]] },
  deriveKey: { args: () => ["secret", {}], places: [[[0], "", [...TEXT, "bytes"]], [[1], "", OPTIONS]] },
  handshake: {
    args: () => ["https://h.example/?hub.mode=subscribe&hub.challenge=1&hub.verify_token=t", { verifyToken: "t" }],
    places: [[[0], "url", []], [[1], "", []], [[1, "verifyToken"], "", []]],
  },
  diagnoseWebhook: {
    args: () => [{ url, headers, body }, { keys: ["secret"] }],
    // A refused request is an answer, so its parts may be much; what is no request is refused.
    places: [[[0], "", []], [[0, "url"], "", TEXT], [[1], "", []], [[1, "keys", 0], "", [...TEXT, "bytes"]]],
  },
  verifySignature: {
    args: () => [{ url, headers, body }, { keys: ["secret"] }],
    places: [
      [[0], "", []], [[0, "url"], "", []], [[0, "headers"], "", []], [[0, "headers", "X-Twilio-Signature"], "", []],
      [[0, "body"], "", []], [[1], "", []], [[1, "keys"], "keys", []], [[1, "keys", 0], "", []],
      [[1, "allowAuthTokenInPage"], "allowAuthTokenInPage", ["true", ...OPTIONAL]],
    ],
  },
  verifyWebhook: {
    args: () => [{ url, headers, body }, { keys: ["secret"], receivedAt: NOW }],
    places: [
      [[0], "", []], [[0, "url"], "", []], [[0, "headers"], "", []], [[0, "headers", "X-Twilio-Signature"], "", []],
      [[0, "body"], "", []], [[1], "", []], [[1, "keys"], "keys", []], [[1, "keys", 0], "", []], [[1, "receivedAt"], "receivedAt", TIME],
      [[1, "allowAuthTokenInPage"], "allowAuthTokenInPage", ["true", ...OPTIONAL]],
    ],
  },
  checkChannel: {
    args: () => [channel, { others: [{ name: "Sales", numbers: ["+15550100200"] }], shownUrl: url }],
    places: [
      [[0], "channel", ["{}"]], [[0, "name"], "channel.name", [...TEXT, "null", ...OPTIONAL]], [[0, "authToken"], "channel.authToken", [...TEXT, "null", ...OPTIONAL]],
      [[0, "numbers"], "channel.numbers", ["[]", "null", ...OPTIONAL]], [[0, "numbers", 0], "channel.numbers", ["{}"]],
      [[0, "numbers", 0, "templates"], "channel.numbers[0].templates", ["[]", "null", ...OPTIONAL]], [[1], "", OPTIONS],
      [[1, "others"], "others", ["[]", ...OPTIONAL]], [[1, "others", 0, "numbers", 0], "others", TEXT], [[1, "shownUrl"], "shownUrl", [...TEXT, ...OPTIONAL]],
    ],
  },
  checkNumber: {
    args: () => [channel.numbers[0], channel, { index: 0 }],
    places: [
      [[0], "number", ["{}"]], [[0, "number"], "number.number", [...TEXT, "null", ...OPTIONAL]], [[1], "channel", ["{}"]], [[2], "", OPTIONS],
      [[2, "index"], "index", ["5", "null", ...OPTIONAL]], [[2, "others"], "others", ["[]", ...OPTIONAL]],
    ],
  },
  explainError: {
    args: () => [{ code: 63016 }],
    places: [[[0], "", []], [[0, "code"], "code", ["5"]], [[0, "provider"], "provider", OPTIONAL]],
  },
  parseInbound: {
    args: () => [[{ name: "Body", value: "Hi" }], { receivedAt: NOW }],
    places: [
      // Parsed JSON of somebody else's: any object is read, and what it lacks is told as a problem.
      [[0], "", ["[]", "{}", "wrong field"]], [[0, 0], "", []], [[0, 0, "value"], "", TEXT], [[1], "", OPTIONS], [[1, "receivedAt"], "receivedAt", TIME],
      [[1, "business"], "business", [...TEXT, ...OPTIONAL]], [[1, "customer"], "customer", OPTIONAL],
    ],
  },
};

/** Right arguments with one value put in one place; nothing that is shared is changed. */
function withHostile(args, [head, ...rest], value) {
  const copy = Array.isArray(args) ? [...args] : { ...args };
  copy[head] = rest.length === 0 ? value : withHostile(copy[head], rest, value);
  return copy;
}

/** What stays in the engine until it is given back. */
function release(answer) {
  answer?.drop?.();
  answer?.close?.();
}

function answers() {
  assert.deepEqual(api.parseAddress("+14155238886"), { kind: "phone", phone: "+14155238886" });
  assert.equal(api.windowStatus(state, { now: NOW }).kind, "open");
}

function check(name, path, field, right, label) {
  const where = `${name}(${path.join(".")} = ${label})`;
  const args = withHostile(functions[name].args(), path, hostile[label]);
  let thrown;
  try {
    release(api[name](...args));
  } catch (error) {
    thrown = error;
  }
  if (thrown === undefined) return assert.ok(right.includes(label), `${where} was accepted`);
  assert.ok(thrown instanceof ReplyWindowError, `${where} threw ${thrown}`);
  assert.match(thrown.code, /^[a-z]+(-[a-z]+)*$/, where);
  assert.ok(!thrown.code.startsWith("engine-"), `${where} threw ${thrown.code}: ${thrown.cause}`);
  assert.equal(typeof thrown.field, "string", where);
  assert.ok(thrown.field.startsWith(field), `${where} names \`${thrown.field}\``);
  assert.ok(!right.includes(label) || label === "accessor", `${where} was refused: ${thrown.message}`);
}

for (const [name, { args, places }] of Object.entries(functions)) {
  test(`${name} survives ${places.length * Object.keys(hostile).length} hostile calls`, () => {
    assert.doesNotThrow(() => release(api[name](...args())), `${name} accepts what is right`);
    for (const [path, field, right] of places) {
      for (const label of Object.keys(hostile)) check(name, path, field, right, label);
      answers();
    }
    if (name !== "policyFor" && name !== "windowBook") assert.throws(() => api[name](), ReplyWindowError);
  });
}

test("every public function is in the table", () => {
  // `rulesAsOf` takes nothing.
  const others = ["ReplyWindowError", "ready", "rulesAsOf", "verifyRequest"];
  assert.deepEqual(Object.keys(functions).concat(others).sort(), Object.keys(api).sort());
});

test("a book survives hostile calls", () => {
  const book = api.windowBook();
  /** @type {[string, (value: any) => unknown, string[]][]} */
  const calls = [
    ["record", (value) => book.record(value), ["[]"]], ["record a window", (value) => book.record([value]), []],
    ["a key", (value) => book.record([{ key: value }]), TEXT], ["a channel", (value) => book.record([{ key: "a", channel: value }]), OPTIONAL],
    ["a state", (value) => book.record([{ key: "a", state: value }]), OPTIONAL],
    ["events", (value) => book.record([{ key: "a", events: value }]), ["[]", ...OPTIONAL]],
    ["observedSince", (value) => book.record([{ key: "a", observedSince: value }]), TIME], ["receivedAt", (value) => book.record([], value), TIME],
    ["changes", (value) => book.changes(value), TIME], ["status", (value) => book.status(value), TEXT], ["state", (value) => book.state(value), TEXT],
    ["statuses", (value) => book.statuses(value), ["[]"]], ["remove", (value) => book.remove(value), ["[]"]],
    ["judgeBy", (value) => book.judgeBy(value), ["[]"]],
  ];
  for (const [name, call, right] of calls) {
    for (const [label, value] of Object.entries(hostile)) {
      if (right.includes(label)) call(value);
      else assert.throws(() => call(value), { name: "ReplyWindowError" }, `${name}: ${label}`);
    }
  }
  book.close();
});

test("a search survives hostile calls", () => {
  const index = api.templateIndex([template]);
  /** @type {[string, string[]][]} */
  const places = [
    ["query", TEXT], ["locale", TEXT], ["defaultLocale", TEXT], ["language", TEXT], ["favourites", ["[]"]], ["recent", ["[]"]],
    ["limit", ["5"]], ["context", []],
  ];
  for (const [name, right] of places) {
    for (const [label, value] of Object.entries(hostile)) {
      const where = `search({ ${name}: ${label} })`;
      if (label === "undefined" || right.includes(label)) assert.doesNotThrow(() => index.search({ [name]: value }), where);
      else assert.throws(() => index.search({ [name]: value }), (/** @type {any} */ error) => error instanceof ReplyWindowError
        && !error.code.startsWith("engine-") && error.field.includes(name), where);
    }
  }
  assert.equal(index.search().results[0].id, "HX1");
  index.drop();
});

test("a field that nobody knows is refused by its path", () => {
  const wrong = [
    [() => api.foldEvents(undefined, [{ ...event, kindd: 1 }]), "events[0].kindd"],
    [() => api.windowStatus({ ...state, extra: 1 }), "state.extra"],
    [() => api.judge(state, { kind: "text", tagg: "x" }), "draft.tagg"],
    [() => api.windowStatus(state, { policy: { ...api.policyFor(), lenghtMs: 1 } }), "policy.lenghtMs"],
    [() => api.templateEligibility(template, { windowOpen: true, customer: { fone: "x" } }), "context.customer.fone"],
  ];
  for (const [call, field] of wrong) {
    assert.throws(call, (/** @type {any} */ error) => error.code === "unknown-field" && error.field === field, String(field));
  }
});

test("a list is folded in batches, and a fault names the place in the whole list", () => {
  const events = Array.from({ length: 1000 }, (_, index) => ({ ...event, id: `SM${index}` }));
  assert.equal(api.foldEvents(undefined, events).customer.length, 1000);
  const wrong = events.toSpliced(700, 1, { ...event, kind: "x" });
  assert.throws(() => api.foldEvents(undefined, wrong), { code: "unknown-name", field: "events[700].kind", message: /events\[700\]\.kind/ });
  const states = Array.from({ length: 1000 }, (_, index) => api.foldEvents(undefined, [{ ...event, id: `SM${index}` }]));
  assert.equal(api.windowStatuses(states, { now: NOW }).length, 1000);
  assert.equal(api.mergeStates(states).customer.length, 1000);
  assert.deepEqual(api.windowStatuses([], { now: NOW }), []);
  assert.deepEqual(api.mergeStates([]), { version: 1, customer: [], refused: [], sent: [] });
});

test("linear memory does not grow with the number of calls", () => {
  const { memory } = initSync({ module: new Uint8Array() });
  const fold = () => {
    for (let round = 0; round < 200; round += 1) {
      assert.throws(() => api.foldEvents(state, [{ ...event, kind: "nonsense" }]));
      api.judge(state, { kind: "text" }, { now: NOW });
      api.fillTemplate(template, { 1: "Ana" });
    }
  };
  fold();
  const before = memory.buffer.byteLength;
  for (let round = 0; round < 10; round += 1) fold();
  assert.equal(memory.buffer.byteLength, before);
  assert.ok(before <= 2 * 1024 * 1024, `${before} bytes`);
});
