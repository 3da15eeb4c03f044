// @ts-check
/**
 * What time it is at the service, with how far that may be wrong. Each answer tells it: its stamp was made between question and answer, so
 * half the way there and back is the bound. The narrowest of the last samples counts, and grows wider as the computer's own clock may drift.
 * Nothing is averaged. Where the computer slept, all samples are worth nothing.
 */

/** Samples that are remembered. */
const MAX_SAMPLES = 8;
/** How far a computer's clock may drift, as a share of the time that passed. */
const DRIFT = 50e-6;
/** Apart by more than this, the wall clock and the time that passed tell of a sleep, or of a clock that was set. */
const APART_MS = 1_000;

/** @typedef {{ leastMs: number, mostMs: number, tickMs: number }} Sample the service's time was between these, at that reading of the monotonic clock */
/** @typedef {{ atMs: number, boundMs: number }} ServerTime */

/** @param {{ now: () => number, monotonic: () => number }} clocks of this computer */
export const createServerTime = ({ now, monotonic }) => {
  /** @type {Sample[]} */
  let samples = [];
  let apartMs = now() - monotonic();
  /** @param {Sample} sample @param {number} tickMs @returns {{ leastMs: number, mostMs: number }} the same, now */
  const aged = ({ leastMs, mostMs, tickMs: then }, tickMs) => {
    const passed = Math.max(0, tickMs - then);
    return { leastMs: leastMs + passed * (1 - DRIFT), mostMs: mostMs + passed * (1 + DRIFT) };
  };
  const slept = () => {
    const apart = now() - monotonic();
    const has = Math.abs(apart - apartMs) > APART_MS;
    if (has) [samples, apartMs] = [[], apart];
    return has;
  };
  /** @returns {{ leastMs: number, mostMs: number } | undefined} */
  const narrowest = () => {
    const tickMs = monotonic();
    return samples.map((sample) => aged(sample, tickMs)).sort((a, b) => a.mostMs - a.leastMs - (b.mostMs - b.leastMs))[0];
  };
  return {
    /** The computer slept, or may have: what was known is forgotten. */
    forget() {
      samples = [];
      apartMs = now() - monotonic();
    },
    /**
     * @param {number} serverMs the stamp of an answer @param {number} askedMs monotonic, as the question left @param {number} answeredMs as the answer came
     * @returns {boolean} whether it was taken: an answer from before what is surely known was kept by somebody in between
     */
    sample(serverMs, askedMs, answeredMs) {
      slept();
      const sample = { leastMs: serverMs, mostMs: serverMs + (answeredMs - askedMs), tickMs: answeredMs };
      const known = narrowest();
      if (known && sample.mostMs < known.leastMs) return false;
      // Time there went on faster than it can: what was known is not true any more.
      if (known && sample.leastMs > known.mostMs) samples = [];
      samples = [...samples, sample].slice(-MAX_SAMPLES);
      return true;
    },
    /** @returns {ServerTime | undefined} `undefined` where nobody knows */
    read() {
      if (slept()) return undefined;
      const known = narrowest();
      return known && { atMs: Math.floor((known.leastMs + known.mostMs) / 2), boundMs: Math.ceil((known.mostMs - known.leastMs) / 2) };
    },
  };
};
