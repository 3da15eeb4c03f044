// @ts-check
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { createClock } from "../../www/demo/clock.js";
import { configOf } from "../../www/demo/config.js";
import { startDemo } from "../../www/demo/start.mjs";
import { until } from "../support/until.mjs";

const HOUR = 3_600_000;
/** @type {(() => Promise<void>)[]} */
const closers = [];
after(() => Promise.all(closers.map((close) => close())));

/** A demo on free ports, and what a page would do with it. @param {import("../../www/demo/demo.js").DemoOptions} [options] */
const setUp = async (options = {}) => {
  /** @type {string[]} */
  const lines = [];
  const demo = await startDemo({ port: 0, standInPort: 0, statusDelayMs: 0, log: (line) => void lines.push(line), ...options });
  closers.push(demo.close);
  return { demo, lines, ...page(demo.url) };
};

/** @param {string} base */
const page = (base) => {
  /** @param {string} path @param {unknown} [body] @param {Record<string, string>} [headers] @returns {Promise<{ status: number, body: any }>} */
  const call = async (path, body, headers = {}) => {
    const init = body === undefined ? { headers } : { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json", ...headers } };
    const response = await fetch(new URL(path, base), init);
    return { status: response.status, body: await response.json().catch(() => undefined) };
  };
  return {
    call,
    /** @param {string} id @param {string} text */
    sendText: (id, text) => call(`/api/conversations/${id}/messages`, { kind: "text", text }),
    /** @param {string} id @param {string} contentSid @param {Record<string, string>} values */
    sendTemplate: (id, contentSid, values) => call(`/api/conversations/${id}/messages`, { kind: "template", contentSid, contentVariables: JSON.stringify(values) }),
    /** @param {string} id */
    conversation: async (id) => (await call("/api/session")).body.conversations.find((/** @type {any} */ one) => one.id === id),
    standInLog: async () => (await call("/stand-in/log")).body.entries.filter((/** @type {any} */ entry) => entry.kind === "message"),
    events: () => listen(base),
  };
};

/** The page's event stream. @param {string} base */
const listen = async (base) => {
  const abort = new AbortController();
  closers.push(async () => abort.abort());
  const response = await fetch(new URL("/api/events", base), { signal: abort.signal });
  assert.equal(response.headers.get("content-type"), "text/event-stream; charset=utf-8");
  /** @type {{ name: string, data: any }[]} */
  const heard = [];
  const read = async () => {
    let text = "";
    for await (const chunk of /** @type {AsyncIterable<Uint8Array>} */ (/** @type {unknown} */ (response.body))) {
      text += new TextDecoder().decode(chunk);
      const frames = text.split("\n\n");
      text = frames.pop() ?? "";
      for (const frame of frames) {
        const [, name = "", data = ""] = /^event: (.*)\ndata: (.*)$/s.exec(frame) ?? [];
        if (name) heard.push({ name, data: JSON.parse(data) });
      }
    }
  };
  read().catch(() => {});
  /** @param {string} name @param {(data: any) => boolean} [fits] */
  const wait = async (name, fits = () => true) => (await until(`an event ${name}`, () => heard.find((event) => event.name === name && fits(event.data)))).data;
  return { heard, wait, close: () => abort.abort() };
};

const CASE_UPDATE = "HX2c4ba83955d8a5b54fd06f96c465494b";
const THREE = { 1: "Amelia", 2: "CAS-00417", 3: "on its way" };

test("the story: free text in the window, a template after it, and none of it lost", async () => {
  const { call, sendText, sendTemplate, standInLog, events } = await setUp();
  const { wait } = await events();
  const sent = await sendText("amelia", "Your parcel left yesterday.");
  assert.equal(sent.status, 200);
  await wait("status", ({ id, status }) => id === sent.body.id && status === "delivered");

  await call("/stand-in/clock", { toClosing: "amelia", beforeMs: 60_000 });
  assert.equal((await sendText("amelia", "One minute left.")).status, 200);
  await call("/stand-in/clock", { toClosing: "amelia", beforeMs: 0 });
  const refused = await sendText("amelia", "Too late.");
  assert.equal(refused.status, 409);
  assert.deepEqual([refused.body.code, refused.body.status.kind, refused.body.verdict.kind], ["window-expired", "closed", "template-only"]);

  const template = await sendTemplate("amelia", CASE_UPDATE, THREE);
  assert.equal(template.status, 200, JSON.stringify(template.body));
  await wait("status", ({ id, status }) => id === template.body.id && status === "delivered");

  const { body } = await call("/stand-in/customer-message", { conversationId: "amelia", text: "Thank you!" });
  assert.equal(body.webhookStatus, 200);
  await wait("message", ({ message }) => message.id === body.id);
  assert.equal((await sendText("amelia", "You are welcome.")).status, 200);

  const log = await standInLog();
  assert.deepEqual(log.map((/** @type {any} */ { freeForm, outcome }) => [freeForm, outcome]), [[true, "delivered"], [true, "delivered"], [false, "delivered"], [true, "delivered"]]);
  assert.equal(log.some((/** @type {any} */ entry) => entry.freeForm && !entry.session), false);
});

test("the same story with a policy of 48 hours fails: Twilio refuses", async () => {
  const { demo, call, sendText, standInLog } = await setUp({ windowLengthMs: 48 * HOUR });
  assert.equal((await call("/api/session")).body.policy.lengthMs, 48 * HOUR);
  await call("/stand-in/clock", { advanceMs: 25 * HOUR });
  assert.equal((await sendText("amelia", "A day later.")).status, 200);
  await demo.standIn?.settled();
  assert.deepEqual((await standInLog()).map((/** @type {any} */ { freeForm, session, outcome, errorCode }) => [freeForm, session, outcome, errorCode]), [[true, false, "undelivered", 63016]]);
});

test("a refusal by order closes the window at once, with the text to give back", async () => {
  const { call, sendText, conversation, events } = await setUp();
  const { wait } = await events();
  await call("/stand-in/refuse-next", { count: 1, code: 63016 });
  const sent = await sendText("amelia", "Refused although open.");
  const status = await wait("status", ({ id }) => id === sent.body.id);
  assert.deepEqual(status, { conversationId: "amelia", id: sent.body.id, status: "undelivered", text: "Refused although open.", errorCode: 63016 });
  const window = await wait("window", ({ conversationId, state }) => conversationId === "amelia" && state.refused.length === 1);
  assert.deepEqual(window.state.refused.map((/** @type {any} */ record) => record.id), [sent.body.id]);
  assert.equal((await sendText("amelia", "And again.")).body.code, "window-refused");
  assert.deepEqual((await conversation("amelia")).messages.at(-1), { id: sent.body.id, direction: "outbound", text: "Refused although open.", atMs: sent.body.atMs, status: "undelivered", errorCode: 63016 });
  await call("/stand-in/clock", { advanceMs: 1000 });
  await call("/stand-in/customer-message", { conversationId: "amelia", text: "Hello?" });
  assert.equal((await sendText("amelia", "Here I am.")).status, 200);
});

test("a refusal that overtakes the answer to the send is told after the message", async () => {
  const { demo, events } = await setUp();
  const { wait, heard } = await events();
  const { desk } = demo.middleware;
  const amelia = desk.conversations.get("amelia");
  assert.ok(amelia);
  desk.progressed({ id: "SM5", status: "undelivered", errorCode: 63016 });
  desk.said(amelia, { id: "SM5", direction: "outbound", text: "Hello", atMs: demo.clock.now(), status: "queued" });
  await wait("status", ({ id }) => id === "SM5");
  const about = heard.filter(({ data }) => data.id === "SM5" || data.message?.id === "SM5");
  assert.deepEqual(about.map(({ name, data }) => [name, data.status ?? data.message.status]), [["message", "queued"], ["status", "undelivered"]]);
});

test("every conversation begins with what the history says", async () => {
  const { sendText } = await setUp();
  const verdict = async (/** @type {string} */ id) => {
    const { status, body } = await sendText(id, "Hello");
    return status === 200 ? "sent" : `${body.status.kind} ${body.code}`;
  };
  assert.equal(await verdict("amelia"), "sent");
  assert.equal(await verdict("omar"), "sent");
  assert.equal(await verdict("layla"), "closed window-expired");
  assert.equal(await verdict("noor"), "sent");
  assert.equal(await verdict("sofia"), "sent");
  assert.equal(await verdict("jonas"), "unknown window-unknown");
});

test("what was observed since when: the history of one number, the other only from the start", async () => {
  const clock = createClock({ now: () => Date.parse("2026-11-23T10:00:00Z") });
  const { conversation } = await setUp({ clock, historyMs: 30 * HOUR });
  assert.equal((await conversation("amelia")).observedSinceAtMs, clock.now() - 30 * HOUR);
  assert.equal((await conversation("jonas")).observedSinceAtMs, clock.now());
});

test("a customer known by user id alone is written to under it", async () => {
  const { demo, sendText, standInLog } = await setUp();
  assert.equal((await sendText("noor", "Hello")).status, 200);
  await demo.standIn?.settled();
  assert.deepEqual((await standInLog()).map((/** @type {any} */ { to, outcome }) => [to, outcome]), [["whatsapp:NL.7203944817265509", "delivered"]]);
});

test("templates come from all pages, with what could not be read", async () => {
  const { call } = await setUp({ pageSize: 6 });
  const { body } = await call("/api/templates");
  assert.equal(body.templates.length, 25);
  assert.ok(Array.isArray(body.problems));
  assert.ok(body.templates.some((/** @type {any} */ { language }) => language === "ar"));
});

test("a template is judged and filled in again on the server", async () => {
  const { call, sendTemplate, standInLog } = await setUp();
  assert.equal((await sendTemplate("layla", `HX${"0".repeat(32)}`, {})).body.code, "template-unknown");
  const { body } = await call("/api/templates");
  const idOf = (/** @type {string} */ name) => body.templates.find((/** @type {any} */ one) => one.name === name).id;
  assert.equal((await sendTemplate("layla", idOf("coupon_code_cta"), { 1: "a", 2: "b" })).body.code, "status-rejected");
  const missing = await sendTemplate("layla", CASE_UPDATE, { 1: "Layla" });
  assert.deepEqual([missing.status, missing.body.code, missing.body.problems.length], [422, "template-incomplete", 2]);
  assert.equal((await sendTemplate("layla", CASE_UPDATE, { ...THREE, 4: "extra" })).body.code, "template-incomplete");
  assert.deepEqual(await standInLog(), []);
});

test("what Twilio refuses at once is said with its code", async () => {
  const { sendText } = await setUp();
  const { status, body } = await sendText("amelia", "x".repeat(1601));
  assert.deepEqual([status, body.code, body.providerCode], [422, "provider-refused", 21617]);
});

test("bad requests of a page are answered, not crashed on", async () => {
  const { call, sendText } = await setUp();
  assert.equal((await sendText("nobody", "Hello")).status, 404);
  assert.equal((await sendText("amelia", " ")).status, 400);
  for (const body of [{}, { kind: "constructor" }, { kind: "text", text: 1 }, { kind: "template" }, { kind: "template", contentSid: CASE_UPDATE, contentVariables: "[" }]) {
    const { status } = await call("/api/conversations/amelia/messages", body);
    assert.ok(status >= 400 && status < 500, `${JSON.stringify(body)}: ${status}`);
  }
  assert.equal((await call("/api/nothing")).status, 404);
  assert.equal((await call("/api/conversations/%E0%A4%A/messages", {})).status, 404);
});

test("the API answers pages of this machine and of this origin only", async () => {
  const { demo, call } = await setUp();
  const text = { kind: "text", text: "Hello" };
  for (const headers of [{ origin: "https://example.com" }, { "sec-fetch-site": "cross-site" }, { "x-forwarded-host": "desk.example.com" }]) {
    assert.equal((await call("/api/conversations/amelia/messages", text, headers)).status, 403);
    assert.equal((await call("/api/session", undefined, headers)).status, 403);
  }
  const plain = await fetch(new URL("/api/conversations/amelia/messages", demo.url), { method: "POST", body: JSON.stringify(text) });
  assert.equal(plain.status, 400);
});

test("files: types, policy, and nothing outside the folders", async () => {
  const { demo } = await setUp();
  const script = await fetch(new URL("/www/engine/session.js", demo.url));
  assert.equal(script.status, 200);
  assert.equal(script.headers.get("content-type"), "text/javascript; charset=utf-8");
  assert.match(script.headers.get("content-security-policy") ?? "", /script-src 'self' 'wasm-unsafe-eval'/);
  for (const path of ["/www/..%2fpackage.json", "/www/%2e%2e/package.json", "/www/..%5cpackage.json", "/vendor/..%2f..%2fpackage.json", "/package.json", "/www/.hidden.js", "/www/demo/start.mjs", "/www/%00.js", "/www/%E0%A4%A.js", "/%2fetc/passwd"]) {
    assert.equal((await fetch(new URL(path, demo.url))).status, 404, path);
  }
});

test("a forged webhook changes nothing and no secret is logged or answered", async () => {
  const { demo, lines, call } = await setUp();
  const before = JSON.stringify((await call("/api/session")).body.conversations);
  const forged = await fetch(new URL("/twilio/inbound", demo.url), {
    method: "POST", body: new URLSearchParams({ MessageSid: "SM1", From: "whatsapp:+15550109913", To: "whatsapp:+12025550142", Body: "Hello" }),
    headers: { "x-twilio-signature": "AAAAAAAAAAAAAAAAAAAAAAAAAAA=" },
  });
  assert.equal(forged.status, 403);
  assert.equal(JSON.stringify((await call("/api/session")).body.conversations), before);
  assert.equal(lines.length, 1);
  const everything = [lines, (await call("/api/session")).body, (await call("/api/templates")).body, (await call("/stand-in/log")).body].map((part) => JSON.stringify(part)).join();
  assert.ok(demo.standIn && !everything.includes(demo.standIn.authToken));
});

test("every page is told when the clock jumps", async () => {
  const { call, events } = await setUp();
  const [first, second] = [await events(), await events()];
  const before = await first.wait("clock");
  await call("/stand-in/clock", { advanceMs: HOUR });
  for (const { wait } of [first, second]) await wait("clock", ({ nowAtMs }) => nowAtMs >= before.nowAtMs + HOUR);
});

test("a page that goes away is forgotten, and the demo closes with pages open", async () => {
  const { demo, call, events } = await setUp();
  (await events()).close();
  await events();
  await call("/stand-in/clock", { advanceMs: HOUR });
  await demo.close();
});

test("the real Twilio's way, against a stand-in: its own account, history, content pages and webhooks", async () => {
  const clock = createClock();
  const { demo: provider, call: atProvider } = await setUp({ clock });
  assert.ok(provider.standIn && provider.standInUrl);
  const { accountSid, authToken } = provider.standIn;
  const { PORT, ...env } = { PORT: "0", TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken, TWILIO_WHATSAPP_NUMBER: "whatsapp:+12025550142", PUBLIC_URL: "https://desk.example.com/" };
  const config = configOf(env);
  assert.ok(config.twilio);
  const twilio = { ...config.twilio, baseUrl: provider.standInUrl, contentUrl: provider.standInUrl };
  const { call, sendText, lines } = await setUp({ ...config, port: Number(PORT), twilio, pageSize: 3, clock });

  const { body } = await call("/api/session");
  assert.equal(body.standIn, false);
  const byPhone = (/** @type {string} */ phone) => body.conversations.find((/** @type {any} */ one) => one.customer.phone === phone);
  assert.equal(byPhone("+15550109911").messages.length, 3);
  assert.equal(byPhone("+15550109913"), undefined, "older than the window");
  assert.equal((await call("/api/templates")).body.templates.length, 25);
  assert.equal((await call("/stand-in/log")).status, 404);

  const sent = await sendText(byPhone("+15550109911").id, "From the other desk.");
  assert.equal(sent.status, 200);
  const [entry] = (await atProvider("/stand-in/log")).body.entries.filter((/** @type {any} */ one) => one.sid === sent.body.id);
  assert.equal(entry.text, "From the other desk.");
  assert.equal(lines.join().includes(authToken), false);
});

test("webhooks signed for the public address are accepted behind it", async () => {
  const clock = createClock();
  const { demo: provider } = await setUp({ clock });
  assert.ok(provider.standIn && provider.standInUrl);
  const { accountSid, authToken } = provider.standIn;
  const twilio = { accountSid, authToken, number: "+12025550142", baseUrl: provider.standInUrl, contentUrl: provider.standInUrl };
  const { demo, call } = await setUp({ twilio, publicUrl: "https://desk.example.com/hooks", clock });
  const { post } = await import("../../www/demo/stand-in/webhooks.js");
  const parameters = { MessageSid: `SM${"7".repeat(32)}`, AccountSid: accountSid, From: "whatsapp:+15550109944", To: "whatsapp:+12025550142", Body: "New here", NumMedia: "0", MessageType: "text", SmsStatus: "received", ProfileName: "Ines" };
  const forwarded = (/** @type {any} */ _url, /** @type {RequestInit} */ init) => fetch(new URL("/twilio/inbound", demo.url), init);
  assert.equal(await post({ url: "https://desk.example.com/hooks/twilio/inbound", authToken, parameters, fetch: /** @type {any} */ (forwarded) }), 200);
  const { body } = await call("/api/session");
  const ines = body.conversations.find((/** @type {any} */ one) => one.customer.phone === "+15550109944");
  assert.deepEqual([ines.name, ines.messages[0].text, ines.state.customer.length], ["Ines", "New here", 1]);
});

test("with a wrong token windows begin as unknown, and a line says so", async () => {
  const { demo: provider } = await setUp();
  assert.ok(provider.standIn && provider.standInUrl);
  const authToken = "0".repeat(32);
  const twilio = { accountSid: provider.standIn.accountSid, authToken, number: "+12025550142", baseUrl: provider.standInUrl, contentUrl: provider.standInUrl };
  const { call, lines } = await setUp({ twilio, publicUrl: "https://desk.example.com" });
  assert.deepEqual(lines, ["history not read (provider-unauthorized): windows begin as unknown"]);
  assert.deepEqual([(await call("/api/templates")).status, (await call("/api/templates")).body.providerCode], [502, 20003]);
});

test("the environment: all of an account or none of it", () => {
  assert.deepEqual(configOf({}), { port: 8063, standInPort: 8064 });
  assert.equal(configOf({ REPLY_WINDOW_LENGTH_HOURS: "48" }).windowLengthMs, 48 * HOUR);
  for (const env of [{ TWILIO_ACCOUNT_SID: "AC" }, { PORT: "x" }, { REPLY_WINDOW_LENGTH_HOURS: "-1" }, { REPLY_WINDOW_LENGTH_HOURS: "a day" }]) assert.throws(() => configOf(env));
  assert.throws(() => configOf({ TWILIO_AUTH_TOKEN: "very-secret" }), (/** @type {Error} */ error) => !error.message.includes("very-secret") && error.message.includes("PUBLIC_URL"));
});
