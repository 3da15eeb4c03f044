// @ts-check
/**
 * The controller: clock, evidence, drafts and sends of the conversation that is shown. It knows no page and no
 * platform; what may be sent it asks the engine, at the instant at which it matters.
 */
/** @import { Controller, ControllerOptions, Timer } from "./port.js" */
import { fault, fun, options, plainObject, text, toMs, truth } from "../engine/check.js";
import { fillTemplate } from "../engine/template.js";
import { memoryDrafts } from "./drafts.js";
import { Live } from "./live.js";

const OPTIONS = /** @type {const} */ ([
  "conversation", "state", "policy", "strict", "observedSince", "templates", "now", "send", "drafts", "tabs", "wake",
  "timer", "sendText", "provider", "preferences",
]);

/** What of the live parts a caller may call; a method may be passed on without its controller. */
const METHODS = /** @type {const} */ ([
  "subscribe", "judge", "record", "merge", "refused", "setDraft", "setConversation", "sendTemplate", "reloadTemplates",
  "search", "rescue", "favour", "queueDraft", "check", "evaluate", "destroy",
]);

/** @type {Timer} */
const TIMER = { set: (callback, ms) => setTimeout(callback, ms), clear: (id) => clearTimeout(id) };

/**
 * Starts to watch a conversation's window.
 *
 * @param {ControllerOptions} given
 * @returns {Controller}
 * @throws {import("../engine/errors.js").ReplyWindowError} `wrong-type`, `unknown-field`, … for the options; never for
 *   an engine that does not start: that stands in `snapshot.error`
 * @example
 * const controller = createController({
 *   conversation: { id: "42", business: "+14155238886", customer: { phone: "+491701234567" } },
 *   send: (message) => desktop.send(message),
 * });
 * controller.subscribe(({ status }) => show(status.kind));
 */
export function createController(given) {
  const live = new Live(checked(given));
  const methods = Object.fromEntries(METHODS.map((name) => [name, live[name].bind(live)]));
  return Object.freeze({
    get snapshot() {
      return live.snapshot;
    },
    fill: fillTemplate,
    .../** @type {Pick<Live, typeof METHODS[number]>} */ (methods),
  });
}

/** @typedef {ReturnType<typeof checked>} Settings the options, checked, with their defaults */

/** What an option must be, where it is given. */
const CHECKS = Object.entries({ tabs: text, wake: fun, policy: plainObject, observedSince: toMs, strict: truth, now: fun, sendText: fun, provider: text, preferences: plainObject });

/** @param {unknown} given */
function checked(given) {
  const found = options(given, OPTIONS);
  for (const [name, check] of CHECKS) if (name in found) check(found[/** @type {"now"} */ (name)], name);
  const { drafts = memoryDrafts(), timer = TIMER, now = () => Date.now(), strict = false, templates } = found;
  if (templates !== undefined && typeof templates !== "function" && !Array.isArray(/** @type {any} */ (templates)?.templates ?? templates)) {
    throw fault("wrong-type", "templates", "expected an array, an import or a function");
  }
  fun(found.send, "send");
  fun(drafts?.read, "drafts.read");
  fun(drafts?.write, "drafts.write");
  fun(timer?.set, "timer.set");
  fun(timer?.clear, "timer.clear");
  /** @type {ControllerOptions & Required<Pick<ControllerOptions, "drafts" | "timer" | "now" | "strict">>} */
  const settings = { .../** @type {any} */ (found), drafts, timer, now, strict };
  return settings;
}
