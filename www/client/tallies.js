// @ts-check
/**
 * What the service's report for supervisors is told: counts, gathered for some seconds, sent until they are taken. A report that is sent again has the same id, so
 * that it counts once. Without text, and without anybody in it.
 */
import { tell } from "./asking.js";

/** @typedef {{ kind: "send-blocked" | "draft-rescued" } | { kind: "answered", minutesLeft: number } | { kind: "template-sent", language: string }} Tally */
/** @typedef {{ id: string, begunMs: number, tallies: (Tally & { count: number })[] }} Report */

const GATHER_MS = 10_000;
/** Before a report is sent again; doubled each time. */
const [LEAST_PAUSE_MS, MOST_PAUSE_MS] = [30_000, 10 * 60_000];
/** What is older is told no more. */
const MAX_AGO_MS = 24 * 60 * 60 * 1000;
/** Reports that wait, tallies of one, and of one of them: what the service takes. */
const [MAX_WAITING, MAX_TALLIES, MAX_COUNT] = [50, 100, 1_000];

/** @param {{ monotonic: () => number }} parts */
const createGathered = ({ monotonic }) => {
  /** @type {Report[]} the last one is being gathered */
  const waiting = [];
  let isOpen = false;
  return {
    waiting,
    close: () => void (isOpen = false),
    /** @param {Tally} tally */
    add(tally) {
      const open = isOpen ? waiting.at(-1) : undefined;
      const known = open?.tallies.find(({ count, ...one }) => JSON.stringify(one) === JSON.stringify(tally));
      if (known && known.count < MAX_COUNT) return void (known.count += 1);
      if (open && open.tallies.length < MAX_TALLIES) return void open.tallies.push({ ...tally, count: 1 });
      waiting.push({ id: crypto.randomUUID(), begunMs: monotonic(), tallies: [{ ...tally, count: 1 }] });
      if (waiting.length > MAX_WAITING) waiting.shift();
      isOpen = true;
    },
  };
};

/**
 * @param {import("./asking.js").Asking & { timer: import("../controller/types.js").Timer, report: (error: unknown) => void }} parts
 */
export const createTallies = (parts) => {
  const { monotonic, timer, report } = parts;
  const { waiting, add, close } = createGathered(parts);
  /** @type {unknown} */
  let wait;
  let [pauseMs, isSending, isOver] = [LEAST_PAUSE_MS, false, false];
  const later = (/** @type {number} */ ms) => (wait ??= timer.set(() => ((wait = undefined), void send()), ms));
  /** @param {boolean} [isLast] the page goes */
  const send = async (isLast = false) => {
    if (isSending || isOver) return;
    isSending = true;
    close();
    try {
      for (let next = waiting[0]; next; next = waiting[0]) {
        const agoMs = Math.max(0, Math.round(monotonic() - next.begunMs));
        if (agoMs <= MAX_AGO_MS) await tell(parts, "/tallies", { id: next.id, agoMs, tallies: next.tallies }, isLast);
        if (waiting[0] === next) waiting.shift();
      }
      pauseMs = LEAST_PAUSE_MS;
    } catch (error) {
      // Whoever may not tell will not be allowed to later.
      isOver = /** @type {{ code?: string }} */ (error).code === "service-unauthorized";
      if (isOver) report(error);
      else later((pauseMs = Math.min(2 * pauseMs, MOST_PAUSE_MS)));
    } finally {
      isSending = false;
      // What came meanwhile.
      if (!isOver && waiting.length > 0) later(GATHER_MS);
    }
  };
  return {
    /** @param {Tally} tally */
    add(tally) {
      if (isOver) return;
      add(tally);
      later(GATHER_MS);
    },
    /** The page goes: what there is, at once. */
    flush: () => send(true),
    end() {
      void send(true);
      isOver = true;
      timer.clear(wait);
    },
  };
};
