// What every store promises (www/stores/port.js), whatever it is made of. A store's own limits are its own tests' matter.

import assert from "node:assert/strict";
import { test } from "node:test";
import { randomFrom, seedOf } from "./random.mjs";
import { compactState, foldEvents, mergeStates, windowStatus } from "../../www/engine/session.js";

/** @import { WindowState } from "../../src/wire/types.d.ts" */
/** @import { SendRecord, SharedStore, SignedOnce } from "../../www/stores/port.js" */

const T0 = Date.UTC(2026, 10, 23, 12);

/** The state of a window in which the customer wrote these messages, a minute apart. @param {...string} ids @returns {WindowState} */
const wrote = (...ids) => foldEvents(
  undefined,
  ids.map((id, minute) => ({ log: "customer", id, kind: "text", providerAtMs: T0 + minute * 60_000 })),
);

/** @param {WindowState | undefined} state */
const idsOf = (state) => state?.customer.map(({ id }) => id);

/** Every window, in an order of its own: a store promises none. @param {SharedStore} store */
const windowsOf = async (store) => {
  const all = [];
  for await (const { keys, state } of store.windows()) all.push({ keys: [...keys].sort(), ids: idsOf(state) });
  return all.sort((a, b) => (String(a.keys) < String(b.keys) ? -1 : 1));
};

/** @type {Record<string, (store: SharedStore, again: () => Promise<SharedStore>) => Promise<void>>} */
const WINDOWS = {
  "a window that nobody wrote to is not there": async (store) => {
    assert.equal(await store.read(["a"]), undefined);
    assert.equal(await store.read([]), undefined);
    assert.deepEqual(await windowsOf(store), []);
  },
  "what was merged is read under each of its keys": async (store) => {
    const whole = await store.merge(["a", "b"], wrote("1"));
    assert.deepEqual(whole, wrote("1"));
    for (const keys of [["a"], ["b"], ["b", "a"], ["a", "unheard of"]]) assert.deepEqual(await store.read(keys), whole, `${keys}`);
    assert.deepEqual(await windowsOf(store), [{ keys: ["a", "b"], ids: ["1"] }]);
  },
  "a merge adds, and answers the whole": async (store) => {
    await store.merge(["a"], wrote("1"));
    const whole = mergeStates([wrote("1"), wrote("2")]);
    assert.deepEqual(await store.merge(["a"], wrote("2")), whole);
    assert.deepEqual(await store.merge(["a"], wrote("2")), whole, "said twice");
    assert.deepEqual(await store.read(["a"]), whole);
  },
  "who held the thread is kept, whichever account of an event came first": async (store, again) => {
    const other = await again();
    const parts = [
      foldEvents(undefined, [{ log: "customer", id: "1", kind: "text", providerAtMs: T0, owner: "us" }]),
      foldEvents(undefined, [{ log: "customer", id: "1", kind: "text", providerAtMs: T0 + 5, owner: "other", ownerRole: "ai-agent" }]),
      foldEvents(undefined, [{ log: "sent", id: "2", kind: "echo", providerAtMs: T0 + 10, owner: "other" }]),
      foldEvents(undefined, [{ log: "thread", id: "3", kind: "session-message", providerAtMs: T0 + 20 }]),
      foldEvents(undefined, [{ log: "thread", id: "3", kind: "session-message", providerAtMs: T0 + 25, owner: "us" }]),
      foldEvents(undefined, [{ log: "thread", id: "control-taken@9", kind: "handover", providerAtMs: T0 + 30, owner: "other", ownerRole: "escalation" }]),
      wrote("4"),
    ];
    for (const part of parts) await store.merge(["a"], part);
    for (const part of parts.toReversed()) await other.merge(["a"], part);
    const whole = mergeStates(parts);
    assert.equal(whole.thread?.length, 2);
    for (const one of [store, other]) {
      const state = await one.read(["a"]);
      assert.deepEqual(state, whole);
      assert.deepEqual(windowStatus(whole, { now: T0 + 40 }).owner, { kind: "other", role: "escalation", toldAtMs: T0 + 30 });
    }
  },
  "what the customer said of marketing is kept with how it is known, whichever word came first": async (store, again) => {
    const other = await again();
    const said = (/** @type {string} */ id, /** @type {"opt-out" | "opt-in"} */ kind, /** @type {number} */ afterMs, /** @type {any} */ toldBy) =>
      foldEvents(undefined, [{ log: "marketing", id, kind, providerAtMs: T0 + afterMs, toldBy }]);
    const parts = [said("1", "opt-out", 0, "words"), said("1", "opt-out", 5, "keyword"), said("2", "opt-in", 10, "settings"), said("3", "opt-out", 20, "refusal"), wrote("4")];
    for (const part of parts) await store.merge(["a"], part);
    for (const part of parts.toReversed()) await other.merge(["a"], part);
    const whole = mergeStates(parts);
    assert.equal(whole.marketing?.length, 3);
    for (const one of [store, other]) assert.deepEqual(await one.read(["a"]), whole);
    assert.deepEqual(windowStatus(whole, { now: T0 + 40 }).marketing, { kind: "stopped", toldAtMs: T0 + 20, toldBy: "refusal" });
  },
  "keys that come in one call name one window from then on": async (store) => {
    await store.merge(["phone"], wrote("1"));
    await store.merge(["user"], wrote("2"));
    assert.equal((await windowsOf(store)).length, 2);
    await store.merge(["phone", "user"], mergeStates([]));
    assert.deepEqual(await windowsOf(store), [{ keys: ["phone", "user"], ids: ["1", "2"] }]);
    await store.merge(["phone"], wrote("3"));
    assert.deepEqual(idsOf(await store.read(["user"])), ["1", "2", "3"]);
  },
  "a link goes as far as links go, in whatever order they come": async (store, again) => {
    const calls = /** @type {[string[], string][]} */ ([[["a", "b"], "1"], [["c", "d"], "2"], [["b", "c"], "3"], [["e"], "4"]]);
    const other = await again();
    for (const [keys, id] of calls) await store.merge(keys, wrote(id));
    for (const [keys, id] of calls.toReversed()) await other.merge(keys, wrote(id));
    const linked = [{ keys: ["a", "b", "c", "d"], ids: ["1", "2", "3"] }, { keys: ["e"], ids: ["4"] }];
    assert.deepEqual(await windowsOf(store), linked);
    assert.deepEqual(await windowsOf(other), linked);
  },
  "a read of two windows merges them for the answer and links nothing": async (store) => {
    await store.merge(["a"], wrote("1"));
    await store.merge(["b"], wrote("2"));
    assert.deepEqual(idsOf(await store.read(["a", "b"])), ["1", "2"]);
    assert.equal((await windowsOf(store)).length, 2);
  },
  "merges at the same time lose nothing": async (store) => {
    const ids = Array.from({ length: 20 }, (_, count) => `${100 + count}`);
    await Promise.all(ids.map((id, count) => store.merge(count % 2 ? ["a"] : ["a", "b"], wrote(id))));
    assert.deepEqual(idsOf(await store.read(["b"])), ids);
  },
  "a window of very many messages keeps the latest": async (store) => {
    const many = wrote(...Array.from({ length: 300 }, (_, count) => `${1000 + count}`));
    await store.merge(["a"], many);
    const kept = await store.read(["a"]);
    assert.deepEqual(kept && compactState(kept), compactState(many));
  },
  "what it was given and what it gave are not its own": async (store) => {
    const keys = ["a"];
    const state = wrote("1");
    await store.merge(keys, state);
    keys.push("b");
    state.customer.length = 0;
    assert.deepEqual([await store.read(["a"]), await store.read(["b"])], [wrote("1"), undefined]);
    for await (const window of store.windows()) window.keys.push("c");
    assert.equal(await store.read(["c"]), undefined);
  },
  "a window has at least one key": async (store) => {
    await assert.rejects(async () => store.merge([], wrote("1")), { name: "ReplyWindowError", code: "missing-field", field: "keys" });
    assert.deepEqual(await windowsOf(store), []);
  },
};

