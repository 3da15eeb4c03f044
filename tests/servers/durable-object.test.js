// @ts-check
// Durable Objects of Cloudflare: the store in the SQLite of one keeps what the port promises, and the example of www/service/README.md is run as it stands, with its alarm.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { Webhook } from "standardwebhooks";
import twilio from "twilio";
import { testStore } from "../support/store-suite.mjs";
import { until } from "../support/until.mjs";
import { BUSINESS, PHONE, TOKEN, example } from "../support/webhooks.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const installed = join(root, "tests", "servers", "node_modules");
const skip = existsSync(installed) ? false : "tests/servers is not installed: node www/build.mjs --setup --test";
const T0 = Date.UTC(2026, 10, 23, 12);

/** @type {string} */ let folder;
/** @type {any} */ let stores;
/** @type {import("node:http").Server} */ let listener;
/** Workers that run. @type {any[]} */
const ends = [];

/** A worker of a file, as its bundler and its runtime take it. @param {string} entry @param {object} options */
async function workerOf(entry, options) {
  const { Miniflare } = await import(pathToFileURL(createRequire(join(installed, "x.js")).resolve("miniflare")).href);
  const out = await mkdtemp(join(folder, "out-"));
  await build({ entryPoints: [entry], bundle: true, format: "esm", outfile: join(out, "worker.js"), conditions: ["workerd"], external: ["cloudflare:workers"], loader: { ".wasm": "copy" }, assetNames: "[name]", logLevel: "error", preserveSymlinks: false });
  const names = (await readdir(out)).sort((a) => (a === "worker.js" ? -1 : 1));
  const worker = new Miniflare({ modules: names.map((name) => ({ type: name.endsWith(".wasm") ? "CompiledWasm" : "ESModule", path: join(out, name) })), modulesRoot: out, compatibilityDate: "2025-11-01", ...options });
  ends.push(worker);
  return worker;
}

/** A customer's message as Event Streams tell it, with the time at which it was written. @param {number} atMs */
const eventOf = (atMs) => {
  const made = Object.values(example("twilio-eventstream-inbound-message")).map((/** @type {any} */ one) => ({ ...one, time: new Date(atMs).toISOString(), data: { ...one.data, timestamp: new Date(atMs).toISOString(), to: `whatsapp:${BUSINESS}`, from: `whatsapp:${PHONE.phone}` } }));
  const body = JSON.stringify(made);
  const path = `/twilio/events?bodySHA256=${createHash("sha256").update(body).digest("hex")}`;
  return { id: made[0].data.messageSid, sent: { path, body }, signature: twilio.getExpectedTwilioSignature(TOKEN, `https://hooks.example.com${path}`, {}) };
};

before(async () => {
  if (skip) return;
  await mkdir(join(root, "target"), { recursive: true });
  folder = await mkdtemp(join(root, "target", "durable-"));
  await mkdir(join(folder, "node_modules"));
  for (const name of ["hono"]) await symlink(join(installed, name), join(folder, "node_modules", name));
  await symlink(root, join(folder, "node_modules", "reply-window"));
  await writeFile(join(folder, "suite.mjs"), await readFile(new URL("durable-worker.mjs", import.meta.url)));
  stores = await workerOf(join(folder, "suite.mjs"), { durableObjects: { STORE: { className: "Store", useSQLite: true } } });
});

