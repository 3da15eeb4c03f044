// @ts-check
// One captured request makes one event: whatever else fits under its signature makes nothing, and nothing genuine is lost.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import twilio from "twilio";
import { windowKeys } from "../../www/engine/on-server.js";
import { createReceiver, memoryStore } from "../../www/server/index.js";
import { randomFrom } from "../support/random.mjs";
import { BUSINESS, HOUR, INBOUND, PHONE, REFUSED, T0, TOKEN, URL_INBOUND, inbound, setUp, statusOf, webhook, windowsOf } from "../support/webhooks.mjs";

/** @typedef {Record<string, string>} Form */

const signatureOf = (/** @type {Form} */ form, url = URL_INBOUND) => twilio.getExpectedTwilioSignature(TOKEN, url, form);

/** Other parameters under the signature of `form`: the two sign the same text. @param {Form} form @param {Form} cut @param {string} [url] */
const recut = (form, cut, url = URL_INBOUND) => {
  assert.equal(signatureOf(cut, url), signatureOf(form), "not a cut of the same text");
  return webhook(cut, { signature: signatureOf(form), url });
};

/** @param {Form} form @param {string[]} names */
const without = (form, ...names) => Object.fromEntries(Object.entries(form).filter(([name]) => !names.includes(name)));

/** @param {Form} form @param {string} into the parameter that swallows those that are signed behind it @param {string[]} names */
const swallowed = (form, into, ...names) => ({ ...without(form, ...names), [into]: form[into] + names.map((name) => name + form[name]).join("") });

const { ExternalUserId: _, ...TEXT } = INBOUND;
const AFTER_SID = ["MessageType", "MessagingServiceSid", "NumMedia"];

/** Attacks that were seen. Each: what was captured, what is made of it, whose window. @type {[string, Form, Form, string?][]} */
const SEEN = [
  ["an old message under a new id", TEXT, swallowed(TEXT, "MessageSid", ...AFTER_SID)],
  ["a reaction becomes a text", { ...TEXT, MessageType: "reaction" }, swallowed({ ...TEXT, MessageType: "reaction" }, "MessageSid", "MessageType")],
  (() => {
    const written = { ...TEXT, Body: "look: Fromwhatsapp:+15550107777Label" };
    return /** @type {[string, Form, Form, string]} */ (["a message of somebody else", written,
      { ...TEXT, Body: "look: ", From: "whatsapp:+15550107777", Label: `From${TEXT.From}` }, "+15550107777"]);
  })(),
  ["a refusal under a new id", REFUSED, swallowed(REFUSED, "MessageSid", "MessageStatus", "MessagingServiceSid")],
];

for (const shapes of /** @type {const} */ (["report", "refuse"])) {
  for (const [name, genuine, cut, victim] of SEEN) {
    test(`${name}: nothing new after 30 hours, told and answered 200 (shapes: ${shapes})`, async () => {
      let now = T0;
      const { store, receiver, calls, reports } = setUp({ now: () => now, shapes });
      assert.equal((await receiver.fetch(webhook(genuine))).status, 200);
      const before = JSON.stringify([await windowsOf(store), calls.length]);
      assert.deepEqual(reports, []);
      now += 30 * HOUR;
      const response = await receiver.fetch(recut(genuine, cut));
      assert.deepEqual([response.status, /<Response><\/Response>$/.test(await response.text())], [200, true]);
      assert.equal(JSON.stringify([await windowsOf(store), calls.length]), before);
      if (victim) assert.equal((await statusOf(store, { phone: victim }, now)).kind, "unknown");
      const codes = shapes === "report" ? ["suspicious", "re-cut"] : ["suspicious"];
      assert.deepEqual(reports.map(({ code }) => code), codes);
      assert.deepEqual(receiver.counts(), Object.fromEntries(codes.map((code) => [code, 1])));
      assert.equal(reports.at(-1)?.webhook?.url, URL_INBOUND);
    });
  }
}

