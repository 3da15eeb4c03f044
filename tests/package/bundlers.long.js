// The packed tarball in the bundlers that people have, without configuration or with the one setting that is named; what comes out is loaded in Chromium: the
// composer is locked, and a webhook is verified. The table is printed.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build as esbuild } from "esbuild";
import { build as vite, createServer } from "vite";
import twilio from "twilio";
import { at, run } from "../../www/build/run.mjs";
import { launchBrowser } from "../support/browser.mjs";
import { makeNextDesk, startNextDesk } from "../support/next-desk.mjs";
import { serveFolder } from "../support/static-server.mjs";

const tools = at("tests", "bundlers", "node_modules");
const npm = process.platform === "win32" ? "npm.cmd" : "npm";
const from = createRequire(at("tests", "bundlers", "package.json"));
/** @param {string} name @returns {Promise<any>} */
const tool = async (name) => import(pathToFileURL(from.resolve(name)).href);
/** Development servers and some loaders write style elements and use `eval`: the policy is what the package itself needs, and those. */
const POLICY = "default-src 'self' data: blob:; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; connect-src 'self' ws:";

const URL_OF_HOOK = "https://desk.example.com/twilio/inbound";
const TOKEN = "7b1e0c9d5a3f4e628190abcdef012345";
const parameters = { AccountSid: "AC4c122831efef10ac68b5223dccd6f614", Body: "مرحبا", From: "whatsapp:+12025550177", MessageSid: "SM00000000000000000000000000000001", NumMedia: "0", SmsStatus: "received", To: "whatsapp:+12025550142", WaId: "12025550177" };
/** Signed by Twilio's own library. */
const GIVEN = { url: URL_OF_HOOK, body: new URLSearchParams(parameters).toString(), token: TOKEN, signature: twilio.getExpectedTwilioSignature(TOKEN, URL_OF_HOOK, parameters) };
const EXPECTED = { before: true, locked: true, draft: "half typed", blocked: "send-blocked", verified: "مرحبا", forged: "signature-mismatch" };

/** @type {string} */ let project;
/** @type {import("playwright-core").Browser} */ let browser;
/** @type {[string, string, string][]} */ const table = [];

before(async () => {
  if (!existsSync(join(tools, ".package-lock.json"))) await run(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: at("tests", "bundlers") });
  project = await mkdtemp(join(tmpdir(), "reply-window-bundlers-"));
  await run(npm, ["pack", "--ignore-scripts", "--silent", "--pack-destination", project], { quiet: true });
  const tarball = (await readdir(project)).find((name) => name.endsWith(".tgz"));
  await mkdir(join(project, "node_modules"), { recursive: true });
  await run("tar", ["-xzf", join(project, String(tarball)), "-C", project], { quiet: true });
  await cp(join(project, "package"), join(project, "node_modules", "reply-window"), { recursive: true });
  await writeFile(join(project, "package.json"), '{ "name": "desk", "private": true, "type": "module" }');
  await cp(fileURLToPath(new URL("bundlers", import.meta.url)), project, { recursive: true });
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await rm(project, { recursive: true, force: true });
  console.log(["| tool | set-up | a desktop in it |", "|---|---|---|", ...table.map((row) => `| ${row.join(" | ")} |`)].join("\n"));
});

/** Loads a page and asks it. @param {string} url */
async function inChromium(url) {
  const page = await browser.newPage();
  /** @type {string[]} */ const faults = [];
  page.on("pageerror", ({ message }) => faults.push(message));
  page.on("console", (message) => message.type() === "error" && !/favicon|404/.test(message.text()) && faults.push(message.text()));
  try {
    await page.goto(url);
    await page.waitForFunction(() => globalThis.tryDesk).catch(() => assert.fail(faults.join("\n")));
    const found = await page.evaluate((given) => globalThis.tryDesk(given), GIVEN);
    assert.deepEqual(found, EXPECTED, faults.join("\n"));
    assert.deepEqual(faults, []);
  } finally {
    await page.close();
  }
}

/** @param {string} folder @param {string} script as the page names it */
async function served(folder, script) {
  const server = await serveFolder(folder, { policy: POLICY, pages: { "/": `<!doctype html><title>desk</title><div id="composer"><textarea></textarea><button>Send</button></div>${script}` } });
  try {
    await inChromium(server.url);
  } finally {
    await server.close();
  }
}
const MODULE = '<script type="module" src="/desk.js"></script>';
const CLASSIC = '<script src="/desk.js"></script>';

/** @param {string} name @param {string} setUp @param {() => Promise<void>} work */
const row = (name, setUp, work) => test(`${name}: ${setUp}`, async () => {
  await work().then(() => table.push([name, setUp, "runs"]), (error) => {
    table.push([name, setUp, "fails"]);
    throw error;
  });
});
const entry = () => join(project, "desk.js");

row("esbuild, ES module", "none", async () => {
  await esbuild({ entryPoints: [entry()], bundle: true, format: "esm", outfile: join(project, "esbuild", "desk.js"), logLevel: "error" });
  await served(join(project, "esbuild"), MODULE);
});

