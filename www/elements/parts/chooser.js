// @ts-check
/**
 * Search as you type over a list that is always there: an editable combobox with list autocomplete. Focus stays in the input.
 * https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
 *
 * @import { Snapshot, OfferedTemplate } from "../../controller/port.js"
 * @import { Scope } from "./view.js"
 */
import { search } from "../search.js";
import { debounce, fill, h, put, set } from "./dom.js";
import { button, icon } from "./icons.js";
import { isolate } from "../../i18n/index.js";

/** Options drawn at a time. */
const PAGE = 60;

/** @typedef {{ label: string, items: OfferedTemplate[] }} Group */

/** `pt_BR` and `pt-BR` are the same, `pt` is near. */
function distance(/** @type {string} */ language, /** @type {string | undefined} */ wanted) {
  const [a, b] = [language, wanted ?? ""].map((tag) => tag.toLowerCase().replaceAll("_", "-"));
  return a === b ? 0 : a?.split("-")[0] === b?.split("-")[0] ? 1 : 2;
}

/**
 * Groups by language, the customer's first; what cannot be sent comes last.
 *
 * @param {OfferedTemplate[]} items
 * @param {string | undefined} locale
 * @param {Scope["m"]} m
 * @returns {Group[]}
 */
function arrange(items, locale, m) {
  /** @type {Map<string, OfferedTemplate[]>} */
  const languages = new Map();
  /** @type {OfferedTemplate[]} */
  const greyed = [];
  for (const item of items) {
    if (item.eligibility.kind !== "sendable") greyed.push(item);
    else {
      const group = languages.get(item.template.language);
      if (group) group.push(item);
      else languages.set(item.template.language, [item]);
    }
  }
  const groups = [...languages].map(([language, items]) => ({ label: m.language(language), items, distance: distance(language, locale) }));
  groups.sort((a, b) => a.distance - b.distance || a.label.localeCompare(b.label, m.tag));
  return greyed.length ? [...groups, { label: m.t("unavailable"), items: greyed }] : groups;
}

/** @param {OfferedTemplate["template"]} template */
function firstLine({ header, body, cards }) {
  const text = body?.text ?? header?.text?.text ?? cards[0]?.body?.text ?? cards[0]?.title?.text ?? "";
  return text.trimStart().slice(0, 200).split("\n", 1)[0];
}

/**
 * @param {{ code: string, message: string }[]} found
 * @param {Scope["m"]} m
 */
const remarks = (found, m) => found.map(({ code, message }) => m.say(`is.${code}`, message)).join(" · ");

/**
 * @param {OfferedTemplate} item
 * @param {number} index
 * @param {Scope["m"]} m
 */
function option({ template, eligibility }, index, m) {
  const { name, category, language, status } = template;
  const greyed = eligibility.kind !== "sendable";
  const said = remarks([...eligibility.reasons, ...eligibility.notes], m) || (status !== "approved" && m.t(`is.status-${status}`));
  return h("div", { role: "option", id: `option-${index}`, class: "option", part: "option", "aria-selected": "false", "aria-disabled": greyed && "true", "data-index": index },
    h("div", { class: "row" },
      h("bdi", { class: "name", part: "option-name" }, name),
      h("span", { class: "meta", part: "option-meta" }, h("span", {}, m.t(`category.${category}`)), h("bdi", { class: "tag" }, language))),
    h("div", { class: "first", dir: "auto", lang: language.replaceAll("_", "-") }, firstLine(template)),
    said && h("div", { class: greyed ? "remark bad" : "remark" }, icon(greyed ? "closed" : "info"), h("span", {}, said)));
}

/** @typedef {{ onChoose(item: OfferedTemplate): void, onClose(): void, onRetry(): void }} Actions */

