// @ts-check
// What an activity of Web Chat is to the reply window.
import { kindOfFile } from "../../engine/session.js";

/** @import { EventKind, RecordLog, WindowRecord } from "../../../src/wire/types.d.ts" */

/**
 * The part of a Bot Framework activity that is read here.
 *
 * @typedef {object} Activity
 * @property {string} [id]
 * @property {string} [type]
 * @property {string} [text]
 * @property {string} [timestamp] ISO 8601, set by the service
 * @property {{ id?: string, role?: string, name?: string }} [from]
 * @property {{ contentType?: string, contentUrl?: string, name?: string }[]} [attachments]
 * @property {Record<PropertyKey, any>} [channelData]
 */

/**
 * Web Chat normalises roles: `user` is this desktop (the echo of what the agent sent included), `bot` is the other side,
 * `channel` is nobody.
 *
 * @param {Activity} activity
 */
export function isFromOtherSide(activity) {
  return activity.from?.role === "bot";
}

/**
 * What the desktop says of an activity's kind; of nothing else is it asked.
 *
 * @typedef {(activity: Activity) => EventKind | undefined} KindOf
 */

/**
 * The record of a customer's message; nothing for anything that is not a message.
 *
 * The service's time stamp counts as the receipt at our server: it is what the desktop was told, not what the provider signed.
 *
 * @param {Activity} activity
 * @param {() => number} now
 * @param {KindOf} [told]
 * @returns {(WindowRecord & { log: RecordLog }) | undefined}
 */
export function recordOf(activity, now, told) {
  if (activity.type !== "message" || !activity.id) return undefined;
  const receiptAtMs = Date.parse(activity.timestamp ?? "");
  const time = Number.isFinite(receiptAtMs) ? { receiptAtMs } : { desktopAtMs: Math.trunc(now()) };
  return { log: "customer", id: activity.id, kind: told?.(activity) ?? kindOf(activity), ...time };
}

/**
 * A message, or a card of the Bot Framework, is a text; of a file the media type tells.
 *
 * @param {Activity} activity
 * @returns {EventKind}
 */
function kindOf({ attachments = [] }) {
  const type = attachments[0]?.contentType;
  if (!type || type.startsWith("application/vnd.microsoft.")) return "text";
  try {
    return kindOfFile(type);
  } catch {
    return "document"; // without an engine the customer's message is recorded all the same
  }
}
