// @ts-check
/** @import { Identity, Inbound } from "../../src/wire/types.d.ts" */
/** @import { Time } from "./check.js" */
import { bodyBytes, bodyOf, headersOf } from "./request.js";
import { fault, options, plain, plainList, plainObject, text, toMs, truth } from "./check.js";
import { webhooks } from "./webhooks.js";

/**
 * A verified webhook: only what was signed, and what it says.
 *
 * @typedef {object} VerifiedWebhook
 * @property {Inbound["source"]} source
 * @property {number} key index in `keys` of the key that signed
 * @property {string} url the address in the spelling that was signed
 * @property {{ name: string, value: string }[]} parameters
 * @property {Inbound} inbound events, messages and delivery states
 */

/**
 * @typedef {object} VerifyOptions
 * @property {readonly VerificationKey[]} keys the current one first; several for rotation and sub-accounts
 * @property {boolean} [requireSharedKey] default `false`; `true`: an Auth Token verifies nothing
 * @property {Time} [receivedAt] when the request came in; default `Date.now()`
 * @property {boolean} [allowAuthTokenInPage] default `false`: in a browser the keys are refused, because code that is
 *   shipped to agents must not hold an Auth Token. Say `true` where an administrator has just typed it. Shared keys
 *   and derived keys are not refused.
 */

/**
 * A text is an Auth Token. A shared key has its `id` and its `algorithm` (`HMAC_SHA1` or `HMAC_SHA256`); a `derived`
 * key verifies without the secret it was derived from.
 *
 * @typedef {string | { secret: string, id?: string, algorithm?: string } | { derived: string, id?: string, algorithm?: string }} VerificationKey
 */

const HEADERS = /** @type {const} */ (["x-twilio-signature", "x-twilio-webhooks-signature-settings", "content-type"]);

/** @typedef {Headers | Iterable<readonly [string, string]> | Readonly<Record<string, string | readonly string[] | undefined>>} HeadersLike */

/**
 * Verifies a Twilio webhook and reads it. There is no result that means "not verified": it returns the signed request
 * or throws. Answer a throw with 403 and change nothing.
 *
 * @param {{ url: string, headers: HeadersLike, body?: Uint8Array | string }} request `url`: the full public address as
 *   Twilio knows it; `body`: raw, as received, at most 256 KiB (a parsed body cannot be verified); none for GET
 * @param {VerifyOptions} given
 * @returns {VerifiedWebhook}
 * @throws {import("./errors.js").ReplyWindowError} `signature-missing`, `signature-multiple`, `signature-malformed`,
 *   `signature-mismatch`, `key-missing`, `key-empty`, `body-too-large`, `bad-body`, `body-not-json`, `auth-token-in-page`, …
 * @example
 * const { inbound } = verifyWebhook({ url, headers: request.headers, body }, { keys: [authToken] });
 */
export function verifyWebhook(request, given) {
  const { url, headers, body } = options(request, ["url", "headers", "body"], "request");
  const asked = {
    url: text(url, "request.url"),
    headers: headersOf(headers, "request.headers", HEADERS),
    body: bodyBytes(body, "request.body"),
  };
  return verified(asked, verification(given));
}

/**
 * @param {unknown} given
 * @returns {Verification}
 */
function verification(given) {
  const found = options(given, ["keys", "receivedAt", "allowAuthTokenInPage", "requireSharedKey"]);
  const { receivedAt = Date.now(), allowAuthTokenInPage = false, requireSharedKey = false } = found;
  const keys = plainList(found.keys, "keys");
  if (!truth(allowAuthTokenInPage, "allowAuthTokenInPage") && inPage() && keys.some(isAuthToken)) {
    throw fault("auth-token-in-page", "keys", "an Auth Token has no place in a page; verify where webhooks arrive");
  }
  const receiptAtMs = toMs(receivedAt, "receivedAt");
  return { keys, requireSharedKey: truth(requireSharedKey, "requireSharedKey"), receiptAtMs };
}

/** @typedef {{ keys: VerificationKey[], requireSharedKey: boolean, receiptAtMs: number }} Verification */

/**
 * Whatever is neither a shared key nor a derived one.
 *
 * @param {any} key
 */
function isAuthToken(key) {
  return typeof key !== "object" || key === null || (key.id === undefined && key.derived === undefined);
}

/** Whether this runs in a browser: its page, or a worker of it. Server runtimes have workers' globals, too. */
function inPage() {
  if (typeof document === "object" && document !== null) return true;
  return typeof navigator === "object" && /^Mozilla\//.test(navigator?.userAgent ?? "");
}

/**
 * @param {{ url: string, headers: Map<string, string>, body: Uint8Array | undefined }} request
 * @param {Verification} asked
 * @returns {VerifiedWebhook}
 */
function verified({ url, headers, body }, { keys, requireSharedKey, receiptAtMs }) {
  /** @type {Record<string, unknown>} */
  const input = { url, keys };
  const further = furtherSpellings(url);
  if (further.length > 0) input.further = further;
  if (requireSharedKey) input.requireSharedKey = true;
  if (body !== undefined) input.body = body;
  for (const [index, name] of (/** @type {const} */ (["signature", "settings", "contentType"])).entries()) {
    const value = headers.get(HEADERS[index]);
    if (value !== undefined) input[name] = value;
  }
  const { kind, key, url: signed, parameters } = webhooks.call("verifyTwilio", input);
  const payload = kind === "body" ? { payload: jsonOf(body) } : { parameters };
  const inbound = webhooks.call("parseInbound", { ...payload, receiptAtMs });
  return { source: inbound.source, key, url: signed, parameters, inbound };
}

