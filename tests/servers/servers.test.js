// The examples of www/server/README.md, as they stand there, in the servers and runtimes that they are for.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import twilio from "twilio";
import { freePort } from "../support/free-port.mjs";
import { until } from "../support/until.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const installed = join(root, "tests", "servers", "node_modules");
const folder = join(root, "target", "servers");
const skip = existsSync(installed) ? false : "tests/servers is not installed: node www/build.mjs --setup --test";
const foreign = createRequire(join(installed, "x.js"));

const token = "7b1e0c9d5a3f4e628190abcdef012345";
const path = "/twilio/inbound";
const url = `https://hooks.example.com${path}`;
const sid = (/** @type {string} */ kind) => `${kind}${"1".padStart(32, "0")}`;
const parameters = {
  AccountSid: sid("AC"), ApiVersion: "2010-04-01", Body: "مرحبا & more", From: "whatsapp:+12025550177", MessageSid: sid("SM"), NumMedia: "0",
  SmsMessageSid: sid("SM"), SmsSid: sid("SM"), SmsStatus: "received", To: "whatsapp:+12025550142", WaId: "12025550177",
};
const body = new URLSearchParams(parameters).toString();
const signature = twilio.getExpectedTwilioSignature(token, url, parameters);
const asked = `${path}?${body}`;
const askedSignature = twilio.getExpectedTwilioSignature(token, `https://hooks.example.com${asked}`, {});
const type = "application/x-www-form-urlencoded";

/** Method, path, signature, body, and what it is answered. */
const REQUESTS = /** @type {const} */ ([
  ["POST", path, signature, body, 200],
  ["POST", path, `A${signature.slice(1)}`, body, 403],
  ["POST", path, signature, body.replace("0177", "0178"), 403],
  ["GET", asked, askedSignature, undefined, 200],
  ["GET", asked.replace("0177", "0178"), askedSignature, undefined, 403],
]);

/** @typedef {(method: string, path: string, headers: Record<string, string>, body: string | undefined) => Promise<number>} Send */

/** @param {Send} send */
async function tried(send) {
  for (const [method, at, signed, sent, status] of REQUESTS) {
    const headers = { "x-twilio-signature": signed, ...(sent === undefined ? {} : { "content-type": type }) };
    assert.equal(await send(method, at, headers, sent), status, `${method} ${at.slice(0, 40)} ${signed}`);
  }
}

/** @param {number} port @returns {Send} */
const over = (port) => async (method, at, headers, sent) => (await fetch(`http://127.0.0.1:${port}${at}`, { method, headers, ...(sent === undefined ? {} : { body: sent }) })).status;

/** The code below a heading, as a file of its own. @param {string} heading */
async function example(heading) {
  const readme = await readFile(join(root, "www", "server", "README.md"), "utf8");
  const [, code] = new RegExp(`\n### ${heading}[^\n]*\n\n\`\`\`js\n([^]*?)\n\`\`\``).exec(readme) ?? [];
  assert.ok(code, `no example for ${heading}`);
  const file = join(folder, `${heading.replace(/\W/g, "-").toLowerCase()}.mjs`);
  await writeFile(file, `${code}\n`);
  return file;
}

/** @param {string} heading */
const loaded = async (heading) => import(pathToFileURL(await example(heading)).href);

/** @type {(() => unknown)[]} */
const ends = [];

before(async () => {
  if (skip) return;
  process.env.TWILIO_AUTH_TOKEN = token;
  await rm(folder, { recursive: true, force: true });
  const modules = join(folder, "node_modules");
  await mkdir(modules, { recursive: true });
  for (const name of await readdir(installed)) if (!name.startsWith(".")) await symlink(join(installed, name), join(modules, name));
  await symlink(root, join(modules, "reply-window"));
  await writeFile(join(folder, "package.json"), '{ "name": "desk", "private": true, "type": "module", "dependencies": { "reply-window": "*" } }');
});

after(async () => {
  for (const end of ends) await end();
  await rm(folder, { recursive: true, force: true });
});