test("a part of the parameters moved into the address is cut anew too", async () => {
  let now = T0;
  const { store, receiver, reports } = setUp({ now: () => now });
  await receiver.fetch(webhook(TEXT));
  now += 30 * HOUR;
  // The account is read from the address's path; the rest is as it was.
  const address = `${URL_INBOUND}AccountSid${TEXT.AccountSid}`;
  assert.equal((await receiver.fetch(recut(TEXT, without(TEXT, "AccountSid"), address))).status, 200);
  // The whole text, with a hash of a body of the thief's choice that the customer wrote.
  const body = JSON.stringify([{ specversion: "1.0", type: "com.twilio.messaging.inbound-message.received",
    data: { messageSid: `SM${"7".repeat(32)}`, timestamp: new Date(now).toISOString(), from: "whatsapp:+15550107777", to: `whatsapp:${BUSINESS}`, body: "x" } }]);
  // No space, which an address could not hold.
  const written = { ...TEXT, ProfileName: "A", Body: `?bodySHA256=${createHash("sha256").update(body).digest("hex")}&` };
  await receiver.fetch(webhook(written));
  const text = URL_INBOUND + Object.keys(written).sort().map((name) => name + /** @type {Form} */ (written)[name]).join("");
  const headers = { "content-type": "application/json", "x-twilio-signature": signatureOf(written) };
  const windows = await windowsOf(store);
  assert.equal((await receiver.fetch(new Request(text, { method: "POST", body, headers }))).status, 200);
  assert.deepEqual(await windowsOf(store), windows);
  assert.deepEqual(reports.map(({ code }) => code), ["re-cut", "re-cut"]);
  assert.equal((await statusOf(store, { phone: "+15550107777" }, now)).kind, "unknown");
});

test("a whole form that a customer wrote into a text holds every shape, and still makes nothing new", async () => {
  const { store, receiver, reports } = setUp({ shapes: "refuse" });
  const forged = { From: "whatsapp:+15550107777", MessageSid: `SM${"9".repeat(32)}`, To: String(TEXT.To) };
  const written = { ...TEXT, Body: `Hi ${Object.entries(forged).flat().join("")}Zz` };
  await receiver.fetch(webhook(written));
  const before = await windowsOf(store);
  const behind = Object.keys(written).sort().filter((name) => name > "Body").map((name) => name + /** @type {Form} */ (written)[name]).join("");
  const { AccountSid = "", ApiVersion = "" } = TEXT;
  await receiver.fetch(recut(written, { AccountSid, ApiVersion, Body: "Hi ", ...forged, Zz: behind }));
  assert.deepEqual(await windowsOf(store), before);
  assert.deepEqual(reports.map(({ code }) => code), ["re-cut"]);
});

test("what was not recorded is recorded when it is repeated, and a cut in between takes nothing away", async () => {
  const store = memoryStore();
  let down = true;
  const { receiver, reports } = setUp({ store: { ...store, merge: async (keys, state) => (down ? Promise.reject(new Error("down")) : store.merge(keys, state)) } });
  assert.equal((await receiver.fetch(webhook(TEXT))).status, 500);
  const [, , cut] = SEEN[0] ?? [];
  assert.equal((await receiver.fetch(recut(TEXT, cut ?? {}))).status, 200);
  assert.deepEqual(await windowsOf(store), []);
  assert.equal(reports.at(-1)?.code, "re-cut");
  down = false;
  assert.equal((await receiver.fetch(webhook(TEXT))).status, 200);
  assert.equal((await statusOf(store, PHONE, T0)).kind, "open");
});

test("a repetition counts from its first arrival, even where the window was forgotten meanwhile", async () => {
  let now = T0;
  const store = memoryStore({ maxWindows: 1 });
  const { receiver } = setUp({ now: () => now, store });
  await receiver.fetch(webhook(TEXT));
  await receiver.fetch(webhook({ ...TEXT, MessageSid: "SM2", From: "whatsapp:+15550109912", WaId: "15550109912" }));
  assert.equal(await store.read(windowKeys({ business: BUSINESS, customer: PHONE })), undefined);
  now += 30 * HOUR;
  await receiver.fetch(webhook(TEXT));
  const status = await statusOf(store, PHONE, now);
  assert.deepEqual([status.kind, status.openedAtMs], ["closed", T0]);
});

