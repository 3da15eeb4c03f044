// @ts-check
/**
 * What stores ask of many windows at once, as texts (`src/wire/kept.rs`). A window is the text of its parts: lines that were packed, or the JSON
 * of a state.
 *
 * @import { Channel, Policy, WindowState } from "../../src/wire/types.d.ts"
 */
import { server } from "./modules/server.js";
import { inSlices } from "./slices.js";

/** What is known of one window. @param {readonly string[]} parts */
export const partsOf = (parts) => parts.join("\v");

/** The lines that a store keeps. @param {readonly string[]} windows @returns {string[]} @throws {import("./errors.js").ReplyWindowError} as `mergeStates`; `unsupported-version` */
export const packStates = (windows) => inSlices(windows, (slice) => server.apply("packStates", slice.join("\f")).split("\f")).flat();

/** @param {readonly string[]} windows @returns {WindowState[]} @throws {import("./errors.js").ReplyWindowError} as `packStates` */
export const unpackStates = (windows) => inSlices(windows, (slice) => JSON.parse(server.apply("unpackStates", slice.join("\f")))).flat();

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
  return inSlices(windows, (slice) => [...server.apply("closingTimes", slice.join("\f"), asked)]).flat();
};
