// @ts-check
/**
 * The text that was being written when the window closed: kept, readable, and with a way out.
 *
 * @import { DraftTemplate, Snapshot } from "../../controller/types.js"
 * @import { Scope } from "./scope.js"
 */
import { offersTemplate } from "../../engine/fallback-verdict.js";
import { attempt, h, put, set } from "./dom.js";
import { COPY, button, icon } from "./icons.js";
import { readable, wantsWord } from "./labels.js";
import { isolate } from "../../i18n/messages.js";

/** What the agent asks for there: the template that takes the text, the composer, a question. @typedef {{ choose(suitable: DraftTemplate): void, edit(): void, directSend(): void }} DraftActions */

/** Characters of the answer that are shown: all of it stands in the transcript. */
const MAX_ANSWER = 200;

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
  /** The best template that can carry it. @type {DraftTemplate | undefined} */
  #suitable;
  /** What that was looked for. @type {unknown[]} */
  #rescuedFor = [];
  /** @type {DraftTemplate | undefined} */
  #found;
  /** Whether any template takes it, though none as a sentence of its own. */
  #isTaken = false;
  #isQueued = false;

  /**
   * @param {Scope} scope
   * @param {DraftActions} actions
   */
  constructor(scope, { choose, edit, directSend }) {
    const title = scope.m.t("draft");
    this.#scope = scope;
    this.#with = button("quiet", "", "", () => this.#suitable && choose(this.#suitable));
    this.#queue = button("quiet", "", "", () => scope.controller().queueDraft(!this.#isQueued));
    this.#direct = button("quiet", "", "", directSend);
    const say = (/** @type {string} */ key, /** @type {() => void} */ act) => button("quiet", "", scope.m.t(key), act);
    this.#words = h("div", { class: "chips", hidden: true }, say("queue.send", () => void scope.controller().sendQueued()),
      say("queue.edit", () => (scope.controller().queueDraft(false), edit())), say("queue.discard", () => (scope.controller().setDraft(""), edit())));
    this.#all = set(button("quiet", "", "", () => this.#unfold(!this.#isWhole)), { "aria-controls": "draft-text" });
    this.#ways = h("div", { class: "chips ways" }, this.#with, this.#queue, this.#direct);
    this.root = h("section", { class: "draft", part: "draft", "aria-label": title },
      h("div", { class: "row" }, h("strong", {}, title), h("span", { class: "chips" }, this.#all, button("quiet", icon(COPY), scope.m.t("copy"), () => this.#copy()))), this.#answer, this.#text, this.#files, this.#waits, this.#words,
      this.#ways, this.#note);
    // Its width decides how many lines it has.
    if (globalThis.ResizeObserver) new ResizeObserver(() => this.#measure()).observe(this.#text);
  }

  /**
   * @param {Snapshot} now
   * @param {boolean} locked
   */
  update(now, locked) {
    const { draft, files = [], queue, directSend, answer, dueInMs, verdict, templates } = now;
    const { m } = this.#scope;
    const { t } = m;
    const suitable = locked ? this.#look(now) : undefined;
    this.#suitable = suitable;
    this.#isQueued = queue !== undefined && queue !== "offered";
    if (this.#text.textContent !== draft) this.#unfold(false);
    put(this.#text, draft);
    put(this.#files, files.length ? t("draft.files", { names: m.list(files.map((name) => isolate(name))) }) : "");
    const isAnswered = wantsWord(queue);
    put(this.#answer, isAnswered && answer?.text ? t("queue.answer", { text: isolate(answer.text.slice(0, MAX_ANSWER)) }) : "");
    put(this.#waits, !this.#isQueued ? "" : dueInMs === undefined ? t(`queue.${isAnswered ? "ask" : queue}`) : `${t("queue.due")} ${t("left", { time: m.duration(dueInMs, true) })}`);
    set(this.#words, { hidden: !isAnswered });
    const isLines = suitable?.repaired && draft.trim().includes("\n");
    put(this.#with, suitable && t(isLines ? "draft.joined" : "draft.with", { name: isolate(readable(m, suitable.template.name)) }));
    put(this.#queue, queue && !isAnswered ? t(this.#isQueued ? "queue.cancel" : "queue.offered") : "");
    put(this.#direct, directSend ? t("direct-send") : "");
    set(this.#ways, { hidden: this.#with.hidden && this.#queue.hidden && this.#direct.hidden });
    const isRefused = !this.#isTaken && draft.trim() !== "" && verdict.locksComposer && offersTemplate(verdict) && templates.kind === "ready" && templates.items.length > 0;
    put(this.#note, isLines ? t("draft.lines") : isRefused ? t("draft.none") : "");
    this.#measure();
  }

  /** @param {Snapshot} now */
  #look({ draft, templates, conversation }) {
    const key = [draft, templates, conversation];
    if (key.every((part, index) => part === this.#rescuedFor[index])) return this.#found;
    this.#rescuedFor = key;
    const all = draft.trim() ? attempt(() => this.#scope.controller().templatesForDraft(), []) : [];
    this.#isTaken = all.length > 0;
    this.#found = all.find(({ sentence }) => sentence);
    return this.#found;
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
