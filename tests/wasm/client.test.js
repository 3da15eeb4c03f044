// @ts-check
// The desktop's side of the service, against the service itself: query, then stream; what fails, what is late, what time it is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { windowService } from "../../www/client/client.js";
import { createParser } from "../../www/client/event-stream.js";
import { createSchedule } from "../../www/client/schedule.js";
import { createServerTime } from "../../www/client/server-time.js";
import { policyFor } from "../../www/engine/session.js";
import { BUSINESS, HOUR, PHONE, T0, inbound, webhook } from "../support/webhooks.mjs";
import { OTHER, OTHER_BUSINESS, PUBLIC, READER, serviceFor } from "../support/service.mjs";
import { until } from "../support/until.mjs";

const MINUTE = 60_000;
const sid = (/** @type {number} */ number) => `SM${String(number).padStart(32, "0")}`;
/** @param {number} number @param {number} [customer] */
const message = (number, customer = 9911) => webhook(inbound({
  MessageSid: sid(number), SmsSid: sid(number), SmsMessageSid: sid(number), From: `whatsapp:+1555010${customer}`, WaId: `1555010${customer}`, ExternalUserId: `whatsapp:NL.720394481726${customer}`,
}), { url: `${PUBLIC}/twilio/inbound` });
const conversation = { id: "42", business: BUSINESS, customer: PHONE };

/** What the service has asked of other threads, which take as long as the machine likes. */
let elsewhere = 0;
for (const name of /** @type {const} */ (["digest", "sign", "encrypt", "decrypt", "importKey"])) {
  const real = /** @type {any} */ (crypto.subtle[name]).bind(crypto.subtle);
  crypto.subtle[name] = async (/** @type {unknown[]} */ ...given) => {
    elsewhere += 1;
    return real(...given).finally(() => (elsewhere -= 1));
  };
}

/** Time that passes by the test alone; the service's and the desktop's, and a desktop's clock that is set wrong. */
const world = (skewMs = 0) => {
  let nowMs = T0;
  let sleptMs = 0;
  /** @type {Map<object, { callback: () => void, atMs: number }>} */
  const timers = new Map();
  /** What is on its way between desktop and service takes a few turns, and no time. */
  const settle = async () => {
    for (let turn = 0; turn < 12; turn = elsewhere > 0 ? 0 : turn + 1) await new Promise((resolve) => setTimeout(resolve));
  };
  return {
    timers,
    server: () => nowMs,
    now: () => nowMs + skewMs,
    monotonic: () => nowMs - T0 - sleptMs,
    timer: {
      set(/** @type {() => void} */ callback, /** @type {number} */ ms) {
        const id = {};
        timers.set(id, { callback, atMs: nowMs + ms });
        return id;
      },
      clear: (/** @type {object} */ id) => void timers.delete(id),
    },
    /** @param {number} ms */
    async pass(ms) {
      const endMs = nowMs + ms;
      for (;;) {
        await settle();
        const [next] = [...timers].filter(([, { atMs }]) => atMs <= endMs).sort(([, a], [, b]) => a.atMs - b.atMs);
        if (!next) break;
        timers.delete(next[0]);
        nowMs = Math.max(nowMs, next[1].atMs);
        next[1].callback();
      }
      nowMs = endMs;
      await settle();
    },
    /** The computer sleeps: its monotonic clock stands still. @param {number} ms */
    sleep(ms) {
      nowMs += ms;
      sleptMs += ms;
    },
  };
};

/** A desktop and a service. @param {{ skewMs?: number, token?: string, through?: (request: Request, answer: () => Promise<Response>) => Promise<Response> }} [options] */
const desktop = async ({ skewMs = 0, token = READER, through = (_, answer) => answer() } = {}) => {
  const time = world(skewMs);
  const served = await serviceFor({ now: time.server });
  /** @type {string[]} */
  const asked = [];
  /** @type {string[]} */
  const connections = [];
  /** @type {any[]} */
  const errors = [];
  /** As long as it is not answered a request is held by who asks; one that nobody holds would not hear that it is given up. @type {Set<Request>} */
  const open = new Set();
  const client = windowService({
    url: `${PUBLIC}/`, token: async () => token, now: time.now, monotonic: time.monotonic, timer: time.timer,
    onConnection: (connection) => connections.push(connection), onError: (error) => errors.push(error),
    fetch: async (input, init) => {
      const request = new Request(input, init);
      asked.push(`${request.method} ${new URL(request.url).pathname}`);
      open.add(request);
      return through(request, () => served.fetch(request)).finally(() => open.delete(request));
    },
  });
  return { time, client, asked, connections, errors, ...served, end: async () => (client.close(), served.service.close()) };
};

