// @ts-check
/** What a provider's refusal teaches: of the window, of the template, of the customer. The engine knows which. */
/** @import { Room } from "./conversations.js" */
import { assertString, options, toMs } from "../engine/check.js";
import { providerVerdict } from "../engine/message.js";
import { persistently } from "./error-info.js";

/** Refusals remembered of one customer, and of all together. */
const MOST_REFUSALS = 32;

/**
 * @param {Room} room
 * @param {{ code: number, templateId?: string, atMs: number }} refusal
 * @returns {boolean} whether the window is closed, whatever the clock says
 */
export function learn(room, { code, templateId, atMs }) {
  const { kind, concerns } = persistently(() => providerVerdict(code));
  const whose = concerns === "template" ? room.common : room;
  if (kind === "opted-out") room.optedOut = true;
  else if (templateId !== undefined) whose.refusals = [...whose.refusals, { id: templateId, code, atMs }].slice(-MOST_REFUSALS);
  return kind === "window-closed";
}

const KNOWN = /** @type {const} */ (["id", "at", "text", "code", "conversationId"]);

/** @param {unknown} refusal */
export function checkedRefusal(refusal) {
  const { id, at, text: words, code, conversationId } = options(refusal, KNOWN, "refusal");
  return {
    id, code,
    where: conversationId === undefined ? undefined : assertString(conversationId, "refusal.conversationId"),
    words: words === undefined ? undefined : assertString(words, "refusal.text"),
    // Later, so that whatever else is wrong with the refusal, the agent's words come back first.
    time: (/** @type {() => number} */ now) => (at === undefined ? { desktopAtMs: now() } : { providerAtMs: toMs(at, "refusal.at") }),
  };
}
