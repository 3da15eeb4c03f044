// @ts-check
/**
 * Search as you type over a list that is always there: an editable combobox with list autocomplete. Focus stays in the input.
 * https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
 *
 * @import { FoundTemplate, AvailableTemplate, Snapshot } from "../../controller/types.js"
 * @import { Scope } from "./scope.js"
 */
import { isComposing } from "./composing.js";
import { attempt, debounce, fill, h, put, set } from "./dom.js";
import { INFO, button, icon } from "./icons.js";
import { readable, undelivered } from "./labels.js";
import { LanguageFilter } from "./language-filter.js";
import { CLOSE, LOCK, SEARCH } from "./panel-icons.js";
import { isolate } from "../../i18n/messages.js";

/** Options drawn at a time. */
const PAGE = 40;

/** What the agent reads for each category is what they look for. */
const CATEGORIES = ["utility", "marketing", "authentication", "unknown"];

/** Most that a search gives: so many pages of options. */
const MAX_SHOWN = 1000;

/**
 * Groups by language in the order in which the engine gives them: the nearest first, what cannot be sent last.
 *
 * @param {FoundTemplate[]} items
 * @param {Scope["m"]} m
 * @returns {Map<string, FoundTemplate[]>} by label
 */
function arrange(items, m) {
  const groups = new Map();
  for (const item of items) {
    const label = item.eligibility.kind === "sendable" ? m.language(item.template.language) : m.t("unavailable");
    const group = groups.get(label);
    if (group) group.push(item);
    else groups.set(label, [item]);
  }
  return groups;
}

/** Why it stands where it does, as far as that cannot be seen. @param {FoundTemplate} item @param {Scope["m"]} m @param {boolean} isUndelivered */
const why = ({ favourite, recent, found }, m, isUndelivered) => [favourite && "favourite", isUndelivered ? "undelivered" : recent !== undefined && "recent",
  found.some(({ place }) => place === "body") && "in-text"].flatMap((key) => (key ? [h("span", {}, m.t(key))] : []));

/** First lines, without the marks of formatting, as they were made. @type {WeakMap<object, string>} */
const LINES = new WeakMap();

/**
 * @param {AvailableTemplate["template"]} template
 * @param {Scope} scope
 */
function firstLine(template, scope) {
  const known = LINES.get(template);
  if (known !== undefined) return known;
  const { header, body, cards } = attempt(() => scope.controller().fill(template, {}).preview, undefined) ?? { cards: [] };
  const spans = body ?? header?.text ?? cards[0]?.body ?? cards[0]?.title ?? [];
  // Three dots are followed by no fourth.
  const line = spans.map(({ kind, text }) => (kind === "text" ? text : "…")).join("").replace(/…\.(?!\.)/g, "…").trim().slice(0, 200).split("\n", 1)[0];
  LINES.set(template, line);
  return line;
}

/** With its full stop. @param {string} text */
const sentence = (text) => (/[.!?…؟][\u2069]?$/.test(text) ? text : `${text}.`);

/** @param {{ code: string, message: string }[]} found @param {Scope["m"]} m */
const remarks = (found, m) => found.flatMap(({ code, message }) => [m.say(`is.${code}`, message), ...code === "template-unreadable" ? [isolate(message)] : []]);

/** Why WhatsApp rejected it: in our words where they begin with one of Meta's, else in those of the provider. @param {string} given @param {Scope["m"]} m */
function rejection(given, m) {
  const [code = ""] = /^[A-Z_]+/.exec(given) ?? [];
  return m.say(`why.${code}`, isolate(given.slice(0, 200)));
}

/** Why it cannot be sent and what to do, a sentence for each. @param {FoundTemplate} item @param {Scope["m"]} m */
function refusal({ template: { rejectionReason }, eligibility: { reasons, notes } }, m) {
  const todo = new Set(reasons.map(({ action }) => m.say(`then.${action}`, "")));
  const all = [...remarks(reasons, m), reasons.length > 0 && rejectionReason && rejection(rejectionReason, m), ...todo, ...remarks(notes, m)];
  return all.flatMap((text) => (text ? [sentence(text)] : [])).join(" ");
}

/**
 * @param {FoundTemplate} item
 * @param {number} index
 * @param {Scope} scope
 */