export class Chooser {
  #m;
  #scope;
  #actions;
  /** @type {Snapshot["templates"] | undefined} */
  #source;
  /** @type {string | undefined} */
  #locale;
  /** @type {OfferedTemplate[]} in the order of the list */
  #found = [];
  /** @type {Group[]} */
  #groups = [];
  #limit = PAGE;
  #active = -1;
  #list;
  #count = h("p", { class: "count" });
  #empty = h("p", { class: "empty" });
  #more = button("quiet more", "", "", () => this.#showMore());
  #retry;
  #close;
  #tell = debounce(() => this.root.isConnected && this.#scope.say(this.#message()), 700);
  /** @type {Record<string, () => unknown>} */
  #keys = {
    ArrowDown: () => this.#move((this.#active + 1) % this.#found.length),
    ArrowUp: () => this.#move((this.#active > 0 ? this.#active : this.#shown) - 1),
    Home: () => this.#move(0),
    End: () => this.#move(this.#shown - 1),
    Enter: () => this.#choose(this.#active < 0 && this.#found.length === 1 ? 0 : this.#active),
  };

  /**
   * @param {Scope} scope
   * @param {Actions} actions
   */
  constructor(scope, actions) {
    const { m } = scope;
    this.#m = m;
    this.#scope = scope;
    this.#actions = actions;
    this.input = h("input", { id: "search", type: "text", role: "combobox", part: "search", "aria-expanded": "true", "aria-controls": "list", "aria-autocomplete": "list",
      "aria-label": m.t("search"), placeholder: m.t("search"), autocomplete: "off", spellcheck: "false", dir: "auto",
      input: () => (this.#find(), this.#tell()), keydown: (event) => this.#onKey(event) });
    this.#list = h("div", { id: "list", role: "listbox", class: "list", part: "list", "aria-label": m.t("templates"),
      mousedown: (event) => event.preventDefault(), click: (event) => this.#onClick(event) });
    this.#retry = button("quiet", "", m.t("retry"), actions.onRetry);
    this.#close = button("bare", "close", m.t("close"), actions.onClose);
    this.root = h("div", { class: "chooser", part: "chooser" },
      h("div", { class: "field" }, icon("search"), this.input, this.#count, this.#close),
      this.#list, this.#more, h("slot", { name: "empty" }, this.#empty), this.#retry);
  }

  /**
   * @param {Snapshot} snapshot
   * @param {boolean} closable
   */
  update({ templates, conversation }, closable) {
    set(this.#close, { hidden: !closable });
    if (this.#source === templates && this.#locale === conversation.locale) return;
    const kept = this.#found[this.#active]?.template.id;
    const { scrollTop } = this.#list;
    this.#source = templates;
    this.#locale = conversation.locale;
    this.#find();
    this.#list.scrollTop = scrollTop;
    if (kept) this.#activate(this.#found.findIndex(({ template }) => template.id === kept));
  }

  reset() {
    this.input.value = "";
    this.#tell.cancel();
    this.#find();
  }

  get #shown() {
    return Math.min(this.#found.length, this.#limit);
  }

  /** What there is to say of the list as a whole. */
  #message() {
    const t = this.#m.t;
    const state = this.#source?.kind;
    if (state === "loading" || state === "failed") return t(state);
    if (!this.#source?.items.length) return t("empty");
    return this.#found.length ? t("results", { n: this.#found.length }) : t("none", { query: isolate(this.input.value.trim()) });
  }

  #find() {
    this.#groups = arrange(search(this.#source?.items ?? [], this.input.value), this.#locale, this.#m);
    this.#found = this.#groups.flatMap(({ items }) => items);
    this.#limit = PAGE;
    this.#render();
    this.#activate(-1);
    this.#list.scrollTop = 0;
  }

  #render() {
    let index = 0;
    const sections = [];
    for (const [number, { label, items }] of this.#groups.entries()) {
      if (index >= this.#limit) break;
      const shown = items.slice(0, this.#limit - index).map((item) => option(item, index++, this.#m));
      sections.push(h("div", { role: "group", "aria-labelledby": `group-${number}` },
        h("div", { id: `group-${number}`, class: "group", role: "presentation" }, label), ...shown));
    }
    fill(this.#list, ...sections);
    set(this.#list, { hidden: !index });
    put(this.#more, this.#found.length > index ? this.#m.t("more", { n: this.#found.length - index }) : "");
    put(this.#count, index ? this.#message() : "");
    put(this.#empty, index ? "" : this.#message());
    set(this.#retry, { hidden: this.#source?.kind !== "failed" });
  }

  /** @param {number} index none where there is no such option */
  #activate(index) {
    set(this.#list.querySelector("[aria-selected=true]"), { "aria-selected": "false" });
    this.#active = index;
    const node = this.#list.querySelector(`#option-${index}`);
    set(this.input, { "aria-activedescendant": node?.id });
    set(node, { "aria-selected": "true" });
    node?.scrollIntoView({ block: "nearest" });
  }

  /** @param {number} index */
  #move(index) {
    if (index >= this.#limit && this.#found.length > this.#limit) this.#grow();
    this.#activate(index);
  }

  #grow() {
    this.#limit += PAGE;
    this.#render();
  }

  #showMore() {
    const first = this.#limit;
    this.#grow();
    this.input.focus();
    this.#activate(first);
  }

  /** @param {number} index */
  #choose(index) {
    const item = this.#found[index];
    this.#tell.cancel();
    if (item?.eligibility.kind === "sendable") return this.#actions.onChoose(item);
    if (!item) return;
    this.#activate(index);
    this.#scope.say(remarks(item.eligibility.reasons, this.#m));
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const { key } = event;
    if (key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      return this.#escape();
    }
    const caret = (key === "Home" || key === "End") && this.input.value && this.#active < 0;
    const act = this.#keys[key];
    if (!act || caret) return;
    event.preventDefault();
    if (this.#found.length) act();
  }

  #escape() {
    if (this.input.value) {
      this.reset();
      this.#tell();
    } else if (!this.#close.hidden) this.#actions.onClose();
  }

  /** @param {MouseEvent} event */
  #onClick({ target }) {
    const node = target instanceof Element && target.closest("[data-index]");
    if (node) this.#choose(Number(node.getAttribute("data-index")));
  }
}
