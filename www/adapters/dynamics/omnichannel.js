// @ts-check
// What Dynamics' own objects offer: which conversation is in focus, when that changes, and the one method that sends.

import { ReplyWindowError } from "../../engine/errors.js";
import { inTime } from "./in-time.js";

/** @typedef {(conversationId: string | undefined) => { leaves: boolean, reason: string }} Judge */

const EVENTS = /** @type {const} */ (["ON_SESSION_SWITCH", "ON_SESSION_CLOSED"]);
/** Dynamics answers at once or not at all. */
const ANSWER_LIMIT_MS = 5_000;

/** @param {Window} page @returns {any} */
const microsoft = (page) => /** @type {any} */ (page).Microsoft;

/**
 * @param {Window} page
 * @returns {Promise<string | undefined>} as Dynamics writes it; nothing for a closed conversation, or where it does not answer
 */
export async function focusedConversation(page) {
  try {
    const answer = await inTime(microsoft(page)?.Omnichannel?.getConversationId?.(), ANSWER_LIMIT_MS);
    return typeof answer === "string" && answer ? answer : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {Window} page
 * @param {(event: typeof EVENTS[number]) => void} heard
 * @returns {{ topics: string[], end: () => void }} the topics that are listened to
 */
export function onSessions(page, heard) {
  /** @type {BroadcastChannel[]} */
  const channels = [];
  for (const event of EVENTS) {
    try {
      const topic = microsoft(page)?.Apm?.getEventPublisherTopic?.(event);
      if (typeof topic !== "string" || !topic) continue;
      const channel = new BroadcastChannel(topic);
      channel.onmessage = () => heard(event);
      channels.push(channel);
    } catch {
      // The self-test names what is missing.
    }
  }
  return { topics: channels.map(({ name }) => name), end: () => channels.forEach((channel) => channel.close()) };
}

/** What cannot be judged does not leave. @param {() => ReturnType<Judge>} judge @returns {ReturnType<Judge>} */
function judged(judge) {
  try {
    return judge();
  } catch {
    return { leaves: false, reason: "engine-failed" };
  }
}

/**
 * Puts a question in front of `sendMessageToConversation(…, false)`, which raises no event that a gate could hear. Text for the send box
 * passes.
 *
 * @param {Window} page
 * @param {Judge} judge
 * @returns {{ readonly isGuarded: boolean, end: () => void }} `isGuarded`: whether the object took it, and has it still
 */
export function guardSends(page, judge) {
  const target = microsoft(page)?.Omnichannel;
  const original = target?.sendMessageToConversation;
  if (typeof original !== "function") return { isGuarded: false, end: () => {} };
  /** @this {unknown} @param {[text?: string, toSendBox?: boolean, conversationId?: string]} given */
  async function guarded(...given) {
    const [, toSendBox = true, conversationId] = given;
    const { leaves, reason } = toSendBox ? { leaves: true, reason: "" } : judged(() => judge(conversationId));
    if (!leaves) throw new ReplyWindowError("send-blocked", `the message was not sent: ${reason}`);
    return original.apply(this, given);
  }
  try {
    target.sendMessageToConversation = guarded;
  } catch {
    // A frozen object throws in strict code, and stays as it is.
  }
  const isInPlace = () => microsoft(page)?.Omnichannel?.sendMessageToConversation === guarded;
  return {
    get isGuarded() { return isInPlace(); },
    end: () => void (isInPlace() && (target.sendMessageToConversation = original)),
  };
}
