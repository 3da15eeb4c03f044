// @ts-check
/**
 * The message as the customer will see it. Shapes, not controls.
 *
 * @import { Preview, PreviewButton, PreviewSpan, Template } from "../../../src/wire/types.d.ts"
 * @import { Scope } from "./scope.js"
 */
import { fill, h } from "./dom.js";
import { COPY, LIST, REPLY, icon } from "./icons.js";
import { MEDIA, PHONE, URL } from "./panel-icons.js";

/** A button's sign, and whether it points along the line of writing. @type {Record<string, [path: string, isFlipped?: boolean]>} */
const SIGNS = { "quick-reply": [REPLY, true], url: [URL, true], phone: [PHONE], call: [PHONE], "copy-code": [COPY] };

/** What WhatsApp's styles are here. */
const TAGS = /** @type {const} */ ({ bold: "b", italic: "i", strike: "s", mono: "code" });

/**
 * The name of a value for the agent: a number is told as one, `case_no` reads "Case no". Meta's places count from 0, and name
 * what they stand in: `button.0.code` reads "Button 1 · Code".
 *
 * @param {Scope["m"]} m
 * @param {string} name
 */
export function label(m, name) {
  const places = name.split(/\.(?!\d+\.)/);
  return places.map((place) => {
    const [code = "", at] = place.split(".");
    const words = code.replaceAll("_", " ").trim();
    if (/^\d*$/.test(words)) return m.t("variable", { name: words && Number(words) });
    const own = words.charAt(0).toLocaleUpperCase(m.tag) + words.slice(1);
    return places[1] ? m.say(`slot.${code}`, m.say(`media.${code}`, own), { n: Number(at) + 1 }) : own;
  }).join(" · ");
}

/** A run as WhatsApp formats it; no more of it than may be sent, whatever was pasted. @param {PreviewSpan} span @returns {Node | string} */
const formatted = ({ styles = [], text }) => styles.reduceRight((inner, style) => h(TAGS[style], {}, inner), /** @type {Node | string} */ (text.slice(0, 1600)));

/**
 * A value that is formatted in parts is still one value.
 *
 * @param {Scope["m"]} m
 * @param {PreviewSpan[]} [spans]
 * @returns {(Node | string)[]}
 */
function run(m, spans = []) {
  /** @type {(Node | string)[]} */
  const shown = [];
  for (const [at, span] of spans.entries()) {
    const { kind, variable = "" } = span;
    const before = spans[at - 1];
    if (kind === "text") shown.push(formatted(span));
    else if (kind === "value" && before?.kind === kind && before.variable === variable) /** @type {Element} */ (shown.at(-1)).append(formatted(span));
    else {
      const name = label(m, variable);
      shown.push(h("mark", { part: "preview-value", dir: "auto", "data-variable": variable, class: kind }, ...kind === "value" ? [formatted(span)]
        : [h("span", { "aria-hidden": "true" }, formatted({ ...span, text: name })), h("span", { class: "sr" }, m.t("missing", { name }))]));
    }
  }
  return shown;
}

/**
 * @param {Scope["m"]} m
 * @param {string} style
 * @param {PreviewSpan[]} [spans]
 */
const line = (m, style, spans) => spans && h("p", { class: style }, ...run(m, spans));

/**
 * @param {Scope["m"]} m
 * @param {string} kind
 * @param {PreviewSpan[]} [spans]
 */
function media(m, kind, spans) {
  return h("div", { class: "media" }, icon(MEDIA), h("span", {}, m.say(`media.${kind}`, m.t("media.media"))),
    spans && h("bdi", { class: "address", dir: "ltr" }, ...run(m, spans)));
}

/**
 * @param {Scope["m"]} m
 * @param {PreviewButton[]} buttons
 */
const shapes = (m, buttons) => buttons.map(({ kind, title, target }) => h("div", { class: "shape" },
  h("span", {}, icon(...SIGNS[kind] ?? [LIST]), h("bdi", {}, ...run(m, title))),
  target?.some((span) => span.kind !== "text") && h("bdi", { class: "address", dir: "ltr" }, ...run(m, target))));

export class Shape {
  #m;
  #bubble = h("div", { class: "bubble" });

  /** @param {Scope["m"]} m */
  constructor(m) {
    this.#m = m;
    this.root = h("div", { class: "preview", part: "preview", role: "group", "aria-label": m.t("preview") }, this.#bubble);
  }

  /**
   * @param {Preview} preview
   * @param {Template} template
   */
  update({ header, body, footer, buttons, cards, direction }, template) {
    const m = this.#m;
    this.#bubble.dir = direction;
    this.#bubble.lang = template.language.replaceAll("_", "-");
    fill(this.#bubble,
      header && header.kind !== "text" && media(m, header.kind, header.media), line(m, "head", header?.text),
      line(m, "body", body), line(m, "foot", footer), ...shapes(m, buttons),
      cards.length > 0 && h("div", { class: "cards" }, ...cards.map((card) => h("div", { class: "card" },
        card.media && media(m, "media", card.media), line(m, "head", card.title), line(m, "body", card.body), ...shapes(m, card.buttons)))));
  }

  /** Shows which places the value in hand fills. */
  point(/** @type {string | undefined} */ variable) {
    for (const mark of this.#bubble.querySelectorAll("mark")) mark.classList.toggle("here", mark.dataset["variable"] === variable);
  }
}
