// @ts-check
/**
 * One WhatsApp number of the form, with its templates.
 *
 * @import { Finding, NumberRecord } from "../../../src/wire/types.d.ts"
 * @import { Scope } from "./field.js"
 */
import { fill, h, put, set } from "../parts/dom.js";
import { Field } from "./field.js";

const TEXTS = /** @type {const} */ (["name", "account", "number", "workStream"]);

/** @typedef {{ contentSid: Field, language: Field, root: HTMLElement, remove: HTMLElement }} TemplateRow */

export class NumberFields {
  #scope;
  /** @type {TemplateRow[]} */
  #templates = [];
  #list = h("div", { class: "templates" });
  #legend = h("legend");
  #remove;
  /** The account follows the channel's name until somebody writes another one. */
  follows;

  /**
   * @param {Scope} scope
   * @param {NumberRecord} record
   * @param {{ streams: string, follows: boolean, onRemove(number: NumberFields): void }} options
   */
  constructor(scope, record, { streams, follows, onRemove }) {
    this.#scope = scope;
    this.follows = follows;
    const { m } = scope;
    this.fields = {
      name: new Field(scope, { label: "field.number.name" }),
      account: new Field({ ...scope, changed: (field) => (this.follows = false, scope.changed(field)) }, { label: "field.account" }),
      number: new Field(scope, { label: "field.number", hint: "hint.number", type: "tel", ltr: true }),
      workStream: new Field(scope, { label: "field.workStream", hint: "hint.workStream", list: streams }),
    };
    for (const name of TEXTS) this.fields[name].value = record[name] ?? "";
    this.#remove = h("button", { type: "button", part: "remove-number", click: () => onRemove(this) });
    this.root = h("fieldset", { class: "number", part: "number" }, this.#legend, h("div", { class: "pair" }, ...TEXTS.map((name) => this.fields[name].root)),
      this.#list, h("div", { class: "buttons" },
        h("button", { type: "button", part: "add-template", click: () => this.#add({}, true) }, m.t("do.add-template")), this.#remove));
    for (const template of record.templates ?? []) this.#add(template, false);
  }

  /** @param {{ contentSid?: string, language?: string }} record @param {boolean} focus */
  #add({ contentSid = "", language = "" }, focus) {
    const fields = { contentSid: new Field(this.#scope, { label: "field.contentSid", ltr: true }), language: new Field(this.#scope, { label: "field.language", ltr: true }) };
    fields.contentSid.value = contentSid;
    fields.language.value = language;
    const remove = h("button", { type: "button", class: "side", click: () => this.#drop(row) });
    const row = { ...fields, remove, root: h("div", { class: "template" }, fields.contentSid.root, fields.language.root, remove) };
    this.#templates.push(row);
    this.#draw();
    if (!focus) return;
    this.#scope.changed(fields.contentSid);
    fields.contentSid.input.focus();
  }

  /** @param {TemplateRow} row */
  #drop(row) {
    const at = this.#templates.indexOf(row);
    this.#templates.splice(at, 1);
    this.#draw();
    (this.#templates[at]?.remove ?? this.#remove).focus();
    this.#scope.changed(this.fields.number);
  }

  #draw() {
    fill(this.#list, ...this.#templates.map(({ root }) => root));
    this.#templates.forEach(({ remove }, index) => put(remove, this.#scope.m.t("do.remove-template", { n: index + 1 })));
    set(this.#list, { hidden: this.#templates.length === 0 });
  }

  /** @param {number} index */
  place(index) {
    const { m } = this.#scope;
    put(this.#legend, m.t("form.number", { n: index + 1 }));
    put(this.#remove, m.t("do.remove-number", { n: index + 1 }));
    this.#draw();
  }

  /** @returns {NumberRecord} */
  get record() {
    const templates = this.#templates.map(({ contentSid, language }) => ({ contentSid: contentSid.value, language: language.value }));
    const texts = Object.fromEntries(TEXTS.map((name) => [name, this.fields[name].value]));
    return { ...texts, ...(templates.length > 0 ? { templates } : {}) };
  }

  /** Fields by their path inside the number. @returns {[string, Field][]} */
  get all() {
    return [...TEXTS.map((name) => /** @type {[string, Field]} */ ([name, this.fields[name]])),
      ...this.#templates.flatMap(({ contentSid, language }, index) => /** @type {[string, Field][]} */ ([
        [`templates[${index}].contentSid`, contentSid], [`templates[${index}].language`, language],
      ]))];
  }
}
