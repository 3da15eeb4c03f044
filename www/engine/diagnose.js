// @ts-check
/** @import { KeySource, VerificationKey } from "./keys.js" */
/** @import { RawRequest, WebhookRequest } from "./webhook-calls.js" */
import { bodyLimit, withRoomFor } from "./body-limits.js";
import { assertBoolean, assertString, options } from "./check.js";
import { plainList } from "./plain.js";
import { WORDS } from "./diagnosis-words.js";
import { addressChanges, isShort, isWhole, twoAddressChanges } from "./address-changes.js";
import { bodyChanges, isCompressed } from "./body-changes.js";
import { ReplyWindowError } from "./errors.js";
import { accountOf, refuseTokenInBrowser, keyList, keySource, lookUp } from "./keys.js";
import { diagnoseMeta } from "./diagnose-meta.js";
import { FORWARDED, forwardedAddress } from "./public-address.js";
import { addressOf, bodyBytes, headersOf, holdsBytes } from "./request.js";
import { urlVariants } from "./url-variants.js";
import { HEADERS, verify } from "./webhook-calls.js";
import { webhooks } from "./modules/webhooks.js";
import { textOf, utf8 } from "./utf8.js";

/** @typedef {{ en: string, ar: string }} Sentence */
/** @typedef {{ code: string, and?: string, detail?: string, sentence: Sentence }} Remark `and`: the code of a second change that is needed besides */

/**
 * @typedef {object} WebhookDiagnosis
 * @property {boolean} verified whether the request verifies as it is
 * @property {number} [key] index in `keys` of the key that signed
 * @property {Remark} [refusal] why it does not
 * @property {Remark[]} changes single changes that would have made it match; `detail`: the address or the parameter
 * @property {(Remark & { key: number })[]} findings what is odd about the keys
 */

const FRAMING = /** @type {const} */ (["content-length", "transfer-encoding", "content-encoding"]);
/** Where proxies and gateways tell the path that they were asked for, and what they cut off it. */
const ORIGINAL = /** @type {const} */ (["x-original-url", "x-original-uri", "x-rewrite-url", "x-envoy-original-path"]);
const PREFIX = "x-forwarded-prefix";
const LIST = /** @type {const} */ (["hosts", "prefixes", "previousKeys"]);

/**
 * Why a webhook does not verify: the single changes that would have made it match. For whoever sets the webhook up,
 * never for the answer to the sender and never a reason to trust a request. It holds no key.
 *
 * @param {WebhookRequest} request as for `verifyWebhook`
 * @param {{ keys: KeySource, previousKeys?: readonly VerificationKey[], hosts?: readonly string[], prefixes?: readonly string[], requireSharedKey?: boolean, allowAuthTokenInPage?: boolean }} given
 *   `previousKeys`: keys that were in use before; `hosts`: other hosts, each perhaps with a port, under which the
 *   endpoint is reached (those of the headers `Host` and `X-Forwarded-Host` are tried without being named); `prefixes`: paths under which a gateway or a router mounts the endpoint (the
 *   usual ones are tried without being named)
 * @returns {WebhookDiagnosis}
 * @throws {import("./errors.js").ReplyWindowError} for wrong arguments only; a refused request is an answer
 * @example
 * const { changes } = diagnoseWebhook(request, { keys, hosts: ["hooks.example.com"] });
 * console.warn(changes.map(({ sentence }) => sentence.en).join("\n"));
 */
export function diagnoseWebhook(request, given) {
  const { url, headers, body } = options(request, ["url", "headers", "body"], "request");
  const asked = options(given, ["keys", "requireSharedKey", "allowAuthTokenInPage", ...LIST]);
  const known = headersOf(headers, "request.headers", [...HEADERS, ...FORWARDED, ...FRAMING, ...ORIGINAL, PREFIX, "host"]);
  const source = keySource(asked.keys);
  const previousKeys = keyList(asked.previousKeys ?? [], "previousKeys");
  const hosts = [...hostsIn(known), ...namesOf(asked.hosts ?? [], "hosts")];
  const prefixes = [...namesOf(asked.prefixes ?? [], "prefixes"), ...(known.get(PREFIX)?.split(",").map((prefix) => prefix.trim()).slice(0, 4) ?? [])];
  const requireSharedKey = assertBoolean(asked.requireSharedKey ?? false, "requireSharedKey");
  const allowed = assertBoolean(asked.allowAuthTokenInPage ?? false, "allowAuthTokenInPage");
  try {
    const whole = { url: addressOf(url, "request.url"), headers: known, body: bodyBytes(body, "request.body", bodyLimit(known)) };
    const keys = typeof source === "function" ? keyList(lookUp(source, accountOf(whole.url, whole.body)) ?? [], "keys") : source;
    refuseTokenInBrowser([...keys, ...previousKeys], allowed);
    return withRoomFor(webhooks, whole.body, () => safe(diagnosis(whole, { keys, previousKeys, hosts, prefixes, requireSharedKey }), [...keys, ...previousKeys]));
  } catch (error) {
    const isParsed = error instanceof ReplyWindowError && error.code === "bad-body" && !holdsBytes(body);
    if (!isParsed && (!(error instanceof ReplyWindowError) || !(error.code in WORDS) || error.code === "bad-body")) throw error;
    return { verified: false, refusal: remark(error.code), changes: isParsed ? [remark("body-parsed")] : [], findings: [] };
  }
}

