// @ts-check
/**
 * A controller made from the element's own attributes, for pages that have none.
 *
 * @import { Controller, Receipt } from "../controller/types.js"
 */
import { createController } from "../controller/controller.js";
import { onResume } from "./resume.js";

/**
 * @param {HTMLElement & { templates: import("../../src/wire/types.d.ts").Template[] }} element
 * @param {() => Promise<Receipt> | undefined} response what the listener of `template-send` answered with
 * @returns {Controller | undefined} nothing until conversation, business and customer are named
 */
export function ownController(element, response) {
  const [id, business, customer, heard] = ["conversation-id", "business", "customer", "last-inbound-at"].map((name) => element.getAttribute(name));
  if (!id || !business || !customer) return;
  const providerAtMs = heard ? Date.parse(heard) : NaN;
  const known = Number.isNaN(providerAtMs) ? [] : [{ id: "last-inbound-at", kind: /** @type {const} */ ("text"), providerAtMs }];
  return createController({
    conversation: { id, business, customer: customer.startsWith("+") ? { phone: customer } : { bsuid: customer } },
    state: { version: 1, customer: known, refused: [], sent: [] },
    templates: element.templates,
    send: () => response() ?? Promise.reject(new Error("nobody answered template-send with respondWith")),
    wake: onResume,
  });
}
