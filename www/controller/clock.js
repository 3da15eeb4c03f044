// @ts-check
/** What time it is, and when to look again. Nothing is counted down: each wake-up derives everything from the clock. */
/** @import { WindowStatus } from "../../src/wire/types.d.ts" */
import { toMs } from "../engine/check.js";

const MINUTE_MS = 60_000;
const SECOND_MS = 1000;

/** `setTimeout` fires at once for more than 2^31 - 1 ms; a longer wait is cut short and armed again. */
export const LONGEST_WAIT_MS = 2 ** 30;

/**
 * A corrected clock may well give fractions.
 *
 * @param {() => number} now
 * @returns {() => number} whole ms since 1970
 */
export const wholeClock = (now) => () => toMs(Math.floor(now()), "now");

/**
 * Time left until the window closes.
 *
 * @param {WindowStatus} status
 * @param {number} nowAtMs
 * @returns {number | undefined} ms, above 0; `undefined` where the window is not open or never closes
 */
export function remainingMs({ isOpen, closesAtMs }, nowAtMs) {
  if (closesAtMs === undefined || !isOpen) return undefined;
  return Math.max(0, closesAtMs - nowAtMs);
}

/**
 * How long to wait before looking again: until the status changes, or the whole minutes left do; in the last minute,
 * until the whole seconds left do.
 *
 * @param {WindowStatus} status as it is at `nowAtMs`
 * @param {number} nowAtMs
 * @returns {number | undefined} ms, 1 to 2^30; `undefined` where nothing changes by itself
 */
export function nextWakeMs(status, nowAtMs) {
  const waits = [];
  if (status.nextChangeAtMs !== undefined) waits.push(status.nextChangeAtMs - nowAtMs);
  const left = remainingMs(status, nowAtMs);
  if (left !== undefined) waits.push(untilLess(left, left > MINUTE_MS ? MINUTE_MS : SECOND_MS));
  if (waits.length === 0) return undefined;
  return Math.min(LONGEST_WAIT_MS, Math.max(1, Math.min(...waits)));
}

/**
 * Until fewer whole units are left: one millisecond past the edge, at which both rounding up and rounding down agree.
 *
 * @param {number} left
 * @param {number} unit
 */
function untilLess(left, unit) {
  return (left % unit) + 1;
}

/**
 * One timer, for the first of several waits.
 *
 * @param {import("./types.js").Timer} timer
 * @param {() => void} ring
 * @returns {(waits: number[]) => void} sets it anew; without a wait it rests
 */
export function createAlarm(timer, ring) {
  /** @type {unknown} */
  let alarm;
  return (waits) => {
    if (alarm !== undefined) timer.clear(alarm);
    alarm = waits.length === 0 ? undefined : timer.set(() => {
      alarm = undefined;
      ring();
    }, Math.min(...waits));
  };
}
