// @ts-check
import { ReplyWindowError } from "../engine/errors.js";
import { MAX_QUERY, openStream, query } from "./asking.js";
import { readStream } from "./event-stream.js";
import { shareStream } from "./leader.js";
import { createRefusals } from "./refusals.js";
import { createSchedule } from "./schedule.js";
import { createServerTime } from "./server-time.js";
import { createWindows } from "./windows.js";

/** @import { Entry, Listener, Party } from "./windows.js" */

/** @typedef {"live" | "polling" | "offline"} Connection */

/**
 * @typedef {object} FollowingParts
 * @property {string} url
 * @property {string | (() => string | Promise<string>)} token
 * @property {(connection: Connection) => void} onConnection
 * @property {(error: unknown) => void} report
 * @property {typeof globalThis.fetch} fetch
 * @property {() => number} now
 * @property {() => number} monotonic
 * @property {import("../controller/types.js").Timer} timer
 */

/** What is asked for within this time goes in one question. */
const GATHER_MS = 20;
/** Without a stream the service is asked this often. */
const POLL_MS = 15_000;
/** The service says something every 15 s; a stream that says nothing for longer is dead. */
const SILENT_MS = 45_000;
/** Where the first word takes longer than this, somebody in between holds the stream up. */
const FIRST_WORD_MS = 10_000;
/** Before a stream is opened again: full jitter below this, doubled each time. */
const [LEAST_PAUSE_MS, MOST_PAUSE_MS] = [1_000, 30_000];
/** A time that may be wrong by more than this is none. */
const MAX_BOUND_MS = 120_000;

/** What is to be asked for, gathered into few questions. @param {{ ask: (entries: Entry[]) => Promise<void>, soon: () => void }} parts */
const createGathering = ({ ask, soon }) => {
  /** @type {Set<Entry>} */
  const wanted = new Set();
  let isAsking = false;
  return {
    /** @param {Iterable<Entry>} entries */
    want(entries) {
      for (const entry of entries) wanted.add(entry);
      if (wanted.size > 0 && !isAsking) soon();
    },
    async run() {
      if (isAsking) return;
      isAsking = true;
      try {
        while (wanted.size > 0) {
          const some = [...wanted].slice(0, MAX_QUERY);
          for (const entry of some) wanted.delete(entry);
          await ask(some);
        }
      } finally {
        isAsking = false;
      }
    },
  };
};

/**
 * Reads the stream again and again, until it is told to end.
 *
 * @param {{ open: (signal: AbortSignal) => Promise<boolean>, pause: (ms: number) => Promise<void> }} parts `open`: whether anything came
 */
const readAgain = ({ open, pause }) => async (/** @type {AbortSignal} */ ended) => {
  for (let most = LEAST_PAUSE_MS; !ended.aborted; ) {
    most = (await open(ended)) ? LEAST_PAUSE_MS : Math.min(MOST_PAUSE_MS, 2 * most);
    if (!ended.aborted) await pause(Math.random() * most);
  }
};

/** What is told of the connection, at changes alone. @param {Pick<FollowingParts, "onConnection" | "report">} parts */
const createState = ({ onConnection, report }) => {
  /** @type {Connection | undefined} */
  let told;
  return {
    /** @param {Connection} next @param {unknown} [error] why, where it is worse */
    set(next, error) {
      if (next === told) return;
      told = next;
      if (error !== undefined) report(error);
      onConnection(next);
    },
    is: (/** @type {Connection} */ one) => told === one,
  };
};

