// The union of error codes that the types have is the list of the codes that there are: none is missing, none is made up.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { test } from "node:test";
import { at } from "../../www/build/run.mjs";

/** @param {string} folder @param {RegExp} wanted @returns {Promise<string>} */
const textOf = async (folder, wanted) => {
  const names = (await readdir(at(folder), { recursive: true })).map((name) => name.replaceAll("\\", "/")).filter((name) => wanted.test(name) && !/^(types|pkg|dist|demo|entries)\//.test(name));
  return (await Promise.all(names.map((name) => readFile(at(folder, name), "utf8")))).join("\n");
};

const [rust, javascript] = await Promise.all([textOf("src", /\.rs$/), textOf("www", /\.js$/)]);
const declared = await readFile(at("src", "wire", "types", "error.d.ts"), "utf8");
/** @param {string} text @param {RegExp} pattern */
const all = (text, pattern) => [...text.matchAll(pattern)].map(([, code]) => String(code));

/** The codes of the union, save those of verdicts. */
const union = all(declared.replace(/\/\*\*[^]*?\*\//g, ""), /"([a-z][a-z-]+)"/g).filter((code) => !code.startsWith("."));
/** What Rust says while it reads a call: a fault at a field, a refusal of a signature, a time that is none. What it notes of a template is no error. */
const faults = [
  ...all(rust, /(?:\.fault|Fault::new)\(\s*"([a-z][a-z-]+)"/g), ...all(rust, /fault_at\(\s*[^,()]+,\s*"([a-z][a-z-]+)"/g),
  ...all(rust, /^ {4}\w+ = "([a-z][a-z-]+)", "\w+", "[^"]+";$/gm), ...all(rust, /TimeError::\w+ => "([a-z][a-z-]+)"/g), ...all(rust, /const CODE: &'static str = "([a-z][a-z-]+)"/g),
];
/** Problems of an import, which are told in `problems`. */
const NOTED = ["duplicate-id", "foreign-next-page", "malformed-placeholder", "other-template", "template-too-long", "too-many-variables", "unknown-type"];

test("every code that Rust refuses a call with is in the union", () => {
  assert.ok(faults.length > 60, String(faults.length));
  assert.deepEqual([...new Set(faults)].filter((code) => !union.includes(code) && !NOTED.includes(code)).sort(), []);
});

test("the union names no code that nobody says", () => {
  assert.ok(union.length > 100 && new Set(union).size === union.length, "each once");
  const said = new Set([...all(`${rust}\n${javascript}`, /"([a-z][a-z-]+)"/g), "store-timed-out", "handler-timed-out"]);
  assert.ok(javascript.includes("`${stage}-timed-out`"));
  assert.deepEqual(union.filter((code) => !said.has(code)), []);
});

test("what JavaScript throws is checked by the compiler: the error takes a code of the union alone", async () => {
  const errors = await readFile(at("www", "engine", "errors.js"), "utf8");
  assert.match(errors, /@param \{ErrorCode\} code/);
  assert.match(await readFile(at("www", "engine", "fault.js"), "utf8"), /@param \{ErrorCode\} code/);
});

test("what a function is said to throw is said whole, in codes that there are", () => {
  const told = all(javascript, /@throws ((?:(?!\n \*\/|\n \* @| \*\/)[^])*)/g);
  assert.ok(told.length > 60, String(told.length));
  assert.deepEqual(told.filter((text) => /…(?!\])/.test(text)), []);
  const named = told.flatMap((text) => all(text, /`([a-z]+(?:-[a-z]+)+)`/g));
  assert.deepEqual([...new Set(named)].filter((code) => !union.includes(code)), []);
});
