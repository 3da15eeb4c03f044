// @ts-check
/**
 * A text that leaves only if the agent says yes: why, and the two answers.
 *
 * @import { Snapshot } from "../../controller/port.js"
 * @import { Scope } from "./scope.js"
 */
import { h, put, set } from "./dom.js";
import { button } from "./icons.js";

export class Question {
  #why = h("p", { id: "asked", class: "why" });
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
    this.root = h("div", { class: "notice question", part: "question", role: "group", tabindex: -1, "aria-labelledby": "asked", hidden: true },
      this.#why, h("div", { class: "chips" }, button("quiet", "", t("ask.no"), () => answer(false)), button("", "", t("ask.yes"), () => answer(true))));
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
    put(this.#why, question && [m.say(`verdict.${question.reason}`, ""), m.t("ask")].filter(Boolean).join(" "));
    set(this.root, { hidden: !question });
    return isNew ? String(this.#why.textContent) : "";
  }

  get isShown() {
    return this.#asked !== undefined;
  }

  focus() {
    this.root.focus();
  }
}
