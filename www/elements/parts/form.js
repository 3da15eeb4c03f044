// @ts-check
/**
 * The values of one template: asked for, checked while typing, shown in the message, sent.
 *
 * @import { Fill, Template, TemplatePrompt } from "../../../src/wire/types.d.ts"
 * @import { Snapshot, ErrorInfo } from "../../controller/types.js"
 * @import { Scope } from "./scope.js"
 */
import { isComposing } from "./composing.js";
import { attempt, debounce, fill, h, put, set } from "./dom.js";
import { Field } from "./field.js";
import { INFO, button, icon } from "./icons.js";
import { failureText, labelOf, readable, undelivered } from "./labels.js";
import { Shape } from "./preview.js";
import { BACK, SEND, STAR } from "./panel-icons.js";
import { isolate } from "../../i18n/messages.js";

/** @typedef {Fill & { kind: "ready" }} Ready */
/** @typedef {{ onBack(): void, onSend(template: Template, values: Record<string, string>, filled: Ready): void }} Actions */

/**
 * What the desktop knows of the customer, by what it is called.
 *
 * @param {Snapshot} snapshot
 * @param {Scope["m"]} m
 * @returns {Record<string, string>}
 */
function knownOf({ conversation: { name, suggestions } }, m) {
  const known = Object.entries(suggestions ?? {}).filter(([, value]) => value);
  return Object.fromEntries(known.length || !name ? known : [[m.t("slot.name"), name]]);
}

export class Form {
  #scope;
  #onSend;
  #title = h("bdi", { class: "title" });
  #name = h("bdi", { class: "name" });
  #meta = h("span", { class: "meta" });
  #fields = h("div", { class: "fields" });
  #whole = h("ul", { class: "problem", hidden: true });
  #fault = h("div", { class: "fault", part: "status", hidden: true });
  // By the click as well: a sandboxed frame without `allow-forms` submits nothing, and tells of nothing.
  #send = h("button", { type: "submit", class: "primary", part: "send", click: (event) => this.#submit(event) });
  #shape;
  #star;
  /** @type {Template | undefined} */
  #template;
  /** What is asked for, in the order of the fields. @type {TemplatePrompt[]} */
  #prompts = [];
  #knownKey = "";
  /** @type {Field[]} */
  #inputs = [];
  /** The value in hand. @type {string | undefined} */
  #current;
  /** Whose form it is: the conversation and the template. */
  place = "";
  /** The failure that it tells of. @type {ErrorInfo | undefined} */
  error;
  #tell = debounce((/** @type {string} */ text) => this.root.isConnected && this.#scope.say(text), 600);

