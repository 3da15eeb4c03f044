// @ts-check
/** What is shown of a conversation. */
/** @import { Conversation } from "./conversation.js" */
/** @import { View } from "./conversation-state.js" */
/** @import { Preferences, QueueState, Snapshot } from "./types.js" */
import { remainingMs } from "./clock.js";

/**
 * @param {Conversation} conversation that has been looked at
 * @param {Preferences} preferences
 * @param {QueueState | undefined} queue
 * @param {boolean} directSend
 * @returns {Snapshot}
 */
export function snapshotOf({ state }, preferences, queue, directSend) {
  const { info: conversation, draft, question, available: templates, sending, notice, lost, files, undelivered } = state;
  const { status, verdict, nowAtMs, clock, error: blind } = /** @type {View} */ (state.view);
  const left = remainingMs(status, nowAtMs);
  const error = blind ?? state.error;
  return Object.freeze({
    conversation, status, verdict, nowAtMs, draft, templates, sending, preferences, lost, files, undelivered,
    ...(left === undefined ? {} : { remainingMs: left }),
    ...(question === undefined ? {} : { question }),
    ...(error === undefined ? {} : { error }),
    ...(clock === undefined ? {} : { clock }),
    ...(queue === undefined ? {} : { queue }),
    ...(state.answer === undefined ? {} : { answer: state.answer }),
    ...(state.dueAtMs === undefined ? {} : { dueInMs: Math.max(0, state.dueAtMs - nowAtMs) }),
    ...(directSend ? { directSend } : {}),
    ...(notice === undefined ? {} : { notice }),
    ...(state.arrived === undefined ? {} : { arrived: state.arrived }),
  });
}
