// @ts-check
/** A text that goes out when the customer answers, because the agent asked for it; and only then. */
/** @import { Conversation } from "./conversation.js" */
/** @import { ControllerOptions, QueueState } from "./types.js" */
import { leavesNow, offersTemplate } from "../engine/fallback-verdict.js";
import { failureOf } from "./failure.js";
import { messageIdOf } from "./receipt.js";

/** How long the agent can still call it back once the window is open. */
export const GRACE_MS = 10_000;

/**
 * Sets or clears the instant at which it goes out. After a sleep it waits anew: nobody could have called it back.
 *
 * @param {Conversation} conversation that has been looked at
 * @returns {boolean} whether it is to go out now
 */
export function isDue(conversation) {
  const { view, queued, dueAtMs = -Infinity } = conversation.state;
  const isOpen = queued !== undefined && view !== undefined && leavesNow(view.verdict);
  const nowAtMs = view?.nowAtMs ?? 0;
  const waits = Math.abs(nowAtMs - dueAtMs) <= GRACE_MS;
  if (!isOpen) conversation.setDue(undefined);
  else if (!waits) conversation.setDue(nowAtMs + GRACE_MS);
  return isOpen && waits && nowAtMs >= dueAtMs;
}

/**
 * @param {Conversation} conversation
 * @param {boolean} canSend whether there is a way for texts
 * @returns {QueueState | undefined}
 */
export function queueOf({ state: { queued, dueAtMs, draft, view } }, canSend) {
  if (queued !== undefined) return dueAtMs === undefined ? "waiting" : "due";
  const isLocked = view?.verdict.locksComposer && offersTemplate(view.verdict);
  return canSend && draft.trim() && isLocked ? "offered" : undefined;
}

/** @param {Conversation} conversation */
export const untilDueMs = ({ state: { view, dueAtMs } }) => (dueAtMs === undefined || !view ? undefined : Math.max(1, dueAtMs - view.nowAtMs));

/**
 * Sends it the desktop's own way, which judges once more. What does not go out is a draft again.
 *
 * @param {Conversation} conversation
 * @param {ControllerOptions["sendText"]} send
 * @param {() => void} changed
 */
export async function releaseQueued(conversation, send, changed) {
  const { text, sendId } = conversation.releaseQueued();
  changed();
  try {
    conversation.sentText(messageIdOf(await send?.({ text, conversationId: conversation.id, sendId })));
  } catch (error) {
    conversation.failText(sendId, failureOf(error), text);
    changed();
  }
}
