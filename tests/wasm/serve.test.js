// @ts-check
// `reply-window serve`: what it is told, what it says when something is missing, and that what it answered is kept when it is killed.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import twilio from "twilio";
import { configOf } from "../../www/serve/config.js";
import { SETTINGS, helpText } from "../../www/serve/help.js";
import { BUSINESS, PHONE, TOKEN, inbound, webhook } from "../support/webhooks.mjs";
import { endedAt } from "../support/ended-at.mjs";
import { NO_REDIS, startRedis } from "../support/redis.mjs";
import { WORKER, assertDocumented, eventsOf } from "../support/service.mjs";
import { until } from "../support/until.mjs";

const bin = fileURLToPath(new URL("../../www/serve/bin.js", import.meta.url));
const node = (/** @type {number} */ version) => fileURLToPath(new URL(`../nodes/node_modules/node${version}/bin/node`, import.meta.url));
const skip = existsSync(node(22)) ? false : "Node 22 is not installed below tests/nodes (Linux on x64 only)";
const PUBLIC = "https://windows.example.com";
const BASE = { RW_PUBLIC_URL: PUBLIC, RW_TWILIO_AUTH_TOKENS: TOKEN, RW_TOKENS: `${WORKER} read,send,erase,metrics`, RW_PORT: "0" };
const sid = (/** @type {number} */ number) => `SM${String(number).padStart(32, "0")}`;

/** @type {(() => unknown)[]} */
const ends = [];
after(async () => {
  for (const end of ends) await end();
});
const folder = async () => {
  const made = await mkdtemp(join(tmpdir(), "serve-"));
  ends.push(() => rm(made, { recursive: true, force: true }));
  return made;
};

