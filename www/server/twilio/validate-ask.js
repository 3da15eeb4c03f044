// @ts-check
/**
 * One question to Twilio, and how its answer is to be taken: as an answer, as "wrong", "not allowed" or "not reachable".
 * Error bodies: `{ code, message, more_info, status }`, https://www.twilio.com/docs/usage/twilios-response.
 */

import { explainProviderError } from "../../engine/on-server.js";

/** @typedef {"wrong" | "not-allowed" | "not-reachable"} Trouble */
/** @typedef {{ body: any } | { outcome: Trouble, code: string, providerCode?: number }} Answer */

/** Larger answers are not read: a page of 1,000 senders has about 1 MB. */
const MAX_BYTES = 8 << 20;

/** Base64 of UTF-8 text with web-standard means only. @param {string} text */
const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

/** What an HTTP status says where Twilio's error code says nothing better. @param {number} status @returns {{ outcome: Trouble, code: string }} */
const meaning = (status) => {
  if (status === 401) return { outcome: "wrong", code: "credentials-wrong" };
  if (status === 403) return { outcome: "not-allowed", code: "forbidden" };
  if (status === 404) return { outcome: "wrong", code: "not-found" };
  if (status === 429) return { outcome: "not-reachable", code: "provider-busy" };
  if (status >= 500) return { outcome: "not-reachable", code: "provider-failed" };
  // Redirects are not followed: the credentials are for this host alone.
  return { outcome: status >= 300 && status < 400 ? "not-reachable" : "wrong", code: status < 400 ? "provider-redirected" : "provider-refused" };
};

/** What the meaning of a provider's code says better than the status. @type {Record<string, { outcome: Trouble, code: string }>} */
const BY_MEANING = {
  authentication: { outcome: "wrong", code: "credentials-wrong" },
  "account-not-active": { outcome: "wrong", code: "account-suspended" },
  "permission-missing": { outcome: "not-allowed", code: "forbidden" },
  "test-credentials": { outcome: "not-allowed", code: "test-credentials" },
  "resource-not-found": { outcome: "wrong", code: "not-found" },
  "account-rate-limit": { outcome: "not-reachable", code: "provider-busy" },
};

/** The provider's code in an error body. @param {any} body @returns {number | undefined} */
const codeOf = (body) => (Number.isInteger(body?.code) && body.code >= 0 && body.code <= 0xffff_ffff ? body.code : undefined);

/** @param {Response} response */
const bodyOf = async ({ headers, body }) => {
  if (!body) return undefined;
  if (Number(headers.get("content-length")) > MAX_BYTES) {
    await body.cancel();
    return undefined;
  }
  const utf8 = new TextDecoder();
  let text = "";
  let length = 0;
  for await (const chunk of body) {
    length += chunk.byteLength;
    // Leaving the loop ends the connection.
    if (length > MAX_BYTES) return undefined;
    text += utf8.decode(chunk, { stream: true });
  }
  return JSON.parse(text + utf8.decode());
};

/**
 * @param {{ accountSid: string, authToken: string, fetch: typeof globalThis.fetch, timeoutMs: number, signal?: AbortSignal | undefined }} options
 * @returns {(url: string) => Promise<Answer>} never rejects
 */
export const asker = ({ accountSid, authToken, fetch, timeoutMs, signal }) => {
  const headers = { authorization: `Basic ${base64(`${accountSid}:${authToken}`)}`, accept: "application/json" };
  return async (url) => {
    const timeout = AbortSignal.timeout(timeoutMs);
    let response;
    let body;
    try {
      const both = signal ? AbortSignal.any([signal, timeout]) : timeout;
      response = await fetch(url, { method: "GET", headers, redirect: "manual", signal: both });
      body = await bodyOf(response).catch((error) => {
        if (error instanceof SyntaxError) return undefined;
        throw error;
      });
    } catch {
      // What was thrown is not passed on: it may hold the request, and with it the token.
      const code = signal?.aborted ? "stopped" : timeout.aborted ? "timed-out" : "no-answer";
      return { outcome: "not-reachable", code };
    }
    if (response.ok) return body && typeof body === "object" ? { body } : { outcome: "not-reachable", code: "unreadable" };
    const providerCode = codeOf(body);
    if (providerCode === undefined) return meaning(response.status);
    const known = BY_MEANING[explainProviderError({ provider: "twilio", code: providerCode }).meaning];
    return { ...(known ?? meaning(response.status)), providerCode };
  };
};

/** @typedef {ReturnType<typeof asker>} Ask */
