// @ts-check
/**
 * A text that may go out by itself: its countdown starts once the answer is in front of the agent, and ends with whatever they do.
 *
 * @import { Snapshot } from "../../controller/types.js"
 * @import { Scope } from "./scope.js"
 */
import { countsDown } from "./labels.js";

const ACTS = ["keydown", "pointerdown", "blur", "pagehide"];

export class QueueWatch {
  #scope;
  #root;
  /** @type {AbortController | undefined} */
  #watch;

  /** @param {Scope} scope @param {HTMLElement} root */
  constructor(scope, root) {
    this.#scope = scope;
    this.#root = root;
  }

  /** @param {Snapshot} snapshot */
  update({ queue }) {
    const isOn = countsDown(queue);
    if (isOn === !!this.#watch) return;
    this.#watch?.abort();
    this.#watch = undefined;
    if (isOn) this.#start();
  }

  #start() {
    this.#watch = new AbortController();
    const { signal } = this.#watch;
    const hold = () => this.#scope.controller().holdQueued();
    // Only the page's own blur: the focus that goes back to the composer is no act of the agent.
    for (const type of ACTS) addEventListener(type, (event) => (type !== "blur" || event.target === window) && hold(), { capture: true, signal });
    document.addEventListener("visibilitychange", hold, { signal });
    // Two frames: what the desktop draws of the answer has been drawn.
    requestAnimationFrame(() => requestAnimationFrame(() => {
      if (signal.aborted) return;
      if (this.#isInFront) this.#scope.controller().answerSeen();
      else hold();
    }));
  }

  get #isInFront() {
    return document.visibilityState === "visible" && document.hasFocus() && this.#root.getClientRects().length > 0;
  }
}
