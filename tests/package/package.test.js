// The package as a stranger gets it: packed, installed into an empty project, imported, bundled and run.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build as esbuild } from "esbuild";
import { build as vite } from "vite";
import { run } from "../../www/build/run.mjs";
import { launchBrowser } from "../support/browser.mjs";
import { STRICT_POLICY, serveFolder } from "../support/static-server.mjs";

const EXPECTED = { inside: "allowed", after: "template-only", variables: '{"1":"Layla"}', misuse: true };

const npm = process.platform === "win32" ? "npm.cmd" : "npm";
/** @type {string} */ let project;
/** @type {string} */ let installed;
/** @type {import("playwright-core").Browser} */ let browser;

before(async () => {
  project = await mkdtemp(join(tmpdir(), "reply-window-"));
  await run(npm, ["pack", "--ignore-scripts", "--silent", "--pack-destination", project], { quiet: true });
  const tarball = (await readdir(project)).find((name) => name.endsWith(".tgz"));
  assert.ok(tarball, "npm pack made no tarball");
  await writeFile(join(project, "package.json"), '{ "name": "desk", "private": true, "type": "module" }');
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--silent"];
  await run(npm, ["install", `./${tarball}`, ...flags], { cwd: project, quiet: true });
  await cp(fileURLToPath(new URL("fixture", import.meta.url)), project, { recursive: true });
  installed = join(project, "node_modules", "reply-window");
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await rm(project, { recursive: true, force: true });
});

test("every path of the exports map is in the tarball, types included", async () => {
  const { exports } = JSON.parse(await readFile(join(installed, "package.json"), "utf8"));
  const targets = Object.values(exports).flatMap((entry) => (typeof entry === "string" ? [entry] : Object.values(entry)));
  assert.ok(targets.length >= 10);
  for (const target of targets) assert.ok((await stat(join(installed, target))).isFile(), target);
});

test("the tarball holds no test, no demo, no Rust and nothing it does not need", async () => {
  const names = (await readdir(installed, { recursive: true })).map((name) => name.replaceAll("\\", "/"));
  const allowed = /^(www|src|src\/wire|src\/wire\/types(\.d\.ts|\/[\w-]+\.d\.ts)?|src\/address(\/numbers(\/NOTICE\.md)?)?|package\.json|README\.md|CHANGELOG\.md|LICENSE)$|^www\/(?!demo|build)/;
  assert.deepEqual(names.filter((name) => !allowed.test(name)), []);
});

test("Node imports it without configuration", async () => {
  const code = 'import { result } from "./main.js"; import * as server from "reply-window/server"; console.log(JSON.stringify({ ...result, server: typeof server.createReceiver }))';
  const output = await run(process.execPath, ["--input-type=module", "-e", code], { cwd: project, quiet: true });
  assert.deepEqual(JSON.parse(output), { ...EXPECTED, server: "function" });
});

test("Node loads few files of it, and of its modules those that it calls; whatever is loaded beside, errors are of one class", async (t) => {
  const node = fileURLToPath(new URL("../nodes/node_modules/node24/bin/node", import.meta.url));
  if (!existsSync(node)) return t.skip("Node 24 is not installed below tests/nodes (Linux on x64 only)");
  const code = `
    import { registerHooks } from "node:module";
    import fs from "node:fs";
    const [files, modules, { readFileSync }] = [[], [], fs];
    const name = (url) => String(url).split("/").at(-1);
    registerHooks({ load: (url, context, next) => (url.startsWith("file:") && files.push(name(url)), next(url, context)) });
    fs.readFileSync = (path, ...more) => (/wasm$/.test(String(path)) && modules.push(name(path)), readFileSync(path, ...more));
    (await import("node:module")).syncBuiltinESMExports();
    const { ReplyWindowError, foldEvents, isValidNumber, judge } = await import("reply-window");
    const [{ length: atFirst }, before] = [files, [...modules]];
    judge(foldEvents(undefined, []), { kind: "text" });
    const judged = [...modules];
    isValidNumber("+442070313000");
    const { mount } = await import("reply-window/mount");
    const { createReceiver } = await import("reply-window/server");
    const isOurs = [() => mount(5), () => createReceiver(5)].map((wrong) => { try { wrong(); } catch (error) { return error instanceof ReplyWindowError; } });
    console.log(JSON.stringify({ atFirst, before, judged, modules, isOurs }));`;
  const { atFirst, ...found } = JSON.parse(await run(node, ["--input-type=module", "-e", code], { cwd: project, quiet: true }));
  assert.ok(atFirst < 12, `${atFirst} files`);
  assert.deepEqual(found, { before: [], judged: ["page_bg.wasm"], modules: ["page_bg.wasm", "validity_bg.wasm"], isOurs: [true, true] });
});

