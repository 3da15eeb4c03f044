// @ts-check
/** The calls of `webhook.js`, answered by the module that is handed in: a server has another one than whoever verifies alone. */
/** @import { Inbound, Parameter } from "../../src/wire/types.d.ts" */
/** @import { Time } from "./check.js" */
/** @import { CheckedKeys, KeySource, Keys, VerificationKey } from "./keys.js" */
/** @import { WasmModule } from "./load.js" */
/** @import { Signed } from "./twilio-signature.js" */
import { bodyLimit, withRoomFor } from "./body-limits.js";
import { assertBoolean, options, toMs } from "./check.js";
import { ReplyWindowError } from "./errors.js";
import { fault } from "./fault.js";
import { cachedKeysId } from "./key-cache.js";
import { accountOf, isHashed, keyList, keySource, lookUp, nameAddresses, refuseTokenInBrowser, speaksFor } from "./keys.js";
import { signedByMeta } from "./meta-signature.js";
import { FORWARDED, forwardedAddress, publicAddress } from "./public-address.js";
import { remember } from "./remembered.js";
import { addressOf, bodyBytes, bodyOf, headOf, headersOf } from "./request.js";
import { readDigest, readJson } from "./signed-text.js";
import { verifyTwilio } from "./twilio-signature.js";
import { Verified, parametersOf } from "./verified-webhook.js";

/** @typedef {import("./verified-webhook.js").VerifiedWebhook} VerifiedWebhook */

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

/** @typedef {{ url: string, headers: HeadersLike, body?: Uint8Array | ArrayBuffer | DataView | string }} WebhookRequest */
/** @typedef {Headers | Iterable<readonly [string, string]> | Readonly<Record<string, string | readonly string[] | undefined>>} HeadersLike */
/** @typedef {{ url: string, headers: Map<string, string>, body: Uint8Array | undefined }} RawRequest */
/** @typedef {{ source: CheckedKeys, owner: object, allowed: boolean, requireSharedKey: boolean, receiptAtMs: number }} Asked */
/** @typedef {VerifyOptions & { publicUrl?: string, trustForwarded?: boolean, bodyTimeoutMs?: number, keys: KeySource | ((accountSid: string | undefined) => Promise<Keys | undefined>) }} VerifyRequestOptions */

export const HEADERS = /** @type {const} */ (["x-twilio-signature", "x-twilio-webhooks-signature-settings", "content-type", "x-hub-signature-256"]);
const OPTIONS = /** @type {const} */ (["keys", "receivedAt", "allowAuthTokenInPage", "requireSharedKey"]);

/**
 * @param {WasmModule} module
 * @param {WebhookRequest} request
 * @param {VerifyOptions} given
 * @returns {VerifiedWebhook}
 */
export function verifyWebhookIn(module, request, given) {
  const { raw, asked, owner, keys } = received(request, given);
  return verified(module, raw, asked, owner, keys);
}

/**
 * @param {WasmModule} module
 * @param {WebhookRequest} request
 * @param {Omit<VerifyOptions, "receivedAt">} given
 * @returns {{ key: number, url: string, parameters: Parameter[] }}
 */
export function verifySignatureIn(module, request, given) {
  const { raw, asked, owner, keys = owner === undefined ? [] : keyList(owner, "keys") } = received(request, given);
  if (nameAddresses(keys)) throw fault("key-names-addresses", "keys", "nothing is read here: use verifyWebhook");
  const signed = withRoomFor(module, raw.body, () => signedBy(module, raw, asked, owner, keys));
  /** @type {Parameter[] | undefined} */
  let parameters;
  return {
    key: signed.key,
    url: signed.url,
    get parameters() {
      return parameters ??= parametersOf(module, signed, raw.body);
    },
  };
}

/**
 * A request of the caller's own words, and who is asked about it.
 *
 * @param {WebhookRequest} request
 * @param {VerifyOptions} given
 * @returns {{ raw: RawRequest, asked: Asked, owner: unknown, keys?: readonly VerificationKey[] }}
 */
