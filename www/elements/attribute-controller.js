// @ts-check
/**
 * A controller made from the element's own attributes, for pages that have none.
 *
 * @import { Controller, Receipt } from "../controller/types.js"
 */
import { createController } from "../controller/controller.js";
import { onResume } from "./resume.js";

/** What nothing can be judged without. */
const NEEDED = ["conversation-id", "business", "customer"];
/** How long a page may take to hand over its controller. */
const CONTROLLER_LIMIT_MS = 1_000;

/** Times that were told to be none. @type {Set<string>} */
const unread = new Set();

/** A time that is none is no reason to say that nothing is known, without a word. @param {string} heard */
function tellUnread(heard) {
  if (unread.has(heard)) return;
  unread.add(heard);
  console.warn(`last-inbound-at="${heard}" is no time; as in 2026-11-23T08:15:00Z it is read`);
}

/**
 * Tells the developer why nothing is shown: in words that are fetched for it.
 *
 * @param {HTMLElement & { controller: Controller | undefined }} element
 */
export function tellIfNothingComes(element) {
  setTimeout(() => {
    if (element.isConnected && !element.controller) import("./nothing-comes.js").then(({ tell }) => tell(element, NEEDED)).catch(() => {});
  }, CONTROLLER_LIMIT_MS);
}

/**
 * @param {HTMLElement & { templates: import("../../src/wire/types.d.ts").Template[] }} element
 * @param {() => Promise<Receipt> | undefined} response what the listener of `template-send` answered with
 * @returns {Controller | undefined} nothing until conversation, business and customer are named
 */
export function ownController(element, response) {
  const [id, business, customer, heard] = [...NEEDED, "last-inbound-at"].map((name) => element.getAttribute(name));
  if (!id || !business || !customer) return;
  const providerAtMs = heard ? Date.parse(heard) : NaN;
  if (heard && Number.isNaN(providerAtMs)) tellUnread(heard);
  const known = Number.isNaN(providerAtMs) ? [] : [{ id: "last-inbound-at", kind: /** @type {const} */ ("text"), providerAtMs }];
  return createController({
    conversation: { id, business, customer: customer.startsWith("+") ? { phone: customer } : { bsuid: customer } },
    state: { version: 1, customer: known, refused: [], sent: [] },
    templates: element.templates,
    send: () => response() ?? Promise.reject(new Error("nobody answered template-send with respondWith")),
    onResume,
  });
}
