// @ts-check
/**
 * One language of several: a control that is there only where there is a choice.
 *
 * @import { Messages } from "../../i18n/messages.js"
 */
import { fill, h, set } from "./dom.js";

export class LanguageFilter {
  #m;
  /** @type {readonly string[]} */
  #shown = [];

  /**
   * @param {Messages} m
   * @param {(language: string | undefined) => void} onChange what the agent chose: one, or all
   */
  constructor(m, onChange) {
    this.#m = m;
    this.root = h("select", { part: "languages", "aria-label": m.t("language"), hidden: true, change: () => onChange(this.root.value || undefined) });
  }

  /**
   * @param {readonly string[]} languages of all templates, in the order in which they are offered
   * @param {string} [chosen] one of them
   */
  update(languages, chosen = "") {
    if (`${languages}` !== `${this.#shown}`) {
      this.#shown = languages;
      const option = (/** @type {string} */ value, /** @type {string} */ label) => h("option", { value }, label);
      fill(this.root, option("", this.#m.t("language.all")), ...languages.map((language) => option(language, this.#m.language(language))));
    }
    set(this.root, { hidden: languages.length < 2 });
    if (this.root.value !== chosen) this.root.value = chosen;
  }
}