after(async () => {
  for (const worker of ends) await worker.dispose();
  listener?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** What JSON makes of nothing. @param {any} value */
const orNothing = (value) => value ?? undefined;

let count = 0;
/** A store in an object of its own, asked over the wire. @param {{ log?: (line: string) => void } & Record<string, unknown>} [limits] @returns {any} */
const durableStore = ({ log = () => {}, ...limits } = {}) => {
  const name = `/${++count}`;
  /** @param {string} method @param {...unknown} given */
  const ask = async (method, ...given) => {
    const response = await stores.dispatchFetch(`http://store${name}`, { method: "POST", body: JSON.stringify({ method, given, limits: { at: T0, ...limits } }) });
    const { value, error, lines } = await response.json();
    for (const line of lines) log(line);
    if (error) throw Object.assign(new Error(error.message), error);
    return value;
  };
  const asked = (/** @type {readonly string[]} */ names, prefix = "") => Object.fromEntries(names.map((one) => [one, async (/** @type {unknown[]} */ ...given) => orNothing(await ask(`${prefix}${one}`, ...given))]));
  return {
    ...asked(["read", "merge", "recordSend", "sendRecord", "accept", "closing", "changes", "erase", "note", "setNote", "ping", "tally", "tallies"]),
    readMany: async (/** @type {unknown} */ keys) => (await ask("readMany", keys)).map(orNothing),
    async *windows() {
      yield* await ask("windows");
    },
    outbox: asked(["add", "claim", "settle", "dead", "replay", "stats"], "outbox."),
    close: async () => {},
  };
};

testStore("a Durable Object", durableStore, skip);

test("the example of the README, as it stands: webhooks open windows, they outlive the object, and its alarm reminds", { skip }, async () => {
  const readme = await readFile(join(root, "www", "service", "README.md"), "utf8");
  const [, code = ""] = /\n## On Cloudflare Workers\n[^]*?\n```js\n([^]*?)\n```/.exec(readme) ?? [];
  await writeFile(join(folder, "example.mjs"), code);
  /** @type {{ headers: Record<string, string>, body: string }[]} */
  const reminded = [];
  listener = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    reminded.push({ headers: /** @type {any} */ (request.headers), body });
    response.end();
  }).listen(0, "127.0.0.1");
  await once(listener, "listening");
  const secret = `whsec_${Buffer.alloc(24, 7).toString("base64")}`;
  const { port } = /** @type {import("node:net").AddressInfo} */ (listener.address());
  const options = {
    durableObjects: { WINDOWS: { className: "Windows", useSQLite: true } }, durableObjectsPersist: join(folder, "kept"),
    bindings: { TWILIO_AUTH_TOKEN: TOKEN, TOKEN: "a-token-of-a-test-0000000", REMINDER_URL: `http://127.0.0.1:${port}/`, REMINDER_SECRET: secret },
  };
  const ask = async (/** @type {any} */ worker) => (await (await worker.dispatchFetch("http://worker/windows/query", {
    method: "POST", headers: { authorization: "Bearer a-token-of-a-test-0000000", "content-type": "application/json" }, body: JSON.stringify({ windows: [{ business: BUSINESS, customer: PHONE }] }),
  })).json()).windows[0].status;
  const worker = await workerOf(join(folder, "example.mjs"), options);
  assert.equal((await ask(worker)).kind, "unknown");
  // The customer wrote so long ago, by the clock of the runtime, that in two seconds an hour is left.
  const wroteAtMs = Date.now() - (24 - 1) * 3_600_000 + 60_000 + 2_000;
  const { id, sent, signature } = eventOf(wroteAtMs);
  assert.equal((await worker.dispatchFetch(`http://worker${sent.path}`, { method: "POST", headers: { "content-type": "application/json", "x-twilio-signature": signature }, body: sent.body })).status, 200);
  assert.equal((await worker.dispatchFetch(`http://worker${sent.path}`, { method: "POST", headers: { "content-type": "application/json", "x-twilio-signature": "A" }, body: sent.body })).status, 403);
  // By now it may be less than an hour.
  const { isOpen, decidedBy, closesAtMs } = await ask(worker);
  assert.deepEqual([isOpen, decidedBy.id, closesAtMs], [true, id, wroteAtMs + 24 * 3_600_000 - 60_000]);
  await until("the alarm rang, and it was told", () => reminded.length > 0);
  const { type, data } = /** @type {any} */ (new Webhook(secret).verify(String(reminded[0]?.body), /** @type {any} */ (reminded[0]?.headers)));
  assert.deepEqual([type, data.closesAtMs, data.business], ["window.closing", closesAtMs, BUSINESS]);
  await worker.dispose();
  ends.splice(ends.indexOf(worker), 1);
  const second = await workerOf(join(folder, "example.mjs"), options);
  assert.equal((await ask(second)).decidedBy.id, id, "the window outlives the process");
});
