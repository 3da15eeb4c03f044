// @ts-check
/** A desktop's own send may never answer. Nobody waits for it for ever; what it says afterwards still counts. */
/** @import { Timer } from "./types.js" */
import { ReplyWindowError } from "../engine/errors.js";

/** How long a send may take, if the host does not say. */
const SEND_MS = 30_000;

/** What a send says of itself after it was given up. @typedef {{ answer: unknown } | { error: unknown }} LateWord */

/** Nobody knows whether it was sent. */
export const noAnswer = () => new ReplyWindowError("outcome-unknown", "no answer came in time; whether it was sent is not known");

/** @typedef {{ timer: Timer, sendTimeoutMs?: number }} SendTime */

/** @param {SendTime} settings @param {() => void} ring @returns {() => void} ends it */
export function sendAlarm({ timer, sendTimeoutMs = SEND_MS }, ring) {
  const alarm = timer.set(ring, sendTimeoutMs);
  return () => timer.clear(alarm);
}

/**
 * @template Answer
 * @param {SendTime} settings
 * @param {() => Answer | Promise<Answer>} send
 * @param {(word: LateWord) => void} late is told what comes after the time
 * @returns {Promise<Answer>} rejects with `outcome-unknown`, or as `send` does
 */
export function answerInTime(settings, send, late) {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const end = sendAlarm(settings, () => {
      isLate = true;
      reject(noAnswer());
    });
    new Promise((answered) => answered(send())).then(
      (answer) => (end(), isLate ? late({ answer }) : resolve(/** @type {Answer} */ (answer))),
      (error) => (end(), isLate ? late({ error }) : reject(error)),
    );
  });
}
