// @ts-check
/** Looks step by step whether everything is in its place, and names what is not: then the page says so, and the adapter only accompanies. */

/** @import { DynamicsComposer } from "../adapters/dynamics/index.js" */
/** @import { Problem } from "../adapters/dynamics/reader.js" */
/** @import { Unknown } from "../../src/wire/types.d.ts" */
/** @import { EngineKind } from "./engine.js" */
/** @import { OwnObjects } from "./own-objects.js" */
/** @typedef {"starting" | "lock" | "companion" | "unguarded" | "held"} Mode */
/** @typedef {{ name: string, isDone: boolean, detail?: string }} Step */

/** For this long a conversation may be in focus without a box that can be locked: Dynamics draws it in its own time. */
const BOX_LIMIT_MS = 8_000;

/** Whether what should be on the page has been waited for long enough. */
export class Missing {
  #now;
  /** @type {number | undefined} */
  #sinceMs;

  /** @param {() => number} [now] monotonic, in milliseconds */
  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  /** @param {boolean} isMissing now */
  note(isMissing) {
    this.#sinceMs = isMissing ? this.#sinceMs ?? this.#now() : undefined;
  }

  get isGivenUp() {
    return this.#sinceMs !== undefined && this.#now() - this.#sinceMs >= BOX_LIMIT_MS;
  }
}

/**
 * @param {{ isCompanion: boolean, page: Window, composer: DynamicsComposer, objects: OwnObjects, engine: EngineKind, problems: readonly Problem[], code: string, unknown: Unknown | undefined,
 *   isGivenUp: boolean }} found `isGivenUp`: the box has been waited for long enough
 * @returns {{ mode: Mode, reason?: string, steps: Step[] }}
 */
export function selfTest({ isCompanion, page, composer, objects, engine, problems, code, unknown, isGivenUp }) {
  const { frames, shown } = composer;
  /** @type {Step[]} */
  const steps = [
    { name: "engine", isDone: engine !== "none", detail: engine },
    { name: "Xrm.WebApi", isDone: Boolean(/** @type {any} */ (page).Xrm?.WebApi) },
    { name: "Microsoft.Omnichannel", isDone: objects.tellsFocus },
    { name: "session events", isDone: objects.topics.length > 0 },
    { name: "sendMessageToConversation guarded", isDone: objects.isGuarded },
    { name: "side panel", isDone: frames.isFound },
    { name: "conversation control", isDone: frames.documents.length > 0 && frames.foreign.length === 0 },
    { name: "customer's box", isDone: shown.box !== undefined },
    ...(composer.isLineGuarded === undefined ? [] : [{ name: "second lock", isDone: composer.isLineGuarded }]),
    { name: "conversation", isDone: composer.identity !== "unidentified", ...(code ? { detail: code } : {}) },
    ...problems.map((problem) => ({ name: problem.table, isDone: false, detail: problem.code })),
  ];
  const { mode, reason } = engine === "none" ? { mode: /** @type {Mode} */ (unknown === "block" && !isCompanion ? "held" : "unguarded") } : modeOf(composer, isGivenUp);
  if (isCompanion && mode !== "unguarded") return { mode: "companion", reason: "step.companion-page", steps };
  return { mode, ...(reason ? { reason } : {}), steps };
}

/** @param {DynamicsComposer} composer @param {boolean} isGivenUp @returns {{ mode: Mode, reason?: string }} */
function modeOf({ frames, shown, isDictating }, isGivenUp) {
  if (shown.box || isDictating) return { mode: "lock" };
  if (frames.foreign.length > 0) return { mode: "companion", reason: "step.other-origin" };
  return { mode: isGivenUp ? "companion" : "starting", reason: frames.isFound ? "step.box-missing" : "step.frame-missing" };
}
