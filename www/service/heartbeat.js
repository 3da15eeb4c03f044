// @ts-check
/**
 * Whether somebody received all the time. A heartbeat stands in the store, written by every process; where it is old, nobody received, or
 * the store took nothing. Since when it was written last is a gap as well where a process starts, however soon, and from the first webhook on that was
 * not recorded. What was missed is then read from Twilio's Messages resource. While a gap is open, silence says nothing.
 */
import { policyFor } from "../engine/on-server.js";
import { codeOf } from "../server/code-of.js";
import { backfill } from "../server/twilio/history.js";
import { createLooks } from "./looks.js";

/**
 * @import { SharedStore } from "../stores/port.js"
 * @import { TwilioClient } from "../server/twilio/client.js"
 * @import { Count } from "./metrics.js"
 * @import { LogEntry } from "./parts.js"
 */

const BEAT_MS = 10_000;
/** Older than this, nobody was there. */
const GAP_MS = 60_000;
/** A provider's list may lag behind, and clocks differ. */
const MARGIN_MS = 5 * 60_000;
/** Between two tries to heal a gap. */
const AGAIN_MS = 60_000;

const [BEAT, GAP] = ["heartbeat", "gap"];
/** @param {string} business */
const observedNote = (business) => `observed:${business}`;

/** @param {string | undefined} text @returns {number | undefined} */
const instantIn = (text) => (text === undefined || text === "" || !Number.isFinite(Number(text)) ? undefined : Number(text));

/**
 * @typedef {object} HeartbeatOptions
 * @property {Pick<SharedStore, "note" | "setNote" | "read" | "merge">} store
 * @property {() => number} now
 * @property {(entry: LogEntry) => void} log
 * @property {Count} counted
 * @property {TwilioClient} [client]
 * @property {readonly string[]} [numbers]
 */

/**
 * Reads what was missed, for each number. What is older than a window is long says nothing.
 *
 * @param {HeartbeatOptions} options @param {number} gapMs @param {number} atMs
 */
const heal = async ({ store, now, client, numbers = [] }, gapMs, atMs) => {
  if (!client || numbers.length === 0) {
    // Nobody can be asked: silence counts from now on.
    for (const business of numbers) await store.setNote(observedNote(business), String(atMs));
    return { outcome: "not-healed", messages: 0 };
  }
  const longest = (policyFor("whatsapp").lengthMs ?? 0) + MARGIN_MS;
  const since = Math.max(gapMs - MARGIN_MS, atMs - longest);
  let messages = 0;
  for (const business of numbers) {
    messages += (await backfill({ client, store, business, since, now })).messages;
    const observed = instantIn(await store.note(observedNote(business)));
    if (observed === undefined || since > gapMs) await store.setNote(observedNote(business), String(since));
  }
  return { outcome: "healed", messages };
};

/** What this process knows of itself: since when webhooks were lost (`Infinity`: none were), and that it has just begun. @typedef {{ lostMs: number, isNew: boolean }} Own */

/**
 * Since when something may have been missed; `Infinity` where nothing was. A heartbeat of a clock that was ahead says nothing of when it was written.
 *
 * @param {HeartbeatOptions} options @param {number | undefined} last @param {number} atMs @param {Own} own
 */
const missedSince = ({ client }, last, atMs, { lostMs, isNew }) => {
  // Where nobody can be asked, a short pause of all processes would only make silence say nothing.
  const mayBe = isNew && client ? 0 : GAP_MS;
  const isAhead = last !== undefined && last - atMs > GAP_MS;
  if (last === undefined || (isAhead && isNew)) return Math.min(lostMs, atMs - (policyFor("whatsapp").lengthMs ?? 0));
  return atMs - last > mayBe ? Math.min(lostMs, last) : lostMs;
};

