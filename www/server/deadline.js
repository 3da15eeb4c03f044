// @ts-check
/** A provider waits so long for an answer and no longer: what hangs is told by a code, and holds nothing up. */
import { fault } from "../engine/fault.js";

/** @import { VerifiedWebhook } from "../engine/webhook.js" */

/** What a webhook is waiting for. @typedef {"store" | "handler"} Stage */

/** @typedef {{ messagingMs?: number, conversationsMs?: number }} Deadlines default: 14,500 and 4,500 */

/** Twilio waits 15 s for an answer to a message's webhook, and 5 s for one of Conversations; a little of it is the way. */
export const DEADLINES = { messagingMs: 14_500, conversationsMs: 4_500 };

/**
 * @param {{ deadlines: Required<Deadlines> }} options
 * @param {VerifiedWebhook} webhook
 * @returns {number}
 */
export const deadlineOf = ({ deadlines: { messagingMs, conversationsMs } }, { inbound }) =>
  (inbound.source === "twilio-conversations" ? conversationsMs : messagingMs);

/**
 * The time that the other side takes counts, not that in which this process was too busy to read its answer: when the time is up,
 * whatever has come by then is read first.
 *
 * @template Answer
 * @param {number} ms
 * @param {(enter: (stage: Stage) => void) => Promise<Answer>} work tells what it is waiting for; first the store
 * @returns {Promise<Answer>}
 * @throws {import("../engine/errors.js").ReplyWindowError} rejects with `store-timed-out`, `handler-timed-out`
 */
export const inTime = (ms, work) => new Promise((resolve, reject) => {
  /** @type {Stage} */
  let stage = "store";
  const end = () => reject(fault(`${stage}-timed-out`, stage, "it did not answer in time"));
  // Timers come before what arrived; a second one comes after it.
  let timer = setTimeout(() => (timer = setTimeout(end, 0)), ms);
  work((entered) => (stage = entered)).then(resolve, reject).finally(() => clearTimeout(timer));
});

/** A host's log must not take a webhook down with it. @param {(line: string) => unknown} log @returns {(line: string) => void} */
export const contained = (log) => (line) => {
  new Promise((resolve) => resolve(log(line))).catch(() => {});
};
