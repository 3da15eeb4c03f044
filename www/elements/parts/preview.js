// @ts-check
/**
 * The message as the customer will see it. Shapes, not controls.
 *
 * @import { Preview, PreviewButton, PreviewSpan, Template } from "../../../src/wire/types.d.ts"
 * @import { Scope } from "./scope.js"
 */
import { fill, h, set } from "./dom.js";
import { COPY, LIST, REPLY, icon } from "./icons.js";
import { MEDIA, PHONE, URL } from "./panel-icons.js";

/** A button's sign, and whether it points along the line of writing. @type {Record<string, [path: string, isFlipped?: boolean]>} */
const SIGNS = { "quick-reply": [REPLY, true], url: [URL, true], phone: [PHONE], call: [PHONE], "copy-code": [COPY] };

/** What WhatsApp's styles are here. */
const TAGS = /** @type {const} */ ({ bold: "b", italic: "i", strike: "s", mono: "code" });

/** What a value is called, and what stands in its place. @typedef {{ name: string, label: string, slot: string }} Called */
/** @typedef {{ m: Scope["m"], called: (variable: string) => Called }} Drawing */

/** A run as WhatsApp formats it; no more of it than may be sent, whatever was pasted. @param {PreviewSpan} span @returns {Node | string} */
const formatted = ({ styles = [], text }) => styles.reduceRight((inner, style) => h(TAGS[style], {}, inner), /** @type {Node | string} */ (text.slice(0, 1600)));

/**
 * A value that is formatted in parts is still one value.
 *
 * @param {Drawing} drawing
 * @param {PreviewSpan[]} [spans]
 * @returns {(Node | string)[]}
 */
function run({ m, called }, spans = []) {
  /** @type {(Node | string)[]} */
  const shown = [];
  for (const [at, span] of spans.entries()) {
    const { kind, variable = "" } = span;
    const before = spans[at - 1];
    if (kind === "text") shown.push(formatted(span));
    else if (kind === "value" && before?.kind === kind && before.variable === variable) /** @type {Element} */ (shown.at(-1)).append(formatted(span));
    else {
      const { label, slot } = called(variable);
      shown.push(h("mark", { part: "preview-value", dir: "auto", "data-variable": variable, class: kind === "value" || slot === "…" ? kind : `${kind} named` }, ...kind === "value" ? [formatted(span)]
        : [h("span", { "aria-hidden": "true" }, formatted({ ...span, text: slot })), h("span", { class: "sr" }, m.t("missing", { name: label }))]));
    }
  }
  return shown;
}

/**
 * @param {Drawing} drawing
 * @param {string} style
 * @param {PreviewSpan[]} [spans]
 */
const line = (drawing, style, spans) => spans && h("p", { class: style }, ...run(drawing, spans));

/**
 * @param {Drawing} drawing
 * @param {string} kind
 * @param {PreviewSpan[]} [spans]
 */
function media(drawing, kind, spans) {
  const { m } = drawing;
  return h("div", { class: "media" }, icon(MEDIA), h("span", {}, m.say(`media.${kind}`, m.t("media.media"))),
    spans && h("bdi", { class: "address", dir: "ltr" }, ...run(drawing, spans)));
}

/**
 * @param {Drawing} drawing
 * @param {PreviewButton[]} buttons
 */
const shapes = (drawing, buttons) => buttons.map(({ kind, title, target }) => h("div", { class: "shape" },
  h("span", {}, icon(...SIGNS[kind] ?? [LIST]), h("bdi", {}, ...run(drawing, title))),
  target?.some((span) => span.kind !== "text") && h("bdi", { class: "address", dir: "ltr" }, ...run(drawing, target))));

export class Shape {
  #m;
  #now;
  #bubble = h("div", { class: "bubble" });

  /** @param {Scope["m"]} m @param {() => number} now what time the message would have */
  constructor(m, now) {
    this.#m = m;
    this.#now = now;
    this.root = h("div", { class: "preview", part: "preview", role: "group", "aria-label": m.t("preview") }, this.#bubble);
  }

  /**
   * @param {Preview} preview
   * @param {Template} template
   * @param {readonly Called[]} values
   */
  update({ header, body, footer, buttons, cards, direction }, template, values) {
    const drawing = { m: this.#m, called: (/** @type {string} */ variable) => values.find(({ name }) => name === variable) ?? { name: variable, label: variable, slot: variable } };
    set(this.#bubble, { dir: direction, lang: template.language.replaceAll("_", "-") });
    fill(this.#bubble,
      header && header.kind !== "text" && media(drawing, header.kind, header.media), line(drawing, "head", header?.text),
      line(drawing, "body", body), h("div", { class: "ends" }, line(drawing, "foot", footer), h("span", { class: "clock", "aria-hidden": "true" }, this.#m.clock(this.#now()))),
      ...shapes(drawing, buttons),
      cards.length > 0 && h("div", { class: "cards" }, ...cards.map((card) => h("div", { class: "card" },
        card.media && media(drawing, "media", card.media), line(drawing, "head", card.title), line(drawing, "body", card.body), ...shapes(drawing, card.buttons)))));
  }

  /** Shows which places the value in hand fills. */
  point(/** @type {string | undefined} */ variable) {
    for (const mark of this.#bubble.querySelectorAll("mark")) mark.classList.toggle("here", mark.dataset["variable"] === variable);
  }
}