/** @param {Partial<SendRecord>} [given] @returns {SendRecord} */
const send = (given) => ({ id: "SM1", keys: ["a"], kind: "session-message", atMs: T0, ...given });

/** @type {typeof WINDOWS} */
const SENDS = {
  "a send is found by its id": async (store) => {
    await store.recordSend(send());
    await store.recordSend(send({ id: "SM2", keys: ["a", "b"], kind: "template-message" }));
    assert.deepEqual(await store.sendRecord("SM1"), send());
    assert.deepEqual(await store.sendRecord("SM2"), send({ id: "SM2", keys: ["a", "b"], kind: "template-message" }));
    assert.equal(await store.sendRecord("SM3"), undefined);
  },
  "the first word on a send stays": async (store) => {
    await store.recordSend(send());
    await store.recordSend(send({ atMs: T0 + 1, keys: ["b"] }));
    assert.deepEqual(await store.sendRecord("SM1"), send());
  },
  "a send opens no window": async (store) => {
    await store.recordSend(send());
    assert.equal(await store.read(["a"]), undefined);
  },
};

/** @param {Partial<SignedOnce>} [given] @returns {SignedOnce} */
const signed = (given) => ({ fingerprint: "f1", digest: "d1", ids: ["1"], atMs: T0, ...given });

const DAY = 24 * 3_600_000;

/** @type {typeof WINDOWS} */
const ACCEPTANCES = {
  "a signed request is new once and a repeat ever after, with the time of the first": async (store) => {
    assert.deepEqual(await store.accept(signed()), { kind: "new", atMs: T0, ids: { 1: T0 } });
    for (const atMs of [T0 + 1, T0 + 30 * DAY]) assert.deepEqual(await store.accept(signed({ atMs })), { kind: "repeat", atMs: T0, ids: { 1: T0 } });
  },
  "one signature with another digest is cut anew, and nothing of it is remembered": async (store) => {
    await store.accept(signed());
    assert.deepEqual(await store.accept(signed({ digest: "d2", ids: ["2"], atMs: T0 + 1 })), { kind: "re-cut", atMs: T0, ids: {} });
    assert.deepEqual(await store.accept(signed({ fingerprint: "f2", digest: "d2", ids: ["2"], atMs: T0 + 2 })), { kind: "new", atMs: T0 + 2, ids: { 2: T0 + 2 } });
    assert.equal((await store.accept(signed({ atMs: T0 + 3 }))).kind, "repeat", "the first digest stays");
  },
  "an id keeps its first time under another signature": async (store) => {
    await store.accept(signed());
    const later = signed({ fingerprint: "f2", ids: ["1", "2"], atMs: T0 + DAY });
    assert.deepEqual(await store.accept(later), { kind: "new", atMs: T0 + DAY, ids: { 1: T0, 2: T0 + DAY } });
  },
  "of the same request many times at once one is new": async (store) => {
    const kinds = await Promise.all(Array.from({ length: 10 }, async () => (await store.accept(signed())).kind));
    assert.deepEqual(kinds.sort(), ["new", ...Array.from({ length: 9 }, () => "repeat")]);
  },
  "an accepted request opens no window": async (store) => {
    await store.accept(signed());
    assert.deepEqual(await windowsOf(store), []);
  },
};

/** The window of one customer of ours. @param {string} who */
const keyOf = (who) => `whatsapp/+14155238886/phone:+4917012345${who}`;

const MINUTE = 60_000;

/** When a window closes that opened at `T0`, with the margin of a minute. */
const CLOSES = T0 + DAY - MINUTE;

