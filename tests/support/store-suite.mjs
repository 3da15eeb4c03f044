// What every store promises (www/stores/port.js), whatever it is made of. A store's own limits are its own tests' matter.

import assert from "node:assert/strict";
import { test } from "node:test";
import { compactState, foldEvents, mergeStates } from "../../www/engine/session.js";

/** @import { WindowState } from "../../src/wire/types.d.ts" */
/** @import { SendRecord, SignedOnce, WindowStore } from "../../www/stores/port.js" */

const T0 = Date.UTC(2026, 10, 23, 12);

/** The state of a window in which the customer wrote these messages, a minute apart. @param {...string} ids @returns {WindowState} */
const wrote = (...ids) => foldEvents(
  undefined,
  ids.map((id, minute) => ({ log: "customer", id, kind: "text", providerAtMs: T0 + minute * 60_000 })),
);

/** @param {WindowState | undefined} state */
const idsOf = (state) => state?.customer.map(({ id }) => id);

/** Every window, in an order of its own: a store promises none. @param {WindowStore} store */
const windowsOf = async (store) => {
  const all = [];
  for await (const { keys, state } of store.windows()) all.push({ keys: [...keys].sort(), ids: idsOf(state) });
  return all.sort((a, b) => (String(a.keys) < String(b.keys) ? -1 : 1));
};

/** @type {Record<string, (store: WindowStore, again: () => Promise<WindowStore>) => Promise<void>>} */
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
    await assert.rejects(async () => store.merge([], wrote("1")), TypeError);
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

/** What is promised, by the methods of the port that it is about: a method that is added to the port gets a row here. */
const SUITE = { "read, merge, windows": WINDOWS, "recordSend, sendRecord": SENDS, accept: ACCEPTANCES };

/**
 * Asks a store for everything that the port promises.
 *
 * @param {string} name of the store
 * @param {() => WindowStore | Promise<WindowStore>} make an empty store, each time another one
 */
export function testStore(name, make) {
  for (const [methods, promises] of Object.entries(SUITE)) {
    for (const [promise, holds] of Object.entries(promises)) {
      test(`${name}, ${methods}: ${promise}`, async () => holds(await make(), async () => make()));
    }
  }
}
