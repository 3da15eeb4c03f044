// @ts-check
/** The parts of an HTTP request, in the forms in which servers hand them over. */
import { MAX_BODY_BYTES, isLong, placeForLong } from "./body-limits.js";
import { assertString } from "./check.js";
import { fault } from "./fault.js";
import { ReplyWindowError } from "./errors.js";
import { utf8 } from "./utf8.js";

const MAX_HEADERS = 1024;
/** UTF-8 bytes of an address. HTTP servers refuse far shorter ones: Node takes 16 KiB of all headers together. */
export const MAX_URL_BYTES = 64 * 1024;

const tooLarge = (/** @type {string} */ name, /** @type {number} */ most) => fault("body-too-large", name, `more than ${most} bytes`);

/**
 * An address that is short enough to be worked on.
 *
 * @param {unknown} url
 * @param {string} name of the argument
 * @returns {string}
 */
export function addressOf(url, name) {
  // A UTF-16 unit is at least one byte of UTF-8, and at most three.
  const most = typeof url === "string" ? 3 * url.length : 0;
  if (most > 3 * MAX_URL_BYTES || (most > MAX_URL_BYTES && utf8.encode(String(url)).length > MAX_URL_BYTES)) {
    throw fault("url-too-long", name, "longer than 65536 bytes");
  }
  return assertString(url, name);
}

/**
 * The raw body as bytes of our own.
 *
 * @param {unknown} body
 * @param {string} name of the argument
 * @param {number} most bytes
 * @returns {Uint8Array | undefined}
 */
export function bodyBytes(body, name, most) {
  if (body === undefined) return undefined;
  if (typeof body === "string") {
    // A UTF-16 unit is at least one byte of UTF-8.
    if (body.length > most) throw tooLarge(name, most);
    const encoded = utf8.encode(body);
    // A page that is played in Node may have an encoder of another realm: the engine takes bytes of its own alone.
    const bytes = encoded instanceof Uint8Array ? encoded : new Uint8Array(encoded);
    if (bytes.byteLength > most) throw tooLarge(name, most);
    return bytes;
  }
  if (!isBytes(body)) return bufferBytes(body, name, most);
  if (size?.call(body) > most) throw tooLarge(name, most);
  try {
    return ownBytes(body);
  } catch (cause) {
    throw transferred(name, cause);
  }
}

/** Copies of bodies lie behind one another in one buffer of this many bytes: making room for each costs more than a signature. */
const SHARED_BYTES = 32 * 1024;
/** Longer ones have a buffer of their own, so that none keeps much of others' alive. */
const LONGEST_SHARED = 4 * 1024;
let shared = new Uint8Array(0);
let used = 0;

/** @param {Uint8Array} bytes @returns {Uint8Array} */
function ownBytes(bytes) {
  const { byteLength } = bytes;
  if (byteLength > LONGEST_SHARED) return new Uint8Array(bytes);
  if (used + byteLength > shared.byteLength) {
    shared = new Uint8Array(SHARED_BYTES);
    used = 0;
  }
  const own = shared.subarray(used, used + byteLength);
  own.set(bytes);
  used += byteLength;
  return own;
}

/**
 * The bytes of an `ArrayBuffer`, or of a `DataView`: only of the part that it shows.
 *
 * @param {unknown} body
 * @param {string} name of the argument
 * @param {number} most bytes
 */
function bufferBytes(body, name, most) {
  const [length, start, buffer] = slotsOf(body) ?? [];
  if (buffer === undefined) throw fault("bad-body", name, "expected the raw body, not parsed: a Uint8Array, an ArrayBuffer, a DataView or a string");
  if (length === undefined) throw transferred(name);
  if (length > most) throw tooLarge(name, most);
  try {
    return new Uint8Array(buffer, start, length).slice();
  } catch (cause) {
    throw transferred(name, cause);
  }
}

/** Whether it is bytes in any form, still there or not. @param {unknown} value */
export const holdsBytes = (value) => isBytes(value) || slotsOf(value) !== undefined;

/** @param {string} name @param {unknown} [cause] */
const transferred = (name, cause) => fault("bad-body", name, "its bytes were transferred elsewhere", cause);