/** @param {string} who @param {number} minute */
const wroteAt = (who, minute) => foldEvents(undefined, [{ log: "customer", id: `${who}/${minute}`, kind: "text", providerAtMs: T0 + minute * MINUTE }]);

/** Who closes, in order, page by page. @param {SharedStore} store @param {{ fromMs: number, untilMs: number, limit?: number }} range */
const queueOf = async (store, range) => {
  const found = [];
  let after;
  do {
    const page = await store.closing(after === undefined ? range : { ...range, after });
    assert.ok(page.windows.length <= (range.limit ?? 100));
    assert.ok(page.windows.length > 0 || after === undefined, "whoever is told of a further page finds something there");
    found.push(...page.windows.map(({ keys, closesAtMs }) => [keys[0]?.slice(-2), (closesAtMs - CLOSES) / MINUTE]));
    after = page.next;
  } while (after !== undefined);
  return found;
};

const ALL = { fromMs: 0, untilMs: T0 + 10 * DAY };

/** @type {typeof WINDOWS} */
const CLOSING = {
  "the first to close comes first, in pages": async (store) => {
    for (const [who, minute] of /** @type {const} */ ([["03", 3], ["01", 1], ["02", 2], ["05", 5], ["04", 4]])) await store.merge([keyOf(who)], wroteAt(who, minute));
    const queue = [["01", 1], ["02", 2], ["03", 3], ["04", 4], ["05", 5]];
    for (const limit of [1, 2, 4, 5, 6]) assert.deepEqual(await queueOf(store, { ...ALL, limit }), queue, `${limit}`);
  },
  "both ends of the span belong to it": async (store) => {
    await store.merge([keyOf("01")], wroteAt("01", 0));
    for (const [fromMs, untilMs, count] of /** @type {const} */ ([[CLOSES, CLOSES, 1], [CLOSES + 1, CLOSES + 9, 0], [CLOSES - 9, CLOSES - 1, 0]])) {
      assert.equal((await store.closing({ fromMs, untilMs })).windows.length, count);
    }
  },
  "windows that close together are each told once, in pages": async (store) => {
    const whos = Array.from({ length: 12 }, (_, who) => String(10 + who));
    for (const who of whos) await store.merge([keyOf(who)], wroteAt(who, 0));
    for (const limit of [1, 5]) assert.deepEqual((await queueOf(store, { ...ALL, limit })).map(([who]) => who).sort(), whos);
  },
  "a newer message moves a window back; a repetition with an earlier time moves it forward again": async (store) => {
    await store.merge([keyOf("01")], wroteAt("01", 0));
    const late = { log: /** @type {const} */ ("customer"), id: "late", kind: /** @type {const} */ ("text"), receiptAtMs: T0 + 9 * MINUTE };
    await store.merge([keyOf("01")], foldEvents(undefined, [late]));
    assert.deepEqual(await queueOf(store, ALL), [["01", 9]]);
    await store.merge([keyOf("01")], foldEvents(undefined, [{ ...late, receiptAtMs: T0 + 4 * MINUTE }]));
    assert.deepEqual(await queueOf(store, ALL), [["01", 4]]);
    await store.merge([keyOf("01")], foldEvents(undefined, [{ ...late, receiptAtMs: T0 + 30 * MINUTE }]));
    assert.deepEqual(await queueOf(store, ALL), [["01", 4]], "a later retry extends nothing");
  },
  "a refused window is in no queue until the customer writes again": async (store) => {
    await store.merge([keyOf("01")], wroteAt("01", 0));
    await store.merge([keyOf("01")], foldEvents(undefined, [{ log: "refused", id: "SM1", kind: "session-message", providerAtMs: T0 + MINUTE }]));
    assert.deepEqual(await queueOf(store, ALL), []);
    await store.merge([keyOf("01")], wroteAt("01", 2));
    assert.deepEqual(await queueOf(store, ALL), [["01", 2]]);
  },
  "a window of a channel that nobody knows is in no queue and holds up no other": async (store) => {
    await Promise.all([store.merge(["pigeon/home/phone:+1"], wroteAt("09", 0)), store.merge([keyOf("01")], wroteAt("01", 1))]);
    assert.deepEqual(await queueOf(store, ALL), [["01", 1]]);
    assert.deepEqual(idsOf(await store.read(["pigeon/home/phone:+1"])), ["09/0"]);
  },
  "what is no state is refused, and what came with it is not": async (store) => {
    const wrong = /** @type {any} */ ({ version: 1, customer: [{ id: 7 }], refused: [], sent: [] });
    const [bad, good] = await Promise.allSettled([store.merge([keyOf("02")], wrong), store.merge([keyOf("01")], wroteAt("01", 1))]);
    assert.deepEqual([bad.status, good.status], ["rejected", "fulfilled"]);
    assert.deepEqual([await store.read([keyOf("02")]), await queueOf(store, ALL)], [undefined, [["01", 1]]]);
  },
  "linked windows are one in the queue": async (store) => {
    await store.merge([keyOf("01")], wroteAt("01", 1));
    await store.merge([keyOf("02")], wroteAt("02", 2));
    await store.merge([keyOf("02"), keyOf("01")], mergeStates([]));
    assert.deepEqual((await queueOf(store, ALL)).map(([, minute]) => minute), [2]);
  },
};

/** Everything that changed after a position. @param {SharedStore} store @param {string} after @param {number} [limit] */
const changedAfter = async (store, after, limit = 2) => {
  /** @type {string[][]} */
  const keys = [];
  for (let page; ; after = page.cursor) {
    page = await store.changes(after, limit);
    assert.equal(page.missed, false);
    assert.ok(page.changes.length <= limit);
    if (page.changes.length === 0) return { keys, cursor: page.cursor };
    keys.push(...page.changes.map((change) => [...change.keys].sort()));
  }
};

