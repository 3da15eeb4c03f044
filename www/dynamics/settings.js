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
 * @property {{ url: string, token: string | (() => string | Promise<string>), report?: boolean }} [service] in place of both: the window service of this package,
 *   with a token that may `read` and nothing else; with `report: true`, which tells its report for supervisors what was stopped and answered, `tally` as well
 * @property {readonly string[]} [messageTypes] names of `msdyn_messagetype` in your tenant that are messages
 * @property {readonly string[]} [gates] selectors of what else sends to the customer, outside of the chat
 * @property {string} [pane] name of the companion's web resource: the script opens it in an app side pane, and locks nothing
 * @property {boolean} [secondLock] also guard the line on which Web Chat posts, by what React keeps of it; default no
 * @property {readonly string[]} [commands] of Dynamics' menus; default `/t`, `/q`
 * @property {string} [nowasmUrl] where `reply-window.nowasm.js` lies, for pages that may not compile WebAssembly
 * @property {() => number} [now] corrected clock, ms since 1970; default `Date.now`
 */

/** @param {(value: any) => boolean} is */
const orNo = (is) => (/** @type {unknown} */ value) => {
  try {
    return is(value);
  } catch {
    return false;
  }
};
const isString = (/** @type {unknown} */ value) => typeof value === "string" && value !== "";
const isFunction = (/** @type {unknown} */ value) => typeof value === "function";
/** Milliseconds since 1970, or a `Date`; a count of seconds is not. */
const isTime = (/** @type {unknown} */ value) => typeof value !== "string" && Number.isFinite(Number(value)) && Number(value) > 1e11;
const isList = (/** @type {unknown} */ value) => Array.isArray(value) && value.every(isString);
const isAddress = (/** @type {unknown} */ value) => isString(value) && URL.canParse(String(value), document.baseURI);
const isTable = (/** @type {unknown} */ value) => Object.values(Object(value)).every(isString);

/** What makes sense of each. @type {Record<keyof Settings, (value: any) => boolean>} */
const KNOWN = {
  business: isString, unknown: (value) => value === "ask" || value === "block", locale: (value) => Intl.getCanonicalLocales(value).length === 1,
  templates: (value) => isFunction(value) || Array.isArray(value) || Array.isArray(value.templates), templatesUrl: isAddress, send: isFunction, sendUrl: isAddress,
  window: isFunction, windowUrl: isAddress, service: ({ url, token, report = false }) => /^https?:/.test(url) && URL.canParse(url) && (isFunction(token) || isString(token)) && typeof report === "boolean",
  messageTypes: isList, gates: (value) => isList(value) && value.every((/** @type {string} */ one) => document.querySelector(one) !== undefined), commands: isList, pane: isString, secondLock: (value) => typeof value === "boolean", nowasmUrl: isAddress, now: (value) => isTime(value()),
  outbound: ({ configurations, optInColumn }) => (configurations === undefined || isTable(configurations)) && isString(optInColumn),
};

/** A clock that fails later leaves the computer's own. @param {() => unknown} now @returns {() => number} */
const reliable = (now) => () => {
  try {
    const told = now();
    return isTime(told) ? Number(told) : Date.now();
  } catch {
    return Date.now();
  }
};

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
    if (value === undefined) continue;
    const isRight = Object.hasOwn(KNOWN, name) && orNo(KNOWN[/** @type {keyof Settings} */ (name)])(value);
    if (isRight) settings[name] = name === "now" ? reliable(/** @type {() => unknown} */ (value)) : value;
    else wrong.push(name);
  }
  return { settings: /** @type {Settings} */ (settings), wrong };
}
