// @ts-check
/** A text that goes out when the customer answers, because the agent asked for it; and only then. */
/** @import { ControllerOptions, QueueState } from "./port.js" */
/** @import { Room, Rooms } from "./conversations.js" */
import { withReturned } from "./drafts.js";
import { troubleOf } from "./error-info.js";

/** How long the agent can still call it back once the window is open. */
export const GRACE_MS = 10_000;

/**
 * Sets or clears the instant at which it goes out. After a sleep it waits anew: nobody could have called it back.
 *
 * @param {Room} room that has been looked at
 * @returns {boolean} whether it is to go out now
 */
export function isDue(room) {
  const { view, queued, dueAtMs = -Infinity } = room;
  const isOpen = queued !== undefined && view?.verdict.kind === "allowed";
  const nowAtMs = view?.nowAtMs ?? 0;
  const waits = Math.abs(nowAtMs - dueAtMs) <= GRACE_MS;
  if (!isOpen) room.dueAtMs = undefined;
  else if (!waits) room.dueAtMs = nowAtMs + GRACE_MS;
  return isOpen && waits && nowAtMs >= dueAtMs;
}

/**
 * @param {Room} room
 * @param {boolean} canSend whether there is a way for texts
 * @returns {QueueState | undefined}
 */
export function queueOf({ queued, dueAtMs, draft, view }, canSend) {
  if (queued !== undefined) return dueAtMs === undefined ? "waiting" : "due";
  return canSend && draft.trim() && view?.verdict.kind === "template-only" ? "offered" : undefined;
}

/** @param {Room} room */
export const untilDueMs = ({ view, dueAtMs }) => (dueAtMs === undefined || !view ? undefined : Math.max(1, dueAtMs - view.nowAtMs));

/**
 * Sends it the desktop's own way, which judges once more. What does not go out is a draft again.
 *
 * @param {Room} room
 * @param {Rooms} rooms
 * @param {ControllerOptions["sendText"]} send
 * @param {() => void} changed
 */
export async function release(room, rooms, send, changed) {
  const { conversation: { id: conversationId }, queued = "" } = room;
  room.dueAtMs = undefined;
  rooms.keepDraft(conversationId, "");
  changed();
  try {
    await send?.({ text: queued, conversationId });
  } catch (error) {
    room.error = troubleOf(error, "send-failed");
    rooms.keepDraft(conversationId, withReturned(room.draft, queued));
    changed();
  }
}