/** @type {typeof WINDOWS} */
const CHANGES = {
  "who follows from a position on is told each change, in pages": async (store) => {
    const { cursor } = await store.changes();
    assert.deepEqual((await changedAfter(store, cursor)).keys, []);
    for (const who of ["01", "02", "03"]) await store.merge([keyOf(who)], wroteAt(who, 0));
    assert.deepEqual((await changedAfter(store, cursor)).keys.sort(), [[keyOf("01")], [keyOf("02")], [keyOf("03")]]);
  },
  "a repetition is no change; a link is one, of all its keys": async (store) => {
    await store.merge([keyOf("01")], wroteAt("01", 0));
    const { cursor } = await store.changes();
    await store.merge([keyOf("01")], wroteAt("01", 0));
    assert.deepEqual((await changedAfter(store, cursor)).keys, []);
    await store.merge([keyOf("01"), keyOf("02")], wroteAt("01", 0));
    assert.deepEqual((await changedAfter(store, cursor)).keys, [[keyOf("01"), keyOf("02")]]);
  },
  "each position can be resumed from": async (store) => {
    const { cursor } = await store.changes();
    for (const who of ["01", "02", "03"]) await store.merge([keyOf(who)], wroteAt(who, 0));
    const { changes } = await store.changes(cursor);
    for (const [place, change] of changes.entries()) {
      assert.deepEqual((await changedAfter(store, change.cursor)).keys, changes.slice(place + 1).map(({ keys }) => keys));
    }
  },
  "what changed at the same moment is told one by one, and each position among it can be resumed from": async (store) => {
    const { cursor } = await store.changes();
    const whos = Array.from({ length: 12 }, (_, who) => keyOf(String(10 + who)));
    await Promise.all(whos.map((key, who) => store.merge([key], wroteAt(String(who), 0))));
    const { changes } = await store.changes(cursor);
    assert.deepEqual(changes.map(({ keys }) => String(keys)).sort(), whos);
    for (const [place, change] of changes.entries()) {
      assert.deepEqual((await changedAfter(store, change.cursor, 5)).keys, changes.slice(place + 1).map(({ keys }) => keys));
    }
    await store.erase([String(whos[3])]);
    const left = new Set((await changedAfter(store, cursor)).keys.map(String));
    assert.deepEqual([...left].sort(), whos.filter((_, who) => who !== 3));
  },
  "a position that is not known has missed something": async (store) => {
    assert.equal((await store.changes("nothing of ours")).missed, true);
  },
};

/** @type {typeof WINDOWS} */
const ERASURE = {
  "a send is gone with the customer whom it was first said to be to, and with nobody else": async (store) => {
    await store.recordSend(send({ keys: [keyOf("01")] }));
    await store.recordSend(send({ keys: [keyOf("02")] }));
    await store.erase([keyOf("02")]);
    assert.deepEqual(await store.sendRecord("SM1"), send({ keys: [keyOf("01")] }));
    await store.erase([keyOf("01")]);
    assert.equal(await store.sendRecord("SM1"), undefined);
  },
  "who is erased is gone under every key, from the queue, the sends and the changes": async (store) => {
    const { cursor } = await store.changes();
    await store.merge([keyOf("01"), keyOf("02")], wroteAt("01", 0));
    await store.merge([keyOf("03")], wroteAt("03", 0));
    await store.recordSend(send({ keys: [keyOf("02")] }));
    assert.equal(await store.erase([keyOf("01")]), true);
    assert.deepEqual([await store.read([keyOf("01")]), await store.read([keyOf("02")]), await store.sendRecord("SM1")], [undefined, undefined, undefined]);
    assert.deepEqual((await queueOf(store, ALL)).map(([who]) => who), ["03"]);
    assert.deepEqual((await changedAfter(store, cursor)).keys, [[keyOf("03")]]);
    assert.equal(await store.erase([keyOf("01")]), false);
  },
  "who writes again after that begins anew": async (store) => {
    await store.merge([keyOf("01"), keyOf("02")], wroteAt("01", 0));
    await store.erase([keyOf("02")]);
    await store.merge([keyOf("01")], wroteAt("01", 7));
    assert.deepEqual([idsOf(await store.read([keyOf("01")])), await store.read([keyOf("02")])], [["01/7"], undefined]);
  },
};

/** @type {typeof WINDOWS} */
const MANY = {
  "many reads are answered in their order": async (store) => {
    await store.merge([keyOf("01")], wroteAt("01", 0));
    await store.merge([keyOf("02")], wroteAt("02", 0));
    const states = await store.readMany([[keyOf("02")], [keyOf("09")], [keyOf("01"), keyOf("02")], []]);
    assert.deepEqual(states.map(idsOf), [["02/0"], undefined, ["01/0", "02/0"], undefined]);
  },
  "a note is kept and written over": async (store) => {
    assert.equal(await store.note("a"), undefined);
    await store.setNote("a", "1");
    await store.setNote("a", "2");
    assert.equal(await store.note("a"), "2");
    await store.ping();
  },
};

const LOGS = /** @type {const} */ (["customer", "refused", "sent"]);
const KINDS = /** @type {const} */ ({ customer: ["unknown", "reaction", "text", "image"], refused: ["session-message", "template-message"], sent: ["session-message", "template-message"] });

/** One event of few ids, kinds and times, so that the same id comes with other times and other kinds. @param {(below: number) => number} random */
const anyEvent = (random) => {
  const log = /** @type {typeof LOGS[number]} */ (LOGS[random(3)]);
  const kinds = KINDS[log];
  const times = Object.fromEntries(["providerAtMs", "receiptAtMs", "desktopAtMs"].filter((_, at) => at === 1 || random(2)).map((name) => [name, T0 + random(50)]));
  return { log, id: `${log} ${random(6)} | ’ü\n`, kind: /** @type {any} */ (kinds[random(kinds.length)]), ...times };
};

