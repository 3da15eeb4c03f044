// @ts-check
/** What is shown of a room, and what of it has changed. */
/** @import { Preferences, QueueState, Snapshot } from "./port.js" */
/** @import { Room, View } from "./conversations.js" */
import { deepFrozen } from "./conversations.js";
import { remainingMs } from "./clock.js";
import { troubleOf } from "./error-info.js";

/**
 * The view when nothing can be said of the window. That does not lock the desktop's own box, unless it is to be strict.
 *
 * @param {unknown} error
 * @param {boolean} strict
 * @returns {View}
 */
export function blindView(error, strict) {
  const verdict = { kind: strict ? "blocked" : "confirm", reason: "window-unknown" };
  const status = { kind: "unknown", reason: "no-evidence", ignored: [] };
  const trouble = troubleOf(error, "engine-failed");
  return deepFrozen(/** @type {View} */ ({ status, verdict, nowAtMs: Date.now(), trouble }));
}

/**
 * Puts a new view in place. What says the same as before stays the same object.
 *
 * @param {Room} room
 * @param {View} view
 */
export function show(room, view) {
  const before = room.view;
  room.view = before && same(before, view) ? { ...before, nowAtMs: view.nowAtMs } : view;
  const isOpen = view.status.kind === "open" || view.status.kind === "closing";
  if (!isOpen) room.notice = undefined;
  else if (before?.status.kind === "closed") room.notice = "reopened";
}

/**
 * @param {View} a
 * @param {View} b
 */
function same({ nowAtMs: _a, ...a }, { nowAtMs: _b, ...b }) {
  return JSON.stringify(a) === JSON.stringify(b);
}

/**
 * @param {Room} room that has been looked at
 * @param {Preferences} preferences
 * @param {QueueState | undefined} queue
 * @returns {Snapshot}
 */
export function snapshotOf({ conversation, view, draft, offer, sending, notice, error: failure }, preferences, queue) {
  const { status, verdict, nowAtMs, trouble } = /** @type {View} */ (view);
  const left = remainingMs(status, nowAtMs);
  const error = trouble ?? failure;
  return Object.freeze({
    conversation, status, verdict, nowAtMs, draft, templates: offer, sending, preferences,
    ...(left === undefined ? {} : { remainingMs: left }),
    ...(error === undefined ? {} : { error }),
    ...(queue === undefined ? {} : { queue }),
    ...(notice === undefined ? {} : { notice }),
  });
}
