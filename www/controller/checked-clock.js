// @ts-check
/**
 * What time it is, as far as that is known. The computer's clock can be set, and a computer sleeps: where its clock and the time since the
 * page began have moved apart, a server is asked. Until it answers nobody knows; if it does not, the later of the two counts, so that a clock
 * that was set back opens nothing.
 *
 * During sleep `performance.now()` stands still but on Windows (<https://developer.mozilla.org/docs/Web/API/Performance/now#ticking_during_sleep>).
 */
import { toMs } from "../engine/check.js";
import { wholeClock } from "./clock.js";
import { report } from "./error-info.js";

/** Further apart than this, in ms, one of the two did not run. */
const APART_MS = 1_000;
/** How long the server's answer is waited for. */
const ANSWER_MS = 1_000;
/** Two clocks drift apart by themselves, by some seconds a day: what is this old and agrees this well is where they begin anew. */
const SETTLED_MS = 10_000;
const AGREE_MS = 100;

/**
 * `checking`: a server has been asked. `unchecked`: the clocks moved apart, and it did not answer, or there is none. `unanswered`: it did not answer, and nothing
 * is known to be wrong with the clock.
 *
 * @typedef {"checked" | "checking" | "unchecked" | "unanswered"} ClockState
 * @typedef {object} ClockParts
 * @property {() => number} now the computer's clock, ms since 1970
 * @property {() => number} [monotonic] ms since anything; without it nothing is compared
 * @property {() => Promise<number> | number} [askServer] the time at the host's own server, ms since 1970
 * @property {import("./types.js").Timer} timer
 * @property {() => void} changed
 */

export class CheckedClock {
  #parts;
  #wall;
  /** Where the two began: the instant, and what each read then. @type {{ atMs: number, wallMs: number, monotonicMs: number } | undefined} */
  #base;
  /** @type {ClockState} */
  state = "checked";
  /** By how much the later of the two may be wrong, until the server answers. */
  #doubtMs = 0;
  /** Whether they moved apart since the server answered last. */
  #isMoved = false;
  /** The question that counts. @type {object | undefined} */
  #asked;

  /** @param {ClockParts} parts */
  constructor(parts) {
    this.#parts = parts;
    this.#wall = wholeClock(parts.now);
  }

  /** Ms since 1970, whole. It may find that the clocks have moved apart. */
  now = () => {
    const { monotonic } = this.#parts;
    const wallMs = this.#wall();
    if (!monotonic) return this.#base ? this.#base.atMs + wallMs - this.#base.wallMs : wallMs;
    const monotonicMs = monotonic();
    const base = (this.#base ??= { atMs: wallMs, wallMs, monotonicMs });
    const [byWall, byTick] = [base.atMs + wallMs - base.wallMs, base.atMs + monotonicMs - base.monotonicMs];
    const atMs = Math.floor(Math.max(byWall, byTick));
    const apart = Math.abs(byWall - byTick);
    if (apart > APART_MS) {
      // From here on both run on from the later.
      this.#base = { atMs, wallMs, monotonicMs };
      this.#doubtMs = atMs - byTick;
      this.check(byTick);
    }
    if (this.state === "checked" && apart <= AGREE_MS && byTick - base.atMs > SETTLED_MS) this.#base = { atMs, wallMs, monotonicMs };
    return atMs;
  };

  /** What has surely come: what is shown while the server is being asked, so that nothing is locked and opened again. */
  sureNow = () => {
    const atMs = this.now();
    return this.state === "checking" ? Math.floor(atMs - this.#doubtMs) : atMs;
  };

  /**
   * Asks the server, if there is one.
   *
   * @param {number} [leastMs] the instant that has surely come, where the clocks have moved apart: no answer makes it earlier
   */
  check(leastMs) {
    const { askServer, timer } = this.#parts;
    this.#isMoved ||= leastMs !== undefined;
    if (this.#asked) return;
    const before = this.state;
    if (askServer) this.state = "checking";
    else if (leastMs !== undefined) this.state = "unchecked";
    if (this.state !== before) this.#later();
    if (!askServer) return;
    const asked = (this.#asked = {});
    const startMs = this.#tick();
    const alarm = timer.set(() => this.#fail(asked), ANSWER_MS);
    new Promise((resolve) => resolve(askServer())).then((serverMs) => {
      timer.clear(alarm);
      if (asked === this.#asked) this.#answer(toMs(/** @type {number} */ (serverMs), "askServer"), leastMs === undefined ? 0 : leastMs + this.#tick() - startMs);
    }).catch((error) => {
      timer.clear(alarm);
      // A window service that cannot be asked has told so itself.
      if (!String(error?.code).startsWith("service-un")) report(error);
      this.#fail(asked);
    });
  }

  /** The server's time, as it answered or told it by itself, over a connection that knows who it is. @param {number} atMs */
  serverTime(atMs) {
    this.#answer(toMs(atMs, "atMs"), 0);
  }

  #tick() {
    return (this.#parts.monotonic ?? this.#wall)();
  }

  /** @param {number} serverMs @param {number} leastMs */
  #answer(serverMs, leastMs) {
    this.#asked = undefined;
    this.#doubtMs = 0;
    this.#isMoved = false;
    this.state = "checked";
    this.#base = { atMs: Math.floor(Math.max(serverMs, leastMs)), wallMs: this.#wall(), monotonicMs: this.#parts.monotonic?.() ?? 0 };
    this.#parts.changed();
  }

  /** @param {object} asked */
  #fail(asked) {
    if (asked !== this.#asked) return;
    this.#asked = undefined;
    this.state = this.#isMoved ? "unchecked" : "unanswered";
    this.#parts.changed();
  }

  /** Whoever asks for the time has the answer to finish first. */
  #later() {
    queueMicrotask(() => this.#parts.changed());
  }

  /** What failed is asked again. */
  resume() {
    if (this.state.startsWith("un")) this.check();
  }
}
