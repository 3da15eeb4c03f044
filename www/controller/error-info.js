// @ts-check
/** What went wrong, in the form in which a view can show it. */
/** @import { ErrorInfo } from "./types.js" */
import { ReplyWindowError } from "../engine/errors.js";
import { explainProviderError } from "../engine/provider-error.js";

/**
 * @param {unknown} error
 * @param {string} code where the error has none of ours
 * @returns {ErrorInfo}
 */
export function errorInfo(error, code) {
  const own = error instanceof ReplyWindowError;
  const message = textOf(error);
  const providerCode = providerCodeOf(error);
  const info = { code: own ? error.code : code, message };
  return Object.freeze(providerCode === undefined ? info : { ...info, providerCode, ...toldOf(providerCode) });
}

/** Anything may be thrown, and not everything becomes a text. @param {unknown} error @returns {string} */
function textOf(error) {
  try {
    return error instanceof Error ? String(error.message) : String(error);
  } catch {
    return "an error that cannot be read";
  }
}

/**
 * What is to be told of a code. A failure is told even where the engine has failed too.
 *
 * @param {number} code
 * @returns {{ meaning: string, sentence: string }}
 */
function toldOf(code) {
  try {
    const { meaning, sentence } = retryAfterCrash(() => explainProviderError({ code }));
    return { meaning, sentence };
  } catch {
    return { meaning: "unknown", sentence: "unknown" };
  }
}

/** The browser's own exceptions have numbers of another list: an aborted request 20, a refused one 0. @param {unknown} error */
const isBrowsers = (error) => Object.prototype.toString.call(error) === "[object DOMException]";

/**
 * The provider's error code on whatever a desktop's `send` threw: Twilio's own client has it in `code` as a number,
 * others as digits; zero is one of Meta's. Node's `ECONNREFUSED` and its like are none.
 *
 * @param {any} error
 * @returns {number | undefined}
 */
export function providerCodeOf(error) {
  if (error instanceof ReplyWindowError) return providerCodeOf(error.cause);
  for (const code of [error?.providerCode, isBrowsers(error) ? undefined : error?.code]) {
    const number = typeof code === "string" && /^\d{1,9}$/.test(code) ? Number(code) : code;
    if (Number.isInteger(number) && number >= 0) return number;
  }
  return undefined;
}

/**
 * Whether the engine itself is at fault, not what was asked of it.
 *
 * @param {unknown} error
 */
export function isEngineFailure(error) {
  return error instanceof ReplyWindowError && error.code.startsWith("engine-");
}

/** Why nothing can be said of the window. @param {unknown} error @returns {"window-unknown" | "engine-unavailable" | "engine-failed"} */
export function blindReason(error) {
  if (!isEngineFailure(error)) return "window-unknown";
  return /** @type {ReplyWindowError} */ (error).code === "engine-unavailable" ? "engine-unavailable" : "engine-failed";
}

/**
 * Asks once more where the engine crashed: it was replaced by a fresh one.
 *
 * @template Answer
 * @param {() => Answer} ask
 * @returns {Answer}
 */
export function retryAfterCrash(ask) {
  try {
    return ask();
  } catch (error) {
    if (error instanceof ReplyWindowError && error.code === "engine-crashed") return ask();
    throw error;
  }
}

/**
 * Tells the platform of an error in somebody else's code without letting it stop ours.
 *
 * @param {unknown} error
 */
export function report(error) {
  if (typeof reportError === "function") reportError(error);
  else console.error(error);
}

/** Of what the developer was told at the console. @type {WeakSet<object>} */
const told = new WeakSet();

/**
 * Tells the developer why, once: what the agent reads says where, and not what is to be mended.
 *
 * @param {object | undefined} about of it no more is told
 * @param {string} what
 * @param {unknown} error
 */
export function tellOnce(about, what, error) {
  if (about === undefined || told.has(about)) return;
  told.add(about);
  const { code, field, message } = error instanceof ReplyWindowError ? error : { code: "", field: "", message: textOf(error) };
  console.warn(`reply-window: ${what}${code && ` (${code}${field && ` at ${field}`})`}: ${message}`);
}