function option(item, index, scope) {
  const { m } = scope;
  const { template, eligibility } = item;
  const { name, category, language, status } = template;
  const greyed = eligibility.kind !== "sendable";
  const said = refusal(item, m) || (status !== "approved" && sentence(m.t(`is.status-${status}`)));
  const title = readable(m, name);
  return h("div", { role: "option", id: `option-${index}`, class: "option", part: "option", "aria-selected": "false", "aria-disabled": greyed && "true" },
    h("div", { class: "row" },
      h("span", {}, h("bdi", { class: "title", part: "option-name" }, title), " ", h("bdi", { class: "name", hidden: name.toLowerCase() === title.toLowerCase() }, name)),
      h("span", { class: "meta", part: "option-meta" }, ...why(item, m, !greyed && undelivered(scope.controller().snapshot, template) !== undefined), h("span", {}, m.t(`category.${category}`)), language !== "und" && h("bdi", { class: "tag" }, language))),
    h("div", { class: "first", dir: "auto", lang: language.replaceAll("_", "-") }, firstLine(template, scope)),
    said && h("div", { class: greyed ? "remark bad" : "remark" }, icon(greyed ? LOCK : INFO), h("span", {}, said)));
}

/** @typedef {{ onChoose(item: FoundTemplate): void, onClose(): void, onRetry(): void }} Actions */

