// @ts-check
/** @import { Address } from "../../src/wire/types.d.ts" */
import { assertString } from "./check.js";
import { page } from "./modules/page.js";

/**
 * Reads a customer's or a business's address: a phone number, a business-scoped user id or a group, with or without a
 * channel prefix such as `whatsapp:`. A text that is none of them is an answer of kind `unknown`, not an error.
 *
 * @param {string} address
 * @returns {Address} positions count UTF-16 units from 0
 * @throws {import("./errors.js").ReplyWindowError} `wrong-type` where it is no string
 * @example
 * parseAddress("whatsapp:+14155238886"); // { kind: "phone", phone: "+14155238886", channel: "whatsapp" }
 */
export function parseAddress(address) {
  return page.call("parseAddress", { text: assertString(address, "address") });
}
