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
  "timer",
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
  return Object.freeze({
    get snapshot() {
      return live.snapshot;
    },
    subscribe: live.subscribe.bind(live),
    judge: live.judge.bind(live),
    record: live.record.bind(live),
    merge: live.merge.bind(live),
    refused: live.refused.bind(live),
    setDraft: live.setDraft.bind(live),
    setConversation: live.setConversation.bind(live),
    fill: fillTemplate,
    sendTemplate: live.sendTemplate.bind(live),
    reloadTemplates: live.reloadTemplates.bind(live),
    evaluate: live.evaluate.bind(live),
    destroy: live.destroy.bind(live),
  });
}

/** @typedef {ReturnType<typeof checked>} Settings the options, checked, with their defaults */

/** @param {unknown} given */
function checked(given) {
  const found = options(given, OPTIONS);
  const { drafts = memoryDrafts(), timer = TIMER, now = () => Date.now(), strict = false, ...rest } = found;
  if (rest.tabs !== undefined) text(rest.tabs, "tabs");
  if (rest.wake !== undefined) fun(rest.wake, "wake");
  if (rest.policy !== undefined) plainObject(rest.policy, "policy");
  if (rest.observedSince !== undefined) toMs(rest.observedSince, "observedSince");
  if (rest.templates !== undefined && typeof rest.templates !== "function" && !Array.isArray(rest.templates)) {
    throw fault("wrong-type", "templates", "expected an array or a function");
  }
  fun(now, "now");
  fun(rest.send, "send");
  fun(drafts?.read, "drafts.read");
  fun(drafts?.write, "drafts.write");
  fun(timer?.set, "timer.set");
  fun(timer?.clear, "timer.clear");
  /** @type {ControllerOptions & Required<Pick<ControllerOptions, "drafts" | "timer" | "now" | "strict">>} */
  const settings = { .../** @type {any} */ (rest), drafts, timer, now, strict: truth(strict, "strict") };
  return settings;
}
