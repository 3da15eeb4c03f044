// @ts-check
/**
 * One value of a template: its field, what is wrong with it, and what may be put in with one press.
 *
 * @import { FillProblem } from "../../../src/wire/types.d.ts"
 * @import { Scope } from "./scope.js"
 */
import { isComposing } from "./composing.js";
import { fill, h, put, set } from "./dom.js";
import { INFO, button, icon } from "./icons.js";
import { label } from "./preview.js";
import { isolate } from "../../i18n/index.js";

/** A field that holds more is laid out for seconds, and nothing that is sent holds as much. */
const MAX_PASTED = 100_000;

/** @typedef {{ onInput(): void, onFocus(name: string): void, onNext(): void }} Actions */

export class Field {
  #m;
  #onInput;
  #say;
  /** What is always said of it: the sample. */
  #hint;
  #touched = false;
  /** @type {FillProblem | undefined} */
  #shown;
  #problem = h("span");
  #repair = button("chip", "", "", () => this.#put(this.#shown?.repair ?? this.input.value));
  #trouble;
  #chips = h("div", { class: "chips" });
  /** What they offer: drawn anew only where that changes, so that none loses the focus. */
  #offered = "";

  /**
   * @param {Scope} scope
   * @param {{ name: string, sample?: string, around: string }} variable the words around its place, where its name says nothing
   * @param {number} index
   * @param {Actions} actions
   */
  constructor({ m, say }, { name, sample, around }, index, { onInput, onFocus, onNext }) {
    this.#m = m;
    this.#onInput = onInput;
    this.#say = say;
    const help = [around && isolate(around), sample && m.t("sample", { sample: isolate(sample.slice(0, 80)) })].filter(Boolean).join(" · ");
    this.#hint = help && `hint-${index}`;
    this.name = name;
    this.input = h("textarea", { id: `value-${index}`, rows: 1, dir: "auto", class: "value", autocomplete: "off",
      beforeinput: (event) => this.#takes(event.data) || event.preventDefault(), input: onInput, focus: () => onFocus(name), blur: () => this.#left(), keydown: (event) => this.#onKey(event, onNext) });
    this.#trouble = h("div", { id: `wrong-${index}`, class: "problem", part: "variable-error", hidden: true }, icon(INFO), this.#problem, this.#repair);
    this.root = h("div", { class: "variable", part: "variable" },
      h("div", { class: "row" }, h("label", { for: this.input.id }, label(m, name)),
        help && h("span", { id: this.#hint, class: "hint" }, help)),
      this.input, this.#trouble, this.#chips);
  }

  /** From now on an empty field is complained of. */
  touch() {
    this.#touched = true;
  }

  /** @param {[term: string, value: string][]} offers */
  offer(offers) {
    const offered = JSON.stringify(offers);
    if (offered === this.#offered) return;
    this.#offered = offered;
    fill(this.#chips, ...offers.map(([term, value]) => {
      const chip = button("chip", "", "", () => this.#put(value));
      chip.append(h("bdi", { class: "term" }, term), h("bdi", {}, value.slice(0, 60)));
      return chip;
    }));
    set(this.#chips, { hidden: !offers.length });
  }

  /**
   * Nothing is said of an empty field before it was filled or left behind.
   *
   * @param {FillProblem | undefined} found
   * @returns {string} what was not said before
   */
  complain(found) {
    this.#shown = found && (this.#touched || this.input.value) ? found : undefined;
    const { code, message = "", repair } = this.#shown ?? {};
    const text = code ? this.#m.say(`is.${code}`, message) : "";
    // `auto` alone makes every empty field one from left to right.
    set(this.input, { "aria-invalid": text ? "true" : null, dir: this.input.value ? "auto" : null });
    return this.#show(text, repair);
  }

  /**
   * @param {string} text
   * @param {string} [repair]
   * @returns {string} what was not shown before
   */
  #show(text, repair) {
    const fresh = text === this.#problem.textContent ? "" : text;
    put(this.#problem, text);
    put(this.#repair, repair && this.#m.t("repair", { value: isolate(repair.slice(0, 80)) }));
    set(this.#trouble, { hidden: !text });
    set(this.input, { "aria-describedby": [this.#hint, text && this.#trouble.id].filter(Boolean).join(" ") || null });
    return fresh;
  }

  /** Far too much is refused as a whole, aloud: nothing of it is cut off, and the value stays. @param {string | null} [more] */
  #takes(more) {
    if (!more || more.length <= MAX_PASTED) return true;
    const text = this.#m.t("too-much");
    this.#show(text);
    this.#say(text);
  }

  #put(/** @type {string} */ value) {
    if (!this.#takes(value)) return;
    this.input.value = value;
    this.touch();
    this.#onInput();
    this.input.focus();
  }

  #left() {
    this.#touched ||= this.input.value !== "";
    this.#onInput();
  }

  /**
   * Enter goes on; it never sends and never breaks the line.
   *
   * @param {KeyboardEvent} event
   * @param {() => void} onNext
   */
  #onKey(event, onNext) {
    if (event.key !== "Enter" || event.shiftKey || isComposing(event)) return;
    event.preventDefault();
    onNext();
  }
}
