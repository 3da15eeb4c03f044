// @ts-check
/**
 * Whether somebody received all the time. A heartbeat stands in the store, written by every process; where it is old, nobody received, or
 * the store took nothing. What was missed is then read from Twilio's Messages resource. While a gap is open, silence says nothing.
 */
import { policyFor } from "../engine/on-server.js";
import { codeOf } from "../server/code-of.js";
import { backfill } from "../server/twilio/history.js";

/**
 * @import { SharedStore } from "../stores/port.js"
 * @import { TwilioClient } from "../server/twilio/client.js"
 * @import { Count, LogEntry } from "./parts.js"
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
 * @property {SharedStore} store
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

/** Finds a gap, and says that we are here; the gap first, so that it is not lost with this process. @param {HeartbeatOptions} options @param {number} atMs @returns {Promise<number | undefined>} since when, while one is open */
const beat = async ({ store, log, numbers = [] }, atMs) => {
  const last = instantIn(await store.note(BEAT));
  let gap = instantIn(await store.note(GAP));
  if (last !== undefined && last - atMs > GAP_MS) log({ event: "clock-suspect", aheadMs: last - atMs });
  if (last === undefined || atMs - last > GAP_MS) {
    const from = last ?? atMs - (policyFor("whatsapp").lengthMs ?? 0);
    gap = Math.min(gap ?? from, from);
    await store.setNote(GAP, String(gap));
    log({ event: "gap", sinceMs: gap, numbers: numbers.length });
  }
  await store.setNote(BEAT, String(atMs));
  return gap;
};

/** Closes a gap, at most one try in a minute. @param {HeartbeatOptions} options @returns {(gapMs: number, atMs: number) => Promise<boolean>} whether it is closed */
const mender = (options) => {
  const { store, log, counted } = options;
  let triedMs = -Infinity;
  return async (gapMs, atMs) => {
    if (atMs - triedMs < AGAIN_MS) return false;
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

/** @param {HeartbeatOptions} options */
export const createHeartbeat = (options) => {
  const { store, now, log, numbers = [] } = options;
  const mend = mender(options);
  /** @type {Map<string, number>} */
  const observed = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let [isWhole, lastBeatMs, isStopped] = [false, now(), false];
  const tick = async () => {
    try {
      const atMs = now();
      const gap = await beat(options, atMs);
      lastBeatMs = atMs;
      isWhole = gap === undefined || (await mend(gap, atMs));
      for (const business of numbers) {
        const since = instantIn(await store.note(observedNote(business)));
        if (since !== undefined) observed.set(business, since);
      }
    } catch (error) {
      isWhole = false;
      log({ event: "heartbeat-failed", code: codeOf(error) });
    }
  };
  const run = async () => {
    await tick();
    if (!isStopped) timer = setTimeout(run, BEAT_MS);
  };
  return {
    start: run,
    tick,
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
    /** Since when all events of an address of ours were seen. @param {string} business @returns {number | undefined} */
    observedSince: (business) => (isWhole ? observed.get(business) : undefined),
    ageSeconds: () => Math.max(0, (now() - lastBeatMs) / 1000),
  };
};
