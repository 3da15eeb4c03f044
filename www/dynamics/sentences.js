// @ts-check
/** What has to be said of the conversation that is shown, besides how its window stands. */
import { isLowerBound } from "../engine/dataverse.js";

/** @import { WindowStatus } from "../../src/wire/types.d.ts" */
/** @import { Problem } from "../adapters/dynamics/reader.js" */
/** @import { Carried } from "./carried-draft.js" */
/** @import { Settings } from "./settings.js" */
/** @import { wordsFor } from "./words.js" */

/** Whether a template could go out at all: found out before an agent has filled in a form. @param {Settings} settings @param {boolean} isTest */
const wayOf = ({ send, sendUrl, outbound }, isTest) => (outbound ? (outbound.testedOn || isTest ? "" : "outbound-off") : send || sendUrl ? "" : "no-way");

/**
 * @param {ReturnType<typeof wordsFor>} say
 * @param {{ settings: Settings, status: WindowStatus, code: string, problems: readonly Problem[], hasEngine: boolean, tellsFocus: boolean, takenOver: Carried | undefined,
 *   isHanded: boolean, isTest: boolean }} found
 * @returns {string[]}
 */
export function sentencesOf(say, { settings, status, code, problems, hasEngine, tellsFocus, takenOver, isHanded, isTest }) {
  const tables = problems.map((problem) => `${problem.table} ${problem.code}`.trim()).join(", ");
  const way = wayOf(settings, isTest);
  const day = new Date(settings.now?.() ?? Date.now()).toISOString().slice(0, 10);
  return [
    status.kind === "closed" && hasEngine && isLowerBound(status) && say("lower-bound"),
    code && say("unidentified", { code }),
    !tellsFocus && say("unidentified", { code: say("step.dynamics-missing") }),
    takenOver && say(takenOver.isPromised ? "taken-over.promised" : "taken-over"),
    status.kind !== "open" && way && say(way),
    isTest && (isHanded ? say("tested", { day }) : say("test")),
    isHanded && !isTest && say("handed"),
    tables && say("not-read", { tables }),
  ].filter((sentence) => typeof sentence === "string" && sentence !== "").map(String);
}
