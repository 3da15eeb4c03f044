// @ts-check
/** What a provider's error code means: the engine's one table, asked from here and nowhere else. */
/** @import { Provider, ProviderErrorMeaning, ProviderVerdict } from "../../src/wire/types.d.ts" */
import { page } from "./modules/page.js";
import { assertCode, explainProviderErrorIn } from "./provider-error-calls.js";

/**
 * What an error code of Twilio or Meta means: what happened, what helps and who does it, what it does to the reply window
 * and to the template, whether sending again helps, and where that is written.
 *
 * @param {{ provider?: Provider, code: number }} error without `provider` the number says whose it is: none belongs to both
 * @returns {ProviderErrorMeaning} `unknown` for a code that is in no list
 * @throws {import("./errors.js").ReplyWindowError} a `ReadingErrorCode`: `number-out-of-range` for a code that is no whole number from 0
 * @example
 * const { window, template, action } = explainProviderError({ code: 63016 });
 */
export function explainProviderError(error) {
  return explainProviderErrorIn(page, error);
}

/**
 * What an error code of Twilio or Meta says of the window or of the template: `explainProviderError` in fewer words.
 *
 * @param {number} code
 * @returns {ProviderVerdict} `unrelated` for a code that says nothing of either
 * @throws {import("./errors.js").ReplyWindowError} `wrong-type`, `number-out-of-range`
 * @example
 * providerVerdict(63016).kind; // "window-closed"
 */
export const providerVerdict = (code) => page.call("providerVerdict", { code: assertCode(code) });
