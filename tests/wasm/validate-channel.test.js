// The Validate button against the stand-in, with every trouble that Twilio documents; and that the token never gets out.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { createClock } from "../../www/demo/clock.js";
import { createStandIn } from "../../www/demo/stand-in/stand-in.js";
import { validateChannel } from "../../www/server/index.js";

const NUMBER = "+12025550142";
const URL_SHOWN = "https://hooks.example.com/twilio/inbound";
const APPROVED = { contentSid: "HX2c4ba83955d8a5b54fd06f96c465494b", language: "en" };
const PENDING = { contentSid: "HXa1a853fcf0ccf3377894a258bbd0630c", language: "en_GB" };

function setUp({ answer, ...more } = {}) {
  const standIn = createStandIn({ clock: createClock({}), numbers: [NUMBER, "+12025550143"], inboundUrl: () => URL_SHOWN });
  const calls = [];
  const said = [];
  const fetch = async (url, init) => {
    calls.push({ url: String(url), method: init.method, headers: Object.fromEntries(new Headers(init.headers)), body: init.body });
    const special = await answer?.(String(url), init);
    return special || standIn.fetch(new Request(url, { method: init.method, headers: init.headers }));
  };
  const number = { name: "Support line", account: "Support", number: NUMBER, workStream: "WhatsApp" };
  const record = { name: "Support", accountSid: standIn.accountSid, authToken: standIn.authToken, inboundUrl: URL_SHOWN, numbers: [number] };
  const validate = (changes = {}, options = {}) =>
    validateChannel({ ...record, ...changes }, { fetch, onStep: (step) => said.push(step), log: (line) => said.push(line), ...more, ...options });
  return { standIn, calls, said, record, number, validate };
}

const told = ({ steps }) => steps.map(({ step, outcome, code, providerCode }) => [step, outcome, code, ...(providerCode ? [providerCode] : [])].join(" "));
const twilioError = (status, code, message = "Told by Twilio") =>
  new Response(JSON.stringify({ code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status }), { status, headers: { "content-type": "application/json" } });

test("a sound channel passes, step by step", async () => {
  const { validate, number, said } = setUp();
  const result = await validate({ numbers: [{ ...number, templates: [APPROVED] }] });
  assert.deepEqual(told(result), ["form ok form-sound", "account ok account-active", "sender ok sender-online", "inbound-url ok webhook-set", "template ok template-approved"]);
  assert.equal(result.outcome, "passed");
  assert.deepEqual(said.filter((one) => typeof one === "object").map(({ step, outcome }) => `${step} ${outcome ?? "…"}`).slice(0, 4), ["form …", "form ok", "account …", "account ok"]);
});

/** What Twilio can say of an account, and what is made of it. */
const ACCOUNT = [
  ["the token is wrong", () => twilioError(401, 20003, "Authenticate"), "account wrong credentials-wrong 20003", "failed"],
  ["test credentials", () => twilioError(403, 20008), "account not-allowed test-credentials 20008", "incomplete"],
  ["no permission", () => twilioError(403, 20403), "account not-allowed forbidden 20403", "incomplete"],
  ["no such account", () => twilioError(404, 20404), "account wrong account-unknown 20404", "failed"],
  ["too many requests", () => twilioError(429, 20429), "account not-reachable provider-busy 20429", "incomplete"],
  ["Twilio is down", () => new Response("<h1>503</h1>", { status: 503 }), "account not-reachable provider-failed", "incomplete"],
  ["a proxy answers with a page", () => new Response("<h1>Log in</h1>"), "account not-reachable unreadable", "incomplete"],
  ["a redirect is not followed", () => new Response(null, { status: 302, headers: { location: "https://evil.example/" } }), "account not-reachable provider-redirected", "incomplete"],
  ["nobody answers", () => { throw new TypeError("fetch failed"); }, "account not-reachable no-answer", "incomplete"],
];
for (const [name, answer, expected, outcome] of ACCOUNT) {
  test(`account: ${name}`, async () => {
    const { validate, calls } = setUp({ answer: (url) => url.includes("/Accounts/") && answer() });
    const result = await validate();
    assert.deepEqual([told(result).at(-1), result.outcome], [expected, outcome]);
    assert.equal(calls.length, 1, "nothing else is asked with credentials that do not work");
  });
}

