// @ts-check
/** A provider's error code with its sentences, for middleware that tells people in both languages. */
import { assertString, options } from "./check.js";
import { page } from "./modules/page.js";
import { assertCode } from "./provider-error-calls.js";
import { ar } from "./provider-errors/ar.js";
import { en } from "./provider-errors/en.js";

/** @import { Provider } from "../../src/wire/types.d.ts" */

/** The sentence of a row in Western digits. @param {Record<string, string>} words @param {string} key */
const said = (words, key) => (words[`provider.${key}`] ?? "").replace(/\{(\d+)\}/g, "$1");

/**
 * What a provider's error code means for the agent and for the window: the row of `explainProviderError` in fewer words.
 * `sentence` is for the agent: what happened, and what to do.
 *
 * @param {{ provider?: Provider, code: number }} error `provider` defaults to `twilio`
 * @returns {{ code: string, action: string, retry: string, closesWindow: boolean, sentence: { en: string, ar: string } }} `unknown` for a code that no list has
 * @throws {import("./errors.js").ReplyWindowError} `wrong-type`, `unknown-name`, `number-out-of-range`
 * @example
 * explainError({ code: 63016 });
 */
export function explainError(error) {
  const { provider = "twilio", code } = options(error, ["provider", "code"]);
  const asked = { provider: assertString(provider, "provider"), code: assertCode(code) };
  const { sentence, ...meaning } = page.call("explainError", asked);
  return { ...meaning, sentence: { en: said(en, sentence), ar: said(ar, sentence) } };
}
