// Books of windows through the package: the scripts of tests/vectors/book.json and the statuses of session.json, with WebAssembly and
// without; what is refused, what a crash takes, what is bounded.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { DIST } from "../../www/build/dist.mjs";
import { at } from "../../www/build/run.mjs";
import { policyFor, windowBook, windowKeys, windowStatus } from "../../www/index.js";
import { book as module } from "../../www/engine/modules/book.js";
import * as glue from "../../www/pkg/book.js";

const vectors = (/** @type {string} */ name) => JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), "utf8"));
const ENGINES = [["with WebAssembly", glue]];
if (existsSync(at(DIST.nowasm))) ENGINES.push(["without", (await import(`../../${DIST.nowasm}`)).book]);
await module.ready();
const T = 1_764_000_000_000;
const HOUR = 3_600_000;
const text = (/** @type {string} */ id, /** @type {number} */ providerAtMs) =>
  /** @type {const} */ ({ id, log: "customer", kind: "text", channel: "whatsapp", business: "+14155238886", customer: { phone: "+491701234567" }, providerAtMs });
const stateOf = (/** @type {any[]} */ ...customer) => /** @type {const} */ ({ version: 1, customer, refused: [], sent: [] });

function crash() {
  const putBack = module.replace({ ...glue, openBook: () => { throw new WebAssembly.RuntimeError("unreachable"); } });
  assert.throws(() => windowBook(), { code: "engine-crashed" });
  putBack();
}

/** @param {any} book @param {any} step @param {string} where */
function run(book, { record, judgeBy, remove, statuses, ...step }, where) {
  if (record) {
    const windows = record.map(({ observedSinceAtMs: observedSince, ...window }) => ({ ...window, observedSince }));
    assert.deepEqual(book.record(windows, step.receivedAtMs), step.clockSuspect ? { clockSuspect: true } : {}, where);
  } else if (judgeBy) book.judgeBy(judgeBy.map((changed) => ({ ...policyFor(changed.channel), ...changed })));
  else if (remove) book.remove(remove);
  else if (statuses) assert.deepEqual(book.statuses(statuses, step.nowAtMs).map((status) => status?.kind ?? null), step.kinds, where);
  else assert.deepEqual(book.changes(step.changes), { changed: step.changed, ...(step.nextChangeAtMs !== null && { nextChangeAtMs: step.nextChangeAtMs }) }, where);
}

for (const [name, engine] of ENGINES) {
  test(`${name}: every script gives its answers`, () => {
    assert.equal(typeof engine?.openBook, "function");
    const putBack = module.replace(engine);
    for (const script of vectors("book").scripts) {
      const book = windowBook();
      for (const [place, step] of script.steps.entries()) run(book, step, `${script.name}, step ${place}`);
      book.close();
    }
    putBack();
  });

  test(`${name}: a window in a book stands as windowStatus says, in every vector of it`, () => {
    const putBack = module.replace(engine);
    const cases = ["session", "autumn", "marketing"].flatMap((file) => vectors(file).cases)
      .filter(({ call, fault }) => call === "windowStatus" && fault === undefined);
    assert.ok(cases.length > 100, `${cases.length}`);
    for (const { name: which, input: { state, policy, channel, nowAtMs: now, observedSinceAtMs: observedSince } } of cases) {
      const book = windowBook(policy ? { policies: [policy] } : {});
      book.record([{ key: which, state, channel: policy?.channel ?? channel, observedSince }]);
      assert.deepEqual(book.status(which, now), windowStatus(state, { now, ...(policy ? { policy } : { channel }), ...(observedSince !== undefined && { observedSince }) }), which);
      book.close();
    }
    putBack();
  });
}

test("what it holds is what was told", () => {
  const book = windowBook();
  const [key] = windowKeys({ business: "+14155238886", customer: { phone: "+491701234567" } });
  book.record([{ key, events: [text("SM2", T)] }, { key, events: [text("SM1", T + 5)] }], T + 1);
  assert.deepEqual(book.state(key), stateOf({ id: "SM1", kind: "text", providerAtMs: T + 1 }, { id: "SM2", kind: "text", providerAtMs: T }));
  assert.deepEqual([book.keys(), book.state("nobody"), book.status("nobody")], [[key], undefined, undefined]);
  book.remove([key, "nobody"]);
  assert.deepEqual([book.keys(), book.changes(T)], [[], { changed: [] }]);
  book.close();
});

