// @ts-check
/** What a provider's refusal teaches: of the window, of the template, of the customer. The engine knows which. */
/** @import { Room } from "./conversations.js" */
import { assertString, options, toMs } from "../engine/check.js";
import { explainProviderError } from "../engine/provider-error.js";
import { persistently } from "./error-info.js";

/** Refusals remembered of one customer, and of all together. */
const MOST_REFUSALS = 32;

/**
 * @param {Room} room
 * @param {{ code: number, templateId?: string, atMs: number }} refusal
 * @returns {boolean} whether the window is closed, whatever the clock says
 */
export function learn(room, { code, templateId, atMs }) {
  const { concerns, template, window } = persistently(() => explainProviderError({ code }));
  const whose = concerns === "template" ? room.common : room;
  if (template.kind === "marketing-stopped") room.optedOut = true;
  else if (template.kind !== "unchanged" && templateId !== undefined) whose.refusals = [...whose.refusals, { id: templateId, code, atMs }].slice(-MOST_REFUSALS);
  return window === "closes";
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
