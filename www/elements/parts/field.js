// @ts-check
/**
 * One value of a template: its field, what is wrong with it, and what may be put in with one press.
 *
 * @import { FillProblem, TemplatePrompt } from "../../../src/wire/types.d.ts"
 * @import { Scope } from "./scope.js"
 */
import { isComposing } from "./composing.js";
import { fill, h, put, set } from "./dom.js";
import { INFO, button, icon } from "./icons.js";
import { isolate } from "../../i18n/messages.js";

/** A field that holds more is laid out for seconds, and nothing that is sent holds as much. */
const MAX_PASTED = 100_000;

/** @typedef {{ onInput(): void, onFocus(name: string): void, onNext(): void }} Actions */

export class Field {
  #m;
  #onInput;
  #say;
  /** What is always said of it: the sample. */
  #hint;
  /** What was there before the agent did anything. */
  #given = "";
  #origin;
  #touched = false;
  /** @type {FillProblem | undefined} */
  #shown;
  #problem = h("span");
  #repair = button("chip", "", "", () => this.#put(this.#shown?.repair ?? this.input.value));
  #problemBox;
  #chips = h("div", { class: "chips" });
  /** What they offer: drawn anew only where that changes, so that none loses the focus. */
  #offered = "";
  /** @type {[term: string, value: string][]} */
  #all = [];

  /**
   * @param {Scope} scope
   * @param {{ name: string, label: string, slot: string, sample?: string | undefined }} variable `slot`: what stands for it in the message
   * @param {number} index
   * @param {Actions} actions
   */
  constructor({ m, say }, { name, label, slot, sample }, index, { onInput, onFocus, onNext }) {
    this.#m = m;
    this.#onInput = onInput;
    this.#say = say;
    this.#hint = sample && `hint-${index}`;
    this.name = name;
    this.label = label;
    this.slot = slot;
    this.input = h("textarea", { id: `value-${index}`, rows: 1, dir: "auto", class: "value", autocomplete: "off",
      beforeinput: (event) => this.#takes(event.data) || event.preventDefault(), input: onInput, focus: () => (onFocus(name), this.#reveal()), blur: () => this.#left(), keydown: (event) => this.#onKey(event, onNext) });
    this.#origin = h("p", { id: `origin-${index}`, class: "hint", hidden: true }, m.t("from-conversation"));
    this.#problemBox = h("div", { id: `wrong-${index}`, class: "problem", part: "variable-error", hidden: true }, icon(INFO), this.#problem, this.#repair);
    this.root = h("div", { class: "variable", part: "variable" },
      h("div", { class: "row" }, h("label", { for: this.input.id }, h("bdi", {}, label)),
        sample && h("span", { id: this.#hint, class: "hint" }, m.t("sample", { sample: isolate(sample.slice(0, 80)) }))),
      this.input, this.#origin, this.#problemBox, this.#chips);
  }

  /** A browser brings the caret into view, at the edge: under what stands there. Under a press nothing moves. */
  #reveal() {
    if (!this.input.matches(":active")) this.input.scrollIntoView?.({ block: "nearest" });
  }

  /**
   * What stands there first: what the agent typed before, else what surely fits, marked as such and selected so that typing replaces it.
   *
   * @param {string} [kept]
   * @param {TemplatePrompt} [prompt]
   */
  begin(kept, prompt) {
    this.#given = kept === undefined && prompt?.isSure && prompt.fits[0]?.value || "";
    this.input.value = kept ?? this.#given;
    if (this.#given) set(this.input, { focus: () => this.#given === this.input.value && this.input.select() });
  }

  get isTyped() { return this.input.value !== this.#given; }

  /** From now on an empty field is complained of. */
  touch() {
    this.#touched = true;
  }

  /** What may be put in; what stands there already is not offered. @param {[term: string, value: string][]} all */
  offer(all) {
    this.#all = all;
    const offers = all.filter(([, value]) => value !== this.input.value);
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
  report(found) {
    this.#shown = found && (this.#touched || this.input.value) ? found : undefined;
    const { code, message = "", repair } = this.#shown ?? {};
    const text = code ? this.#m.say(`is.${code}`, message) : "";
    // `auto` alone makes every empty field one from left to right.
    set(this.input, { "aria-invalid": text ? "true" : null, dir: this.input.value ? "auto" : null });
    set(this.#origin, { hidden: !this.#given || this.#given !== this.input.value });
    // Not while a chip is in hand: it would go from under the pointer or the focus.
    if (!this.#chips.matches(":focus-within,:active")) this.offer(this.#all);
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
    set(this.#problemBox, { hidden: !text });
    set(this.input, { "aria-describedby": [this.#hint, !this.#origin.hidden && this.#origin.id, text && this.#problemBox.id].filter(Boolean).join(" ") || null });
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