/**
 * A body that was signed by its hash: JSON, or nothing that we could read.
 *
 * @param {Uint8Array | undefined} body
 * @returns {unknown}
 */
function jsonOf(body) {
  try {
    return plainObjectOrList(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)));
  } catch (cause) {
    throw fault("body-not-json", "request.body", "it is signed, but it is no JSON", cause);
  }
}

/** @param {unknown} value */
function plainObjectOrList(value) {
  return Array.isArray(value) ? plainList(value, "request.body") : plainObject(value, "request.body");
}

/**
 * The address as the platform's `URL` spells it, where that differs: Twilio signs what it was configured with, a server
 * may hand over what it parsed.
 *
 * @param {string} url
 * @returns {string[]}
 */
function furtherSpellings(url) {
  let href = url;
  try {
    ({ href } = new URL(url));
  } catch {
    return [];
  }
  if (href === url) return [];
  const bare = href.replace(/^([^:]*:\/\/(?:[^/?#@]*@)?(?:\[[^\]]*\]|[^/?#:]*)):\d+/, "$1");
  const port = href.startsWith("https:") ? 443 : 80;
  const withPort = bare.replace(/^[^:]*:\/\/[^/?#]*/, (authority) => `${authority}:${port}`);
  return [...new Set([href, bare, withPort])];
}

/**
 * {@link verifyWebhook} for a fetch `Request` (Node, Deno, Bun, workerd, Hono). The body is read, at most 256 KiB of it.
 *
 * @param {Request} request
 * @param {VerifyOptions & { publicUrl?: string }} given `publicUrl`: the address as Twilio knows it, where a proxy
 *   stands between: an origin (`https://example.com`), to which the request's path and query are appended, or an
 *   address with a path, to which the request's query is appended
 * @returns {Promise<VerifiedWebhook>}
 * @throws {import("./errors.js").ReplyWindowError} rejects as {@link verifyWebhook} throws; `body-unreadable`
 * @example
 * const { inbound } = await verifyRequest(request, { keys: [authToken], publicUrl: "https://hooks.example.com" });
 */
export async function verifyRequest(request, given) {
  const { publicUrl, ...rest } = options(given, ["keys", "receivedAt", "allowAuthTokenInPage", "requireSharedKey", "publicUrl"]);
  const asked = verification(rest);
  if (typeof Request !== "function" || !(request instanceof Request)) {
    throw fault("wrong-type", "request", "expected a fetch Request");
  }
  const url = publicUrl === undefined ? request.url : publicAddress(text(publicUrl, "publicUrl"), request.url);
  const headers = headersOf(request.headers, "request.headers", HEADERS);
  return verified({ url, headers, body: await bodyOf(request) }, asked);
}

/**
 * By text, not by parsing: a parser would change the spelling that was signed.
 *
 * @param {string} publicUrl
 * @param {string} received
 */
function publicAddress(publicUrl, received) {
  const [, path = "", query = ""] = /^[^:]*:\/\/[^/?#]*([^?#]*)(\?[^#]*)?/.exec(received) ?? [];
  if (publicUrl.includes("?")) return publicUrl;
  const isOrigin = /^[^:]*:\/\/[^/?#]*\/?$/.test(publicUrl);
  return isOrigin ? publicUrl.replace(/\/$/, "") + path + query : publicUrl + query;
}

/**
 * What a webhook says, without asking who sent it: for payloads that were verified elsewhere or come from a provider's
 * own client library.
 *
 * @param {readonly { name: string, value: string }[] | object} payload the parameters of a form, or parsed JSON
 * @param {{ receivedAt?: Time, business?: string, customer?: Identity }} [given] `receivedAt`: when it came in (without
 *   it, payloads that carry no time yield a problem instead of an event); `business`, `customer`: for payloads that do
 *   not name them
 * @returns {Inbound}
 * @throws {import("./errors.js").ReplyWindowError} `wrong-type`, `not-plain-data`, `input-too-large`, …
 * @example
 * const { events } = parseInbound(parameters, { receivedAt: Date.now() });
 */
export function parseInbound(payload, given = {}) {
  const { receivedAt, business, customer } = options(given, ["receivedAt", "business", "customer"]);
  if (typeof payload !== "object" || payload === null) {
    throw fault("wrong-type", "payload", "expected the parameters of a form, or an object");
  }
  const told = plain(payload, "payload");
  /** @type {Record<string, unknown>} */
  const input = Array.isArray(told) ? { parameters: told } : { payload: told };
  if (receivedAt !== undefined) input.receiptAtMs = toMs(receivedAt, "receivedAt");
  if (business !== undefined) input.business = text(business, "business");
  if (customer !== undefined) input.customer = plainObject(customer, "customer");
  return webhooks.call("parseInbound", input);
}

/**
 * What a provider's error code means for the agent and for the window.
 *
 * @param {{ provider?: "twilio" | "meta", code: number }} error `provider` defaults to `twilio`
 * @returns {{ code: string, action: string, retry: string, closesWindow: boolean }} `unknown` for a code that no table has
 * @throws {import("./errors.js").ReplyWindowError} `wrong-type`, `unknown-name`, `number-out-of-range`
 * @example
 * explainError({ code: 63016 });
 */
export function explainError(error) {
  const { provider = "twilio", code } = options(error, ["provider", "code"]);
  if (typeof code !== "number") throw fault("wrong-type", "code", "expected a number");
  return webhooks.call("explainError", { provider: text(provider, "provider"), code: plain(code, "code") });
}
