// @ts-check
/**
 * Who signed a request of Twilio. The fast way writes it once into the engine's memory and makes one call; the general
 * way hands everything over as plain data. Both give the same answers.
 */
import { fault } from "./fault.js";
import { ReplyWindowError } from "./errors.js";
import { urlVariants } from "./url-variants.js";

/** @import { Inbound, Parameter } from "../../src/wire/types.d.ts" */
/** @import { VerificationKey } from "./keys.js" */
/** @import { WasmModule } from "./load.js" */

/**
 * @typedef {object} SignedRequest
 * @property {string} url
 * @property {Uint8Array | undefined} body
 * @property {string} [signature]
 * @property {string} [settings]
 * @property {string} [contentType]
 */

/**
 * `kept`: until the next call the engine has the parameters as well.
 *
 * @typedef {{ kind: "form" | "body", key: number, url: string, parameters: Parameter[], kept?: true }} Signed
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
 * @returns {Signed}
 */
export function verifyTwilio(module, request, keys, requireSharedKey, keysId) {
  if (keysId !== undefined && isPlain(request)) {
    const verdict = verifyInPlace(module, keysId, request);
    if (verdict === undefined) return verifyAsTree(module, request, keys, requireSharedKey);
    if (verdict < 0) throw refusal(module, -1 - verdict);
    const url = lastVariant(verdict);
    const parameters = lastParameters(module);
    // A body without a parameter was covered by a hash, or holds nothing but `&`; the general way knows which.
    if (url !== undefined && (parameters.length > 0 || !request.body?.length)) return { kind: "form", key: verdict >> 1, url, parameters, kept: true };
  }
  return verifyAsTree(module, request, keys, requireSharedKey);
}

/** @param {SignedRequest} request */
function isPlain({ url, signature = "", settings, contentType, body }) {
  return settings === undefined && (contentType === undefined || FORM.test(contentType))
    && 3 * (url.length + signature.length) <= MAX_HEAD && (body?.length ?? 0) <= MAX_KEPT;
}

/** The variant that the last call of {@link verifyInPlace} asked about. */
let asked = "";

/**
 * Asks about the address as received, and after a mismatch about its variants.
 *
 * @param {WasmModule} module
 * @param {number} keysId
 * @param {{ url: string, signature?: string, body: Uint8Array | undefined }} request
 * @returns {number | undefined} as the engine's `verifyScratch`: `key * 2 + variant`, or `-1 - n` for the refusal with
 *   number `n`; nothing where the engine's buffer has no room for a variant
 */
export function verifyInPlace(module, keysId, { url, signature = "", body }) {
  return module.run((engine) => {
    const verdict = ask(module, engine, keysId, url, signature, body);
    if (verdict >= 0 || verdict !== mismatchOf(engine)) return verdict;
    for (const variant of urlVariants(url)) {
      const other = askAgain(module, engine, keysId, variant);
      if (other === undefined || other >= 0) return other;
    }
    return verdict;
  });
}

const utf8 = new TextEncoder();

/** The memory of the module that was asked last, as it was seen, and what was written there: an address, a signature, a body. */
let memory = new Uint8Array();
let written = { at: -1, address: "", url: 0, signature: 0, body: 0 };

/**
 * @param {WasmModule} module
 * @param {Record<string, (...given: any[]) => any>} engine
 * @param {number} keysId
 * @param {string} url
 * @param {string} signature
 * @param {Uint8Array | undefined} body
 * @returns {number}
 */
function ask(module, engine, keysId, url, signature, body) {
  const length = body?.length ?? 0;
  const at = reserve(module, engine, 3 * (url.length + signature.length) + length);
  // A receiver has one address: most often it still stands there.
  if (at !== written.at || url !== written.address) {
    written.url = utf8.encodeInto(url, memory.subarray(at)).written;
    written.address = url;
    written.at = at;
  }
  const behind = at + written.url;
  written.signature = write(signature, behind);
  if (body) memory.set(body, behind + written.signature);
  written.body = length;
  asked = url;
  return engine.verifyScratch(keysId, written.url, written.signature, length);
}

