// @ts-check
/** One try of handing a webhook on: signed again for the target, and what its answer means. */
import { signTwilio } from "../engine/on-server.js";

/**
 * A webhook as it is sealed: all that the target is sent.
 * @typedef {{ method: string, query: string, type: string, token: string, body: string }} Sealed `body`: base64
 */

/**
 * @typedef {object} RelayOptions
 * @property {string} url where the webhooks go
 * @property {readonly string[]} keys base64 of 32 bytes each: the first encrypts what waits, each decrypts it
 * @property {"async" | "sync"} [mode] `async` (default): the provider is answered at once. `sync`: it is answered what the target answers within 10 s
 * @property {import("../engine/keys.js").VerificationKey} [signBy] an Auth Token, or a key derived from one; default: the first of `twilio.keys`
 * @property {readonly string[]} [privateHosts] hosts of the own network that may be a target
 * @property {typeof globalThis.fetch} [fetch]
 */

/** @typedef {{ kind: "delivered" | "again" | "refused", reason: string, retryAfterMs?: number, answer?: { status: number, type: string, text: string } }} Outcome */

/** What an answer may hold that is passed on. */
const MAX_ANSWER = 64 * 1024;

/** Statuses of 4xx that say: later. */
const LATER = [408, 425, 429];

/** @param {Response} response */
const textOf = async (response) => {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let [text, bytes] = ["", 0];
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    bytes += part.value.byteLength;
    if (bytes > MAX_ANSWER) {
      await reader?.cancel();
      return "";
    }
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
};

/** Seconds, or a date. @param {string | null} text @param {number} nowMs */
const retryAfterMs = (text, nowMs) => {
  const ms = /^\d{1,6}$/.test(text ?? "") ? Number(text) * 1000 : Date.parse(text ?? "") - nowMs;
  return ms > 0 ? ms : undefined;
};

/** A redirect is no delivery: whoever answers it was not named by the operator. @param {Response} response @param {number} nowMs @returns {Promise<Outcome>} */
const outcomeOf = async (response, nowMs) => {
  const { status, headers } = response;
  const answer = { status, type: headers.get("content-type") ?? "text/plain", text: await textOf(response) };
  if (response.ok) return { kind: "delivered", reason: "", answer };
  const wait = retryAfterMs(headers.get("retry-after"), nowMs);
  const kind = status >= 400 && status < 500 && !LATER.includes(status) ? "refused" : "again";
  return { kind, reason: status >= 300 && status < 400 ? "redirect" : `status-${status}`, ...(wait !== undefined && { retryAfterMs: wait }), answer };
};

/** @param {string} url @param {string} query with its mark, or nothing */
const withQuery = (url, query) => (query === "" ? url : `${url}${url.includes("?") ? "&" : "?"}${query.slice(1)}`);

/**
 * @param {{ url: string, signBy: import("../engine/keys.js").VerificationKey, fetch: typeof globalThis.fetch, now: () => number }} target
 * @returns {(sealed: Sealed, withinMs: number) => Promise<Outcome>}
 */
export const sendTo = ({ url, signBy, fetch, now }) => async ({ method, query, type, token, body }, withinMs) => {
  const address = withQuery(url, query);
  const bytes = method === "GET" ? undefined : Uint8Array.from(atob(body), (character) => character.charCodeAt(0));
  try {
    const headers = {
      "x-twilio-signature": signTwilio(address, bytes, signBy), "user-agent": "reply-window-relay",
      ...(type && { "content-type": type }), ...(token && { "i-twilio-idempotency-token": token }),
    };
    const response = await fetch(address, { method, headers, redirect: "manual", signal: AbortSignal.timeout(withinMs), ...(bytes && { body: bytes }) });
    return await outcomeOf(response, now());
  } catch (error) {
    const { name, code } = /** @type {{ name?: string, code?: unknown }} */ (error);
    if (code === "private-address") return { kind: "again", reason: "private-address" };
    return { kind: "again", reason: name === "TimeoutError" ? "timed-out" : "unreachable" };
  }
};