/** Finds a gap, and says that we are here; the gap first, so that it is not lost with this process. @param {HeartbeatOptions} options @param {number} atMs @param {Own} own @returns {Promise<number | undefined>} since when, while one is open */
const beat = async (options, atMs, own) => {
  const { store, log, numbers = [] } = options;
  const last = instantIn(await store.note(BEAT));
  const known = instantIn(await store.note(GAP));
  if (last !== undefined && last - atMs > GAP_MS) log({ event: "clock-suspect", aheadMs: last - atMs });
  const gap = Math.min(known ?? Infinity, missedSince(options, last, atMs, own));
  if (gap !== (known ?? Infinity)) {
    await store.setNote(GAP, String(gap));
    // A store that was never written to has missed nothing that it had before.
    log({ event: last === undefined ? "first-start" : "gap", sinceMs: gap, numbers: numbers.length });
  }
  await store.setNote(BEAT, String(atMs));
  return Number.isFinite(gap) ? gap : undefined;
};

/** Closes a gap, at most one try in a minute. @param {HeartbeatOptions} options @returns {(gapMs: number, atMs: number) => Promise<boolean>} whether it is closed */
const mender = (options) => {
  const { store, log, counted } = options;
  let triedMs = -Infinity;
  return async (gapMs, atMs) => {
    // A clock that was set back puts no try off.
    if (Math.abs(atMs - triedMs) < AGAIN_MS) return false;
    triedMs = atMs;
    try {
      const { outcome, messages } = await heal(options, gapMs, atMs);
      await store.setNote(GAP, "");
      triedMs = -Infinity;
      counted({ outcome });
      log({ event: "gap-closed", outcome, messages, lengthMs: atMs - gapMs });
      return true;
    } catch (error) {
      counted({ outcome: "failed" });
      log({ event: "gap-stays", code: codeOf(error) });
      return false;
    }
  };
};

/** What one process knows of the gaps, from one beat to the next. @param {HeartbeatOptions} options */
const createBeating = (options) => {
  const { store, now, log, numbers = [] } = options;
  const mend = mender(options);
  /** @type {Map<string, number>} */
  const observed = new Map();
  /** @type {Own} */
  let own = { lostMs: Infinity, isNew: false };
  let [isWhole, lastBeatMs] = [false, now()];
  /** @param {Own} mine @returns {Promise<boolean>} whether no gap is open */
  const beatOnce = async (mine) => {
    const atMs = now();
    const gap = await beat(options, atMs, mine);
    [lastBeatMs, mine.isNew] = [atMs, false];
    // Not only afterwards: mending takes as long as the provider does.
    isWhole &&= gap === undefined;
    if (gap !== undefined && !(await mend(gap, atMs))) return false;
    mine.lostMs = Infinity;
    for (const business of numbers) {
      const since = instantIn(await store.note(observedNote(business)));
      if (since !== undefined) observed.set(business, since);
    }
    return true;
  };
  return {
    async tick() {
      const mine = own;
      // What is lost from here on is not mended yet.
      own = { lostMs: Infinity, isNew: false };
      const isMended = await beatOnce(mine).catch((error) => log({ event: "heartbeat-failed", code: codeOf(error) }));
      own = { lostMs: Math.min(own.lostMs, mine.lostMs), isNew: mine.isNew };
      isWhole = isMended === true && own.lostMs === Infinity;
    },
    begins: () => void (own.isNew = true),
    /** A webhook was not recorded, and its provider may not send it again. */
    lost() {
      own.lostMs = Math.min(own.lostMs, now());
      isWhole = false;
    },
    /** Since when all events of an address of ours were seen. @param {string} business @returns {number | undefined} */
    observedSince: (business) => (isWhole && now() - lastBeatMs <= GAP_MS ? observed.get(business) : undefined),
    ageSeconds: () => Math.max(0, (now() - lastBeatMs) / 1000),
  };
};

/** @param {HeartbeatOptions} options */
export const createHeartbeat = (options) => {
  const { begins, tick, ...beating } = createBeating(options);
  const looks = createLooks(tick, BEAT_MS);
  return {
    ...beating, tick,
    start() {
      begins();
      return looks.start();
    },
    stop: looks.stop,
  };
};