export class Chooser {
  #m;
  #scope;
  #actions;
  /** @type {Snapshot["templates"] | undefined} */
  #source;
  /** What the list depends on besides what is typed. @type {unknown[]} */
  #shownFor = [];
  /** @type {FoundTemplate[]} in the order of the list */
  #found = [];
  #total = 0;
  #limit = PAGE;
  #active = -1;
  #list;
  #results;
  #count = h("p", { class: "count" });
  #empty = h("p", { class: "empty" });
  #more = button("quiet more", "", "", () => (this.#grow(), this.input.focus()));
  #retry;
  #close;
  #languages;
  #tell = debounce(() => this.root.isConnected && this.#scope.say(this.#message()), 700);
  /** @type {Record<string, () => unknown>} */
  #keys = {
    ArrowDown: () => this.#move(this.#active + 1),
    ArrowUp: () => this.#move((this.#active > 0 ? this.#active : this.#found.length) - 1),
    Home: () => this.#move(0),
    End: () => this.#move(this.#found.length - 1),
    // Of several the first is pointed at, so that nobody sends what they have not seen.
    Enter: () => (this.#active < 0 && this.#found.length > 1 ? this.#activate(0) : this.#choose(Math.max(0, this.#active))),
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
      input: () => (this.#stay(), this.#find(), this.#tell()), keydown: (event) => this.#onKey(event) });
    this.#list = h("div", { class: "list", id: "list", role: "listbox", part: "list", "aria-label": m.t("templates"),
      mousedown: (event) => event.preventDefault(), click: (event) => this.#onClick(event) });
    // It goes while the templates come: the focus must not go with it.
    this.#retry = button("quiet", "", m.t("retry"), () => (this.input.focus(), actions.onRetry()));
    this.#close = button("bare", icon(CLOSE), m.t("close"), actions.onClose);
    this.#languages = new LanguageFilter(m, (language) => ((this.#hand.language = language), this.#find(), this.#tell()));
    this.#results = h("div", { class: "results" }, this.#list, this.#more, h("slot", { name: "empty" }, this.#empty), this.#retry);
    this.root = h("div", { class: "chooser", part: "chooser" }, h("div", { class: "field" }, icon(SEARCH), this.input, this.#languages.root, this.#count, this.#close), this.#results);
  }

  /** Whether one of the options is pointed at. */
  get isPointing() { return this.#active >= 0; }

  /**
   * @param {Snapshot} snapshot
   * @param {boolean} closable
   */
  update(snapshot, closable) {
    const { templates, conversation, preferences } = snapshot;
    set(this.#close, { hidden: !closable });
    const now = [templates, conversation, preferences, snapshot.undelivered];
    if (now.every((part, index) => part === this.#shownFor[index])) return;
    this.#shownFor = now;
    if (this.input.matches(":focus") && this.#source?.kind !== templates.kind) this.#tell();
    this.#source = templates;
    const kept = this.#found[this.#active]?.id;
    const { scrollTop } = this.#list;
    this.#find();
    this.#list.scrollTop = scrollTop;
    this.#activate(this.#found.findIndex(({ id }) => id === kept));
  }

  /** While somebody types, fewer results leave the room of the many: the field would move under their eyes. */
  #stay() {
    this.#results.style.minBlockSize = this.input.value ? `min(${this.#results.offsetHeight}px, 20rem, 50vh)` : "";
  }

  /** @param {string} [query] */
  reset(query = "") {
    this.input.value = query;
    this.#stay();
    this.#tell.cancel();
    this.#find();
  }

  get #hand() {
    const { kept, controller } = this.#scope;
    return kept.of(controller().snapshot.conversation.id);
  }

  /** What there is to say of the list as a whole. */
  #message() {
    const t = this.#m.t;
    const state = this.#source?.kind;
    if (state === "loading" || state === "failed") return t(state);
    if (!this.#source?.items.length) return t(this.#source?.forOthers ? "empty.team" : "empty");
    return this.#found.length ? t("results", { n: this.#total }) : t(this.#languages.root.value ? "none.here" : "none", { query: isolate(this.input.value.trim()) });
  }

  #find() {
    this.#hand.query = this.input.value;
    this.#limit = PAGE;
    this.#render();
    this.#activate(-1);
    this.#list.scrollTop = 0;
  }

  #render() {
    const categories = Object.fromEntries(CATEGORIES.map((name) => [name, this.#m.t(`category.${name}`)]));
    const need = { query: this.input.value, defaultLocale: this.#m.tag, categories, limit: this.#limit };
    const ask = (/** @type {string} */ language) => attempt(() => this.#scope.controller().search({ ...need, ...language && { language } }), { items: [], total: 0, languages: [] });
    const { language = "" } = this.#hand;
    let found = ask(language);
    // What was chosen of another list, or before there is one, hides nothing.
    if (language && !found.languages.includes(language)) found = ask("");
    const { items, total, languages } = found;
    this.#languages.update(languages, languages.includes(language) ? language : "");
    const groups = [...arrange(items, this.#m)];
    this.#found = groups.flatMap(([, items]) => items);
    this.#total = total;
    let index = 0;
    fill(this.#list, ...groups.map(([label, items], number) => h("div", { role: "group", "aria-labelledby": `group-${number}` },
      h("div", { id: `group-${number}`, class: "group", role: "presentation" }, label), ...items.map((item) => option(item, index++, this.#scope)))));
    set(this.#list, { hidden: !index });
    put(this.#more, this.#canGrow ? this.#m.t("more", { n: total - index }) : "");
    put(this.#count, index ? this.#message() : "");
    put(this.#empty, index ? "" : this.#message());
    set(this.#retry, { hidden: this.#source?.kind !== "failed" });
  }

  get #canGrow() {
    return this.#total > this.#found.length && this.#limit < MAX_SHOWN;
  }

  /** @param {number} index none where there is no such option */
  #activate(index) {
    set(this.#list.querySelector("[aria-selected=true]"), { "aria-selected": "false" });
    this.#active = index;
    const node = this.#list.querySelector(`#option-${index}`);
    set(this.input, { "aria-activedescendant": node?.id });
    set(node, { "aria-selected": "true" });
    node?.scrollIntoView?.({ block: "nearest" });
  }

  /** @param {number} index */
  #move(index) {
    if (index < this.#found.length) this.#activate(index);
    else if (this.#canGrow) this.#grow();
    else this.#activate(0);
  }

  /** Goes to the first that was not there before: others may have joined the groups above. */
  #grow() {
    const known = new Set(this.#found.map(({ id }) => id));
    this.#limit += PAGE;
    this.#render();
    this.#activate(this.#found.findIndex(({ id }) => !known.has(id)));
  }

  /** @param {number} index */
  #choose(index) {
    const item = this.#found[index];
    this.#tell.cancel();
    if (item?.eligibility.kind === "sendable") return this.#actions.onChoose(item);
    if (!item) return;
    this.#activate(index);
    this.#scope.say(refusal(item, this.#m));
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (isComposing(event) || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const { key } = event;
    if (key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      if (!this.input.value) return this.#close.hidden || this.#actions.onClose();
      this.reset();
      return this.#tell();
    }
    const caret = (key === "Home" || key === "End") && this.input.value && this.#active < 0;
    const act = this.#keys[key];
    if (!act || caret) return;
    event.preventDefault();
    if (this.#found.length) act();
  }

  /** @param {{ target: Element }} event */
  #onClick({ target }) {
    const options = [...this.#list.querySelectorAll(".option")];
    this.#choose(options.findIndex((option) => option.contains(target)));
  }
}
