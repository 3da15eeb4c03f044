// @ts-check
/**
 * The controller: clock, evidence, drafts and sends of the conversation that is shown. It knows no page and no
 * platform; what may be sent it asks the engine, at the instant at which it matters.
 */
/** @import { Controller, ControllerOptions } from "./types.js" */
import { ReplyWindowError } from "../engine/errors.js";
import { chooseEngine } from "./engine-choice.js";
import { choosing } from "./fetch-choosing.js";
import { Live } from "./live.js";
import { checkedSettings } from "./settings.js";

/** What of the live parts a caller may call; a method may be passed on without its controller. */
const METHODS = /** @type {const} */ ([
  "subscribe", "judge", "record", "merge", "refused", "setConversation", "sendTemplate", "reloadTemplates",
  "search", "templatesForDraft", "setFavourite", "serverTime", "wouldLose", "evaluate", "destroy",
]);
const TEXT_METHODS = /** @type {const} */ (["setDraft", "setFiles", "beginText", "settleText", "settleSend", "takeLost", "dropLost", "askToSend", "doubt", "askDirectSend", "answerQuestion", "queueDraft", "hear", "answerSeen", "holdQueued", "sendQueued", "check"]);

/** What fills templates in. */
function templates() {
  const parts = choosing();
  if (!parts) throw new ReplyWindowError("templates-unavailable", "what fills templates in is not here yet: see `snapshot.templates`");
  return parts;
}

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
  const settings = checkedSettings(given);
  chooseEngine(settings);
  const live = new Live(settings);
  const { texts } = live;
  const methods = Object.fromEntries([...METHODS.map((name) => [name, live[name].bind(live)]), ...TEXT_METHODS.map((name) => [name, texts[name].bind(texts)])]);
  return Object.freeze({
    get snapshot() {
      return live.snapshot;
    },
    ready: live.ready,
    fill: (template, values) => templates().fillTemplate(template, values),
    prompts: (template, known) => templates().templatePrompts(template, known),
    .../** @type {Pick<Live, typeof METHODS[number]> & Pick<Live["texts"], typeof TEXT_METHODS[number]>} */ (methods),
  });
}