/** @param {string[]} args @param {Record<string, string>} env @param {string} [program] */
const begin = (args, env, program = node(22)) => {
  const child = spawn(program, ["--disable-warning=ExperimentalWarning", bin, ...args], { env: { PATH: process.env.PATH, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  const said = { out: "", err: "" };
  child.stdout.on("data", (chunk) => (said.out += chunk));
  child.stderr.on("data", (chunk) => (said.err += chunk));
  const ended = new Promise((resolve) => child.on("close", (code, signal) => resolve({ code, signal })));
  ends.push(() => child.kill("SIGKILL"));
  return { child, said, ended };
};

/** A running service. @param {Record<string, string>} env */
const running = async (env, program = node(22)) => {
  const { child, said, ended } = begin(["serve"], { ...BASE, ...env }, program);
  while (!/"listening"/.test(said.out)) {
    const over = await Promise.race([ended, new Promise((resolve) => child.stdout.once("data", () => resolve(undefined)))]);
    if (over) throw new Error(`it ended: ${said.err}`);
  }
  const port = Number(/"listening","port":(\d+)/.exec(said.out)?.[1]);
  const url = `http://127.0.0.1:${port}`;
  /** @param {string} method @param {string} path @param {unknown} [body] */
  const ask = async (method, path, body) => {
    const response = await fetch(`${url}${path}`, { method, headers: { authorization: `Bearer ${WORKER}`, "content-type": "application/json" }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    await assertDocumented(method, /** @type {string} */ (path.split("?")[0]), response, { report: env.RW_REPORT === "on" });
    return response;
  };
  /** A customer's message. @param {number} number @param {number} customer */
  const hear = async (number, customer) => {
    const [id, phone] = [sid(number), `1555020${1000 + customer}`];
    const made = webhook(inbound({ MessageSid: id, SmsSid: id, SmsMessageSid: id, From: `whatsapp:+${phone}`, WaId: phone, ExternalUserId: `whatsapp:NL.${phone}` }), { url: `${PUBLIC}/twilio/inbound` });
    return fetch(`${url}/twilio/inbound`, { method: "POST", headers: made.headers, body: await made.text() });
  };
  /** @param {readonly number[]} customers @returns {Promise<string[]>} */
  const kinds = async (customers) => {
    const { windows } = await (await ask("POST", "/windows/query", { windows: customers.map((one) => ({ business: BUSINESS, customer: { phone: `+1555020${1000 + one}` } })) })).json();
    return windows.map((/** @type {any} */ { status }) => status.kind);
  };
  return { child, said, ended, url, port, ask, hear, kinds };
};

/** What is missing or wrong, and the word that the sentence has to name it by. @type {[string, string[], Record<string, string | undefined>, RegExp][]} */
const SENTENCES = [
  ["no public address", [], { RW_PUBLIC_URL: undefined }, /^RW_PUBLIC_URL is missing/],
  ["no address", [], { RW_PUBLIC_URL: "windows" }, /^RW_PUBLIC_URL is an address/],
  ["an address without its scheme", [], { RW_PUBLIC_URL: "windows.example.com" }, /^RW_PUBLIC_URL is an address/],
  ["an address whose scheme has no slashes", [], { RW_PUBLIC_URL: "https:windows.example.com" }, /^RW_PUBLIC_URL is an address/],
  ["an address without https", [], { RW_PUBLIC_URL: "http://windows.example.com" }, /^RW_PUBLIC_URL begins with https:.*localhost alone$/],
  ["a name that begins as localhost does", [], { RW_PUBLIC_URL: "http://localhost.example.com" }, /^RW_PUBLIC_URL begins with https:/],
  ["an address with a path", [], { RW_PUBLIC_URL: "https://windows.example.com/twilio" }, /^RW_PUBLIC_URL has no path.*: https:\/\/windows\.example\.com \(/],
  ["an address with a query", [], { RW_PUBLIC_URL: "https://windows.example.com?a=1" }, /^RW_PUBLIC_URL has no path/],
  ["an address with a user", [], { RW_PUBLIC_URL: "https://a:b@windows.example.com" }, /^RW_PUBLIC_URL has no path(?!.*a:b)/],
  ["an origin with a slash", [], { RW_ORIGINS: "https://a.example,https://desk.example.com/" }, /^RW_ORIGINS: .*without the slash at its end: https:\/\/desk\.example\.com$/],
  ["an origin with a path", [], { RW_ORIGINS: "https://desk.example.com/desk" }, /^RW_ORIGINS: .*without a path.*: https:\/\/desk\.example\.com$/],
  ["an origin with its standard port", [], { RW_ORIGINS: "https://desk.example.com:443" }, /^RW_ORIGINS: .*: https:\/\/desk\.example\.com$/],
  ["an origin without a scheme", [], { RW_ORIGINS: "desk.example.com" }, /^RW_ORIGINS are addresses such as .* not desk\.example\.com$/],
  ["every origin", [], { RW_ORIGINS: "*" }, /^RW_ORIGINS are pages by name/],
  ["a caller of whom nothing is said", [], { RW_TOKENS: `${WORKER} read\n${WORKER}x` }, /^line 2 of RW_TOKENS: after the token stands what it may, such as `read`/],
  ["no provider", [], { RW_TWILIO_AUTH_TOKENS: "" }, /^RW_TWILIO_AUTH_TOKENS or RW_META_APP_SECRETS is missing/],
  ["no verify token", [], { RW_META_APP_SECRETS: "a" }, /^RW_META_VERIFY_TOKEN is missing/],
  ["a name that is misspelt", [], { RW_TOKENZ: "x" }, /^RW_TOKENZ is no setting/],
  ["a flag that is misspelt", ["--prot", "1"], {}, /--prot/],
  ["a secret as a flag", ["--tokens", "x"], {}, /--tokens/],
  ["a port that is none", ["--port", "x"], {}, /^RW_PORT is a whole number/],
  ["a store that is none", ["--store", "mysql:x"], {}, /^RW_STORE is/],
  ["a short token", [], { RW_TOKENS: "abc" }, /^line 1 of RW_TOKENS: a token has at least 24/],
  ["a token of letters that no header carries", [], { RW_TOKENS: `${"\u00e4".repeat(24)} read` }, /^line 1 of RW_TOKENS: a token is of visible ASCII/],
  ["a token in two lines", [], { RW_TOKENS: `${WORKER} read\n${WORKER} send` }, /^line 2 of RW_TOKENS: the token of an earlier line/],
  ["a permission that is none", [], { RW_TOKENS: `${WORKER} write` }, /^line 1 of RW_TOKENS/],
  ["numbers without a plus", [], { RW_NUMBERS: "14155238886" }, /^RW_NUMBERS are E.164/],
  ["an account without numbers", [], { RW_TWILIO_ACCOUNT_SID: `AC${"0".repeat(32)}` }, /RW_NUMBERS and RW_TWILIO_AUTH_TOKENS are needed/],
  ["a file that is not there", [], { RW_TOKENS: undefined, RW_TOKENS_FILE: "/nowhere/at/all" }, /^RW_TOKENS_FILE names a file that cannot be read: ENOENT/],
  ["a secret twice", [], { RW_TOKENS_FILE: "/nowhere" }, /^give RW_TOKENS or RW_TOKENS_FILE/],
  ["a reminder without a secret", [], { RW_REMINDERS: "60", RW_REMINDER_URL: "https://a.example" }, /belong together/],
  ["a relay without a key", [], { RW_RELAY_URL: "https://a.example/" }, /^RW_RELAY_KEYS is missing/],
  ["a relay without a target", ["--relay=sync"], {}, /^RW_RELAY_URL is missing/],
  ["a report that is neither on nor off", ["--report=sometimes"], {}, /^RW_REPORT is on or off/],
  ["counts that are kept for too short a time", ["--keep-report-days=6"], {}, /^RW_KEEP_REPORT_DAYS is a whole number from 7 to 3650/],
  ["a kind of relay that is none", ["--relay=later"], {}, /^RW_RELAY is async or sync/],
  ["a relay without Twilio", [], { RW_RELAY_URL: "https://a.example/", RW_RELAY_KEYS: "x", RW_TWILIO_AUTH_TOKENS: "", RW_META_APP_SECRETS: "a", RW_META_VERIFY_TOKEN: "b" }, /RW_TWILIO_AUTH_TOKENS is missing/],
  ["a day of windows", ["--keep-days", "1"], {}, /^RW_KEEP_DAYS is a whole number from 2/],
  ["signatures that go before the windows", ["--keep-days", "31"], {}, /^RW_KEEP_SIGNED_DAYS is at least RW_KEEP_DAYS/],
  ["no minutes", [], { RW_REMINDERS: "x" }, /^RW_REMINDERS are whole minutes/],
];

for (const [what, args, env, sentence] of SENTENCES) {
  test(`with ${what} it says so in a sentence`, () => {
    assert.throws(() => configOf(args, { ...BASE, ...env }), (/** @type {Error} */ error) => sentence.test(error.message) && !error.message.includes("\n"));
  });
}

test("flags come before the environment, secrets come from files, each token is limited as its line says", async () => {
  const file = join(await folder(), "tokens");
  await writeFile(file, `# desks\n${"a".repeat(24)} read\n${"b".repeat(24)} read,send +14155238886,+12025550142\n`);
  for (const url of ["http://localhost:8080", "http://127.0.0.1:8080/", "http://[::1]:8080", "https://windows.example.com/", "https://windows.example.com:8443"]) {
    assert.equal(configOf([], { ...BASE, RW_PUBLIC_URL: url }).publicUrl, url.replace(/\/$/, ""));
  }
  const { RW_TOKENS: _, ...base } = BASE;
  const config = configOf(["--port", "81", "--store=memory"], { ...base, RW_PORT: "82", RW_TOKENS_FILE: file, RW_ORIGINS: "https://a.example, https://b.example", RW_REMINDERS: "60,15" });
  assert.deepEqual([config.port, config.store, config.origins], [81, { kind: "memory" }, ["https://a.example", "https://b.example"]]);
  assert.deepEqual(config.tokens, [{ token: "a".repeat(24), may: ["read"] }, { token: "b".repeat(24), may: ["read", "send"], businesses: ["+14155238886", "+12025550142"] }]);
  assert.deepEqual(config.reminders, { thresholdsMs: [3_600_000, 900_000] });
  assert.deepEqual(configOf([], BASE).store, { kind: "sqlite", path: "reply-window.db" });
});

test("how long things are kept is told in days", () => {
  const day = 86_400_000;
  assert.deepEqual(configOf([], BASE).kept, { keepMs: 8 * day, replayMs: 30 * day, keepTalliesMs: 400 * day });
  assert.deepEqual(configOf(["--keep-days=30"], { ...BASE, RW_KEEP_SIGNED_DAYS: "60", RW_KEEP_REPORT_DAYS: "90" }).kept, { keepMs: 30 * day, replayMs: 60 * day, keepTalliesMs: 90 * day });
});

/** The unit for systemd, as a list of its lines with what stands for this test's places. @param {Record<string, string>} places */
const unitIn = async (places) => {
  const text = await readFile(new URL("../../www/serve/reply-window.service", import.meta.url), "utf8");
  return Object.entries(places).reduce((told, [from, to]) => told.replaceAll(from, to), text).split("\n");
};

test("the unit for systemd is one that systemd takes, and leaves little of the machine open", { skip: spawnSync("systemd-analyze", ["--version"]).status === 0 ? false : "there is no systemd-analyze" }, async () => {
  const place = join(await folder(), "reply-window.service");
  // Whether the program is there is not the unit's matter.
  await writeFile(place, (await unitIn({ "/usr/bin/node": process.execPath })).join("\n"));
  const { stderr, status } = spawnSync("systemd-analyze", ["verify", "--man=no", place], { encoding: "utf8" });
  assert.deepEqual([status, stderr.split("\n").filter((line) => line.includes("reply-window.service"))], [0, []]);
  const security = spawnSync("systemd-analyze", ["security", "--offline=yes", place], { encoding: "utf8" });
  assert.match(security.stdout, /Overall exposure level for reply-window\.service: [0-3]\.\d OK/);
});

test("what the unit for systemd starts is the service, told by the files that it names; it ends in time and goes on where it was", { skip }, async () => {
  const place = await folder();
  await writeFile(join(place, "twilio"), TOKEN);
  await writeFile(join(place, "tokens"), `${WORKER} read`);
  const lines = await unitIn({ "%d": place, "/var/lib/reply-window": place, "/opt/reply-window/node_modules/reply-window/www/serve/bin.js": bin, "/usr/bin/node": node(22), "RW_PORT=8080": "RW_PORT=0" });
  const env = Object.fromEntries(lines.filter((line) => line.startsWith("Environment=")).flatMap((line) => line.slice("Environment=".length).split(" ")).map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]));
  const [program = "", ...args] = lines.find((line) => line.startsWith("ExecStart="))?.slice("ExecStart=".length).split(" ") ?? [];
  for (const round of [1, 2]) {
    const child = spawn(program, args, { cwd: "/", env, stdio: ["ignore", "pipe", "ignore"] });
    ends.push(() => child.kill("SIGKILL"));
    let said = "";
    child.stdout.on("data", (chunk) => (said += chunk));
    await until("it listens", () => /"listening"/.test(said));
    const url = `http://127.0.0.1:${/"listening","port":(\d+)/.exec(said)?.[1]}`;
    assert.equal((await fetch(`${url}/readyz`)).status, 200);
    if (round === 1) {
      const made = webhook(inbound({}), { url: `${PUBLIC}/twilio/inbound` });
      assert.equal((await fetch(`${url}/twilio/inbound`, { method: "POST", headers: made.headers, body: await made.text() })).status, 200);
    }
    const response = await fetch(`${url}/windows/query`, { method: "POST", headers: { authorization: `Bearer ${WORKER}`, "content-type": "application/json" }, body: JSON.stringify({ windows: [{ business: BUSINESS, customer: PHONE }] }) });
    assert.equal(response.status, 200, await response.clone().text());
    assert.equal((await response.json()).windows[0].status.kind, "open");
    const closed = once(child, "close");
    child.kill("SIGTERM");
    assert.deepEqual(await closed, [0, null]);
  }
});

test("the report is of all processes, outlives them, and is off unless it is switched on", { skip }, async () => {
  const env = { RW_STORE: `sqlite:${join(await folder(), "windows.db")}`, RW_REPORT: "on", RW_TOKENS: `${WORKER} read,metrics,tally,report` };
  const [one, two] = [await running(env), await running(env)];
  const told = (/** @type {number} */ number) => ({ id: `report-${number}`, tallies: [{ kind: "template-sent", language: "ar" }] });
  for (const [number, { ask }] of [one, two, one].entries()) assert.equal((await ask("POST", "/tallies", told(number))).status, 200);
  assert.equal((await (await two.ask("POST", "/tallies", told(0))).json()).recorded, false, "told to another process before");
  for (const { child, ended } of [one, two]) {
    child.kill("SIGKILL");
    await ended;
  }
  const { ask } = await running(env);
  const { tallies } = await (await ask("GET", "/tallies")).json();
  assert.deepEqual(tallies.map(({ kind, label, count }) => [kind, label, count]), [["template-sent", "ar", 3]]);
  assert.equal((await ask("GET", "/report")).status, 200);
  const off = await running({ ...env, RW_REPORT: "off" });
  assert.equal((await fetch(`${off.url}/report`)).status, 404);
});

test("the help names every setting, and every setting is read", () => {
  for (const { name } of SETTINGS) assert.match(helpText(), new RegExp(`RW_${name}\\b`));
  // A row that nobody reads would be a setting that does nothing.
  const source = ["config.js", "outbound.js"].map((name) => readFileSync(new URL(`../../www/serve/${name}`, import.meta.url), "utf8")).join("\n");
  for (const { name } of SETTINGS) assert.match(source, new RegExp(`\\b${name}\\b`), `who reads ${name}?`);
});

test("this Node, if it is too old, is refused in one sentence; help is given all the same", async (t) => {
  if (Number(process.versions.node.split(".")[0]) >= 22) return t.skip("this Node is new enough");
  const old = spawn(process.execPath, [bin, "serve"], { env: BASE, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  old.stderr.on("data", (chunk) => (said += chunk));
  assert.equal(await new Promise((resolve) => old.on("close", resolve)), 1);
  assert.match(said, /^reply-window: the service needs Node 22 or newer, and this is v\d+\.[\d.]+[^\n]*\n$/);
  const help = spawn(process.execPath, [bin, "serve", "--help"], { stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  help.stdout.on("data", (chunk) => (text += chunk));
  assert.equal(await new Promise((resolve) => help.on("close", resolve)), 0);
  assert.equal(text, `${helpText()}\n`);
});

test("what is missing ends it with one line and no stack", { skip }, async () => {
  for (const [args, env, sentence] of /** @type {[string[], Record<string, string>, RegExp][]} */ ([
    [["serve"], {}, /^reply-window: RW_PUBLIC_URL is missing[^\n]*\n$/], [["sreve"], {}, /^reply-window: there is one command[^\n]*\n$/],
    [["serve", "--store", "redis://127.0.0.1:1"], BASE, /^reply-window: Redis does not answer[^\n]*\n$/],
  ])) {
    const { ended, said } = begin(args, env);
    assert.deepEqual([/** @type {any} */ (await ended).code, said.out], [1, ""]);
    assert.match(said.err, sentence);
  }
});

test("whoever ends it as soon as it says that it listens ends it in order", { skip }, async () => {
  const child = spawn(node(22), [...endedAt('"listening"'), bin, "serve"], { env: { PATH: process.env.PATH, ...BASE, RW_STORE: "memory" }, stdio: ["ignore", "pipe", "ignore"] });
  ends.push(() => child.kill("SIGKILL"));
  let said = "";
  child.stdout.on("data", (chunk) => (said += chunk));
  assert.deepEqual(await once(child, "close"), [0, null]);
  assert.match(said, /"listening"[^]*"draining"[^]*"ended"/);
});

test("SQLite: what was answered is there after kill -9, and SIGTERM ends streams and drains", { skip }, async () => {
  const store = `sqlite:${join(await folder(), "windows.db")}`;
  const first = await running({ RW_STORE: store });
  const customers = Array.from({ length: 24 }, (_, place) => place);
  const answers = await Promise.all(customers.map(async (one) => (await first.hear(one + 1, one)).status));
  assert.deepEqual(new Set(answers), new Set([200]));
  first.child.kill("SIGKILL");
  await first.ended;
  const second = await running({ RW_STORE: store });
  assert.deepEqual(new Set(await second.kinds(customers)), new Set(["open"]));
  const events = eventsOf(await second.ask("GET", "/stream"));
  assert.equal((await events.next())?.event, "now");
  await second.hear(100, 100);
  assert.equal((await events.next())?.data.status.kind, "open");
  second.child.kill("SIGTERM");
  assert.equal(await events.next(), undefined);
  assert.deepEqual(await second.ended, { code: 0, signal: null });
  assert.match(second.said.out, /"draining"[^]*"ended"/);
  assert.doesNotMatch(first.said.out + second.said.out + second.said.err, /1555020|parcel/);
});

test("killed while a relay's target is down: what was answered is handed on by the next process, in order, once it is back", { skip }, async () => {
  /** @type {string[]} */
  const taken = [];
  let isDown = true;
  const target = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    const parameters = Object.fromEntries(new URLSearchParams(body));
    const isSigned = twilio.validateRequest(TOKEN, String(request.headers["x-twilio-signature"]), `http://127.0.0.1:${port}/in?a=1`, parameters);
    if (!isDown) taken.push(`${parameters.MessageSid} ${isSigned}`);
    response.writeHead(isDown ? 503 : 200).end();
  }).listen(0, "127.0.0.1");
  await once(target, "listening");
  ends.push(() => target.close());
  const { port } = /** @type {import("node:net").AddressInfo} */ (target.address());
  const env = {
    RW_STORE: `sqlite:${join(await folder(), "windows.db")}`, RW_RELAY_URL: `http://127.0.0.1:${port}/in?a=1`, RW_RELAY_KEYS: Buffer.alloc(32, 9).toString("base64"), RW_RELAY_PRIVATE_HOSTS: "127.0.0.1",
  };
  const first = await running(env);
  // One customer's, each answered before the next.
  for (let number = 1; number <= 5; number += 1) assert.equal((await first.hear(number, 1)).status, 200);
  first.child.kill("SIGKILL");
  await first.ended;
  isDown = false;
  const second = await running(env);
  await until("all are handed on", () => taken.length >= 5);
  assert.deepEqual(taken, [1, 2, 3, 4, 5].map((number) => `${sid(number)} true`));
  assert.deepEqual(await second.kinds([1]), ["open"]);
  second.child.kill("SIGTERM");
  assert.deepEqual(await second.ended, { code: 0, signal: null });
  assert.doesNotMatch(first.said.out + first.said.err + second.said.out + second.said.err, /1555020|parcel/);
});

test("two processes on one Redis: what one receives the other's stream tells", { skip: skip || NO_REDIS }, async () => {
  const redis = await startRedis();
  ends.push(() => redis.stop());
  const [one, two] = await Promise.all([running({ RW_STORE: redis.url }), running({ RW_STORE: redis.url }, existsSync(node(24)) ? node(24) : node(22))]);
  const events = eventsOf(await two.ask("GET", "/stream"));
  await events.next();
  assert.equal((await one.hear(1, 1)).status, 200);
  assert.equal((await events.next())?.data.status.kind, "open");
  assert.deepEqual(await two.kinds([1, 2]), ["open", "unknown"]);
  const page = await (await two.ask("GET", "/closing?within=90000000&limit=1")).json();
  assert.equal(page.windows.length, 1);
  await events.cancel();
  for (const { child, ended } of [one, two]) {
    child.kill("SIGTERM");
    assert.deepEqual(await ended, { code: 0, signal: null });
  }
});

test("a body that does not come, one that is too large and one that is cut off harm nobody", { skip }, async () => {
  const { port, ask, kinds, hear, child, ended } = await running({ RW_STORE: "memory" });
  const slow = Array.from({ length: 50 }, () => {
    const socket = connect(port, "127.0.0.1");
    socket.write("POST /twilio/inbound HTTP/1.1\r\nhost: a\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 100000\r\nx-twilio-signature: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n\r\nBody=");
    socket.on("error", () => {});
    return socket;
  });
  assert.equal((await ask("POST", "/windows/query", { windows: Array(100_000).fill({ business: BUSINESS, customer: PHONE }) })).status, 413);
  assert.equal((await hear(1, 1)).status, 200);
  for (const socket of slow) socket.destroy();
  assert.deepEqual(await kinds([1]), ["open"]);
  child.kill("SIGTERM");
  assert.deepEqual(await ended, { code: 0, signal: null });
});
