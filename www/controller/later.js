// @ts-check
/** What an engine that is not there could not be told: kept, and told once it answers. */
import { isUnavailable } from "./engine-choice.js";
import { report } from "./error-info.js";

/** Kept at most; what came first goes first. */
const MAX_KEPT = 1024;

export class Later {
  /** @type {(() => void)[]} */
  #kept = [];

  /** Does it now, or, where there is no engine, once there is. Done twice it must be as if done once. @param {() => void} work */
  do(work) {
    try {
      work();
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      this.#kept.push(work);
      if (this.#kept.length > MAX_KEPT) this.#kept.shift();
    }
  }

  catchUp() {
    for (const work of this.#kept.splice(0)) {
      try {
        this.do(work);
      } catch (error) {
        report(error);
      }
    }
  }
}
