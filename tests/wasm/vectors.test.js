// Runs every case of tests/vectors through the WebAssembly exports, matched as tests/rust/vectors.rs matches them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { MODULES } from "../../www/build/compile.mjs";
import { answerOf, files, holds, isRight } from "../support/vectors.mjs";
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

function check(vector) {
  const able = engines.filter(({ [vector.call]: work }) => typeof work === "function");
  assert.notEqual(able.length, 0, `no function \`${vector.call}\``);
  return able.flatMap((engine) => checkIn(engine, vector));
}

function checkIn(engine, vector) {
  const answer = answerOf(engine, vector);
  const wanted = vector.fault ?? vector.expect;
  return isRight(vector, answer) ? [] : [`${vector.name}: wanted ${JSON.stringify(wanted)}, got ${JSON.stringify(answer)}`];
}

let ran = 0;
for (const { name, cases: vectors } of files) {
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
