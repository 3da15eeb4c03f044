// @ts-check
// What supervisors are told: counts that desktops tell, refusals that our clock had allowed, as JSON, CSV and metrics; no text, nobody's name, off unless switched on.

import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryStore } from "../../www/stores/memory.js";
import { bucketOf } from "../../www/service/tallies.js";
import { DESK, OTHER, OTHER_BUSINESS, PUBLIC, READER, SUPERVISOR, WORKER, serviceFor } from "../support/service.mjs";
import { BUSINESS, HOUR, PHONE, REFUSED, T0, inbound, webhook } from "../support/webhooks.mjs";

const sid = (/** @type {number} */ number) => `SM${String(number).padStart(32, "0")}`;
const window = { business: BUSINESS, customer: PHONE };
const TODAY = "2026-11-23";

let reports = 0;
/** @param {unknown[]} tallies @param {object} [more] */
const report = (tallies, more = {}) => ({ id: `report-${++reports}`, tallies, ...more });

/** @param {Partial<import("../../www/service/parts.js").ServiceOptions>} [options] */
const withReport = async (options = {}) => {
  const made = await serviceFor({ report: true, ...options });
  return {
    ...made,
    tell: (/** @type {unknown} */ body, token = DESK) => made.ask("POST", "/tallies", body, { token }),
    /** @returns {Promise<string[]>} */
    counted: async (query = "") => {
      const { body } = await made.ask("GET", `/tallies${query}`, undefined, { token: SUPERVISOR });
      return body.tallies.map((/** @type {any} */ { day, kind, label, count }) => `${day} ${kind}${label === undefined ? "" : ` ${label}`} ${count}`);
    },
  };
};

test("what desktops tell is counted by day, kind and label, and a report that comes again counts once", async () => {
  const { tell, counted } = await withReport();
  const first = report([{ kind: "send-blocked" }, { kind: "draft-rescued", count: 2 }, { kind: "answered", minutesLeft: 42 }, { kind: "template-sent", language: "ar" }, { kind: "template-sent", language: "en_US" }]);
  const { body } = await tell(first);
  assert.deepEqual(body, { nowAtMs: T0, recorded: true });
  assert.equal((await tell(first)).body.recorded, false);
  await tell(report([{ kind: "send-blocked", count: 3 }], { agoMs: 11 * HOUR }));
  assert.deepEqual(await counted(), [
    "2026-11-22 send-blocked 3", `${TODAY} answered 15-60 1`, `${TODAY} draft-rescued 2`, `${TODAY} send-blocked 1`, `${TODAY} template-sent ar 1`, `${TODAY} template-sent en_US 1`,
  ]);
  assert.deepEqual(await counted(`?from=2026-11-22&until=2026-11-22`), ["2026-11-22 send-blocked 3"]);
});

test("minutes left are grouped, each end in the next group", () => {
  const found = [0, 4, 5, 14, 15, 59, 60, 239, 240, 719, 720, 1439, 1440, 5000].map(bucketOf);
  assert.deepEqual(found, ["0-5", "0-5", "5-15", "5-15", "15-60", "15-60", "60-240", "60-240", "240-720", "240-720", "720-1440", "720-1440", "1440-", "1440-"]);
});

test("as CSV, and in the metrics of the process that was told", async () => {
  const { tell, ask } = await withReport();
  await tell(report([{ kind: "template-sent", language: "pt_BR", count: 2 }, { kind: "send-blocked" }]));
  const csv = await ask("GET", "/tallies.csv", undefined, { token: SUPERVISOR });
  assert.equal(csv.body, `day,kind,label,count\r\n${TODAY},send-blocked,,1\r\n${TODAY},template-sent,pt_BR,2\r\n`);
  assert.equal(csv.headers.get("content-disposition"), 'attachment; filename="reply-window-2026-10-25-2026-11-23.csv"');
  const { body } = await ask("GET", "/metrics", undefined, { token: WORKER });
  assert.match(body, /^reply_window_tallies_total\{kind="template-sent",label="pt_BR"\} 2$/m);
  assert.match(body, /^reply_window_tallies_total\{kind="send-blocked"\} 1$/m);
});

const heard = inbound({ MessageSid: sid(1), SmsSid: sid(1), SmsMessageSid: sid(1) });
const refusal = { ...REFUSED, MessageSid: sid(7), SmsSid: sid(7) };

/** A message of ours that the provider refused as out of session, sent `after` the customer's; what the report counts. */
const refusedAfter = async (/** @type {number} */ after, { times = 1, code = "63016" } = {}) => {
  let now = T0;
  const { fetch, ask, counted } = await withReport({ now: () => now });
  await fetch(webhook(heard, { url: `${PUBLIC}/twilio/inbound` }));
  now = T0 + after;
  await ask("POST", "/sends", { id: sid(7), ...window, kind: "session-message", atMs: now });
  for (let time = 0; time < times; time += 1) {
    now += 5_000;
    // A repetition of the provider's has a signature of its own.
    assert.equal((await fetch(webhook({ ...refusal, ErrorCode: code, RawDlrDoneDate: String(time) }, { url: `${PUBLIC}/twilio/status` }))).status, 200);
  }
  return counted("?from=2026-11-20&until=2026-11-30");
};

