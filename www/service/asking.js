// @ts-check
/** The store as the service asks it: for a time, and what it does not do is told as 503, not as the caller's fault. */
import { windowStatuses } from "../engine/on-server.js";
import { codeOf } from "../server/code-of.js";
import { inTime } from "../server/deadline.js";
import { businessOf, channelOf } from "../stores/closing.js";
import { Refusal } from "./answers.js";

/**
 * @import { Channel, Policy, WindowState, WindowStatus } from "../../src/wire/types.d.ts"
 * @import { SharedStore } from "../stores/port.js"
 */

/** Somebody waits for the answer. */
const STORE_MS = 5_000;

/**
 * @template Answer
 * @param {(code: string) => void} failed
 * @param {() => Promise<Answer>} work
 * @returns {Promise<Answer>}
 */
const asked = async (failed, work) => {
  try {
    return await inTime(STORE_MS, work);
  } catch (error) {
    failed(codeOf(error));
    throw new Refusal(503, "store-unavailable", "the store did not answer; try again", { headers: { "retry-after": "1" } });
  }
};

const WAITING = /** @type {const} */ (["read", "merge", "recordSend", "sendRecord", "accept", "readMany", "closing", "changes", "erase", "note", "setNote", "ping", "tally", "tallies"]);

/** What is asked of the outbox. */
const OF_OUTBOX = /** @type {const} */ (["claim", "settle", "stats", "dead", "replay"]);

/** @param {object} of @param {readonly string[]} names @param {(code: string) => void} failed @returns {any} */
const askedFor = (of, names, failed) =>
  Object.fromEntries(names.map((name) => [name, (/** @type {any[]} */ ...given) => asked(failed, () => /** @type {any} */ (of)[name](...given))]));

/** Each step by itself: nobody waits for all of them. @param {SharedStore} store @param {(code: string) => void} failed @returns {SharedStore["windows"]} */
const windowsOf = (store, failed) => async function* () {
  const all = await asked(failed, async () => store.windows()[Symbol.asyncIterator]());
  for (let step = await asked(failed, () => all.next()); !step.done; step = await asked(failed, () => all.next())) yield step.value;
};

/**
 * The same store, whose failures are told as 503.
 *
 * @param {SharedStore} store
 * @param {(code: string) => void} failed
 * @returns {Pick<SharedStore, typeof WAITING[number] | "windows"> & { outbox: Pick<SharedStore["outbox"], typeof OF_OUTBOX[number]> }}
 */
export const askedStore = (store, failed) => ({ .../** @type {any} */ (askedFor(store, WAITING, failed)), windows: windowsOf(store, failed), outbox: askedFor(store.outbox ?? {}, OF_OUTBOX, failed) });

/** @typedef {{ keys: readonly string[], state: WindowState }} Window */
/** @typedef {(business: string) => number | undefined} ObservedSince */

/**
 * What the engine says of windows of any channels, in their order; nothing of one whose channel it does not know. One that is refused was not looked at.
 *
 * @param {{ policies: Partial<Record<Channel, Policy>>, observedSince: ObservedSince }} rules
 * @returns {(windows: readonly (Window & { channel?: Channel, business?: string, isRefused?: boolean })[], nowAtMs: number) => (WindowStatus | undefined)[]}
 */
export const statusesBy = ({ policies, observedSince }) => (windows, nowAtMs) => {
  /** @type {(WindowStatus | undefined)[]} */
  const answers = Array(windows.length).fill(undefined);
  /** @type {Map<Channel, number[]>} */
  const channels = new Map();
  for (const [place, { keys, channel = channelOf(keys[0] ?? "") }] of windows.entries()) {
    if (channel === undefined) continue;
    const places = channels.get(channel);
    if (places) places.push(place);
    else channels.set(channel, [place]);
  }
  for (const [channel, places] of channels) {
    const some = places.map((place) => /** @type {Window & { business?: string, isRefused?: boolean }} */ (windows[place]));
    const policy = policies[channel];
    const statuses = windowStatuses(some.map(({ state }) => state), {
      now: nowAtMs, ...(policy ? { policy } : { channel }),
      observedSince: some.map(({ keys, business = businessOf(keys[0] ?? ""), isRefused = false }) => (isRefused ? undefined : observedSince(business))),
    });
    for (const [index, status] of statuses.entries()) answers[Number(places[index])] = status;
  }
  return answers;
};

/** What it takes to read windows. @typedef {{ store: ReturnType<typeof askedStore>, statuses: ReturnType<typeof statusesBy>, now: () => number }} Reading */
