// @ts-check
// Outages, simulated: a stand-in for Twilio repeats as Twilio does, and what the service says afterwards is held against what happened. Webhooks: five
// times more at most and 15 seconds in all (`#rc=5&rp=all`). Event Streams: at least once, with a growing pause, for four hours. The Messages resource: asked at a restart.
// Sources: twilio.com/docs/usage/webhooks/webhooks-connection-overrides, twilio.com/docs/events/event-delivery-and-duplication.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import twilio from "twilio";
import { createClock } from "../../www/demo/clock.js";
import { createStandIn } from "../../www/demo/stand-in/stand-in.js";
import { foldEvents, mergeStates, windowKeys, windowStatus } from "../../www/engine/session.js";
import { twilioClient } from "../../www/server/index.js";
import { createHeartbeat } from "../../www/service/heartbeat.js";
import { createService } from "../../www/service/service.js";
import { memoryStore } from "../../www/stores/memory.js";
import { randomFrom, seedOf } from "../support/random.mjs";
import { BUSINESS, HOUR, T0, TOKEN, inbound, webhook } from "../support/webhooks.mjs";

const [SECOND, MINUTE] = [1_000, 60_000];
const PUBLIC = "https://windows.example.com";
const CUSTOMERS = 60;
const phone = (/** @type {number} */ number) => `+1555010${9900 + number}`;

/** When each try of one delivery is made, after the message. @type {Record<string, (random: (below: number) => number) => number[]>} */
const TRIES = {
  webhook: () => [0, 1, 3, 6, 10, 14].map((seconds) => seconds * SECOND),
  stream(random) {
    const tries = [500];
    for (let pause = SECOND; Number(tries.at(-1)) < 4 * HOUR; pause = Math.min(pause * 2, 20 * MINUTE)) tries.push(Number(tries.at(-1)) + pause / 2 + random(pause / 2));
    return tries.filter((at) => at <= 4 * HOUR);
  },
};

/** A message of a customer. @typedef {{ sid: string, from: string, atMs: number }} Message */

/** As a webhook. @param {Message} message */
const asWebhook = ({ sid, from }) =>
  webhook(inbound({ MessageSid: sid, SmsSid: sid, SmsMessageSid: sid, From: `whatsapp:${from}`, To: `whatsapp:${BUSINESS}`, WaId: from.slice(1), ExternalUserId: `whatsapp:NL.${from.slice(1)}` }), { url: `${PUBLIC}/twilio/inbound` });

/** As an event of Event Streams. @param {Message} message */
const asEvent = ({ sid, from, atMs }) => {
  const body = JSON.stringify([{
    specversion: "1.0", type: "com.twilio.messaging.inbound-message.received", source: `/2010-04-01/Accounts/AC${"0".repeat(32)}/Messages/${sid}.json`, id: `EZ${sid.slice(2)}`, time: new Date(atMs).toISOString(),
    data: { eventName: "com.twilio.messaging.inbound-message.received", accountSid: `AC${"0".repeat(32)}`, messageSid: sid, timestamp: new Date(atMs).toISOString(), from: `whatsapp:${from}`, to: `whatsapp:${BUSINESS}`, body: "a", numMedia: 0 },
  }]);
  const url = `${PUBLIC}/twilio/events?bodySHA256=${createHash("sha256").update(body).digest("hex")}`;
  const headers = { "content-type": "application/json", "x-twilio-signature": twilio.getExpectedTwilioSignature(TOKEN, url, {}) };
  return new Request(url, { method: "POST", body, headers });
};

/** @type {Record<string, (message: Message) => Request>} */
const REQUESTS = { webhook: asWebhook, stream: asEvent };

/**
 * Lets customers write before, during and after an outage, and Twilio tell it as it does.
 *
 * @param {{ outageMs: number, sources: readonly ("webhook" | "stream")[], hasResource: boolean, seed: number }} world
 */