function received(request, given) {
  const { url, headers, body } = options(request, ["url", "headers", "body"], "request");
  const [address, head] = [addressOf(url, "request.url"), headersOf(headers, "request.headers", HEADERS)];
  const raw = { url: address, headers: head, body: bodyBytes(body, "request.body", bodyLimit(head)) };
  const asked = askedFor(given);
  if (typeof asked.source !== "function") return { raw, asked, owner: asked.owner, keys: asked.source };
  const owner = lookUp(asked.source, accountNamed(raw));
  refusePromise(owner);
  return { raw, asked, owner };
}

/**
 * @param {WasmModule} module
 * @param {Request} request
 * @param {VerifyRequestOptions} given
 * @param {boolean} [isRemembered] whether `digestOf` is to answer for it
 * @returns {Promise<VerifiedWebhook>}
 */
export async function verifyRequestIn(module, request, given, isRemembered = false) {
  const { publicUrl, trustForwarded = false, bodyTimeoutMs, ...rest } = options(given, [...OPTIONS, "publicUrl", "trustForwarded", "bodyTimeoutMs"]);
  const asked = askedFor(rest);
  let { url, headers } = headOf(request, [...HEADERS, ...FORWARDED]);
  if (publicUrl !== undefined) url = addressOf(publicAddress(addressOf(publicUrl, "publicUrl"), url), "publicUrl");
  else if (assertBoolean(trustForwarded, "trustForwarded")) url = addressOf(forwardedAddress(headers, url), "request.url");
  refuseByHead(module, url, headers, asked);
  const raw = { url, headers, body: await bodyOf(request, bodyTimeoutMs, bodyLimit(headers)) };
  if (typeof asked.source !== "function") return verified(module, raw, asked, asked.owner, asked.source, isRemembered);
  const account = accountNamed(raw);
  const answered = await Promise.resolve(lookUp(asked.source, account)).catch((cause) => {
    throw fault("key-lookup-failed", "keys", "looking the keys up failed", cause);
  });
  return verified(module, raw, asked, answered, undefined, isRemembered);
}

/** What comes later is nobody's to wait for here; that it fails then must not end the process. @param {unknown} answered */
function refusePromise(answered) {
  if (!isThenable(answered)) return;
  Promise.resolve(answered).catch(() => {});
  throw fault("wrong-type", "keys", "the keys come later: use verifyRequest, which waits for them");
}

/** @param {any} value */
function isThenable(value) {
  try {
    return typeof value?.then === "function";
  } catch {
    return false; // what throws here is no list either, and is refused as one
  }
}

/** What a signature of either scheme looks like; the engine says what is wrong with any other. */
const SIGNATURE = /^(?:[\w+/-]{27}=|[\w+/-]{43}=|sha256=[\da-f]{64})$/i;

/**
 * What needs no body to be refused is refused without one: whoever cannot sign keeps no room busy here.
 *
 * @param {WasmModule} module
 * @param {string} url
 * @param {Map<string, string>} headers
 * @param {Asked} asked
 */
