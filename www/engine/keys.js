// @ts-check
/** The keys that verify webhooks: reading what a caller configured, and whose they are. */
import { assertFunction, assertString, options } from "./check.js";
import { fault } from "./fault.js";
import { ReplyWindowError } from "./errors.js";
import { textOf } from "./utf8.js";

/**
 * A text is an Auth Token, for Meta an app secret. A shared key has its `id` and its `algorithm` (`HMAC_SHA1` or
 * `HMAC_SHA256`); a `derived` key verifies without the secret it was derived from. Bytes can be wiped, texts cannot.
 *
 * `addresses`: our own addresses that this key speaks for (`+15550100200`, `whatsapp:+15550100200`); a webhook about another
 * one is then refused, and so is one about these by a key of the same list that does not name them.
 *
 * @typedef {string | Uint8Array | { secret: string | Uint8Array, id?: string, algorithm?: string, addresses?: readonly string[] } | { derived: string, id?: string, algorithm?: string, addresses?: readonly string[] }} VerificationKey
 */

/** @typedef {readonly (VerificationKey | undefined)[]} Keys `undefined`, a variable of the environment that is not set, is refused with `key-missing` */

/** @typedef {Keys | ((accountSid: string | undefined) => Keys | undefined)} KeySource */

/** @typedef {readonly VerificationKey[] | ((accountSid: string | undefined) => Keys | undefined)} CheckedKeys as {@link keySource} gave them */

/** No configuration has as many, and each is tried. */
const MAX_KEYS = 64;
const FIELDS = /** @type {const} */ (["secret", "derived", "id", "algorithm"]);

/** @param {unknown} value @returns {value is Uint8Array} */
const isBytes = (value) => ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === "[object Uint8Array]";

/**
 * @param {unknown} value
 * @param {string} name of the argument
 * @returns {VerificationKey[]} keys of our own
 */
export function keyList(value, name) {
  let keys;
  try {
    if (!Array.isArray(value)) throw fault("wrong-type", name, "expected a list of keys");
    if (value.length > MAX_KEYS) throw fault("input-too-large", name, "more than 64 keys");
    keys = Array.from(value);
  } catch (cause) {
    if (cause instanceof ReplyWindowError) throw cause;
    throw fault("not-plain-data", name, "reading it threw", cause);
  }
  return keys.map((key, index) => (typeof key === "string" ? key : keyOf(key, `${name}[${index}]`)));
}

/** The addresses that a key names: the engine, which only asks who signed, never sees them. @type {WeakMap<object, ReadonlySet<string>>} */
const spokenFor = new WeakMap();

/** An address without its channel: a number of ours is one account's in all of them. @param {string} address */
const bare = (address) => address.replace(/^[a-z]+:/i, "").trim();

/** @param {unknown} value @param {string} name @returns {ReadonlySet<string>} */
function addressList(value, name) {
  try {
    if (!Array.isArray(value)) throw fault("wrong-type", name, "expected a list of addresses");
    return new Set(Array.from(value, (address, index) => bare(assertString(address, `${name}[${index}]`))));
  } catch (cause) {
    if (cause instanceof ReplyWindowError) throw cause;
    throw fault("not-plain-data", name, "reading it threw", cause);
  }
}

/** Whether a key of these names addresses of ours. @param {readonly VerificationKey[]} keys as {@link keyList} gave them */
export const nameAddresses = (keys) => keys.some((key) => typeof key === "object" && spokenFor.has(key));

/**
 * Whether the key that signed may speak of these addresses of ours: it names them, or it names none and no other key does.
 *
 * @param {readonly VerificationKey[]} keys as {@link keyList} gave them
 * @param {number} signer
 * @param {() => readonly (string | undefined)[]} addresses asked for only where a key names some
 * @returns {boolean}
 */
export function speaksFor(keys, signer, addresses) {
  const named = keys.map((key) => (typeof key === "object" ? spokenFor.get(key) : undefined));
  if (named.every((set) => set === undefined)) return true;
  const own = named[signer];
  return addresses().every((address) => {
    if (address === undefined) return true;
    return own ? own.has(bare(address)) : !named.some((set) => set?.has(bare(address)));
  });
}

/**
 * @param {unknown} key
 * @param {string} name
 * @returns {VerificationKey}
 */
