// @ts-check
/**
 * Where the kept text stands: as it is, until what folds it and offers ways out of it has come with list and form.
 *
 * @import { Snapshot } from "../../controller/types.js"
 * @import { DraftActions, KeptDraft } from "./draft.js"
 * @import { Scope } from "./scope.js"
 */
import { h, put, set } from "./dom.js";
import { panel } from "./fetch-panel.js";

export class LazyDraft {
  #scope;
  #actions;
  #text = h("p", { class: "text whole", dir: "auto" });
  #plain;
  /** @type {KeptDraft | undefined} */
  #draft;

  /** @param {Scope} scope @param {DraftActions} actions */
  constructor(scope, actions) {
    this.#scope = scope;
    this.#actions = actions;
    this.#plain = h("section", { class: "draft", part: "draft" }, h("strong", {}, scope.m.t("draft")), this.#text);
    this.root = h("div", {}, this.#plain);
  }

  /**
   * @param {Snapshot} now
   * @param {boolean} wanted
   * @param {boolean} locked
   */
  update(now, wanted, locked) {
    const { draft, files = [] } = now;
    const isShown = wanted && (draft.trim() !== "" || files.length > 0);
    set(this.root, { hidden: !isShown });
    if (panel.here && !this.#draft) {
      this.#scope.adopt(panel.here.styles);
      this.#draft = new panel.here.Draft(this.#scope, this.#actions);
      this.#plain.replaceWith(this.#draft.root);
    }
    if (this.#draft) this.#draft.update(now, locked);
    else put(this.#text, [draft, ...files].join("\n"));
  }
}
