// @ts-check
/**
 * What is spoken, and when: at 60, 15 and 5 minutes, at the end, and when the customer answers. Ticks are silent.
 *
 * @import { Snapshot } from "../../controller/types.js"
 * @import { Messages } from "../../i18n/messages.js"
 */

import { offersTemplate } from "../../engine/fallback-verdict.js";

const MARKS_MS = [60, 15, 5].map((minutes) => minutes * 60_000);
/** A mark is seen this late at most, while nobody sleeps. */
const LATE_MS = 2_000;

/** What is left to do where free text is locked. @param {Snapshot["verdict"]} verdict */
export const todo = (verdict) => (offersTemplate(verdict) ? "do.template" : "do.wait");

/** Whether a window is open, soon closing or not. */
export const runs = (/** @type {Snapshot} */ { status }) => status.isOpen;

/**
 * Tells the sentence for a change, if there is one. A mark counts only where it is crossed while the window is open, once
 * for each countdown; after a sleep that crossed several the time that is really left is told, once.
 *
 * @param {Messages} m
 */
export function announcer(m) {
  let told = Infinity;
  return (/** @type {Snapshot} */ now, /** @type {Snapshot | undefined} */ before) => {
    if (before?.conversation.id !== now.conversation.id) told = Infinity;
    if (!before || before.conversation.id !== now.conversation.id) return;
    if ((now.status.closesAtMs ?? 0) > (before.status.closesAtMs ?? 0)) told = Infinity;
    if (!runs(now)) return runs(before) && now.status.kind === "closed" ? `${m.t("announce.closed")} ${m.t(todo(now.verdict))}` : undefined;
    if (!runs(before)) return before.status.kind === "closed" ? m.t("reopened") : undefined;
    const left = now.remainingMs ?? Infinity;
    const was = before.remainingMs ?? Infinity;
    const crossed = MARKS_MS.findLast((mark) => was > mark && left <= mark);
    if (crossed === undefined || crossed >= told) return;
    told = crossed;
    // Under a minute, as after a sleep, a minute would not be true.
    if (left < 60_000 - LATE_MS) return `${m.t("window")}: ${m.t("left", { time: m.duration(left, true) })}`;
    return m.t("announce.closing", { n: Math.floor((left + LATE_MS) / 60_000) });
  };
}