/** @typedef {{ keys: readonly VerificationKey[], previousKeys: readonly VerificationKey[], hosts: string[], prefixes: string[], requireSharedKey: boolean }} Hints */
/** @typedef {{ code: string, and?: string, detail?: string }} Change `and`: the second of two changes */

/**
 * @param {RawRequest} request
 * @param {Hints} hints
 * @returns {WebhookDiagnosis}
 */
function diagnosis(request, hints) {
  const { keys, requireSharedKey } = hints;
  const findings = keys.flatMap((key, index) => findingsOf(key).map((code) => ({ key: index, ...remark(code) })));
  try {
    return { verified: true, key: verify(webhooks, request, keys, requireSharedKey).key, changes: [], findings };
  } catch (error) {
    if (!(error instanceof ReplyWindowError) || !(error.code in WORDS)) throw error;
    const trials = request.headers.has("x-hub-signature-256") ? diagnoseMeta : changesOf;
    const reason = unread(request);
    const found = reason === undefined ? trials(request, hints) : [{ code: reason }];
    if (found.length === 0 && isSigned(request) && !isWhole(request.url) && trials === changesOf) found.push({ code: "address-relative" });
    return { verified: false, refusal: remark(error.code), changes: found.map(told), findings };
  }
}

/** What an object is where a text is wanted. */
const OBJECT = "[object Object]";

/** @param {RawRequest} request */
const isSigned = ({ headers }) => headers.has("x-twilio-signature") || headers.has("x-hub-signature-256");

/**
 * What makes every trial vain: the headers tell of a body that is not there, since something read it before us, as parsers of
 * frameworks do; or what is there is an object's name, or is compressed still.
 *
 * @param {RawRequest} request
 */
function unread({ headers, body }) {
  if (!isSigned({ headers, body, url: "" })) return undefined;
  const told = Number(headers.get("content-length")) > 0 || /\bchunked\b/i.test(headers.get("transfer-encoding") ?? "");
  if (told && !body?.length) return "body-missing";
  if (body?.length === OBJECT.length && textOf(body) === OBJECT) return "body-parsed";
  return isCompressed(body, headers.get("content-encoding")) ? "body-compressed" : undefined;
}

/**
 * @param {RawRequest} request
 * @param {Hints} hints
 * @returns {Change[]}
 */
function changesOf({ url, headers, body }, { keys, previousKeys, hosts, prefixes, requireSharedKey }) {
  const [signature, settings, contentType] = HEADERS.map((name) => headers.get(name));
  /** @type {Record<string, unknown>} */
  const input = { url, keys, previousKeys, hosts, further: urlVariants(url) };
  for (const [name, value] of Object.entries({ signature, settings, contentType, body })) if (value !== undefined) input[name] = value;
  if (requireSharedKey) input.requireSharedKey = true;
  /** @type {Change[]} */
  const changes = webhooks.call("diagnoseTwilio", input).changes;
  const verifies = (/** @type {Partial<RawRequest>} */ change, /** @type {readonly VerificationKey[]} */ used = keys) => {
    try {
      verify(webhooks, { url, headers, body, ...change }, used, requireSharedKey);
      return true;
    } catch {
      return false;
    }
  };
  const told = forwarded(headers, url);
  const same = changes.find(({ detail }) => detail === told);
  // What the proxy told says more than that the host is another one.
  if (same?.code === "host") same.code = "forwarded-address";
  else if (same === undefined && told !== undefined && told !== url && verifies({ url: told })) changes.unshift({ code: "forwarded-address", detail: told });
  for (const { code, url: detail } of [...originalOf(headers, url), ...addressChanges(url, { hosts, prefixes }, isShort(url, body))]) {
    if (!changes.some((change) => change.code === code || change.detail === detail) && verifies({ url: detail })) changes.push({ code, detail });
  }
  const bodies = bodyChanges(body);
  for (const { code, body: other, ...detail } of bodies) {
    if (!changes.some((change) => change.code === code) && verifies(asForm(headers, other))) changes.push({ code, ...detail });
  }
  changes.push(...exchanged(url, body).filter((change) => verifies({ ...asForm(headers, change.body), url: change.url })).map(({ code }) => ({ code })));
  if (changes.length > 0 || !isShort(url, body)) return changes;
  const packed = bodies.filter(({ code }) => code !== "parameter-added").map((change) => ({ ...change, as: asForm(headers, change.body) }));
  return twoChanges(url, { hosts, prefixes }, verifies, { previousKeys, bodies: packed });
}

