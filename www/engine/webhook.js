// @ts-check
/** @import { Inbound } from "../../src/wire/types.d.ts" */
/** @import { Time } from "./check.js" */
/** @import { KeySource, VerificationKey } from "./keys.js" */
import { assertBoolean, options, toMs } from "./check.js";
import { fault } from "./fault.js";
import { plainList, plainObject } from "./plain.js";
import { accountOf, refuseTokenInBrowser, keyList, keySource, lookUp } from "./keys.js";
import { signedByMeta } from "./meta-signature.js";
import { FORWARDED, forwardedAddress, publicAddress } from "./public-address.js";
import { addressOf, bodyBytes, bodyOf, headOf, headersOf } from "./request.js";
import { cachedKeysId } from "./key-cache.js";
import { lastInbound, verifyTwilio } from "./twilio-signature.js";
import { webhooks } from "./modules/webhooks.js";

/**
 * A verified webhook: only what was signed, and what it says.
 *
 * @typedef {object} VerifiedWebhook
 * @property {Inbound["source"]} source
 * @property {number} key index in `keys` of the key that signed
 * @property {string} url the address in the variant that was signed; as given where the signature does not cover it (Meta)
 * @property {{ name: string, value: string }[]} parameters of a form; none where the body is JSON
 * @property {Inbound} inbound events, messages and delivery states
 */

/**
 * @typedef {object} VerifyOptions
 * @property {KeySource} keys the current one first; several for rotation. Or a function that answers the keys of the
 *   account that the request says it is of (`undefined` where it names none). Hand over the same list each time: the
 *   engine then keeps it ready.
 * @property {boolean} [requireSharedKey] default `false`; `true`: an Auth Token verifies nothing
 * @property {Time} [receivedAt] when the request came in; default `Date.now()`
 * @property {boolean} [allowAuthTokenInPage] default `false`: in a browser the keys are refused, because code that is
 *   shipped to agents must not hold an Auth Token. Say `true` where an administrator has just typed it. Shared keys
 *   and derived keys are not refused.
 */

/** @typedef {{ url: string, headers: HeadersLike, body?: Uint8Array | string }} WebhookRequest */
/** @typedef {Headers | Iterable<readonly [string, string]> | Readonly<Record<string, string | readonly string[] | undefined>>} HeadersLike */
/** @typedef {{ url: string, headers: Map<string, string>, body: Uint8Array | undefined }} RawRequest */
/** @typedef {{ source: KeySource, owner: object, allowed: boolean, requireSharedKey: boolean, receiptAtMs: number }} Asked */

export const HEADERS = /** @type {const} */ (["x-twilio-signature", "x-twilio-webhooks-signature-settings", "content-type", "x-hub-signature-256"]);
export const OPTIONS = /** @type {const} */ (["keys", "receivedAt", "allowAuthTokenInPage", "requireSharedKey"]);

/**
 * Verifies a webhook of Twilio (`X-Twilio-Signature`) or Meta (`X-Hub-Signature-256`) and reads it. There is no result
 * that means "not verified": it returns the signed request or throws. Answer a throw with 403 and change nothing.
 *
 * @param {WebhookRequest} request `url`: the full public address as
 *   Twilio knows it, at most 64 KiB; `body`: raw, as received, at most 256 KiB (a parsed body cannot be verified); none for GET
 * @param {VerifyOptions} given
 * @returns {VerifiedWebhook}
 * @throws {import("./errors.js").ReplyWindowError} `signature-missing`, `signature-multiple`, `signature-malformed`,
 *   `signature-mismatch`, `key-missing`, `key-empty`, `url-too-long`, `body-too-large`, `bad-body`, `body-not-json`, `auth-token-in-page`, …
 * @example
 * const keys = [authToken];
 * const { inbound } = verifyWebhook({ url, headers: request.headers, body }, { keys });
 */
export function verifyWebhook(request, given) {
  const { url, headers, body } = options(request, ["url", "headers", "body"], "request");
  const raw = {
    url: addressOf(url, "request.url"),
    headers: headersOf(headers, "request.headers", HEADERS),
    body: bodyBytes(body, "request.body"),
  };
  const asked = askedFor(given);
  if (typeof asked.source !== "function") return verified(raw, asked, asked.owner, asked.source);
  const answered = lookUp(asked.source, accountOf(raw.url, raw.body));
  return verified(raw, asked, answered);
}