/** @param {import("../../www/client/client.js").WindowService} client @param {any} [one] */
const following = (client, one = conversation) => {
  /** @type {any[]} */
  const told = [];
  const stop = client.follow(one, (known) => told.push(known));
  return { told, stop, kinds: () => told.map(({ status }) => status.kind) };
};

test("a window is told as it is, when the customer writes, and when only time passes", async () => {
  const { time, client, fetch, connections, asked, end } = await desktop();
  const unheard = following(client);
  await time.pass(100);
  await until("the first word", () => unheard.told.length > 0);
  assert.deepEqual([unheard.kinds(), unheard.told[0].conversation], [["unknown"], conversation]);
  await until("a stream", () => connections.includes("live"));
  assert.equal(asked.filter((one) => one === "GET /stream").length, 1);
  await fetch(message(1));
  await until("the change", () => unheard.told.length > 1);
  assert.equal(unheard.kinds().at(-1), "open");
  await end();
  const later = await desktop();
  await later.fetch(message(1));
  later.time.sleep(22 * HOUR + 55 * MINUTE);
  const { told, kinds } = following(later.client);
  await later.time.pass(100);
  await until("the first word", () => told.length > 0);
  const { nextChangeAtMs, closesAtMs } = told.at(-1).status;
  await later.time.pass(nextChangeAtMs - later.time.server() - 1_000);
  assert.equal(kinds().at(-1), "open");
  await later.time.pass(1_000);
  assert.equal(kinds().at(-1), "closing");
  await later.time.pass(closesAtMs - later.time.server() - 1_000);
  assert.equal(kinds().at(-1), "closing");
  await later.time.pass(1_000);
  assert.equal(kinds().at(-1), "closed");
  await later.end();
});

test("where the service has a policy of its own the desktop judges by it, also when only time passes", async () => {
  const { server, now, monotonic, timer, pass } = world();
  const policy = { ...policyFor("whatsapp"), lengthMs: 2 * HOUR, warningMs: 10 * MINUTE };
  const { service, fetch } = await serviceFor({ now: server, policies: { whatsapp: policy } });
  await fetch(message(1));
  /** @type {[string, number | undefined][]} */
  const told = [];
  const policies = new Set();
  const windows = windowService({ url: PUBLIC, token: READER, fetch: (input, init) => service.fetch(new Request(input, init)), now, monotonic, timer });
  windows.watch([conversation], ({ status, policy: theirs }) => (policies.add(theirs?.lengthMs), told.push([status.kind, status.closesAtMs])));
  await pass(MINUTE);
  const closes = T0 + 2 * HOUR - policy.marginMs;
  assert.deepEqual(told.at(-1), ["open", closes]);
  await pass(closes - server() - MINUTE);
  assert.equal(told.at(-1)?.[0], "closing");
  await pass(2 * MINUTE);
  assert.equal(told.at(-1)?.[0], "closed");
  assert.deepEqual([...policies], [2 * HOUR], "it is told, for who judges by himself");
  windows.close();
  await service.close();
});

test("10,000 conversations: ten questions, one timer, one stream", async () => {
  const { time, client, asked, connections, fetch, end } = await desktop();
  const list = Array.from({ length: 10_000 }, (_, place) => ({ business: BUSINESS, customer: { phone: `+1555${String(2_000_000 + place)}` } }));
  let told = 0;
  let last;
  client.watch([...list, conversation], (known) => ((told += 1), (last = known)));
  await time.pass(100);
  await until("all of them", () => told >= 10_001);
  await until("a stream", () => connections.includes("live"));
  assert.equal(asked.filter((one) => one === "POST /windows/query").length, 11);
  assert.equal(asked.filter((one) => one === "GET /stream").length, 1);
  assert.equal(time.timers.size, 1);
  await fetch(message(1));
  await until("the one that changed", () => told > 10_001);
  assert.deepEqual([told, last?.conversation], [10_002, conversation]);
  await end();
});