test("the same message by another signature counts from when it was first seen", async () => {
  let now = T0;
  const store = memoryStore({ maxWindows: 1 });
  const { receiver } = setUp({ now: () => now, store });
  await receiver.fetch(webhook(TEXT));
  await receiver.fetch(webhook({ ...TEXT, MessageSid: "SM2", From: "whatsapp:+15550109912", WaId: "15550109912" }));
  now += 30 * HOUR;
  await receiver.fetch(webhook({ ...TEXT, ErrorCode: "11200", ErrorUrl: URL_INBOUND }));
  assert.deepEqual([(await statusOf(store, PHONE, now)).openedAtMs], [T0]);
});

for (const [offset, kind] of /** @type {const} */ ([[-1, "closed"], [0, "closed"], [1, "open"]])) {
  test(`30 days ${offset} ms after it was accepted a form that comes again is ${kind === "open" ? "a new message: it carries no time" : "known"}`, async () => {
    let now = T0;
    const { store, receiver } = setUp({ now: () => now, store: memoryStore({ maxWindows: 1 }) });
    await receiver.fetch(webhook(TEXT));
    await receiver.fetch(webhook({ ...TEXT, MessageSid: "SM2", From: "whatsapp:+15550109912", WaId: "15550109912" }));
    now += 30 * 24 * HOUR + offset;
    await receiver.fetch(webhook(TEXT));
    assert.equal((await statusOf(store, PHONE, now)).kind, kind);
  });
}

test("the memory of signatures is bounded in bytes, and says so once per round", async () => {
  const store = memoryStore({ maxReplayBytes: 16_000 });
  let full = 0;
  for (let count = 0; count < 200; count += 1) {
    const fingerprint = createHash("sha256").update(`${count}`).digest("base64");
    const accepted = await store.accept({ fingerprint, digest: "d".repeat(44), ids: [`${BUSINESS}/SM${count}`], atMs: T0 + count });
    assert.equal(accepted.kind, "new");
    full += Number(accepted.full ?? false);
  }
  assert.ok(full > 5 && full < 60, `${full}`);
  const tiny = setUp({ store: memoryStore({ maxReplayBytes: 1 }) });
  assert.equal((await tiny.receiver.fetch(webhook(TEXT))).status, 200);
  assert.deepEqual(tiny.reports.map(({ code }) => code), ["replay-memory-full"]);
  assert.equal((await statusOf(tiny.store, PHONE, T0)).kind, "open");
});

test("a host that throws at a report loses nothing", async () => {
  const store = memoryStore();
  const lines = /** @type {string[]} */ ([]);
  const receiver = createReceiver({ keys: [TOKEN], store, now: () => T0, log: (line) => lines.push(line), onReport: () => { throw new Error(TOKEN); } });
  assert.equal((await receiver.fetch(webhook(inbound({ MessageSid: "SM1" })))).status, 200);
  await Promise.resolve();
  assert.deepEqual(await windowsOf(store), []);
  assert.equal(lines.join().includes(TOKEN) || lines.join().includes("+1555"), false, lines.join());
  assert.match(lines[0] ?? "", /^webhook: suspicious shape-broken MessageSid/);
  assert.throws(() => createReceiver(/** @type {any} */ ({ keys: [TOKEN], store, shapes: "ask" })), { code: "unknown-name", field: "shapes" });
  assert.throws(() => createReceiver(/** @type {any} */ ({ keys: [TOKEN], store: { ...store, accept: undefined } })), { code: "wrong-type", field: "store.accept" });
});

/** Forms of the corpus, as they are signed. */
const { cases } = JSON.parse(readFileSync(new URL("../vectors/genuine.json", import.meta.url), "utf8"));
/** @type {Form[]} */
const GENUINE = cases.filter((/** @type {any} */ { input }) => input.parameters?.length > 0)
  .map((/** @type {any} */ { input }) => Object.fromEntries(input.parameters.map((/** @type {any} */ { name, value }) => [name, value])));

