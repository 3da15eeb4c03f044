// @ts-check
/** What the page shows of the counts: totals, days, minutes left, languages. */

/** @typedef {{ day: string, kind: string, label?: string, count: number }} Tally */
/** @typedef {{ fromDay: string, untilDay: string, tallies: Tally[] }} Tallies as the service answers */

/** What is drawn by day. */
export const BY_DAY = /** @type {const} */ (["send-blocked", "draft-rescued", "refused-while-open"]);

/** What stands above: also what is drawn by label. */
export const TOTALS = /** @type {const} */ ([...BY_DAY, "answered", "template-sent"]);

/** Minutes left, as the service groups them. */
export const BUCKETS = /** @type {const} */ (["0-5", "5-15", "15-60", "60-240", "240-720", "720-1440", "1440-"]);

/** Languages that are drawn; what is left is one bar. */
const MAX_LANGUAGES = 12;

const DAY_MS = 24 * 60 * 60 * 1000;

/** @param {readonly Tally[]} tallies @param {(tally: Tally) => string | undefined} nameOf @returns {Map<string, number>} */
const sums = (tallies, nameOf) => {
  const found = new Map();
  for (const tally of tallies) {
    const name = nameOf(tally);
    if (name !== undefined) found.set(name, (found.get(name) ?? 0) + tally.count);
  }
  return found;
};

/** @param {Tallies} told */
export const figuresOf = ({ fromDay, untilDay, tallies }) => {
  const days = Array.from({ length: (Date.parse(untilDay) - Date.parse(fromDay)) / DAY_MS + 1 }, (_, place) => new Date(Date.parse(fromDay) + place * DAY_MS).toISOString().slice(0, 10));
  const byDay = sums(tallies, ({ day, kind }) => `${day} ${kind}`);
  const total = sums(tallies, ({ kind }) => kind);
  const minutes = sums(tallies, ({ kind, label }) => (kind === "answered" ? label : undefined));
  const languages = [...sums(tallies, ({ kind, label }) => (kind === "template-sent" ? label : undefined))].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
  const others = languages.slice(MAX_LANGUAGES).reduce((sum, [, count]) => sum + count, 0);
  return {
    totals: TOTALS.map((kind) => ({ kind, count: total.get(kind) ?? 0 })),
    days: days.map((day) => ({ day, counts: BY_DAY.map((kind) => byDay.get(`${day} ${kind}`) ?? 0) })),
    minutes: BUCKETS.map((bucket) => ({ bucket, count: minutes.get(bucket) ?? 0 })),
    /** `undefined`: all further ones. */
    languages: [...languages.slice(0, MAX_LANGUAGES).map(([language, count]) => ({ language, count })), ...(others > 0 ? [{ language: undefined, count: others }] : [])],
  };
};

/** @typedef {ReturnType<typeof figuresOf>} Figures */
