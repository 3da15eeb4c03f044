// @ts-check
/** Evidence of all windows, shared with the other tabs. */
/** @import { WindowRecord, RecordLog, WindowState } from "../../src/wire/types.d.ts" */
/** @import { Conversation, Evidence } from "./types.js" */
import { plainList, plainObject } from "../engine/plain.js";
import { mergeStates } from "../engine/session.js";
import { retryAfterCrash } from "./error-info.js";
import { openTabs } from "./tabs.js";
import { createWindows, keysFor } from "./windows.js";

/**
 * @typedef {object} EvidenceBook
 * @property {(keys: readonly string[]) => WindowState | undefined} read what was seen here, or said by the host
 * @property {(keys: readonly string[]) => WindowState | undefined} told what other tabs said
 * @property {(keys: readonly string[], state: WindowState) => void} merge
 * @property {(evidence: unknown, shown: Conversation) => void} record
 * @property {(record: WindowRecord & { log: RecordLog }, conversation: Conversation) => void} note
 * @property {(keys: readonly string[]) => void} ask what other tabs know
 * @property {() => void} close
 */

/**
 * @typedef {object} EvidenceParts
 * @property {string} [tabs] name of the channel between tabs
 * @property {() => number} now whole ms since 1970: nothing is recorded as later
 * @property {(keys: readonly string[]) => void} learnt another tab told something of this window
 * @property {() => void} suspect a time was over two minutes ahead of the clock
 */

/** A clock that is broken is told where windows are judged; evidence is not lost for it. @param {() => number} now */
export const instantOf = (now) => {
  try {
    return now();
  } catch {
    return Date.now();
  }
};

/**
 * @param {EvidenceParts} parts
 * @returns {EvidenceBook}
 */
export function createEvidence({ tabs, now, learnt, suspect }) {
  const windows = createWindows();
  // Kept apart: anything of the same origin may speak as a tab, and hearsay opens no window that evidence closes.
  const hearsay = createWindows();
  const others = openTabs(tabs, {
    known: (keys) => joined(windows.read(keys), hearsay.read(keys)),
    told(keys, state) {
      try {
        hearsay.hear(keys, state, instantOf(now));
      } catch {
        return; // of another version, or no state at all: as if it had not been said
      }
      learnt(keys);
    },
  });

  const record = (/** @type {string[]} */ keys, /** @type {Evidence[]} */ evidence) => {
    const { state, clockSuspect } = retryAfterCrash(() => windows.record(keys, evidence, instantOf(now)));
    others.publish(keys, state);
    if (clockSuspect) suspect();
  };

  return {
    read: (keys) => windows.read(keys),
    told: (keys) => hearsay.read(keys),
    merge: (keys, state) => others.publish(keys, retryAfterCrash(() => windows.merge(keys, state))),
    note(item, conversation) {
      const keys = retryAfterCrash(() => keysFor(item, conversation));
      record(keys, [item]);
    },
    record(evidence, shown) {
      const items = plainList(Array.isArray(evidence) ? evidence : [evidence], "events");
      const { groups, errors } = grouped(items, shown);
      for (const { keys, evidence } of groups) errors.push(...recordAll(keys, evidence, record));
      // The others were recorded: one bad event does not lose the good ones.
      if (errors.length > 0) throw errors[0];
    },
    ask: (keys) => others.ask(keys),
    close: () => others.close(),
  };
}

/** @param {(WindowState | undefined)[]} states @returns {WindowState | undefined} */
function joined(...states) {
  const known = states.filter((state) => state !== undefined);
  return known.length < 2 ? known[0] : retryAfterCrash(() => mergeStates(known));
}

/** @typedef {{ keys: string[], evidence: Evidence[] }} Group */

/**
 * Evidence by window, and what is wrong with the rest.
 *
 * @param {Evidence[]} items
 * @param {Conversation} shown
 * @returns {{ groups: Iterable<Group>, errors: unknown[] }}
 */
function grouped(items, shown) {
  /** @type {Map<string, Group>} */
  const groups = new Map();
  /** @type {unknown[]} */
  const errors = [];
  for (const [index, item] of items.entries()) {
    try {
      plainObject(item, `events[${index}]`);
      const keys = retryAfterCrash(() => keysFor(item, shown));
      const group = groups.get(keys.join("\n"));
      if (group) group.evidence.push(item);
      else groups.set(keys.join("\n"), { keys, evidence: [item] });
    } catch (error) {
      errors.push(error);
    }
  }
  return { groups: groups.values(), errors };
}

/**
 * All at once, which is quick; if that fails, one by one, which tells the good from the bad.
 *
 * @param {string[]} keys
 * @param {Evidence[]} evidence
 * @param {(keys: string[], evidence: Evidence[]) => void} record
 * @returns {unknown[]} what is wrong
 */
function recordAll(keys, evidence, record) {
  try {
    record(keys, evidence);
    return [];
  } catch (error) {
    if (evidence.length === 1) return [error];
    return evidence.flatMap((item) => recordAll(keys, [item], record));
  }
}
