// @ts-check

/** The demo's clock: real time plus an offset that only grows. The stand-in, the middleware and the page follow it. */

/** Ten years: enough for every demonstration, far from the end of what a date can hold. */
const MAX_OFFSET_MS = 10 * 366 * 86_400_000;

/**
 * @param {{ now?: () => number }} [options] `now`: real time in UTC milliseconds
 */
export const createClock = ({ now = Date.now } = {}) => {
  let offset = 0;
  /** @type {Set<(nowAtMs: number) => void>} */
  const listeners = new Set();
  return {
    now: () => now() + offset,

    /**
     * Jumps forward. A clock that ran backwards would only confuse everybody about what they see.
     *
     * @param {number} ms a positive number
     * @returns {boolean} false: nothing changed
     */
    advance(ms) {
      if (!(ms > 0) || offset + ms > MAX_OFFSET_MS) return false;
      offset += Math.floor(ms);
      for (const listener of listeners) listener(now() + offset);
      return true;
    },

    /** @param {(nowAtMs: number) => void} listener @returns {() => void} */
    onJump(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

/** @typedef {ReturnType<typeof createClock>} Clock */
