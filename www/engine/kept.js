// @ts-check
/**
 * What stores ask of many windows at once, as texts (`src/wire/kept.rs`). A window is the text of its parts: lines that were packed, or the JSON
 * of a state.
 *
 * @import { Channel, Policy, WindowState } from "../../src/wire/types.d.ts"
 */
import { server } from "./modules/server.js";

/** Characters that cross at once, one window at least: the engine's memory does not grow with a batch. */
const MAX_CROSSING = 1 << 17;

/** @template Answer @param {readonly string[]} windows @param {(text: string) => Iterable<Answer>} ask @returns {Answer[]} */
const inSlices = (windows, ask) => {
  /** @type {Answer[]} */
  const answers = [];
  for (let at = 0, end = 0; at < windows.length; at = end) {
    let length = 0;
    do length += windows[end++]?.length ?? 0;
    while (end < windows.length && length + (windows[end]?.length ?? 0) <= MAX_CROSSING);
    for (const answer of ask(windows.slice(at, end).join("\f"))) answers.push(answer);
  }
  return answers;
};

/** What is known of one window. @param {readonly string[]} parts */
export const partsOf = (parts) => parts.join("\v");

/** The lines that a store keeps. @param {readonly string[]} windows @returns {string[]} @throws {import("./errors.js").ReplyWindowError} as `mergeStates`; `unsupported-version` */
export const packStates = (windows) => inSlices(windows, (text) => server.apply("packStates", text).split("\f"));

/** @param {readonly string[]} windows @returns {WindowState[]} @throws {import("./errors.js").ReplyWindowError} as `packStates` */
export const unpackStates = (windows) => inSlices(windows, (text) => JSON.parse(server.apply("unpackStates", text)));

/**
 * When each closes; NaN for one that is not open then.
 *
 * @param {readonly string[]} windows
 * @param {{ nowAtMs: number, policy?: Policy, channel?: Channel }} question
 * @returns {number[]}
 * @throws {import("./errors.js").ReplyWindowError} as `packStates`; `unknown-name`, `bad-policy`
 */
export const closingTimes = (windows, question) => {
  const asked = JSON.stringify(question);
  return inSlices(windows, (text) => server.apply("closingTimes", text, asked));
};
