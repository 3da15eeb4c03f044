// @ts-check
/**
 * Where texts of others that were lost stand, and who watches a text that counts down: fetched when there is one or the other. What cannot be watched does not
 * go out by itself.
 *
 * @import { Snapshot } from "../../controller/types.js"
 * @import { Scope } from "./scope.js"
 */
import { asides } from "./fetch-panel.js";
import { h } from "./dom.js";
import { countsDown } from "./labels.js";

export class LazyAsides {
  #scope;
  #window;
  /** @type {{ lost: import("./lost-texts.js").LostTexts, watch: import("./queue-watch.js").QueueWatch } | undefined} */
  #parts;
  root = h("div");

  /** @param {Scope} scope @param {() => HTMLElement} window the whole */
  constructor(scope, window) {
    this.#scope = scope;
    this.#window = window;
  }

  /** @param {Snapshot} now @returns {string} what is to be said */
  update(now) {
    const { here } = asides;
    if (here && !this.#parts) this.#place(here);
    if (!this.#parts && (now.lost?.length || countsDown(now.queue))) void this.#fetch();
    this.#parts?.watch.update(now);
    return this.#parts?.lost.update(now) ?? "";
  }

  async #fetch() {
    const { controller, say } = this.#scope;
    try {
      await asides.fetch();
      const sentence = this.update(controller().snapshot);
      if (sentence) say(sentence);
    } catch {
      controller().holdQueued();
    }
  }

  /** @param {NonNullable<typeof asides.here>} made */
  #place({ LostTexts, QueueWatch, styles }) {
    this.#scope.adopt(styles);
    this.#parts = { lost: new LostTexts(this.#scope), watch: new QueueWatch(this.#scope, this.#window()) };
    this.root.append(this.#parts.lost.root);
  }
}
