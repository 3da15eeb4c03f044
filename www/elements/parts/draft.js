// @ts-check
/**
 * The text that was being written when the window closed: kept, readable, and with a way out.
 *
 * @import { Rescue, Snapshot } from "../../controller/port.js"
 * @import { Scope } from "./scope.js"
 */
import { h, put, set } from "./dom.js";
import { COPY, button, icon } from "./icons.js";
import { isolate } from "../../i18n/index.js";

export class KeptDraft {
  #scope;
  #text = h("p", { class: "text", dir: "auto" });
  #waits = h("p", { class: "waits", hidden: true });
  #with;
  #queue;
  /** @type {Rescue | undefined} */
  #rescue;
  #isQueued = false;

  /**
   * @param {Scope} scope
   * @param {(rescue: Rescue) => void} onChoose
   */
  constructor(scope, onChoose) {
    const title = scope.m.t("draft");
    this.#scope = scope;
    this.#with = button("quiet", "", "", () => this.#rescue && onChoose(this.#rescue));
    this.#queue = button("quiet", "", "", () => scope.controller().queueDraft(!this.#isQueued));
    this.root = h("section", { class: "draft", part: "draft", "aria-label": title },
      h("div", { class: "row" }, h("strong", {}, title), button("quiet", icon(COPY), scope.m.t("copy"), () => this.#copy())), this.#text, this.#waits,
      h("div", { class: "chips" }, this.#with, this.#queue));
  }

  /**
   * @param {Snapshot} snapshot
   * @param {boolean} shown
   * @param {Rescue} [rescue] the best template that can carry it
   */
  update({ draft, queue }, shown, rescue) {
    const { t } = this.#scope.m;
    this.#rescue = rescue;
    this.#isQueued = queue !== undefined && queue !== "offered";
    put(this.#text, draft);
    put(this.#waits, this.#isQueued ? t(`queue.${queue}`) : "");
    put(this.#with, rescue && t("draft.with", { name: isolate(rescue.template.name) }));
    put(this.#queue, queue && t(this.#isQueued ? "queue.cancel" : "queue.offered"));
    set(this.root, { hidden: !shown || !draft.trim() });
  }

  /** Where the clipboard may not be written, the text is selected for the agent to copy. */
  async #copy() {
    try {
      await navigator.clipboard.writeText(this.#text.textContent ?? "");
      this.#scope.say(this.#scope.m.t("copied"));
    } catch {
      getSelection()?.selectAllChildren(this.#text);
    }
  }
}