/**
 * The same signature and body with another address, behind them.
 *
 * @param {WasmModule} module
 * @param {Record<string, (...given: any[]) => any>} engine
 * @param {number} keysId
 * @param {string} other
 * @returns {number | undefined} nothing where there is no room for it
 */
function askAgain(module, engine, keysId, other) {
  const { url, signature, body } = written;
  const length = url + signature + body;
  // A variant is ASCII.
  const at = reserve(module, engine, length + other.length);
  if (at === 0) return undefined;
  // What was written moved along, if there was too little room.
  written.at = at;
  const { written: behind } = utf8.encodeInto(other, memory.subarray(written.at + length));
  asked = other;
  return engine.verifyScratchAgain(keysId, url, signature, body, behind);
}

/**
 * @param {WasmModule} module
 * @param {Record<string, (...given: any[]) => any>} engine
 * @param {number} length
 * @returns {number} where so many bytes may be written; 0 where so many may not
 */
function reserve(module, engine, length) {
  const at = engine.scratchPointer(length);
  const { buffer } = module.memory();
  if (memory.buffer !== buffer) {
    memory = new Uint8Array(buffer);
    // Grown, or that of a fresh instance, in which nothing stands.
    written.at = -1;
  }
  return at;
}

/**
 * A short text, most often ASCII; one character after the other is faster than `encodeInto` then.
 *
 * @param {string} text
 * @param {number} at
 * @returns {number} how many bytes it has
 */
function write(text, at) {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 0x7F) return utf8.encodeInto(text, memory.subarray(at)).written;
    memory[at + index] = code;
  }
  return text.length;
}

/** The engine's number for "no key made this signature", asked once. @type {number | undefined} */
let mismatch;

/** @param {Record<string, (...given: any[]) => any>} engine */
function mismatchOf(engine) {
  for (let number = 0; mismatch === undefined && number < 64; number += 1) {
    if (engine.scratchRefusal(number).code === "signature-mismatch") mismatch = -1 - number;
  }
  return mismatch;
}

/** What a refusal is about: as in the general way. @type {Record<string, string>} */
const ABOUT = {
  "key-missing": "keys", "shared-key-required": "settings", "body-hash-conflict": "url", "bad-url": "url", "url-too-long": "url",
  "content-type-unsupported": "contentType", "body-hash-mismatch": "body", "body-too-large": "body",
  "pair-without-equals": "body", "pair-without-name": "body",
};

/** @param {WasmModule} module @param {number} number */
function refusal(module, number) {
  const { code, message } = module.run((engine) => engine.scratchRefusal(number));
  return fault(code, ABOUT[code] ?? "signature", message);
}

/** @param {WasmModule} module @returns {Parameter[]} */
function lastParameters(module) {
  return module.run((engine) => {
    /** @type {string} */
    const text = engine.scratchText();
    /** @type {Uint32Array} */
    const lengths = engine.scratchLengths();
    let at = 0;
    const next = (/** @type {number} */ length) => text.slice(at, at += length);
    return Array.from({ length: lengths.length / 2 }, (_, pair) => ({ name: next(lengths[2 * pair]), value: next(lengths[2 * pair + 1]) }));
  });
}

/**
 * What the webhook says that was verified last with `kept`.
 *
 * @param {WasmModule} module
 * @param {number} receiptAtMs
 * @returns {Inbound}
 * @throws {ReplyWindowError}
 */
export function lastInbound(module, receiptAtMs) {
  return module.run((engine) => engine.scratchInbound(receiptAtMs));
}

/**
 * The text that was signed: the address without its port, or with one.
 *
 * @param {number} verdict
 * @returns {string | undefined} not where the engine has to say it
 */
function lastVariant(verdict) {
  const [, scheme, authority, port, rest] = /^(https?:\/\/)([^/?#@:[\]\\]+)(:\d+)?((?:[/?#][^]*)?)$/i.exec(asked) ?? [];
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
