// What an untyped caller may hand over, and what becomes of it.

import assert from "node:assert/strict";
import { test } from "node:test";
import vm from "node:vm";
import { assertBoolean, assertString, options, toMs } from "../../www/engine/check.js";
import { plain, plainList, plainObject } from "../../www/engine/plain.js";
import { ReplyWindowError } from "../../www/engine/errors.js";

/** @param {() => unknown} work */
function refused(work, code, field) {
  assert.throws(work, (error) => {
    assert.ok(error instanceof ReplyWindowError, String(error));
    assert.equal(error.name, "ReplyWindowError");
    assert.equal(error.code, code, error.message);
    if (field !== undefined) assert.equal(error.field, field);
    return true;
  });
}

const LIMIT = 8.64e15;
const throwing = new Proxy({}, {
  get() { throw new Error("get"); },
  ownKeys() { throw new Error("ownKeys"); },
  getPrototypeOf() { throw new Error("getPrototypeOf"); },
});
const revoked = Proxy.revocable({}, {});
revoked.revoke();

test("a time may be a number, a Date or a Temporal instant", () => {
  assert.equal(toMs(0, "now"), 0);
  assert.ok(Object.is(toMs(-0, "now"), 0));
  assert.equal(toMs(-1, "now"), -1);
  assert.equal(toMs(1_790_000_000_000, "now"), 1_790_000_000_000);
  assert.equal(toMs(new Date(5), "now"), 5);
  assert.equal(toMs(vm.runInNewContext("new Date(6)"), "now"), 6);
  assert.equal(toMs({ epochMilliseconds: 7 }, "now"), 7);
  class Instant { get epochMilliseconds() { return 8; } }
  assert.equal(toMs(new Instant(), "now"), 8);
});

test("the range of times ends where that of Date does", () => {
  for (const sign of [1, -1]) {
    assert.equal(toMs(sign * (LIMIT - 1), "now"), sign * (LIMIT - 1));
    assert.equal(toMs(sign * LIMIT, "now"), sign * LIMIT);
    refused(() => toMs(sign * (LIMIT + 1), "now"), "time-out-of-range", "now");
  }
});

test("what looks like seconds or microseconds is refused, and what lies beside it is not", () => {
  for (const ms of [1e9, 1_795_421_709, 1e10 - 1]) refused(() => toMs(ms, "now"), "time-in-seconds", "now");
  for (const ms of [1e15, 1_795_421_709_000_000, 5e15 - 1]) refused(() => toMs(ms, "now"), "time-in-microseconds", "now");
  for (const ms of [1e9 - 1, 1e10, -1e9, 0, 1e15 - 1, 5e15, -1e15]) assert.equal(toMs(ms, "now"), ms);
});

test("a bad time is refused and never 1970", () => {
  for (const bad of [NaN, Infinity, -Infinity, 3.9, new Date("nope"), { epochMilliseconds: 0.5 }]) {
    refused(() => toMs(bad, "now"), "time-not-whole", "now");
  }
  for (const bad of [undefined, null, "5", "2026-01-01", true, 1n, Symbol("t"), () => 5, [], [5], {}, { epochMilliseconds: "5" },
    { epochMilliseconds: 5n }, Object.create(Date.prototype), { getTime: () => 5 }]) {
    refused(() => toMs(bad, "now"), "wrong-type", "now");
  }
  refused(() => toMs(throwing, "now"), "not-plain-data", "now");
  refused(() => toMs(revoked.proxy, "now"), "not-plain-data", "now");
});

test("strings and booleans are not converted", () => {
  assert.equal(assertString("", "text"), "");
  assert.equal(assertBoolean(false, "strict"), false);
  for (const bad of [5, undefined, null, [], {}, Symbol("s"), 1n, () => "x", new String("x"), throwing, revoked.proxy]) {
    refused(() => assertString(bad, "text"), "wrong-type", "text");
    refused(() => assertBoolean(bad, "strict"), "wrong-type", "strict");
  }
  refused(() => assertBoolean("false", "strict"), "wrong-type", "strict");
  refused(() => assertString("x".repeat((1 << 23) + 1), "text"), "input-too-large", "text");
});

test("plain data is copied, without what is undefined", () => {
  const given = { a: [1, "two", true, null, undefined], b: { c: undefined, d: -0.5 }, e: Object.create(null) };
  const copy = plain(given, "state");
  assert.deepEqual(copy, { a: [1, "two", true, null, undefined], b: { d: -0.5 }, e: {} });
  assert.notEqual(copy, given);
  given.b.d = 7;
  assert.equal(copy.b.d, -0.5);
  assert.deepEqual(plain(vm.runInNewContext("({ a: [1] })"), "state"), { a: [1] });
});

