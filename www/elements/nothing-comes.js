// @ts-check
/**
 * Why an element shows nothing, or knows nothing of its window: for the developer, at the console.
 *
 * @import { Conversation, Snapshot } from "../controller/types.js"
 */
import { stopped } from "../engine/fallback-verdict.js";

/** What each element was told of last. @type {WeakMap<HTMLElement, string>} */
const told = new WeakMap();
/** Times that were told to be none. @type {Set<string>} */
const unread = new Set();

/**
 * Once for an element.
 *
 * @param {HTMLElement} element
 * @param {readonly string[]} needed attributes
 */
export function tell(element, needed) {
  const missing = needed.filter((name) => !element.getAttribute(name)).join(", ");
  if (!missing || told.has(element)) return;
  told.set(element, missing);
  console.warn(`<${element.localName}> shows nothing without a controller; to make one of attributes, these are missing: ${missing}`);
}

/** A time that is none is no reason to say that nothing is known, without a word. @param {string} heard */
export function tellUnread(heard) {
  if (unread.has(heard)) return;
  unread.add(heard);
  console.warn(`last-inbound-at="${heard}" is no time: write it as 2026-11-23T08:15:00Z`);
}

/** The attribute that an error is about. @param {unknown} field of the error */
const attributeOf = (field) => ["business", "customer"].find((name) => String(field).startsWith(name)) ?? "conversation-id";

/**
 * Once for an element and what is wrong with it.
 *
 * @param {HTMLElement} element
 * @param {any} error
 * @param {Conversation} conversation as the attributes have it
 * @returns {Snapshot} nothing is known of its window
 */
export function tellRefused(element, error, conversation) {
  const name = attributeOf(error?.field);
  const text = `<${element.localName} ${name}="${element.getAttribute(name)}"> knows nothing of its window: ${error?.message ?? error}`;
  if (told.get(element) !== text) console.error(text);
  told.set(element, text);
  return {
    conversation, draft: "", sending: false, lost: [], files: [], undelivered: [], nowAtMs: Date.now(), preferences: { favourites: [], recent: [] },
    status: { kind: "unknown", reason: "no-evidence", isOpen: false, ignored: [] }, templates: { kind: "ready", items: [] },
    verdict: stopped("window-unknown"),
  };
}
