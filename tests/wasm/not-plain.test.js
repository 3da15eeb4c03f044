// What reaches the module itself although it is no plain data: refused with a code, never a crash.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as glue from "../../www/pkg/page.js";
import { ready } from "../../www/index.js";

const deep = Array.from({ length: 40 }).reduce((inner) => [inner], /** @type {unknown} */ ([]));
const refused = {
  "a function": () => {}, "a symbol": Symbol("s"), "a set": new Set([1]), "an endless integer": 2n ** 80n, deep,
  "a map whose names are fractions": new Map([[1.5, 2]]), "whole numbers": new Map([[7, 2]]), "nothing": new Map([[null, 2]]),
  "truths": new Map([[true, 2]]), "objects": new Map([[{}, 2]]), "symbols": new Map([[Symbol("s"), 2]]),
};

for (const [name, value] of Object.entries(refused)) {
  test(`refused: ${name}`, async () => {
    await ready();
    for (const input of [value, [value], { text: value }]) {
      assert.throws(() => glue.parseAddress(input), { name: "ReplyWindowError", code: "not-plain-data", field: "" });
    }
  });
}

test("every kind of number is read, and refused by name where a text is wanted", async () => {
  await ready();
  for (const number of [0, -0, 1.5, 1e300, NaN, Infinity, 5n]) {
    assert.throws(() => glue.parseAddress({ text: number }), { code: "wrong-type", field: "text", message: /got a number/ });
  }
});