function keyOf(key, name) {
  // A variable of the environment that is not set.
  if (key === undefined || key === null) throw fault("key-missing", name, "the key is missing");
  try {
    if (isBytes(key)) return filled(key, name);
  } catch (cause) {
    if (cause instanceof ReplyWindowError) throw cause;
    throw fault("not-plain-data", name, "reading it threw", cause);
  }
  const { addresses, ...found } = fieldsOf(key, name);
  if (addresses !== undefined) spokenFor.set(found, addressList(addresses, `${name}.addresses`));
  for (const field of FIELDS) {
    if (field === "secret" && isBytes(found.secret)) filled(found.secret, `${name}.secret`);
    else if (found[field] !== undefined) assertString(found[field], `${name}.${field}`);
  }
  return /** @type {VerificationKey} */ (found);
}

/**
 * What a key was written as the name of is not told.
 *
 * @param {unknown} key
 * @param {string} name
 */
function fieldsOf(key, name) {
  try {
    return options(key, [...FIELDS, "addresses"], name);
  } catch (error) {
    if (error instanceof ReplyWindowError && error.code === "unknown-field") throw fault("unknown-field", name, "a key has no fields but secret, derived, id, algorithm and addresses");
    throw error;
  }
}

/**
 * Bytes that were transferred elsewhere have no length any more, and the engine could not read them.
 *
 * @param {Uint8Array} bytes
 * @param {string} name
 */
function filled(bytes, name) {
  if (bytes.length === 0) throw fault("key-empty", name, "a key must not be empty");
  return bytes;
}

/**
 * @param {unknown} source
 * @returns {CheckedKeys}
 */
export function keySource(source) {
  return typeof source === "function" ? assertFunction(source, "keys") : keyList(source, "keys");
}

/**
 * What a caller's function answered for an account.
 *
 * @param {Function} source
 * @param {string | undefined} accountSid
 * @returns {unknown} perhaps a promise
 */
export function lookUp(source, accountSid) {
  try {
    return source(accountSid);
  } catch (cause) {
    throw fault("key-lookup-failed", "keys", "looking the keys up threw", cause);
  }
}

const queryOf = (/** @type {string} */ url) => new URLSearchParams(/^[^#?]*\?([^#]*)/.exec(url)?.[1] ?? "");

/**
 * Whether a request is signed as a whole, through a hash of its body, and not as a form: the address decides, as it does
 * for the verification, and never what the body looks like.
 *
 * @param {string} url
 */
export const isHashed = (url) => queryOf(url).has("bodySHA256");

/**
 * The account that a request says it is of. Nothing has verified it: it only chooses the keys, which then decide. Two
 * different ones are refused, because the keys of one account would vouch for the other.
 *
 * @param {string} url
 * @param {Uint8Array | undefined} body
 * @param {boolean} [hashed] whether the body is signed as a whole
 * @returns {string | undefined} only in the form of an Account SID
 */
export function accountOf(url, body = new Uint8Array(), hashed = isHashed(url)) {
  const told = textOf(body);
  const named = [...queryOf(url).getAll("AccountSid"), ...(hashed ? namedInJson(told) : new URLSearchParams(told).getAll("AccountSid"))];
  const texts = named.filter((sid) => typeof sid === "string").map((sid) => sid.trim());
  const accounts = new Set(texts.filter((sid) => /^AC[0-9a-f]{32}$/i.test(sid)));
  if (accounts.size > 1) throw fault("account-ambiguous", "request.body", "it names several accounts");
  return [...accounts][0];
}

/** Events spell it in several ways, by their kind. @param {string} body @returns {unknown[]} */
function namedInJson(body) {
  try {
    return [JSON.parse(body)].flat().flatMap((item) => [item, item?.data].flatMap((part) => [part?.AccountSid, part?.accountSid, part?.account_sid]));
  } catch {
    return [];
  }
}

/**
 * Refuses keys that have no place in code that is shipped to agents.
 *
 * @param {readonly VerificationKey[]} keys
 * @param {boolean} allowed
 */
export function refuseTokenInBrowser(keys, allowed) {
  if (!allowed && inBrowser() && keys.some(isAuthToken)) {
    throw fault("auth-token-in-page", "keys", "an Auth Token has no place in a page; verify where webhooks arrive");
  }
}

/**
 * Whatever is neither a shared key nor a derived one.
 *
 * @param {any} key
 */
function isAuthToken(key) {
  return typeof key !== "object" || isBytes(key) || (key.id === undefined && key.derived === undefined);
}

/** Whether this runs in a browser: its page, or a worker of it. Server runtimes have workers' globals, too. */
function inBrowser() {
  if (typeof document === "object" && document !== null) return true;
  return typeof navigator === "object" && /^Mozilla\//.test(navigator?.userAgent ?? "");
}