test("the stand-in's own words: wrong token, suspended account", async () => {
  const { validate, standIn } = setUp();
  assert.equal(told(await validate({ authToken: "0".repeat(32) })).at(-1), "account wrong credentials-wrong 20003");
  standIn.state.status = "suspended";
  assert.equal(told(await validate()).at(-1), "account wrong account-suspended");
  standIn.state.status = "closed";
  assert.equal(told(await validate()).at(-1), "account wrong account-closed");
});

test("a question that takes too long, and a person who stops it", async () => {
  const never = (_url, { signal }) => new Promise((_, reject) => {
    // A real connection keeps the process alive while it waits; the time limit alone does not.
    const connection = setTimeout(() => {}, 60_000);
    signal.addEventListener("abort", () => (clearTimeout(connection), reject(signal.reason)));
  });
  const { validate } = setUp({ answer: never, timeoutMs: 20 });
  assert.equal(told(await validate()).at(-1), "account not-reachable timed-out");
  const stop = new AbortController();
  const stopping = (...given) => (queueMicrotask(() => stop.abort()), never(...given));
  const stopped = setUp({ answer: stopping });
  assert.equal(told(await stopped.validate({}, { timeoutMs: 600_000, signal: stop.signal })).at(-1), "account not-reachable stopped");
});

test("an answer is read only as far as it may be long, whatever it tells of its length", async () => {
  const chunk = new Uint8Array(1 << 20).fill(0x20);
  const answerOf = (headers, status = 200, most = 64) => {
    const seen = { chunks: 0, cancelled: false };
    const body = new ReadableStream({
      pull(controller) {
        seen.chunks += 1;
        if (seen.chunks > most) controller.close();
        else controller.enqueue(chunk);
      },
      cancel() { seen.cancelled = true; },
    });
    return [seen, () => new Response(body, { status, headers })];
  };
  for (const [status, expected] of [[200, "account not-reachable unreadable"], [503, "account not-reachable provider-failed"]]) {
    for (const headers of [{}, { "content-length": "2" }, { "content-length": String(64 << 20) }]) {
      const [seen, answer] = answerOf(headers, status);
      const { validate } = setUp({ answer: (url) => url.includes("/Accounts/") && answer() });
      assert.equal(told(await validate()).at(-1), expected);
      assert.ok(seen.chunks < 12 && seen.cancelled, JSON.stringify([headers, seen]));
    }
  }
  // Eight megabytes and no byte more are read: here blanks around an account, in pieces that cut a letter.
  const text = new TextEncoder().encode(JSON.stringify({ sid: "AC" + "0".repeat(32), friendly_name: "é", status: "closed" }));
  for (const [length, expected] of [[8 << 20, "account wrong account-other"], [(8 << 20) + 1, "account not-reachable unreadable"]]) {
    const pieces = [text.slice(0, text.indexOf(0xc3) + 1), text.slice(text.indexOf(0xc3) + 1), new Uint8Array(length - text.length).fill(0x20)];
    const body = new ReadableStream({ start(controller) { for (const piece of pieces) controller.enqueue(piece); controller.close(); } });
    const { validate } = setUp({ answer: (url) => url.includes("/Accounts/") && new Response(body) });
    assert.equal(told(await validate()).at(-1), expected);
  }
});

const SENDERS = [
  ["OFFLINE", "wrong sender-offline 30008", [{ code: "30008", message: "No delivery", more_info: "" }]],
  ["ONLINE:UPDATING", "ok sender-online"],
  ["PENDING_VERIFICATION", "wrong sender-not-verified"],
  ["TWILIO_REVIEW", "wrong sender-in-review"],
  ["CREATING", "wrong sender-not-ready"],
  ["A_NEW_WORD", "wrong sender-not-ready"],
];
for (const [status, expected, reasons] of SENDERS) {
  test(`sender: ${status}`, async () => {
    const { validate, standIn } = setUp();
    Object.assign(standIn.senders[0], { status, reasons });
    assert.equal(told(await validate())[2], `sender ${expected}`);
  });
}

