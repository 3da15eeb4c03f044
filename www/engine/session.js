// @ts-check
/** @import { Channel, Draft, EventKind, Identity, Judgement, Policy, SessionEvent, WindowRecord, RecordLog, WindowState, WindowStatus } from "../../src/wire/types.d.ts" */
/** @import { Time } from "./check.js" */
/** @import { ReplyWindowError } from "./errors.js" */
/** @import { SenderOptions, WindowOptions } from "./session-calls.js" */
import { assertString, options, toMs } from "./check.js";
import { plainObject } from "./plain.js";
import { page } from "./modules/page.js";
import {
  QUESTION, compactStateIn, foldEventsIn, judgeIn, mergeStatesIn, question, recordEventsIn, windowKeysIn, windowStatusesIn,
} from "./session-calls.js";

/**
 * Folds events into the state of one window. Order and repetition make no difference; `now` plays no part.
 *
 * @param {WindowState | undefined} state `undefined` for a window of which nothing is known yet
 * @param {readonly (SessionEvent | WindowRecord & { log: RecordLog })[]} events all of the same window
 * @returns {WindowState} a new state; the one given is not changed
 * @throws {ReplyWindowError} a `ReadingErrorCode` with the path; `bad-id` (an id has 1 to 256 characters), `no-time` (a record has at least one),
 *   `unsupported-version`, `conflicting-fields`, a `TimeErrorCode`
 * @example
 * let state = foldEvents(undefined, inbound.events);
 * state = foldEvents(state, laterEvents);
 */
export function foldEvents(state, events) {
  return foldEventsIn(page, state, events);
}

/**
 * {@link foldEvents} at the instant of receipt: nothing is dated later than that.
 *
 * @param {WindowState | undefined} state
 * @param {readonly (SessionEvent | WindowRecord & { log: RecordLog })[]} events all of the same window
 * @param {Time} receivedAt by the clock that the window is judged by
 * @returns {import("./session-calls.js").Received}
 * @throws {ReplyWindowError} as {@link foldEvents}
 * @example
 * const { state, clockSuspect } = recordEvents(known, events, Date.now());
 */
export function recordEvents(state, events, receivedAt) {
  return recordEventsIn(page, state, events, receivedAt);
}

/**
 * What another tab knows of a window: all of it gets the desktop's rank, and nothing is dated later than it was heard.
 *
 * @param {WindowState} told
 * @param {Time} heardAt
 * @returns {WindowState}
 * @throws {ReplyWindowError} as {@link foldEvents}
 * @example
 * hearsay = mergeStates([hearsay, toldState(theirs, Date.now())]);
 */
export function toldState(told, heardAt) {
  return page.call("recordEvents", { told: plainObject(told, "told"), receivedAtMs: toMs(heardAt, "heardAt") }).state;
}

/**
 * Merges what several servers, tabs or devices know about the same window: commutative, associative, idempotent.
 *
 * @param {readonly WindowState[]} states
 * @returns {WindowState} empty for no states
 * @throws {ReplyWindowError} as {@link foldEvents}
 * @example
 * const state = mergeStates([mine, theirs]);
 */
export function mergeStates(states) {
  return mergeStatesIn(page, states);
}

/**
 * Whether a window is open, closing, closed or unknown at an instant, why, and when that changes.
 *
 * @param {WindowState} state
 * @param {WindowOptions} [given]
 * @returns {WindowStatus} times in ms since 1970, spans in ms
 * @throws {ReplyWindowError} as {@link foldEvents}; `unknown-name` for a channel, `bad-policy`, `conflicting-fields` where channel and policy differ
 * @example
 * const { kind, closesAtMs } = windowStatus(state, { now: new Date() });
 */
export function windowStatus(state, given = {}) {
  const asked = question(options(given, QUESTION));
  return page.call("windowStatus", { state: plainObject(state, "state"), ...asked });
}

/**
 * {@link windowStatus} of many windows at the same instant, for a list of conversations.
 *
 * @param {readonly WindowState[]} states
 * @param {Omit<WindowOptions, "observedSince"> & { observedSince?: readonly (Time | undefined)[] }} [given] `observedSince`:
 *   one for each window, in the order of `states`
 * @returns {WindowStatus[]} in the order of `states`
 * @throws {ReplyWindowError} as {@link windowStatus}; where `observedSince` is given, a fault inside of a state names its
 *   place as `windows[…].state`
 * @example
 * const kinds = windowStatuses(states).map((status) => status.kind);
 */
