// @ts-check
// What the engine shares with its callers stands twice: in Rust and in the declarations of the contract (`src/wire/types/`). Both have
// the same closed sets of words (`names!`), and what Rust writes is declared.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const SOURCE = new URL("../../src/", import.meta.url);

/** What the declarations add to a set, or leave out of it, with the reason. @type {Record<string, { more?: string[], less?: string[] }>} */
const OTHERWISE = {
  // Nobody is told of it.
  "event.rs Role": { less: ["untold"] },
  // What JavaScript answers where the engine has no answer: for a code that no row has, and where no engine or no checked time is there.
  "provider_error/terms.rs Action": { more: ["show-code"] },
  "session/verdict.rs VerdictReason": { more: ["clock-checking", "engine-failed", "engine-unavailable"] },
};

/** Sets that no declaration names, with the reason. @type {Record<string, string>} */
const UNDECLARED = {
  "address/key.rs Part": "stands inside a window's key, which is a text",
  "address/numbers/format.rs Style": "numbers have a decoder of their own, held by tests/rust/number_answers.rs",
  "provider_error/terms.rs Refusal": "a reason is told as a text beside its sentence",
};

/** @param {string} ending @returns {[string, string][]} every file below `src/` with that ending */
const files = (ending) => readdirSync(SOURCE, { encoding: "utf8", recursive: true })
  .filter((path) => path.endsWith(ending))
  .map((path) => [path.replaceAll("\\", "/"), readFileSync(new URL(path, SOURCE), "utf8")]);

/** @param {string} text */
const wordsIn = (text) => [...text.matchAll(/"([^"\n]*)"/g)].map(([, word]) => String(word)).sort();

/** @param {string} text of Rust @returns {{ name: string, words: string[] }[]} */
const setsIn = (text) => [...text.matchAll(/^names!\((\w+) \{([^}]*)\}\);/gm)].map(([, name = "", body = ""]) => ({ name, words: wordsIn(body) }));

/** Unions of texts, on one line or several. @param {string} text of a declaration @returns {string[][]} */
const unionsIn = (text) => [...text.replaceAll(/\/\/.*$/gm, "").matchAll(/"[^"\n]*"(?:\s*\|\s*"[^"\n]*")*/g)].map(([union]) => wordsIn(union));

/**
 * Sets that no union says, with what the likest one lacks and has besides.
 *
 * @param {readonly { name: string, words: string[] }[]} sets
 * @param {readonly string[][]} unions
 */
const undeclared = (sets, unions) => sets.flatMap(({ name, words }) => {
  if (unions.some((union) => String(union) === String(words))) return [];
  const alike = (/** @type {string[]} */ union) => union.filter((word) => words.includes(word)).length - union.filter((word) => !words.includes(word)).length;
  const [likest = []] = unions.toSorted((one, other) => alike(other) - alike(one));
  return [`${name}: the declarations lack [${words.filter((word) => !likest.includes(word))}], and add [${likest.filter((word) => !words.includes(word))}]`];
});

/** @param {{ name: string, words: string[] }} set as the declarations are to say it */
const asDeclared = ({ name, words }) => {
  const { more = [], less = [] } = OTHERWISE[name] ?? {};
  return { name, words: [...words.filter((word) => !less.includes(word)), ...more].sort() };
};

test("a closed set is declared as it is", () => {
  const sets = files(".rs").flatMap(([path, text]) => setsIn(text).map(({ name, words }) => ({ name: `${path} ${name}`, words })));
  const unions = files(".d.ts").flatMap(([, text]) => unionsIn(text));
  assert.ok(sets.length > 30 && unions.length > 30, `${sets.length} sets, ${unions.length} unions`);
  assert.deepEqual(undeclared(sets.filter(({ name }) => !(name in UNDECLARED)).map(asDeclared), unions), []);
  const named = [...Object.keys(OTHERWISE), ...Object.keys(UNDECLARED)];
  assert.deepEqual(named.filter((name) => !sets.some((set) => set.name === name)), [], "is no set any more");
});

test("a word that one side has not is found", () => {
  const sets = setsIn('names!(Kind {\n    One = "one", Two = "two",\n    Three = "three",\n});\nnames!(Log { A = "a" });');
  assert.deepEqual(sets, [{ name: "Kind", words: ["one", "three", "two"] }, { name: "Log", words: ["a"] }]);
  assert.deepEqual(undeclared(sets, unionsIn('type Kind =\n  | "two" // why\n  | "one"\n  | "three";\ntype Log = "a";')), []);
  assert.deepEqual(undeclared(sets, unionsIn('type Kind = "two" | "one" | "four"; type Log = "a";')), ["Kind: the declarations lack [three], and add [four]"]);
});

test("the window service's document has the contract's sets of words", () => {
  const [shapes = ""] = readFileSync(new URL("../../www/service/schemas.js", import.meta.url), "utf8").split("const QUESTIONS");
  const lists = [...shapes.matchAll(/\bword\(("[^)]*)\)/g)].map(([, words = ""]) => wordsIn(words));
  const unions = files(".d.ts").flatMap(([, text]) => unionsIn(text)).map(String);
  assert.ok(lists.length > 12, `${lists.length} lists`);
  assert.deepEqual(lists.filter((words) => !unions.includes(String(words))), []);
});

/** Fields that are written into an answer. @param {string} text of Rust, without its tests @returns {string[]} */
const fieldsIn = (text) => [...text.replace(/#\[cfg\(test\)\][^]*/, "").matchAll(/\.with(?:_some)?\(\s*"(\w+)"/g)].map(([, name]) => String(name));

/** @param {string} text of a declaration @returns {string[]} */
const declaredIn = (text) => [...text.replaceAll(/\/\*[^]*?\*\/|\/\/.*$/gm, "").matchAll(/\b(\w+)\??:/g)].map(([, name]) => String(name));

test("a field that is written is declared", () => {
  const declared = new Set(files(".d.ts").flatMap(([, text]) => declaredIn(text)));
  const written = files(".rs").filter(([path]) => path.startsWith("wire/")).flatMap(([path, text]) => fieldsIn(text).map((name) => ({ path, name })));
  assert.ok(written.length > 200, `${written.length}`);
  assert.deepEqual(written.filter(({ name }) => !declared.has(name)), []);
  assert.deepEqual(fieldsIn('Object::new().with("id", 1)\n    .with_some(\n "atMs", at)\n#[cfg(test)] .with("no", 1)'), ["id", "atMs"]);
  assert.deepEqual(declaredIn("/** not: this */ interface A { id: string; atMs?: number } // nor: that"), ["id", "atMs"]);
});

/** Columns of Dataverse: `msdyn_…`, in lower case as their logical names are. @param {string} text */
const columnsIn = (text) => [...new Set([...text.matchAll(/"(_?msdyn_[a-z]+)"/g)].map(([, name]) => String(name)))].sort();

test("a column of Dataverse that is read is asked for", () => {
  const read = files(".rs").filter(([path]) => /^provider\/dataverse\w*\.rs$/.test(path)).flatMap(([, text]) => columnsIn(text));
  const folder = new URL("../../www/adapters/dynamics/", import.meta.url);
  const asked = columnsIn(readdirSync(folder).map((name) => readFileSync(new URL(name, folder), "utf8")).join("\n"));
  assert.ok(read.length > 10, read.join());
  assert.deepEqual([...new Set(read)].filter((name) => !asked.includes(name)), []);
});