test("a bundle for Node needs no file beside it", async () => {
  const away = await mkdtemp(join(tmpdir(), "reply-window-away-"));
  await esbuild({ entryPoints: [join(project, "main.js")], bundle: true, platform: "node", format: "esm", outfile: join(away, "main.mjs"), logLevel: "error" });
  const output = await run(process.execPath, ["--input-type=module", "-e", 'import { result } from "./main.mjs"; console.log(JSON.stringify(result));'], { cwd: away, quiet: true });
  assert.deepEqual(JSON.parse(output), EXPECTED);
  await rm(away, { recursive: true });
});

test("the service, without the packages that it needs, says in one sentence which", async (t) => {
  const node = fileURLToPath(new URL("../nodes/node_modules/node22/bin/node", import.meta.url));
  if (!existsSync(node)) return t.skip("Node 22 is not installed below tests/nodes (Linux on x64 only)");
  const { bin } = JSON.parse(await readFile(join(installed, "package.json"), "utf8"));
  const env = { PATH: process.env.PATH, RW_PUBLIC_URL: "https://windows.example.com", RW_TWILIO_AUTH_TOKENS: "8f0c2d4b6a1e3f5907c8d2b4a6e1f305" };
  const told = (/** @type {object} */ more) => spawnSync(node, [join(installed, bin["reply-window"]), "serve"], { cwd: project, env: { ...env, ...more }, encoding: "utf8" });
  const { status, stderr, stdout } = told({});
  assert.deepEqual([status, stdout, stderr], [1, "", "reply-window: the HTTP library is not installed: npm install hono @hono/node-server\n"]);
  const names = await readdir(join(project, "node_modules"));
  assert.deepEqual(names.filter((name) => /hono|redis/.test(name)), [], "who installs the package for a browser gets neither");
});

/** Runs a bundle in the browser, under the strictest policy the package promises. */
async function inBrowser(/** @type {string} */ folder) {
  const html = '<!doctype html><title>desk</title><div id="desk"></div><script type="module" src="/page.js"></script>';
  const server = await serveFolder(folder, { policy: STRICT_POLICY, pages: { "/": html } });
  const page = await browser.newPage();
  /** @type {string[]} */ const complaints = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  try {
    await page.goto(server.url);
    await page.waitForSelector("html[data-ready]").catch(() => assert.fail(complaints.join("\n")));
    const result = await page.evaluate("result");
    assert.deepEqual(complaints.filter((text) => !text.includes("favicon")), []);
    return result;
  } finally {
    await page.close();
    await server.close();
  }
}

const IN_PAGE = { ...EXPECTED, words: "غير معروفة", phase: "unknown", shown: true, chooser: true };

test("esbuild bundles it without configuration and it runs", async () => {
  const folder = join(project, "with-esbuild");
  await esbuild({ entryPoints: [join(project, "page.js")], bundle: true, minify: true, format: "esm", outdir: folder, logLevel: "error" });
  assert.deepEqual(await inBrowser(folder), IN_PAGE);
  assert.deepEqual(await readdir(folder), ["page.js"], "a bundle is one file, without a stray .wasm");
});

test("esbuild makes files of their own of what is fetched on demand, or one classic script of everything", async () => {
  const [split, classic] = [join(project, "split"), join(project, "classic")];
  const options = { entryPoints: [join(project, "page.js")], bundle: true, minify: true, logLevel: /** @type {const} */ ("error") };
  await esbuild({ ...options, format: "esm", splitting: true, outdir: split });
  assert.deepEqual(await inBrowser(split), IN_PAGE);
  assert.ok((await readdir(split)).some((name) => /^panel-.*\.js$/.test(name)));
  // A desktop that takes a single script, such as a web resource of Dynamics: without top-level `await` in it.
  await writeFile(join(project, "entry.js"), 'import("./page.js");');
  await esbuild({ ...options, entryPoints: { page: join(project, "entry.js") }, format: "esm", outdir: classic });
  assert.deepEqual(await readdir(classic), ["page.js"]);
  assert.deepEqual(await inBrowser(classic), IN_PAGE);
});

test("Vite bundles it without configuration and it runs", async () => {
  const folder = join(project, "with-vite");
  await mkdir(folder);
  await vite({
    root: project, configFile: false, logLevel: "error",
    build: { outDir: folder, rollupOptions: { input: join(project, "page.js"), output: { entryFileNames: "page.js" } } },
  });
  assert.deepEqual(await inBrowser(folder), IN_PAGE);
});
