// @ts-check
/** What was true last of each conversation that was shown: Dynamics' code may send to one that is shown no more. */
import { bareGuid } from "./own-objects.js";

/** @import { Unknown, Verdict } from "../../src/wire/types.d.ts" */

export class LastVerdicts {
  /** @type {Map<string, Verdict>} */
  #known = new Map();

  /** @param {string} id @param {Verdict} verdict */
  note(id, verdict) {
    this.#known.set(bareGuid(id), verdict);
  }

  /** Of a conversation that was never shown nothing is known here. @param {string} id @param {number} nowAtMs @param {Unknown} unknown */
  judge(id, nowAtMs, unknown) {
    const verdict = this.#known.get(bareGuid(id));
    if (verdict?.leaves === "no") return { leaves: false, reason: verdict.reason };
    const isOver = verdict?.validUntilAtMs !== undefined && verdict.validUntilAtMs <= nowAtMs;
    return isOver ? { leaves: false, reason: "window-expired" } : { leaves: unknown !== "block", reason: "window-unknown" };
  }
}
