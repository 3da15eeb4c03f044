// @ts-check
/** What a request says whose signature was verified, read when it is asked for. */
import { fault } from "./fault.js";
import { unfold } from "./flat.js";
import { isKept, keep, giveAway, writeBody } from "./scratch.js";
import { refusal } from "./signature-refusal.js";

/** @import { Inbound, Parameter } from "../../src/wire/types.d.ts" */
/** @import { WasmModule } from "./load.js" */
/** @import { Signed } from "./twilio-signature.js" */

/**
 * Has the engine read what it verified before, unless it was the last.
 *
 * @param {WasmModule} module
 * @param {Record<string, (...given: any[]) => any>} engine
 * @param {Signed} signed
 * @param {Uint8Array} [body]
 */
function read(module, engine, signed, body) {
  if (isKept(module, signed.reading)) return;
  const length = writeBody(module, engine, body);
  if (signed.kind === "body") {
    if (!engine.readScratchJson(length)) throw fault("body-not-json", "request.body", "it is signed, but it is no JSON that holds a webhook");
  } else {
    const answer = engine.readScratch(length);
    if (answer < 0) throw refusal(module, -1 - answer);
  }
  signed.reading = keep(module);
}

/**
 * The parameters of a form that was verified.
 *
 * @param {WasmModule} module
 * @param {Signed} signed
 * @param {Uint8Array | undefined} body the bytes that were verified
 * @returns {Parameter[]}
 */
export function readForm(module, signed, body) {
  return module.run((engine) => {
    read(module, engine, signed, body);
    /** @type {string} */
    const text = engine.scratchText();
    /** @type {Uint32Array} */
    const lengths = engine.scratchLengths();
    const parameters = [];
    let at = 0;
    for (let index = 0; index < lengths.length; index += 2) {
      const behind = at + lengths[index];
      const next = behind + lengths[index + 1];
      parameters.push({ name: text.slice(at, behind), value: text.slice(behind, next) });
      at = next;
    }
    return parameters;
  });
}

/**
 * A hash of the address and of the form, each parameter where it stands; of a body as a whole the address holds one.
 *
 * @param {WasmModule} module one that remembers requests
 * @param {Signed} signed
 * @param {Uint8Array | undefined} body the bytes that were verified
 * @returns {string} SHA-256 in base64
 */
export function readDigest(module, signed, body) {
  return module.run((engine) => {
    // By GET all stands in the address.
    if (signed.kind === "form" && !body?.length) return engine.textDigest(signed.url);
    read(module, engine, signed, body);
    return engine.scratchDigest(signed.url);
  });
}

/**
 * Reads a body that was signed as a whole.
 *
 * @param {WasmModule} module
 * @param {Signed} signed
 * @param {Uint8Array | undefined} body the bytes that were verified
 * @throws {ReplyWindowError} `body-not-json`
 */
export function readJson(module, signed, body) {
  module.run((engine) => read(module, engine, signed, body));
}

/**
 * What a form or a body says that was verified.
 *
 * @param {WasmModule} module
 * @param {Signed} signed
 * @param {Uint8Array | undefined} body the bytes that were verified
 * @param {number} receiptAtMs
 * @returns {Inbound}
 * @throws {ReplyWindowError}
 */
export function readInbound(module, signed, body, receiptAtMs) {
  return module.run((engine) => {
    read(module, engine, signed, body);
    // JSON is given away.
    if (signed.kind === "body") giveAway();
    const codes = engine.scratchInbound(receiptAtMs);
    return unfold(engine.scratchInboundText(), codes);
  });
}
