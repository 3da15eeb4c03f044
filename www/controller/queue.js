// @ts-check
/**
 * A text that waits for the customer's answer, because the agent asked for it. Once the customer has answered the agent is asked; by
 * itself it goes out only where the host says `auto`, after an answer that an agent has seen and that nothing followed.
 */
/** @import { WindowState } from "../../src/wire/types.d.ts" */
/** @import { Conversation } from "./conversation.js" */
/** @import { ControllerOptions, CustomerAnswer, QueueState } from "./types.js" */
import { leavesNow } from "../engine/fallback-verdict.js";
import { readAnswer } from "../engine/template.js";

/** How long the agent can still call it back, once the answer has been seen. */
export const GRACE_MS = 10_000;
/** A timer that comes this late slept: nobody could have called it back. */
const LATE_MS = 2_000;

/** @param {Conversation} conversation that has been looked at */
const isAnswered = ({ state: { queued, view } }) => queued !== undefined && view !== undefined && leavesNow(view.verdict);

/** Whether a person is to read it before anything goes out. @param {string} text of the customer */
function asksToStop(text) {
  try {
    return readAnswer(text).asksToStop;
  } catch {
    return true;
  }
}

/** Nothing but words, and none that ask to stop: whatever else came is for the agent to read. @param {CustomerAnswer | undefined} answer */
const isPlain = (answer) => answer?.kind === "text" && typeof answer.text === "string" && !asksToStop(answer.text);

/**
 * Whether it is to go out now. A countdown that was slept through, or that the clock jumped over, ends for good.
 *
 * @param {Conversation} conversation that has been looked at
 */
export function isDue(conversation) {
  const { view, dueAtMs } = conversation.state;
  if (dueAtMs === undefined) return false;
  const lateMs = (view?.nowAtMs ?? 0) - dueAtMs;
  const isCounting = isAnswered(conversation) && lateMs <= LATE_MS && lateMs >= -GRACE_MS;
  if (!isCounting) conversation.holdQueued();
  return isCounting && lateMs >= 0;
}

/**
 * @param {Conversation} conversation of which a text waits
 * @param {boolean} isAuto whether it may go out by itself
 * @returns {QueueState}
 */
export function queueOf(conversation, isAuto) {
  const { dueAtMs, isHeld, answer } = conversation.state;
  if (!isAnswered(conversation)) return "waiting";
  if (dueAtMs !== undefined) return "due";
  return isAuto && !isHeld && isPlain(answer) ? "ready" : "ask";
}

/**
 * Whether the customer did something besides that no desktop shows as a message: a call, say. Of a message the desktop tells itself.
 *
 * @param {WindowState} told by a server
 * @param {WindowState | undefined} known
 */
export const bringsMore = ({ customer = [] }, known) => customer.some(({ id, kind }) => kind !== "text" && !known?.customer.some((one) => one.id === id));

/** Until it goes out, or the seconds left are fewer. @param {Conversation} conversation */
export function untilDueMs({ state: { view, dueAtMs } }) {
  if (dueAtMs === undefined || !view) return undefined;
  const left = Math.max(1, dueAtMs - view.nowAtMs);
  return left % 1000 || Math.min(left, 1000);
}

/**
 * Sends it the desktop's own way, which judges once more. What does not go out is a draft again. Of several tabs that hold the same
 * promise one sends it: its id was made when it was queued.
 *
 * @param {Conversation} conversation
 * @param {Pick<ControllerOptions, "sendText" | "tabs"> & import("./send-time.js").SendTime} settings
 * @param {() => void} changed
 * @param {typeof import("./hand-over.js").handOverText} handOverText which is there before this is
 */
export async function releaseQueued(conversation, settings, changed, handOverText) {
  const { tabs } = settings;
  const { text, sendId } = conversation.releaseQueued();
  changed();
  try {
    await alone(tabs === undefined ? undefined : `${tabs} ${sendId}`, () => handOverText(conversation, settings, { text, sendId }, changed));
  } catch {
    changed();
  }
}

/** Held until the page goes: what one tab sends, no other does. @type {Set<string>} */
const held = new Set();

/**
 * @param {string | undefined} name of the lock; without one this tab is alone
 * @param {() => Promise<void>} act
 */
async function alone(name, act) {
  const { locks } = globalThis.navigator ?? {};
  if (name === undefined || !locks || held.has(name)) return act();
  /** @type {Promise<boolean>} */
  const isOurs = new Promise((resolve, reject) => {
    locks.request(name, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      if (lock) held.add(name);
      return lock ? new Promise(() => {}) : undefined;
    }).catch(reject);
  });
  if (await isOurs) await act();
}