/** @param {import("node:http").RequestListener} listener @returns {Promise<number>} */
async function listening(listener) {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  ends.push(() => server.close());
  return /** @type {import("node:net").AddressInfo} */ (server.address()).port;
}

test("Express 5, in a mounted router", { skip }, async () => {
  assert.equal(foreign("express/package.json").version.split(".")[0], "5");
  const { app } = await loaded("Express 5");
  await tried(over(await listening(app)));
});

test("Express 5, receiver and gate in one: a window that opens, a text that leaves, one that does not, and a refusal that counts from when it was sent", { skip }, async () => {
  process.env.TWILIO_ACCOUNT_SID = sid("AC");
  const { fetch: ours } = globalThis;
  let isRefused = false;
  /** @type {[string, Record<string, string>][]} */
  const sent = [];
  globalThis.fetch = async (...given) => {
    if (!String(given[0]).startsWith("https://api.twilio.com/")) return ours(...given);
    if (isRefused) return Response.json({ code: 63016, message: "outside the window", status: 400 }, { status: 400 });
    sent.push([String(given[0]), Object.fromEntries(new URLSearchParams(String(given[1]?.body)))]);
    return Response.json({ sid: `SM${"2".padStart(32, "0")}`, status: "queued" }, { status: 201 });
  };
  try {
    const { app } = await loaded("Express 5, receiver and gate in one");
    const port = await listening(app);
    const readme = await readFile(join(root, "www", "server", "README.md"), "utf8");
    const [, code] = /\n```js\n(const sendText[^]*?)\n```/.exec(readme) ?? [];
    const sendText = new Function("business", "customer", "fetch", `${code}\nreturn sendText;`)("+12025550142", { phone: "+12025550177" }, (/** @type {string} */ at, /** @type {RequestInit} */ init) => ours(`http://127.0.0.1:${port}${at}`, init));
    const send = (/** @type {string} */ sendId) => sendText({ text: "Hello", conversationId: "c1", sendId });
    const refusedBy = (/** @type {Error & Record<string, any>} */ { message, verdict, windowStatus }) => [message, verdict.reason, windowStatus.kind, sent.length];
    assert.deepEqual(await send("s1").catch(refusedBy), ["window-unknown", "window-unknown", "unknown", 0]);
    await tried(over(port));
    assert.deepEqual(await send("s1"), { id: `SM${"2".padStart(32, "0")}` });
    assert.deepEqual(sent, [[`https://api.twilio.com/2010-04-01/Accounts/${sid("AC")}/Messages.json`, {
      From: "whatsapp:+12025550142", To: "whatsapp:+12025550177", Body: "Hello", StatusCallback: "https://hooks.example.com/twilio/inbound",
    }]]);
    isRefused = true;
    assert.deepEqual(await send("s1b").catch(({ code, providerCode }) => [code, providerCode]), ["provider-refused", 63016], "told as JSON, with Twilio's code");
    const refused = { AccountSid: sid("AC"), ErrorCode: "63016", From: parameters.To, MessageSid: `SM${"2".padStart(32, "0")}`, MessageStatus: "failed", To: parameters.From };
    const refusal = twilio.getExpectedTwilioSignature(token, url, refused);
    assert.equal(await over(port)("POST", path, { "content-type": type, "x-twilio-signature": refusal }, new URLSearchParams(refused).toString()), 200);
    assert.deepEqual(await send("s2").catch(refusedBy), ["window-refused", "window-refused", "closed", 1]);
  } finally {
    globalThis.fetch = ours;
  }
});

test("Fastify 5", { skip }, async () => {
  const { app } = await loaded("Fastify 5");
  assert.equal(app.version.split(".")[0], "5");
  await app.listen({ port: 0, host: "127.0.0.1" });
  ends.push(() => app.close());
  await tried(over(app.server.address().port));
});

test("Hono", { skip }, async () => {
  const { app } = await loaded("Hono");
  await tried(async (method, at, headers, sent) => (await app.request(`http://10.0.0.1${at}`, { method, headers, ...(sent === undefined ? {} : { body: sent }) })).status);
});