/** What is known of the windows, and asked. @param {FollowingParts} parts @param {{ soon: () => void, learnt: () => void, answered: (cursor: string, businesses?: string[]) => void, failed: (error: unknown) => void }} on */
const createKnown = (parts, on) => {
  const time = createServerTime(parts);
  // As late as it may be there: whoever closes by it closes early by what is not known.
  const now = () => {
    const there = time.read();
    return there && there.boundMs <= MAX_BOUND_MS ? there.atMs + there.boundMs : Math.floor(parts.now());
  };
  const [windows, refuse] = [createWindows({ now, report: parts.report }), createRefusals(parts.report)];
  const asking = { ...parts, sampled: time.sample };
  const gathering = createGathering({ soon: on.soon, ask: async (entries) => {
    try {
      const answer = await query(asking, entries.map(({ party }) => party));
      on.answered(answer.cursor, answer.businesses);
      windows.judgeBy(answer.policies);
      windows.record(entries.flatMap((entry, place) => {
        const told = answer.windows[place];
        if (told?.refused !== undefined) refuse(entry.party.business);
        return told ? [{ entry, state: told.state, observedSinceAtMs: told.observedSinceAtMs }] : [];
      }));
      on.learnt();
    } catch (error) {
      on.failed(error);
    }
  } });
  const askServer = async () => {
    await query(asking, []).catch((error) => {
      on.failed(error);
      throw error;
    });
    const there = time.read();
    if (!there || there.boundMs > MAX_BOUND_MS) throw new ReplyWindowError("service-time-unsure", "the time at the window service is not known well enough");
    return there.atMs + there.boundMs;
  };
  return { time, windows, asking, gathering, askServer };
};

/** One tab's part in reading the stream. @param {FollowingParts} parts @param {ReturnType<typeof createKnown>} known @param {{ live: (is: boolean, error?: unknown) => void, heard: () => void, moved: (id: string | undefined) => void, tell: (hint: import("./leader.js").Hint) => void, watch: (ms: number) => void }} on @param {() => string | undefined} position */
const createReading = (parts, { windows, asking, gathering }, on, position) => {
  /** @type {AbortController | undefined} */
  let stream;
  /** @param {import("./event-stream.js").StreamEvent} event */
  const take = ({ event, id, data }) => {
    if (event === "window") {
      const { keys, state } = JSON.parse(data);
      windows.record([...windows.at(keys)].map((entry) => ({ entry, state })));
      on.tell({ keys, ...(id === undefined ? {} : { position: id }), isLive: true });
    } else if (event === "reset") {
      gathering.want(windows.all());
      on.tell({ ...(id === undefined ? {} : { position: id }), isLive: true });
    }
    on.moved(id);
  };
  return {
    /** @param {AbortSignal} ended */
    async open(ended) {
      const own = (stream = new AbortController());
      const signal = AbortSignal.any([ended, own.signal]);
      let hasCome = false;
      try {
        on.watch(FIRST_WORD_MS);
        await readStream(await openStream(asking, position(), signal), take, () => {
          hasCome = true;
          on.heard();
        });
        on.live(false);
      } catch (error) {
        if (!ended.aborted) on.live(false, error);
      }
      return hasCome;
    },
    /** What is being read is dead. */
    cut: () => stream?.abort(),
    isOn: () => stream !== undefined,
  };
};

export class Following {
  #parts;
  #state;
  #known;
  #reading;
  #schedule;
  /** @type {string | undefined} */
  #position;
  /** @type {ReturnType<typeof shareStream> | undefined} */
  #share;
  #sharedAs = "";
  #isClosed = false;
  #isLive = false;
  /** Ends the pause before the stream is opened again. */
  #goOn = () => {};

