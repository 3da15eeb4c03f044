// What ships may be passed on: the licence of every crate that is compiled into the modules, and of nothing else, is one that .deny.toml
// allows. Asked of Cargo's own list; where `cargo deny` is installed, of that as well.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { answers, at, run } from "../../www/build/run.mjs";

const config = await readFile(at(".deny.toml"), "utf8");
/** @param {string} name @returns {string[]} the texts of a list in the file */
const listOf = (name) => [...(new RegExp(`^${name} = \\[(.*?)\\]$`, "ms").exec(config)?.[1] ?? "").matchAll(/"([^"]+)"/g)].map(([, text]) => String(text));
const allowed = listOf("allow");
const denied = listOf("deny");

/**
 * Whether what a crate asks for can be kept with the licences that are allowed: SPDX, where AND binds closer than OR; an old `/` is an OR.
 *
 * @param {string} expression
 */
const isAllowed = (expression) => {
  const words = expression.replaceAll("/", " OR ").replace(/[()]/g, " $& ").split(/\s+/).filter(Boolean);
  const choice = () => {
    let answer = both();
    while (words[0] === "OR" && words.shift()) answer = both() || answer;
    return answer;
  };
  const both = () => {
    let answer = one();
    while (words[0] === "AND" && words.shift()) answer = one() && answer;
    return answer;
  };
  /** @returns {boolean} */
  const one = () => {
    const word = words.shift() ?? "";
    if (word !== "(") return allowed.includes(word);
    const answer = choice();
    return words.shift() === ")" && answer;
  };
  return choice() && words.length === 0;
};

/** Crates that are compiled into the modules: what a normal dependency leads to, from the modules on. */
const shipped = async () => {
  const told = String(await run("cargo", ["metadata", "--locked", "--format-version=1", "--filter-platform=wasm32-unknown-unknown"], { quiet: true }));
  const { packages, resolve, workspace_members: members } = JSON.parse(told);
  const nodes = new Map(resolve.nodes.map((/** @type {any} */ node) => [node.id, node]));
  const found = new Set();
  const open = members.filter((/** @type {string} */ id) => packages.some((/** @type {any} */ one) => one.id === id && /^reply-window(?:-|$)/.test(one.name) && !one.name.includes("bind")));
  while (open.length > 0) {
    const id = open.pop();
    if (found.has(id)) continue;
    found.add(id);
    for (const { pkg, dep_kinds: kinds } of /** @type {any} */ (nodes.get(id)).deps) if (kinds.some((/** @type {any} */ { kind }) => kind === null)) open.push(pkg);
  }
  return packages.filter((/** @type {any} */ { id }) => found.has(id));
};

test("the licence of every crate that ships is allowed, none is there twice, and none is banned", async () => {
  const crates = await shipped();
  assert.ok(crates.length > 10 && allowed.length > 0 && denied.length > 0, `${crates.length} crates`);
  const bad = crates.filter((/** @type {any} */ { license }) => typeof license !== "string" || !isAllowed(license));
  assert.deepEqual(bad.map((/** @type {any} */ { name, license }) => `${name}: ${license}`), []);
  const names = crates.map((/** @type {any} */ { name }) => name);
  assert.deepEqual(names.filter((/** @type {string} */ name, /** @type {number} */ place) => names.indexOf(name) !== place), [], "two versions");
  assert.deepEqual(names.filter((/** @type {string} */ name) => denied.includes(name)), [], "banned");
});

/** Where crates may come from. */
const REGISTRY = "registry+https://github.com/rust-lang/crates.io-index";
/** What comes from elsewhere, or in whatever version there is. @param {any[]} crates */
const unsure = (crates) => crates.flatMap(({ name, source, dependencies }) => [
  ...(source === null || source === REGISTRY ? [] : [`${name}: ${source}`]),
  ...dependencies.filter((/** @type {any} */ { kind, req, path }) => kind === null && req === "*" && path === undefined).map((/** @type {any} */ wanted) => `${name}: ${wanted.name} *`),
]);

test("every crate that ships comes from the one registry, or from here, in a version that is named", async () => {
  const crates = await shipped();
  assert.ok(crates.some(({ source }) => source === REGISTRY) && crates.some(({ source }) => source === null));
  assert.deepEqual(unsure(crates.filter(({ source }) => source === null)).concat(unsure(crates.map((one) => ({ ...one, dependencies: [] })))), []);
  const [of, from] = [{ name: "a", dependencies: [] }, { name: "b", source: null, dependencies: [{ name: "c", kind: null, req: "*" }] }];
  assert.deepEqual(unsure([{ ...of, source: "git+https://example.com/a" }, { ...of, source: "registry+https://example.com" }, from]), ["a: git+https://example.com/a", "a: registry+https://example.com", "b: c *"]);
});

test("a licence that is not allowed is found", () => {
  for (const good of ["MIT", "MIT OR Apache-2.0", "Apache-2.0/MIT", "(MIT OR GPL-3.0) AND Unicode-3.0", "GPL-3.0 OR Zlib"]) assert.ok(isAllowed(good), good);
  for (const bad of ["GPL-3.0", "MIT AND GPL-3.0", "", "UNLICENSED", "GPL-3.0 OR AGPL-3.0", "(MIT OR Apache-2.0) AND GPL-3.0", "MIT MIT", "(MIT"]) assert.ok(!isAllowed(bad), bad);
});

test("the package brings no code of others besides", async () => {
  const { dependencies, license } = JSON.parse(await readFile(at("package.json"), "utf8"));
  assert.deepEqual([dependencies, license], [undefined, "MIT OR Apache-2.0"]);
  for (const notice of ["LICENSE", "src/address/numbers/NOTICE.md"]) assert.ok((await readFile(at(notice), "utf8")).length > 100, notice);
});

test("cargo deny says the same", async (t) => {
  if (!(await answers("cargo", ["deny", "--version"]))) return t.skip("cargo deny is not installed");
  await run("cargo", ["deny", "--config", ".deny.toml", "--offline", "check", "licenses", "bans"], { quiet: true });
});
