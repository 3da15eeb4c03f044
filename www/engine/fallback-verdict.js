// @ts-check
/** Verdicts where the engine was not asked or cannot answer; every other comes from it. */
/** @import { Unknown, Verdict } from "../../src/wire/types.d.ts" */

/**
 * A verdict whose reason need not be one of the engine's.
 *
 * @template {string} [Reason=string]
 * @typedef {Omit<Verdict, "reason"> & { reason: Reason }} OtherVerdict
 */

/**
 * Something other than the window stops this one message.
 *
 * @template {string} Reason
 * @param {Reason} reason stable code
 * @returns {OtherVerdict<Reason>}
 */
export const stopped = (reason) => ({ kind: "blocked", reason, leaves: "no", locksComposer: false, alternatives: [] });

/** This one message leaves if the agent says yes. @template {string} Reason @param {Reason} reason stable code @returns {OtherVerdict<Reason>} */
export const asked = (reason) => ({ ...stopped(reason), kind: "confirm", leaves: "with-confirmation" });

/**
 * Nothing can be said of the window, because the engine does not answer (then nothing leaves by whoever asks), or because
 * it could not be asked. That does not lock the desktop's own box, unless what is unknown is to block.
 *
 * @param {Unknown} unknown
 * @param {"window-unknown" | "engine-unavailable" | "engine-failed"} [reason]
 * @returns {Verdict}
 */
export function blindVerdict(unknown, reason = "window-unknown") {
  if (reason !== "window-unknown" || unknown === "block") return { ...stopped(reason), locksComposer: unknown === "block" };
  return { ...asked(reason), alternatives: ["template"] };
}

/**
 * Whether somebody else's box is left as it is, because nobody can judge what is in it: that is to be told.
 *
 * @param {Pick<OtherVerdict, "reason" | "locksComposer">} verdict
 */
export const isUnguarded = ({ reason, locksComposer }) => reason === "engine-unavailable" && !locksComposer;

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
