// The engine without WebAssembly gives the answers of the vectors, in files that stay small enough to be uploaded.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { DIST } from "../../www/build/dist.mjs";
import { at } from "../../www/build/run.mjs";
import { answerOf, files, isRight } from "../support/vectors.mjs";

const engines = await import(`../../${DIST.nowasm}`);

const cases = files.flatMap((file) => file.cases);

/** What takes no trees has scripts of its own, see `window-book.test.js`. */
const taking = Object.entries(engines).filter(([name]) => name !== "book");

test("every other module has vectors", () => assert.deepEqual(taking.map(([name]) => name).sort(), ["chooser", "dynamics", "page"]));

for (const [name, engine] of taking) {
  test(`${name} without WebAssembly answers every vector of its functions`, () => {
    const own = cases.filter(({ call }) => typeof engine[call] === "function");
    assert.ok(own.length > 50, `${own.length}`);
    const wrong = own.filter((vector) => !isRight(vector, answerOf(engine, vector)));
    assert.deepEqual(wrong.map((vector) => vector.name), []);
    assert.equal(isRight({ expect: { kind: "no such kind" } }, answerOf(engine, own[0])), false, "and a wrong answer would be found");
  });
}

test("the uploads stay within their sizes", () => {
  const brotli = (/** @type {string} */ path) => brotliCompressSync(readFileSync(at(path))).length;
  const script = readFileSync(at(DIST.script));
  assert.ok(script.length < 1_000_000, `${script.length} bytes`);
  assert.ok(brotli(DIST.script) < 300_000, `${brotli(DIST.script)} bytes`);
  const inline = ["page", "book", "chooser", "dynamics"].flatMap((name) => [`www/engine/modules/${name}-bytes.gen.js`, `www/pkg/${name}.js`]).reduce((sum, path) => sum + brotli(path), 0);
  assert.ok(brotli(DIST.nowasm) < 1.5 * inline, `${brotli(DIST.nowasm)} to ${inline} bytes`);
});
