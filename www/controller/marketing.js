// @ts-check
/** What the customer's words, a refusal or the desktop say of marketing. What counts of it the engine says: `status.marketing`. */
/** @import { RecordLog, WindowRecord } from "../../src/wire/types.d.ts" */
/** @import { RefusalMeaning } from "./conversation-state.js" */
/** @import { Conversation, CustomerAnswer } from "./types.js" */
import { choosing } from "./fetch-choosing.js";

/** @typedef {WindowRecord & { log: RecordLog }} MarketingRecord */

/** @param {"opt-out" | "opt-in"} kind @param {NonNullable<WindowRecord["toldBy"]>} toldBy @param {string} id @param {number} desktopAtMs @returns {MarketingRecord} */
const told = (kind, toldBy, id, desktopAtMs) => ({ id, log: "marketing", kind, toldBy, desktopAtMs });

/** @param {CustomerAnswer} answer @param {number} atMs @returns {MarketingRecord | undefined} where it is nothing but a word for it */
export function ofAnswer({ kind, text }, atMs) {
  const word = (kind === "text" || kind === "button") && text !== undefined && choosing()?.readAnswer(text).marketing;
  return word ? told(word === "stopped" ? "opt-out" : "opt-in", "words", `words@${atMs}`, atMs) : undefined;
}

/** @param {RefusalMeaning} meaning @param {string} id of the message @param {number} atMs @returns {MarketingRecord | undefined} */
export const ofRefusal = ({ template }, id, atMs) => (template.kind === "marketing-stopped" ? told("opt-out", "refusal", id, atMs) : undefined);

/** The desktop took its word back: that counts more than an old refusal. @param {Conversation | undefined} was @param {Conversation} info @param {number} atMs */
export const ofDesktop = (was, info, atMs) =>
  was && Boolean(was.optedOutOfMarketing) !== Boolean(info.optedOutOfMarketing) && !info.optedOutOfMarketing ? told("opt-in", "desktop", `desktop@${atMs}`, atMs) : undefined;
