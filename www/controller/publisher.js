// @ts-check
/** Publishes each new snapshot to its listeners, in order, whatever they do meanwhile. */
/** @import { Listener, Snapshot } from "./types.js" */
import { report } from "./error-info.js";

/** A listener that changes something each time it is told would never end. */
const MAX_ROUNDS = 100;

const COMPARED = /** @type {const} */ ([
  "conversation", "status", "verdict", "draft", "files", "lost", "undelivered", "question", "templates", "sending", "error", "notice", "arrived",
  "queue", "answer", "dueInMs", "clock", "preferences",
]);

/**
 * @typedef {object} Publisher
 * @property {Snapshot} latest
 * @property {(listener: Listener) => () => void} subscribe
 * @property {(next: Snapshot, timePassed: boolean) => void} publish does nothing if nothing has changed
 * @property {() => void} close
 */

/**
 * @param {Snapshot} first
 * @returns {Publisher}
 */
export function createPublisher(first) {
  let latest = first;
  let published = first;
  let isPublishing = false;
  /** @type {Set<{ listener: Listener }>} */
  const listeners = new Set();

  function publishAll() {
    isPublishing = true;
    try {
      for (let round = 0; published !== latest && round < MAX_ROUNDS; round += 1) {
        const previous = published;
        published = latest;
        for (const entry of [...listeners]) if (listeners.has(entry)) publishTo(entry.listener, published, previous);
      }
    } finally {
      isPublishing = false;
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
    publish(next, timePassed) {
      // Published while publishing, the mere passing of time is no news: it would never end.
      if (!differs(latest, next, timePassed && !isPublishing)) return;
      latest = next;
      if (!isPublishing) publishAll();
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
function publishTo(listener, snapshot, previous) {
  try {
    listener(snapshot, previous);
  } catch (error) {
    report(error);
  }
}
