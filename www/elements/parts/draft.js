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
import { isolate } from "../../i18n/messages.js";

/** Characters of the answer that are shown: all of it stands in the transcript. */
const MAX_ANSWER = 200;

/** Whether the customer has answered, and it is for the agent to say what becomes of the text. @param {Snapshot["queue"]} queue */
export const wantsWord = (queue) => queue === "ask" || queue === "ready" || queue === "due";

export class KeptDraft {
  #scope;
  #text = h("p", { id: "draft-text", class: "text", dir: "auto" });
  #waits = h("p", { class: "waits", hidden: true });
  /** What becomes of the text in a template, or why none takes it. */
  #note = h("p", { class: "hint", hidden: true });
  #files = h("p", { class: "waits", hidden: true });
  #answer = h("p", { class: "waits", dir: "auto", hidden: true });
  #with;
  #queue;
  #ways;
  /** What the agent may say once the customer has answered. */
  #words;
  #direct;
  #all;
  #isWhole = false;
  /** @type {Rescue | undefined} */
  #rescue;
  #isQueued = false;

  /**
   * @param {Scope} scope
   * @param {(rescue: Rescue) => void} onChoose
   * @param {() => void} onEdit the agent's hands are wanted in the composer
   * @param {() => void} onDirectSend
   */
  constructor(scope, onChoose, onEdit, onDirectSend) {
    const title = scope.m.t("draft");
    this.#scope = scope;
    this.#with = button("quiet", "", "", () => this.#rescue && onChoose(this.#rescue));
    this.#queue = button("quiet", "", "", () => scope.controller().queueDraft(!this.#isQueued));
    this.#direct = button("quiet", "", "", onDirectSend);
    const say = (/** @type {string} */ key, /** @type {() => void} */ act) => button("quiet", "", scope.m.t(key), act);
    this.#words = h("div", { class: "chips", hidden: true }, say("queue.send", () => void scope.controller().sendQueued()),
      say("queue.edit", () => (scope.controller().queueDraft(false), onEdit())), say("queue.discard", () => (scope.controller().setDraft(""), onEdit())));
    this.#all = set(button("quiet", "", "", () => this.#unfold(!this.#isWhole)), { "aria-controls": "draft-text" });
    this.#ways = h("div", { class: "chips" }, this.#with, this.#queue, this.#direct);
    this.root = h("section", { class: "draft", part: "draft", "aria-label": title },
      h("div", { class: "row" }, h("strong", {}, title), h("span", { class: "chips" }, this.#all, button("quiet", icon(COPY), scope.m.t("copy"), () => this.#copy()))), this.#answer, this.#text, this.#files, this.#waits, this.#words,
      this.#ways, this.#note);
    // Its width decides how many lines it has.
    new ResizeObserver(() => this.#measure()).observe(this.#text);
  }

  /**
   * @param {Snapshot} snapshot
   * @param {boolean} shown
   * @param {Rescue} [rescue] the best template that can carry it
   */
  update({ draft, files = [], queue, directSend, answer, dueInMs, verdict, templates }, shown, rescue) {
    const { m } = this.#scope;
    const { t } = m;
    this.#rescue = rescue;
    this.#isQueued = queue !== undefined && queue !== "offered";
    if (this.#text.textContent !== draft) this.#unfold(false);
    put(this.#text, draft);
    put(this.#files, files.length ? t("draft.files", { names: m.list(files.map((name) => isolate(name))) }) : "");
    const isAnswered = wantsWord(queue);
    put(this.#answer, isAnswered && answer?.text ? t("queue.answer", { text: isolate(answer.text.slice(0, MAX_ANSWER)) }) : "");
    put(this.#waits, !this.#isQueued ? "" : dueInMs === undefined ? t(`queue.${isAnswered ? "ask" : queue}`) : `${t("queue.due")} ${t("left", { time: m.duration(dueInMs, true) })}`);
    set(this.#words, { hidden: !isAnswered });
    const isLines = rescue?.repaired && draft.trim().includes("\n");
    put(this.#with, rescue && t(isLines ? "draft.joined" : "draft.with", { name: isolate(readable(m, rescue.template.name)) }));
    put(this.#queue, queue && !isAnswered ? t(this.#isQueued ? "queue.cancel" : "queue.offered") : "");
    put(this.#direct, directSend ? t("direct-send") : "");
    set(this.#ways, { hidden: this.#with.hidden && this.#queue.hidden && this.#direct.hidden });
    const isRefused = !rescue && draft.trim() !== "" && verdict.locksComposer && offersTemplate(verdict) && templates.kind === "ready" && templates.items.length > 0;
    put(this.#note, isLines ? t("draft.lines") : isRefused ? t("draft.none") : "");
    set(this.root, { hidden: !shown || !draft.trim() && !files.length });
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
