// @ts-check
/** The engine's refusals of a signature, which the fast way names by number. */
import { fault } from "./fault.js";

/** @import { WasmModule } from "./load.js" */

/** What a refusal is about: as in the general way. @type {Record<string, string>} */
const ABOUT = {
  "key-missing": "keys", "shared-key-required": "settings", "body-hash-conflict": "url", "bad-url": "url", "url-too-long": "url",
  "content-type-unsupported": "contentType", "body-hash-mismatch": "body", "body-too-large": "body",
  "pair-without-equals": "body", "pair-without-name": "body",
};

/** @param {WasmModule} module @param {number} number */
export function refusal(module, number) {
  const { code, message } = module.run((engine) => engine.scratchRefusal(number));
  return fault(code, ABOUT[code] ?? "signature", message);
}
