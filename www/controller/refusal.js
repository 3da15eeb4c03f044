// @ts-check
/** A provider's refusal: what the desktop says of it, and what its code means. */
import { assertString, options, toMs } from "../engine/check.js";
import { explainProviderError } from "../engine/provider-error.js";
import { retryAfterCrash } from "./error-info.js";

/** @param {number} code the provider's */
export const meaningOf = (code) => retryAfterCrash(() => explainProviderError({ code }));

const KNOWN = /** @type {const} */ (["id", "at", "text", "code", "conversationId", "sendId", "author"]);

/** @param {unknown} refusal */
export function checkedRefusal(refusal) {
  const { id, at, text: words, code, conversationId, sendId, author } = options(refusal, KNOWN, "refusal");
  return {
    id, code,
    of: {
      sendId: sendId === undefined ? undefined : assertString(sendId, "refusal.sendId"),
      author: author === undefined ? undefined : assertString(author, "refusal.author"),
    },
    where: conversationId === undefined ? undefined : assertString(conversationId, "refusal.conversationId"),
    words: words === undefined ? undefined : assertString(words, "refusal.text"),
    // Later, so that whatever else is wrong with the refusal, the agent's words come back first.
    time: (/** @type {() => number} */ now) => (at === undefined ? { desktopAtMs: now() } : { providerAtMs: toMs(at, "refusal.at") }),
  };
}