test("a service that is gone and comes back: polling meanwhile, and nothing is missed", async () => {
  let isGone = false;
  const { time, client, connections, errors, fetch, end } = await desktop({ through: async (_, answer) => {
    if (isGone) throw new TypeError("fetch failed");
    return answer();
  } });
  const { told, kinds } = following(client);
  await time.pass(100);
  await until("live", () => connections.includes("live"));
  await until("the first word", () => told.length > 0);
  isGone = true;
  // Nothing comes for three quarters of a minute: dead.
  await time.pass(70_000);
  await until("offline", () => connections.includes("offline"));
  const failures = errors.length;
  await time.pass(5 * MINUTE);
  assert.equal(errors.length, failures, "what goes on failing is not told again and again");
  await fetch(message(1));
  isGone = false;
  // In small steps: what answers in real time is not to be overtaken by the clock that is wound here.
  await until("live again", async () => (await time.pass(100), connections.at(-1) === "live"));
  await until("the change", () => kinds().at(-1) === "open");
  await end();
});

test("a stream that begins long after the first answer misses nothing of what was between", async () => {
  let isLate = true;
  const { time, client, connections, fetch, end } = await desktop({ through: async (request, answer) => {
    while (request.url.endsWith("/stream") && isLate) await new Promise((resolve) => setTimeout(resolve));
    return answer();
  } });
  const { told, kinds } = following(client);
  await time.pass(100);
  await until("the first word", () => told.length > 0);
  assert.deepEqual(kinds(), ["unknown"]);
  await fetch(message(1));
  isLate = false;
  await until("a stream", () => connections.includes("live"));
  await until("the change", () => kinds().at(-1) === "open");
  await end();
});

test("tabs whose credentials are limited to other addresses of ours have a stream each, and are told", async (context) => {
  /** @type {Map<string, Promise<unknown>>} */
  const held = new Map();
  const locks = { request(/** @type {string} */ name, /** @type {unknown} */ _, /** @type {() => Promise<unknown>} */ work) {
    const next = (held.get(name) ?? Promise.resolve()).then(work);
    held.set(name, next);
    return next;
  } };
  const before = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  Object.defineProperty(globalThis, "navigator", { value: { locks }, configurable: true });
  context.after(() => (before ? Object.defineProperty(globalThis, "navigator", before) : Reflect.deleteProperty(globalThis, "navigator")));
  const time = world();
  const served = await serviceFor({ now: time.server });
  /** @param {string} token @param {string} business */
  const tab = (token, business) => {
    const client = windowService({ url: PUBLIC, token, now: time.now, monotonic: time.monotonic, timer: time.timer, onError: () => {}, fetch: (input, init) => served.fetch(new Request(input, init)) });
    return { client, ...following(client, { id: business, business, customer: PHONE }) };
  };
  const limited = tab(OTHER, OTHER_BUSINESS);
  await time.pass(100);
  const another = tab(READER, BUSINESS);
  await time.pass(100);
  for (const [number, business, { told, kinds }] of /** @type {[number, string, typeof limited][]} */ ([[1, OTHER_BUSINESS, limited], [2, BUSINESS, another]])) {
    await until("the first word", () => told.length > 0);
    await served.fetch(webhook(inbound({ MessageSid: sid(number), SmsSid: sid(number), SmsMessageSid: sid(number), To: `whatsapp:${business}` }), { url: `${PUBLIC}/twilio/inbound` }));
    await until("the change", () => kinds().at(-1) === "open", 1_000);
  }
  for (const { client } of [limited, another]) client.close();
  await served.service.close();
});

