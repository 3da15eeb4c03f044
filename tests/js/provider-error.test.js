// @ts-check
// The one table of provider codes: every row has a vector, every key its sentences, and no other file knows a code.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { ar } from "../../www/engine/provider-errors/ar.js";
import { en } from "../../www/engine/provider-errors/en.js";
import { explainError, explainProviderError, providerVerdict } from "../../www/index.js";
import { providerCodeOf } from "../../www/controller/error-info.js";
import { deskMessages, loadSentences } from "../../www/i18n/desk.js";
import { catalogues, loadWords } from "../../www/i18n/messages.js";

const ROOT = new URL("../../", import.meta.url);
/** @param {string} path */
const read = (path) => readFileSync(new URL(path, ROOT), "utf8");
/** @type {{ call: string, name: string, source: string, input: any, expect: any }[]} */
const cases = JSON.parse(read("tests/vectors/errors.json")).cases;
/** Every provider, by the names that Rust gives them. @type {any[]} */
const providers = [...(/^names!\(Provider \{(.*)\}\);/m.exec(read("src/event.rs"))?.[1] ?? "").matchAll(/"(\w+)"/g)].map(([, name]) => name);
/** One vector per row: named `provider code: what it is`. Others ask besides what becomes of a code in general. */
const vectors = cases.filter(({ call, name, input }) => call === "explainProviderError" && name.startsWith(`${input.provider} ${input.code}: `));
const rows = providers.flatMap((provider) =>
  [...read(`src/provider_error/${provider}.rs`).matchAll(/^ {4}row\(([\d_]+),/gm)].map(([, code]) => ({ provider, code: Number(code.replaceAll("_", "")) })));

test("every row has a vector with a source, and every vector a row", () => {
  assert.ok(rows.length > 120);
  const named = (/** @type {{ provider: string, code: number }} */ { provider, code }) => `${provider} ${code}`;
  assert.deepEqual(vectors.map(({ input }) => named(input)).sort(), rows.map(named).sort(), "one vector of `explainProviderError` for each row, named `twilio 63016: …`");
  for (const { name, source, expect } of vectors) {
    assert.match(source, expect.certainty === "inferred" ? /^Inferred: / : /^https:\/\//, name);
    assert.equal(expect.source === null, expect.certainty === "inferred", name);
  }
});

test("every row's key has a sentence in both languages, and no sentence is unused or said twice", () => {
  const keys = new Set(["unknown", ...rows.map((row) => explainProviderError(row).sentence)]);
  for (const words of [en, ar]) {
    assert.deepEqual(Object.keys(words).sort(), [...keys].map((key) => `provider.${key}`).sort());
    assert.equal(new Set(Object.values(words)).size, keys.size, "a sentence stands twice");
  }
  for (const sentence of Object.values(en)) assert.match(sentence, /^[A-Z][^]*\.$/);
  for (const sentence of Object.values(ar)) assert.match(sentence, /^[\u0621-\u064a][^]*\.$/);
});

test("the agent's words and those of the middleware are the same sentences", async () => {
  await Promise.all([loadWords("ar"), loadSentences("ar"), loadSentences("en-GB")]);
  for (const row of rows) {
    const { meaning, action, retry, window, sentence } = explainProviderError(row);
    assert.deepEqual(explainError(row), {
      code: meaning, action, retry, closesWindow: window === "closes",
      sentence: { en: deskMessages("en").t(`provider.${sentence}`), ar: deskMessages("ar").t(`provider.${sentence}`) },
    });
    assert.equal(providerVerdict(row.code).meaning, meaning);
  }
  // No other list says it once more.
  const others = Object.entries(catalogues.en).filter(([key]) => !key.startsWith("provider.")).map(([, words]) => words);
  for (const sentence of Object.values(en)) assert.ok(!others.includes(sentence), sentence);
});

test("a host may replace a sentence, and its own language may lack them", async () => {
  await loadSentences("fa");
  const key = "provider.unknown";
  assert.equal(deskMessages("en", { strings: { [key]: "No." } }).t(key), "No.");
  catalogues.fa = { ...catalogues.en, send: "x" };
  assert.equal(deskMessages("fa").t(key), en[key]);
  delete catalogues.fa;
  // Nobody else takes them along.
  assert.equal(key in catalogues.en, false);
});

test("an unknown code has its sentence, and a misused question is refused", () => {
  assert.equal(explainError({ code: 1 }).sentence.en, en["provider.unknown"]);
  assert.deepEqual([explainProviderError({ code: 99_999 }).meaning, explainProviderError({ code: 99_999 }).provider], ["unknown", undefined]);
  for (const wrong of [undefined, 5, {}, { code: "63016" }, { code: 1.5 }, { code: -1 }, { code: 2 ** 32 }, { code: NaN }, { code: 1, provider: "x" }, { code: 1, x: 1 }]) {
    assert.throws(() => explainProviderError(/** @type {any} */ (wrong)), { name: "ReplyWindowError" });
  }
});

test("zero is a provider's code; the numbers of a browser's own exceptions are none", () => {
  assert.equal(providerCodeOf({ code: 0 }), 0);
  assert.equal(providerCodeOf({ providerCode: "0" }), 0);
  const aborted = new DOMException("the request was aborted", "AbortError");
  assert.equal(aborted.code, 20);
  const refused = new DOMException("not allowed", "NotAllowedError");
  assert.equal(refused.code, 0);
  for (const error of [aborted, refused, new DOMException("slow", "TimeoutError"), { code: "ECONNREFUSED" }, { code: -1 }, { code: 1.5 }, {}, undefined]) {
    assert.equal(providerCodeOf(error), undefined);
  }
  assert.equal(providerCodeOf(Object.assign(refused, { providerCode: 63016 })), 63016);
});

/** Lines of code, not of comments. @param {string} text */
const code = (text) => text.replace(/\/\*[^]*?\*\//g, (comment) => comment.replace(/[^\n]/g, "")).split("\n").map((line) => line.replace(/(^|\s)\/\/.*$/, ""));

/**
 * The lines that name one of the codes of five digits and more, which are no other number.
 *
 * @param {string} path @param {string} text
 */
function codesNamed(path, text) {
  const known = new Set(rows.map((row) => row.code).filter((number) => number > 9999));
  return code(text).flatMap((line, index) =>
    [...line.matchAll(/(?<![\w.#])\d[\d_]{4,}(?![\w.])/g)].filter(([number]) => known.has(Number(number.replaceAll("_", "")))).map(([number]) => `${path}:${index + 1} knows ${number}`));
}

test("no other file knows a provider's code", () => {
  const files = ["src", "www"].flatMap((folder) => readdirSync(new URL(folder, ROOT), { recursive: true }).map((name) => `${folder}/${name}`))
    .filter((path) => /\.(rs|js|mjs)$/.test(path) && !path.endsWith(".gen.js"));
  // The stand-in for Twilio is an oracle of its own, and what is built repeats what is written.
  const elsewhere = files.filter((path) => !/^(src\/provider_error|www\/demo\/stand-in|www\/pkg|www\/types)\//.test(path));
  assert.ok(elsewhere.length > 150);
  assert.deepEqual(elsewhere.flatMap((path) => codesNamed(path, read(path).split("\n#[cfg(test)]\nmod ")[0])), []);
});

test("the search for codes can fail", () => {
  assert.deepEqual(codesNamed("x.js", "const CLOSED = [63016, 131_047];\n// 63016\n/* 63016 */ if (code === 63049) wait();"), ["x.js:1 knows 63016", "x.js:1 knows 131_047", "x.js:3 knows 63049"]);
});