test("the same object may stand in two places, but not inside itself", () => {
  const shared = { x: 1 };
  assert.deepEqual(plain({ a: shared, b: [shared, shared] }, "v"), { a: { x: 1 }, b: [{ x: 1 }, { x: 1 }] });
  const cyclic = { list: /** @type {any[]} */ ([]) };
  cyclic.list.push({ back: cyclic });
  refused(() => plain(cyclic, "v"), "not-plain-data", "v.list[0].back");
});

test("32 levels are plain data, 33 are not", () => {
  const nested = (/** @type {number} */ levels) => {
    let value = /** @type {any} */ (1);
    for (let level = 0; level < levels; level += 1) value = level % 2 ? [value] : { a: value };
    return value;
  };
  assert.doesNotThrow(() => plain(nested(31), "v"));
  assert.doesNotThrow(() => plain(nested(32), "v"));
  refused(() => plain(nested(33), "v"), "not-plain-data");
  refused(() => plain(nested(100_000), "v"), "not-plain-data");
});

test("what is no plain data is named by its place", () => {
  class Thing { x = 1; }
  const bad = [() => 1, Symbol("s"), 1n, new Date(0), new Map(), new Set(), new Thing(), new Uint8Array(1), /x/, new Error("x"),
    Promise.resolve(), new String("x"), new Number(1), new WeakMap(), globalThis, throwing, revoked.proxy,
    { get x() { throw new Error("x"); } }, new Proxy([], { get() { throw new Error("x"); } })];
  for (const value of bad) refused(() => plain({ list: [0, value] }, "v"), "not-plain-data");
  refused(() => plain({ list: [0, new Date(0)] }, "v"), "not-plain-data", "v.list[1]");
  refused(() => plain({ list: [0, 1n] }, "v"), "not-plain-data", "v.list[1]");
  for (const number of [NaN, Infinity, -Infinity]) {
    refused(() => plain({ a: { b: number } }, "v"), "number-not-finite", "v.a.b");
  }
});

test("an accessor is read once, so it cannot change its mind", () => {
  let reads = 0;
  const copy = plain({ get id() { reads += 1; return `read ${reads}`; } }, "v");
  assert.deepEqual({ ...copy }, { id: "read 1" });
  assert.equal(copy.id, "read 1");
  assert.equal(reads, 1);
});

test("a field called __proto__ is a field", () => {
  const copy = plain(JSON.parse('{"__proto__": {"polluted": 1}}'), "v");
  assert.deepEqual(Object.keys(copy), ["__proto__"]);
  assert.equal(Object.getPrototypeOf(copy), Object.prototype);
  assert.equal(/** @type {any} */ ({}).polluted, undefined);
});

test("an input has a limit of values and of characters", () => {
  refused(() => plain(new Array(4_000_000_000), "v"), "input-too-large", "v");
  refused(() => plain([new Array(600_000), new Array(600_000)], "v"), "input-too-large");
  refused(() => plain(Array(9).fill("x".repeat(1 << 20)), "v"), "input-too-large", "v[8]");
  assert.doesNotThrow(() => plain(Array(8).fill("x".repeat(1 << 20)), "v"));
});

test("objects and arrays are told apart", () => {
  refused(() => plainObject([], "state"), "wrong-type", "state");
  refused(() => plainObject(null, "state"), "wrong-type", "state");
  refused(() => plainList({}, "events"), "wrong-type", "events");
  refused(() => plainList({ length: 0 }, "events"), "wrong-type", "events");
  refused(() => plainList("abc", "events"), "wrong-type", "events");
  refused(() => plainList(revoked.proxy, "events"), "wrong-type", "events");
});

test("options with a wrong name are refused by that name", () => {
  assert.deepEqual(options({ now: 1, strict: undefined }, ["now", "strict"]), { now: 1 });
  refused(() => options({ nwo: 1 }, ["now"]), "unknown-field", "nwo");
  refused(() => options({ nwo: 1 }, ["now"], "context"), "unknown-field", "context.nwo");
  for (const bad of [5, null, undefined, "x", [], () => 1]) refused(() => options(bad, ["now"]), "wrong-type", "options");
  refused(() => options({ get now() { throw new Error("x"); } }, ["now"]), "not-plain-data", "now");
  refused(() => options(throwing, ["now"]), "not-plain-data", "options");
});