test("a number of another account, a second page, the sandbox", async () => {
  const { validate, number } = setUp();
  assert.deepEqual(told(await validate({ numbers: [{ ...number, number: "+12025550199" }] })).slice(2), ["sender wrong sender-unknown", "inbound-url skipped sender-not-seen"]);
  assert.deepEqual(told(await validate({ numbers: [{ ...number, number: "+14155238886" }] })).slice(2), ["sender skipped sandbox"]);
  const paged = setUp({ answer: (url, init) => url.includes("PageSize=1000") && fetchPage(paged.standIn, url.replace("1000", "1"), init) });
  const second = { ...paged.number, number: "+12025550143" };
  assert.equal(told(await paged.validate({ numbers: [second] }))[2], "sender ok sender-online");
  assert.ok(paged.calls.some(({ url }) => url.includes("Page=1")));
});

test("a number that Twilio has in another form is named", async () => {
  // Mexico's 1 behind the country code; a sender may have been made with it or without.
  for (const [entered, known] of [["+525512345678", "+5215512345678"], ["+5215512345678", "+525512345678"]]) {
    const { validate, standIn, number } = setUp();
    standIn.senders[0].number = known;
    const result = await validate({ numbers: [{ ...number, number: entered }] });
    assert.deepEqual(told(result).slice(2), ["sender wrong sender-other-form", "inbound-url skipped sender-not-seen"]);
    assert.equal(result.steps[2].found, known);
  }
});

const fetchPage = (standIn, url, { headers }) => standIn.fetch(new Request(url, { headers }));

test("inbound URL: missing, another one, without its secrets", async () => {
  const { validate, standIn } = setUp();
  standIn.senders[0].callbackUrl = "https://user:pass@other.example.net/in?key=secret#rc=1";
  const { steps } = await validate();
  assert.deepEqual(steps[3], { step: "inbound-url", field: "numbers[0].number", outcome: "wrong", code: "webhook-other", found: "https://other.example.net/in" });
  standIn.senders[0].callbackUrl = `${URL_SHOWN}#rc=2`;
  assert.equal((await validate()).steps[3].code, "webhook-set", "a connection override is no part of the address");
  const none = setUp({ answer: (url, init) => url.includes("/Senders/") && fetchPage(none.standIn, url, init).then((one) => one.json()).then((body) => Response.json({ ...body, webhook: null })) });
  assert.equal((await none.validate()).steps[3].code, "webhook-missing");
});

/** What Twilio has at the sender behind the inbound URL and as its fallback URL, and what an outage of an hour loses. */
const OUTAGES = [
  ["", undefined, "outage-no-fallback warning", 1],
  ["#rc=0", "", "outage-no-fallback warning", 0],
  ["#rc=5&rp=all", "https://standby.example.net/in", "outage-fallback note", 5],
  ["#rc=5&rp=all", "https://hooks.example.com/other", "outage-fallback-same-host warning", 5],
  ["", "not an address", "outage-fallback-unusable warning", 1],
  ["", "\ud800", "outage-fallback-unusable warning", 1],
  ["", `https://standby.example.net/${"a".repeat(1 << 20)}`, "outage-fallback note", 1],
  ["#rc=9", "https://standby.example.net/in", "outage-override warning", undefined],
];
test("inbound URL: what an outage of an hour loses", async () => {
  for (const [fragment, fallbackUrl, expected, retries] of OUTAGES) {
    const { validate, standIn } = setUp();
    Object.assign(standIn.senders[0], { callbackUrl: `${URL_SHOWN}${fragment}`, fallbackUrl });
    const { outcome, steps } = await validate();
    const { code, outage } = steps[3];
    assert.deepEqual([outcome, code, `${outage.code} ${outage.severity}`, outage.retries], ["passed", "webhook-set", expected, retries]);
    assert.equal(steps.filter((step) => "outage" in step).length, 1);
  }
});

