// Webhooks of every kind that tests/vectors/examples holds, as they arrive: bytes, headers, address. Signed by Twilio's own
// library, Meta's by Node's HMAC. What is answered to them is not asked here.

import { createHmac } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import twilio from "twilio";

export const TOKEN = "8f0c2d4b6a1e3f5907c8d2b4a6e1f305";
export const APP_SECRET = "c1f0a5b36d7e4f2890ab12cd34ef56a7";
const URL_TWILIO = "https://desk.example.com/twilio/inbound?workspace=support";
const FOLDER = new URL("../../vectors/examples/", import.meta.url);
const FORM = "application/x-www-form-urlencoded";
const JSON_TYPE = "application/json";

/**
 * @typedef {object} Webhook
 * @property {string} name
 * @property {string} url
 * @property {Record<string, string>} headers
 * @property {string} signature
 * @property {Uint8Array} body
 */

const encoder = new TextEncoder();
const read = (/** @type {string} */ name) => {
  const { payload, _note, ...rest } = JSON.parse(readFileSync(new URL(name, FOLDER), "utf8"));
  return payload ?? rest;
};
const list = (/** @type {string} */ name) => JSON.parse(readFileSync(new URL(name, FOLDER), "utf8"));
const names = (/** @type {RegExp} */ pattern) => readdirSync(FOLDER).filter((name) => pattern.test(name)).sort();

/** @param {string} name @param {Record<string, string>} parameters @returns {Webhook} */
export function form(name, parameters) {
  const signature = twilio.getExpectedTwilioSignature(TOKEN, URL_TWILIO, parameters);
  const body = encoder.encode(new URLSearchParams(parameters).toString());
  return { name, url: URL_TWILIO, signature, body, headers: { "content-type": FORM, "x-twilio-signature": signature } };
}

/** @param {string} name @param {unknown} payload @returns {Webhook} */
function signedJson(name, payload) {
  const text = JSON.stringify(payload);
  const url = `${URL_TWILIO}&bodySHA256=${twilio.getExpectedBodyHash(text)}`;
  const signature = twilio.getExpectedTwilioSignature(TOKEN, url, {});
  return { name, url, signature, body: encoder.encode(text), headers: { "content-type": JSON_TYPE, "x-twilio-signature": signature } };
}

/** @param {string} name @param {unknown} payload @returns {Webhook} */
function metas(name, payload) {
  const body = encoder.encode(JSON.stringify(payload));
  const signature = createHmac("sha256", APP_SECRET).update(body).digest("hex");
  return { name, url: "https://desk.example.com/meta", signature, body, headers: { "content-type": JSON_TYPE, "x-hub-signature-256": `sha256=${signature}` } };
}

/** What customers write at length: percent-encoded, an Arabic letter is six bytes. */
const LONG = {
  "english, 1,500 characters": "Is my parcel on its way? The tracking page has said the same since Monday. ".repeat(20),
  "arabic, 560 characters": "مرحبًا، هل وصلت الشحنة إلى المستودع؟ ".repeat(15).slice(0, 560),
};

const inbound = read("twilio-inbound-text.json");
export const forms = [
  ...names(/^twilio-(inbound|status|conversations)-/).map((name) => form(name, read(name))),
  ...Object.entries(LONG).map(([name, Body]) => form(name, { ...inbound, Body })),
];
export const jsons = names(/^twilio-eventstream-/).map((name) => signedJson(name, list(name)));
export const meta = names(/^meta-(inbound|status|call|system|template|user)-/).map((name) => metas(name, list(name)));

/** Each from another customer or of another message, as a receiver sees them. @param {number} count */
export const arrivals = (count) => Array.from({ length: count }, (_, n) => {
  const sid = `SM${n.toString(16).padStart(32, "0")}`;
  const phone = `1555${String(1_000_000 + (n % 250))}`;
  const text = n % 16 === 0 ? LONG["english, 1,500 characters"] : inbound.Body;
  return form(`arrival ${n}`, { ...inbound, MessageSid: sid, SmsMessageSid: sid, SmsSid: sid, From: `whatsapp:+${phone}`, WaId: phone, ExternalUserId: `whatsapp:NL.${7_203_944_817_265_509 - (n % 250)}`, Body: text });
});

/** The same with a signature of the same shape that is wrong. @param {Webhook} good @returns {Webhook} */
export function forged(good) {
  const at = 5;
  const signature = good.signature.slice(0, at) + (good.signature[at] === "0" ? "1" : "0") + good.signature.slice(at + 1);
  const headers = Object.fromEntries(Object.entries(good.headers).map(([name, value]) => [name, value.replace(good.signature, signature)]));
  return { ...good, signature, headers };
}
