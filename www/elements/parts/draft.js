// @ts-check
/**
 * The text that was being written when the window closed, kept and readable.
 *
 * @import { Scope } from "./view.js"
 */
import { h, put, set } from "./dom.js";
import { button } from "./icons.js";

export class KeptDraft {
  #scope;
  #text = h("p", { class: "text", dir: "auto" });

  /** @param {Scope} scope */
  constructor(scope) {
    const title = scope.m.t("draft");
    this.#scope = scope;
    this.root = h("section", { class: "draft", part: "draft", "aria-label": title },
      h("div", { class: "row" }, h("strong", {}, title), button("quiet", "copy", scope.m.t("copy"), () => this.#copy())), this.#text);
  }

  /** @param {string} draft */
  update(draft) {
    put(this.#text, draft);
    set(this.root, { hidden: !draft.trim() });
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