row("esbuild, classic script", "`format: \"iife\"`", async () => {
  await esbuild({ entryPoints: [entry()], bundle: true, format: "iife", outfile: join(project, "esbuild-iife", "desk.js"), logLevel: "error" });
  await served(join(project, "esbuild-iife"), CLASSIC);
});

row("Vite, build", "none", async () => {
  await vite({ root: project, configFile: false, logLevel: "error", build: { outDir: join(project, "vite"), emptyOutDir: false, rollupOptions: { input: entry(), output: { entryFileNames: "desk.js" } } } });
  await served(join(project, "vite"), MODULE);
});

row("Vite, development server", "none", async () => {
  const server = await createServer({ root: project, configFile: false, logLevel: "error", server: { port: 0, host: "127.0.0.1" } });
  await server.listen();
  try {
    await inChromium(`${server.resolvedUrls?.local[0]}index.html`);
  } finally {
    await server.close();
  }
});

/** @param {string} name @param {string} output */
async function webpacked(name, output) {
  const found = await tool(name);
  const { webpack = found.rspack ?? found.default } = found;
  await new Promise((resolve, reject) => webpack({ mode: "production", context: project, entry: entry(), output: { path: join(project, output), filename: "desk.js" } }, (error, stats) =>
    error || stats.hasErrors() ? reject(error ?? new Error(stats.toString({ all: false, errors: true }))) : resolve(undefined)));
  await served(join(project, output), CLASSIC);
}
row("webpack", "none", () => webpacked("webpack", "webpack"));
row("Rspack", "none", () => webpacked("@rspack/core", "rspack"));

for (const [format, more, script] of [["es", "`@rollup/plugin-node-resolve`", MODULE], ["iife", "`@rollup/plugin-node-resolve`, `inlineDynamicImports: true`", CLASSIC]]) {
  row(`Rollup, ${format}`, more, async () => {
    const [{ rollup }, { nodeResolve }] = [await tool("rollup"), await tool("@rollup/plugin-node-resolve")];
    const bundle = await rollup({ input: entry(), plugins: [nodeResolve({ browser: true })], onLog: () => {} });
    await bundle.write({ dir: join(project, `rollup-${format}`), format: /** @type {any} */ (format), entryFileNames: "desk.js", ...(format === "iife" && { inlineDynamicImports: true, name: "desk" }) });
    await served(join(project, `rollup-${format}`), script);
  });
}

row("Parcel", "`\"@parcel/resolver-default\": { \"packageExports\": true }` in `package.json`", async () => {
  await writeFile(join(project, "package.json"), '{ "name": "desk", "private": true, "type": "module", "@parcel/resolver-default": { "packageExports": true } }');
  await writeFile(join(project, "parcel.html"), '<!doctype html><title>desk</title><div id="composer"><textarea></textarea><button>Send</button></div><script type="module" src="./desk.js"></script>');
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(tools, "parcel", "lib", "bin.js"), "build", "parcel.html", "--dist-dir", "parcel", "--no-cache", "--no-source-maps"], { cwd: project, encoding: "utf8", timeout: 300_000 });
  assert.equal(status, 0, stdout + stderr);
  const server = await serveFolder(join(project, "parcel"), { policy: POLICY });
  try {
    await inChromium(`${server.url}/parcel.html`);
  } finally {
    await server.close();
  }
});

row("no bundler", "an import map", async () => {
  const { exports } = JSON.parse(await readFile(join(project, "node_modules", "reply-window", "package.json"), "utf8"));
  const imports = Object.fromEntries([".", "./mount"].map((name) => [`reply-window${name.slice(1)}`, `/node_modules/reply-window/${exports[name].default.slice(2)}`]));
  await served(project, `<script type="importmap">${JSON.stringify({ imports })}</script>${MODULE}`);
});

/** A bundle for Node, moved to where nothing else is. @param {string} name @param {(folder: string) => Promise<unknown>} bundle it writes `hook.mjs` there */
const rowForNode = (name, bundle) => row(`${name}, for Node`, "none", async () => {
  const [folder, away] = [join(project, `node-${name}`), await mkdtemp(join(tmpdir(), "reply-window-away-"))];
  await writeFile(join(project, "hook.js"), HOOK);
  await bundle(folder);
  await cp(folder, away, { recursive: true });
  ran([join(away, "hook.mjs")], away);
  await rm(away, { recursive: true });
});

