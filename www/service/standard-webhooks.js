// @ts-check
/**
 * Webhooks of our own, signed as https://www.standardwebhooks.com says (specification 1.0.0): `webhook-id`, `webhook-timestamp` in seconds,
 * `webhook-signature: v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`. A secret is `whsec_` and the base64 of 24 to 64 bytes.
 */
import { fault } from "../engine/fault.js";

/** @param {string} text @returns {Uint8Array<ArrayBuffer> | undefined} */
const bytesOf = (text) => {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
};

/** @param {string} secret @returns {Uint8Array<ArrayBuffer>} */
export const secretBytes = (secret) => {
  const bytes = /^whsec_/.test(secret) ? bytesOf(secret.slice(6)) : undefined;
  if (!bytes || bytes.length < 24 || bytes.length > 64) throw fault("bad-secret", "secret", "expected `whsec_` and the base64 of 24 to 64 bytes");
  return bytes;
};

/**
 * @param {Uint8Array<ArrayBuffer>} secret @param {{ id: string, atMs: number, body: string }} message
 * @returns {Promise<Record<string, string>>} headers
 */
export const signedHeaders = async (secret, { id, atMs, body }) => {
  const key = await crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const seconds = String(Math.floor(atMs / 1000));
  const signature = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(`${id}.${seconds}.${body}`));
  return {
    "content-type": "application/json", "webhook-id": id, "webhook-timestamp": seconds,
    "webhook-signature": `v1,${btoa(String.fromCharCode(...new Uint8Array(signature)))}`,
  };
};