function refuseByHead(module, url, headers, { source, requireSharedKey }) {
  const signatures = [headers.get("x-twilio-signature"), headers.get("x-hub-signature-256")].filter((text) => text !== undefined);
  if (signatures.length === 1 && SIGNATURE.test(String(signatures[0]))) return;
  try {
    // Any key will do where the account's are not known yet: none makes such a signature.
    verify(module, { url, headers, body: new Uint8Array() }, typeof source === "function" ? ["-"] : source, requireSharedKey);
  } catch (error) {
    if (typeof source !== "function" || (error instanceof ReplyWindowError && error.code.startsWith("signature-"))) throw error;
  }
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
 * @param {WasmModule} module
 * @param {RawRequest} request
 * @param {Asked} asked
 * @param {unknown} owner the caller's list of keys
 * @param {readonly VerificationKey[]} [keys] what is in it
 * @param {boolean} [isRemembered]
 * @returns {VerifiedWebhook}
 */
function verified(module, request, asked, owner, keys = owner === undefined ? [] : keyList(owner, "keys"), isRemembered = false) {
  const signed = withRoomFor(module, request.body, () => {
    const signed = signedBy(module, request, asked, owner, keys);
    // That it is JSON is part of the verdict.
    if (signed.kind === "body") readJson(module, signed, request.body);
    return signed;
  });
  const webhook = new Verified(module, request.body, signed, asked.receiptAtMs);
  if (isRemembered && request.headers.has("x-twilio-signature")) remember(webhook, readDigest(module, signed, request.body));
  if (!speaksFor(keys, signed.key, () => addressesIn(webhook.inbound))) {
    throw fault("address-not-of-key", "keys", "the key that signed speaks for other addresses of ours");
  }
  return webhook;
}

/**
 * @param {WasmModule} module
 * @param {RawRequest} request
 * @param {Asked} asked
 * @param {unknown} owner the caller's list of keys
 * @param {readonly VerificationKey[]} keys what is in it
 * @returns {Signed}
 */
function signedBy(module, request, asked, owner, keys) {
  refuseTokenInBrowser(keys, asked.allowed);
  const signed = signerOf(module, request, keys, asked.requireSharedKey, owner);
  if (signed instanceof ReplyWindowError) throw signed;
  // What chose the keys must have read the body as what it is.
  if (typeof asked.source === "function" && (signed.kind === "body") !== isWhole(request)) {
    throw fault("account-ambiguous", "request.body", "it was signed as something else than it was looked up as");
  }
  // Of a webhook that came by GET all stands in the address, which is signed as it is.
  return signed.kind === "form" && !request.body?.length ? { ...signed, parameters: queryOf(signed.url) } : signed;
}

/**
 * What stands in an address behind `?`, read as a form.
 *
 * @param {string} url
 */
function queryOf(url) {
  const [before = ""] = url.split("#", 1);
  const mark = before.indexOf("?");
  // With its mark: the reader takes one off, and a second one is part of a name.
  const read = new URLSearchParams(mark < 0 ? "" : before.slice(mark));
  return Array.from(read, ([name, value]) => ({ name, value }));
}

/** Our own addresses that a webhook speaks of. @param {Inbound} inbound */
const addressesIn = ({ events, statuses, messages }) => [
  ...events.map(({ business }) => business), ...statuses.map(({ business }) => business), ...messages.map(({ to }) => to),
];

/**
 * The account whose keys are asked for.
 *
 * @param {RawRequest} request
 */
const accountNamed = (request) => accountOf(request.url, request.body, isWhole(request));

/** Whether the body is signed as a whole and not as a form; Meta signs it so always. @param {RawRequest} request */
const isWhole = ({ url, headers }) => isHashed(url) || headers.has("x-hub-signature-256");

/**
 * @param {WasmModule} module
 * @param {RawRequest} request
 * @param {readonly VerificationKey[]} keys
 * @param {boolean} requireSharedKey
 * @returns {Signed}
 */
export function verify(module, request, keys, requireSharedKey) {
  const signed = signerOf(module, request, keys, requireSharedKey);
  if (signed instanceof ReplyWindowError) throw signed;
  return signed;
}

/**
 * Whose signature it is, by the header that holds it.
 *
 * @param {WasmModule} module
 * @param {RawRequest} request
 * @param {readonly VerificationKey[]} keys
 * @param {boolean} requireSharedKey
 * @param {unknown} [owner] the caller's list of keys
 * @returns {Signed | ReplyWindowError} as `verifyTwilio`
 */
function signerOf(module, { url, headers, body }, keys, requireSharedKey, owner) {
  const [signature, meta] = [headers.get("x-twilio-signature"), headers.get("x-hub-signature-256")];
  if (meta !== undefined) {
    if (signature !== undefined) throw fault("signature-multiple", "request.headers", "signatures of two providers");
    if (requireSharedKey) throw fault("shared-key-required", "keys", "Meta signs with no shared key");
    return { kind: "body", key: signedByMeta(module, meta, body, keys), url, parameters: [] };
  }
  const keysId = typeof owner === "object" && owner !== null ? cachedKeysId(module, owner, keys, requireSharedKey) : undefined;
  const [settings, contentType] = [headers.get("x-twilio-webhooks-signature-settings"), headers.get("content-type")];
  return verifyTwilio(module, { url, signature, settings, contentType, body }, keys, requireSharedKey, keysId);
}