const getter = (/** @type {object} */ prototype, /** @type {string} */ name) => Object.getOwnPropertyDescriptor(prototype, name)?.get;
const bufferLength = getter(ArrayBuffer.prototype, "byteLength");
const [viewBuffer, viewStart, viewLength] = ["buffer", "byteOffset", "byteLength"].map((name) => getter(DataView.prototype, name));

/**
 * By their slots, as {@link isBytes}.
 *
 * @param {unknown} body
 * @returns {[length: number | undefined, start: number, buffer: ArrayBuffer] | undefined} no length where the bytes are gone
 */
function slotsOf(body) {
  try {
    return [bufferLength?.call(body), 0, /** @type {ArrayBuffer} */ (body)];
  } catch {
    // No buffer.
  }
  let buffer;
  try {
    buffer = viewBuffer?.call(body);
    return [viewLength?.call(body), viewStart?.call(body), buffer];
  } catch {
    return buffer && [undefined, 0, buffer];
  }
}

const typedArray = Object.getPrototypeOf(Uint8Array.prototype);
const tag = Object.getOwnPropertyDescriptor(typedArray, Symbol.toStringTag)?.get;
const size = Object.getOwnPropertyDescriptor(typedArray, "byteLength")?.get;

/**
 * By its slot, so that bytes of other realms are bytes and look-alikes are not.
 *
 * @param {unknown} value
 * @returns {value is Uint8Array}
 */
function isBytes(value) {
  return tag?.call(value) === "Uint8Array";
}

/**
 * Address and headers of a fetch request, told by its shape: that of npm's `undici` and that of Azure Functions are of classes
 * of their own. What only looks like one may throw where it is read.
 *
 * @param {Request} request
 * @param {readonly string[]} wanted lower-case names of headers
 * @returns {{ url: string, headers: Map<string, string> }}
 */
export function headOf(request, wanted) {
  try {
    const { url, headers } = request;
    if (typeof url === "string" && typeof headers?.get === "function" && "body" in request && typeof request.arrayBuffer === "function") {
      return { url: addressOf(url, "request.url"), headers: headersOf(headers, "request.headers", wanted) };
    }
    if (typeof url === "string" && typeof headers === "object" && "socket" in request) throw fault("wrong-type", "request", OF_NODE);
  } catch (cause) {
    if (cause instanceof ReplyWindowError) throw cause;
  }
  throw fault("wrong-type", "request", "expected a fetch Request");
}

const OF_NODE = "expected a fetch Request, got one of Node's http: read its bytes and hand them over with the whole address (verifyWebhook), or make a Request of them";

/** A body that has not come by then does not come: no provider waits longer for an answer. */
export const BODY_MS = 15_000;
/** A stream may give empty pieces; one that gives nothing else would never end. */
const MAX_EMPTY_PIECES = 64;

/**
 * The body of a fetch request, read only as far as it may be long, and for as long as a provider waits.
 *
 * @param {Request} request
 * @param {number} [withinMs]
 * @param {number} [most] bytes
 * @returns {Promise<Uint8Array | undefined>}
 */
export async function bodyOf(request, withinMs = BODY_MS, most = MAX_BODY_BYTES.twilio) {
  try {
    if (request.bodyUsed) throw fault("body-unreadable", "request.body", "it was read before");
    if (!request.body) return undefined;
    if (Number(request.headers.get("content-length")) > most) throw tooLarge("request.body", most);
    return await readWithin(request.body.getReader(), withinMs, most);
  } catch (cause) {
    if (cause instanceof ReplyWindowError) throw cause;
    throw fault("body-unreadable", "request.body", "reading it failed", cause);
  }
}

/** @typedef {ReadableStreamDefaultReader<unknown>} Reader */

/** @param {Reader} reader @param {number} withinMs @param {number} most @returns {Promise<Uint8Array>} */
function readWithin(reader, withinMs, most) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(fault("body-timed-out", "request.body", "it did not come in time")), withinMs);
    readTo(reader, most).then(resolve, reject).finally(() => clearTimeout(timer));
  }).catch((cause) => {
    // Whoever sends it is to stop, and what came is to be forgotten.
    reader.cancel().catch(() => {});
    throw cause;
  });
}

