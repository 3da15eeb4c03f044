// @ts-check
/** Webhooks as Twilio signs them, and what a test needs to receive them. */
import { readFileSync } from "node:fs";
import twilio from "twilio";
import { mergeStates, windowKeys, windowStatus } from "../../www/engine/session.js";
import { createReceiver, memoryStore } from "../../www/server/index.js";

export const TOKEN = "8f0c2d4b6a1e3f5907c8d2b4a6e1f305";
export const URL_INBOUND = "https://desk.example.com/twilio/inbound";
export const T0 = Date.parse("2026-11-23T10:00:00.000Z");
export const HOUR = 3_600_000;
export const BUSINESS = "+15550100200";
export const PHONE = { phone: "+15550109911" };
export const BSUID = { bsuid: "NL.7203944817265509" };

/** @param {string} name @returns {Record<string, string>} */
export const example = (name) => {
  const { payload, ...rest } = JSON.parse(readFileSync(new URL(`../vectors/examples/${name}.json`, import.meta.url), "utf8"));
  return payload ?? rest;
};
export const INBOUND = example("twilio-inbound-text");
export const REFUSED = example("twilio-status-undelivered-63016");
/** @param {Record<string, string>} [changes] */
export const inbound = (changes = {}) => ({ ...INBOUND, ...changes });

/**
 * A request as Twilio sends it, signed by Twilio's own library.
 *
 * @param {Record<string, string>} parameters @param {{ token?: string, signature?: string | null, body?: string, url?: string, sentTo?: string }} [options]
 */
export const webhook = (parameters, { token = TOKEN, url = URL_INBOUND, sentTo = url, body = new URLSearchParams(parameters).toString(), signature = twilio.getExpectedTwilioSignature(token, url, parameters) } = {}) =>
  new Request(sentTo, {
    method: "POST",
    body,
    headers: { "content-type": "application/x-www-form-urlencoded", ...(signature === null ? {} : { "x-twilio-signature": signature }) },
  });

/**
 * `shapes`: these tests number messages shortly (`SM1`), which no id of Twilio's looks like.
 *
 * @param {{ now?: () => number, publicUrl?: string, shapes?: "report" | "refuse", store?: ReturnType<typeof memoryStore>, keys?: any }} [options]
 */
export const setUp = ({ now = () => T0, publicUrl, shapes = "report", store = memoryStore(), keys = [TOKEN] } = {}) => {
  /** @type {import("../../www/server/reports.js").Report[]} */
  const reports = [];
  /** @type {string[]} */
  const lines = [];
  /** @type {unknown[][]} */
  const calls = [];
  const receiver = createReceiver({
    keys, store, now, shapes, onReport: (report) => reports.push(report),
    // What is reported has a line too; these tests count those of refusals.
    log: (line) => /^webhook: /.test(line) || lines.push(line), ...(publicUrl ? { publicUrl } : {}),
    onInbound: (...given) => calls.push(["inbound", ...given]), onStatus: (...given) => calls.push(["status", ...given]),
  });
  return { store, receiver, lines, calls, reports };
};

/** Every window, in an order of its own. @param {ReturnType<typeof memoryStore>} store */
export const windowsOf = async (store) => {
  const windows = [];
  for await (const { keys, state } of store.windows()) windows.push({ keys: keys.sort(), state });
  return windows.sort((a, b) => String(a.keys).localeCompare(String(b.keys)));
};

/** @param {ReturnType<typeof memoryStore>} store @param {import("../../src/wire/types.d.ts").Identity} customer @param {number} now */
export const statusOf = async (store, customer, now) => windowStatus((await store.read(windowKeys({ business: BUSINESS, customer }))) ?? mergeStates([]), { now });
