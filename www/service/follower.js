// @ts-check
/**
 * One reader of the store's changes for all streams of a process. It rests while nobody listens; a change that this process made wakes
 * it at once, one of another process is seen at the next look.
 */
import { businessOf } from "../stores/closing.js";

/**
 * @import { WindowState, WindowStatus } from "../../src/wire/types.d.ts"
 * @import { Reading } from "./asking.js"
 */

/** @typedef {{ cursor: string, business: string, window: { keys: string[], state: WindowState, status?: WindowStatus | undefined } }} Change */
/** `missed`: some changes are no longer known. @typedef {{ changes: Change[], cursor: string, missed: boolean }} Changes */
/** @typedef {(page: Changes) => void} Listener */

/** How long a change of another process may wait. */
const LOOK_MS = 500;
/** While the store does not answer. */
const LOOK_AGAIN_MS = 2_000;
/** Changes of one look. */
const PAGE = 500;

/** Reads what changed, each window once, as it is now. @param {Reading} parts */
export const changesBy = ({ store, statuses, now }) => {
  /** @param {string | undefined} after @returns {Promise<Changes & { isWhole: boolean }>} `isWhole`: nothing more is known */
  return async (after) => {
    const { changes, cursor, missed } = await store.changes(after, PAGE);
    const states = await store.readMany(changes.map(({ keys }) => keys));
    // What was erased meanwhile is gone.
    const known = changes.flatMap(({ keys, cursor: at }, place) => {
      const state = states[place];
      return state ? [{ keys, state, at }] : [];
    });
    const told = statuses(known, now());
    return {
      changes: known.map(({ keys, state, at }, place) => ({ cursor: at, business: businessOf(keys[0] ?? ""), window: { keys, state, status: told[place] } })),
      cursor, missed, isWhole: changes.length < PAGE,
    };
  };
};

/** One look after another while somebody listens, at once where something changed here. @param {() => Promise<number>} look answers how long to wait */
const createLooking = (look) => {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let [isLooking, isWoken, isOn] = [false, false, false];
  /** @param {number} ms */
  const later = (ms) => {
    clearTimeout(timer);
    timer = isOn ? setTimeout(run, ms) : undefined;
  };
  const run = async () => {
    [isLooking, isWoken] = [true, false];
    const ms = await look();
    isLooking = false;
    later(isWoken ? 0 : ms);
  };
  return {
    /** @param {number} ms */
    on(ms) {
      if (isOn) return;
      isOn = true;
      if (!isLooking) later(ms);
    },
    off() {
      isOn = false;
      clearTimeout(timer);
    },
    wake() {
      isWoken = true;
      if (isOn && !isLooking) later(0);
    },
  };
};

/**
 * @param {Reading} parts
 * @param {{ lookMs?: number }} [options]
 */
export const createFollower = (parts, { lookMs = LOOK_MS } = {}) => {
  const read = changesBy(parts);
  /** @type {Set<Listener>} */
  const listeners = new Set();
  /** @type {string | undefined} */
  let cursor;
  const looking = createLooking(async () => {
    try {
      const page = await read(cursor);
      // Whoever begins to listen later begins there.
      cursor = listeners.size > 0 ? page.cursor : undefined;
      if (page.missed || page.changes.length > 0) for (const listener of [...listeners]) listener(page);
      return page.isWhole ? lookMs : 0;
    } catch {
      // It is told where it was asked; streams go on when the store is back.
      return LOOK_AGAIN_MS;
    }
  });
  return {
    /**
     * @param {Listener} listener told of everything after the position that is answered
     * @returns {Promise<{ cursor: string, leave: () => void }>}
     */
    async listen(listener) {
      listeners.add(listener);
      const leave = () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        looking.off();
        cursor = undefined;
      };
      try {
        if (cursor === undefined) {
          const { cursor: end } = await parts.store.changes();
          // Meanwhile another may have begun, further back: it is not to miss what is between.
          cursor ??= end;
        }
      } catch (error) {
        leave();
        throw error;
      }
      looking.on(lookMs);
      return { cursor, leave };
    },
    /** Something changed here. */
    changed: looking.wake,
    position: () => cursor,
    close: looking.off,
  };
};

/** @typedef {ReturnType<typeof createFollower>} Follower */
