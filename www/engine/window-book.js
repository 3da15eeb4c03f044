// @ts-check
/** Many windows, for a list of conversations: they stay inside the engine, which says which of them stand otherwise now. */
/** @import { Channel, Policy, RecordLog, SessionEvent, WindowRecord, WindowState, WindowStatus } from "../../src/wire/types.d.ts" */
/** @import { Time } from "./check.js" */
import { assertString, options, toMs } from "./check.js";
import { fault, isArray, kindOf } from "./fault.js";
import { book } from "./modules/book.js";
import { plainList, plainObject } from "./plain.js";
import { inSlices, moved } from "./slices.js";

/** As the engine has it: a book's last place. */
const MAX_WINDOWS = 20_000;

/** Statuses told at a time. */
const BATCH = 256;

/**
 * What is told of a window.
 *
 * @typedef {object} BookWindow
 * @property {string} key one of `windowKeys`, or whatever else names the window in the list
 * @property {Channel} [channel] default `whatsapp`; one that is in the book keeps its own
 * @property {WindowState} [state] joined to what is known, as `mergeStates` would
 * @property {readonly (SessionEvent | WindowRecord & { log: RecordLog })[]} [events] recorded as `recordEvents` would
 * @property {Time} [observedSince] since when every event of this window is known to have been seen, without a gap
 */

/** @param {unknown} given @param {string} name @returns {Record<string, any> & { key: string }} */
function checked(given, name) {
  const { key, channel, state, events, observedSince } = options(given, ["key", "channel", "state", "events", "observedSince"], name);
  /** @type {Record<string, any>} */
  const told = {};
  if (channel !== undefined) told.channel = assertString(channel, `${name}.channel`);
  if (state !== undefined) told.state = plainObject(state, `${name}.state`);
  if (events !== undefined) told.events = plainList(events, `${name}.events`);
  if (observedSince !== undefined) told.observedSinceAtMs = toMs(observedSince, `${name}.observedSince`);
  return { ...told, key: assertString(key, `${name}.key`) };
}

/** @param {unknown} policies */
const asked = (policies) => JSON.stringify({ policies: plainList(policies, "policies") });

/** @param {unknown} keys @returns {string[]} */
const keysIn = (keys) => plainList(keys, "keys").map((key, index) => assertString(key, `keys[${index}]`));

/** Keys and their places: one that was freed is given again. */
class Places {
  /** @type {Map<string, number>} */
  #places = new Map();
  /** @type {(string | undefined)[]} */
  #keys = [];
  /** @type {number[]} */
  #free = [];

  get size() {
    return this.#places.size;
  }

