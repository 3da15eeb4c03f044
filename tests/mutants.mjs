// Changes the rules, one place at a time, and looks whether a test falls: in a copy of the project below target/, never in the
// project itself. What lives is listed; whether that is a missing test or a change that changes nothing, somebody has to say.
//
//   npm run test:mutants                        the named ones, then 24 drawn by a printed seed
//   npm run test:mutants -- --count=0           the named ones alone (--only=TEXT: those whose name holds it)
//   npm run test:mutants -- --seed=5 --count=60 --minutes=120
//   npm run test:mutants -- --kind=javascript   (or rust, which takes a minute for each)

import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { cp, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { at } from "../www/build/run.mjs";
import { NAMED } from "./support/named-mutants.mjs";
import { randomFrom } from "./support/random.mjs";

/** @import { Mutant } from "./support/named-mutants.mjs" */

/** @param {string} name @param {string} otherwise */
const option = (name, otherwise) => process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3) ?? otherwise;

/** Where changes are drawn, and the tests that ought to fall. @type {Record<string, string[]>} */
const FILES = {
  "src/session/receipt.rs": ["native", "vectors", "session_props"],
  "src/session/status.rs": ["native", "vectors", "session_props"],
  "src/session/verdict.rs": ["native", "vectors", "session_props"],
  "src/session/window.rs": ["native", "vectors", "session_props"],
  "src/provider/twilio/body_hash.rs": ["native", "webhook::", "vectors"],
  "src/provider/twilio/shape.rs": ["native", "vectors"],
  "src/provider/twilio/signature.rs": ["native", "webhook::", "vectors"],
  "src/template/eligibility.rs": ["native", "vectors", "template::"],
  "src/template/fill.rs": ["native", "vectors", "template::"],
  "src/template/value.rs": ["native", "vectors", "template::"],
  "www/controller/conversations.js": ["tests/js/controller.test.js", "tests/js/sending.test.js", "tests/js/receipt.test.js"],
  "www/controller/queue.js": ["tests/js/queue.test.js"],
  "www/controller/receipt.js": ["tests/js/receipt.test.js"],
  "www/server/gate.js": ["tests/wasm/server.test.js", "tests/wasm/load.test.js"],
  "www/server/receiver.js": ["tests/wasm/server.test.js", "tests/wasm/load.test.js", "tests/wasm/shield.test.js", "tests/wasm/clocks.test.js"],
  "www/server/replay.js": ["tests/wasm/shield.test.js"],
  "www/stores/memory.js": ["tests/wasm/stores.test.js", "tests/wasm/load.test.js", "tests/wasm/shield.test.js"],
};