test("a refusal that our clock had allowed is counted once; one that it had not allowed is not", async () => {
  assert.deepEqual(await refusedAfter(HOUR), [`${TODAY} refused-while-open 1`]);
  assert.deepEqual(await refusedAfter(HOUR, { times: 3 }), [`${TODAY} refused-while-open 1`], "told again");
  const margin = 60_000;
  assert.deepEqual(await refusedAfter(24 * HOUR - margin - 1), ["2026-11-24 refused-while-open 1"], "the last moment");
  assert.deepEqual(await refusedAfter(24 * HOUR - margin), [], "closed by our clock");
  assert.deepEqual(await refusedAfter(HOUR, { code: "63024" }), [], "another reason");
});

test("what the customer wrote after the send, or what came here only then, had allowed nothing", async () => {
  let now = T0;
  const { fetch, ask, counted } = await withReport({ now: () => now });
  await ask("POST", "/sends", { id: sid(7), ...window, kind: "session-message", atMs: T0 });
  now = T0 + HOUR;
  await fetch(webhook(heard, { url: `${PUBLIC}/twilio/inbound` }));
  await fetch(webhook(refusal, { url: `${PUBLIC}/twilio/status` }));
  assert.deepEqual(await counted(), []);
});

test("a count that the store does not take fails no webhook", async () => {
  const store = { ...memoryStore(), tally: async () => Promise.reject(new Error("full")) };
  const { fetch, ask, logged } = await serviceFor({ report: true, store });
  await fetch(webhook(inbound({ MessageSid: sid(1), SmsSid: sid(1), SmsMessageSid: sid(1) }), { url: `${PUBLIC}/twilio/inbound` }));
  await ask("POST", "/sends", { id: sid(7), ...window, kind: "session-message", atMs: T0 });
  assert.equal((await fetch(webhook(refusal, { url: `${PUBLIC}/twilio/status` }))).status, 200);
  assert.deepEqual(logged.filter(({ event }) => event === "tally-lost"), [{ event: "tally-lost", code: "store-unavailable" }]);
  assert.equal((await ask("POST", "/tallies", report([{ kind: "send-blocked" }]), { token: DESK })).status, 503);
});

/** @type {[string, unknown, string, string][]} */
const BAD = [
  ["no id", { tallies: [{ kind: "send-blocked" }] }, "wrong-type", "id"],
  ["an id that is none", { id: "+4917012345678", tallies: [{ kind: "send-blocked" }] }, "bad-id", "id"],
  ["nothing to count", report([]), "out-of-range", "tallies"],
  ["too many", report(Array(101).fill({ kind: "send-blocked" })), "out-of-range", "tallies"],
  ["a kind that nobody knows", report([{ kind: "agent-7" }]), "unknown-name", "tallies[0].kind"],
  ["a kind that every object has", report([{ kind: "constructor" }]), "unknown-name", "tallies[0].kind"],
  ["what a webhook alone tells", report([{ kind: "refused-while-open" }]), "unknown-name", "tallies[0].kind"],
  ["a field that is not known, such as who it was", report([{ kind: "send-blocked", agent: "7" }]), "unknown-field", "tallies[0].agent"],
  ["a count that is none", report([{ kind: "send-blocked", count: 0 }]), "out-of-range", "tallies[0].count"],
  ["a count that is too large", report([{ kind: "send-blocked", count: 1001 }]), "out-of-range", "tallies[0].count"],
  ["minutes that are none", report([{ kind: "answered", minutesLeft: -1 }]), "out-of-range", "tallies[0].minutesLeft"],
  ["no minutes", report([{ kind: "answered" }]), "out-of-range", "tallies[0].minutesLeft"],
  ["minutes of something that has none", report([{ kind: "send-blocked", minutesLeft: 1 }]), "unknown-field", "tallies[0].minutesLeft"],
  ["text in the place of a language", report([{ kind: "template-sent", language: "call me" }]), "unknown-name", "tallies[0].language"],
  ["a language of something that has none", report([{ kind: "answered", minutesLeft: 1, language: "en" }]), "unknown-field", "tallies[0].language"],
  ["what is too long ago", report([{ kind: "send-blocked" }], { agoMs: 86_400_001 }), "out-of-range", "agoMs"],
];

for (const [what, body, code, field] of BAD) {
  test(`${what}: ${code} at ${field}, and nothing of it is counted`, async () => {
    const { tell, counted } = await withReport();
    const told = await tell(body);
    assert.deepEqual([told.status, told.body.code, told.body.field?.replace(/^body\./, "")], [400, code, field], JSON.stringify(told.body));
    assert.deepEqual(await counted(), []);
  });
}