test("AWS Lambda, events of both versions, in base64 and not", { skip }, async () => {
  const { handler } = await loaded("AWS Lambda");
  const query = (/** @type {string} */ at) => new URLSearchParams(at.split("?")[1] ?? "");
  for (const isBase64Encoded of [false, true]) {
    const encoded = (/** @type {string | undefined} */ sent) => (sent === undefined ? null : isBase64Encoded ? Buffer.from(sent).toString("base64") : sent);
    await tried(async (method, at, headers, sent) => (await handler({
      version: "2.0", rawPath: path, rawQueryString: at.split("?")[1] ?? "", headers, body: encoded(sent), isBase64Encoded, requestContext: { http: { method, path } },
    })).statusCode);
    await tried(async (method, at, headers, sent) => (await handler({
      version: "1.0", path, httpMethod: method, headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.replace(/^x-t/, "X-T"), value])),
      multiValueQueryStringParameters: at.includes("?") ? Object.fromEntries([...query(at).keys()].map((name) => [name, query(at).getAll(name)])) : null,
      body: encoded(sent), isBase64Encoded, requestContext: { path, stage: "prod" },
    })).statusCode);
  }
});

test("a request in the shape of Azure Functions, of a class of its own", { skip }, async () => {
  const { handler } = await loaded("Azure Functions");
  const { Request: Foreign } = foreign("undici");
  assert.notEqual(Foreign, Request);
  class HttpRequest {
    #inner;
    query = new URLSearchParams();
    params = {};
    /** @param {any} inner */
    constructor(inner) { this.#inner = inner; }
    get url() { return this.#inner.url; }
    get method() { return this.#inner.method; }
    get headers() { return this.#inner.headers; }
    get body() { return this.#inner.body; }
    get bodyUsed() { return this.#inner.bodyUsed; }
    arrayBuffer() { return this.#inner.arrayBuffer(); }
  }
  await tried(async (method, at, headers, sent) =>
    (await handler(new HttpRequest(new Foreign(`https://desk.azurewebsites.net${at}`, { method, headers, ...(sent === undefined ? {} : { body: sent }) })))).status);
});

/** A worker of a file, as its bundler and its runtime take it. @param {string} entry @param {string} name */
async function workerOf(entry, name) {
  const { Miniflare } = await import(pathToFileURL(foreign.resolve("miniflare")).href);
  const out = join(folder, name);
  await build({
    entryPoints: [entry], bundle: true, format: "esm", outfile: join(out, "worker.js"), conditions: ["workerd"],
    loader: { ".wasm": "copy" }, assetNames: "[name]", logLevel: "error", preserveSymlinks: false,
  });
  const names = (await readdir(out)).sort((a) => (a === "worker.js" ? -1 : 1));
  const worker = new Miniflare({
    modules: names.map((name) => ({ type: name.endsWith(".wasm") ? "CompiledWasm" : "ESModule", path: join(out, name) })), modulesRoot: out,
    bindings: { TWILIO_AUTH_TOKEN: token }, compatibilityDate: "2025-11-01",
  });
  ends.push(() => worker.dispose());
  await tried(async (method, at, headers, sent) => (await worker.dispatchFetch(`https://desk.workers.dev${at}`, { method, headers, ...(sent === undefined ? {} : { body: sent }) })).status);
  return worker;
}

test("workerd", { skip }, async () => void (await workerOf(await example("workerd"), "worker")));

/** Until it answers, or ends. @param {number} port @param {import("node:child_process").ChildProcess} child */
async function answering(port, child) {
  await until("an answer", () => child.exitCode !== null || fetch(`http://127.0.0.1:${port}/`).then(() => true, () => false));
  assert.equal(child.exitCode, null, "it ended");
}

/** @param {RegExp} name */
async function binary(name) {
  const found = (await readdir(installed, { recursive: true })).map((one) => one.replaceAll("\\", "/")).find((one) => name.test(one));
  assert.ok(found, String(name));
  return join(installed, found);
}

for (const [heading, name, flags] of /** @type {[string, RegExp, string[]][]} */ ([
  ["Deno", /^@deno\/[^/]+\/deno(\.exe)?$/, ["run", "-A", "--no-remote", "--node-modules-dir=manual"]],
  ["Bun", /^@oven\/bun-[^/]+\/bin\/bun(\.exe)?$/, ["run"]],
])) {
  test(heading, { skip }, async () => {
    const port = await freePort();
    const child = spawn(await binary(name), [...flags, await example(heading)], { cwd: folder, env: { ...process.env, PORT: String(port) }, stdio: ["ignore", "inherit", "inherit"] });
    ends.push(() => child.kill());
    await answering(port, child);
    await tried(over(port));
  });
}

/** The window service in each runtime: what it is told of address, token and port differs, nothing else. */
const serviceFile = async (/** @type {string} */ name, /** @type {string} */ begin) => {
  const file = join(folder, `service-${name}.mjs`);
  await writeFile(file, `import { createService } from "reply-window/service";
import { memoryStore } from "reply-window/server";
const made = (token) => createService({ store: memoryStore(), twilio: { keys: [token] }, publicUrl: "https://hooks.example.com", tokens: [{ token: "a-token-of-a-test-0000000" }] });
${begin}
`);
  return file;
};

/** What it answers besides webhooks. @param {(path: string, init: RequestInit) => Promise<Response>} ask */
async function served(ask) {
  const query = (/** @type {string} */ token) => ask("/windows/query", {
    method: "POST", headers: { authorization: `Bearer ${token}`, "content-type": "application/json" }, body: JSON.stringify({ windows: [{ business: "+12025550142", customer: { phone: "+12025550177" } }] }),
  });
  assert.equal((await query("another-token-of-a-test-0")).status, 401);
  const { windows } = await (await query("a-token-of-a-test-0000000")).json();
  assert.deepEqual(windows.map((/** @type {any} */ { status }) => status.kind), ["open"]);
  const stream = await ask("/stream", { headers: { authorization: "Bearer a-token-of-a-test-0000000" } });
  const reader = /** @type {ReadableStream<Uint8Array>} */ (stream.body).getReader();
  let told = "";
  while (!told.includes("event: now")) told += new TextDecoder().decode((await reader.read()).value);
  await reader.cancel();
}

for (const [heading, name, flags, begin] of /** @type {[string, RegExp, string[], string][]} */ ([
  ["Deno", /^@deno\/[^/]+\/deno(\.exe)?$/, ["run", "-A", "--no-remote", "--node-modules-dir=manual"], 'Deno.serve({ port: Number(Deno.env.get("PORT")) }, (await made(Deno.env.get("TWILIO_AUTH_TOKEN"))).fetch);'],
  ["Bun", /^@oven\/bun-[^/]+\/bin\/bun(\.exe)?$/, ["run"], "Bun.serve({ port: process.env.PORT, fetch: (await made(process.env.TWILIO_AUTH_TOKEN)).fetch });"],
])) {
  test(`the window service in ${heading}`, { skip }, async () => {
    const port = await freePort();
    const child = spawn(await binary(name), [...flags, await serviceFile(heading, begin)], { cwd: folder, env: { ...process.env, PORT: String(port) }, stdio: ["ignore", "inherit", "inherit"] });
    ends.push(() => child.kill());
    await answering(port, child);
    await tried(over(port));
    await served((at, init) => fetch(`http://127.0.0.1:${port}${at}`, init));
  });
}

test("the window service in workerd", { skip }, async () => {
  const begin = "let service;\nexport default { async fetch(request, env) { service ??= await made(env.TWILIO_AUTH_TOKEN); return service.fetch(request); } };";
  const worker = await workerOf(await serviceFile("workerd", begin), "service-worker");
  await served((at, init) => worker.dispatchFetch(`https://desk.workers.dev${at}`, init));
});
