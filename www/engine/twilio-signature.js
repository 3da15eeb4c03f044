// @ts-check
/**
 * Who signed a request of Twilio. The fast way writes it once into the engine's memory and makes one call; the general
 * way hands everything over as plain data. Both give the same answers.
 */
import { fault } from "./fault.js";
import { ReplyWindowError } from "./errors.js";
import { ask, askAgain, keep, lastAsked } from "./scratch.js";
import { refusal, refused } from "./signature-refusal.js";
import { urlVariants } from "./url-variants.js";

/** @import { Parameter } from "../../src/wire/types.d.ts" */
/** @import { VerificationKey } from "./keys.js" */
/** @import { WasmModule } from "./load.js" */
/** @import { Reading } from "./scratch.js" */

/**
 * @typedef {object} SignedRequest
 * @property {string} url
 * @property {Uint8Array | undefined} body
 * @property {string} [signature]
 * @property {string} [settings]
 * @property {string} [contentType]
 */

/**
 * `parameters`: not there where the form is still to be read, see `signed-text.js`; `reading` is the engine's last one of it.
 *
 * @typedef {{ kind: "form" | "body", key: number, url: string, parameters?: Parameter[], reading?: Reading }} Signed
 */

/** UTF-8 bytes of address and signature that the engine takes. */
const MAX_HEAD = 64 * 1024;
/** Longer bodies go the general way, which keeps no room for them; those of Twilio have 0.5 to 4 KB. */
const MAX_KEPT = 64 * 1024;
const FORM = /^\s*application\/x-www-form-urlencoded\s*(?:;|$)/i;

/**
 * @param {WasmModule} module the one that verifies
 * @param {SignedRequest} request
 * @param {readonly VerificationKey[]} keys
 * @param {boolean} requireSharedKey
 * @param {number} [keysId] the id of the keys in the engine, if they are there
 * @returns {Signed | ReplyWindowError} the refusal of the fast way, to be thrown by who called: thrown from in here, where an engine
 *   has put most functions into one, it takes longer than it takes to hash
 */
export function verifyTwilio(module, request, keys, requireSharedKey, keysId) {
  if (keysId !== undefined && isPlain(request)) {
    const verdict = verifyInPlace(module, keysId, request);
    if (verdict === undefined) return verifyAsTree(module, request, keys, requireSharedKey);
    if (verdict < 0) return refusal(module, -1 - verdict);
    const url = lastVariant(verdict);
    const hashed = (verdict & 2) !== 0;
    if (url !== undefined && !hashed) return { kind: "form", key: verdict >> 2, url, reading: keep(module) };
  }
  return verifyAsTree(module, request, keys, requireSharedKey);
}

/** @param {SignedRequest} request */
function isPlain({ url, signature = "", settings, contentType, body }) {
  return settings === undefined && (contentType === undefined || FORM.test(contentType))
    && 3 * (url.length + signature.length) <= MAX_HEAD && (body?.length ?? 0) <= MAX_KEPT;
}

/**
 * Asks about the address as received, and after a mismatch about its variants.
 *
 * @param {WasmModule} module
 * @param {number} keysId
 * @param {{ url: string, signature?: string, body: Uint8Array | undefined }} request
 * @returns {number | undefined} as the engine's `verifyScratch`: `key * 4 + hash * 2 + variant`, or `-1 - n` for the
 *   refusal with number `n`; nothing where the engine's buffer has no room for a variant
 */
export function verifyInPlace(module, keysId, { url, signature = "", body }) {
  return module.run((engine) => {
    const verdict = ask(module, engine, keysId, url, signature, body);
    if (verdict >= 0 || refused(module, -1 - verdict).code !== "signature-mismatch") return verdict;
    for (const variant of urlVariants(url)) {
      const other = askAgain(module, engine, keysId, variant);
      if (other === undefined || other >= 0) return other;
    }
    return verdict;
  });
}

/**
 * The text that was signed: the address without its port, or with one.
 *
 * @param {number} verdict
 * @returns {string | undefined} not where the engine has to say it
 */
function lastVariant(verdict) {
  const [, scheme, authority, port, rest] = /^(https?:\/\/)([^/?#@:[\]\\]+)(:\d+)?((?:[/?#][^]*)?)$/i.exec(lastAsked()) ?? [];
  if (scheme === undefined) return undefined;
  const standard = scheme.length === 8 ? ":443" : ":80";
  return scheme + authority + (verdict & 1 ? port ?? standard : "") + rest;
}

/**
 * @param {WasmModule} module
 * @param {SignedRequest} request
 * @param {readonly VerificationKey[]} keys
 * @param {boolean} requireSharedKey
 * @returns {Signed}
 */
function verifyAsTree(module, { url, ...rest }, keys, requireSharedKey) {
  /** @type {Record<string, unknown>} */
  const input = { keys, ...(requireSharedKey ? { requireSharedKey } : {}) };
  for (const [name, value] of Object.entries(rest)) if (value !== undefined) input[name] = value;
  let first;
  for (const variant of [url, ...urlVariants(url)]) {
    try {
      return module.call("verifyTwilio", { ...input, url: variant });
    } catch (error) {
      // What a variant is refused for says nothing about the request as it came in.
      first ??= error;
      if (!(error instanceof ReplyWindowError) || error.code !== "signature-mismatch") break;
    }
  }
  throw first ?? fault("signature-mismatch", "signature", "no key made this signature for this request");
}