/** @param {Reader} reader @param {number} most @returns {Promise<Uint8Array>} */
async function readTo(reader, most) {
  // Room is made for what came, never for what was announced: thousands may announce much and send nothing.
  let bytes = new Uint8Array(0);
  let length = 0;
  let empty = 0;
  /** @type {(() => void) | undefined} */
  let leave;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return bytes.slice(0, length);
      if (!isBytes(value)) throw fault("body-unreadable", "request.body", "the stream gives no bytes");
      const needed = length + value.byteLength;
      if (needed > most) throw tooLarge("request.body", most);
      if (value.byteLength === 0 && (empty += 1) > MAX_EMPTY_PIECES) throw fault("body-unreadable", "request.body", "the stream gives nothing");
      if (isLong(needed)) leave ??= await placeForLong();
      if (needed > bytes.byteLength) bytes = grown(bytes, length, Math.min(most, Math.max(needed, 2 * bytes.byteLength)));
      bytes.set(value, length);
      length = needed;
    }
  } finally {
    leave?.();
  }
}

/** @param {Uint8Array<ArrayBuffer>} bytes @param {number} filled @param {number} size @returns {Uint8Array<ArrayBuffer>} */
function grown(bytes, filled, size) {
  const more = new Uint8Array(size);
  more.set(bytes.subarray(0, filled));
  return more;
}

/**
 * The wanted headers by lower-case name; a header that came several times is joined as HTTP joins it.
 *
 * @param {unknown} headers `Headers`, pairs, or an object
 * @param {string} name of the argument
 * @param {readonly string[]} wanted lower-case
 * @returns {Map<string, string>}
 */
export function headersOf(headers, name, wanted) {
  if (typeof headers !== "object" || headers === null) throw noHeaders(name);
  /** @type {Map<string, string>} */
  const found = new Map();
  let count = 0;
  try {
    if (typeof Headers === "function" && headers instanceof Headers) return ofHeaders(headers, wanted, found);
    const pairs = Symbol.iterator in headers ? /** @type {Iterable<unknown>} */ (headers) : undefined;
    for (const one of pairs ?? Object.keys(headers)) {
      count += 1;
      if (count > MAX_HEADERS) throw fault("headers-too-many", name, "more than 1024 headers");
      const [header, value] = pairs ? pairOf(one, name) : [String(one), /** @type {any} */ (headers)[String(one)]];
      add(header, value, name, wanted, found);
    }
  } catch (cause) {
    if (cause instanceof ReplyWindowError) throw cause;
    throw fault("not-plain-data", name, "reading it threw", cause);
  }
  return found;
}

/**
 * @param {Headers} headers
 * @param {readonly string[]} wanted
 * @param {Map<string, string>} found
 */
function ofHeaders(headers, wanted, found) {
  for (const name of wanted) {
    const value = headers.get(name);
    if (value !== null) found.set(name, value);
  }
  return found;
}

/** @param {unknown} pair @param {string} name @returns {[string, unknown]} */
function pairOf(pair, name) {
  if (!Array.isArray(pair) || typeof pair[0] !== "string") throw noHeaders(name);
  return [pair[0], pair[1]];
}

/**
 * @param {string} given
 * @param {unknown} value
 * @param {string} name
 * @param {readonly string[]} wanted
 * @param {Map<string, string>} found
 */
function add(given, value, name, wanted, found) {
  const header = given.toLowerCase();
  if (value === undefined || !wanted.includes(header)) return;
  if (typeof value === "string" && !found.has(header)) {
    found.set(header, value);
    return;
  }
  for (const one of Array.isArray(value) ? value : [value]) {
    if (typeof one !== "string") throw fault("wrong-type", `${name}.${header}`, "expected a string");
    const before = found.get(header);
    found.set(header, before === undefined ? one : `${before}, ${one}`);
  }
}

/** @param {string} name */
function noHeaders(name) {
  return fault("wrong-type", name, "expected Headers, pairs of strings, or an object");
}