/** What is changed into what, outside of comments. @type {[RegExp, string][]} */
const CHANGES = [
  [/ >= /g, " > "], [/ <= /g, " < "], [/ > (?=[\w"'])/g, " >= "], [/ < (?=[\w"'])/g, " <= "], [/ === /g, " !== "], [/ !== /g, " === "],
  [/ == /g, " != "], [/ != /g, " == "], [/ && /g, " || "], [/ \|\| /g, " && "], [/\btrue\b/g, "false"], [/\bfalse\b/g, "true"],
  [/\bMath\.min\b/g, "Math.max"], [/\.min\(/g, ".max("], [/\.max\(/g, ".min("], [/\bis_some\b/g, "is_none"], [/\bis_none\b/g, "is_some"],
  [/\.some\(/g, ".every("], [/\bif \(!/g, "if ("],
];

/** Where code stands: neither in a comment nor in a test inside the file. @param {string} text @param {number} place */
const isCode = (text, place) => {
  const line = text.slice(text.lastIndexOf("\n", place) + 1, place);
  return !/^\s*(?:\/\/|\*|\/\*)/.test(line) && !line.includes("//") && !text.slice(0, place).includes("#[cfg(test)]") && !/^\s*(?:use|import)\b/.test(line);
};

/** @param {number} seed @param {number} count @param {(mutant: Mutant) => boolean} isWanted @returns {Promise<(Mutant & { place: number })[]>} */
const drawn = async (seed, count, isWanted) => {
  const all = [];
  for (const [file, tests] of Object.entries(FILES)) {
    const text = await readFile(at(file), "utf8");
    for (const [pattern, to] of CHANGES) {
      for (const { 0: from, index } of text.matchAll(pattern)) {
        const line = text.slice(0, index).split("\n").length;
        const mutant = { name: `${file}:${line} ${from.trim()} becomes ${to.trim()}`, file, from, to, place: index, run: tests };
        if (isCode(text, index) && isWanted(mutant)) all.push(mutant);
      }
    }
  }
  const random = randomFrom(seed);
  return Array.from({ length: Math.min(count, all.length) }, () => /** @type {Mutant & { place: number }} */ (all.splice(random(all.length), 1)[0]));
};

const tree = at("target", "mutants", "tree");

/** Everything but what is large and the same. */
const copyTree = async () => {
  await rm(tree, { recursive: true, force: true });
  await mkdir(tree, { recursive: true });
  for (const name of ["Cargo.toml", "Cargo.lock", "package.json", ".rustfmt.toml", "src", "www", "tests", "README.md", "LICENSE", "CHANGELOG.md"]) {
    await cp(at(name), `${tree}/${name}`, { recursive: true, filter: (path) => !path.includes("node_modules") });
  }
  for (const place of ["node_modules", "tests/node_modules"]) await symlink(at(place), `${tree}/${place}`);
};

/** Whether the tests pass in the copy. @param {string[]} tests @returns {Promise<boolean>} */
const passes = ([first = "", ...rest]) => new Promise((resolve, reject) => {
  const env = { ...process.env, CARGO_TARGET_DIR: at("target", "mutants", "target"), PROPTEST_RNG_SEED: "20261123", RUST_BACKTRACE: "0" };
  const [command, options] = first === "native"
    ? ["cargo", ["test", "--locked", "--quiet", "--test", "native", "--", ...rest]]
    : [process.execPath, ["--test", "--test-timeout=120000", first, ...rest]];
  spawn(String(command), /** @type {string[]} */ (options), { cwd: tree, stdio: "ignore", env }).on("error", reject).on("close", (code) => resolve(code === 0));
});

/** @param {Mutant & { place?: number }} mutant @returns {Promise<boolean>} whether a test fell */
const dies = async ({ name, file, from, to, place, run: tests }) => {
  const text = await readFile(at(file), "utf8");
  const at0 = place ?? text.indexOf(from);
  if (at0 < 0 || (place === undefined && text.indexOf(from, at0 + 1) >= 0)) throw new Error(`${name}: what is changed must stand once in ${file}`);
  await writeFile(`${tree}/${file}`, text.slice(0, at0) + to + text.slice(at0 + from.length));
  try {
    return !(await passes(tests));
  } finally {
    await writeFile(`${tree}/${file}`, text);
  }
};

const seed = Number(option("seed", String(randomInt(2 ** 31))));
const endsAt = Date.now() + Number(option("minutes", "40")) * 60_000;
const kind = option("kind", "");
const isOfKind = (/** @type {Mutant} */ { run: [first] }) => kind === "" || (first === "native") === (kind === "rust");
const named = NAMED.filter((mutant) => isOfKind(mutant) && mutant.name.includes(option("only", "")));
const mutants = [...named, ...(await drawn(seed, Number(option("count", "24")), isOfKind))];
console.log(`${named.length} named and ${mutants.length - named.length} drawn, seed ${seed}`);
await copyTree();
for (const tests of new Map(mutants.map(({ run: tests }) => [tests.join(), tests])).values()) {
  if (!(await passes(tests))) throw new Error(`without a change, too, a test falls: ${tests.join(" ")}`);
}
const survivors = [];
let tried = 0;
for (const mutant of mutants) {
  if (Date.now() > endsAt) break;
  const dead = await dies(mutant);
  tried += 1;
  console.log(`${dead ? "dies " : "LIVES"} ${mutant.name}`);
  if (!dead) survivors.push(mutant.name);
}
console.log(`\n${tried} of ${mutants.length} tried, ${survivors.length} live${survivors.map((name) => `\n  ${name}`).join("")}`);
