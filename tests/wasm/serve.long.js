// @ts-check
// The service is killed fifty times at moments that nobody chose: no message that it had accepted is lost.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { randomFrom } from "../support/random.mjs";
import { BUSINESS, TOKEN, inbound, webhook } from "../support/webhooks.mjs";

const bin = fileURLToPath(new URL("../../www/serve/bin.js", import.meta.url));
const node = fileURLToPath(new URL("../nodes/node_modules/node22/bin/node", import.meta.url));
const skip = existsSync(node) ? false : "Node 22 is not installed below tests/nodes (Linux on x64 only)";
const PUBLIC = "https://windows.example.com";
const READER = "reader-token-0000000000000000";
const ROUNDS = 50;
const sid = (/** @type {number} */ number) => `SM${String(number).padStart(32, "0")}`;
const phone = (/** @type {number} */ number) => `+1555${String(2_000_000 + number)}`;

/** @param {string} store */
const start = async (store) => {
  const env = { PATH: process.env.PATH, RW_STORE: store, RW_PUBLIC_URL: PUBLIC, RW_TWILIO_AUTH_TOKENS: TOKEN, RW_TOKENS: READER, RW_PORT: "0" };
  const child = spawn(node, [bin, "serve"], { env, stdio: ["ignore", "pipe", "ignore"] });
  let said = "";
  while (!/"listening"/.test(said)) said += await new Promise((resolve) => child.stdout.once("data", resolve));
  child.stdout.resume();
  const closed = new Promise((resolve) => child.on("close", resolve));
  return { url: `http://127.0.0.1:${/"listening","port":(\d+)/.exec(said)?.[1]}`, kill: () => (child.kill("SIGKILL"), closed) };
};

/** @param {string} url @param {number} number */
const hear = async (url, number) => {
  const made = webhook(inbound({
    MessageSid: sid(number), SmsSid: sid(number), SmsMessageSid: sid(number), From: `whatsapp:${phone(number)}`, WaId: phone(number).slice(1), ExternalUserId: `whatsapp:NL.${phone(number).slice(1)}`,
  }), { url: `${PUBLIC}/twilio/inbound` });
  const response = await fetch(`${url}/twilio/inbound`, { method: "POST", headers: made.headers, body: await made.text() }).catch(() => undefined);
  return response?.status === 200;
};

test("no accepted message is lost, and no window is open that nobody opened", { skip }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "serve-"));
  const store = `sqlite:${join(folder, "windows.db")}`;
  const random = randomFrom(20_261_129);
  /** @type {Set<number>} */
  const accepted = new Set();
  let sent = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const { url, kill } = await start(store);
    const most = 1 + random(60);
    let answered = 0;
    let dead = Promise.resolve();
    await Promise.all(Array.from({ length: 8 }, async () => {
      for (let goesOn = true; goesOn; ) {
        const number = (sent += 1);
        goesOn = await hear(url, number);
        if (goesOn) accepted.add(number);
        if ((answered += 1) === most) dead = kill();
      }
    }));
    await dead;
  }
  const { url, kill } = await start(store);
  const numbers = Array.from({ length: sent + 20 }, (_, place) => place + 1);
  for (let at = 0; at < numbers.length; at += 1_000) {
    const some = numbers.slice(at, at + 1_000);
    const response = await fetch(`${url}/windows/query`, {
      method: "POST", headers: { authorization: `Bearer ${READER}`, "content-type": "application/json" }, body: JSON.stringify({ windows: some.map((one) => ({ business: BUSINESS, customer: { phone: phone(one) } })) }),
    });
    const { windows } = await response.json();
    for (const [place, number] of some.entries()) {
      const { kind } = windows[place].status;
      if (accepted.has(number)) assert.equal(kind, "open", `${number} was accepted`);
      else if (number > sent) assert.equal(kind, "unknown", `${number} was never sent`);
    }
  }
  assert.ok(accepted.size > 500, `${accepted.size} accepted`);
  await kill();
  await rm(folder, { recursive: true, force: true });
});
