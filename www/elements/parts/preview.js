// @ts-check
/**
 * The message as the customer will see it. Shapes, not controls.
 *
 * @import { Preview, PreviewButton, PreviewSpan, Template } from "../../../src/wire/types.d.ts"
 * @import { Scope } from "./view.js"
 */
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";

/** @type {Record<string, keyof typeof import("./icons.js").PATHS>} */
const SIGNS = { "quick-reply": "reply", url: "url", phone: "phone", call: "phone", "copy-code": "code" };

/**
 * @param {Scope["m"]} m
 * @param {PreviewSpan[] | undefined} spans
 * @returns {(Node | string)[]}
 */
const run = (m, spans = []) => spans.map(({ kind, text, variable = "" }) => {
  if (kind === "text") return text;
  const attributes = { part: "preview-value", dir: "auto", "data-variable": variable, class: kind };
  return kind === "value"
    ? h("mark", attributes, text)
    : h("mark", attributes, h("span", { "aria-hidden": "true" }, variable || text), h("span", { class: "sr" }, m.t("missing", { name: variable })));
});

/**
 * @param {Scope["m"]} m
 * @param {string} kind
 * @param {PreviewSpan[]} [spans]
 */
function media(m, kind, spans) {
  return h("div", { class: "media" }, icon("media"), h("span", {}, m.say(`media.${kind}`, m.t("media.media"))),
    spans && h("bdi", { class: "address", dir: "ltr" }, ...run(m, spans)));
}

/**
 * @param {Scope["m"]} m
 * @param {PreviewButton[]} buttons
 */
const shapes = (m, buttons) => buttons.map(({ kind, title, target }) => h("div", { class: "shape" },
  h("span", {}, icon(SIGNS[kind] ?? "list"), h("bdi", {}, ...run(m, title))),
  target?.some((span) => span.kind !== "text") && h("bdi", { class: "address", dir: "ltr" }, ...run(m, target))));

/** @param {Scope} scope */
export function preview({ m }) {
  const bubble = h("div", { class: "bubble" });
  return {
    root: h("div", { class: "preview", part: "preview", role: "group", "aria-label": m.t("preview") }, bubble),
    /**
     * @param {Preview} shown
     * @param {Template} template
     */
    update({ header, body, footer, buttons, cards, direction }, template) {
      bubble.dir = direction;
      bubble.lang = template.language.replaceAll("_", "-");
      fill(bubble,
        header && (header.text ? h("p", { class: "head" }, ...run(m, header.text)) : media(m, header.kind, header.media)),
        body && h("p", { class: "body" }, ...run(m, body)),
        footer && h("p", { class: "foot" }, ...run(m, footer)),
        ...shapes(m, buttons),
        cards.length > 0 && h("div", { class: "cards" }, ...cards.map((card) => h("div", { class: "card" },
          card.media && media(m, "media", card.media),
          card.title && h("p", { class: "head" }, ...run(m, card.title)),
          card.body && h("p", { class: "body" }, ...run(m, card.body)),
          ...shapes(m, card.buttons)))));
    },
    /** Shows which places the value in hand fills. */
    point(/** @type {string | undefined} */ variable) {
      for (const mark of bubble.querySelectorAll("mark")) mark.classList.toggle("here", mark.dataset["variable"] === variable);
    },
  };
}
