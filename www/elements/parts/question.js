// @ts-check
/**
 * A text that leaves only if the agent says yes: the question, and the two answers. The reason stands in the strip above.
 *
 * @import { Snapshot } from "../../controller/types.js"
 * @import { Scope } from "./scope.js"
 */
import { h, put, set } from "./dom.js";
import { button } from "./icons.js";

export class Question {
  #words = h("p", { id: "asked" });
  #yes;
  #scope;
  /** @type {Snapshot["question"]} */
  #asked;

  /**
   * @param {Scope} scope
   * @param {() => void} answered the agent's hands are free again
   */
  constructor(scope, answered) {
    const { t } = scope.m;
    this.#scope = scope;
    const answer = (/** @type {boolean} */ isYes) => {
      void scope.controller().answerQuestion(isYes);
      answered();
    };
    this.#yes = button("quiet", "", t("ask.yes"), () => answer(true));
    this.root = h("div", { class: "question", part: "question", role: "group", tabindex: -1, "aria-labelledby": "asked", "aria-describedby": "why", hidden: true },
      this.#words, h("div", { class: "chips" }, button("quiet", "", t("ask.no"), () => answer(false)), this.#yes));
    // One step back, and no further.
    set(this.root, { keydown: (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      answer(false);
    } });
  }

  /** @param {Snapshot} snapshot @returns {string} what is to be said: a question is said once */
  update({ question }) {
    const { m } = this.#scope;
    const isNew = question !== undefined && question !== this.#asked;
    this.#asked = question;
    put(this.#words, question && m.say(`ask.${question.reason}`, m.t("ask")));
    put(this.#yes, question && m.say(`ask.yes.${question.reason}`, m.t("ask.yes")));
    set(this.root, { hidden: !question });
    return isNew ? String(this.#words.textContent) : "";
  }

  get isShown() {
    return this.#asked !== undefined;
  }

  focus() {
    this.root.focus();
  }
}
