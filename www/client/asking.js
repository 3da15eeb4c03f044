// @ts-check
/** Questions to the service, with the credential. */
import { ReplyWindowError } from "../engine/errors.js";

/** Windows that one question may name. */
export const MAX_QUERY = 1_000;
const ANSWER_MS = 10_000;

/** @typedef {{ url: string, token: string | (() => string | Promise<string>), fetch: typeof globalThis.fetch, monotonic: () => number, sampled: (serverMs: number, askedMs: number, answeredMs: number) => boolean }} Asking */

/** What the developer may have got wrong. @type {Record<number, string>} */
const HINTS = {
  401: ": `token` is none of the service's RW_TOKENS; it is the secret alone, the first word of its line",
  403: ": the line of `token` in the service's RW_TOKENS does not permit this, or is limited to other numbers",
  404: ": `url` is the service's own, as its RW_PUBLIC_URL, and no page of it",
};

/** @param {number} status */
const codeOf = (status) => (status === 401 || status === 403 ? "service-unauthorized" : "service-unavailable");

/** @param {() => string | Promise<string>} token the page's own */
const secretOf = async (token) => {
  try {
    return await token();
  } catch (cause) {
    throw new ReplyWindowError("service-unauthorized", "the page gave no token for the window service", { cause });
  }
};

/** @param {Asking} asking @param {string} path @param {RequestInit} init */
const request = async ({ url, token, fetch }, path, init) => {
  const secret = typeof token === "function" ? await secretOf(token) : token;
  let response;
  try {
    response = await fetch(`${url}${path}`, { ...init, headers: { authorization: `Bearer ${secret}`, ...init.headers }, redirect: "error", cache: "no-store", credentials: "omit" });
  } catch (cause) {
    throw new ReplyWindowError("service-unreachable", "the window service cannot be reached: is its origin allowed by the page's connect-src, and the page's by the service?", { cause });
  }
  if (!response.ok) throw new ReplyWindowError(codeOf(response.status), `the window service answered ${response.status}${HINTS[response.status] ?? ""}`);
  return response;
};

/**
 * Up to 1,000 windows. Its answer tells the time, too.
 *
 * @param {Asking} asking @param {readonly import("./windows.js").Party[]} windows
 * @returns {Promise<{ nowAtMs: number, cursor: string, windows: { state: any, observedSinceAtMs?: number, refused?: string }[], policies?: import("./windows.js").Policies, businesses?: string[] }>} `policies`: the service's own, where it has some.
 *   `businesses`: those that the caller is limited to. `refused`: it may not ask about this one, whose state is empty
 */
export const query = async (asking, windows) => {
  const askedMs = asking.monotonic();
  const response = await request(asking, "/windows/query", {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ windows }), signal: AbortSignal.timeout(ANSWER_MS),
  });
  const answer = await response.json().catch(() => undefined);
  const isWhole = Number.isSafeInteger(answer?.nowAtMs) && typeof answer.cursor === "string" && Array.isArray(answer.windows) && answer.windows.length === windows.length;
  if (!isWhole) throw new ReplyWindowError("service-unreadable", "this is no answer of the window service");
  asking.sampled(answer.nowAtMs, askedMs, asking.monotonic());
  return answer;
};

/** @param {Asking} asking @param {string | undefined} since @param {AbortSignal} signal */
export const openStream = async (asking, since, signal) => {
  const response = await request(asking, "/stream", { headers: { accept: "text/event-stream", ...(since === undefined ? {} : { "last-event-id": since }) }, signal });
  if (response.headers.get("content-type")?.startsWith("text/event-stream")) return response;
  throw new ReplyWindowError("service-unreadable", "this is no stream of the window service");
};

/** Something that needs no answer. @param {Asking} asking @param {string} path @param {unknown} body @param {boolean} [keepalive] the page goes */
export const tell = async (asking, path, body, keepalive = false) => {
  const response = await request(asking, path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body), keepalive, signal: AbortSignal.timeout(ANSWER_MS) });
  await response.body?.cancel();
};
