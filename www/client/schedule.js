// @ts-check
/** Everything that is to happen later, by one timer. */
import { LONGEST_WAIT_MS, createAlarm } from "../controller/clock.js";

/** A timer that is this late says that the computer slept, also where no clock tells it (Windows). */
const LATE_MS = 2_000;

/**
 * @template {string} Name
 * @param {{ timer: import("../controller/types.js").Timer, monotonic: () => number, late: () => void, run: (name: Name) => void }} parts
 */
export const createSchedule = ({ timer, monotonic, late, run }) => {
  /** When each is due, by the monotonic clock. @type {Map<Name, number>} */
  const due = new Map();
  let expectedMs = Infinity;
  const ring = () => {
    const nowMs = monotonic();
    const isLate = nowMs - expectedMs > LATE_MS;
    if (isLate) late();
    for (const [name, atMs] of [...due]) {
      if (atMs > nowMs) continue;
      due.delete(name);
      run(name);
    }
    arm();
  };
  const alarm = createAlarm(timer, ring);
  const arm = () => {
    const waits = [...due.values()].map((atMs) => Math.min(LONGEST_WAIT_MS, Math.max(1, Math.ceil(atMs - monotonic()))));
    expectedMs = waits.length === 0 ? Infinity : monotonic() + Math.min(...waits);
    alarm(waits);
  };
  return {
    /** @param {Name} name @param {number} [inMs] not at all without it */
    set(name, inMs) {
      if (inMs === undefined) due.delete(name);
      else due.set(name, monotonic() + inMs);
      arm();
    },
    has: (/** @type {Name} */ name) => due.has(name),
    clear() {
      due.clear();
      arm();
    },
  };
};