/** Calls for five customers, some of whom turn out to be one. @param {(below: number) => number} random @param {number} count */
export const randomCalls = (random, count) => Array.from({ length: count }, () => {
  const who = random(5);
  const keys = random(12) === 0 ? [keyOf(`0${who}`), keyOf(`0${random(5)}`)] : [keyOf(`0${who}`)];
  return { keys, state: foldEvents(undefined, Array.from({ length: 1 + random(3) }, () => anyEvent(random))) };
});

/**
 * The engine's own fold is what every store is held to, whatever joins inside it.
 *
 * @param {SharedStore} store
 * @param {{ keys: string[], state: WindowState }[]} calls
 * @param {number} seed
 */
export const isFoldOf = async (store, calls, seed) => {
  /** @type {{ keys: Set<string>, states: WindowState[] }[]} */
  let groups = [];
  for (const { keys, state } of calls) {
    const mine = groups.filter((group) => keys.some((key) => group.keys.has(key)));
    groups = [...groups.filter((group) => !mine.includes(group)), { keys: new Set([...keys, ...mine.flatMap((group) => [...group.keys])]), states: [state, ...mine.flatMap(({ states }) => states)] }];
  }
  const known = [];
  for await (const { keys, state } of store.windows()) known.push({ keys: [...keys].sort(), state });
  const wanted = groups.map(({ keys, states }) => ({ keys: [...keys].sort(), state: mergeStates(states) }));
  const byKey = (/** @type {{ keys: string[] }} */ a, /** @type {{ keys: string[] }} */ b) => (String(a.keys) < String(b.keys) ? -1 : 1);
  assert.deepEqual(known.sort(byKey), wanted.sort(byKey), `seed ${seed}`);
  const closes = wanted.map(({ state }) => windowStatus(state, { now: 0 })).filter(({ kind }) => kind === "open" || kind === "closing").map(({ closesAtMs = 0 }) => closesAtMs);
  assert.deepEqual((await store.closing(ALL)).windows.map(({ closesAtMs }) => closesAtMs), closes.sort((a, b) => a - b), `seed ${seed}`);
};

/** @param {SharedStore} store @param {number} seed */
const joinsLikeTheEngine = async (store, seed) => {
  const random = randomFrom(seed);
  const calls = randomCalls(random, 120);
  const done = new Set();
  while (done.size < calls.length) {
    const some = Array.from({ length: 1 + random(9) }, () => random(calls.length));
    for (const place of some) done.add(place);
    await Promise.all(some.map((place) => store.merge(calls[place]?.keys ?? [], /** @type {WindowState} */ (calls[place]?.state))));
  }
  await isFoldOf(store, calls, seed);
};

/** @type {typeof WINDOWS} */
const JOINS = {
  "random batches, repeated and out of order, end in the engine's fold of all": async (store, again) => {
    const seed = seedOf("STORE_SEED");
    for (let round = 0; round < 5; round++) await joinsLikeTheEngine(round === 0 ? store : await again(), seed + round);
  },
};

const HOUR = 3_600_000;

/** What is to be handed on, as the relay seals it. @param {string} id @param {number} [atMs] */
const item = (id, atMs = T0) => ({ id, body: `sealed ${id}`, atMs });

/** Takes what is due, for a minute. @param {SharedStore} store @param {number} nowMs @param {{ limit?: number, id?: string }} [more] */
const due = async ({ outbox }, nowMs, { limit = 10, ...more } = {}) => outbox.claim({ nowMs, untilMs: nowMs + MINUTE, limit, ...more });

/** @param {readonly { id: string }[]} list */
const ids = (list) => list.map(({ id }) => id);

