// @ts-check
/** Tells listeners of each new snapshot, in order, whatever they do meanwhile. */
/** @import { Listener, Snapshot } from "./port.js" */
import { complain } from "./error-info.js";

/** A listener that changes something each time it is told would never end. */
const MOST_ROUNDS = 100;

const COMPARED = /** @type {const} */ ([
  "conversation", "status", "verdict", "draft", "templates", "sending", "error", "notice",
  "queue", "preferences",
]);

/**
 * @typedef {object} Teller
 * @property {Snapshot} latest
 * @property {(listener: Listener) => () => void} subscribe
 * @property {(next: Snapshot, timePassed: boolean) => void} tell does nothing if nothing has changed
 * @property {() => void} close
 */

/**
 * @param {Snapshot} first
 * @returns {Teller}
 */
export function createTeller(first) {
  let latest = first;
  let told = first;
  let isTelling = false;
  /** @type {Set<{ listener: Listener }>} */
  const listeners = new Set();

  function tellAll() {
    isTelling = true;
    try {
      for (let round = 0; told !== latest && round < MOST_ROUNDS; round += 1) {
        const previous = told;
        told = latest;
        for (const entry of [...listeners]) if (listeners.has(entry)) tellOne(entry.listener, told, previous);
      }
    } finally {
      isTelling = false;
    }
  }

  return {
    get latest() {
      return latest;
    },
    subscribe(listener) {
      const entry = { listener };
      listeners.add(entry);
      return () => void listeners.delete(entry);
    },
    tell(next, timePassed) {
      // Told while telling, the mere passing of time is no news: it would never end.
      if (!differs(latest, next, timePassed && !isTelling)) return;
      latest = next;
      if (!isTelling) tellAll();
    },
    close: () => listeners.clear(),
  };
}

/**
 * @param {Snapshot} a
 * @param {Snapshot} b
 * @param {boolean} timeCounts
 */
function differs(a, b, timeCounts) {
  return COMPARED.some((name) => a[name] !== b[name]) || (timeCounts && a.remainingMs !== b.remainingMs);
}

/**
 * @param {Listener} listener
 * @param {Snapshot} snapshot
 * @param {Snapshot} previous
 */
function tellOne(listener, snapshot, previous) {
  try {
    listener(snapshot, previous);
  } catch (error) {
    complain(error);
  }
}
