// @ts-check
import { compactState } from "../engine/on-server.js";

/** @import { WindowState } from "../../src/wire/types.d.ts" */

/** Keys of one window: a customer has a number, an old one, a few ids. What links more is no customer, and no evidence is lost for it. */
export const MAX_KEYS = 64;

/** More records than this in one map of a window, and the state is compacted to the latest 64 of each. */
const COMPACT_ABOVE = 256;

/** @param {WindowState} state */
export const compacted = (state) =>
  Math.max(state.customer.length, state.refused.length, state.sent.length, state.thread?.length ?? 0, state.marketing?.length ?? 0) > COMPACT_ABOVE ? compactState(state) : state;
