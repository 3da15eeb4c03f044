// @ts-check
/** The windows that somebody here wants to know of, as the service told them, and how they stand. */
import { mergeStates, windowKeys, windowStatuses } from "../engine/session.js";

/**
 * @import { Channel, Identity, Policy, WindowState, WindowStatus } from "../../src/wire/types.d.ts"
 */

/** @typedef {{ channel?: Channel | undefined, business: string, customer: Identity }} Party whose window it is */
/** @template {Party} [Given=Party] @typedef {{ conversation: Given, state: WindowState, status: WindowStatus, observedSinceAtMs?: number, policy?: Policy }} Known `policy`: where the service has one of its own */
/** @template {Party} [Given=Party] @typedef {(known: Known<Given>) => void} Listener */
/** @typedef {Partial<Record<Channel, Policy>>} Policies the service's own */

/**
 * @typedef {object} Entry
 * @property {Party} conversation as it was handed in
 * @property {Party} party the same, as the service is asked
 * @property {string[]} keys
 * @property {WindowState | undefined} state
 * @property {number | undefined} observedSinceAtMs
 * @property {WindowStatus | undefined} status
 * @property {Listener} listener
 */

/** @param {Party} conversation @returns {Party} what the service is asked by, and nothing else that a desktop keeps there */
const partyOf = ({ channel, business, customer }) => {
  const { phone, bsuid, parentBsuid, username, group } = customer;
  const identity = Object.fromEntries(Object.entries({ phone, bsuid, parentBsuid, username, group }).filter(([, value]) => value !== undefined));
  return { ...(channel === undefined ? {} : { channel }), business, customer: identity };
};

/** @param {Iterable<Entry>} some those whose status is asked for @param {number} nowAtMs @param {Policies} policies */
const judge = (some, nowAtMs, policies) => {
  /** @type {Map<Channel, Entry[]>} */
  const channels = new Map();
  for (const entry of some) {
    if (!entry.state) continue;
    const { channel = "whatsapp" } = entry.conversation;
    const list = channels.get(channel);
    if (list) list.push(entry);
    else channels.set(channel, [entry]);
  }
  for (const [channel, list] of channels) {
    const states = list.map(({ state }) => /** @type {WindowState} */ (state));
    const policy = policies[channel];
    const statuses = windowStatuses(states, { ...(policy ? { policy } : { channel }), now: nowAtMs, observedSince: list.map(({ observedSinceAtMs }) => observedSinceAtMs) });
    for (const [place, entry] of list.entries()) entry.status = statuses[place];
  }
};

/** @param {Iterable<Entry>} some @param {Policies} policies @param {(error: unknown) => void} report */
const tell = (some, policies, report) => {
  for (const { conversation, state, status, observedSinceAtMs, listener } of some) {
    if (!state || !status) continue;
    try {
      const policy = policies[conversation.channel ?? "whatsapp"];
      listener({ conversation, state, status, ...(observedSinceAtMs === undefined ? {} : { observedSinceAtMs }), ...(policy && { policy }) });
    } catch (error) {
      report(error);
    }
  }
};

/** @param {Iterable<Entry>} entries @returns {number | undefined} when the first of them changes with time */
const nextChangeOf = (entries) => {
  let next = Infinity;
  for (const { status } of entries) next = Math.min(next, status?.nextChangeAtMs ?? Infinity);
  return next === Infinity ? undefined : next;
};

/** @param {Iterable<Entry>} entries @param {number} nowAtMs @returns {Entry[]} those whose status has changed with time */
const changedOf = (entries, nowAtMs) => [...entries].filter(({ status }) => status?.nextChangeAtMs !== undefined && status.nextChangeAtMs <= nowAtMs);

/** @param {Party} conversation @param {Listener} listener @returns {Entry} */
const entryOf = (conversation, listener) => {
  const party = partyOf(conversation);
  return { conversation, party, keys: windowKeys(/** @type {Parameters<typeof windowKeys>[0]} */ (party)), state: undefined, observedSinceAtMs: undefined, status: undefined, listener };
};

/** @param {{ now: () => number, report: (error: unknown) => void }} parts */
const createSaying = ({ now, report }) => {
  /** @type {Policies} */
  let policies = {};
  return {
    /** What the service judges by. @param {Policies} [told] */
    judgeBy: (told = {}) => void (policies = told),
    /** @param {readonly Entry[]} some @param {number} [nowAtMs] */
    say(some, nowAtMs = now()) {
      judge(some, nowAtMs, policies);
      tell(some, policies, report);
    },
  };
};

/** Whose window has which keys. */
const createEntries = () => {
  /** @type {Set<Entry>} */
  const entries = new Set();
  /** @type {Map<string, Set<Entry>>} */
  const byKey = new Map();
  return {
    entries,
    /** All or, where one is no conversation, none. @param {readonly Party[]} conversations @param {Listener} listener */
    add(conversations, listener) {
      const added = conversations.map((conversation) => entryOf(conversation, listener));
      for (const entry of added) {
        entries.add(entry);
        for (const key of entry.keys) byKey.set(key, (byKey.get(key) ?? new Set()).add(entry));
      }
      return added;
    },
    /** @param {Entry} entry */
    remove(entry) {
      entries.delete(entry);
      for (const key of entry.keys) {
        const there = byKey.get(key);
        there?.delete(entry);
        if (there?.size === 0) byKey.delete(key);
      }
    },
    /** Whose window has one of these keys. @param {readonly string[]} keys */
    at: (keys) => new Set(keys.flatMap((key) => [...(byKey.get(key) ?? [])])),
  };
};

/** @param {{ now: () => number, report: (error: unknown) => void }} parts */
export const createWindows = (parts) => {
  const { now } = parts;
  const { entries, ...book } = createEntries();
  const { judgeBy, say } = createSaying(parts);
  return {
    judgeBy, ...book,
    all: () => [...entries],
    /** What the service told of some of them; it is joined to what is known. @param {readonly { entry: Entry, state: WindowState, observedSinceAtMs?: number | undefined }[]} told */
    record(told) {
      const changed = told.filter(({ entry }) => entries.has(entry));
      for (const { entry, state, observedSinceAtMs } of changed) {
        entry.state = mergeStates(entry.state ? [entry.state, state] : [state]);
        if (observedSinceAtMs !== undefined) entry.observedSinceAtMs = observedSinceAtMs;
      }
      say(changed.map(({ entry }) => entry));
    },
    /** Those whose status has changed with time. */
    pass() {
      const nowAtMs = now();
      say(changedOf(entries, nowAtMs), nowAtMs);
    },
    /** Until one of them changes with time, in ms. @returns {number | undefined} */
    nextChangeMs() {
      const next = nextChangeOf(entries);
      return next === undefined ? undefined : Math.max(1, next - now());
    },
  };
};
