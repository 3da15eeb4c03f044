// @ts-check
/** Numbers, times and sentences in the manner of a locale, whatever the words are. */

/** @typedef {import("./en.js").Catalogue} Catalogue */
/** @typedef {Record<string, string | number>} Slots */
/** @typedef {{ numberingSystem?: string, timeZone?: string, strings?: Catalogue, under?: Record<string, Catalogue> }} MessageOptions `under`: by language, what holds where no word says otherwise; it may still come */
/** @typedef {ReturnType<typeof messagesFrom>} Messages */

/** Encloses foreign text, so that its direction does not disturb the sentence around it. Never put it into a message. */
export const isolate = (/** @type {string} */ text) => `\u2068${text}\u2069`;

/**
 * Hosts and providers name locales, zones and numbering systems that the platform may not know: then the second.
 *
 * @template T
 * @param {() => T} make
 * @param {() => T} instead
 */
function either(make, instead) {
  try {
    return make();
  } catch {
    return instead();
  }
}

/**
 * A well-formed locale, or `en`. Providers write `pt_BR` for `pt-BR`.
 *
 * @param {string | undefined} tag
 */
export const toLocale = (tag) => either(() => new Intl.Locale((tag || "en").replaceAll("_", "-")), () => new Intl.Locale("en"));

/** The language of a tag. @param {string | undefined} tag */
export const languageOf = (tag) => toLocale(tag).language;

/**
 * The locale that is formatted with: a language we have words for, the Gregorian calendar, and one numbering system for
 * every number. A bare `ar` takes Western digits, because engines disagree about it; with a region the region decides.
 *
 * @param {Record<string, Catalogue>} words
 * @param {string | undefined} tag
 * @param {string | undefined} numberingSystem
 */
function pin(words, tag, numberingSystem) {
  const wanted = toLocale(tag);
  const locale = wanted.language in words ? wanted : toLocale("en");
  const system = numberingSystem || (locale.region
    ? new Intl.NumberFormat(locale).resolvedOptions().numberingSystem
    : "latn");
  const counting = (/** @type {string} */ numberingSystem) => new Intl.Locale(locale, { calendar: "gregory", numberingSystem });
  return either(() => counting(system), () => counting("latn"));
}

/**
 * @param {Intl.Locale | "en"} locale
 * @param {Intl.DateTimeFormatOptions} options
 * @param {string | undefined} timeZone an unknown one is ignored
 */
const dateFormat = (locale, options, timeZone) =>
  either(() => new Intl.DateTimeFormat(locale, { ...options, timeZone }), () => new Intl.DateTimeFormat(locale, options));

/** A day in words. @param {string} tag BCP 47 @param {string} day as `2026-11-28` */
export const dayInWords = (tag, day) => new Intl.DateTimeFormat(tag, { dateStyle: "long", calendar: "gregory", timeZone: "UTC" }).format(Date.parse(day));

/** @param {Catalogue} words @param {string} language @param {MessageOptions["under"]} under @returns {(key: string) => Catalogue[string] | undefined} */
const entries = (words, language, under) => (key) => words[key] ?? under?.[language]?.[key] ?? under?.en?.[key];

/**
 * Sentences, numbers and times in the manner of a locale, from these words. Nothing here is thrown for a tag, a zone or a system that is none: English,
 * the computer's zone and the locale's own digits take their place.
 *
 * @param {Record<string, Catalogue>} words by language, English among them
 * @param {string} [tag] BCP 47; a language without words reads as English
 * @param {MessageOptions} [options]
 * @returns `t(key, slots)`, and what is described where it stands below
 */
export function messagesFrom(words, tag, { numberingSystem, timeZone, strings, under } = {}) {
  const locale = pin(words, tag, numberingSystem);
  const entryOf = entries({ ...words[locale.language], ...strings }, locale.language, under);
  const plural = new Intl.PluralRules(locale);
  const number = new Intl.NumberFormat(locale);
  const clock = dateFormat(locale, { hour: "numeric", minute: "2-digit" }, timeZone);
  const date = dateFormat(locale, { day: "numeric", month: "short" }, timeZone);
  const day = dateFormat("en", { year: "numeric", month: "numeric", day: "numeric" }, timeZone);
  const names = new Intl.DisplayNames(locale, { type: "language" });
  /**
   * @param {string} key
   * @param {Slots} [slots]
   */
  const t = (key, slots = {}) => {
    const entry = entryOf(key) ?? key;
    const message = typeof entry === "string" ? entry : entry[plural.select(Number(slots.n))] ?? entry.other ?? key;
    return message.replace(/\{(\w+)\}/g, (_, name) => {
      const value = slots[name] ?? (Number.isNaN(+name) ? "" : +name);
      return typeof value === "number" ? number.format(value) : value;
    });
  };
  /** Whole days since 1970 on the wall calendar of the time zone. */
  const dayOf = (/** @type {number} */ atMs) => Date.parse(`${day.format(atMs)} UTC`) / 864e5;

  return {
    t,
    tag: locale.baseName,
    dir: /^(arc?|ckb|dv|fa|he|nqo|ps|sd|syr|ug|ur|yi)$/.test(locale.language) ? "rtl" : "ltr",
    /**
     * The sentence of a machine code, or the engine's own where there is none.
     *
     * @param {string} key
     * @param {string} fallback
     * @param {Slots} [slots]
     */
    say: (key, fallback, slots) => (entryOf(key) === undefined ? fallback : t(key, slots)),
    /** Several things in one sentence. @param {string[]} items */
    list: (items) => new Intl.ListFormat(locale.language).format(items),
    /** The time of day. @param {number} atMs */
    clock: (atMs) => clock.format(atMs),
    /** @param {number} value */
    number: (value) => number.format(value),
    /**
     * Name of a language as the provider writes it.
     *
     * @param {string} language
     */
    language: (language) => either(() => names.of(language.replaceAll("_", "-")) ?? language, () => language),
    /**
     * Time left, never more than there is: hours and minutes, minutes, and seconds in the last one if they are wanted.
     *
     * @param {number} ms
     * @param {boolean} [withSeconds]
     */
    duration: (ms, withSeconds = false) => {
      const minutes = Math.max(0, Math.floor(ms / 60_000));
      const hours = Math.floor(minutes / 60);
      if (minutes < 1) return withSeconds ? t("seconds", { n: Math.max(0, Math.floor(ms / 1000)) }) : t("moment");
      const rest = minutes % 60 || !hours ? t("minutes", { n: minutes % 60 }) : "";
      return !hours ? rest : rest ? t("join", { a: t("hours", { n: hours }), b: rest }) : t("hours", { n: hours });
    },
    /**
     * A time as the agent's wall clock shows it: `today 14:05`.
     *
     * @param {number} atMs
     * @param {number} nowMs
     */
    when: (atMs, nowMs) => {
      const key = { "-1": "yesterday", 0: "today", 1: "tomorrow" }[dayOf(atMs) - dayOf(nowMs)] ?? "on";
      return t(key, { time: clock.format(atMs), date: date.format(atMs) });
    },
  };
}
