// @ts-check
/** The calls of `session.js` that a page and a server both make: checked here, answered by the module that is handed in. */
/** @import { Channel, Draft, Identity, Judgement, NotOwner, Policy, RecordLog, SessionEvent, Unknown, WindowRecord, WindowState, WindowStatus } from "../../src/wire/types.d.ts" */
/** @import { Time } from "./check.js" */
/** @import { WasmModule } from "./load.js" */
import { assertBoolean, assertString, options, toMs } from "./check.js";
import { fault, isArray } from "./fault.js";
import { plain, plainList, plainObject } from "./plain.js";
import { moved } from "./slices.js";

/** Items that cross to the engine at once, so that its memory does not grow with the length of a list. */
const BATCH = 256;

/**
 * Options of every question about a window.
 *
 * @typedef {object} WindowOptions
 * @property {Policy} [policy] the rules; without it, those of `channel`
 * @property {Channel} [channel] default: that of the `policy`, else `whatsapp`
 * @property {Time} [now] default `Date.now()`
 * @property {Time} [observedSince] since when every event of this window is known to have been seen, without a gap
 */

export const QUESTION = /** @type {const} */ (["policy", "channel", "now", "observedSince"]);

/**
 * @param {Partial<Record<typeof QUESTION[number], any>>} given
 * @returns {Record<string, unknown>}
 */
export function question({ policy, channel, now = Date.now(), observedSince }) {
  /** @type {Record<string, unknown>} */
  const asked = { nowAtMs: toMs(now, "now") };
  if (policy !== undefined) asked.policy = plainObject(policy, "policy");
  if (channel !== undefined) asked.channel = assertString(channel, "channel");
  else if (policy === undefined) asked.channel = "whatsapp";
  if (observedSince !== undefined) asked.observedSinceAtMs = toMs(observedSince, "observedSince");
  return asked;
}

/**
 * Calls the engine for one batch of a list after another; a fault names the item by its place in the whole list.
 *
 * @template Item, Answer
 * @param {Item[]} list
 * @param {string} name of the list in the contract
 * @param {(batch: Item[]) => Answer} work
 * @returns {Answer[]}
 */
export function inBatches(list, name, work) {
  const answers = [];
  let start = 0;
  do {
    try {
      answers.push(work(list.slice(start, start + BATCH)));
    } catch (error) {
      throw moved(error, name, start);
    }
    start += BATCH;
  } while (start < list.length);
  return answers;
}

/**
 * What the sender can do, and what a person said to this one send.
 *
 * @typedef {object} SenderOptions
 * @property {Unknown} [unknown] what becomes of free text in an unknown window; default `ask`
 * @property {readonly string[]} [tags] tags that the sender can put on a message; default: none
 * @property {NotOwner} [owner] what becomes of free text while another responder holds the thread; default `ask`
 * @property {boolean} [directSend] whether utility messages may go out without a template (WhatsApp's Direct Send); default `false`
 * @property {number} [serviceMessagesThisMonth] how many messages in the window this number of ours has sent since the month began
 * @property {WindowState} [told] what other tabs know, see `recordEvents`; it counts unless the window alone is closed
 * @property {{ leaves: string, status?: string }} [ruling] what a server said of this message: `overruled` says that it is stricter
 * @property {string} [confirmed] the verdict's reason that a person was shown and said yes to; any other counts for nothing
 */

const SENDER = /** @type {const} */ (["unknown", "tags", "owner", "directSend", "serviceMessagesThisMonth", "confirmed", "told", "ruling"]);

/**
 * @param {Partial<Record<typeof SENDER[number], any>>} given
 * @returns {Record<string, unknown>}
 */
function sender({ unknown, tags, owner, directSend, serviceMessagesThisMonth, confirmed, told, ruling }) {
  /** @type {Record<string, unknown>} */
  const asked = {};
  if (unknown !== undefined) asked.unknown = assertString(unknown, "unknown");
  if (tags !== undefined) asked.tags = plainList(tags, "tags");
  if (owner !== undefined) asked.owner = assertString(owner, "owner");
  if (directSend !== undefined) asked.directSend = assertBoolean(directSend, "directSend");
  if (serviceMessagesThisMonth !== undefined) asked.serviceMessagesThisMonth = serviceMessagesThisMonth;
  if (confirmed !== undefined) asked.confirmed = assertString(confirmed, "confirmed");
  if (ruling !== undefined) asked.ruling = plainObject(ruling, "ruling");
  if (told !== undefined) asked.told = plainObject(told, "told");
  return asked;
}

/**
 * @param {WasmModule} module
 * @param {WindowState | undefined} state
 * @param {readonly (SessionEvent | WindowRecord & { log: RecordLog })[]} events
 * @returns {WindowState}
 */
export function foldEventsIn(module, state, events) {
  const known = state === undefined ? undefined : plainObject(state, "state");
  let isFirst = true;
  // Each batch alone, then their union: what is known already does not cross once for each of them.
  const parts = inBatches(plainList(events, "events"), "events", (batch) => {
    const input = isFirst && known !== undefined ? { state: known, events: batch } : { events: batch };
    isFirst = false;
    return module.call("foldEvents", input);
  });
  return parts.length === 1 ? parts[0] : mergeStatesIn(module, parts);
}

/**
 * What was received at an instant: none of it is dated later.
 *
 * @typedef {object} Received
 * @property {WindowState} state
 * @property {true} [clockSuspect] a time was over two minutes ahead
 */

