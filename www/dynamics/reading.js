// @ts-check
/** Reads what is known of the window that is shown: of the middleware first, then of Dataverse beside it. A read that fails leaves what is known. */

import { inTime } from "../adapters/dynamics/index.js";
import { mergeStates } from "../engine/session.js";

/** @import { WindowState } from "../../src/wire/types.d.ts" */
/** @import { Found, Problem, Reader } from "../adapters/dynamics/reader.js" */
/** @import { Controller } from "../controller/types.js" */
/** @import { Settings } from "./settings.js" */

/** So much later Dataverse may date a message: as long as a better source answers, what is younger is that source's to tell. */
const LAG_MS = 5 * 60_000;
/** What is older than any window says nothing. */
const HISTORY_MS = 8 * 86_400_000;
/** A middleware that has not answered by then holds Dataverse up no longer. */
const ANSWER_LIMIT_MS = 30_000;

export class Reading {
  #reader;
  #window;
  #told;
  #readAt = -Infinity;
  #isReading = false;
  /** Asked for while another was read. @type {(() => Promise<void>) | undefined} */
  #next;
  /** What could not be read the last time. @type {Problem[]} */
  problems = [];

  /**
   * @param {Reader} reader
   * @param {Settings["window"]} window what the middleware knows
   * @param {{ isShown: (found: Found) => boolean, changed: () => void, isFollowed?: () => boolean }} told `isFollowed`: a window service answers,
   *   and tells by itself
   */
  constructor(reader, window, told) {
    this.#reader = reader;
    this.#window = window;
    this.#told = told;
  }

  /** Another conversation is shown. */
  forget() {
    this.#readAt = -Infinity;
    this.problems = [];
  }

  /**
   * What is asked for while something is read is read after it: the answer on its way may be another conversation's, or older than the moment.
   *
   * @param {Found} found @param {Controller} controller @param {number} olderThanMs
   */
  async refresh(found, controller, olderThanMs) {
    if (performance.now() - this.#readAt <= olderThanMs) return;
    if (!this.#isReading) await this.read(found, controller);
    else if (olderThanMs === 0) this.#next = () => this.read(found, controller);
  }

  /** @param {Found} found @param {Controller} controller */
  async read(found, controller) {
    this.#isReading = true;
    try {
      await this.#take(found, controller);
    } catch (error) {
      this.problems = [{ table: "", code: String(/** @type {any} */ (error)?.code ?? "read-failed") }];
    } finally {
      this.#isReading = false;
      this.#told.changed();
    }
    const next = this.#next;
    this.#next = undefined;
    await next?.();
  }

  /** @param {Found} found @param {Controller} controller */
  async #take(found, controller) {
    const { state, problems } = await this.#askWindow(found);
    const { nowAtMs } = controller.snapshot;
    const untilAtMs = this.#told.isFollowed?.() ? nowAtMs - LAG_MS : undefined;
    const told = await this.#reader.evidence(found, { sinceAtMs: nowAtMs - HISTORY_MS, untilAtMs, state });
    if (!this.#told.isShown(found)) return;
    if (state) controller.merge(state);
    if (told.events.length > 0) controller.record(told.events);
    this.#readAt = performance.now();
    this.problems = [...problems, ...told.problems, ...(told.blocksContradicted ? [{ table: "msdyn_conversationmessageblock", code: "blocks-contradicted" }] : [])];
  }

  /** Without an answer, or with one that is no window, Dataverse is what there is. @param {Found} found @returns {Promise<{ state?: WindowState, problems: Problem[] }>} */
  async #askWindow(found) {
    if (!this.#window || found.kind !== "whatsapp") return { problems: [] };
    const { id, business, customer } = found;
    try {
      const state = (await inTime(this.#window({ id, business, customer }), ANSWER_LIMIT_MS))?.state;
      return state === undefined ? { problems: [] } : { state: mergeStates([state]), problems: [] };
    } catch (error) {
      return { problems: [{ table: "window", code: String(/** @type {any} */ (error)?.code ?? "read-failed") }] };
    }
  }
}
