// @ts-check
/** Evidence of all windows, shared with the other tabs. */
/** @import { WindowRecord, RecordLog, WindowState } from "../../src/wire/types.d.ts" */
/** @import { Conversation, Evidence } from "./port.js" */
import { plainList, plainObject } from "../engine/check.js";
import { openTabs } from "./tabs.js";
import { persistently } from "./trouble.js";
import { byWindow, createWindows } from "./windows.js";

/**
 * @typedef {object} Ledger
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
 * @returns {Ledger}
 */
export function createLedger(tabs, learnt) {
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

  const note = (/** @type {Evidence} */ item, /** @type {Conversation} */ shown) => {
    for (const { keys, evidence } of byWindow([item], shown)) {
      others.tell(keys, persistently(() => windows.fold(keys, evidence)));
    }
  };

  return {
    read: (keys) => windows.read(keys),
    merge: (keys, state) => others.tell(keys, persistently(() => windows.merge(keys, state))),
    note,
    record(evidence, shown) {
      /** @type {unknown[]} */
      const errors = [];
      for (const [index, item] of plainList(Array.isArray(evidence) ? evidence : [evidence], "events").entries()) {
        try {
          note(plainObject(item, `events[${index}]`), shown);
        } catch (error) {
          errors.push(error);
        }
      }
      // The others were recorded: one bad event does not lose the good ones.
      if (errors.length > 0) throw errors[0];
    },
    ask: (keys) => others.ask(keys),
    close: () => others.close(),
  };
}
