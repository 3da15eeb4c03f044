// @ts-check
/** The options of a controller, checked, with their defaults. */
/** @import { ControllerOptions, Timer } from "./types.js" */
import { assertBoolean, assertFunction, assertString, options, toMs } from "../engine/check.js";
import { fault } from "../engine/fault.js";
import { plainList, plainObject } from "../engine/plain.js";
import { memoryDrafts } from "./drafts.js";

const OPTIONS = /** @type {const} */ ([
  "conversation", "state", "policy", "unknown", "owner", "directSend", "serviceMessagesThisMonth", "tags", "audiences", "observedSince", "templates", "now", "send", "drafts", "agent", "tabs", "onResume",
  "timer", "sendText", "queue", "monotonic", "askServer", "provider", "preferences", "templatesTimeoutMs", "sendTimeoutMs", "onReport", "engine", "nowasm",
]);

/** @type {Timer} */
const TIMER = { set: (callback, ms) => setTimeout(callback, ms), clear: (id) => clearTimeout(id) };

/** @typedef {ReturnType<typeof checkedSettings>} Settings the options, checked, with their defaults */

/** @param {unknown} value @param {string} name */
function unknownOption(value, name) {
  if (value !== "ask" && value !== "block") throw fault("unknown-name", name, "expected ask or block");
}

/** @param {unknown} value @param {string} name */
function duration(value, name) {
  if (typeof value !== "number" || !(value > 0)) throw fault("wrong-type", name, "expected a number of milliseconds above 0");
}

/** @param {unknown} value @param {string} name */
function queueOption(value, name) {
  if (value !== "ask" && value !== "auto") throw fault("unknown-name", name, "expected ask or auto");
}

/** @param {unknown} value @param {string} name */
function engineOption(value, name) {
  if (value !== "auto" && value !== "js") throw fault("unknown-name", name, "expected auto or js");
}

/** @param {unknown} value @param {string} name */
function countOption(value, name) {
  if (typeof value !== "function" && !(Number.isInteger(value) && Number(value) >= 0)) throw fault("wrong-type", name, "expected a whole number or a function");
}

/** @param {unknown} value @param {string} name */
const namesOption = (value, name) => plainList(value, name).forEach((one, at) => assertString(one, `${name}[${at}]`));

/** What an option must be, where it is given. */
const CHECKS = Object.entries({ tabs: assertString, agent: assertString, onResume: assertFunction, policy: plainObject, observedSince: toMs, unknown: unknownOption, owner: unknownOption, directSend: assertBoolean, serviceMessagesThisMonth: countOption, queue: queueOption, monotonic: assertFunction, askServer: assertFunction, tags: plainList, audiences: namesOption, now: assertFunction, sendText: assertFunction, provider: assertString, preferences: plainObject, templatesTimeoutMs: duration, sendTimeoutMs: duration, onReport: assertFunction, engine: engineOption, nowasm: assertFunction });

/** @param {unknown} given */
export function checkedSettings(given) {
  const found = options(given, OPTIONS);
  for (const [name, check] of CHECKS) if (name in found) check(found[/** @type {"now"} */ (name)], name);
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
