// @ts-check
import { ReplyWindowError } from "../../engine/errors.js";

/**
 * The few calls of Twilio's REST API that the middleware needs. Source of the shapes: twilio-oai
 * (twilio_api_v2010.yaml, twilio_content_v1.yaml). The Auth Token is in no error, no log line and no property.
 */

/**
 * @typedef {object} TwilioOptions
 * @property {string} accountSid
 * @property {string} authToken
 * @property {string} [baseUrl]
 * @property {string} [contentUrl]
 * @property {typeof globalThis.fetch} [fetch]
 * @property {number} [timeoutMs] per request
 * @property {number} [pauseMs] before the first repetition of a read that was answered 429 or 5xx
 */

/**
 * A Message resource, as far as it is read here.
 * @typedef {{ sid: string, direction: string, from: string, to: string, body: string | null, status: string, num_media?: string,
 *   error_code: number | null, date_created: string | null, date_sent: string | null }} MessageResource
 */

/**
 * @typedef {{ from: string, to: string, statusCallback?: string } & ({ body: string } | { contentSid: string, contentVariables?: string | undefined })} OutgoingMessage
 */

/** A listing that has more pages than this is refused rather than followed for ever. */
const MAX_PAGES = 1_000;

/** Base64 of UTF-8 text with web-standard means only. @param {string} text */
const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

/**
 * @param {import("../../../src/wire/types.d.ts").ErrorCode} code @param {string} message
 * @param {{ status?: number, providerCode?: number, providerMessage?: string }} [more]
 */
const providerError = (code, message, more = {}) => Object.assign(new ReplyWindowError(code, message), more);

/** @param {number} status @param {any} body */
const refusal = (status, body) => {
  const providerCode = Number.isInteger(body?.code) ? body.code : undefined;
  const code = status === 401 || status === 403 ? "provider-unauthorized" : status === 429 || status >= 500 ? "provider-busy" : "provider-refused";
  return providerError(code, `the provider answered ${status}${providerCode ? ` with error ${providerCode}` : ""}`, {
    status,
    ...(providerCode ? { providerCode } : {}),
    ...(typeof body?.message === "string" ? { providerMessage: body.message.slice(0, 500) } : {}),
  });
};

/** @param {Response} response */
const jsonOf = async (response) => {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
};

/** @param {TwilioOptions} options */
const caller = ({ accountSid, authToken, fetch = globalThis.fetch, timeoutMs = 15_000 }) => {
  const authorization = `Basic ${base64(`${accountSid}:${authToken}`)}`;
  /** @param {string} url @param {URLSearchParams} [form] */
  return async (url, form) => {
    let response;
    try {
      response = await fetch(url, {
        method: form ? "POST" : "GET",
        headers: { authorization, accept: "application/json" },
        redirect: "manual", // a redirect must not carry the credentials to another host
        signal: AbortSignal.timeout(timeoutMs),
        ...(form ? { body: form } : {}),
      });
    } catch {
      throw providerError("provider-unreachable", "the provider did not answer");
    }
    const body = await jsonOf(response);
    if (!response.ok) throw refusal(response.status, body);
    if (!body || typeof body !== "object") throw providerError("provider-unreadable", "the provider's answer is not JSON");
    return body;
  };
};

/** A read may be repeated. */
const MAX_READ_TRIES = 3;

/**
 * @param {(url: string) => Promise<any>} call
 * @param {number} pauseMs
 * @returns {(url: string) => Promise<any>}
 */
const retryBusy = (call, pauseMs) => async (url) => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await call(url);
    } catch (error) {
      const busy = error instanceof ReplyWindowError && error.code === "provider-busy";
      if (!busy || tries === MAX_READ_TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs * 2 ** (tries - 1)));
    }
  }
};

/**
 * Follows a listing's links by path only, so that the credentials stay with the host they were meant for.
 *
 * @param {(url: string) => Promise<any>} call
 * @param {string} base
 * @param {string} first path and query
 * @param {(page: any) => unknown} next
 */
const pages = async function* (call, base, first, next) {
  const seen = new Set();
  /** @type {string | undefined} */
  let path = first;
  while (path !== undefined) {
    if (seen.has(path) || seen.size >= MAX_PAGES) throw providerError("provider-unreadable", "the provider's pages do not end");
    seen.add(path);
    const page = await call(base + path);
    yield page;
    const link = next(page);
    path = typeof link === "string" && link !== "" ? pathOf(link, base) : undefined;
  }
};

