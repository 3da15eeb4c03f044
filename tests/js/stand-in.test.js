// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import twilio from "twilio";
import { createClock } from "../../www/demo/clock.js";
import { createStandIn } from "../../www/demo/stand-in/stand-in.js";

const BUSINESS = "+15550100200";
const DAY_MS = 86_400_000;
const AMELIA = { id: "amelia", name: "Amelia", phone: "+15550109911", bsuid: "US.13491208655302741918", business: BUSINESS };
const NOOR = { id: "noor", name: "Noor", bsuid: "NL.7203944817265509", business: BUSINESS };
const CASE_UPDATE = "HX2c4ba83955d8a5b54fd06f96c465494b";
const THREE = JSON.stringify({ 1: "Amelia", 2: "CAS-1", 3: "done" });

/** A stand-in whose webhooks land in a list, on a clock that stands still. */
const setUp = ({ statusDelayMs = 0 } = {}) => {
  /** @type {{ url: string, headers: Headers, form: Record<string, string> }[]} */
  const posted = [];
  const clock = createClock({ now: () => Date.parse("2026-11-23T10:00:00.000Z") });
  const standIn = createStandIn({
    clock, numbers: [BUSINESS], customers: [AMELIA, NOOR], statusDelayMs, inboundUrl: () => "http://127.0.0.1:1/twilio/inbound",
    fetch: async (url, init) => {
      posted.push({ url: String(url), headers: new Headers(init?.headers), form: Object.fromEntries(new URLSearchParams(String(init?.body))) });
      return new Response("");
    },
  });
  const authorization = `Basic ${btoa(`${standIn.accountSid}:${standIn.authToken}`)}`;
  /** @param {string} path @param {RequestInit} [init] @returns {Promise<{ status: number, headers: Headers, body: any }>} */
  const call = async (path, init = {}) => {
    const request = new Request(new URL(path, "http://127.0.0.1:8064"), { ...init, headers: { authorization, ...init.headers } });
    const response = await standIn.fetch(request);
    return { status: response.status, headers: response.headers, body: await response.json() };
  };
  /** @param {Record<string, string>} form */
  const send = (form) =>
    call(`/2010-04-01/Accounts/${standIn.accountSid}/Messages.json`, {
      method: "POST",
      body: new URLSearchParams({ From: `whatsapp:${BUSINESS}`, To: `whatsapp:${AMELIA.phone}`, StatusCallback: "http://127.0.0.1:1/twilio/status", ...form }),
    });
  /** @param {string} path @param {unknown} body @param {Record<string, string>} [headers] */
  const order = (path, body, headers = {}) => call(path, { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json", ...headers } });
  /** Sends, and answers the last status that was called back. @param {Record<string, string>} form */
  const outcome = async (form) => {
    const { status, body } = await send(form);
    assert.equal(status, 201, JSON.stringify(body));
    await standIn.settled();
    const { MessageStatus, ErrorCode } = posted.filter((one) => one.form.MessageSid === body.sid).at(-1)?.form ?? {};
    return ErrorCode ? `${MessageStatus} ${ErrorCode}` : MessageStatus;
  };
  return { standIn, clock, posted, call, send, order, outcome };
};

test("a customer's message arrives as a webhook that Twilio's own library accepts", async () => {
  const { standIn, order, posted } = setUp();
  const { status, body } = await order("/stand-in/customer-message", { conversationId: "amelia", text: "Ça va? é ü 👋 & = +" });
  assert.equal(status, 200);
  const [webhook] = posted;
  assert.ok(webhook);
  const signature = webhook.headers.get("x-twilio-signature") ?? "";
  assert.equal(twilio.validateRequest(standIn.authToken, signature, webhook.url, webhook.form), true);
  assert.equal(twilio.validateRequest(standIn.authToken, signature, webhook.url, { ...webhook.form, Body: "changed" }), false);
  assert.equal(webhook.form.MessageSid, body.id);
  assert.equal(webhook.form.Body, "Ça va? é ü 👋 & = +");
  assert.equal(webhook.form.From, "whatsapp:+15550109911");
  assert.equal(webhook.form.WaId, "15550109911");
  assert.equal(webhook.form.ExternalUserId, "whatsapp:US.13491208655302741918");
});

test("a customer without a visible phone is known by the user id alone", async () => {
  const { order, posted } = setUp();
  await order("/stand-in/customer-message", { conversationId: "noor", text: "Hi" });
  assert.equal(posted[0]?.form.From, "whatsapp:NL.7203944817265509");
  assert.equal(posted[0]?.form.WaId, undefined);
});

for (const [offset, expected] of /** @type {const} */ ([[-1, "delivered"], [0, "undelivered 63016"], [1, "undelivered 63016"]])) {
  test(`free text ${offset} ms from 24 hours after the customer's message: ${expected}`, async () => {
    const { clock, order, outcome } = setUp();
    await order("/stand-in/customer-message", { conversationId: "amelia", text: "Hello" });
    clock.advance(DAY_MS + offset);
    assert.equal(await outcome({ Body: "Hello" }), expected);
  });
}

test("free text to somebody who never wrote is taken and then not delivered", async () => {
  const { standIn, send, posted } = setUp();
  const { status, body } = await send({ Body: "Hello" });
  assert.equal(status, 201);
  assert.deepEqual([body.status, body.error_code, body.direction, body.date_sent], ["queued", null, "outbound-api", null]);
  await standIn.settled();
  const [callback] = posted;
  assert.ok(callback);
  assert.equal(posted.length, 1);
  assert.equal(callback.form.ErrorCode, "63016");
  assert.equal(twilio.validateRequest(standIn.authToken, callback.headers.get("x-twilio-signature") ?? "", callback.url, callback.form), true);
});

test("the session is per number of ours and knows phone and user id as one customer", async () => {
  const { order, outcome } = setUp();
  await order("/stand-in/customer-message", { conversationId: "amelia", text: "Hello" });
  assert.equal(await outcome({ Body: "Hello", To: `whatsapp:${AMELIA.bsuid}` }), "delivered");
  assert.equal(await outcome({ Body: "Hello", To: `whatsapp:${NOOR.bsuid}` }), "undelivered 63016");
});

test("a delivered message is called back as sent, then delivered", async () => {
  const { standIn, send, order, posted } = setUp();
  await order("/stand-in/customer-message", { conversationId: "amelia", text: "Hello" });
  const { body } = await send({ Body: "Hello" });
  await standIn.settled();
  const statuses = posted.filter((one) => one.form.MessageSid === body.sid).map((one) => one.form.MessageStatus);
  assert.deepEqual(statuses, ["sent", "delivered"]);
});

/** @type {[string, Record<string, string>, number][]} */
const REFUSED_AT_ONCE = [
  ["no sender", { From: "" }, 21603],
  ["no recipient", { To: "" }, 21604],
  ["a recipient that is no address", { To: "whatsapp:amelia" }, 21211],
  ["a recipient on another channel", { To: "+15550109911" }, 21910],
  ["a sender that is not ours", { From: "whatsapp:+15550100999" }, 63007],
  ["no text", { Body: "" }, 21619],
  ["a text of 1601", { Body: "x".repeat(1601) }, 21617],
  ["variables without a template", { Body: "x", ContentVariables: THREE }, 21654],
  ["an unknown template", { ContentSid: `HX${"0".repeat(32)}` }, 21655],
  ["variables that are no JSON", { ContentSid: CASE_UPDATE, ContentVariables: "{1: Amelia}" }, 21656],
  ["variables that are a list", { ContentSid: CASE_UPDATE, ContentVariables: '["Amelia"]' }, 21656],
  ["a null value", { ContentSid: CASE_UPDATE, ContentVariables: '{"1":null}' }, 21656],
  ["an empty value", { ContentSid: CASE_UPDATE, ContentVariables: '{"1":""}' }, 21656],
  ["a number as value", { ContentSid: CASE_UPDATE, ContentVariables: '{"1":1}' }, 21656],
  ["an undeclared key", { ContentSid: CASE_UPDATE, ContentVariables: '{"1":"a","2":"b","3":"c","4":"d"}' }, 21656],
];

for (const [name, form, code] of REFUSED_AT_ONCE) {
  test(`refused at once with ${code}: ${name}`, async () => {
    const { send, posted } = setUp();
    const { status, body } = await send({ Body: "text", ...form });
    assert.equal(status, 400);
    assert.deepEqual(Object.keys(body), ["code", "message", "more_info", "status"]);
    assert.equal(body.code, code);
    assert.equal(body.more_info, `https://www.twilio.com/docs/errors/${code}`);
    assert.equal(posted.length, 0);
  });
}

test("a text of 1600 is taken", async () => {
  const { send } = setUp();
  assert.equal((await send({ Body: "x".repeat(1600) })).status, 201);
});

/** Content SIDs of `content.json` by what WhatsApp says to them outside a session. @type {[string, string, string][]} */
const TEMPLATES = [
  ["case_update_text", THREE, "delivered"],
  ["case_update_text", '{"1":"Amelia","2":"CAS-1"}', "undelivered 63028"],
  ["otp_code", '{"1":"482913"}', "delivered"],
  ["otp_code", "", "undelivered 63028"],
  ["coupon_code_cta", '{"1":"a","2":"b"}', "undelivered 63040"],
  ["track_parcel_cta", '{"1":"a","2":"b"}', "undelivered 63041"],
  ["autumn_carousel", '{"1":"a","2":"b","3":"c","4":"d","5":"e"}', "undelivered 63042"],
  ["case_update_named", '{"customer_name":"a","case_no":"b"}', "undelivered 63016"],
  ["pick_topic", '{"1":"a"}', "undelivered 63016"],
  ["shop_location", "", "undelivered 63016"],
];

for (const [name, variables, expected] of TEMPLATES) {
  test(`template ${name} ${variables} outside a session: ${expected}`, async () => {
    const { call, outcome } = setUp();
    const { body } = await call("/v1/Content?PageSize=1000");
    const { sid } = body.contents.find((/** @type {any} */ content) => content.friendly_name === name);
    assert.equal(await outcome({ ContentSid: sid, ContentVariables: variables }), expected);
  });
}

test("an unapproved list picker may go out inside a session", async () => {
  const { order, outcome } = setUp();
  await order("/stand-in/customer-message", { conversationId: "amelia", text: "Hello" });
  assert.equal(await outcome({ ContentSid: "HX084866bbaa02385294792ebba30ef4ff", ContentVariables: '{"1":"a"}' }), "delivered");
});

test("a wrong or missing password: 401 in Twilio's shape", async () => {
  const { call, standIn } = setUp();
  for (const authorization of ["", `Basic ${btoa(`${standIn.accountSid}:wrong`)}`, `Basic ${btoa(`AC:${standIn.authToken}`)}`]) {
    const { status, headers, body } = await call(`/2010-04-01/Accounts/${standIn.accountSid}/Messages.json`, { headers: { authorization } });
    assert.equal(status, 401);
    assert.equal(headers.get("www-authenticate"), 'Basic realm="Twilio API"');
    assert.deepEqual(body, { code: 20003, message: "Authenticate", more_info: "https://www.twilio.com/docs/errors/20003", status: 401 });
  }
});

test("messages are listed newest first, by page, with relative links", async () => {
  const { standIn, clock, call, order } = setUp();
  for (const text of ["one", "two", "three"]) {
    await order("/stand-in/customer-message", { conversationId: "amelia", text });
    clock.advance(60_000);
  }
  const path = `/2010-04-01/Accounts/${standIn.accountSid}/Messages.json`;
  const first = await call(`${path}?PageSize=2&To=${encodeURIComponent(`whatsapp:${BUSINESS}`)}`);
  assert.deepEqual(first.body.messages.map((/** @type {any} */ message) => message.body), ["three", "two"]);
  assert.equal(first.body.messages[0].date_created, "Mon, 23 Nov 2026 10:02:00 +0000");
  assert.ok(first.body.next_page_uri.startsWith("/2010-04-01/"));
  const second = await call(first.body.next_page_uri);
  assert.deepEqual(second.body.messages.map((/** @type {any} */ message) => message.body), ["one"]);
  assert.equal(second.body.next_page_uri, null);
  const since = await call(`${path}?DateSent%3E=2026-11-23T10:01:00Z`);
  assert.equal(since.body.messages.length, 2);
});

test("content and approvals come by page with absolute links and every resource once", async () => {
  const { call } = setUp();
  /** @type {string[]} */
  const sids = [];
  let next = "/v1/ContentAndApprovals?PageSize=10";
  while (next) {
    const { body } = await call(next);
    sids.push(...body.contents.map((/** @type {any} */ content) => content.sid));
    assert.ok(body.contents.every((/** @type {any} */ content) => typeof content.approval_requests.status === "string"));
    next = body.meta.next_page_url;
  }
  assert.equal(sids.length, 25);
  assert.equal(new Set(sids).size, 25);
});

test("one resource and its approval can be fetched; the resource does not hold the approval", async () => {
  const { call } = setUp();
  const { body } = await call(`/v1/Content/${CASE_UPDATE}`);
  assert.equal(body.approval_requests, undefined);
  const approval = await call(new URL(body.links.approval_fetch).pathname);
  assert.equal(approval.body.whatsapp.status, "approved");
  assert.equal((await call("/v1/Content/HX0")).status, 404);
});

test("it can be told to refuse what the clock would allow", async () => {
  const { order, outcome } = setUp();
  await order("/stand-in/customer-message", { conversationId: "amelia", text: "Hello" });
  await order("/stand-in/refuse-next", { count: 1, code: 63016 });
  assert.equal(await outcome({ Body: "Hello" }), "undelivered 63016");
  assert.equal(await outcome({ Body: "Hello" }), "delivered");
});

test("the clock jumps forward only", async () => {
  const { order, clock } = setUp();
  const before = clock.now();
  assert.equal((await order("/stand-in/clock", { advanceMs: 3_600_000 })).body.nowAtMs, before + 3_600_000);
  for (const advanceMs of [0, -1, null, "1", 1e300]) assert.notEqual((await order("/stand-in/clock", { advanceMs })).status, 200);
  assert.equal(clock.now(), before + 3_600_000);
  await order("/stand-in/customer-message", { conversationId: "amelia", text: "Hello" });
  const written = clock.now();
  assert.equal((await order("/stand-in/clock", { toClosing: "amelia", beforeMs: 60_000 })).body.nowAtMs, written + DAY_MS - 60_000);
  assert.equal((await order("/stand-in/clock", { toClosing: "noor" })).status, 409);
});

test("controls answer only pages of this machine", async () => {
  const { order, call } = setUp();
  const message = { conversationId: "amelia", text: "Hello" };
  assert.equal((await order("/stand-in/customer-message", message, { origin: "https://example.com" })).status, 403);
  assert.equal((await order("/stand-in/customer-message", message, { host: "rebound.example.com:8064" })).status, 403);
  assert.equal((await order("/stand-in/customer-message", message, { "x-forwarded-host": "desk.example.com" })).status, 403);
  assert.equal((await order("/stand-in/customer-message", message, { "content-type": "text/plain" })).status, 400);
  assert.equal((await call("/stand-in/log", { headers: { "sec-fetch-site": "cross-site" } })).status, 403);
});

test("the log holds what was asked and no password", async () => {
  const { standIn, order, send, call } = setUp();
  await order("/stand-in/customer-message", { conversationId: "amelia", text: "Hello" });
  await send({ Body: "Good morning" });
  await standIn.settled();
  const { body } = await call("/stand-in/log");
  const message = body.entries.find((/** @type {any} */ entry) => entry.kind === "message");
  assert.deepEqual([message.freeForm, message.session, message.outcome], [true, true, "delivered"]);
  assert.equal(JSON.stringify(body).includes(standIn.authToken), false);
});
