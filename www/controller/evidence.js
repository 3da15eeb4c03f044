// @ts-check
/** Evidence of all windows, shared with the other tabs. */
/** @import { WindowRecord, RecordLog, WindowState } from "../../src/wire/types.d.ts" */
/** @import { Conversation, Evidence } from "./types.js" */
import { plainList, plainObject } from "../engine/plain.js";
import { retryAfterCrash } from "./error-info.js";
import { openTabs } from "./tabs.js";
import { createWindows, keysFor } from "./windows.js";

/**
 * @typedef {object} EvidenceBook
 * @property {(keys: readonly string[]) => WindowState | undefined} read
 * @property {(keys: readonly string[], state: WindowState) => void} merge
 * @property {(evidence: unknown, shown: Conversation) => void} record
 * @property {(record: WindowRecord & { log: RecordLog }, conversation: Conversation) => void} note
 * @property {(keys: readonly string[]) => void} ask what other tabs know
 * @property {() => void} close
 */

/**
 * @param {string | undefined} tabs name of the channel between tabs
 * @param {(keys: readonly string[]) => void} learnt another tab told something of this window
 * @returns {EvidenceBook}
 */
export function createEvidence(tabs, learnt) {
  const windows = createWindows();
  const others = openTabs(tabs, {
    known: (keys) => windows.read(keys),
    told(keys, state) {
      try {
        windows.merge(keys, state);
      } catch {
        return; // of another version, or no state at all: as if it had not been said
      }
      learnt(keys);
    },
  });

  const fold = (/** @type {string[]} */ keys, /** @type {Evidence[]} */ evidence) =>
    others.publish(keys, retryAfterCrash(() => windows.fold(keys, evidence)));

  return {
    read: (keys) => windows.read(keys),
    merge: (keys, state) => others.publish(keys, retryAfterCrash(() => windows.merge(keys, state))),
    note(item, conversation) {
      const keys = retryAfterCrash(() => keysFor(item, conversation));
      fold(keys, [item]);
    },
    record(evidence, shown) {
      const items = plainList(Array.isArray(evidence) ? evidence : [evidence], "events");
      const { groups, errors } = grouped(items, shown);
      for (const { keys, evidence } of groups) errors.push(...foldAll(keys, evidence, fold));
      // The others were recorded: one bad event does not lose the good ones.
      if (errors.length > 0) throw errors[0];
    },
    ask: (keys) => others.ask(keys),
    close: () => others.close(),
  };
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
 * @param {(keys: string[], evidence: Evidence[]) => void} fold
 * @returns {unknown[]} what is wrong
 */
function foldAll(keys, evidence, fold) {
  try {
    fold(keys, evidence);
    return [];
  } catch (error) {
    if (evidence.length === 1) return [error];
    return evidence.flatMap((item) => foldAll(keys, [item], fold));
  }
}
