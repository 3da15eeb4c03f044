// @ts-check
/**
 * `<signature-inspector>`: for administrators, whether a webhook is signed well and why not. What is typed stays in the
 * fields, is never stored or sent, and goes with the element. This module registers nothing.
 *
 * Attributes: `locale` (BCP 47; without it the language around it, or of the page, also where that changes), `dir`, `theme` (`light`, `dark`, `auto`).
 * Property: `locale`. Methods: `clear()`.
 * Parts: `url headers body token previous check clear verdict`. Custom properties: those of `<reply-window>`.
 */
import { webhooks } from "../../engine/modules/webhooks.js";
import { messagesFrom } from "../../i18n/locale.js";
import { isComposing } from "../parts/composing.js";
import { verdictOn } from "./reading.js";
import { styles } from "./styles.js";
import { verdictView } from "./result.js";
import { words } from "./words.js";
import { fill, h, set } from "../parts/dom.js";
import { PageLanguage, setLocale } from "../parts/page-language.js";

/** On a server there is no HTMLElement; the class can be imported there, not used. */
const Base = globalThis.HTMLElement ?? /** @type {typeof HTMLElement} */ (class {});
const NAMES = /** @type {const} */ (["url", "headers", "body", "token", "previous"]);
/** Foreign texts: never spelt, never completed, always left to right. */
const PLAIN = { dir: "ltr", autocomplete: "off", autocapitalize: "off", spellcheck: "false" };

/** @typedef {typeof NAMES[number]} Name */

export class SignatureInspectorElement extends Base {
  static observedAttributes = ["locale", "dir"];

  /** @type {import("../../i18n/locale.js").Messages | undefined} */
  #m;
  /** @type {Record<Name, HTMLInputElement | HTMLTextAreaElement> | undefined} */
  #fields;
  /** @type {HTMLElement | undefined} */
  #said;
  #language = new PageLanguage(this, () => this.#build());

  /**
   * Registers the element; a second call, or a tag that is taken, changes nothing.
   *
   * @param {string} [tag]
   */
  static define(tag = "signature-inspector") {
    if (!globalThis.customElements || customElements.get(tag)) return;
    customElements.define(tag, customElements.getName?.(this) ? class extends this {} : this);
  }

  get locale() { return this.getAttribute("locale") ?? ""; }
  set locale(locale) { setLocale(this, locale); }

  connectedCallback() {
    this.#language.follow();
    if (Object.hasOwn(this, "locale")) this.#upgrade();
    if (this.#language.isAnother) this.#build();
  }

  /** A property set before the upgrade hides the accessor of the class. */
  #upgrade() {
    const { locale } = this;
    Reflect.deleteProperty(this, "locale");
    this.locale = locale;
  }

  disconnectedCallback() {
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#language.leave();
      this.clear();
    });
  }

  /**
   * @param {string} _name
   * @param {string | null} before
   * @param {string | null} now
   */
  attributeChangedCallback(_name, before, now) {
    if (before !== now && this.#fields) this.#build();
  }

  /** Forgets everything that was typed and shown. */
  clear() {
    for (const field of Object.values(this.#fields ?? {})) field.value = "";
    if (this.#said) fill(this.#said);
  }

  #build() {
    const before = this.#fields;
    const m = this.#m = messagesFrom(words, this.#language.now);
    const fields = this.#fields = {
      url: h("input", { id: "url", part: "url", type: "url", "aria-describedby": "url-hint", ...PLAIN }),
      headers: h("textarea", { id: "headers", part: "headers", rows: 4, "aria-describedby": "headers-hint", ...PLAIN }),
      body: h("textarea", { id: "body", part: "body", rows: 4, "aria-describedby": "body-hint", ...PLAIN }),
      token: h("input", { id: "token", part: "token", type: "password", "aria-describedby": "token-hint", ...PLAIN }),
      previous: h("input", { id: "previous", part: "previous", type: "password", ...PLAIN }),
    };
    for (const name of NAMES) if (before) fields[name].value = before[name].value;
    this.#said = h("div", { part: "verdict", role: "status" });
    const root = h("section", { class: "inspector", lang: m.tag, dir: this.getAttribute("dir") || m.dir, "aria-labelledby": "title", keydown: (event) => this.#pressed(event) },
      h("h2", { id: "title" }, m.t("title")), h("p", { class: "muted" }, m.t("intro")), this.#form(m, fields),
      h("div", { class: "actions" },
        h("button", { type: "button", class: "main", part: "check", click: () => void this.#check() }, m.t("check")),
        h("button", { type: "button", part: "clear", click: () => this.#cleared() }, m.t("clear"))),
      this.#said);
    const shadow = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [styles()];
    shadow.replaceChildren(root);
  }

  /**
   * Not a form: browsers offer to store what is submitted in one.
   *
   * @param {import("../../i18n/locale.js").Messages} m
   * @param {Record<Name, HTMLElement>} fields
   */
  #form(m, fields) {
    const field = (/** @type {Name} */ name, /** @type {string} */ place, /** @type {HTMLElement} */ control = fields[name]) =>
      h("div", { class: `field ${place}` }, h("label", { for: name }, m.t(name)), control,
        name === "previous" ? null : h("p", { class: "hint", id: `${name}-hint` }, m.t(`${name}Hint`)));
    return h("div", { class: "fields" }, field("url", "wide"), field("headers", ""), field("body", ""),
      field("token", "", this.#secret(m, fields.token, "showToken")), field("previous", "", this.#secret(m, fields.previous, "showPrevious")));
  }

  /**
   * @param {import("../../i18n/locale.js").Messages} m
   * @param {HTMLElement} input
   * @param {string} name
   */
  #secret(m, input, name) {
    const toggle = h("button", { type: "button", "aria-pressed": "false", "aria-label": m.t(name) }, m.t("show"));
    toggle.addEventListener("click", () => {
      const shown = input.getAttribute("type") === "text";
      set(input, { type: shown ? "password" : "text" });
      set(toggle, { "aria-pressed": String(!shown) });
      fill(toggle, m.t(shown ? "show" : "hide"));
    });
    return h("div", { class: "secret" }, input, toggle);
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const target = event.composedPath()[0];
    if (event.key === "Enter" && !isComposing(event) && target instanceof HTMLInputElement) void this.#check();
  }

  #cleared() {
    this.clear();
    if (this.#said && this.#m) fill(this.#said, h("p", {}, this.#m.t("cleared")));
    this.#fields?.url.focus();
  }

  async #check() {
    const { url, headers, body, token, previous } = this.#fields ?? {};
    if (!url || !headers || !body || !token || !previous || !this.#m || !this.#said) return;
    if (!url.value.trim() || !headers.value.trim() || !token.value) {
      fill(this.#said, verdictView(this.#m, { kind: "wrong", message: this.#m.t("missing") }));
      return [url, headers, token].find((field) => !field.value.trim())?.focus();
    }
    await webhooks.ready();
    const verdict = verdictOn({ url: url.value, headers: headers.value, body: body.value, token: token.value, previous: previous.value });
    fill(this.#said, verdictView(this.#m, verdict));
    this.#said.querySelector("h3")?.focus();
  }
}