test("no genuine kind of webhook is refused or told, and a first message of an unknown customer always opens", async () => {
  let opened = 0;
  for (const form of GENUINE) {
    const { store, receiver, reports } = setUp({ shapes: "refuse" });
    assert.equal((await receiver.fetch(webhook(form))).status, 200);
    assert.deepEqual(reports, [], JSON.stringify(form));
    const [window] = await windowsOf(store);
    if (window?.state.customer.length) opened += 1;
  }
  assert.ok(opened > 20, `${opened}`);
});

/** Names at which a thief would cut. */
const NAMES = ["Body", "From", "To", "MessageSid", "SmsSid", "SmsMessageSid", "MessageStatus", "SmsStatus", "ErrorCode", "WaId", "NumMedia", "MessageType", "EventType", "Author", "DateCreated", "Label", "AccountSid", "ProfileName"];

/**
 * Forms that sign the same text: each place where a known name stands may begin a parameter, if the order stays that of
 * signing. A cut takes one such place more or less, or two.
 *
 * @param {Form} form
 */
function* cuts(form) {
  const pairs = Object.entries(form).sort(([a], [b]) => (a < b ? -1 : 1));
  const ends = [...new Set([...NAMES, ...Object.keys(form)])];
  const valid = (/** @type {[string, string][]} */ list) => list.every(([name], at) => at === 0 || String(list[at - 1]?.[0]) < name);
  for (let at = 0; at < pairs.length; at += 1) {
    const [name, value] = /** @type {[string, string]} */ (pairs[at]);
    // Swallow the following one, two or three.
    for (let count = 1; count <= 3 && at + count < pairs.length; count += 1) {
      yield pairs.toSpliced(at, count + 1, [name, value + pairs.slice(at + 1, at + count + 1).flat().join("")]);
    }
    // Begin another parameter inside the value.
    for (const other of ends) {
      const place = value.indexOf(other);
      if (place < 0) continue;
      const split = pairs.toSpliced(at, 1, [name, value.slice(0, place)], [other, value.slice(place + other.length)]);
      if (valid(split)) yield split;
      const next = pairs[at + 1];
      if (!next) continue;
      const further = pairs.toSpliced(at, 2, [name, value.slice(0, place)], [other, value.slice(place + other.length) + next.join("")]);
      if (valid(further)) yield further;
    }
  }
}

const SEED = 20_261_129;

test("all cuts of all genuine forms and of random customers' texts: no second event", async (t) => {
  const random = randomFrom(SEED);
  const pick = (/** @type {readonly string[]} */ list) => String(list[random(list.length)]);
  const values = ["whatsapp:+15550107777", `SM${"9".repeat(32)}`, "received", "delivered", "63016", "0", "text", "onMessageAdded", "+15550107777", ""];
  const written = Array.from({ length: 60 }, () => ({ ...TEXT, Body: Array.from({ length: 3 }, () => pick(NAMES) + pick(values)).join(pick(["", " ", "x"])) }));
  let count = 0;
  for (const form of [...GENUINE, ...written]) {
    let now = T0;
    const { store, receiver, calls, reports } = setUp({ now: () => now, shapes: "report" });
    await receiver.fetch(webhook(form));
    const before = JSON.stringify([await windowsOf(store), calls.length]);
    now += 30 * HOUR;
    for (const cut of cuts(form)) {
      const sent = Object.fromEntries(cut);
      if (Object.keys(sent).length !== cut.length || signatureOf(sent) !== signatureOf(form)) continue;
      count += 1;
      assert.equal((await receiver.fetch(webhook(sent, { signature: signatureOf(form) }))).status, 200);
      assert.equal(JSON.stringify([await windowsOf(store), calls.length]), before, JSON.stringify(sent));
      assert.equal(reports.at(-1)?.code, "re-cut");
    }
  }
  t.diagnostic(`${count} cuts, seed ${SEED}`);
  assert.ok(count > 2_000, `${count}`);
});
