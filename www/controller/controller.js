// @ts-check
/**
 * The controller: clock, evidence, drafts and sends of the conversation that is shown. It knows no page and no
 * platform; what may be sent it asks the engine, at the instant at which it matters.
 */
/** @import { Controller, ControllerOptions } from "./types.js" */
import { chooseEngine } from "./engine-choice.js";
import { Live } from "./live.js";
import { checkedSettings } from "./settings.js";

/** What of the live parts a caller may call; a method may be passed on without its controller. */
const METHODS = /** @type {const} */ (["subscribe", "judge", "record", "merge", "refused", "setConversation", "serverTime", "wouldLose", "evaluate", "destroy"]);
const TEMPLATE_METHODS = /** @type {const} */ (["reloadTemplates", "search", "templatesForDraft", "setFavourite", "fill", "prompts", "sendTemplate"]);
const TEXT_METHODS = /** @type {const} */ (["setDraft", "setFiles", "beginText", "settleText", "settleSend", "takeLost", "dropLost", "askToSend", "doubt", "askDirectSend", "answerQuestion", "queueDraft", "hear", "answerSeen", "holdQueued", "sendQueued", "check"]);

/**
 * @template {object} Part
 * @template {keyof Part} Name
 * @param {Part} part
 * @param {readonly Name[]} names
 * @returns {Pick<Part, Name>}
 */
const methodsOf = (part, names) => /** @type {Pick<Part, Name>} */ (Object.fromEntries(names.map((name) => [name, /** @type {Function} */ (part[name]).bind(part)])));

/**
 * Starts to watch a conversation's window.
 *
 * @param {ControllerOptions} given
 * @returns {Controller}
 * @throws {import("../engine/errors.js").ReplyWindowError} a `ReadingErrorCode` for the options, and for a conversation and state what `windowKeys` and `foldEvents` say; never for
 *   an engine that does not start: that stands in `snapshot.error`
 * @example
 * const controller = createController({
 *   conversation: { id: "42", business: "+14155238886", customer: { phone: "+491701234567" } },
 *   send: (message) => desktop.send(message),
 * });
 * controller.subscribe(({ status }) => show(status.kind));
 */
export function createController(given) {
  const settings = checkedSettings(given);
  chooseEngine(settings);
  const live = new Live(settings);
  return Object.freeze({
    get snapshot() {
      return live.snapshot;
    },
    ready: live.ready,
    ...methodsOf(live, METHODS),
    ...methodsOf(live.templates, TEMPLATE_METHODS),
    ...methodsOf(live.texts, TEXT_METHODS),
  });
}