/** @type {typeof WINDOWS} */
const HANDING_ON = {
  "what comes with a merge is there with it, and not where the merge failed": async (store) => {
    const wrong = /** @type {any} */ ({ version: 1, customer: [{ id: 7 }], refused: [], sent: [] });
    const keys = [keyOf("01"), `${keyOf("01")}/other`];
    const [bad, good] = await Promise.allSettled([store.merge([keyOf("02")], wrong, item("bad")), store.merge(keys, wroteAt("01", 0), item("good"))]);
    assert.deepEqual([bad.status, good.status], ["rejected", "fulfilled"]);
    assert.deepEqual(await store.outbox.stats(), { waiting: 1, dead: 0, oldestAtMs: T0 });
    assert.deepEqual(await due(store, T0), [{ id: "good", keys, body: "sealed good", atMs: T0, sinceMs: T0, tries: 1 }]);
  },
  "the first word for an id stays, also after it was delivered": async (store) => {
    assert.equal(await store.outbox.add({ ...item("1"), keys: [keyOf("01")] }), true);
    await store.merge([keyOf("01")], wroteAt("01", 0), { ...item("1"), body: "another" });
    assert.equal(await store.outbox.add({ ...item("1", T0 + 1), keys: [keyOf("01")] }), false);
    const [claim] = await due(store, T0);
    assert.equal(claim?.body, "sealed 1");
    await store.outbox.settle(/** @type {any} */ (claim), { kind: "delivered" });
    assert.equal(await store.outbox.add({ ...item("1", T0 + HOUR), keys: [keyOf("01")] }), false);
    await store.merge([keyOf("01")], wroteAt("01", 1), item("1", T0 + HOUR));
    assert.deepEqual([await due(store, T0 + 2 * HOUR), await store.outbox.stats()], [[], { waiting: 0, dead: 0 }]);
  },
  "what was claimed is given to nobody until its time, however many ask": async (store) => {
    for (let n = 0; n < 6; n += 1) await store.outbox.add({ ...item(`i${n}`, T0 + n), keys: [keyOf(`0${n}`)] });
    const asked = await Promise.all(Array.from({ length: 5 }, () => due(store, T0 + 10, { limit: 2 })));
    assert.ok(asked.every(({ length }) => length <= 2));
    assert.deepEqual(ids(asked.flat()).sort(), ["i0", "i1", "i2", "i3", "i4", "i5"]);
    assert.deepEqual(await due(store, T0 + 10 + MINUTE - 1), []);
    const again = await due(store, T0 + 10 + MINUTE);
    assert.deepEqual([again.length, new Set(again.map(({ tries }) => tries))], [6, new Set([2])], "whoever took it may have died");
  },
  "one customer's come one after another, whichever of their keys they share; others do not wait": async (store) => {
    await store.outbox.add({ ...item("a", T0), keys: [keyOf("01"), keyOf("02")] });
    await store.outbox.add({ ...item("b", T0 + 1), keys: [keyOf("02"), keyOf("03")] });
    await store.outbox.add({ ...item("c", T0 + 2), keys: [keyOf("03")] });
    await store.outbox.add({ ...item("other", T0 + 3), keys: [keyOf("09")] });
    const first = await due(store, T0 + 10);
    assert.deepEqual(ids(first).sort(), ["a", "other"]);
    assert.deepEqual(await due(store, T0 + 20, { id: "b" }), [], "it is not its turn");
    const order = [];
    let [now, claims] = [T0 + 10, first];
    while (claims.length > 0) {
      for (const claim of claims) {
        order.push(claim.id);
        await store.outbox.settle(claim, { kind: "delivered" });
      }
      claims = await due(store, (now += MINUTE));
    }
    assert.deepEqual(order.filter((id) => id !== "other"), ["a", "b", "c"]);
  },
  "one that is tried again holds up those behind it, unless it is told not to": async (store) => {
    for (const [place, id] of ["a", "b"].entries()) await store.outbox.add({ ...item(id, T0 + place), keys: [keyOf("01")] });
    const [claim] = await due(store, T0 + 10);
    await store.outbox.settle(/** @type {any} */ (claim), { kind: "retry", atMs: T0 + 5_000, holds: true, reason: "status-500" });
    assert.deepEqual(ids(await due(store, T0 + 4_999)), []);
    const [again] = await due(store, T0 + 5_000);
    assert.deepEqual([again?.id, again?.tries, again?.sinceMs], ["a", 2, T0]);
    await store.outbox.settle(/** @type {any} */ (again), { kind: "retry", atMs: T0 + HOUR, holds: false, reason: "status-500" });
    assert.deepEqual(ids(await due(store, T0 + 6_000)), ["b"]);
    assert.deepEqual(ids(await due(store, T0 + HOUR)).sort(), ["a", "b"]);
  },
  "the dead are listed in pages, hold up nobody, and wait again behind the others when they are replayed": async (store) => {
    for (let n = 0; n < 5; n += 1) await store.outbox.add({ ...item(`d${n}`, T0 + n), keys: [keyOf("01")] });
    for (let n = 0; n < 4; n += 1) {
      const [claim] = await due(store, T0 + 10 + n);
      assert.equal(claim?.id, `d${n}`);
      await store.outbox.settle(/** @type {any} */ (claim), { kind: "dead", atMs: T0 + HOUR + Math.floor(n / 2), reason: "status-400" });
    }
    const pages = [];
    for (let after; ; ) {
      const page = await store.outbox.dead({ limit: 3, ...(after === undefined ? {} : { after }) });
      pages.push(...page.letters);
      assert.ok(page.letters.length <= 3);
      after = page.next;
      if (after === undefined) break;
    }
    assert.deepEqual(ids(pages), ["d0", "d1", "d2", "d3"]);
    assert.deepEqual(pages[0], { id: "d0", keys: [keyOf("01")], atMs: T0, diedAtMs: T0 + HOUR, tries: 1, reason: "status-400" });
    assert.deepEqual(await store.outbox.stats(), { waiting: 1, dead: 4, oldestAtMs: T0 + 4 });
    assert.equal(await store.outbox.replay(["d1", "nothing", "d4"], T0 + 2 * HOUR), 1);
    assert.equal(await store.outbox.replay(["d1"], T0 + 2 * HOUR), 0);
    const now = T0 + 3 * HOUR;
    const [before] = await due(store, now);
    assert.equal(before?.id, "d4");
    assert.deepEqual(await due(store, now + 1), []);
    await store.outbox.settle(/** @type {any} */ (before), { kind: "delivered" });
    const [replayed] = await due(store, now + 2);
    assert.deepEqual([replayed?.id, replayed?.tries, replayed?.sinceMs, replayed?.atMs, replayed?.body], ["d1", 1, T0 + 2 * HOUR, T0 + 1, "sealed d1"]);
  },
  "nothing of it is there after 28 hours, whatever became of it, and whoever waited behind it goes on": async (store) => {
    await store.outbox.add({ ...item("old"), keys: [keyOf("01")] });
    await store.outbox.add({ ...item("dead"), keys: [keyOf("02")] });
    await store.outbox.settle({ id: "dead", keys: [keyOf("02")] }, { kind: "dead", atMs: T0 + 1, reason: "x" });
    await store.outbox.add({ ...item("young", T0 + 2 * HOUR), keys: [keyOf("01")] });
    assert.deepEqual(ids(await due(store, T0 + 28 * HOUR)), ["old"]);
    assert.deepEqual(ids(await due(store, T0 + 28 * HOUR + 1)), ["young"]);
    assert.deepEqual([await store.outbox.stats(), (await store.outbox.dead()).letters], [{ waiting: 1, dead: 0, oldestAtMs: T0 + 2 * HOUR }, []]);
    assert.equal(await store.outbox.replay(["dead"], T0 + 29 * HOUR), 0);
  },
  "who is erased leaves nothing to be handed on, by any linked key, waiting or dead": async (store) => {
    await store.merge([keyOf("01"), keyOf("02")], wroteAt("01", 0), item("a"));
    await store.merge([keyOf("02")], wroteAt("01", 1), item("b", T0 + 1));
    await store.merge([keyOf("03")], wroteAt("03", 0), item("c", T0 + 2));
    await store.outbox.settle({ id: "a", keys: [keyOf("01"), keyOf("02")] }, { kind: "dead", atMs: T0 + 1, reason: "x" });
    await store.erase([keyOf("01")]);
    assert.deepEqual(await store.outbox.stats(), { waiting: 1, dead: 0, oldestAtMs: T0 + 2 });
    assert.deepEqual(ids(await due(store, T0 + HOUR)), ["c"]);
  },
  "what is settled is settled: a slow loser changes nothing": async (store) => {
    await store.outbox.add({ ...item("a"), keys: [] });
    const [claim] = await due(store, T0, { id: "a" });
    for (const outcome of /** @type {const} */ ([{ kind: "delivered" }, { kind: "retry", atMs: T0, holds: true, reason: "x" }, { kind: "dead", atMs: T0, reason: "x" }])) {
      await store.outbox.settle(/** @type {any} */ (claim), outcome);
    }
    assert.deepEqual([await store.outbox.stats(), await due(store, T0 + HOUR)], [{ waiting: 0, dead: 0 }, []]);
  },
};

