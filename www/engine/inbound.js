// @ts-check
/** What webhooks say. */
/** @import { Identity, Inbound } from "../../src/wire/types.d.ts" */
/** @import { Time } from "./check.js" */
import { assertString, options, toMs } from "./check.js";
import { fault } from "./fault.js";
import { plain, plainObject } from "./plain.js";
import { webhooks } from "./modules/webhooks.js";

/**
 * What a webhook says, without asking who sent it: for payloads that were verified elsewhere or come from a provider's
 * own client library.
 *
 * @param {readonly { name: string, value: string }[] | object} payload the parameters of a form, or parsed JSON
 * @param {{ receivedAt?: Time, business?: string, customer?: Identity }} [given] `receivedAt`: when it came in (without
 *   it, payloads that carry no time yield a problem instead of an event); `business`, `customer`: for payloads that do
 *   not name them
 * @returns {Inbound}
 * @throws {import("./errors.js").ReplyWindowError} a `ReadingErrorCode`; a `TimeErrorCode` for `receivedAt`
 * @example
 * const { events } = parseInbound(parameters, { receivedAt: Date.now() });
 */
export function parseInbound(payload, given = {}) {
  const { receivedAt, business, customer } = options(given, ["receivedAt", "business", "customer"]);
  if (typeof payload !== "object" || payload === null) {
    throw fault("wrong-type", "payload", "expected the parameters of a form, or an object");
  }
  const told = plain(payload, "payload");
  /** @type {Record<string, unknown>} */
  const input = Array.isArray(told) ? { parameters: told } : { payload: told };
  if (receivedAt !== undefined) input.receiptAtMs = toMs(receivedAt, "receivedAt");
  if (business !== undefined) input.business = assertString(business, "business");
  if (customer !== undefined) input.customer = plainObject(customer, "customer");
  return webhooks.call("parseInbound", input);
}
