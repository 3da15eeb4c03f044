// Why a message was lost, or a window that was open was taken for closed.

import { LENGTH_MS, isTrulyOpen, lastOf } from "./customer.mjs";
import { MINUTE, SECOND } from "./world.mjs";

/**
 * @import { Attempt, Message } from "./customer.mjs"
 * @import { Answer } from "./rules.mjs"
 */

/** Evidence that came so late, and clocks that were so wrong, are nobody's rule's fault. */
const LIMIT_MS = MINUTE;

export const LOST = /** @type {const} */ (["own fault", "open, and refused", "a clock wrong", "provider's queue", "told late"]);
export const CLOSED = /** @type {const} */ (["own fault", "margin", "refused while open", "a clock wrong", "told late", "lost, not yet read", "service away"]);

/** @param {Attempt} attempt @param {readonly Message[]} messages @returns {"delivered" | "refused"} */
export const outcomeOf = ({ atMs, queueMs, business, refusesOpen }, messages) => (isTrulyOpen(messages, business, atMs + queueMs) && !refusesOpen ? "delivered" : "refused");

/** Of a message that the rule let out and the provider refused. @param {Attempt} attempt @param {Answer} answer @param {readonly Message[]} messages @returns {typeof LOST[number]} */
export const causeOfLoss = ({ atMs, queueMs, business }, { basis, clockMs }, messages) => {
  if (isTrulyOpen(messages, business, atMs + queueMs)) return "open, and refused";
  if (isTrulyOpen(messages, business, atMs)) return "provider's queue";
  if (clockMs >= LIMIT_MS) return "a clock wrong";
  if (basis && !basis.isDated && basis.seenMs - basis.eventMs > LIMIT_MS) return "told late";
  return "own fault";
};

/**
 * Of a window that was open and that the rule took for closed.
 *
 * @param {Attempt} attempt @param {Answer} answer @param {readonly Message[]} messages @param {ReadonlySet<string>} heard ids that arrived @param {ReadonlySet<string>} coming ids that arrive later
 * @returns {typeof CLOSED[number]}
 */
export const causeOfClosing = ({ atMs, business, desk }, { clockMs, reason }, messages, heard, coming) => {
  if (reason === "unreachable") return "service away";
  if (reason === "refused") return "refused while open";
  const last = /** @type {Message} */ (lastOf(messages, business, atMs));
  if (last.atMs + LENGTH_MS - atMs <= LIMIT_MS + desk.boundMs + SECOND && heard.has(last.id)) return "margin";
  if (!heard.has(last.id)) return coming.has(last.id) ? "told late" : "lost, not yet read";
  return clockMs >= LIMIT_MS ? "a clock wrong" : "own fault";
};
