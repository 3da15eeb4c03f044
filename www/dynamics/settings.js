// @ts-check
/** What an administrator may set, in a web resource of their own that is loaded before the script: `replyWindowDynamics = { … }`. */

/** @import { ControllerOptions, Conversation, OutgoingTemplate, Receipt } from "../controller/types.js" */
/** @import { Unknown, WindowState } from "../../src/wire/types.d.ts" */

/**
 * @typedef {object} Settings
 * @property {string} [business] our WhatsApp number, E.164, where conversations do not name it
 * @property {Unknown} [unknown] free text of which nothing is known: `ask` (default) or `block`
 * @property {string} [locale] BCP 47; default: the page's
 * @property {ControllerOptions["templates"]} [templates] a list, or what fetches it
 * @property {string} [templatesUrl] in place of `templates`: an address of your middleware that answers it as JSON
 * @property {(message: OutgoingTemplate) => Promise<Receipt> | Receipt} [send] sends a template
 * @property {string} [sendUrl] in place of `send`: an address of your middleware that takes the message as JSON and answers `{ id }`
 * @property {import("../adapters/dynamics/outbound.js").Outbound} [outbound] in place of both: through Dynamics' own outbound messages
 * @property {(conversation: Conversation) => Promise<{ state: WindowState } | undefined>} [window] what your middleware knows of a window
 * @property {string} [windowUrl] in place of `window`: asked with `?business=…&customer=…`, answers `{ state }`
 * @property {readonly string[]} [messageTypes] names of `msdyn_messagetype` in your tenant that are messages
 * @property {readonly string[]} [gates] selectors of what else sends to the customer, outside of the chat
 * @property {readonly string[]} [commands] of Dynamics' menus; default `/t`, `/q`
 * @property {string} [nowasmUrl] where `reply-window.nowasm.js` lies, for pages that may not compile WebAssembly
 * @property {() => number} [now] corrected clock, ms since 1970; default `Date.now`
 */

const KNOWN = /** @type {const} */ ({
  business: "string", unknown: "string", locale: "string", templates: "any", templatesUrl: "string", send: "function", sendUrl: "string", window: "function",
  windowUrl: "string", messageTypes: "list", gates: "list", commands: "list", nowasmUrl: "string", now: "function", outbound: "any",
});

/**
 * The settings that make sense, and what is wrong with the others: a mistake in one leaves the lock as it is.
 *
 * @param {unknown} given
 * @returns {{ settings: Settings, wrong: string[] }}
 */
export function readSettings(given) {
  /** @type {Record<string, unknown>} */
  const settings = {};
  const wrong = [];
  for (const [name, value] of Object.entries(Object(given ?? {}))) {
    const kind = /** @type {Record<string, string>} */ (KNOWN)[name];
    const isRight = kind === "any" || (kind === "list" ? Array.isArray(value) && value.every((item) => typeof item === "string") : kind !== undefined && typeof value === kind);
    if (isRight && (name !== "unknown" || value === "ask" || value === "block")) settings[name] = value;
    else wrong.push(name);
  }
  return { settings: /** @type {Settings} */ (settings), wrong };
}
