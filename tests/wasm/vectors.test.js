// Runs every case of tests/vectors through the WebAssembly exports, matched as tests/rust/vectors.rs matches them.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { MODULES } from "../../www/build/compile.mjs";
import { asYouType, formatNumber, parseNumber } from "../../www/engine/phone-number.js";

/** Numbers are read without a tree of values: what the vectors hold is what the package makes of it. */
const reading = {
  parseNumber: ({ text, ...given }) => parseNumber(text, given),
  formatNumber: ({ text, ...given }) => formatNumber(text, given),
  asYouType: ({ digits, ...given }) => asYouType(digits, given),
};
/** What each module exports; a function that several have is asked of each. @type {Record<string, any>[]} */
const engines = [reading];
for (const name of MODULES) {
  await (await import(`../../www/engine/modules/${name}.js`))[name].ready();
  engines.push(await import(`../../www/pkg/${name}.js`));
}

const folder = new URL("../vectors/", import.meta.url);

/** Whether `actual` holds everything that `expected` names. Objects may hold more; arrays may not. */
function holds(expected, actual) {
  if (Array.isArray(expected)) {
    return Array.isArray(actual) && actual.length === expected.length && expected.every((item, index) => holds(item, actual[index]));
  }
  if (typeof expected !== "object" || expected === null) return Object.is(expected, actual) || expected === actual;
  if (typeof actual !== "object" || actual === null || Array.isArray(actual)) return false;
  return Object.entries(expected).every(([name, value]) =>
    // In a vector, `null` says that the field must be absent.
    value === null ? !Object.hasOwn(actual, name) : Object.hasOwn(actual, name) && holds(value, actual[name]));
}

function answerOf(engine, { call, input }) {
  try {
    return { value: engine[call](input) };
  } catch (error) {
    assert.equal(error.name, "ReplyWindowError", String(error));
    return { fault: { code: error.code, field: error.field } };
  }
}

function check(vector) {
  const able = engines.filter(({ [vector.call]: work }) => typeof work === "function");
  assert.notEqual(able.length, 0, `no function \`${vector.call}\``);
  return able.flatMap((engine) => checkIn(engine, vector));
}

function checkIn(engine, vector) {
  const answer = answerOf(engine, vector);
  const passes = vector.fault === undefined
    ? "value" in answer && "expect" in vector && holds(vector.expect, answer.value)
    : "fault" in answer && answer.fault.code === vector.fault.code && answer.fault.field === vector.fault.field;
  const wanted = vector.fault ?? vector.expect;
  return passes ? [] : [`${vector.name}: wanted ${JSON.stringify(wanted)}, got ${JSON.stringify(answer)}`];
}

let ran = 0;
for (const name of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
  // A file without `cases` holds facts of another shape, with a runner of its own.
  const vectors = JSON.parse(readFileSync(new URL(name, folder), "utf8")).cases ?? [];
  if (vectors.length === 0) continue;
  ran += vectors.length;
  test(`${name}: ${vectors.length} vectors`, () => {
    const failures = vectors.flatMap(check);
    assert.equal(failures.length, 0, `\n${failures.slice(0, 10).join("\n")}`);
  });
}

test("vectors were run, and plain data comes out", () => {
  assert.ok(ran > 0);
  const { value: policy } = answerOf(engines.find((engine) => "policyFor" in engine), { call: "policyFor", input: { channel: "whatsapp" } });
  assert.deepEqual(JSON.parse(JSON.stringify(policy)), policy);
});

test("the matching can fail", () => {
  assert.ok(holds({ a: [1], b: null }, { a: [1], c: 2 }));
  assert.ok(!holds({ a: [1] }, { a: [1, 2] }));
  assert.ok(!holds({ a: 1 }, { a: 2 }));
  assert.ok(!holds({ a: 1 }, {}));
  assert.ok(!holds({ a: null }, { a: 1 }));
  assert.ok(!holds({ a: {} }, { a: [] }));
  assert.ok(check({ name: "x", call: "parseAddress", input: {}, expect: {} }).length > 0);
});
