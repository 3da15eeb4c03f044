// @ts-check
/** What `verifyWebhook` answers. */
/** @import { Inbound, Parameter } from "../../src/wire/types.d.ts" */
/** @import { WasmModule } from "./load.js" */
/** @import { Signed } from "./twilio-signature.js" */
import { withRoomFor } from "./body-limits.js";
import { readForm, readInbound } from "./signed-text.js";

/**
 * A verified webhook: only what was signed, and what it says. What it says is read when it is first asked for, from bytes
 * of our own: what became of the caller's since changes nothing. Take what you need by its name; spread (`{ ...webhook }`) it has only
 * `key` and `url`.
 *
 * @typedef {object} VerifiedWebhook
 * @property {Inbound["source"]} source
 * @property {number} key index in `keys` of the key that signed
 * @property {string} url the address in the variant that was signed; as given where the signature does not cover it (Meta)
 * @property {{ name: string, value: string }[]} parameters of a form, or of the address where there is no body (GET); none where the body is JSON
 * @property {Inbound} inbound events, messages and delivery states
 */

/**
 * What of a form was signed; the caller may change it.
 *
 * @param {WasmModule} module
 * @param {Signed} signed
 * @param {Uint8Array | undefined} body
 * @returns {Parameter[]}
 */
export const parametersOf = (module, signed, body) => signed.parameters?.map(({ name, value }) => ({ name, value })) ?? readForm(module, signed, body);

/** What was verified, read when it is first asked for; one class for all, because accessors made anew for each cost as much as the hash. */
export class Verified {
  #module;
  #signed;
  #receiptAtMs;
  /** Our own copy, let go once it was read. @type {Uint8Array | undefined} */
  #body;
  /** @type {VerifiedWebhook["parameters"] | undefined} */
  #parameters;
  /** @type {Inbound | undefined} */
  #inbound;

  /** @param {WasmModule} module @param {Uint8Array | undefined} body @param {Signed} signed @param {number} receiptAtMs */
  constructor(module, body, signed, receiptAtMs) {
    this.#module = module;
    this.#body = body;
    this.#signed = signed;
    this.#receiptAtMs = receiptAtMs;
    this.key = signed.key;
    this.url = signed.url;
  }

  get source() {
    return this.inbound.source;
  }

  get parameters() {
    this.#parameters ??= parametersOf(this.#module, this.#signed, this.#body);
    this.#release();
    return this.#parameters;
  }

  get inbound() {
    this.#inbound ??= this.#read();
    this.#release();
    return this.#inbound;
  }

  toJSON() {
    const { source, key, url, parameters, inbound } = this;
    return { source, key, url, parameters, inbound };
  }

  /** @returns {Inbound} */
  #read() {
    const { kind, parameters } = this.#signed;
    if (kind === "form" && parameters) return this.#module.call("parseInbound", { parameters, receiptAtMs: this.#receiptAtMs });
    return withRoomFor(this.#module, this.#body, () => readInbound(this.#module, this.#signed, this.#body, this.#receiptAtMs));
  }

  #release() {
    if (this.#parameters !== undefined && this.#inbound !== undefined) this.#body = undefined;
  }
}