  /**
   * @param {Scope} scope
   * @param {Actions} actions
   */
  constructor(scope, { onBack, onSend }) {
    const { m } = scope;
    this.#scope = scope;
    this.#onSend = onSend;
    this.#shape = new Shape(m, () => scope.controller().snapshot.nowAtMs);
    this.#star = button("bare", icon(STAR), m.t("favourite"), () => this.#template && scope.controller().setFavourite(this.#template.id, this.#star.ariaPressed !== "true"));
    this.root = h("form", { class: "form", part: "variables", novalidate: true, "aria-labelledby": "title",
      submit: (event) => this.#submit(event),
      keydown: (event) => {
        if (event.key !== "Escape" || isComposing(event)) return;
        event.stopPropagation();
        onBack();
      } },
    h("div", { class: "head" },
      set(button("bare", icon(BACK, true), m.t("back"), onBack), { part: "cancel" }),
      h("div", { class: "titles" }, h("span", { id: "title" }, this.#title, " ", this.#name), this.#meta), this.#star),
    h("div", { class: "sides" }, this.#fields, this.#shape.root), this.#whole, this.#fault,
    h("div", { class: "foot" }, this.#send));
  }

  /**
   * @param {Template} template
   * @param {Snapshot} snapshot
   * @param {Record<string, string>} [values] that the agent asked for
   */
  open(template, snapshot, values = {}) {
    const { m } = this.#scope;
    this.#template = template;
    this.place = JSON.stringify([snapshot.conversation.id, template.id]);
    this.#current = undefined;
    put(this.#title, readable(m, template.name));
    put(this.#name, template.name === this.#title.textContent ? "" : template.name);
    fill(this.#meta, h("span", {}, m.t(`category.${template.category}`)), h("span", {}, m.language(template.language)));
    this.#ask(template, snapshot);
    /** Without the names that every object has. @type {Record<string, string | null>} */
    const kept = { __proto__: null, ...this.#scope.kept.values.get(this.place) ?? undelivered(snapshot, template)?.values, ...values };
    for (const [index, input] of this.#inputs.entries()) input.begin(kept[input.name] ?? undefined, this.#prompts[index]);
    fill(this.#fields, ...this.#inputs.map(({ root }) => root));
    set(this.#fields, { hidden: !this.#inputs.length });
    this.fail();
    this.update(snapshot);
    this.busy(snapshot.sending);
    this.#check();
  }

  /** Fields for what is asked. @param {Template} template @param {Snapshot} snapshot */
  #ask(template, snapshot) {
    const { m } = this.#scope;
    this.#know(template, snapshot);
    // Where the words around it name it, they stand in the message already.
    const called = (/** @type {TemplatePrompt} */ prompt) => ({ label: labelOf(m, prompt), slot: prompt.before || prompt.after ? "…" : labelOf(m, prompt) });
    this.#inputs = this.#prompts.map((prompt, index) => new Field(this.#scope, { name: prompt.variable, ...called(prompt), sample: template.variables[index]?.sample }, index, {
      onInput: () => this.#changed(),
      onFocus: (name) => this.#shape.point((this.#current = name)),
      onNext: () => (this.#inputs[index + 1]?.input ?? this.#send).focus(),
    }));
  }

  /** What fits of what the desktop knows; asked again only where that has changed. @param {Template} template @param {Snapshot} snapshot */
  #know(template, snapshot) {
    const { m, controller } = this.#scope;
    const known = knownOf(snapshot, m);
    const key = JSON.stringify([this.place, known]);
    if (key === this.#knownKey) return;
    this.#knownKey = key;
    const bare = template.variables.map(({ name }) => ({ variable: name, fits: [], isSure: false }));
    this.#prompts = attempt(() => controller().prompts(template, known), bare);
  }

  focus() {
    // What was filled in already needs no more than a look.
    (this.#inputs.find(({ input }) => !input.value) ?? this.#inputs[0])?.input.focus();
    if (!this.#inputs.length) this.#send.focus();
  }

  /** What may be put in: what fits of what the desktop knows, and the kept draft where there is one value. @param {Snapshot} snapshot */
  update(snapshot) {
    const template = this.#template;
    if (!template) return;
    const { m, controller } = this.#scope;
    set(this.#star, { "aria-pressed": String(snapshot.preferences.favourites.includes(template.id)) });
    this.#know(template, snapshot);
    const [suitable] = attempt(() => controller().templatesForDraft([template]), []);
    for (const [index, input] of this.#inputs.entries()) {
      /** @type {[string, string][]} */
      const offers = (this.#prompts[index]?.fits ?? []).map(({ name, value }) => [name, value]);
      if (suitable?.variable === input.name) offers.push([m.t("draft.use"), suitable.value]);
      input.offer(offers);
    }
  }

  busy(/** @type {boolean} */ sending) {
    set(this.#send, { "aria-disabled": sending && "true" });
    set(this.root, { "aria-busy": sending && "true" });
    fill(this.#send, sending ? h("span", { class: "spin" }) : icon(SEND, true), this.#scope.m.t(sending ? "sending" : "send"));
    for (const { input } of this.#inputs) input.readOnly = sending;
  }

  /**
   * Says what happened and what to do; every value stays.
   *
   * @param {ErrorInfo} [error]
   */
  fail(error) {
    const { m, say } = this.#scope;
    this.error = error;
    const code = error?.providerCode;
    const text = error ? failureText(m, error) : "";
    fill(this.#fault, icon(INFO), h("span", {}, text, code !== undefined && h("small", {}, " ", m.t("code", { code: isolate(String(code)) }))));
    set(this.#fault, { hidden: !error });
    if (error) say(text);
  }

  /** Forgets the values of a template that was sent. */
  forget(/** @type {string} */ place) {
    this.#scope.kept.values.delete(place);
  }

  #values() {
    return Object.fromEntries(this.#inputs.flatMap(({ name, input }) => (input.value ? [[name, input.value]] : [])));
  }

  #changed() {
    const { values } = this.#scope.kept;
    // What the conversation filled in by itself is nothing that could be lost.
    if (this.#inputs.some(({ isTyped }) => isTyped)) values.set(this.place, this.#values());
    else values.delete(this.place);
    this.#check();
  }

  /** @returns {Fill | undefined} nothing where the engine failed */
  #check() {
    if (!this.#template) return;
    try {
      const filled = this.#scope.controller().fill(this.#template, this.#values());
      this.#report(filled.kind === "ready" ? [] : filled.problems);
      this.#shape.update(filled.preview, this.#template, this.#inputs);
      this.#shape.point(this.#current);
      return filled;
    } catch (error) {
      this.fail(/** @type {ErrorInfo} */ (error));
    }
  }

  /** @param {(Fill & { kind: "incomplete" })["problems"]} problems */
  #report(problems) {
    const fresh = this.#inputs.flatMap((input) => {
      const text = input.report(problems.find(({ variable }) => variable === input.name));
      return text ? [`${isolate(input.label)}: ${text}`] : [];
    });
    const rest = problems.filter(({ variable }) => !this.#inputs.some(({ name }) => name === variable));
    fill(this.#whole, ...rest.map(({ code, message }) => h("li", {}, this.#scope.m.say(`is.${code}`, message))));
    set(this.#whole, { hidden: !rest.length });
    if (fresh.length) this.#tell(fresh.join(" "));
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault();
    this.#tell.cancel();
    if (!this.#template || this.root.ariaBusy) return;
    for (const input of this.#inputs) input.touch();
    const filled = this.#check();
    if (filled?.kind === "ready") return this.#onSend(this.#template, this.#values(), filled);
    // One sentence for all of them; what is wrong with the first is read where the focus goes.
    this.#tell.cancel();
    const wrong = this.#inputs.filter(({ input }) => input.ariaInvalid);
    wrong[0]?.input.focus();
    const { m, say } = this.#scope;
    if (wrong.length) say(m.t("attention", { n: wrong.length, names: m.list(wrong.map(({ label }) => isolate(label))) }));
  }
}
