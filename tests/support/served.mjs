// @ts-check
// `reply-window serve` as a process of its own, and customers who write to it, each by a number.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { BUSINESS, TOKEN, inbound, webhook } from "./webhooks.mjs";

const bin = fileURLToPath(new URL("../../www/serve/bin.js", import.meta.url));
/** Node 22, which the service needs. */
const node = fileURLToPath(new URL("../nodes/node_modules/node22/bin/node", import.meta.url));
export const withoutNode = existsSync(node) ? false : "Node 22 is not installed below tests/nodes (Linux on x64 only)";
const PUBLIC = "https://windows.example.com";
const READER = "reader-token-0000000000000000";
const sid = (/** @type {number} */ number) => `SM${String(number).padStart(32, "0")}`;
const phone = (/** @type {number} */ number) => `+1555${String(2_000_000 + number)}`;

/** @param {string} store */
export async function start(store) {
  const env = { PATH: process.env.PATH, RW_STORE: store, RW_PUBLIC_URL: PUBLIC, RW_TWILIO_AUTH_TOKENS: TOKEN, RW_TOKENS: `${READER} read`, RW_PORT: "0" };
  const child = spawn(node, [bin, "serve"], { env, stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  while (!/"listening"/.test(said)) said += await new Promise((resolve) => child.stdout.once("data", resolve));
  child.stdout.resume();
  const closed = new Promise((resolve) => child.on("close", resolve));
  return { url: `http://127.0.0.1:${/"listening","port":(\d+)/.exec(said)?.[1]}`, kill: () => (child.kill("SIGKILL"), closed) };
}

/** @param {string} url @param {number} number @returns {Promise<number>} the status; rejects where the service is gone */
export async function hear(url, number) {
  const made = webhook(inbound({
    MessageSid: sid(number), SmsSid: sid(number), SmsMessageSid: sid(number), From: `whatsapp:${phone(number)}`, WaId: phone(number).slice(1), ExternalUserId: `whatsapp:NL.${phone(number).slice(1)}`,
  }), { url: `${PUBLIC}/twilio/inbound` });
  return (await fetch(`${url}/twilio/inbound`, { method: "POST", headers: made.headers, body: await made.text() })).status;
}

/**
 * Whether the service knows whom it accepted, and nobody who never wrote.
 *
 * @param {string} url
 * @param {ReadonlySet<number>} accepted
 * @param {number} sent so many wrote
 */
export async function stands(url, accepted, sent) {
  for (let from = 1; from <= sent + 20; from += 1_000) {
    const some = Array.from({ length: 1_000 }, (_, place) => from + place);
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
}
