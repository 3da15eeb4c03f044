// @ts-check
/**
 * `<phone-number-input>`: a field for a telephone number that says what it thinks of it. This module registers nothing.
 *
 * Attributes: `label` (shown above the field; without it the field is still named), `name`, `value`, `default-region`
 * (ISO 3166-1 alpha-2, where a national form belongs), `required`, `disabled`, `readonly`, `locale` (BCP 47; without it the language around
 * the field, or of the page, also where that changes), `dir`.
 * Properties: `locale`, `value` (E.164 where it is a number, else `""`), `text` (what stands in the field); read only: `verdict`, `form`,
 * `validity`, `validationMessage`, `willValidate`. Methods: `focus()`, `select()`, `checkValidity()`, `reportValidity()`.
 * Events: `input` and `change`, as those of an input. What is not `invalid` may be submitted: WhatsApp knows numbers that
 * numbering plans do not.
 * States: `empty`, `incomplete`, `invalid`, `possible`, `legacy`, `valid`. Parts: `label`, `field`, `input`, `mark`, `verdict`.
 * Custom properties: --rw-font --rw-radius --rw-bg --rw-fg --rw-muted --rw-error-fg --rw-warn-fg --rw-ok-fg --rw-focus
 *
 * @import { NumberVerdict } from "./judgement.js"
 */
import { parseNumber } from "../../engine/phone-number.js";
import { createNumberMessages } from "../../i18n/number-words.js";
import { isComposing } from "../parts/composing.js";
import { debounce, h, put, set, svg } from "../parts/dom.js";
import { PageLanguage, setLocale } from "../parts/page-language.js";
import { numberStyles } from "./styles.js";
import { difference, formatTyped, judgeNumber, sentence, settled, shown } from "./judgement.js";

/** On a server there is no HTMLElement; the class can be imported there, not used. */
const Base = globalThis.HTMLElement ?? /** @type {typeof HTMLElement} */ (class {});
const STATES = /** @type {const} */ (["empty", "incomplete", "invalid", "possible", "legacy", "valid"]);
/** Not by colour alone. */
const MARKS = { valid: "M4 10.5 8 14.5 16 5.5", legacy: "M4 10.5 8 14.5 16 5.5", possible: "M10 4v8M10 15v.5", invalid: "M5 5l10 10M15 5 5 15" };
const SPEAK_AFTER_MS = 800;

export class PhoneNumberInputElement extends Base {
  static formAssociated = true;
  static observedAttributes = ["label", "value", "default-region", "required", "disabled", "readonly", "locale", "dir", "aria-label"];

  #internals = this.attachInternals?.();
  #input = /** @type {HTMLInputElement} */ (/** @type {unknown} */ (undefined));
  #label = /** @type {HTMLLabelElement} */ (/** @type {unknown} */ (undefined));
  #root = /** @type {HTMLElement} */ (/** @type {unknown} */ (undefined));
  #words = /** @type {ReturnType<typeof createNumberMessages>} */ (/** @type {unknown} */ (undefined));
  /** @type {NumberVerdict} */
  #verdict = { kind: "empty", reason: "value-missing", e164: "" };
  /** Whether the value is what somebody typed or the page set, and no longer that of the attribute. */
  #dirty = false;
  /** Whether whoever types has left the field with something in it. */
  #done = false;
  /** Whether something was typed that has not been spoken of. */
  #unsaid = false;
  /** While it sets separators itself. */
  #setting = false;
  #disabledByForm = false;
  /** What was set before there was a field to show it in. */
  #pending = "";
  #language = new PageLanguage(this, () => this.#renew());
  #speak = debounce((/** @type {string} */ text) => {
    this.#unsaid = false;
    put(/** @type {HTMLElement} */ (this.#root.querySelector("[role=status]")), text);
  }, SPEAK_AFTER_MS);

  /**
   * Registers the element; a second call, or a tag that is taken, changes nothing.
   *
   * @param {string} [tag]
   */
  static define(tag = "phone-number-input") {
    if (!globalThis.customElements || customElements.get(tag)) return;
    customElements.define(tag, customElements.getName?.(this) ? class extends this {} : this);
  }

