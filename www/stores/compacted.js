// @ts-check
import { compactState } from "../engine/on-server.js";

/** @import { WindowState } from "../../src/wire/types.d.ts" */

/** Keys of one window: a customer has a number, an old one, a few ids. What links more is no customer, and no evidence is lost for it. */
export const MAX_KEYS = 64;

/** More records than this in one map of a window, and the state is compacted to the latest 64 of each. */
const COMPACT_ABOVE = 256;

/** Whether it may stay as it is. @param {WindowState} state */
export const isSmall = ({ customer, refused, sent, thread, marketing }) =>
  customer.length <= COMPACT_ABOVE && refused.length <= COMPACT_ABOVE && sent.length <= COMPACT_ABOVE && (thread?.length ?? 0) <= COMPACT_ABOVE && (marketing?.length ?? 0) <= COMPACT_ABOVE;

/** @param {WindowState} state */
export const compacted = (state) => (isSmall(state) ? state : compactState(state));