/** @param {string} id @param {Record<string, number>} counts by name @param {number} [atMs] */
const told = (id, counts, atMs = T0) => ({ id, atMs, counts: Object.entries(counts).map(([name, count]) => ({ day: new Date(atMs).toISOString().slice(0, 10), name, count })) });

/** @param {SharedStore} store @param {string} [fromDay] @param {string} [untilDay] */
const counted = async (store, fromDay = "2026-01-01", untilDay = "2026-12-31") => (await store.tallies({ fromDay, untilDay })).map(({ day, name, count }) => `${day} ${name} ${count}`);

/** @type {typeof WINDOWS} */
const TALLIES = {
  "counts add up by day and name, and both ends of a span belong to it": async (store) => {
    assert.deepEqual(await counted(store), []);
    for (const [place, days] of [0, 1, 0, 2].entries()) assert.equal(await store.tally(told(`r${place}`, { "b/en_US": 2, a: 1 }, T0 + days * DAY)), true);
    assert.deepEqual(await counted(store), ["2026-11-23 a 2", "2026-11-23 b/en_US 4", "2026-11-24 a 1", "2026-11-24 b/en_US 2", "2026-11-25 a 1", "2026-11-25 b/en_US 2"]);
    assert.deepEqual(await counted(store, "2026-11-24", "2026-11-24"), ["2026-11-24 a 1", "2026-11-24 b/en_US 2"]);
    assert.deepEqual(await counted(store, "2026-11-25", "2026-11-23"), []);
  },
  "one report of several days is one": async (store) => {
    const counts = [...told("", { a: 3 }).counts, ...told("", { a: 5 }, T0 + DAY).counts];
    assert.equal(await store.tally({ id: "r", atMs: T0 + DAY, counts }), true);
    assert.deepEqual(await counted(store), ["2026-11-23 a 3", "2026-11-24 a 5"]);
  },
  "a report that comes again counts once, however many tell it at a time, for two days": async (store) => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => store.tally(told("r", { a: 1 }))));
    assert.equal(answers.filter(Boolean).length, 1);
    for (const atMs of [T0 + 1, T0 + 2 * DAY]) assert.equal(await store.tally(told("r", { a: 1 }, atMs)), false);
    assert.deepEqual(await counted(store), ["2026-11-23 a 1"]);
    assert.equal(await store.tally(told("r", { a: 1 }, T0 + 2 * DAY + 1)), true, "forgotten");
  },
  "reports at a time lose nothing": async (store) => {
    await Promise.all(Array.from({ length: 50 }, (_, n) => store.tally(told(`r${n}`, { a: 1, [`b${n % 3}`]: 2 }))));
    assert.deepEqual(await counted(store), ["2026-11-23 a 50", "2026-11-23 b0 34", "2026-11-23 b1 34", "2026-11-23 b2 32"]);
  },
  "a day has at most 500 names; those that it has count on": async (store) => {
    for (let n = 0; n < 6; n += 1) await store.tally(told(`r${n}`, Object.fromEntries(Array.from({ length: 100 }, (_, name) => [`n${1_000 + n * 100 + name}`, 1]))));
    await store.tally(told("more", { n1000: 1, n1499: 1, n1500: 1, new: 1 }));
    const kept = await counted(store);
    assert.deepEqual([kept.length, kept.at(0), kept.at(-1)], [500, "2026-11-23 n1000 2", "2026-11-23 n1499 2"]);
  },
  "nothing of it is a window, and who is erased is in none of it": async (store) => {
    await store.merge([keyOf("01")], wroteAt("01", 0));
    await store.tally(told("r", { a: 1 }));
    await store.erase([keyOf("01")]);
    assert.deepEqual([await windowsOf(store), await counted(store)], [[], ["2026-11-23 a 1"]]);
  },
};

/** What each store is made with where its bounds are asked for. @typedef {{ maxWindowBytes?: number, maxReplayBytes?: number, log?: (line: string) => void }} Limits */