/** @param {string} name @param {string} folder */
async function webpackedForNode(name, folder) {
  const found = await tool(name);
  const { webpack = found.rspack ?? found.default } = found;
  const output = { path: folder, filename: "hook.mjs", module: true, chunkFormat: "module" };
  await new Promise((resolve, reject) => webpack({ mode: "production", target: "node", context: project, entry: join(project, "hook.js"), output, experiments: { outputModule: true } }, (error, stats) =>
    error || stats.hasErrors() ? reject(error ?? new Error(stats.toString({ all: false, errors: true }))) : resolve(undefined)));
}
rowForNode("esbuild", (folder) => esbuild({ entryPoints: [join(project, "hook.js")], bundle: true, platform: "node", format: "esm", outfile: join(folder, "hook.mjs"), logLevel: "error" }));
rowForNode("webpack", (folder) => webpackedForNode("webpack", folder));
rowForNode("Rspack", (folder) => webpackedForNode("@rspack/core", folder));
rowForNode("Vite", (folder) => vite({ root: project, configFile: false, logLevel: "error", ssr: { noExternal: true }, build: { ssr: join(project, "hook.js"), outDir: folder, rollupOptions: { output: { entryFileNames: "hook.mjs" } } } }));

for (const environment of ["jsdom", "happy-dom"]) {
  row(`Vitest, ${environment}`, `\`environment: "${environment}"\``, async () => {
    const home = await withTools(`vitest-${environment}`);
    await writeFile(join(home, "desk.test.js"), TEST("vitest"));
    ran([join(home, "node_modules", "vitest", "vitest.mjs"), "run", "--environment", environment, "--root", home], home);
  });
}

for (const [environment, module] of [["jsdom", "jsdom"], ["happy-dom", "@happy-dom/jest-environment"]]) {
  const conditions = "`testEnvironmentOptions: { customExportConditions: [\"default\"] }`";
  row(`Jest, ${environment}`, `\`--experimental-vm-modules\`; ${conditions}`, async () => {
    const home = await withTools(`jest-${environment}`);
    await writeFile(join(home, "desk.test.js"), TEST("@jest/globals"));
    await writeFile(join(home, "jest.config.json"), JSON.stringify({ testEnvironment: module, transform: {}, testEnvironmentOptions: { customExportConditions: ["default"] } }));
    ran(["--experimental-vm-modules", join(home, "node_modules", "jest", "bin", "jest.js"), "--config", "jest.config.json", "--rootDir", home], home);
  });
}

row("Next", "none: a client component, a server component, a route handler", async () => {
  const home = join(project, "next");
  await mkdir(home);
  await cp(join(project, "desk.js"), join(home, "desk.js"));
  await makeNextDesk(home, tools, join(project, "package"));
  const server = await startNextDesk(home, { TWILIO_AUTH_TOKEN: TOKEN, PUBLIC_URL: new URL(URL_OF_HOOK).origin });
  try {
    await inChromium(server.url);
    assert.match(await (await fetch(server.url)).text(), /<p id="judged">window-expired<\/p>/);
    const headers = { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": GIVEN.signature };
    const hook = `${server.url}${new URL(URL_OF_HOOK).pathname}`;
    assert.equal((await fetch(hook, { method: "POST", headers, body: `${GIVEN.body}0` })).status, 403);
    assert.equal((await fetch(hook, { method: "POST", headers, body: GIVEN.body })).status, 200);
  } finally {
    await server.close();
  }
});

/** What a desktop's own unit test does: the panel beside a composer, a send that is stopped, a webhook. @param {string} runner */
const TEST = (runner) => `
import { expect, test } from ${JSON.stringify(runner)};
import "./desk.js";
const given = ${JSON.stringify(GIVEN)};
test("the desk", async () => {
  document.body.innerHTML = '<div id="composer"><textarea></textarea><button>Send</button></div>';
  expect(await globalThis.tryDesk(given)).toEqual(${JSON.stringify(EXPECTED)});
}, 60000);
`;

/** What middleware does. */
const HOOK = `
import { foldEvents, judge } from "reply-window";
import { createReceiver, memoryStore } from "reply-window/server";
const { url, body, token, signature } = ${JSON.stringify(GIVEN)};
const receiver = createReceiver({ keys: [token], store: memoryStore(), publicUrl: new URL(url).origin });
const headers = { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature };
const answered = async (body) => (await receiver.fetch(new Request(url, { method: "POST", headers, body }))).status;
const found = [await answered(body + "0"), await answered(body), judge(foldEvents(undefined, []), { kind: "text" }).verdict.leaves].join();
if (found !== "403,200,with-confirmation") throw new Error(found);
`;

/** A project with the package and the runner. @param {string} name */
async function withTools(name) {
  const home = join(project, name);
  await mkdir(join(home, "node_modules"), { recursive: true });
  for (const other of await readdir(tools)) if (!other.startsWith(".")) await symlink(join(tools, other), join(home, "node_modules", other), "junction");
  await cp(join(project, "package"), join(home, "node_modules", "reply-window"), { recursive: true });
  await cp(join(project, "desk.js"), join(home, "desk.js"));
  await writeFile(join(home, "package.json"), '{ "name": "desk", "private": true, "type": "module" }');
  return home;
}

/** @param {readonly string[]} command @param {string} cwd */
function ran(command, cwd) {
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd, encoding: "utf8", timeout: 300_000, env: { ...process.env, CI: "1" } });
  assert.equal(status, 0, `${stdout}${stderr}`.slice(-4000));
}