const live = async ({ outageMs, sources, hasResource, seed }) => {
  const random = randomFrom(seed);
  let now = T0;
  const store = memoryStore({ now: () => now });
  const standIn = createStandIn({ clock: createClock({ now: () => now }), numbers: [BUSINESS], customers: [], fetch: async () => new Response() });
  const client = twilioClient({ accountSid: standIn.accountSid, authToken: standIn.authToken, baseUrl: "http://127.0.0.1:1", pauseMs: 0, fetch: async (input, init) => standIn.fetch(new Request(input, init)) });
  const heart = () => createHeartbeat({ store, now: () => now, log: () => {}, counted: () => {}, ...(hasResource ? { client, numbers: [BUSINESS] } : {}) });
  const service = await createService({ store, publicUrl: PUBLIC, now: () => now, log: () => {}, twilio: { keys: [TOKEN] } });
  const [begins, ends] = [T0 + HOUR, T0 + HOUR + outageMs];
  const until = ends + 5 * HOUR;

  /** What happens, in its order. @type {{ atMs: number, work: () => Promise<unknown> | unknown }[]} */
  const agenda = [];
  /** @type {Message[]} */
  const messages = [];
  for (let number = 0; number < CUSTOMERS * 2; number += 1) {
    const atMs = T0 + random(Math.floor(outageMs + 2 * HOUR));
    const from = phone(number % CUSTOMERS);
    messages.push({ sid: "", from, atMs });
  }
  /** @param {Message} message @param {"webhook" | "stream"} source */
  const deliver = (message, source) => {
    let isTaken = false;
    for (const after of TRIES[source]?.(random) ?? []) {
      agenda.push({ atMs: message.atMs + after, async work() {
        if (isTaken || (now >= begins && now < ends)) return;
        const request = REQUESTS[source]?.(message);
        isTaken = request !== undefined && (await service.fetch(request)).status === 200;
        assert.ok(isTaken, `${source} was not taken`);
        // At least once: some are told again.
        if (random(5) === 0) await service.fetch(/** @type {Request} */ (REQUESTS[source]?.(message)));
      } });
    }
  };
  for (const message of messages) {
    agenda.push({ atMs: message.atMs, work() {
      message.sid = standIn.account.add({ direction: "inbound", from: `whatsapp:${message.from}`, to: `whatsapp:${BUSINESS}`, status: "received", body: "a", numMedia: 0, createdAtMs: now }).sid;
    } });
    for (const source of sources) deliver(message, source);
  }
  // The process beats each minute while it is there; after the outage another one begins.
  const [first, second] = [heart(), heart()];
  for (let atMs = T0; atMs <= until; atMs += MINUTE / 2) agenda.push({ atMs, work: () => (atMs < begins ? first.tick() : atMs >= ends ? second.tick() : undefined) });
  agenda.sort((a, b) => a.atMs - b.atMs);
  for (const { atMs, work } of agenda) {
    now = Math.max(now, atMs);
    await work();
  }
  await service.close();
  return { store, messages, begins, ends, until };
};

/** What each customer's window really is, and what is told of it. @param {Awaited<ReturnType<typeof live>>} world @param {number} at */
const told = async ({ store, messages }, at) => Promise.all(Array.from({ length: CUSTOMERS }, async (_, number) => {
  const mine = messages.filter(({ from }) => from === phone(number));
  const truth = foldEvents(undefined, mine.map(({ sid, atMs }) => ({ log: /** @type {const} */ ("customer"), id: sid, kind: /** @type {const} */ ("text"), providerAtMs: atMs })));
  const known = (await store.read(windowKeys({ business: BUSINESS, customer: { phone: phone(number) } }))) ?? mergeStates([]);
  const [should, is] = [truth, known].map((state) => windowStatus(state, { now: at }));
  return { mine, should, is, lateMs: (is?.closesAtMs ?? 0) - (should?.closesAtMs ?? 0) };
}));

