// @ts-check
// The floors of the JavaScript half: imports go downward only and never round in a circle, packages stay outside, files and
// functions stay small, importing does nothing. Every check is shown to fail on a small tree that was made up for it.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { GENERATED, circles, groups, parseModule, parseTree, readTree, visit } from "../support/modules.mjs";

/** @import { Module } from "../support/modules.mjs" */

/**
 * A room of `www/`. `uses`: the rooms whose code it may import; `names`: those of which it may know types besides.
 * `packages`: what it may import that is not ours. `dom`: whether it may touch a page; `node`: whether it may ask for Node's globals.
 * `acts`: the files that do something when they are imported.
 *
 * @typedef {{ uses: readonly string[], names?: readonly string[], packages?: RegExp, dom?: true, node?: true, acts?: RegExp }} Room
 */

/** @type {Record<string, Room>} */
const ROOMS = {
  engine: { uses: ["pkg"], node: true },
  // The sentences of provider codes are the engine's.
  i18n: { uses: ["engine"] },
  stores: { uses: ["engine"], packages: /^(node:sqlite|@redis\/client)$/ },
  server: { uses: ["stores", "engine"] },
  service: { uses: ["server", "stores", "engine"], packages: /^hono(\/|$)/ },
  // The command: the service on a port of Node.
  serve: { uses: ["service", "server", "stores", "engine"], packages: /^(node:|@hono\/node-server$)/, node: true, acts: /\/bin\.js$/ },
  "index.js": { uses: ["engine"] },
  workerd: { uses: ["index.js", "service", "server", "engine", "pkg"], acts: /./ },
  controller: { uses: ["engine"] },
  // The desktop's side of the service.
  client: { uses: ["controller", "engine"] },
  elements: { uses: ["controller", "engine", "i18n"], names: ["server"], dom: true, acts: /\/define\.js$/ },
  adapters: { uses: ["controller", "engine"], dom: true },
  "mount.js": { uses: ["elements", "adapters", "controller", "engine"], names: ["client"], dom: true },
  // The page of the service's report, of which one script is made: it starts itself.
  report: { uses: ["i18n"], packages: /^chart\.js$/, dom: true, acts: /\/page\.js$/ },
  // The desktop of Dynamics 365, of which one script is made: it starts itself. `?`: the engine without WebAssembly, named in the settings.
  dynamics: { uses: ["mount.js", "elements", "adapters", "client", "controller", "engine", "i18n"], packages: /^\?$/, dom: true, acts: /\/script\.js$/ },
  "demo/local.js": { uses: [], node: true },
  "demo/stand-in": { uses: ["demo/local.js"], packages: /^(node:|twilio$)/, node: true },
  "demo/page": { uses: ["mount.js", "index.js", "elements", "adapters", "engine", "i18n"], names: ["server"], dom: true, acts: /./ },
  demo: { uses: ["demo/local.js", "demo/stand-in", "server", "stores", "engine", "index.js"], packages: /^(node:|@hono\/)/, dom: true, node: true, acts: /\.mjs$/ },
  // `?`: the report of sizes loads the package's own entries by name.
  build: { uses: [], packages: /^(node:|esbuild$|binaryen$|\?$)/, node: true, acts: /\/release\.mjs$/ },
  "build.mjs": { uses: ["build"], node: true, acts: /./ },
};