/** @param {string} link @param {string} base */
const pathOf = (link, base) => {
  const { pathname, search } = new URL(link, base);
  const prefix = new URL(base).pathname.replace(/\/+$/, "");
  return (prefix && pathname.startsWith(`${prefix}/`) ? pathname.slice(prefix.length) : pathname) + search;
};

/** @param {OutgoingMessage} message */
const formOf = (message) => {
  const form = new URLSearchParams({ From: message.from, To: message.to });
  if ("body" in message) form.set("Body", message.body);
  else {
    form.set("ContentSid", message.contentSid);
    if (message.contentVariables) form.set("ContentVariables", message.contentVariables);
  }
  if (message.statusCallback) form.set("StatusCallback", message.statusCallback);
  return form;
};

/** @param {string} url */
const trimmed = (url) => url.replace(/\/+$/, "");

/**
 * Each message once, as the pages come.
 *
 * @param {AsyncIterable<any>} listing
 * @returns {AsyncGenerator<MessageResource, void>}
 */
const messagesOf = async function* (listing) {
  for await (const page of listing) yield* Array.isArray(page.messages) ? page.messages : [];
};

/** @param {{ since: number, to?: string, from?: string, pageSize?: number }} filter */
const queryOf = ({ since, to, from, pageSize = 1000 }) =>
  new URLSearchParams({
    PageSize: String(pageSize),
    ...(to ? { To: to } : {}),
    ...(from ? { From: from } : {}),
    "DateSent>": `${new Date(since).toISOString().slice(0, 19)}Z`,
  });

/**
 * Errors of every call are `ReplyWindowError`s with the fields `status`, `providerCode` and `providerMessage` where the
 * provider said something: `provider-refused`, `provider-unauthorized`, `provider-busy`, `provider-unreachable`,
 * `provider-unreadable`.
 *
 * @param {TwilioOptions} options
 * @example
 * const client = twilioClient({ accountSid, authToken });
 * const { id } = await client.sendMessage({ from: "whatsapp:+14155238886", to: "whatsapp:+491701234567", body: "Hello" });
 */
export const twilioClient = (options) => {
  const { accountSid, baseUrl = "https://api.twilio.com", contentUrl = "https://content.twilio.com", pauseMs = 500 } = options;
  const [api, content] = [trimmed(baseUrl), trimmed(contentUrl)];
  const call = caller(options);
  const read = retryBusy(call, pauseMs);
  const path = `/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/Messages.json`;
  return {
    /**
     * Hands one message over. Never repeated here: a repeated POST would be a second message.
     * WhatsApp's refusals do not come as an error of this call but later, as a status callback.
     *
     * @param {OutgoingMessage} message
     * @returns {Promise<{ id: string, status: string }>}
     */
    async sendMessage(message) {
      const { sid, status } = await call(api + path, formOf(message));
      if (typeof sid !== "string") throw providerError("provider-unreadable", "the provider's answer holds no message id");
      return { id: sid, status: String(status) };
    },

    /**
     * Messages sent or received at or after `since` (UTC milliseconds), newest first, all pages.
     *
     * @param {{ since: number, to?: string, from?: string, pageSize?: number }} filter
     */
    messages: (filter) => messagesOf(pages(read, api, `${path}?${queryOf(filter)}`, (page) => page.next_page_uri)),

    /**
     * One message.
     *
     * @param {string} id
     * @returns {Promise<MessageResource>}
     */
    message: (id) => read(`${api}${path.replace(/\.json$/, "")}/${encodeURIComponent(id)}.json`),

    /**
     * Every Content resource with its WhatsApp approval, page by page as Twilio gives them (input of `importTemplates`).
     *
     * @param {{ pageSize?: number }} [paging]
     * @returns {AsyncGenerator<Record<string, unknown>, void>}
     */
    contentAndApprovals: ({ pageSize = 500 } = {}) =>
      pages(read, content, `/v1/ContentAndApprovals?PageSize=${pageSize}`, (page) => page.meta?.next_page_url),
  };
};

/** @typedef {ReturnType<typeof twilioClient>} TwilioClient */