/** Instants at which it is asked: now, and while windows close. @param {{ until: number, begins: number }} world */
const instantsOf = ({ until, begins }) => [until, begins + 24 * HOUR, begins + 25.5 * HOUR, begins + 30 * HOUR];

const OUTAGES = /** @type {const} */ ([["10 minutes", 10 * MINUTE], ["3 hours", 3 * HOUR], ["6 hours", 6 * HOUR]]);
const seed = seedOf("OUTAGE_SEED");

for (const [name, outageMs] of OUTAGES) {
  for (const sources of /** @type {("webhook" | "stream")[][]} */ ([["webhook"], ["webhook", "stream"]])) {
    test(`after ${name}, told by ${sources.join(" and ")} and the Messages resource, every window is true`, async () => {
      const world = await live({ outageMs, sources, hasResource: true, seed });
      assert.ok(world.messages.some(({ atMs }) => atMs > world.begins && atMs < world.ends - MINUTE), "somebody wrote while nobody listened");
      for (const at of instantsOf(world)) {
        for (const { mine, should, is, lateMs } of await told(world, at)) {
          // A webhook bears no time of its own, so a repetition may come half a minute late: within the margin, and never early.
          assert.ok(lateMs > -SECOND && lateMs <= 31 * SECOND, `${lateMs} ms ${JSON.stringify({ at, should, is, mine })}`);
          if (Math.abs(at - (should?.closesAtMs ?? 0)) > MINUTE && Math.abs(at - (should?.closesAtMs ?? 0) + HOUR) > MINUTE) assert.equal(is?.kind, should?.kind);
        }
      }
    });
  }

  test(`after ${name}, told by webhook and stream alone, what is lost is what Event Streams gave up on, and no window is open that should not be`, async () => {
    const world = await live({ outageMs, sources: ["webhook", "stream"], hasResource: false, seed });
    // The last try before four hours are over may be 20 minutes before.
    const isHeard = (/** @type {Message} */ { atMs }) => atMs >= world.ends - (4 * HOUR - 20 * MINUTE) || atMs < world.begins - SECOND;
    for (const at of instantsOf(world)) {
      for (const { mine, should, is } of await told(world, at)) {
        if (is?.isOpen) assert.ok(should?.isOpen || Math.abs(at - (should?.closesAtMs ?? 0)) < MINUTE);
        const last = [...mine].sort((a, b) => b.atMs - a.atMs)[0];
        if (last && isHeard(last) && Math.abs(at - (should?.closesAtMs ?? 0)) > MINUTE) assert.equal(is?.isOpen, should?.isOpen);
      }
    }
    // Whose every message came so early in the outage that its last try was before the end.
    const isLost = (/** @type {Message} */ { atMs }) => atMs >= world.begins && atMs + 4 * HOUR < world.ends;
    const all = await told(world, world.until);
    for (const { mine, is } of all) if (mine.every(isLost)) assert.equal(is?.kind, "unknown");
    const lost = all.filter(({ is, should }) => should?.isOpen && !is?.isOpen);
    assert.ok(lost.every(({ mine }) => !mine.some(isHeard)), `${lost.length} windows`);
    if (outageMs < 4 * HOUR) assert.deepEqual(lost, []);
  });

  test(`after ${name}, told by webhook alone, windows are missing: what the README says of it`, async () => {
    const world = await live({ outageMs, sources: ["webhook"], hasResource: false, seed });
    const all = await told(world, world.until);
    for (const { is, should } of all) if (is?.isOpen) assert.ok(should?.isOpen || Math.abs(world.until - (should?.closesAtMs ?? 0)) < MINUTE);
    const alone = all.filter(({ mine }) => mine.every(({ atMs }) => atMs > world.begins && atMs < world.ends - MINUTE));
    assert.deepEqual([...new Set(alone.map(({ is }) => is?.kind))], alone.length > 0 ? ["unknown"] : []);
  });
}
