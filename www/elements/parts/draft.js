// @ts-check
/**
 * The text that was being written when the window closed: kept, readable, and with a way out.
 *
 * @import { Rescue, Snapshot } from "../../controller/types.js"
 * @import { Scope } from "./scope.js"
 */
import { offersTemplate } from "../../engine/fallback-verdict.js";
import { h, put, set } from "./dom.js";
import { COPY, button, icon } from "./icons.js";
import { readable } from "./labels.js";
import { isolate } from "../../i18n/index.js";

export class KeptDraft {
  #scope;
  #text = h("p", { id: "draft-text", class: "text", dir: "auto" });
  #waits = h("p", { class: "waits", hidden: true });
  /** What becomes of the text in a template, or why none takes it. */
  #note = h("p", { class: "hint", hidden: true });
  #with;
  #queue;
  #all;
  #isWhole = false;
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
    this.#all = set(button("quiet", "", "", () => this.#unfold(!this.#isWhole)), { "aria-controls": "draft-text" });
    this.root = h("section", { class: "draft", part: "draft", "aria-label": title },
      h("div", { class: "row" }, h("strong", {}, title), h("span", { class: "chips" }, this.#all, button("quiet", icon(COPY), scope.m.t("copy"), () => this.#copy()))), this.#text, this.#waits,
      h("div", { class: "chips" }, this.#with, this.#queue), this.#note);
    // Its width decides how many lines it has.
    new ResizeObserver(() => this.#measure()).observe(this.#text);
  }

  /**
   * @param {Snapshot} snapshot
   * @param {boolean} shown
   * @param {Rescue} [rescue] the best template that can carry it
   */
  update({ draft, queue, verdict, templates }, shown, rescue) {
    const { m } = this.#scope;
    const { t } = m;
    this.#rescue = rescue;
    this.#isQueued = queue !== undefined && queue !== "offered";
    if (this.#text.textContent !== draft) this.#unfold(false);
    put(this.#text, draft);
    put(this.#waits, this.#isQueued ? t(`queue.${queue}`) : "");
    const isLines = rescue?.repaired && draft.trim().includes("\n");
    put(this.#with, rescue && t(isLines ? "draft.joined" : "draft.with", { name: isolate(readable(m, rescue.template.name)) }));
    put(this.#queue, queue && t(this.#isQueued ? "queue.cancel" : "queue.offered"));
    const isRefused = !rescue && draft.trim() !== "" && verdict.locksComposer && offersTemplate(verdict) && templates.kind === "ready" && templates.items.length > 0;
    put(this.#note, isLines ? t("draft.lines") : isRefused ? t("draft.none") : "");
    set(this.root, { hidden: !shown || !draft.trim() });
    this.#measure();
  }

  /** Three lines of it are shown, and whether there are more. @param {boolean} isWhole */
  #unfold(isWhole) {
    this.#isWhole = isWhole;
    this.#text.classList.toggle("whole", isWhole);
    set(this.#text, { tabindex: isWhole ? 0 : null });
    this.#measure();
  }

  #measure() {
    const { scrollHeight, clientHeight } = this.#text;
    const isCut = !this.#isWhole && scrollHeight > clientHeight + 1;
    this.#text.classList.toggle("cut", isCut);
    set(this.#all, { hidden: !isCut && !this.#isWhole, "aria-expanded": String(this.#isWhole) });
    const label = this.#scope.m.t(this.#isWhole ? "draft.less" : "draft.all");
    if (this.#all.textContent !== label) this.#all.textContent = label;
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
