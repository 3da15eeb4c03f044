// @ts-check
/**
 * One field of the set-up form: its label, its hint, what is wrong with it, and the repair as a button.
 *
 * @import { Finding } from "../../../src/wire/types.d.ts"
 * @import { Messages } from "../../i18n/messages.js"
 */
import { holdsSecret } from "../../engine/channel.js";
import { fill, h, put, set } from "../parts/dom.js";
import { isolate } from "../../i18n/locale.js";
import { looksAlike, markFinding } from "./mark-findings.js";

/** @typedef {{ m: Messages, token(): string, changed(field: Field): void, settled(act: () => void): void, told(text: string): void }} Scope */
/** @typedef {{ label: string, hint?: string, type?: string, ltr?: boolean, secret?: boolean, list?: string, inputmode?: string }} About */

const MAX_LENGTH = 8_192;

/** Numbers and addresses begin with signs that have no direction of their own. @param {string} text */
export const isolateLtr = (text) => `\u2066${text}\u2069`;

/** Whether a text is another one with something taken out. @param {string} part @param {string} whole */
function isWithin(part, whole) {
  let at = 0;
  for (const unit of whole.split("")) if (unit === part[at]) at += 1;
  return at === part.length;
}

/** What a repair does that is not shown, as a key. @param {string} value @param {string} repaired */
function repairOfSecret(value, repaired) {
  const lower = value.toLowerCase();
  if (isWithin(repaired, value) || !isWithin(repaired, lower)) return "do.repair-token";
  return repaired === lower ? "do.repair-case" : "do.repair-token-case";
}

let count = 0;

export class Field {
  #scope;
  #secret;
  #ltr;
  #touched = false;
  #list;
  #hint;
  #told = "";

  /**
   * @param {Scope} scope
   * @param {About} about
   * @param {...Node} beside what stands beside the input
   */
  constructor(scope, { label, hint, type = "text", ltr = false, secret = false, list, inputmode }, ...beside) {
    this.#scope = scope;
    this.#secret = secret;
    this.#ltr = ltr;
    const id = `field-${(count += 1)}`;
    this.input = h("input", { id, type, dir: ltr ? "ltr" : "auto", list, inputmode, autocomplete: "off", autocapitalize: "off", spellcheck: "false",
      class: ltr ? "ltr" : null, part: "input", input: () => scope.changed(this), blur: () => this.#left() });
    this.#hint = hint && h("p", { id: `${id}-hint`, class: "hint" }, scope.m.t(hint));
    this.#list = h("ul", { id: `${id}-wrong`, class: "findings", part: "findings", hidden: true });
    this.root = h("div", { class: "item", part: "field" }, h("label", { for: id }, scope.m.t(label)),
      h("div", { class: "beside" }, this.input, ...beside), this.#hint, this.#list);
    this.show([]);
  }

  /** No real value comes near the length at which it is cut; what is beyond is told as too long all the same. */
  get value() { return this.input.value.slice(0, MAX_LENGTH); }
  set value(value) { this.input.value = value; }

  get touched() { return this.#touched; }

  /** From now on it is complained of. */
  touch() { this.#touched = true; }

  /** Forgets that it was left: what is wrong with it is not said before it was filled in again. */
  reset() { this.#touched = false; }

  /** @param {Finding[]} findings of this field */
  show(findings) {
    const shown = this.#touched ? findings : [];
    const wrong = shown.some(({ severity }) => severity === "error");
    const offered = new Set();
    fill(this.#list, ...shown.map((finding) => this.#line(finding, !offered.has(finding.repair) && offered.add(finding.repair) && finding.repair)));
    set(this.#list, { hidden: shown.length === 0 });
    const described = [this.#hint && this.#hint.id, shown.length > 0 && this.#list.id].filter(Boolean).join(" ");
    set(this.input, { "aria-invalid": wrong ? "true" : null, "aria-describedby": described || null });
    const said = shown.map(({ code, message }) => this.#scope.m.say(`is.${code}`, message)).join(" ");
    if (said && said !== this.#told) this.#scope.told(said);
    this.#told = said;
  }

  /** @param {Finding} finding @param {string | false | undefined} repair if no line before offers it */
  #line(finding, repair) {
    const { m } = this.#scope;
    const { code, severity, message } = finding;
    return h("li", { "data-code": code, "data-severity": severity },
      h("span", { class: "severity" }, m.t(`severity.${severity}`)), " ", h("span", { class: "sentence" }, m.say(`is.${code}`, message)),
      this.value && markFinding(m, this.value, finding, this.#hides(this.value)), typeof repair === "string" && this.#repair(repair));
  }

  /** @param {string} value */
  #repair(value) {
    const { m } = this.#scope;
    const name = this.#hides(value) ? m.t(repairOfSecret(this.value, value)) : looksAlike(this.value, value) ? m.t("do.repair-hidden") : m.t("do.repair", { value: (this.#ltr ? isolateLtr : isolate)(value.slice(0, 120)) });
    return h("button", { type: "button", class: "chip", part: "repair", click: () => {
      this.value = value;
      this.touch();
      this.#scope.changed(this);
      this.input.focus();
    } }, name);
  }

  /** A secret is not shown beside its field, nor beside another one that it was pasted into. @param {string} text */
  #hides(text) {
    return this.#secret || holdsSecret(text, this.#scope.token());
  }

  #left() {
    if (this.#touched) return;
    // Lines that appear between pressing and releasing would move the button away under the pointer.
    this.#scope.settled(() => {
      this.#touched = true;
      this.#scope.changed(this);
    });
  }
}

/** Shows and hides a secret. @param {Messages} m @param {() => HTMLInputElement} input */
export function revealer(m, input) {
  const button = h("button", { type: "button", class: "side", "aria-pressed": "false", click: () => {
    const hidden = input().type === "password";
    input().type = hidden ? "text" : "password";
    set(button, { "aria-pressed": String(hidden) });
    put(button, m.t(hidden ? "do.hide" : "do.reveal"));
  } }, m.t("do.reveal"));
  return button;
}
