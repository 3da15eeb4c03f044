// @ts-check
import { assertFunction, assertString, options as optionsOf } from "../../engine/check.js";
import { fault, kindOf } from "../../engine/fault.js";

const NAMES = /** @type {const} */ (["fetch", "baseUrl", "messagingUrl", "contentUrl", "timeoutMs", "signal", "others", "shownUrl", "onStep", "log"]);

/** The longest time that a timer takes. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** By its kind, so that signals of other realms are signals. @param {unknown} value */
const isSignal = (value) => {
  try {
    return Object.prototype.toString.call(value) === "[object AbortSignal]";
  } catch {
    return false;
  }
};

/**
 * What the caller of `validateChannel` wants; `others` and `shownUrl` are for `checkChannel` to look at.
 *
 * @param {unknown} given
 * @returns {Partial<Record<typeof NAMES[number], any>>}
 */
export const checkedOptions = (given) => {
  const options = optionsOf(given, NAMES);
  const { timeoutMs = 1, signal } = options;
  for (const name of /** @type {const} */ (["fetch", "onStep", "log"])) if (options[name] !== undefined) assertFunction(options[name], name);
  for (const name of /** @type {const} */ (["baseUrl", "messagingUrl", "contentUrl"])) if (options[name] !== undefined) assertString(options[name], name);
  if (!(Number.isInteger(timeoutMs) && timeoutMs > 0 && timeoutMs <= MAX_TIMEOUT_MS)) throw fault("number-out-of-range", "timeoutMs", "expected 1 to 2147483647 milliseconds");
  if (signal !== undefined && !isSignal(signal)) throw fault("wrong-type", "signal", `expected an AbortSignal, got ${kindOf(signal)}`);
  return options;
};
