// What all customers share: the days, a change of the clocks in the middle of them, processes with clocks of their own, outages.

/** @import { Random } from "./random.mjs" */

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Zones and the instants at which their clocks change (IANA time zone data, 2026): minutes ahead of UTC before and after. */
const CHANGES = [
  { zone: "Europe/Berlin, autumn", atMs: Date.UTC(2026, 9, 25, 1), before: 120, after: 60 },
  { zone: "Europe/Berlin, spring", atMs: Date.UTC(2026, 2, 29, 1), before: 60, after: 120 },
  { zone: "America/New_York, autumn", atMs: Date.UTC(2026, 10, 1, 6), before: -240, after: -300 },
  { zone: "America/New_York, spring", atMs: Date.UTC(2026, 2, 8, 7), before: -300, after: -240 },
];
export const WORLDS = CHANGES.length;

const PROCESSES = 4;
/** Lengths of the outages of all processes together, in each world. */
const OUTAGES_MS = [10 * MINUTE, 3 * HOUR, 6 * HOUR];

/** @typedef {{ fromMs: number, untilMs: number }} Span */

/** @param {readonly Span[]} spans @param {number} atMs */
export const spanAt = (spans, atMs) => spans.find(({ fromMs, untilMs }) => atMs >= fromMs && atMs < untilMs);

/** @param {Random} random @param {number} which @param {number} days */
export const makeWorld = (random, which, days) => {
  const { zone, atMs, before, after } = /** @type {typeof CHANGES[number]} */ (CHANGES[which % WORLDS]);
  const startMs = atMs - Math.floor(days / 2) * DAY - Math.floor(random.between(0, DAY));
  const outages = OUTAGES_MS.map((length) => {
    const fromMs = Math.floor(random.between(startMs, startMs + days * DAY - length));
    return { fromMs, untilMs: fromMs + length };
  });
  // Some milliseconds, and once in the days a clock that is set wrong, by up to three hours, until somebody looks.
  const processes = Array.from({ length: PROCESSES }, (_, place) => {
    const driftMs = random.around(250);
    const wrongMs = (random.happens(0.5) ? 1 : -1) * random.spread(2 * MINUTE, 3 * HOUR);
    const fromMs = place === 0 ? random.between(startMs, startMs + days * DAY - 4 * HOUR) : Infinity;
    return { errorAt: (/** @type {number} */ at) => driftMs + (at >= fromMs && at < fromMs + 3 * HOUR ? wrongMs : 0) };
  });
  return {
    zone, startMs, endMs: startMs + days * DAY, days, outages, processes,
    /** What a clock on the wall shows, as milliseconds that know no zone. @param {number} at */
    wallClock: (at) => at + (at < atMs ? before : after) * MINUTE,
  };
};

/** @typedef {ReturnType<typeof makeWorld>} World */
