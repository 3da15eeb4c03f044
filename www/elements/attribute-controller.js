// @ts-check
/**
 * A controller made from the element's own attributes, for pages that have none.
 *
 * @import { Controller, Receipt, Snapshot } from "../controller/types.js"
 */
import { createController } from "../controller/controller.js";
import { onResume } from "./resume.js";

/** What nothing can be judged without. */
const NEEDED = ["conversation-id", "business", "customer"];
/** How long a page may take to hand over its controller. */
const CONTROLLER_LIMIT_MS = 1_000;

/** What is told to the developer is fetched for it. @param {(words: typeof import("./nothing-comes.js")) => void} act */
const words = (act) => void import("./nothing-comes.js").then(act).catch(() => {});

/**
 * Tells the developer why nothing is shown.
 *
 * @param {HTMLElement & { controller: Controller | undefined }} element
 */
export function tellIfNothingComes(element) {
  setTimeout(() => {
    if (element.isConnected && !element.controller) words(({ tell }) => tell(element, NEEDED));
  }, CONTROLLER_LIMIT_MS);
}

/**
 * @param {HTMLElement & { templates: import("../../src/wire/types.d.ts").Template[] }} element
 * @param {() => Promise<Receipt> | undefined} response what the listener of `template-send` answered with
 * @param {(snapshot: Snapshot) => void} refused told of a window of which nothing is known, where an attribute cannot be read
 * @returns {Controller | undefined} nothing until conversation, business and customer are named, and where one cannot be read
 */
export function ownController(element, response, refused) {
  const [id, business, customer, heard] = [...NEEDED, "last-inbound-at"].map((name) => element.getAttribute(name));
  if (!id || !business || !customer) return;
  const providerAtMs = heard ? Date.parse(heard) : NaN;
  if (heard && Number.isNaN(providerAtMs)) words(({ tellUnread }) => tellUnread(heard));
  const known = Number.isNaN(providerAtMs) ? [] : [{ id: "last-inbound-at", kind: /** @type {const} */ ("text"), providerAtMs }];
  const conversation = { id, business, customer: customer.startsWith("+") ? { phone: customer } : { bsuid: customer } };
  try {
    return createController({
      conversation,
      state: { version: 1, customer: known, refused: [], sent: [] },
      templates: element.templates,
      send: () => response() ?? Promise.reject(new Error("nobody answered template-send with respondWith")),
      onResume,
    });
  } catch (error) {
    words(({ tellRefused }) => refused(tellRefused(element, error, conversation)));
  }
}
