// @ts-check
// The actions of Web Chat's store that send something, and what they carry.

/** @import { OtherVerdict } from "../../engine/fallback-verdict.js" */
/** @import { Activity } from "./activity.js" */

/**
 * @typedef {{ type: string, payload?: any, meta?: any }} Action
 * @typedef {{ resolve(receipt: { id: string, atMs?: number }): void, reject(cause: Error): void, posted: boolean }} Sending
 */

export const POST = "DIRECT_LINE/POST_ACTIVITY";

/** Where each route keeps the text that would be lost. All the others end in the last one. */
export const ROUTES = /** @type {Record<string, (payload: any, state: any) => unknown>} */ ({
  "WEB_CHAT/SUBMIT_SEND_BOX": (_, state) => state.sendBoxValue,
  "WEB_CHAT/SEND_MESSAGE": (payload) => payload?.text,
  "WEB_CHAT/SEND_MESSAGE_BACK": (payload) => payload?.displayText ?? payload?.text,
  "WEB_CHAT/SEND_POST_BACK": (payload) => payload?.value,
  "WEB_CHAT/SEND_FILES": () => undefined,
  [POST]: (payload) => payload?.activity?.text,
});

/** Activities that no customer receives as a message, unless they carry a text. Whatever is not named here is treated as one. */
const SILENT = new Set(["typing", "event", "conversationUpdate", "endOfConversation", "trace"]);

/** A channel's bot may pass on the text of whatever kind of activity it is handed. @param {Activity | undefined} activity */
export const isSilent = (activity) => activity !== undefined && SILENT.has(String(activity.type)) && !(typeof activity.text === "string" && activity.text.trim());

/** Marks the sends made here. Nobody else can name it, and it does not leave the page. */
export const OURS = Symbol("reply-window");
/** Marks a text with the agent's yes to it, in the same way. */
export const CONFIRMED = Symbol("reply-window-confirmed");

/** @param {Action} action @returns {Record<PropertyKey, any> | undefined} */
export function dataOf({ payload }) {
  return (payload?.activity ?? payload)?.channelData;
}

/** @param {Action} action @returns {Sending | undefined} */
export function sendingOf(action) {
  return dataOf(action)?.[OURS];
}

/**
 * A template that Web Chat would post once more by itself: its values are the form's to hand over.
 *
 * @param {Action} action
 */
export function isTemplateAgain(action) {
  return action.type === POST && dataOf(action)?.replyWindow?.kind === "template" && (sendingOf(action)?.posted ?? true);
}

/**
 * What `postActivity` finds in `channelData.replyWindow`: the id of the send, and the tag with which alone it may leave.
 *
 * @param {Action} action
 * @param {{ tag?: string | undefined, sendId?: string | undefined }} more
 * @returns {Action}
 */
export function marked(action, { tag, sendId }) {
  if (action.type !== POST || tag === undefined && sendId === undefined) return action;
  const { activity } = action.payload;
  const replyWindow = { kind: "text", ...activity.channelData?.replyWindow, ...(sendId !== undefined && { sendId }), ...(tag !== undefined && { tag }) };
  return { ...action, payload: { ...action.payload, activity: { ...activity, channelData: { ...activity.channelData, replyWindow } } } };
}

/**
 * What is known of a file. Files come as such, or with Web Chat's own wrapping; one without kind or size cannot be judged.
 *
 * @param {any} file
 */
export function attachmentOf(file) {
  const { type, size, name } = file?.blob ?? file ?? {};
  return typeof size === "number" && typeof type === "string" && type ? [{ contentType: type, size, ...(name && { filename: String(name) }) }] : [];
}

/** @param {Activity} activity */
export function receiptOf(activity) {
  const atMs = Date.parse(activity.timestamp ?? "");
  return { id: activity.id ?? "", ...(Number.isFinite(atMs) ? { atMs } : {}) };
}

/** A fault of the host must not take Web Chat's store down with it. @template T @param {() => T} call */
export function quietly(call) {
  try {
    return call();
  } catch (cause) {
    globalThis.reportError?.(cause);
    return undefined;
  }
}