  get value() { return this.#verdict.e164; }
  set value(value) {
    this.#dirty = true;
    this.#show(String(value ?? ""));
  }

  get text() { return this.#input ? this.#input.value : this.#pending; }
  get verdict() { return this.#verdict; }
  get form() { return this.#internals?.form ?? null; }
  get name() { return this.getAttribute("name") ?? ""; }
  set name(name) { this.setAttribute("name", name); }
  get validity() { return this.#internals?.validity; }
  get validationMessage() { return this.#internals?.validationMessage ?? ""; }
  get willValidate() { return this.#internals?.willValidate ?? false; }
  get locale() { return this.getAttribute("locale") ?? ""; }
  set locale(locale) { setLocale(this, locale); }
  get defaultRegion() { return this.getAttribute("default-region") ?? ""; }
  set defaultRegion(region) { this.setAttribute("default-region", region); }
  get required() { return this.hasAttribute("required"); }
  set required(required) { this.toggleAttribute("required", required); }
  get disabled() { return this.hasAttribute("disabled"); }
  set disabled(disabled) { this.toggleAttribute("disabled", disabled); }

  checkValidity() { return this.#internals?.checkValidity() ?? true; }
  reportValidity() {
    this.#done = true;
    this.#judge();
    return this.#internals?.reportValidity() ?? true;
  }
  select() { this.#input?.select(); }

  connectedCallback() {
    // Properties that were set before the upgrade hide the accessors of the class.
    for (const name of /** @type {const} */ (["locale", "value", "defaultRegion", "required", "disabled"])) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete this[name];
      /** @type {any} */ (this)[name] = value;
    }
    this.#language.follow();
    const first = !this.#input;
    if (first) this.#build();
    this.#render();
    if (first) this.#show(this.#dirty ? this.#pending : this.getAttribute("value") ?? "");
    else this.#judge();
  }

  disconnectedCallback() {
    this.#language.leave();
    this.#speak.cancel();
  }

  /** @param {string} name @param {string | null} before @param {string | null} now */
  attributeChangedCallback(name, before, now) {
    if (before === now || !this.#input) return;
    if (name === "value") return void (this.#dirty || this.#show(now ?? ""));
    this.#renew();
  }

  /** In other words, or with another rule. */
  #renew() {
    this.#render();
    this.#judge();
  }

  formResetCallback() {
    this.#dirty = this.#done = false;
    this.#show(this.getAttribute("value") ?? "");
  }

  /** @param {boolean} disabled by the form or a fieldset */
  formDisabledCallback(disabled) {
    this.#disabledByForm = disabled;
    if (this.#input) this.#render();
  }

  /** @param {string} state what a browser kept for this field */
  formStateRestoreCallback(state) { this.value = state; }

  /** The default region, where it is one. */
  get #region() {
    const region = this.defaultRegion.toUpperCase();
    try {
      if (region) parseNumber("", { defaultRegion: region });
      return region || undefined;
    } catch {
      return undefined;
    }
  }

  #build() {
    this.#input = h("input", {
      id: "input", part: "input", type: "tel", dir: "ltr", inputmode: "tel", autocomplete: "tel", "aria-describedby": "verdict",
      input: (/** @type {InputEvent} */ event) => this.#typed(event), change: () => this.#changed(), blur: () => this.#left(),
      compositionend: () => this.#typed(), keydown: (/** @type {KeyboardEvent} */ event) => this.#pressed(event),
    });
    this.#label = h("label", { for: "input", part: "label" });
    const mark = svg("", { part: "mark", class: "mark" });
    this.#root = h("div", { class: "number" }, this.#label, h("div", { part: "field", class: "field" }, this.#input, mark),
      h("p", { id: "verdict", part: "verdict", class: "verdict" }), h("p", { class: "sr", role: "status" }));
    const shadow = this.shadowRoot ?? this.attachShadow({ mode: "open", delegatesFocus: true });
    shadow.adoptedStyleSheets = [numberStyles()];
    shadow.replaceChildren(this.#root);
  }

  #render() {
    this.#words = createNumberMessages(this.#language.now);
    set(this.#root, { lang: this.#words.tag, dir: this.getAttribute("dir") || this.#words.dir });
    const label = this.getAttribute("label") ?? "";
    put(this.#label, label);
    set(this.#input, {
      "aria-label": this.getAttribute("aria-label") || (label ? null : this.#words.t("label")),
      // Not `required` itself: the browser's own bubble would speak another language than the field.
      "aria-required": this.required ? "true" : null,
      disabled: this.disabled || this.#disabledByForm,
      readonly: this.hasAttribute("readonly"),
    });
  }

  /** @param {string} text */
  #show(text) {
    this.#pending = text;
    if (!this.#input) return void (this.#verdict = judgeNumber(text, this.#region));
    const written = text && shown(text, this.#region);
    if (this.#input.value !== written) this.#input.value = written;
    this.#done ||= written !== "";
    this.#judge();
  }

  /** @param {InputEvent} [event] */
  #typed(event) {
    if (this.#setting) return void event?.stopImmediatePropagation();
    this.#dirty = this.#unsaid = true;
    const how = event?.inputType ?? "";
    // What is undone stays undone.
    if (!event?.isComposing && !how.startsWith("history")) this.#format(how);
    if (this.#input.value === "") this.#done = false;
    this.#judge(true);
  }

  /** @param {string} how the type of the input event */
  #format(how) {
    const { value, selectionStart } = this.#input;
    const whole = /^insertFrom(Paste|Drop)$/.test(how) ? settled(value, this.#region) : undefined;
    if (whole !== undefined) return this.#set(whole, whole.length);
    const set = formatTyped(value, selectionStart ?? value.length, this.#region, how.endsWith("Forward"));
    if (set) this.#set(set.text, set.caret);
  }

  /**
   * By the editor's own command, where it obeys, so that undoing undoes it too.
   *
   * @param {string} value
   * @param {number} caret
   */
  #set(value, caret) {
    const input = this.#input;
    if (value !== input.value) {
      const { start, end, text } = difference(input.value, value);
      input.setSelectionRange(start, end);
      this.#setting = true;
      if (this.shadowRoot?.activeElement === input) document.execCommand(text ? "insertText" : "delete", false, text);
      this.#setting = false;
      if (input.value !== value) input.value = value;
    }
    if (input.selectionStart !== caret || input.selectionEnd !== caret) input.setSelectionRange(caret, caret);
  }

  /** Enter submits, which a field in a shadow tree does not do by itself. @param {KeyboardEvent} event */
  #pressed(event) {
    if (event.key !== "Enter" || isComposing(event) || !this.form) return;
    this.#left();
    const isSubmit = (/** @type {Element} */ control) => /** @type {HTMLButtonElement} */ (control).type === "submit" || control.matches("input[type=image]");
    const button = /** @type {HTMLElement | undefined} */ ([...this.form.elements].find(isSubmit));
    // One that is disabled does nothing when it is clicked, as it should be.
    if (button) button.click();
    else this.form.requestSubmit();
  }

  #changed() { this.dispatchEvent(new Event("change", { bubbles: true })); }

  #left() {
    this.#done = this.#input.value !== "" || this.#done;
    this.#judge(this.#unsaid);
  }

  /** @param {boolean} [spoken] whether somebody is typing and should hear it */
  #judge(spoken = false) {
    const region = this.#region;
    this.#verdict = judgeNumber(this.#input.value, region);
    const { kind, e164 } = this.#verdict;
    const words = sentence(this.#verdict, this.#words, { done: this.#done, defaultRegion: region });
    const wrong = kind === "invalid" || (kind === "incomplete" && this.#done);
    const tone = wrong ? "invalid" : kind;
    set(this.#root, { "data-verdict": tone });
    set(this.#input, { "aria-invalid": wrong ? "true" : null });
    put(/** @type {HTMLElement} */ (this.#root.querySelector(".verdict")), words);
    set(this.#root.querySelector(".mark path"), { d: MARKS[/** @type {keyof typeof MARKS} */ (tone)] ?? "" });
    if (spoken) this.#speak(words);
    this.#tell(e164);
    for (const state of STATES) this.#internals?.states?.[state === kind ? "add" : "delete"](state);
  }

  /** To the form. @param {string} e164 */
  #tell(e164) {
    const { kind, reason } = this.#verdict;
    const region = this.#region;
    this.#internals?.setFormValue(e164, this.#input.value);
    const missing = kind === "empty" && this.required;
    if (missing) this.#internals?.setValidity({ valueMissing: true }, this.#words.t("value-missing"), this.#input);
    else if (kind === "invalid" || kind === "incomplete") {
      const flag = /too-short|local-only/.test(reason) ? { tooShort: true } : /too-long/.test(reason) ? { tooLong: true } : { badInput: true };
      this.#internals?.setValidity(flag, sentence(this.#verdict, this.#words, { done: true, defaultRegion: region }), this.#input);
    } else this.#internals?.setValidity({});
  }
}