test("of an inbound URL that is wrong no outage is told, and nothing of the addresses at Twilio is", async () => {
  const { validate, standIn, record } = setUp();
  Object.assign(standIn.senders[0], { callbackUrl: `${URL_SHOWN}#${record.authToken}`, fallbackUrl: `https://standby.example.net/${record.authToken}` });
  const told = JSON.stringify(await validate());
  assert.ok(told.includes("outage-override") && !told.includes("standby") && leaks(record, told).length === 0, told);
  standIn.senders[0].callbackUrl = "https://other.example.net/in";
  assert.ok((await validate()).steps.every((step) => !("outage" in step)));
});

test("templates: pending, unknown, of another language", async () => {
  const { validate, number } = setUp();
  const templates = [PENDING, { contentSid: `HX${"0".repeat(32)}`, language: "en" }, { ...APPROVED, language: "ar" }];
  assert.deepEqual(told(await validate({ numbers: [{ ...number, templates }] })).slice(4), [
    "template wrong template-pending", "template wrong template-unknown 20404", "template wrong template-language",
  ]);
});

test("what the form calls an error is not asked about", async () => {
  const { validate, calls, number } = setUp();
  assert.deepEqual(told(await validate({ accountSid: "SK0123456789abcdef0123456789abcdef" })), ["form wrong form-has-errors", "account skipped form-has-errors"]);
  assert.equal(calls.length, 0);
  assert.equal(told(await validate({ numbers: [{ ...number, number: "12" }] })).at(-1), "sender skipped form-has-errors");
});

/** The token in every spelling that travels: plain, base64, base64 with the SID before it, percent-encoded, hexadecimal. */
const spellings = ({ accountSid, authToken }) => {
  const b64 = (text) => Buffer.from(text).toString("base64").replace(/=+$/, "");
  return [authToken, b64(authToken), b64(`${accountSid}:${authToken}`), Buffer.from(authToken).toString("hex"), authToken.toUpperCase()];
};
const leaks = (record, text) => spellings(record).filter((secret) => text.includes(secret));

/** Everything that a run says or sends, Twilio's own Authorization header excepted. */
async function everything(options, changes) {
  const run = setUp(options);
  const console_ = [];
  const real = { ...console };
  for (const name of ["log", "info", "warn", "error", "debug"]) console[name] = (...words) => console_.push(inspect(words, { depth: null }));
  let result;
  try {
    result = await run.validate(...(typeof changes === "function" ? changes(run.record) : [changes]));
  } catch (error) {
    result = inspect(error, { depth: null, showHidden: true });
  } finally {
    Object.assign(console, real);
  }
  const calls = run.calls.map(({ headers: { authorization, ...headers }, ...call }) => ({ ...call, headers }));
  assert.ok(run.calls.every(({ headers }) => headers.authorization.startsWith("Basic ")));
  return { record: run.record, text: inspect([result, JSON.stringify(result), run.said, calls, console_], { depth: null, maxStringLength: null, maxArrayLength: null }), calls: run.calls };
}

test("no message, log line or call holds the token, in any spelling", async () => {
  const echo = (url, { headers }) => url.includes("/Senders") && twilioError(400, 20001, `You sent ${headers.authorization}`);
  const runs = [
    [{}, {}],
    [{ answer: echo }, {}],
    [{ answer: () => { throw new Error("no route for 7b1e"); } }, {}],
    [{ answer: (url, init) => { throw Object.assign(new Error(init.headers.authorization), { init }); } }, {}],
    [{}, (record) => [{ authToken: ` ${record.authToken}\n` }]],
    [{}, (record) => [{ authToken: `${record.accountSid}:${record.authToken}` }]],
    [{}, (record) => [{ authToken: record.authToken.toUpperCase() }]],
    ...ACCOUNT.map(([, answer]) => [{ answer: (url) => url.includes("/Accounts/") && answer() }, {}]),
  ];
  for (const [options, changes] of runs) {
    const { record, text } = await everything(options, changes);
    assert.ok(text.includes("form"), "there is something to search");
    assert.deepEqual(leaks(record, text), []);
  }
});