/**
 * @param {WasmModule} module
 * @param {WindowState | undefined} state
 * @param {readonly (SessionEvent | WindowRecord & { log: RecordLog })[]} events
 * @param {Time} receivedAt
 * @returns {Received}
 */
export function recordEventsIn(module, state, events, receivedAt) {
  const receivedAtMs = toMs(receivedAt, "receivedAt");
  /** @type {Received[]} */
  const parts = inBatches(plainList(events, "events"), "events", (batch) => module.call("recordEvents", { events: batch, receivedAtMs }));
  const states = [...(state === undefined ? [] : [plainObject(state, "state")]), ...parts.map((part) => part.state)];
  const clockSuspect = parts.some((part) => part.clockSuspect);
  return { state: states.length === 1 ? /** @type {WindowState} */ (states[0]) : mergeStatesIn(module, states), ...(clockSuspect && { clockSuspect }) };
}

/**
 * What was told of a window. `events`: places in the list.
 *
 * @typedef {{ keys: string[], state: WindowState, events: number[] }} ReceivedWindow
 */

/**
 * What was received of several windows at an instant: of each what it was told, and the events that told it.
 *
 * @param {WasmModule} module
 * @param {readonly SessionEvent[]} events
 * @param {Time} receivedAt
 * @returns {{ windows: ReceivedWindow[], clockSuspect?: true }}
 */
export function recordReceivedIn(module, events, receivedAt) {
  const receivedAtMs = toMs(receivedAt, "receivedAt");
  let start = 0;
  const parts = inBatches(plainList(events, "events"), "events", (batch) => {
    /** @type {{ windows: ReceivedWindow[], clockSuspect?: true }} */
    const { windows, clockSuspect } = module.call("recordReceived", { events: batch, receivedAtMs });
    const placed = start === 0 ? windows : windows.map((told) => ({ ...told, events: told.events.map((place) => place + start) }));
    start += batch.length;
    return { windows: placed, clockSuspect };
  });
  const [first] = parts;
  const windows = parts.length === 1 && first ? first.windows : joined(module, parts.flatMap((part) => part.windows));
  return { windows, ...(parts.some(({ clockSuspect }) => clockSuspect) && { clockSuspect: true }) };
}

/** Each window once, whatever batches told of it. @param {WasmModule} module @param {ReceivedWindow[]} told @returns {ReceivedWindow[]} */
function joined(module, told) {
  /** @type {Map<string, ReceivedWindow[]>} */
  const windows = new Map();
  for (const part of told) {
    const name = part.keys.join("\n");
    const parts = windows.get(name);
    if (parts) parts.push(part);
    else windows.set(name, [part]);
  }
  return [...windows.values()].map((parts) => ({
    keys: parts[0]?.keys ?? [], state: mergeStatesIn(module, parts.map(({ state }) => state)), events: parts.flatMap(({ events }) => events),
  }));
}

/** @param {WasmModule} module @param {readonly WindowState[]} states @returns {WindowState} */
export function mergeStatesIn(module, states) {
  const given = plainList(states, "states");
  const merged = inBatches(given, "states", (batch) => module.call("mergeStates", { states: batch }));
  return merged.length === 1 ? merged[0] : module.call("mergeStates", { states: merged });
}

/**
 * @param {WasmModule} module
 * @param {WindowState} state
 * @param {Draft} draft
 * @param {WindowOptions & SenderOptions} given
 * @returns {Judgement}
 */
export function judgeIn(module, state, draft, given) {
  const asked = options(given, [...QUESTION, ...SENDER]);
  const input = { state: plainObject(state, "state"), draft: plainObject(draft, "draft") };
  return module.call("judge", { ...input, ...question(asked), ...sender(asked) });
}

/** @param {WasmModule} module @param {WindowState} state @returns {WindowState} */
export function compactStateIn(module, state) {
  return module.call("compactState", { state: plainObject(state, "state") });
}

/**
 * @param {WasmModule} module
 * @param {{ channel?: Channel, business: string, customer: Identity }} window
 * @returns {string[]}
 */
export function windowKeysIn(module, window) {
  const { channel = "whatsapp", business, customer } = options(window, ["channel", "business", "customer"]);
  if (customer === undefined) throw fault("missing-field", "customer", "required");
  const input = { channel: assertString(channel, "channel"), business: assertString(business, "business") };
  return module.call("windowKeys", { ...input, customer: plain(customer, "customer") }).keys;
}

/**
 * @param {WasmModule} module
 * @param {readonly WindowState[]} states
 * @param {Omit<WindowOptions, "observedSince"> & { observedSince?: readonly (Time | undefined)[] }} given
 * @returns {WindowStatus[]}
 */
export function windowStatusesIn(module, states, given) {
  const { observedSince, ...rest } = options(given, QUESTION);
  const asked = question(rest);
  const all = plainList(states, "states");
  const name = observedSince === undefined ? "states" : "windows";
  const list = observedSince === undefined ? all : observed(all, observedSince);
  if (list.length === 0) return [];
  return inBatches(list, name, (batch) => module.call("windowStatuses", { [name]: batch, ...asked }).statuses).flat();
}

/**
 * @param {WindowState[]} states
 * @param {unknown} given
 */
function observed(states, given) {
  const since = isArray(given) ? /** @type {unknown[]} */ (given) : plainList(given, "observedSince");
  if (since.length !== states.length) throw fault("wrong-length", "observedSince", "expected one for each state");
  return states.map((state, index) => {
    const at = since[index];
    return at === undefined ? { state } : { state, observedSinceAtMs: toMs(at, `observedSince[${index}]`) };
  });
}