/**
 * {@link verifyWebhook} for a fetch `Request` (Node, Deno, Bun, workerd, Hono). The body is read, at most 256 KiB of it.
 *
 * @param {Request} request
 * @param {VerifyOptions & { publicUrl?: string, trustForwarded?: boolean, keys: KeySource | ((accountSid: string | undefined) => Promise<readonly VerificationKey[] | undefined>) }} given
 *   `publicUrl`: the address as Twilio knows it, where a proxy stands between: an origin (`https://example.com`), to
 *   which the request's path and query are appended, or an address with a path, to which the request's query is
 *   appended. `trustForwarded` (default `false`): take scheme, host and port from `X-Forwarded-Proto`, `-Host` and
 *   `-Port`; only behind a proxy that overwrites what the sender wrote there, and not beside `publicUrl`
 * @returns {Promise<VerifiedWebhook>}
 * @throws {import("./errors.js").ReplyWindowError} rejects as {@link verifyWebhook} throws; `body-unreadable`,
 *   `forwarded-malformed`
 * @example
 * const { inbound } = await verifyRequest(request, { keys, publicUrl: "https://hooks.example.com" });
 */
export async function verifyRequest(request, given) {
  const { publicUrl, trustForwarded = false, ...rest } = options(given, [...OPTIONS, "publicUrl", "trustForwarded"]);
  const asked = askedFor(rest);
  let { url, headers } = headOf(request, [...HEADERS, ...FORWARDED]);
  if (publicUrl !== undefined) url = addressOf(publicAddress(addressOf(publicUrl, "publicUrl"), url), "publicUrl");
  else if (assertBoolean(trustForwarded, "trustForwarded")) url = addressOf(forwardedAddress(headers, url), "request.url");
  const raw = { url, headers, body: await bodyOf(request) };
  if (typeof asked.source !== "function") return verified(raw, asked, asked.owner, asked.source);
  const account = accountOf(raw.url, raw.body);
  const answered = await Promise.resolve(lookUp(asked.source, account)).catch((cause) => {
    throw fault("key-lookup-failed", "keys", "looking the keys up failed", cause);
  });
  return verified(raw, asked, answered);
}

/**
 * @param {unknown} given
 * @returns {Asked}
 */
function askedFor(given) {
  const { keys, receivedAt = Date.now(), allowAuthTokenInPage = false, requireSharedKey = false } = options(given, OPTIONS);
  return {
    source: keySource(keys),
    owner: keys,
    allowed: assertBoolean(allowAuthTokenInPage, "allowAuthTokenInPage"),
    requireSharedKey: assertBoolean(requireSharedKey, "requireSharedKey"),
    receiptAtMs: toMs(receivedAt, "receivedAt"),
  };
}

/**
 * @param {RawRequest} request
 * @param {Asked} asked
 * @param {unknown} owner the caller's list of keys
 * @param {readonly VerificationKey[]} [keys] what is in it
 * @returns {VerifiedWebhook}
 */
function verified(request, asked, owner, keys = owner === undefined ? [] : keyList(owner, "keys")) {
  refuseTokenInBrowser(keys, asked.allowed);
  const { key, url, parameters, kind, kept } = verify(request, keys, asked.requireSharedKey, owner);
  const { receiptAtMs } = asked;
  const payload = () => (kind === "body" ? { payload: jsonOf(request.body) } : { parameters });
  const inbound = kept ? lastInbound(receiptAtMs) : webhooks.call("parseInbound", { ...payload(), receiptAtMs });
  return { source: inbound.source, key, url, parameters, inbound };
}

/**
 * Whose signature it is, by the header that holds it.
 *
 * @param {RawRequest} request
 * @param {readonly VerificationKey[]} keys
 * @param {boolean} requireSharedKey
 * @param {unknown} [owner] the caller's list of keys
 * @returns {import("./twilio-signature.js").Signed}
 */
export function verify({ url, headers, body }, keys, requireSharedKey, owner) {
  const [signature, settings, contentType, meta] = HEADERS.map((name) => headers.get(name));
  if (meta !== undefined) {
    if (signature !== undefined) throw fault("signature-multiple", "request.headers", "signatures of two providers");
    if (requireSharedKey) throw fault("shared-key-required", "keys", "Meta signs with no shared key");
    return { kind: "body", key: signedByMeta(meta, body, keys), url, parameters: [] };
  }
  const keysId = typeof owner === "object" && owner !== null ? cachedKeysId(owner, keys, requireSharedKey) : undefined;
  return verifyTwilio({ url, signature, settings, contentType, body }, keys, requireSharedKey, keysId);
}

/**
 * A body that was signed as a whole: JSON, or nothing that we could read.
 *
 * @param {Uint8Array | undefined} body
 * @returns {unknown}
 */
function jsonOf(body) {
  let value;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch (cause) {
    throw fault("body-not-json", "request.body", "it is signed, but it is no JSON", cause);
  }
  return Array.isArray(value) ? plainList(value, "request.body") : plainObject(value, "request.body");
}