/** What people paste into a field that is not the token's. */
const pasted = ({ accountSid, authToken }) => [
  `${authToken}\n`, ` ${accountSid}:${authToken}`, `Authorization: Basic ${btoa(`${accountSid}:${authToken}`)}\u200b`, `${btoa(authToken)}\t`,
  `curl -X GET "https://api.twilio.com/2010-04-01/Accounts/${accountSid}.json" -u ${accountSid}:${authToken}`,
  JSON.stringify({ accountSid, authToken }), `https://hooks.example.com/in?t=${authToken}#x`,
];
const FIELDS = ["name", "accountSid", "inboundUrl", "number.name", "number.account", "number.number", "number.workStream", "template.contentSid", "template.language"];

test("no message, log line or call holds a token that was pasted into another field", async () => {
  for (const field of FIELDS) {
    for (const at of pasted(setUp().record).keys()) {
      const { record, text, calls } = await everything({}, (record) => {
        const [part, name = part] = field.split(".");
        const template = { ...APPROVED, ...(part === "template" ? { [name]: pasted(record)[at] } : {}) };
        const number = { ...record.numbers[0], ...(part === "number" ? { [name]: pasted(record)[at] } : {}), templates: [template] };
        return [{ ...(field.includes(".") ? {} : { [name]: pasted(record)[at] }), numbers: [number] }];
      });
      assert.deepEqual(leaks(record, decodeURIComponent(text.replaceAll(/%(?![0-9a-f]{2})/gi, "%25"))), [], `${field} ${at}`);
      if (field.startsWith("template")) assert.ok(calls.every(({ url }) => !url.includes("/Content/")), "a template that is wrong is not asked about");
    }
  }
});

test("what Twilio has instead is not told where it holds the token", async () => {
  const { validate, standIn, record } = setUp();
  standIn.senders[0].callbackUrl = `https://other.example.net/in/${record.authToken}`;
  assert.deepEqual((await validate()).steps[3], { step: "inbound-url", field: "numbers[0].number", outcome: "wrong", code: "webhook-other" });
});

test("wrong options are refused, and absent parts of a record are absent", async () => {
  const { record, validate, number } = setUp();
  const trap = new Proxy({}, { get() { throw new Error("trap"); }, getPrototypeOf() { throw new Error("trap"); }, ownKeys() { throw new Error("trap"); } });
  for (const options of [null, trap, { fetch: 5 }, { onStep: {} }, { log: "x" }, { baseUrl: 5 }, { timeoutMs: "1" }, { timeoutMs: 0 }, { timeoutMs: NaN }, { timeoutMs: 2 ** 31 }, { signal: {} }, { signal: trap }, { timeout: 1 }]) {
    await assert.rejects(validateChannel(record, options), { name: "ReplyWindowError" }, inspect(options));
  }
  assert.equal((await validate({ numbers: null })).outcome, "passed");
  assert.equal((await validate({ numbers: [{ ...number, templates: null }] })).outcome, "passed");
});

test("a planted leak is found, in a log line, a step and a call", async () => {
  for (const plant of [
    ({ authToken }) => console.warn("token", authToken),
    ({ accountSid, authToken }) => console.info(btoa(`${accountSid}:${authToken}`)),
  ]) {
    const { record, text } = await everything({}, (record) => [{}, { onStep: () => plant(record) }]);
    assert.equal(leaks(record, text).length > 0, true);
  }
  const { record, text } = await everything({}, (record) => [{ inboundUrl: `https://hooks.example.com/?t=${record.authToken}` }, { baseUrl: `https://x.example/${record.authToken}` }]);
  assert.deepEqual(leaks(record, text), [record.authToken]);
});
