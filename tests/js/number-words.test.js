// The words of the field for numbers: the same in both languages, and some for every code that the engine gives.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createNumberMessages, numberWords } from "../../www/i18n/number-words.js";

const { en, ar } = numberWords;
const slots = (/** @type {string} */ text) => (text.match(/\{\w+\}/g) ?? []).sort();

test("both languages have the same words with the same slots", () => {
  assert.deepEqual(Object.keys(ar).sort(), Object.keys(en).sort());
  for (const [key, text] of Object.entries(en)) {
    assert.deepEqual(slots(ar[key]), slots(text), key);
    if (key !== "within") assert.match(ar[key], /[\u0600-\u06ff]/, key);
  }
});

test("every reason and every kind of number of the contract has words", () => {
  const contract = readFileSync(new URL("../../src/wire/types/address.d.ts", import.meta.url), "utf8");
  const union = (/** @type {RegExp} */ pattern) => [...(pattern.exec(contract)?.[1] ?? "").matchAll(/"([\w-]+)"/g)].map(([, name]) => name);
  const kinds = union(/export type NumberType =([^;]+);/);
  const reasons = [...union(/kind: "refused";\s+reason:([^;]+);/), ...union(/export type PossibleLength =([^;]+);/)];
  assert.ok(kinds.length === 11 && reasons.length === 13);
  for (const kind of kinds) assert.ok(`type-${kind}` in en, kind);
  // These two never come alone: an empty field is asked for, and a number too short behind its prefix is too short.
  for (const reason of reasons) assert.ok(["empty", "too-short-after-prefix", "possible"].includes(reason) || reason in en, reason);
});

test("regions are named in the language, and a locale that is none is English", () => {
  assert.equal(createNumberMessages("ar-EG").region("GB"), "المملكة المتحدة");
  assert.equal(createNumberMessages("not a locale").region("GB"), "United Kingdom");
  assert.equal(createNumberMessages("fr").t("incomplete"), en.incomplete);
  assert.equal(createNumberMessages("en").region(undefined), "");
});