  keys = () => [...this.#places.keys()];

  /** @param {string} key */
  of = (key) => this.#places.get(key);

  /** @param {number} place */
  at = (place) => /** @type {string} */ (this.#keys[place]);

  /** @param {string} key */
  add(key) {
    const place = this.#free.pop() ?? this.#keys.length;
    this.#places.set(key, place);
    this.#keys[place] = key;
    return place;
  }

  /** @param {string} key @returns {number | undefined} where it was */
  remove(key) {
    const place = this.#places.get(key);
    if (place === undefined) return undefined;
    this.#places.delete(key);
    this.#keys[place] = undefined;
    this.#free.push(place);
    return place;
  }
}

class Book {
  #number;
  #crashes;
  #places = new Places();

  /** @param {readonly Policy[]} policies */
  constructor(policies) {
    const text = asked(policies);
    this.#number = book.run((engine) => engine.openBook(text));
    // A crash before this call cost nothing of this book.
    this.#crashes = book.crashes;
  }

  keys = () => this.#places.keys();

  /** @template T @param {(engine: Record<string, (...given: any[]) => any>, number: number) => T} work @returns {T} */
  #run(work) {
    const number = this.#crashes === book.crashes ? this.#number : undefined;
    if (number === undefined) throw fault("unknown-book", "book", "it was closed, or the engine was started anew; open a book and record what is known");
    return book.run((engine) => work(engine, number));
  }

  /** @param {readonly BookWindow[]} windows @param {Time} [receivedAt] */
  record(windows, receivedAt = Date.now()) {
    if (!isArray(windows)) throw fault("wrong-type", "windows", `expected an array, got ${kindOf(windows)}`);
    const list = windows.map((window, index) => checked(window, `windows[${index}]`));
    const receivedAtMs = toMs(receivedAt, "receivedAt");
    const added = [...new Set(list.map(({ key }) => key))].filter((key) => this.#places.of(key) === undefined);
    if (this.#places.size + added.length > MAX_WINDOWS) throw fault("book-full", "windows", "a book holds at most 20 000 windows");
    for (const key of added) this.#places.add(key);
    try {
      const told = list.map(({ key, ...rest }) => JSON.stringify({ place: this.#places.of(key), ...rest }));
      const suspects = inSlices(told, (slice, start) => {
        try {
          return this.#run((engine, number) => engine.recordInBook(number, `{"receivedAtMs":${receivedAtMs},"windows":[${slice.join()}]}`));
        } catch (error) {
          throw moved(error, "windows", start);
        }
      });
      return suspects.some(Boolean) ? { clockSuspect: /** @type {const} */ (true) } : {};
    } catch (error) {
      // What was told before the fault stays; of those that are new, none.
      for (const key of added) this.#forget(key);
      throw error;
    }
  }

  /** @param {string} key */
  #forget(key) {
    const place = this.#places.remove(key);
    if (place !== undefined && this.#crashes === book.crashes) this.#run((engine, number) => engine.removeFromBook(number, Uint32Array.of(place)));
  }

  /** @param {Time} [now] */
  changes(now = Date.now()) {
    const nowAtMs = toMs(now, "now");
    const [next, ...places] = this.#run((engine, number) => engine.bookChanges(number, nowAtMs));
    const changed = places.map((/** @type {number} */ place) => this.#places.at(place));
    return Number.isNaN(next) ? { changed } : { changed, nextChangeAtMs: next };
  }

  /** @param {readonly string[]} keys @param {Time} [now] @returns {(WindowStatus | undefined)[]} */
  statuses(keys, now = Date.now()) {
    const list = keysIn(keys);
    const nowAtMs = toMs(now, "now");
    const places = list.map((key) => this.#places.of(key) ?? MAX_WINDOWS);
    /** @type {(WindowStatus | undefined)[]} */
    const statuses = [];
    for (let at = 0; at < places.length; at += BATCH) {
      const text = this.#run((engine, number) => engine.bookStatuses(number, Uint32Array.from(places.slice(at, at + BATCH)), nowAtMs));
      for (const status of JSON.parse(text)) statuses.push(status ?? undefined);
    }
    return statuses;
  }

  /** @param {string} key @returns {WindowState | undefined} */
  state(key) {
    const place = this.#places.of(assertString(key, "key"));
    return place === undefined ? undefined : JSON.parse(this.#run((engine, number) => engine.bookStates(number, Uint32Array.of(place))))[0];
  }

  /** @param {readonly string[]} keys */
  remove(keys) {
    for (const key of keysIn(keys)) this.#forget(key);
  }

  /** @param {readonly Policy[]} policies */
  judgeBy(policies) {
    const text = asked(policies);
    this.#run((engine, number) => engine.judgeBookBy(number, text));
  }

  close() {
    const number = this.#number;
    if (number !== undefined && this.#crashes === book.crashes) book.run((engine) => engine.closeBook(number));
    this.#number = undefined;
    this.#places = new Places();
  }
}

/**
 * A book of windows, for lists of hundreds or thousands of conversations: what is told of them stays inside the engine, at most 20,000
 * windows and of each at most 128 records of a kind (then the 64 latest, as `compactState` keeps them), and asking again costs what
 * has changed. Close a book that is no longer needed; at most 16 are open at a time.
 *
 * @param {{ policies?: readonly Policy[] }} [given] `policies`: one for each channel that is not judged by its own rules
 * @returns {WindowBook}
 * @throws {import("./errors.js").ReplyWindowError} `wrong-type`, `bad-policy`, `conflicting-fields` for two policies of a channel, `too-many-books`
 * @example
 * const book = windowBook();
 * book.record(conversations.map(({ key, state }) => ({ key, state })));
 * const { changed, nextChangeAtMs } = book.changes();
 * book.statuses(changed).forEach((status, place) => showBadge(changed[place], status));
 */
export function windowBook(given = {}) {
  const { policies = [] } = options(given, ["policies"]);
  const opened = new Book(policies);
  return Object.freeze({
    record: (windows, receivedAt) => opened.record(windows, receivedAt),
    changes: (now) => opened.changes(now),
    status: (key, now) => opened.statuses([assertString(key, "key")], now)[0],
    statuses: (keys, now) => opened.statuses(keys, now),
    state: (key) => opened.state(key),
    keys: opened.keys,
    remove: (keys) => opened.remove(keys),
    judgeBy: (by) => opened.judgeBy(by),
    close: () => opened.close(),
  });
}

/**
 * Where the engine had to be started anew, or the book was closed, each of these throws `unknown-book`: open another, and record what
 * is known once more.
 *
 * @typedef {object} WindowBook
 * @property {(windows: readonly BookWindow[], receivedAt?: Time) => { clockSuspect?: true }} record joins what is told to what is
 *   known. No event is dated later than `receivedAt` (default `Date.now()`); `clockSuspect` where one was over two minutes ahead.
 *   Throws as `foldEvents`, with `windows[…]` before the path; `book-full`. Then of the windows that are new none is kept
 * @property {(now?: Time) => { changed: string[], nextChangeAtMs?: number }} changes the keys of those that stand otherwise than when
 *   this was asked last, new ones among them, and when the next of them will by itself. Otherwise: `kind`, `reason`, owner, marketing, one of the
 *   times or `messagesLeft` is another
 * @property {(key: string, now?: Time) => WindowStatus | undefined} status as `windowStatus`; `undefined` for a key that is not there
 * @property {(keys: readonly string[], now?: Time) => (WindowStatus | undefined)[]} statuses in the order of `keys`
 * @property {(key: string) => WindowState | undefined} state what is known of a window
 * @property {() => string[]} keys of all windows in it
 * @property {(keys: readonly string[]) => void} remove forgets windows; keys that are not there are no error
 * @property {(policies: readonly Policy[]) => void} judgeBy other rules from now on, as `policies` of {@link windowBook}
 * @property {() => void} close gives its memory back
 */