test("languages as providers write them are taken", async () => {
  const { tell } = await withReport();
  for (const language of ["en", "en_US", "fil", "zh_Hant_HK", "es_419", "zh_CN"]) assert.equal((await tell(report([{ kind: "template-sent", language }]))).status, 200, language);
});

test("days that are none, and spans that are too long, are refused", async () => {
  const { ask } = await withReport();
  for (const query of ["?from=yesterday", "?until=2026-02-30", "?from=2026-11-24&until=2026-11-23", "?from=2025-10-01&until=2026-11-23", "?from=2026-11-23T00:00", "?until=9999-99-99"]) {
    const { status, body } = await ask("GET", `/tallies${query}`, undefined, { token: SUPERVISOR });
    assert.equal(status, 400, `${query} ${JSON.stringify(body)}`);
  }
  assert.equal((await ask("GET", "/tallies?from=2025-10-20&until=2026-11-23", undefined, { token: SUPERVISOR })).status, 200, "400 days");
});

test("who may not, may not: each needs a permission of its own, and whoever is limited to some numbers reads no report of all", async () => {
  const { ask } = await withReport({ tokens: [{ token: READER }, { token: DESK, may: ["tally"] }, { token: SUPERVISOR, may: ["report"] }, { token: OTHER, may: ["report", "tally"], businesses: [OTHER_BUSINESS] }] });
  const body = report([{ kind: "send-blocked" }]);
  /** @type {[string, string, unknown, Record<string, number>][]} */
  const asked = [["POST", "/tallies", body, { [READER]: 403, [SUPERVISOR]: 403, [DESK]: 200, [OTHER]: 200 }], ["GET", "/tallies", undefined, { [READER]: 403, [DESK]: 403, [SUPERVISOR]: 200, [OTHER]: 403 }], ["GET", "/tallies.csv", undefined, { [READER]: 403, [DESK]: 403, [SUPERVISOR]: 200, [OTHER]: 403 }]];
  for (const [method, path, given, statuses] of asked) {
    assert.equal((await ask(method, path, given, { token: null })).status, 401, path);
    for (const [token, status] of Object.entries(statuses)) assert.equal((await ask(method, path, given, { token })).status, status, `${method} ${path} ${token}`);
  }
});

test("the page stands there for anybody, and holds nothing; its script and style come from the service alone", async () => {
  const { ask } = await withReport();
  const page = await ask("GET", "/report", undefined, { token: null });
  assert.equal(page.headers.get("content-type"), "text/html; charset=utf-8");
  const policy = String(page.headers.get("content-security-policy"));
  assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self'/);
  assert.doesNotMatch(policy, /unsafe|\*|https?:/);
  assert.doesNotMatch(page.body, /<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=/);
  const script = await ask("GET", "/report/page.js", undefined, { token: null });
  assert.deepEqual([script.status, script.headers.get("content-type")], [200, "text/javascript; charset=utf-8"]);
  assert.match(script.body, /Permission is hereby granted/, "with the licences of what stands in it");
  assert.equal((await ask("GET", "/report/page.css", undefined, { token: null })).status, 200);
});

test("off unless it is switched on: no address, no counter, nothing kept", async () => {
  const { ask, fetch, store } = await serviceFor();
  for (const [method, path] of [["POST", "/tallies"], ["GET", "/tallies"], ["GET", "/tallies.csv"], ["GET", "/report"], ["GET", "/report/page.js"]]) {
    const { service } = await serviceFor();
    assert.equal((await service.fetch(new Request(`http://10.0.0.7:8080${path}`, { method, headers: { authorization: `Bearer ${SUPERVISOR}` } }))).status, 404, path);
  }
  assert.doesNotMatch((await ask("GET", "/metrics")).body, /tallies/);
  await fetch(webhook(inbound({ MessageSid: sid(1), SmsSid: sid(1), SmsMessageSid: sid(1) }), { url: `${PUBLIC}/twilio/inbound` }));
  assert.deepEqual(await store.tallies({ fromDay: "2026-01-01", untilDay: "2026-12-31" }), []);
  await assert.rejects(serviceFor({ report: /** @type {any} */ ("yes") }), { code: "wrong-type" });
  await assert.rejects(serviceFor({ report: true, store: /** @type {any} */ ({ ...memoryStore(), tally: undefined }) }), { code: "wrong-type" });
});

test("with the report, too, the document is served and every address of it was asked", async () => {
  const { ask } = await withReport();
  const { body } = await ask("GET", "/openapi.json", undefined, { token: null });
  assert.deepEqual(Object.keys(body.paths).filter((path) => /tallies|report/.test(path)), ["/tallies", "/tallies.csv", "/report", "/report/page.js", "/report/page.css"]);
});