test("thousands cross in parts, and a fault is named by its place in the whole list; of those that are new none stays", () => {
  const book = windowBook();
  const windows = Array.from({ length: 3_000 }, (_, n) => ({ key: `w${n}`, state: stateOf({ id: "SM", kind: "text", providerAtMs: T + n }) }));
  book.record([windows[7]]);
  const broken = windows.map((window, n) => (n === 2_500 ? { ...window, state: stateOf({ id: "SM", kind: "pigeon", providerAtMs: T }) } : window));
  assert.throws(() => book.record(/** @type {any} */ (broken)), { code: "unknown-name", field: "windows[2500].state.customer[0].kind" });
  assert.deepEqual(book.changes(T), { changed: ["w7"], nextChangeAtMs: T + 7 + 23 * HOUR - 60_000 });
  book.record(windows);
  assert.equal(book.changes(T).changed.length, 2_999);
  assert.equal(book.statuses(book.keys(), T).filter((status) => status?.kind === "open").length, 3_000);
  book.close();
});

test("what is wrong is refused with its code and its path", () => {
  const book = windowBook();
  const window = { key: "a" };
  for (const [work, code, field] of /** @type {[() => unknown, string, string][]} */ ([
    [() => windowBook(/** @type {any} */ ({ policy: 1 })), "unknown-field", "policy"],
    [() => windowBook({ policies: [policyFor(), policyFor()] }), "conflicting-fields", "policies[1]"],
    [() => windowBook({ policies: [{ ...policyFor(), lengthMs: 0 }] }), "bad-policy", "policies[0].lengthMs"],
    [() => book.record(/** @type {any} */ (window)), "wrong-type", "windows"],
    [() => book.record([/** @type {any} */ ({})]), "wrong-type", "windows[0].key"],
    [() => book.record([window, /** @type {any} */ ({ ...window, status: 1 })]), "unknown-field", "windows[1].status"],
    [() => book.record([/** @type {any} */ ({ ...window, channel: "pigeon" })]), "unknown-name", "windows[0].channel"],
    [() => book.record([{ ...window, observedSince: 1_764_000_000 }]), "time-in-seconds", "windows[0].observedSince"],
    [() => book.record([window], 0.5), "time-not-whole", "receivedAt"],
    [() => book.record(Array.from({ length: 20_001 }, (_, n) => ({ key: `${n}` }))), "book-full", "windows"],
    [() => book.changes(/** @type {any} */ ("now")), "wrong-type", "now"],
    [() => book.statuses(/** @type {any} */ ("a")), "wrong-type", "keys"],
    [() => book.judgeBy(/** @type {any} */ ({})), "wrong-type", "policies"],
  ])) assert.throws(work, { name: "ReplyWindowError", code, field }, `${code} ${field}`);
  assert.deepEqual(book.keys(), []);
  book.close();
});

test("at most 16 books at a time, and a closed one makes room", () => {
  const books = Array.from({ length: 16 }, () => windowBook());
  assert.throws(() => windowBook(), { code: "too-many-books" });
  books[0]?.close();
  windowBook().close();
  for (const book of books) book.close();
});

test("after a crash of the engine, and once it is closed, a book says that it is gone, and answers of no other", () => {
  const lost = windowBook();
  lost.record([{ key: "a", state: stateOf({ id: "SM", kind: "text", providerAtMs: T }) }]);
  crash();
  const other = windowBook();
  other.record([{ key: "a" }]);
  for (const work of [() => lost.changes(T), () => lost.record([{ key: "b" }]), () => lost.status("a", T), () => lost.state("a"), () => lost.judgeBy([])]) {
    assert.throws(work, { name: "ReplyWindowError", code: "unknown-book" });
  }
  lost.close();
  assert.equal(other.status("a", T)?.kind, "unknown", "closing the lost one closes no other");
  other.close();
  other.close();
  assert.throws(() => other.changes(T), { code: "unknown-book" });
});
