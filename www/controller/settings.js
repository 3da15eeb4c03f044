// @ts-check
/** The options of a controller, checked, with their defaults. */
/** @import { ControllerOptions, Timer } from "./types.js" */
import { assertBoolean, assertFunction, assertString, options, toMs } from "../engine/check.js";
import { fault } from "../engine/fault.js";
import { plainList, plainObject } from "../engine/plain.js";
import { memoryDrafts } from "./drafts.js";

/** @type {Timer} */
const TIMER = { set: (callback, ms) => setTimeout(callback, ms), clear: (id) => clearTimeout(id) };

/** @typedef {ReturnType<typeof checkedSettings>} Settings the options, checked, with their defaults */

/** @param {string[]} names */
const oneOf = (...names) => (/** @type {unknown} */ value, /** @type {string} */ name) => {
  if (!names.includes(/** @type {string} */ (value))) throw fault("unknown-name", name, `expected ${names.join(" or ")}`);
};

/** @param {unknown} value @param {string} name */
function assertDuration(value, name) {
  if (typeof value !== "number" || !(value > 0)) throw fault("wrong-type", name, "expected a number of milliseconds above 0");
}

/** @param {unknown} value @param {string} name */
function assertCount(value, name) {
  if (typeof value !== "function" && !(Number.isInteger(value) && Number(value) >= 0)) throw fault("wrong-type", name, "expected a whole number or a function");
}

/** @param {unknown} value @param {string} name */
const assertNames = (value, name) => plainList(value, name).forEach((one, at) => assertString(one, `${name}[${at}]`));

/** Is checked below, or where it is read. */
const later = () => {};

/** Every option, and what it must be where it is given; its meaning stands at `ControllerOptions` (`types.js`). */
const OPTIONS = {
  conversation: later, state: later, templates: later, send: later, drafts: later, timer: later,
  policy: plainObject, preferences: plainObject, observedSince: toMs, tags: plainList, audiences: assertNames,
  unknown: oneOf("ask", "block"), owner: oneOf("ask", "block"), queue: oneOf("ask", "auto"), engine: oneOf("auto", "js"),
  tabs: assertString, agent: assertString, provider: assertString, directSend: assertBoolean,
  serviceMessagesThisMonth: assertCount, templatesTimeoutMs: assertDuration, sendTimeoutMs: assertDuration,
  now: assertFunction, monotonic: assertFunction, onResume: assertFunction, askServer: assertFunction, sendText: assertFunction, onReport: assertFunction, nowasm: assertFunction,
};
const NAMES = /** @type {(keyof typeof OPTIONS)[]} */ (Object.keys(OPTIONS));

/** @param {unknown} given */
export function checkedSettings(given) {
  const found = options(given, NAMES);
  for (const name of NAMES) if (name in found) OPTIONS[name](/** @type {any} */ (found[name]), name);
  const { drafts = memoryDrafts(), timer = TIMER, now = () => Date.now(), unknown = "ask", templates } = found;
  if (templates !== undefined && typeof templates !== "function" && !Array.isArray(/** @type {any} */ (templates)?.templates ?? templates)) {
    throw fault("wrong-type", "templates", "expected an array, an import or a function");
  }
  assertFunction(found.send, "send");
  assertFunction(drafts?.read, "drafts.read");
  assertFunction(drafts?.write, "drafts.write");
  assertFunction(timer?.set, "timer.set");
  assertFunction(timer?.clear, "timer.clear");
  /** @type {ControllerOptions & Required<Pick<ControllerOptions, "drafts" | "timer" | "now" | "unknown">>} */
  const monotonic = found.monotonic ?? (found.now === undefined ? () => performance.now() : undefined);
  const settings = { .../** @type {any} */ (found), drafts, timer, now, unknown, ...(monotonic && { monotonic }) };
  return settings;
}
