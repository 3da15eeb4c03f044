// @ts-check
/**
 * The event stream. `window`: a window as it is now. `reset`: something was missed, so ask anew by query. `now`: the time here. The id of
 * an event is a position: whoever comes back with it (`Last-Event-ID`) is told all that happened since. A reader that does not read
 * has its stream ended, and comes back where it was.
 */
import { Refusal } from "./answers.js";
import { isTheirs } from "./access.js";
import { changesBy } from "./follower.js";

/**
 * @import { Caller } from "./access.js"
 * @import { Change, Changes } from "./follower.js"
 * @import { Parts } from "./parts.js"
 */

/** What may wait for a reader, in bytes. */
const MAX_BUFFER = 256 * 1024;
/** What may wait in changes, and in reminders, while older ones are being read for a reader that came back. */
const MAX_PENDING = 5_000;
/** Proxies close silent connections. */
const COMMENT_MS = 15_000;
/** Comments between two words about the time. */
const NOW_EVERY = 4;
/** After an end that we made, a reader comes back after this long and a share of it. */
const RETRY_MS = 1_000;

const HEADERS = { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store, no-transform", "x-accel-buffering": "no" };

const encoder = new TextEncoder();
const RETRY = encoder.encode(`retry: ${RETRY_MS}\n\n`);

/** @param {string} name @param {unknown} data @param {string} [id] */
const framed = (name, data, id) => encoder.encode(`event: ${name}\n${id === undefined ? "" : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`);

/** What waits for one reader. @param {() => void} ended */
const createQueue = (ended) => {
  /** @type {ReadableStreamDefaultController<Uint8Array> | undefined} */
  let sink;
  /** @type {((value?: unknown) => void)[]} */
  const waiting = [];
  const wake = () => waiting.splice(0).forEach((resolve) => resolve());
  /** @param {(sink: ReadableStreamDefaultController<Uint8Array>) => void} how */
  const leave = (how) => {
    if (!sink) return;
    const closing = sink;
    sink = undefined;
    wake();
    ended();
    try {
      how(closing);
    } catch {}
  };
  const body = new ReadableStream({
    start: (controller) => void (sink = controller),
    pull: wake,
    cancel: () => leave(() => {}),
  }, new ByteLengthQueuingStrategy({ highWaterMark: MAX_BUFFER }));
  return {
    body, waiting,
    end: () => leave((closing) => closing.close()),
    /** What waits is dropped and the connection with it: whoever reads it comes back to where it was. */
    cut: () => leave((closing) => closing.error(new Error("it was not read"))),
    isOpen: () => sink !== undefined,
    room: () => sink?.desiredSize ?? 0,
    put: (/** @type {Uint8Array} */ bytes) => sink?.enqueue(bytes),
  };
};

/** One reader. `isBehind`: it is still told of what is older, and until it knows that it is at no position. @param {Caller} caller @param {() => void} ended */
const createReader = (caller, ended) => {
  const { body, waiting, room, put, isOpen, end, cut } = createQueue(ended);
  let [written, readThen] = [0, -1];
  /** @param {Uint8Array} bytes */
  const write = (bytes) => {
    if (!isOpen()) return;
    if (room() < bytes.byteLength) return cut();
    written += bytes.byteLength;
    put(bytes);
  };
  return {
    body, write, end, cut, isOpen, caller, isBehind: true,
    /** As soon as so much was read that this has room. @param {Uint8Array} bytes */
    async writeSlowly(bytes) {
      while (isOpen() && room() < bytes.byteLength) {
        if (waiting.length >= MAX_PENDING) return cut();
        await new Promise((resolve) => waiting.push(resolve));
      }
      write(bytes);
    },
    /** Left out where more waits than has room: that keeps a connection alive as well. Who reads none of it until the next beat is cut off. @param {Uint8Array} bytes */
    beat(bytes) {
      const read = written - MAX_BUFFER + room();
      const isFull = waiting.length > 0 || room() < bytes.byteLength;
      if (!isFull) write(bytes);
      else if (read === readThen) cut();
      readThen = read;
    },
    /** @param {Changes} page @param {(change: Change) => Uint8Array} frameOf */
    tell({ changes, cursor, missed }, frameOf) {
      if (missed) write(framed("reset", {}, cursor));
      for (const change of changes) if (isTheirs(caller, change.business)) write(frameOf(change));
    },
  };
};

/** @typedef {ReturnType<typeof createReader>} Reader */

/** A change is written once, however many read it. */
const framesOnce = () => {
  /** @type {WeakMap<Change, Uint8Array>} */
  const frames = new WeakMap();
  return (/** @type {Change} */ change) => {
    const frame = frames.get(change) ?? framed("window", change.window, change.cursor);
    frames.set(change, frame);
    return frame;
  };
};

/** At the reader's own pace. @param {Reader} reader @param {Changes} page @param {(change: Change) => Uint8Array} frameOf */
const tellSlowly = async (reader, { changes, cursor, missed }, frameOf) => {
  if (missed) reader.tell({ changes: [], cursor, missed }, frameOf);
  for (const change of changes) if (isTheirs(reader.caller, change.business)) await reader.writeSlowly(frameOf(change));
};

/**
 * What happened since the reader was here last, then what happens; in this order, so that no position is told before all that is older.
 *
 * @param {Parts} parts @param {Reader} reader @param {string | undefined} since @param {(change: Change) => Uint8Array} frameOf
 */
const follow = async ({ follower, ...parts }, reader, since, frameOf) => {
  /** @type {Changes[] | undefined} */
  let pending = [];
  const { cursor, leave } = await follower.listen((page) => {
    if (!pending) return reader.tell(page, frameOf);
    pending.push(page);
    if (pending.reduce((sum, { changes }) => sum + changes.length, 0) > MAX_PENDING) reader.cut();
  });
  const catchUp = async () => {
    const read = changesBy(parts);
    for (let after = since, isWhole = since === undefined; !isWhole && reader.isOpen(); ) {
      const page = await read(after);
      await tellSlowly(reader, page, frameOf);
      [after, isWhole] = [page.cursor, page.isWhole];
    }
    for (let page = pending?.shift(); page && reader.isOpen(); page = pending?.shift()) await tellSlowly(reader, page, frameOf);
    pending = undefined;
    reader.isBehind = false;
  };
  return { cursor, leave, catchUp };
};

/** A word to every reader now and then. @param {Parts} parts @param {Set<Reader>} readers */
const createBeat = (parts, readers) => {
  let beats = 0;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;
  const beat = () => {
    beats += 1;
    const told = (/** @type {string | undefined} */ at) => (beats % NOW_EVERY === 0 ? framed("now", { nowAtMs: parts.now() }, at) : encoder.encode(":\n\n"));
    const [bytes, behind] = [told(parts.follower.position()), told(undefined)];
    for (const reader of [...readers]) reader.beat(reader.isBehind ? behind : bytes);
  };
  return { begin: () => void (timer ??= setInterval(beat, COMMENT_MS)), end: () => (timer = void clearInterval(timer)) };
};

/** @param {Parts} parts @param {{ maxStreams: number }} limits */
export const createStreams = (parts, { maxStreams }) => {
  /** @type {Set<Reader>} */
  const readers = new Set();
  const frameOf = framesOnce();
  const beat = createBeat(parts, readers);
  return {
    size: () => readers.size,
    /** @param {Request} request @param {Caller} caller */
    async open(request, caller) {
      if (readers.size >= maxStreams) throw new Refusal(429, "too-many-streams", "no more streams here; ask by query", { headers: { "retry-after": "30" } });
      const since = request.headers.get("last-event-id") ?? undefined;
      let leave = () => {};
      const reader = createReader(caller, () => {
        // Named here, the request lives as long as its stream: a signal that nobody holds is heard no more.
        request.signal?.removeEventListener("abort", reader.end);
        readers.delete(reader);
        leave();
        if (readers.size === 0) beat.end();
      });
      readers.add(reader);
      try {
        const following = await follow(parts, reader, since, frameOf);
        leave = following.leave;
        if (!reader.isOpen()) leave();
        beat.begin();
        for (const bytes of [RETRY, framed("now", { nowAtMs: parts.now() }, since ?? following.cursor)]) reader.write(bytes);
        following.catchUp().catch(reader.cut);
      } catch (error) {
        reader.end();
        throw error;
      }
      request.signal?.addEventListener("abort", reader.end, { once: true });
      return new Response(reader.body, { headers: HEADERS });
    },
    /** @param {import("./reminders.js").Reminder} reminder */
    remind(reminder) {
      const bytes = framed("reminder", reminder);
      for (const reader of [...readers]) if (isTheirs(reader.caller, reminder.business)) void (reader.isBehind ? reader.writeSlowly(bytes) : reader.write(bytes));
    },
    /** Ends them; each comes back to whoever answers then. */
    close() {
      for (const reader of [...readers]) reader.end();
    },
  };
};