  /** @param {FollowingParts} parts */
  constructor(parts) {
    this.#parts = parts;
    this.#state = createState(parts);
    this.#known = createKnown(parts, {
      learnt: () => this.#learnt(), soon: () => this.#schedule.set("gather", GATHER_MS), answered: (cursor, businesses) => this.#answered(cursor, businesses),
      failed: (error) => {
        this.#state.set("offline", error);
        this.#schedule.set("poll", POLL_MS);
      },
    });
    this.#reading = createReading(parts, this.#known, {
      live: (is, error) => this.#live(is, error), tell: (hint) => this.#share?.tell(hint), watch: (ms) => this.#schedule.set("silence", ms),
      heard: () => (this.#heard(), this.#share?.tell({ isLive: true })), moved: (id) => (id === undefined || (this.#position = id), this.#learnt()),
    }, () => this.#position);
    this.#schedule = createSchedule({
      timer: parts.timer, monotonic: parts.monotonic, run: (/** @type {"gather" | "poll" | "retry" | "change" | "silence"} */ name) => this.#run(name),
      late: () => this.#slept(),
    });
  }

  /** @param {"gather" | "poll" | "retry" | "change" | "silence"} name */
  #run(name) {
    const { windows, gathering } = this.#known;
    if (name === "gather") void gathering.run();
    if (name === "poll") gathering.want(windows.all());
    if (name === "retry") this.#goOn();
    if (name === "change") windows.pass();
    if (name === "change") this.#learnt();
    if (name === "silence") this.#reading.cut();
    if (name === "silence") this.#live(false);
  }

  /** Whether the stream is read, here or in another tab. @param {boolean} is @param {unknown} [error] */
  #live(is, error) {
    this.#isLive = is;
    if (is) this.#state.set("live");
    else if (this.#state.is("live")) this.#state.set("polling", error);
    // What fails again does not put the next question off.
    if (is || !this.#schedule.has("poll")) this.#schedule.set("poll", is ? undefined : POLL_MS);
    if (!is) this.#share?.tell({ isLive: false });
  }

  #heard() {
    if (!this.#isLive) this.#live(true);
    this.#schedule.set("silence", SILENT_MS);
  }

  #learnt() {
    this.#schedule.set("change", this.#known.windows.nextChangeMs());
  }

  /** @param {string} cursor @param {string[]} [businesses] */
  #answered(cursor, businesses) {
    this.#position ??= cursor;
    if (!this.#isClosed) this.#begin(businesses);
    this.#state.set(this.#isLive ? "live" : "polling");
    if (!this.#isLive) this.#schedule.set("poll", POLL_MS);
  }

  #slept() {
    this.#known.time.forget();
    this.#reading.cut();
    this.#goOn();
    this.resume();
  }

  /** Another tab told something. @param {import("./leader.js").Hint} hint */
  #hear({ keys, position, isLive }) {
    const { windows, gathering } = this.#known;
    if (position !== undefined) this.#position = position;
    if (isLive === true) this.#heard();
    else if (isLive === false) this.#lost();
    if (position !== undefined) gathering.want(keys ? windows.at(keys) : windows.all());
  }

  /** The tab that reads lost the stream. */
  #lost() {
    this.#isLive = false;
    if (this.#state.is("live")) this.#state.set("polling");
    if (!this.#schedule.has("poll")) this.#schedule.set("poll", POLL_MS);
  }

  /** @param {number} ms @returns {Promise<void>} */
  #pause(ms) {
    return new Promise((resolve) => {
      this.#goOn = resolve;
      this.#schedule.set("retry", ms);
    });
  }

  /**
   * Not before something was answered: what happens until a stream begins is told from the position of that. Tabs share the stream that
   * tells of the same addresses of ours; where another credential is limited to others, it is another stream, and what is known is asked for anew.
   *
   * @param {string[]} [businesses]
   */
  #begin(businesses) {
    const name = ["reply-window", this.#parts.url, ...(businesses ? [...businesses].sort() : [])].join(" ");
    if (name === this.#sharedAs) return;
    const isOther = this.#share !== undefined;
    this.#share?.close();
    this.#goOn();
    this.#sharedAs = name;
    this.#share = shareStream(name, { hear: (hint) => this.#hear(hint), lead: readAgain({ open: this.#reading.open, pause: (ms) => this.#pause(ms) }) });
    if (isOther) this.resume();
  }

  /** @param {readonly Party[]} conversations @param {Listener} listener @returns {() => void} */
  follow(conversations, listener) {
    const { windows, gathering } = this.#known;
    const entries = windows.add(conversations, listener);
    gathering.want(entries);
    return () => {
      for (const entry of entries) windows.remove(entry);
      this.#learnt();
    };
  }

  askServer = () => this.#known.askServer();

  time = () => this.#known.time.read();

  resume = () => this.#known.gathering.want(this.#known.windows.all());

  close() {
    this.#isClosed = true;
    this.#share?.close();
    this.#goOn();
    this.#schedule.clear();
    for (const entry of this.#known.windows.all()) this.#known.windows.remove(entry);
  }
}