export function windowStatuses(states, given = {}) {
  return windowStatusesIn(page, states, given);
}

/**
 * Whether a draft may be sent now. Ask before every send; a verdict of a minute ago is not an answer.
 *
 * @param {WindowState} state
 * @param {Draft} draft `{ kind: "text" }`, `{ kind: "template" }` or `{ kind: "tagged", tag }`
 * @param {WindowOptions & SenderOptions} [given]
 * @returns {Judgement} status and verdict; decide by `verdict.leaves` and `verdict.locksComposer`
 * @throws {ReplyWindowError} as {@link windowStatus}; `unknown-name` for `unknown`
 * @example
 * const { verdict } = judge(state, { kind: "text" });
 * if (verdict.locksComposer) offerTemplate(verdict.reason);
 */
export function judge(state, draft, given = {}) {
  return judgeIn(page, state, draft, given);
}

/**
 * Whether free text may go out as it is at an instant to come, if nothing else happens: for schedulers, bots and queues. It is
 * no promise: a refusal of the provider closes earlier, the customer opens anew. Ask {@link judge} once more when it is sent.
 *
 * @param {WindowState} state
 * @param {Time} instant now or later
 * @param {Omit<WindowOptions, "now">} [given]
 * @returns {boolean}
 * @throws {ReplyWindowError} as {@link windowStatus}, with `instant` for the time
 * @example
 * if (!willBeOpenAt(state, Date.parse("2026-11-24T08:00:00Z"))) scheduleTemplate();
 */
export function willBeOpenAt(state, instant, given = {}) {
  const asked = { ...options(given, QUESTION), now: toMs(instant, "instant") };
  return windowStatus(state, asked).isOpen;
}

/**
 * The last instant at which free text may go out as it is, if nothing else happens; the policy's margin is in it.
 *
 * @param {WindowState} state
 * @param {WindowOptions} [given]
 * @returns {number | undefined} ms since 1970; `Infinity` where nothing ends it, nothing where free text may not go out now
 * @throws {ReplyWindowError} as {@link windowStatus}
 * @example
 * const atMs = Math.min(wantedAtMs, latestSafeSendAt(state) ?? -Infinity);
 */
export function latestSafeSendAt(state, given = {}) {
  const asked = options(given, QUESTION);
  const { isOpen, lastSafeSendAtMs } = windowStatus(state, asked);
  return isOpen ? lastSafeSendAtMs ?? Infinity : undefined;
}

/**
 * The state with the 64 latest records of each log: for storage, never before a merge. A record that is dropped here
 * and delivered again very late counts again.
 *
 * @param {WindowState} state
 * @returns {WindowState}
 * @throws {ReplyWindowError} as {@link foldEvents}
 * @example
 * store.put(key, compactState(state));
 */
export function compactState(state) {
  return compactStateIn(page, state);
}

/**
 * The rules of a channel, as data: change a copy and hand it in as `policy`.
 *
 * @param {Channel} [channel] default `whatsapp`
 * @returns {Policy}
 * @throws {ReplyWindowError} a `ReadingErrorCode`: `unknown-name` for a channel that is none
 * @example
 * const policy = { ...policyFor("whatsapp"), marginMs: 120_000 };
 */
export function policyFor(channel = "whatsapp") {
  return page.call("policyFor", { channel: assertString(channel, "channel") });
}

/**
 * The keys under which a window is stored: one for each surely known identity of the customer. A state belongs under
 * all of them.
 *
 * @param {{ channel?: Channel, business: string, customer: Identity }} window `channel` defaults to `whatsapp`
 * @returns {string[]}
 * @throws {ReplyWindowError} a `ReadingErrorCode`; `bad-address`
 * @example
 * windowKeys({ business: "+14155238886", customer: { phone: "+491701234567" } });
 */
export function windowKeys(window) {
  return windowKeysIn(page, window);
}

/**
 * The kind of a message that holds a file, by the file's media type.
 *
 * @param {string} contentType
 * @returns {EventKind}
 * @throws {ReplyWindowError} `wrong-type`
 * @example
 * kindOfFile("image/png");
 */
export function kindOfFile(contentType) {
  return page.call("kindOfFile", { contentType: assertString(contentType, "contentType") }).kind;
}