/** What wasm-bindgen writes, and the contract's types. */
const BELOW = { pkg: /^www\/pkg\//, contract: /^src\/wire\/.*\.d\.ts$/ };

/** The room of a path; `undefined` where it stands in none. @param {string} path */
const roomOf = (path) => {
  const name = Object.keys(ROOMS).filter((room) => path === `www/${room}` || path.startsWith(`www/${room}/`)).sort((a, b) => b.length - a.length)[0];
  return name ?? Object.entries(BELOW).find(([, pattern]) => pattern.test(path))?.[0];
};

/** @param {readonly Module[]} modules @returns {string[]} */
const withoutRoom = (modules) => modules.filter(({ path }) => !roomOf(path)).map(({ path }) => path);

/** @param {readonly Module[]} modules @returns {string[]} */
const wrongImports = (modules) => modules.flatMap(({ path, imports }) => {
  const from = roomOf(path) ?? "";
  const { uses = [], names = [], packages = /(?!)/ } = ROOMS[from] ?? { uses: [] };
  return imports.flatMap(({ to, line, kind }) => {
    const room = roomOf(to);
    if (!/^(www|src)\//.test(to)) return kind === "type" || packages.test(to) ? [] : [`${path}:${line} imports \`${to}\``];
    const may = room === from || uses.includes(room ?? "") || (kind === "type" && (room === "contract" || names.includes(room ?? "")));
    return may ? [] : [`${path}:${line} (${from}) imports ${to} (${room})`];
  });
});

const MAX_FILE_LINES = 320;
const MAX_FUNCTION_LINES = 40;

/** Lines of a file as they stand; of a function those that hold code. @param {readonly Module[]} modules @returns {string[]} */
const tooLong = (modules) => modules.flatMap(({ path, lines, functions }) => [
  ...(lines > MAX_FILE_LINES ? [`${path}: ${lines} lines`] : []),
  ...functions.filter(({ codeLines }) => codeLines > MAX_FUNCTION_LINES).map(({ name, line, codeLines }) => `${path}:${line} ${name}: ${codeLines} lines of code`),
]);

const DECLARES = /^(Import|Export|Function|Class|Variable)\w*Declaration$/;

/** Statements that a module runs when it is imported. @param {readonly Module[]} modules @returns {string[]} */
const actions = (modules) => modules.flatMap(({ path, program, lineOf }) =>
  program.body
    .filter((/** @type {any} */ { type }) => !DECLARES.test(type))
    .filter(() => !ROOMS[roomOf(path) ?? ""]?.acts?.test(path))
    .map((/** @type {any} */ { start }) => `${path}:${lineOf(start)}`));

const MARKUP = new Set(["innerHTML", "outerHTML", "insertAdjacentHTML", "setHTMLUnsafe", "createContextualFragment", "srcdoc"]);

/** @param {any} node */
const isMarkup = (node) =>
  (node.type === "Identifier" && MARKUP.has(node.name))
  || (node.type === "Literal" && MARKUP.has(node.value))
  || (node.type === "MemberExpression" && node.object.name === "document" && /^write/.test(node.property.name ?? ""))
  || (/^(Call|New)Expression$/.test(node.type) && ["eval", "Function"].includes(node.callee.name));

const PAGE = new Set(["document", "window", "customElements", "localStorage", "sessionStorage"]);
const NODE = new Set(["process", "Buffer", "global", "Deno", "Bun", "require", "setImmediate", "__dirname"]);

/** The global that is used here, if one is. @param {any} node @returns {string | undefined} */
const globalIn = (node) =>
  node.type === "MemberExpression" ? node.object.name : node.type === "CallExpression" ? node.callee.name : undefined;

/** @param {readonly Module[]} modules @param {(node: any, room: Room | undefined) => boolean} isWrong @returns {string[]} */
const nodesOf = (modules, isWrong) => modules.flatMap(({ path, program, lineOf }) => {
  /** @type {string[]} */
  const found = [];
  visit(program, (node) => {
    if (isWrong(node, ROOMS[roomOf(path) ?? ""])) found.push(`${path}:${lineOf(node.start)}`);
  });
  return found;
});

/** @param {readonly Module[]} modules */
const markup = (modules) => nodesOf(modules, isMarkup);

/** What a room without a page, or without Node, asks them for. @param {readonly Module[]} modules */
const foreignGlobals = (modules) => nodesOf(modules, (node, room) => {
  const name = globalIn(node);
  return (!room?.dom && PAGE.has(name ?? "")) || (!room?.node && NODE.has(name ?? ""));
});

const modules = parseTree(readTree(new URL("../../", import.meta.url), "www"));
const paths = new Set(modules.map(({ path }) => path));

/** A tree made up for a check. @param {Record<string, string>} files */
const made = (files) => parseTree(new Map(Object.entries(files)));

test("modules and their imports are found", () => {
  assert.ok(modules.length > 120, `${modules.length}`);
  for (const kind of ["static", "dynamic", "type"]) assert.ok(modules.some(({ imports }) => imports.some((one) => one.kind === kind)), kind);
  const { imports } = parseModule("www/engine/a.js", 'import b from "./b.js";\nexport * from "./c.js";\nawait import("../d.js");\nimport(b);\n/** @import { E } from "./e.js" */\n/** @type {import("./f.js").F} */');
  assert.deepEqual(imports.map(({ to, line, kind }) => `${to} ${line} ${kind}`), [
    "www/engine/b.js 1 static", "www/engine/c.js 2 static", "www/d.js 3 dynamic", "? 4 dynamic", "www/engine/e.js 5 type", "www/engine/f.js 6 type",
  ]);
});

test("every module stands in a room", () => {
  assert.deepEqual(withoutRoom(modules), []);
  assert.deepEqual(withoutRoom(made({ "www/attic/a.js": "", "www/engine/a.js": "", "www/enginery/a.js": "" })), ["www/attic/a.js", "www/enginery/a.js"]);
});

test("the rooms themselves stand on one another, and elements and adapters beside each other", () => {
  const below = (/** @type {Record<string, Room>} */ rooms) =>
    groups(new Map(Object.entries(rooms).map(([name, { uses, names = [] }]) => [name, new Set([...uses, ...names])]))).filter(({ length }) => length > 1);
  assert.deepEqual(below(ROOMS), []);
  assert.deepEqual(below({ up: { uses: ["down"] }, down: { uses: [], names: ["up"] } }).length, 1);
  const reach = (/** @type {string} */ name) => [...(ROOMS[name]?.uses ?? []), ...(ROOMS[name]?.names ?? [])];
  assert.ok(!reach("elements").includes("adapters") && !reach("adapters").includes("elements"));
});

/** The floor of each path in the table of a page; `-1` for what stands beside the floors. @param {string} page @returns {[string, number][]} */
const floorsIn = (page) => [...page.matchAll(/^\| (\d+|beside) \| (.+?) \|/gm)].flatMap(([, floor, where]) =>
  [...String(where).matchAll(/`((?:www|src)\/[^`]+)`/g)].map(([, path]) => /** @type {[string, number]} */ ([String(path).replace(/\/$/, ""), floor === "beside" ? -1 : Number(floor)])));

/** Rooms that the table has not, names that are no room, and imports that go up. @param {string} page @param {readonly string[]} rooms @param {Record<string, Room>} uses */
const offTheTable = (page, rooms, uses) => {
  const floors = floorsIn(page);
  const floorOf = (/** @type {string} */ room) => floors.find(([path]) => path === `www/${room}` || room.startsWith(`${path.slice(4)}/`))?.[1];
  return [
    ...rooms.filter((path) => !floors.some(([known]) => known === path)).map((path) => `${path} is not in the table`),
    ...floors.filter(([path]) => !rooms.includes(path)).map(([path]) => `${path} is in the table and not there`),
    ...floors.filter(([path], place) => floors.findIndex(([other]) => other === path) !== place).map(([path]) => `${path} stands twice`),
    ...Object.entries(uses).flatMap(([room, { uses: below }]) =>
      below.filter((one) => !(one in BELOW) && Number(floorOf(one)) > Number(floorOf(room))).map((one) => `${room} uses ${one}, which is above it`)),
  ];
};

test("the table of floors in src/README.md names every room, and none below another that it uses", () => {
  const read = (/** @type {string} */ path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
  const within = (/** @type {string} */ folder) => readdirSync(new URL(`../../${folder}`, import.meta.url), { withFileTypes: true })
    .filter((entry) => (entry.isDirectory() ? !GENERATED.test(`${folder}/${entry.name}/`) : /\.(m?js|rs)$/.test(entry.name))).map(({ name }) => `${folder}/${name}`);
  const there = [...within("www"), ...within("src")];
  assert.deepEqual(offTheTable(read("src/README.md"), there, ROOMS), []);
  // And so are the rooms that the test of the Rust half knows.
  const rust = [...read("tests/rust/floors/rooms.rs").matchAll(/^ {4}(?:\(|    )"(\w+)",/gm)].map(([, name]) => name);
  assert.ok(rust.length > 10, rust.join());
  assert.deepEqual(rust.filter((name) => !there.includes(`src/${name}`) && !there.includes(`src/${name}.rs`)), []);
  const page = "| 2 | `www/up/`, `www/gone/` | a |\n| 1 | `www/down.js` | b |\n| beside | `www/tool/` | c |";
  assert.deepEqual(offTheTable(page, ["www/up", "www/down.js", "www/tool", "www/attic"], { "down.js": { uses: ["up"] }, "up/part": { uses: ["down.js"] } }), [
    "www/attic is not in the table", "www/gone is in the table and not there", "down.js uses up, which is above it",
  ]);
});

test("imports go downward only, and packages come only where they may", () => {
  assert.deepEqual(wrongImports(modules), []);
  const wrong = {
    "www/engine/up.js": 'import "../controller/a.js";',
    "www/engine/later.js": 'const a = () => import("../controller/a.js");',
    "www/engine/again.js": 'export { a } from "../controller/a.js";',
    "www/engine/type.js": '/** @import { A } from "../controller/a.js" */',
    "www/engine/package.js": 'import "left-pad";',
    "www/server/node.js": 'import "node:fs";',
    "www/server/computed.js": "const a = (b) => import(b);",
    "www/stores/up.js": 'import "../server/a.js";',
    "www/elements/beside.js": 'import "../adapters/a.js";',
    "www/elements/code-of-server.js": 'import "../server/a.js";',
    "www/adapters/beside/a.js": 'import "../../elements/a.js";',
    "www/controller/out.js": 'import "../../tests/a.js";',
    "www/demo/stand-in/shares.js": 'import "../../engine/a.js";',
  };
  assert.deepEqual(wrongImports(made(wrong)).map((one) => one.replace(/:.*/, "")), Object.keys(wrong));
  assert.deepEqual(wrongImports(made({
    "www/engine/a.js": '/** @import { A } from "../../src/wire/types.d.ts" */\nimport "../pkg/core.js";',
    "www/server/twilio/a.js": 'import "../../stores/port.js";',
    "www/elements/a.js": '/** @import { Step } from "../server/a.js" */',
    "www/demo/a.js": 'import "node:fs";',
  })), []);
});

test("what is imported is there", () => {
  const missing = (/** @type {readonly Module[]} */ all, /** @type {ReadonlySet<string>} */ there) => all.flatMap(({ path, imports }) =>
    imports.filter(({ to }) => to.startsWith("www/") && !there.has(to) && !/^www\/pkg\/|\.gen\.js$/.test(to)).map(({ to, line }) => `${path}:${line} ${to}`));
  assert.deepEqual(missing(modules, paths), []);
  assert.deepEqual(missing(made({ "www/engine/a.js": '/** @type {import("./gone.js").A} */' }), paths), ["www/engine/a.js:1 www/engine/gone.js"]);
});

test("no circle of files, not even inside a folder, not even of types", () => {
  assert.deepEqual(circles(modules), []);
  const round = (/** @type {Record<string, string>} */ files) => circles(made(files)).map((one) => one.sort().map((path) => path.slice(-4, -3)).join(""));
  assert.deepEqual(round({ "www/a.js": 'import "./b.js";', "www/b.js": 'import "./c.js";', "www/c.js": 'import("./a.js");', "www/d.js": 'import "./a.js";' }), ["abc"]);
  assert.deepEqual(round({ "www/a.js": 'export * from "./b.js";', "www/b.js": '/** @import { A } from "./a.js" */' }), ["ab"]);
  assert.deepEqual(round({ "www/a.js": 'import "./a.js";' }), ["a"]);
  assert.deepEqual(round({ "www/a.js": 'import "./b.js"; import "./c.js";', "www/b.js": 'import "./c.js";', "www/c.js": "" }), []);
});

test("files and functions stay small", () => {
  assert.deepEqual(tooLong(modules), []);
  const lines = (/** @type {number} */ count) => "  a();\n".repeat(count);
  const long = {
    "www/engine/function.js": `function long() {\n${lines(39)}}\n`,
    "www/engine/arrow.js": `const long = () => {\n${lines(39)}};\n`,
    "www/engine/method.js": `class A {\n  long() {\n${lines(39)}  }\n}\n`,
    "www/engine/file.js": "\n".repeat(320) + "a();\n",
  };
  assert.deepEqual(tooLong(made(long)).map((one) => one.replace(/^www\/engine\//, "")), [
    "function.js:1 long: 41 lines of code", "arrow.js:1 long: 41 lines of code", "method.js:2 long: 41 lines of code", "file.js: 321 lines",
  ]);
  assert.deepEqual(tooLong(made({
    "www/engine/a.js": `function just() {\n${lines(38)}}\n`,
    "www/engine/told.js": `function told() {\n${"  // why\n\n".repeat(30)}${lines(38)}}\n`,
  })), []);
});

test("importing a module does nothing; only define.js registers an element", () => {
  assert.deepEqual(actions(modules), []);
  const acting = { "www/engine/call.js": "start();", "www/elements/a.js": "A.define();", "www/controller/loop.js": "for (const a of []) a();", "www/i18n/set.js": "globalThis.a = 1;" };
  assert.deepEqual(actions(made(acting)), Object.keys(acting).map((path) => `${path}:1`));
  assert.deepEqual(actions(made({ "www/elements/a/define.js": 'import { A } from "./a.js";\nexport { A };\nA.define();', "www/i18n/a.js": "export const a = 1;\nclass B {}\nfunction c() {}" })), []);
});

test("no module makes markup or code from strings", () => {
  assert.deepEqual(markup(modules), []);
  const wrong = {
    "www/elements/a.js": "const a = (b) => { b.innerHTML = ''; };", "www/elements/b.js": "const a = (b) => b['outerHTML'];", "www/elements/c.js": "const a = h('div', { innerHTML: '' });",
    "www/elements/d.js": "const a = () => document.write('');", "www/elements/e.js": "const a = () => eval('');", "www/elements/f.js": "const a = () => new Function('');",
  };
  assert.deepEqual(markup(made(wrong)), Object.keys(wrong).map((path) => `${path}:1`));
  assert.deepEqual(markup(made({ "www/elements/a.js": "// innerHTML\nconst a = 'never innerHTML';" })), []);
});

test("only elements, adapters and pages touch a page; server and stores run wherever fetch does", () => {
  assert.deepEqual(foreignGlobals(modules), []);
  const wrong = { "www/engine/a.js": "const a = () => document.title;", "www/controller/a.js": "const a = () => window.open();", "www/server/a.js": "const a = () => process.env;", "www/stores/a.js": "const a = () => require('a');", "www/elements/a.js": "const a = () => Buffer.from('');" };
  assert.deepEqual([...new Set(foreignGlobals(made(wrong)))], Object.keys(wrong).map((path) => `${path}:1`));
  assert.deepEqual(foreignGlobals(made({ "www/engine/a.js": "const a = () => typeof document;\nconst b = (c) => c.window.d;", "www/elements/a.js": "const a = () => document.title;" })), []);
});