/** @type {Record<string, (make: (limits: Limits) => Promise<SharedStore>) => Promise<void>>} */
const LIMITS = {
  "windows are bounded in bytes: those quiet longest go, each with its keys and its place in the queue, and it is told once per round": async (make) => {
    const lines = /** @type {string[]} */ ([]);
    const store = await make({ maxWindowBytes: 400_000, log: (line) => lines.push(line) });
    const whos = Array.from({ length: 900 }, (_, who) => String(1_000 + who));
    for (const who of whos) await store.merge([keyOf(who), `${keyOf(who)}/other`], foldEvents(undefined, [{ log: "customer", id: "x".repeat(256), kind: "text", providerAtMs: T0 }]));
    const left = (await windowsOf(store)).map(({ keys }) => String(keys[0]));
    assert.ok(left.length > 40 && left.length < 600, `${left.length} windows are left`);
    assert.ok(left.includes(keyOf("1899")) && !left.includes(keyOf("1000")), "the latest stays, the first is gone");
    assert.equal(await store.read([`${keyOf("1000")}/other`]), undefined);
    assert.equal((await queueOf(store, ALL)).length, left.length);
    assert.ok(lines.length > 0 && lines.length < 100, `told ${lines.length} times`);
    assert.deepEqual([...new Set(lines)], ["store: window-memory-full"]);
    await store.merge([keyOf("1000")], wroteAt("00", 5));
    assert.deepEqual(idsOf(await store.read([keyOf("1000")])), ["00/5"], "it begins anew");
  },
  "what was erased or joined weighs nothing any more": async (make) => {
    const lines = /** @type {string[]} */ ([]);
    const store = await make({ maxWindowBytes: 400_000, log: (line) => lines.push(line) });
    const big = (/** @type {string} */ id) => foldEvents(undefined, Array.from({ length: 20 }, (_, n) => ({ log: /** @type {const} */ ("customer"), id: `${id}${n}`.padEnd(256, "x"), kind: /** @type {const} */ ("text"), providerAtMs: T0 })));
    for (let round = 0; round < 60; round += 1) {
      await store.merge([keyOf("01")], big("a"));
      await store.merge([keyOf("02")], big("a"));
      await store.merge([keyOf("01"), keyOf("02")], big("a"));
      assert.equal(await store.erase([keyOf("02")]), true);
    }
    await store.merge([keyOf("03")], big("a"));
    assert.deepEqual([lines, (await windowsOf(store)).length], [[], 1]);
  },
  "a window has at most 64 keys: it is told, the keys of the event stay, and no event is lost": async (make) => {
    for (const count of [63, 64, 65, 200]) {
      const lines = /** @type {string[]} */ ([]);
      const store = await make({ log: (line) => lines.push(line) });
      for (let n = 0; n < count; n += 1) await store.merge([keyOf("base"), keyOf(`${1_000 + n}`)].slice(0, count === 1 ? 1 : 2), wrote(`${1_000 + n}`));
      const known = await windowsOf(store);
      const linked = known.find(({ keys }) => keys.includes(keyOf(`${999 + count}`)));
      assert.equal(linked?.keys.length, Math.min(64, count + 1), `${count} keys beside the first`);
      assert.ok(linked?.keys.includes(keyOf("base")));
      assert.equal(linked?.ids?.length, count);
      assert.deepEqual([...new Set(lines)], count > 63 ? ["store: window-keys-full"] : [], `${count}`);
    }
  },
  "ids are of 256 characters at most": async (make) => {
    const store = await make({});
    const long = /** @type {any} */ ({ version: 1, customer: [{ id: "x".repeat(257), kind: "text", providerAtMs: T0 }], refused: [], sent: [] });
    await assert.rejects(async () => store.merge([keyOf("01")], long), { code: "bad-id" });
    assert.equal(await store.read([keyOf("01")]), undefined);
  },
  "the memory of signatures is bounded in bytes: the oldest go, and whoever asks is told once per round": async (make) => {
    const store = await make({ maxReplayBytes: 60_000 });
    let full = 0;
    for (let n = 0; n < 900; n += 1) {
      const accepted = await store.accept(signed({ fingerprint: `f${n}`, digest: "d".repeat(44), ids: [`i${n}`], atMs: T0 + n }));
      assert.equal(accepted.kind, "new");
      full += Number(accepted.full ?? false);
    }
    assert.ok(full > 3 && full < 250, `${full}`);
    assert.equal((await store.accept(signed({ fingerprint: "f0", digest: "d".repeat(44), ids: ["i0"], atMs: T0 + 900 }))).kind, "new", "the first was forgotten");
    const last = await store.accept(signed({ fingerprint: "f899", digest: "d".repeat(44), ids: ["i899"], atMs: T0 + 901 }));
    assert.deepEqual([last.kind, last.ids], ["repeat", { i899: T0 + 899 }]);
  },
};

/** What is promised, by the methods of the port that it is about: a method that is added to the port gets a row here. */
const SUITE = {
  "read, merge, windows": WINDOWS, "recordSend, sendRecord": SENDS, accept: ACCEPTANCES, closing: CLOSING, changes: CHANGES, erase: ERASURE,
  "readMany, note, ping": MANY, "merge at random": JOINS, outbox: HANDING_ON, "tally, tallies": TALLIES,
};

/**
 * Asks a store for everything that the port promises.
 *
 * @param {string} name of the store
 * @param {(limits?: Limits) => SharedStore | Promise<SharedStore>} make an empty store, each time another one
 * @param {string | false} [skip] why it cannot be asked here
 */
export function testStore(name, make, skip = false) {
  for (const [promise, holds] of Object.entries(LIMITS)) {
    test(`${name}, limits: ${promise}`, { skip }, async () => {
      /** @type {SharedStore[]} */
      const made = [];
      try {
        await holds(async (limits) => {
          made.push(await make(limits));
          return /** @type {SharedStore} */ (made.at(-1));
        });
      } finally {
        for (const store of made) await store.close();
      }
    });
  }
  for (const [methods, promises] of Object.entries(SUITE)) {
    for (const [promise, holds] of Object.entries(promises)) {
      test(`${name}, ${methods}: ${promise}`, { skip }, async () => {
        /** @type {SharedStore[]} */
        const made = [];
        const another = async () => {
          made.push(await make());
          return /** @type {SharedStore} */ (made.at(-1));
        };
        try {
          await holds(await another(), another);
        } finally {
          for (const store of made) await store.close();
        }
      });
    }
  }
}
