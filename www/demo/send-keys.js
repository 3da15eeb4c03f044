// @ts-check
/** One key, one message: what was sent under a key is not sent again. */

/** @typedef {{ id: string, atMs: number }} Receipt */

/** Keys remembered. */
const MAX_KEYS = 10_000;

export const createSendKeys = () => {
  /** @type {Map<string, "sending" | "unknown" | Receipt>} */
  const known = new Map();
  return {
    /** @param {string} key @returns {"sending" | "unknown" | Receipt | undefined} what became of it; nothing: it is new, and taken from now on */
    take(key) {
      const found = known.get(key);
      if (found !== undefined) return found;
      known.set(key, "sending");
      const [oldest] = known.keys();
      if (known.size > MAX_KEYS && oldest !== undefined) known.delete(oldest);
      return undefined;
    },
    /** @param {string} key @param {"unknown" | Receipt | undefined} outcome nothing: it surely did not leave, and may be tried again */
    settle(key, outcome) {
      if (outcome === undefined) known.delete(key);
      else known.set(key, outcome);
    },
  };
};

/** @typedef {ReturnType<typeof createSendKeys>} SendKeys */