test("where streams are held up the service is asked now and then", async () => {
  const { time, client, connections, fetch, asked, end } = await desktop({ through: async (request, answer) => {
    if (!request.url.endsWith("/stream")) return answer();
    // A proxy that keeps everything until it is over.
    return new Promise((_, reject) => request.signal.addEventListener("abort", () => reject(request.signal.reason)));
  } });
  const { told, kinds } = following(client);
  await time.pass(100);
  await until("the first word", () => told.length > 0);
  assert.deepEqual(connections, ["polling"]);
  await fetch(message(1));
  await time.pass(16_000);
  await until("the change", () => kinds().at(-1) === "open");
  const before = asked.filter((one) => one.endsWith("/stream")).length;
  await time.pass(10 * MINUTE);
  const tries = asked.filter((one) => one.endsWith("/stream")).length - before;
  assert.ok(tries > 5 && tries < 60, `${tries} tries in ten minutes`);
  await end();
});

test("one conversation of an address of ours that the token may not ask about takes no other with it, and is told of once", async () => {
  const { time, client, errors, fetch, end } = await desktop({ token: OTHER });
  await fetch(webhook({ ...inbound(), To: `whatsapp:${OTHER_BUSINESS}` }, { url: `${PUBLIC}/twilio/inbound` }));
  const mine = { ...conversation, business: OTHER_BUSINESS };
  const [own, others] = [following(client, mine), following(client)];
  await time.pass(5 * MINUTE);
  await until("both are told", () => own.told.length > 0 && others.told.length > 0);
  assert.deepEqual([own.kinds().at(-1), others.kinds().at(-1), errors.map(({ code }) => code)], ["open", "unknown", ["service-unauthorized"]]);
  client.resume();
  await time.pass(MINUTE);
  assert.equal(errors.length, 1);
  await end();
});

test("a token that is refused is told once, as such", async () => {
  const { time, client, errors, connections, end } = await desktop({ through: async () => new Response("{}", { status: 401 }) });
  following(client);
  await time.pass(5 * MINUTE);
  assert.deepEqual([errors.map(({ code }) => code), connections], [["service-unauthorized"], ["offline"]]);
  assert.match(String(errors[0]?.message), /^the window service answered 401: `token` is none .* the first word of its line$/);
  await end();
});

test("what is no longer followed is no longer told, and what is no conversation is refused at once", async () => {
  const { time, client, fetch, connections, end } = await desktop();
  const { told, stop } = following(client);
  const other = following(client);
  await time.pass(100);
  await until("live", () => connections.includes("live") && told.length > 0 && other.told.length > 0);
  stop();
  await fetch(message(1));
  await until("the other is told", () => other.kinds().at(-1) === "open");
  assert.equal(told.at(-1).status.kind, "unknown");
  assert.throws(() => client.follow(/** @type {any} */ ({ business: "4", customer: PHONE }), () => {}), { code: "bad-address" });
  await end();
});

for (const hours of [-3, 0, 3]) {
  test(`a clock that is ${hours} hours off: the service's time counts, as late as it may be`, async () => {
    const { time, client, end, fetch } = await desktop({ skewMs: hours * HOUR });
    await fetch(message(1));
    time.sleep(23 * HOUR + 30 * MINUTE);
    const { told } = following(client);
    await time.pass(100);
    await until("the first word", () => told.length > 0);
    assert.equal(told.at(-1).status.kind, "closing");
    assert.equal(await client.askServer(), time.server());
    const { closesAtMs } = told.at(-1).status;
    await time.pass(closesAtMs - time.server() - 1_000);
    assert.equal(told.at(-1).status.kind, "closing");
    await time.pass(1_000);
    assert.equal(told.at(-1).status.kind, "closed");
    await end();
  });
}

test("after a sleep over the end the window is closed at once", async () => {
  const { time, client, fetch, connections, end } = await desktop();
  await fetch(message(1));
  const { told, kinds } = following(client);
  await time.pass(100);
  await until("live", () => connections.includes("live") && told.length > 0);
  assert.equal(kinds().at(-1), "open");
  time.sleep(30 * HOUR);
  await time.pass(MINUTE);
  await until("closed", () => kinds().at(-1) === "closed");
  await end();
});

