// What one process of the service takes, from a signed webhook to its answer: `npm run bench:service` (Node 22 or newer; with `-- --redis` on a Redis besides, which keeps all that
// was answered). So many customers write once, then some more; then 1,000 windows are asked for at a time. This program, which signs and asks, shares the machine with it.

import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtemp, readFile, readdir, rm, stat } from "node:fs/promises";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { NO_REDIS, startRedis } from "../support/redis.mjs";

const [CUSTOMERS, LANES] = [20_000, 128];
const [TOKEN, READER, PUBLIC, BUSINESS] = ["8f0c2d4b6a1e3f5907c8d2b4a6e1f305", "reader-token-0000000000000000", "https://windows.example.com", "+15550100200"];

const manifest = import.meta.resolve("reply-window/package.json");
const { bin } = JSON.parse(await readFile(fileURLToPath(manifest), "utf8"));

/** @param {string} store */
const start = async (store) => {
  const env = { PATH: process.env.PATH, RW_STORE: store, RW_PUBLIC_URL: PUBLIC, RW_TWILIO_AUTH_TOKENS: TOKEN, RW_TOKENS: `${READER} read`, RW_PORT: "0" };
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", fileURLToPath(new URL(bin["reply-window"], manifest)), "serve"], { env, stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  while (!/"listening"/.test(said)) said += await new Promise((resolve) => child.stdout.once("data", resolve));
  child.stdout.resume();
  return { child, port: Number(/"listening","port":(\d+)/.exec(said)?.[1]), closed: new Promise((resolve) => child.on("close", resolve)) };
};

/** Megabytes that a process holds. @param {number | undefined} pid */
const megabytes = async (pid) => Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(await readFile(`/proc/${pid}/status`, "utf8").catch(() => ""))?.[1] ?? NaN) / 1024);

let told = 0;
/** A message as Twilio signs it. @param {number} customer */
const webhook = (customer) => {
  const [id, phone] = [`SM${String(++told).padStart(32, "0")}`, `1555${2_000_000 + customer}`];
  const form = { AccountSid: "AC4c122831efef10ac68b5223dccd6f614", ApiVersion: "2010-04-01", Body: "Where is my parcel?", From: `whatsapp:+${phone}`, MessageSid: id, MessageType: "text", NumMedia: "0", NumSegments: "1", ProfileName: "A", SmsMessageSid: id, SmsSid: id, SmsStatus: "received", To: `whatsapp:${BUSINESS}`, WaId: phone };
  const text = Object.entries(form).sort(([a], [b]) => (a < b ? -1 : 1)).flat().join("");
  return { headers: { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": createHmac("sha1", TOKEN).update(`${PUBLIC}/twilio/inbound${text}`).digest("base64") }, body: new URLSearchParams(form).toString() };
};

/** @param {Agent} agent @param {number} port @param {string} path @param {{ headers: Record<string, string>, body: string }} message @returns {Promise<number>} bytes of the answer */
const post = (agent, port, path, { headers, body }) => new Promise((resolve, reject) => {
  const asked = request({ agent, port, path, method: "POST", headers: { ...headers, "content-length": Buffer.byteLength(body) } }, (response) => {
    let bytes = 0;
    response.on("data", (chunk) => (bytes += chunk.length)).on("end", () => (response.statusCode === 200 ? resolve(bytes) : reject(new Error(`${path} answered ${response.statusCode}`))));
  });
  asked.on("error", reject).end(body);
});

/** @param {string} what @param {number} count @param {number} lanes @param {(place: number) => Promise<unknown>} work */
const timed = async (what, count, lanes, work) => {
  let next = 0;
  const waits = /** @type {number[]} */ ([]);
  const began = performance.now();
  await Promise.all(Array.from({ length: lanes }, async () => {
    for (let place = next++; place < count; place = next++) {
      const asked = performance.now();
      await work(place);
      waits.push(performance.now() - asked);
    }
  }));
  const seconds = (performance.now() - began) / 1000;
  waits.sort((a, b) => a - b);
  console.log(`  ${what.padEnd(40)} ${Math.round(count / seconds)} a second; half are answered within ${Math.round(waits[waits.length >> 1] ?? 0)} ms, 99 of 100 within ${Math.round(waits[Math.floor(waits.length * 0.99)] ?? 0)} ms`);
};

/** @param {string} name @param {string} store @param {() => Promise<number>} bytes that the store takes */
const measure = async (name, store, bytes) => {
  const { child, port, closed } = await start(store);
  const agent = new Agent({ keepAlive: true, maxSockets: LANES });
  console.log(name);
  await post(agent, port, "/twilio/inbound", webhook(0));
  const [held, kept] = [await megabytes(child.pid), await bytes()];
  const first = Array.from({ length: CUSTOMERS }, (_, customer) => webhook(customer));
  await timed("webhooks, each of a new customer", CUSTOMERS, LANES, (place) => post(agent, port, "/twilio/inbound", /** @type {any} */ (first[place])));
  console.log(`  memory of the process: ${held} MB at first, ${await megabytes(child.pid)} MB after ${CUSTOMERS} webhooks`);
  const more = Array.from({ length: CUSTOMERS }, () => webhook(Math.floor(Math.random() * CUSTOMERS)));
  await timed("webhooks of known customers", CUSTOMERS, LANES, (place) => post(agent, port, "/twilio/inbound", /** @type {any} */ (more[place])));
  const asked = (/** @type {number} */ from) => ({ headers: { authorization: `Bearer ${READER}`, "content-type": "application/json" }, body: JSON.stringify({ windows: Array.from({ length: 1_000 }, (_, place) => ({ business: BUSINESS, customer: { phone: `+1555${2_000_000 + (from + place) % CUSTOMERS}` } })) }) });
  await timed("queries of 1,000 windows", 100, 4, (place) => post(agent, port, "/windows/query", asked(place * 997)));
  agent.destroy();
  child.kill("SIGTERM");
  await closed;
  // SQLite's log is in its file by now.
  console.log(`  in the store for each webhook, with what keeps it from being used again: ${Math.round((await bytes() - kept) / (2 * CUSTOMERS))} bytes`);
};

const folder = await mkdtemp(join(tmpdir(), "bench-"));
await measure("SQLite", `sqlite:${join(folder, "windows.db")}`, async () => (await Promise.all((await readdir(folder)).map(async (file) => (await stat(join(folder, file))).size))).reduce((sum, size) => sum + size, 0));
await rm(folder, { recursive: true, force: true });
if (process.argv.includes("--redis") && !NO_REDIS) {
  const redis = await startRedis("--appendonly", "yes", "--appendfsync", "always");
  const { createClient } = await import("@redis/client");
  const client = await createClient({ url: redis.url }).connect();
  await measure("Redis, appendfsync always", redis.url, async () => Number(/used_memory:(\d+)/.exec(await client.info("memory"))?.[1]));
  client.destroy();
  await redis.stop();
}
