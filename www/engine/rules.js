// @ts-check
/** What the rules rest on. All of them stand in the server's module alone. */
/** @import { RulesList } from "../../src/wire/types.d.ts" */
import { server } from "./modules/server.js";

/**
 * Every row of the rules, with its source, the day on which it was compared with that, and since when it holds.
 *
 * @returns {RulesList} `asOf`: no row was compared with its source longer ago
 * @throws {ReplyWindowError} `engine-unavailable`, `engine-crashed`
 * @example
 * console.info(`reply-window: rules as of ${rulesAsOf().asOf}`);
 */
export function rulesAsOf() {
  return server.call("listRules", {});
}
