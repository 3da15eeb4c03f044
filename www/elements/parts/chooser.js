// @ts-check
/**
 * Search as you type over a list that is always there: an editable combobox with list autocomplete. Focus stays in the input.
 * https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
 *
 * @import { Snapshot, TemplateItem } from "../contract.js"
 * @import { Scope } from "./view.js"
 */
import { search } from "../search.js";
import { debounce, fill, h, put, set } from "./dom.js";
import { icon } from "./icons.js";
import { isolate } from "../../i18n/index.js";

const PAGE = 60;

/** `pt_BR` and `pt-BR` are the same, `pt` is near. */
function distance(/** @type {string} */ language, /** @type {string | undefined} */ wanted) {
  const [a, b] = [language, wanted ?? ""].map((tag) => tag.toLowerCase().replaceAll("_", "-"));
  return a === b ? 0 : a?.split("-")[0] === b?.split("-")[0] ? 1 : 2;
}

/**
 * Groups by language, the customer's first; what cannot be sent comes last.
 *
 * @param {TemplateItem[]} items
 * @param {string | undefined} locale
 * @param {Scope["m"]} m
 * @returns {{ label: string, items: TemplateItem[] }[]}
 */
function arrange(items, locale, m) {
  /** @type {Map<string, TemplateItem[]>} */
  const languages = new Map();
  /** @type {TemplateItem[]} */
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

/** @param {TemplateItem["template"]} template */
function firstLine({ header, body, cards }) {
  const text = body?.text ?? header?.text?.text ?? cards[0]?.body?.text ?? cards[0]?.title?.text ?? "";
  return text.trimStart().slice(0, 200).split("\n", 1)[0];
}

/**
 * @param {TemplateItem} item
 * @param {number} index
 * @param {Scope["m"]} m
 */
function option({ template, eligibility }, index, m) {
  const { name, category, language, status } = template;
  const greyed = eligibility.kind !== "sendable";
  const remarks = [...eligibility.reasons, ...eligibility.notes].map(({ code, message }) => m.say(`is.${code}`, message));
  if (!remarks.length && status !== "approved") remarks.push(m.t(`is.status-${status}`));
  return h("div", { role: "option", id: `option-${index}`, class: "option", part: "option", "aria-selected": "false", "aria-disabled": greyed && "true", "data-index": index },
    h("div", { class: "row" },
      h("bdi", { class: "name", part: "option-name" }, name),
      h("span", { class: "meta", part: "option-meta" }, h("span", {}, m.t(`category.${category}`)), h("bdi", { class: "tag" }, language))),
    h("div", { class: "first", dir: "auto" }, firstLine(template)),
    remarks.length > 0 && h("div", { class: greyed ? "remark bad" : "remark" }, icon(greyed ? "closed" : "info"), h("span", {}, remarks.join(" · "))));
}

/**
 * @param {Scope} scope
 * @param {{ onChoose(item: TemplateItem): void, onClose(): void, onRetry(): void }} actions
 */
export function chooser(scope, { onChoose, onClose, onRetry }) {
  const { m } = scope;
  const input = h("input", { id: "search", type: "text", role: "combobox", part: "search", "aria-expanded": "true", "aria-controls": "list", "aria-autocomplete": "list",
    "aria-label": m.t("search"), placeholder: m.t("search"), autocomplete: "off", spellcheck: "false", dir: "auto" });
  const list = h("div", { id: "list", role: "listbox", class: "list", part: "list", "aria-label": m.t("templates") });
  const count = h("p", { class: "count" });
  const empty = h("p", { class: "empty" });
  const retry = h("button", { type: "button", class: "quiet", click: onRetry }, m.t("retry"));
  const more = h("button", { type: "button", class: "quiet more" });
  const close = h("button", { type: "button", class: "bare", "aria-label": m.t("close"), title: m.t("close"), click: onClose }, icon("close"));
  const root = h("div", { class: "chooser", part: "chooser" },
    h("div", { class: "field" }, icon("search"), input, count, close),
    list, more, h("slot", { name: "empty" }, empty), retry);

  /** @type {Snapshot["templates"] | undefined} */
  let source;
  /** @type {string | undefined} */
  let locale;
  /** @type {TemplateItem[]} in the order of the list */
  let found = [];
  /** @type {{ label: string, items: TemplateItem[] }[]} */
  let groups = [];
  let limit = PAGE;
  let active = -1;
  const tell = debounce(() => root.isConnected && scope.say(message()), 700);

  /** @returns {string} */
  const message = () => {
    if (source?.kind === "loading") return m.t("loading");
    if (source?.kind === "failed") return m.t("failed");
    if (!source?.items.length) return m.t("empty");
    return found.length ? m.t("results", { n: found.length }) : m.t("none", { query: isolate(input.value.trim()) });
  };
  const activate = (/** @type {number} */ index) => {
    list.querySelector("[aria-selected=true]")?.setAttribute("aria-selected", "false");
    active = index;
    const node = list.querySelector(`#option-${index}`);
    set(input, { "aria-activedescendant": node && `option-${index}` });
    node?.setAttribute("aria-selected", "true");
    node?.scrollIntoView({ block: "nearest" });
  };
  const render = () => {
    let index = 0;
    const sections = [];
    for (const [number, { label, items }] of groups.entries()) {
      if (index >= limit) break;
      const shown = items.slice(0, limit - index).map((item) => option(item, index++, m));
      sections.push(h("div", { role: "group", "aria-labelledby": `group-${number}` },
        h("div", { id: `group-${number}`, class: "group", role: "presentation" }, label), ...shown));
    }
    fill(list, ...sections);
    set(list, { hidden: !index });
    put(more, found.length > limit ? m.t("more", { n: found.length - limit }) : "");
    put(count, index ? m.t("results", { n: found.length }) : "");
    put(empty, index ? "" : message());
    set(retry, { hidden: source?.kind !== "failed" });
  };
  const find = () => {
    groups = arrange(search(source?.items ?? [], input.value), locale, m);
    found = groups.flatMap(({ items }) => items);
    limit = PAGE;
    render();
    activate(-1);
    list.scrollTop = 0;
  };
  const grow = () => {
    limit += PAGE;
    render();
    activate(active);
  };
  const choose = (/** @type {number} */ index) => {
    const item = found[index];
    if (!item) return;
    if (item.eligibility.kind === "sendable") return onChoose(item);
    activate(index);
    scope.say(item.eligibility.reasons.map(({ code, message }) => m.say(`is.${code}`, message)).join(" · "));
  };
  const move = (/** @type {number} */ index) => {
    if (index >= limit && found.length > limit) grow();
    activate(index);
  };
  /** @type {Record<string, () => unknown>} */
  const KEYS = {
    ArrowDown: () => move((active + 1) % found.length),
    ArrowUp: () => move(active > 0 ? active - 1 : Math.min(found.length, limit) - 1),
    Home: () => move(0),
    End: () => move(Math.min(found.length, limit) - 1),
    Enter: () => choose(active < 0 && found.length === 1 ? 0 : active),
  };

  input.addEventListener("input", () => (find(), tell()));
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      if (!input.value) return close.hidden || onClose();
      input.value = "";
      find();
      return tell();
    }
    const caret = (event.key === "Home" || event.key === "End") && input.value && active < 0;
    const act = KEYS[event.key];
    if (!act || caret) return;
    event.preventDefault();
    if (found.length) act();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const node = event.target instanceof Element && event.target.closest("[data-index]");
    if (node) choose(Number(node.getAttribute("data-index")));
  });
  more.addEventListener("click", () => {
    const first = limit;
    grow();
    input.focus();
    activate(first);
  });

  return {
    root,
    input,
    /**
     * @param {Snapshot} snapshot
     * @param {boolean} closable
     */
    update(snapshot, closable) {
      set(close, { hidden: !closable });
      if (source === snapshot.templates && locale === snapshot.conversation.locale) return;
      const kept = found[active]?.template.id;
      const { scrollTop } = list;
      source = snapshot.templates;
      locale = snapshot.conversation.locale;
      find();
      list.scrollTop = scrollTop;
      if (kept) activate(found.findIndex(({ template }) => template.id === kept));
    },
    reset() {
      input.value = "";
      find();
    },
  };
}