const clocks = () => {
  const at = { wallMs: T0, tickMs: 0 };
  return { at, time: createServerTime({ now: () => at.wallMs, monotonic: () => at.tickMs }), pass: (/** @type {number} */ ms) => ((at.wallMs += ms), (at.tickMs += ms)) };
};

test("the time at the service lies within its bound, which is half the least way there and back and grows by 50 ppm", () => {
  const { time, pass } = clocks();
  assert.equal(time.read(), undefined);
  pass(800);
  assert.ok(time.sample(5_000_000, 0, 800));
  assert.deepEqual(time.read(), { atMs: 5_000_400, boundMs: 400 });
  pass(40);
  assert.ok(time.sample(5_000_500, 800, 840));
  assert.deepEqual(time.read(), { atMs: 5_000_520, boundMs: 20 });
  pass(1_000);
  assert.ok(time.sample(5_001_100, 840, 1_840));
  assert.deepEqual(time.read(), { atMs: 5_001_520, boundMs: 21 });
  pass(1_000_000);
  assert.deepEqual(time.read(), { atMs: 6_001_520, boundMs: 71 });
});

test("an answer that somebody kept moves nothing; time that went on faster there does; a sleep forgets", () => {
  const { at, time, pass } = clocks();
  pass(10);
  time.sample(5_000_000, 0, 10);
  pass(100_000);
  assert.equal(time.sample(5_000_000, 100_000, 100_010), false);
  assert.equal(time.read()?.atMs, 5_100_005);
  assert.ok(time.sample(5_200_000, 100_000, 100_010));
  assert.equal(time.read()?.atMs, 5_200_005);
  at.wallMs += 1_001;
  assert.equal(time.read(), undefined);
  at.wallMs -= 3 * HOUR;
  assert.equal(time.read(), undefined);
});

test("what is due in more than a timer can wait is waited for in parts", () => {
  let nowMs = 0;
  /** @type {{ ms: number, ring: () => void } | undefined} */
  let set;
  const ran = /** @type {string[]} */ ([]);
  const schedule = createSchedule({
    timer: { set: (/** @type {() => void} */ ring, /** @type {number} */ ms) => ((set = { ms, ring }), 1), clear: () => (set = undefined) },
    monotonic: () => nowMs, late: () => ran.push("late"), run: (/** @type {string} */ name) => ran.push(name),
  });
  schedule.set("far", 2 ** 32);
  let waits = 0;
  while (set && waits < 20) {
    assert.ok(set.ms >= 1 && set.ms < 2 ** 31, `${set.ms}`);
    nowMs += set.ms;
    waits += 1;
    const { ring } = set;
    set = undefined;
    assert.deepEqual(ran, []);
    ring();
  }
  assert.deepEqual([ran, nowMs, waits > 2], [["far"], 2 ** 32, true]);
});

test("events are read whatever they are cut into", () => {
  const text = ": comment\r\nevent: window\r\nid: 7\r\ndata: {\"a\":\r\ndata: 1}\r\n\r\nretry: 5\n\ndata:x\n\nid\ndata: \ndata\n\n";
  const expected = [{ event: "window", id: "7", data: '{"a":\n1}' }, { event: "message", data: "x" }, { event: "message", id: "", data: "\n" }];
  for (let size = 1; size < 30; size += 1) {
    /** @type {any[]} */
    const told = [];
    const parse = createParser((event) => told.push(event));
    for (let at = 0; at < text.length; at += size) parse(text.slice(at, at + size));
    assert.deepEqual(told, expected, `in pieces of ${size}`);
  }
  assert.throws(() => createParser(() => {})("x".repeat(5 * 1024 * 1024)), /does not end/);
});

test("misuse is refused", () => {
  for (const [given, code] of /** @type {[any, string][]} */ ([
    [{ url: "windows", token: "a" }, "bad-url"], [{ url: "ftp://a", token: "a" }, "bad-url"], [{ url: PUBLIC, token: "" }, "key-empty"], [{ url: PUBLIC }, "wrong-type"],
    [{ url: PUBLIC, token: "a", tokn: 1 }, "unknown-field"],
  ])) assert.throws(() => windowService(given), { code });
});
