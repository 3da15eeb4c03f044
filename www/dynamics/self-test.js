// @ts-check
/** Looks step by step whether everything is in its place, and names what is not: then the page says so, and the adapter only accompanies. */

/** @import { DynamicsComposer } from "../adapters/dynamics/index.js" */
/** @import { Problem } from "../adapters/dynamics/reader.js" */
/** @import { EngineKind } from "./engine.js" */
/** @typedef {"starting" | "lock" | "companion" | "unguarded"} Mode */
/** @typedef {{ name: string, isDone: boolean, detail?: string }} Step */

/**
 * @param {{ isCompanion: boolean, page: Window, composer: DynamicsComposer, isGuarded: boolean, topics: readonly string[], engine: EngineKind, problems: readonly Problem[], code: string }} found
 * @returns {{ mode: Mode, reason?: string, steps: Step[] }}
 */
export function selfTest({ isCompanion, page, composer, isGuarded, topics, engine, problems, code }) {
  const { frames, shown } = composer;
  const globals = /** @type {any} */ (page);
  /** @type {Step[]} */
  const steps = [
    { name: "engine", isDone: engine !== "none", detail: engine },
    { name: "Xrm.WebApi", isDone: Boolean(globals.Xrm?.WebApi) },
    { name: "Microsoft.Omnichannel", isDone: Boolean(globals.Microsoft?.Omnichannel?.getConversationId) },
    { name: "session events", isDone: topics.length > 0 },
    { name: "sendMessageToConversation guarded", isDone: isGuarded },
    { name: "side panel", isDone: frames.isFound },
    { name: "conversation control", isDone: frames.documents.length > 0 && frames.foreign.length === 0 },
    { name: "customer's box", isDone: shown.box !== undefined },
    { name: "conversation", isDone: composer.identity !== "unidentified", ...(code ? { detail: code } : {}) },
    ...problems.map((problem) => ({ name: problem.table, isDone: false, detail: problem.code })),
  ];
  const { mode, reason } = modeOf(composer, engine);
  if (isCompanion && mode !== "unguarded") return { mode: "companion", reason: "step.companion-page", steps };
  return { mode, ...(reason ? { reason } : {}), steps };
}

/** @param {DynamicsComposer} composer @param {EngineKind} engine @returns {{ mode: Mode, reason?: string }} */
function modeOf({ frames, shown }, engine) {
  if (engine === "none") return { mode: "unguarded" };
  if (shown.box) return { mode: "lock" };
  if (frames.foreign.length > 0) return { mode: "companion", reason: "step.other-origin" };
  return { mode: "starting", reason: frames.isFound ? "step.box-missing" : "step.frame-missing" };
}
