// @ts-check
import { compactState } from "../engine/on-server.js";

/** @import { WindowState } from "../../src/wire/types.d.ts" */

/** More records than this in one map of a window, and the state is compacted to the latest 64 of each. */
const COMPACT_ABOVE = 256;

/** @param {WindowState} state */
export const compacted = (state) =>
  Math.max(state.customer.length, state.refused.length, state.sent.length) > COMPACT_ABOVE ? compactState(state) : state;