/** @param {Map<string, string>} headers @param {Uint8Array} body @returns {Pick<RawRequest, "headers" | "body">} */
const asForm = (headers, body) => ({ body, headers: new Map([...headers, ["content-type", "application/x-www-form-urlencoded"]]) });

/** The address with the path and query that a proxy says it was asked for. @param {Map<string, string>} headers @param {string} url */
function originalOf(headers, url) {
  const [origin] = /^[^:]*:\/\/[^/?#]*/.exec(url) ?? [];
  const told = ORIGINAL.map((name) => headers.get(name)?.trim() ?? "").filter((one) => origin !== undefined && /^\/[^\s,]*$/.test(one));
  return told.map((path) => ({ code: "forwarded-address", url: origin + path }));
}

/** The form that was moved into the query, or the query into the form. @param {string} url @param {Uint8Array | undefined} body */
function exchanged(url, body) {
  const [address = "", query = ""] = url.split("?", 2);
  const none = new Uint8Array();
  const form = textOf(body);
  return [
    ...(query && !form ? [{ code: "body-in-address", url: address, body: utf8.encode(query) }] : []),
    ...(form && form.length < 16_384 ? [{ code: "address-in-body", url: `${url}${query ? "&" : "?"}${form}`, body: none }] : []),
  ];
}

/**
 * The first pair of changes that would have matched: of the address twice, or of the address and of the body or the key.
 *
 * @param {string} url
 * @param {Pick<Hints, "hosts" | "prefixes">} hints
 * @param {(change: Partial<RawRequest>, keys?: readonly VerificationKey[]) => boolean} verifies
 * @param {{ previousKeys: readonly VerificationKey[], bodies: { code: string, as: Partial<RawRequest> }[] }} other
 * @returns {Change[]}
 */
function twoChanges(url, hints, verifies, { previousKeys, bodies }) {
  for (const { code, url: detail } of addressChanges(url, hints, false)) {
    const packed = bodies.find(({ as }) => verifies({ ...as, url: detail }));
    if (packed !== undefined) return [{ code, and: packed.code, detail }];
    if (previousKeys.length > 0 && verifies({ url: detail }, previousKeys)) return [{ code, and: "previous-key", detail }];
  }
  for (const { codes: [code, and], url: detail } of twoAddressChanges(url, hints)) if (verifies({ url: detail })) return [{ code, and, detail }];
  return [];
}

/** @param {Map<string, string>} headers @param {string} url */
function forwarded(headers, url) {
  try {
    return forwardedAddress(headers, url);
  } catch {
    return undefined;
  }
}

/** @param {VerificationKey} key @returns {string[]} */
function findingsOf(key) {
  const secret = typeof key === "string" || ArrayBuffer.isView(key) ? key : "secret" in key && key.id === undefined ? key.secret : undefined;
  if (secret === undefined || secret.length === 0) return [];
  return webhooks.call("deriveKey", { secret }).findings.map((/** @type {{ code: string }} */ { code }) => code);
}

/** @param {unknown} given @param {string} name @returns {string[]} */
function namesOf(given, name) {
  return plainList(given, name).slice(0, 32).map((one, index) => assertString(one, `${name}[${index}]`));
}

/** @param {Map<string, string>} headers */
function hostsIn(headers) {
  const named = ["host", "x-forwarded-host"].flatMap((name) => headers.get(name)?.split(",") ?? []);
  return [...new Set(named.map((host) => host.trim()))].filter((host) => /^[\w.:[\]-]{1,300}$/.test(host)).slice(0, 8);
}

/** @param {Change} change @returns {Remark} */
function told({ code, and, detail }) {
  const first = remark(code, detail);
  if (and === undefined) return first;
  const { sentence } = remark(and, detail);
  return { ...first, and, sentence: { en: `${first.sentence.en} ${sentence.en}`, ar: `${first.sentence.ar} ${sentence.ar}` } };
}

/**
 * @param {string} code
 * @param {string} [detail]
 * @returns {Remark}
 */
function remark(code, detail) {
  const [en, ar] = (WORDS[code] ?? [code, code]).map((sentence) => sentence.replace("{detail}", detail === undefined ? "" : `\u2068${detail}\u2069`));
  return { code, ...(detail === undefined ? {} : { detail }), sentence: { en, ar } };
}

/**
 * Somebody may have put a key into the address.
 *
 * @param {WebhookDiagnosis} diagnosis
 * @param {readonly VerificationKey[]} keys
 * @returns {WebhookDiagnosis}
 */
function safe(diagnosis, keys) {
  const secrets = keys.map((/** @type {any} */ key) => (typeof key === "string" ? key : key.secret ?? key.derived))
    .filter((secret) => typeof secret === "string" && secret.length >= 8);
  const hidden = (/** @type {string} */ told) => secrets.reduce((known, secret) => known.replaceAll(secret, "…"), told);
  const changes = diagnosis.changes.map(({ detail, ...change }) => told({ ...change, ...(detail === undefined ? {} : { detail: hidden(detail) }) }));
  return { ...diagnosis, changes };
}
