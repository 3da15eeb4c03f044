// @ts-check
/**
 * Windows that are about to close are told of: on the streams of every process, and by one webhook of ours over all processes, once for
 * each window and threshold. Which process sends it is agreed in the store, by the memory in which a signed request is accepted once.
 */
import { textDigest } from "../engine/on-server.js";
import { businessOf, channelOf } from "../stores/closing.js";
import { fault } from "../engine/fault.js";
import { secretBytes, signedHeaders } from "./standard-webhooks.js";
import { createLooks } from "./looks.js";

/**
 * @import { Parts, ServiceOptions } from "./parts.js"
 * @import { ClosingWindow } from "../stores/port.js"
 */

const LOOK_MS = 15_000;
const PAGE = 500;
const MAX_TOLD = 100_000;
/** Tries of one webhook, and the pause before the second; each further one is twice as long. */
const [TRIES, PAUSE_MS] = [5, 1_000];
const ANSWER_MS = 15_000;

/** @typedef {{ id: string, keys: string[], business: string, channel: string | undefined, closesAtMs: number, thresholdMs: number }} Reminder */

/** @param {{ url: string, secret: string, fetch?: typeof globalThis.fetch }} target @param {Pick<Parts, "now" | "log" | "metrics">} parts */
const sender = ({ url, secret, fetch = globalThis.fetch }, { now, log, metrics }) => {
  const key = secretBytes(secret);
  /** @param {Reminder} reminder */
  return async ({ id, ...data }) => {
    const body = JSON.stringify({ type: "window.closing", timestamp: new Date(now()).toISOString(), data });
    for (let tries = 1; tries <= TRIES; tries += 1) {
      if (tries > 1) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * 2 ** (tries - 2)));
      const headers = await signedHeaders(key, { id, atMs: now(), body });
      // A redirect is no delivery.
      const response = await fetch(url, { method: "POST", headers, body, redirect: "manual", signal: AbortSignal.timeout(ANSWER_MS) }).catch(() => undefined);
      await response?.body?.cancel();
      if (response?.ok) return metrics.reminders({ outcome: "delivered" });
    }
    metrics.reminders({ outcome: "failed" });
    log({ event: "reminder-failed", id });
  };
};

/** Those that this process told its own streams. */
const createTold = () => {
  /** @type {Set<string>} */
  const told = new Set();
  return (/** @type {string} */ id) => {
    if (told.has(id)) return true;
    told.add(id);
    const [oldest] = told;
    if (told.size > MAX_TOLD && oldest !== undefined) told.delete(oldest);
    return false;
  };
};

/** @param {Parts} parts @param {number} fromMs @param {number} untilMs @returns {AsyncGenerator<ClosingWindow, void>} */
const closingIn = async function* ({ store }, fromMs, untilMs) {
  /** @type {string | undefined} */
  let after;
  do {
    const page = await store.closing({ fromMs, untilMs, limit: PAGE, ...(after === undefined ? {} : { after }) });
    yield* page.windows;
    after = page.next;
  } while (after !== undefined);
};

/** @param {ServiceOptions["reminders"]} given */
const thresholdsIn = (given) => {
  const thresholds = [...(given?.thresholdsMs ?? [])].sort((a, b) => a - b);
  if (given && !(thresholds.length > 0 && thresholds.every((ms) => Number.isInteger(ms) && ms > 0))) throw fault("wrong-type", "reminders.thresholdsMs", "expected whole milliseconds above 0");
  if (given && (given.url === undefined) !== (given.secret === undefined)) throw fault("missing-field", "reminders", "`url` and `secret` belong together");
  return thresholds;
};

/**
 * @param {Parts} parts
 * @param {Pick<ServiceOptions, "reminders">} options
 * @param {(reminder: Reminder) => void} [tell] the streams of this process
 */
export const createReminders = (parts, { reminders }, tell = () => {}) => {
  const thresholds = thresholdsIn(reminders);
  const send = reminders?.url === undefined ? undefined : sender(/** @type {{ url: string, secret: string }} */ (reminders), parts);
  const wasTold = createTold();
  /** @type {Set<Promise<void>>} */
  const sending = new Set();
  /** @param {ClosingWindow} window @param {string} opener the message that opened it @param {number} nowAtMs */
  const remind = async ({ keys, closesAtMs }, opener, nowAtMs) => {
    const business = businessOf(keys[0] ?? "");
    const due = thresholds.filter((ms) => closesAtMs - nowAtMs <= ms);
    for (const thresholdMs of due) {
      const id = `rem_${textDigest(`${business} ${opener} ${thresholdMs}`).replace(/[^A-Za-z0-9]/g, "").slice(0, 32)}`;
      const { kind, atMs } = await parts.store.accept({ fingerprint: `reminder/${id}`, digest: "", ids: [], atMs: nowAtMs });
      // Only the nearest is told of; what is further is over. What another process claimed just now, our streams have not heard.
      if (thresholdMs !== due[0] || nowAtMs - atMs > 2 * LOOK_MS || wasTold(id)) continue;
      /** @type {Reminder} */
      const reminder = { id, keys, business, channel: channelOf(keys[0] ?? ""), closesAtMs, thresholdMs };
      tell(reminder);
      if (kind !== "new" || !send) continue;
      const sent = send(reminder).finally(() => sending.delete(sent));
      sending.add(sent);
    }
  };
  const look = async () => {
    const nowAtMs = parts.now();
    for await (const window of closingIn(parts, nowAtMs, nowAtMs + (thresholds.at(-1) ?? 0))) {
      const [status] = parts.statuses([window], nowAtMs);
      if (status?.isOpen && status.decidedBy) await remind(window, status.decidedBy.id, nowAtMs);
    }
  };
  const looks = createLooks(() => look().catch(() => parts.log({ event: "reminders-not-looked" })), LOOK_MS);
  return {
    look,
    /** Until what is being sent is sent or given up. */
    settled: async () => void (await Promise.all(sending)),
    start: () => void (thresholds.length > 0 && looks.start()),
    stop: looks.stop,
  };
};
