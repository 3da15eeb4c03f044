// @ts-check
/** Verdicts where the engine was not asked or cannot answer; every other comes from it. */
/** @import { Unknown, Verdict } from "../../src/wire/types.d.ts" */

/**
 * Something other than the window stops this one message.
 *
 * @param {string} reason stable code
 * @returns {Verdict}
 */
export const stopped = (reason) => ({ kind: "blocked", reason, leaves: "no", locksComposer: false, alternatives: [] });

/**
 * Nothing can be said of the window, because the engine does not answer. That does not lock the desktop's own box,
 * unless what is unknown is to block.
 *
 * @param {Unknown} unknown
 * @returns {Verdict}
 */
export function blindVerdict(unknown) {
  if (unknown === "block") return { ...stopped("window-unknown"), locksComposer: true };
  return { kind: "confirm", reason: "window-unknown", leaves: "with-confirmation", locksComposer: false, alternatives: ["template"] };
}

/**
 * Whether the sender may hand it over now: as it is, or with the tag that it said it can put on.
 *
 * @param {Pick<Verdict, "leaves">} verdict
 */
export const leavesNow = ({ leaves }) => leaves === "yes" || leaves === "with-tag";

/**
 * Whether a template may go out in place of what was judged.
 *
 * @param {Pick<Verdict, "alternatives">} verdict
 */
export const offersTemplate = ({ alternatives }) => alternatives.includes("template");
