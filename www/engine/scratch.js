// @ts-check
/** The one buffer in the engine's memory that requests are written into, and what the engine has read from it. */

/** @import { WasmModule } from "./load.js" */

/** What an instance of the engine has read. @typedef {{ module: WasmModule, crashes: number }} Reading */

import { utf8 } from "./utf8.js";

/** The spelling of the address that was asked about last. */
let asked = "";

export const lastAsked = () => asked;

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
export function ask(module, engine, keysId, url, signature, body) {
  const length = body?.length ?? 0;
  held = undefined;
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
export function askAgain(module, engine, keysId, other) {
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

/** What stands in the engine, to be asked without giving it the bytes once more. @type {Reading | undefined} */
let held;

/** What the engine has read now. @param {WasmModule} module @returns {Reading} */
export const keep = (module) => (held = { module, crashes: module.crashes });

/** The engine gave it away. */
export const giveAway = () => {
  held = undefined;
};

/** @param {WasmModule} module @param {Reading | undefined} reading whether it still stands in the engine */
export const isKept = (module, reading) =>
  held !== undefined && held === reading && held.module === module && held.crashes === module.crashes;

const NOTHING = new Uint8Array();

/**
 * Writes a body alone.
 *
 * @param {WasmModule} module
 * @param {Record<string, (...given: any[]) => any>} engine
 * @param {Uint8Array} [body]
 * @returns {number} its length
 */
export function writeBody(module, engine, body = NOTHING) {
  held = undefined;
  const at = reserve(module, engine, body.length);
  memory.set(body, at);
  written.at = -1;
  return body.length;
}
