// @ts-check
import { h, set, svg } from "./dom.js";

const CIRCLE = "M10 2a8 8 0 1 1 0 16 8 8 0 1 1 0-16";

/**
 * Outlines on a grid of 20, drawn with the colour of the text. Whole numbers where they serve: they are downloaded. Those of
 * the chooser and the form are in `panel-icons.js`.
 */
const STATES = {
  open: "M10 6v4l3 2",
  closing: "M10 6v5M10 14v.1",
  closed: "M7 9h6v5H7zM8 9V8a2 2 0 0 1 4 0v1",
  unknown: "M8 8a2 2 0 1 1 3 2l-1 1v1M10 14v.1",
};
export const INFO = `M10 9v5M10 6v.1${CIRCLE}`;
export const LIST = "M4 6h12M4 10h12M4 14h12";
export const COPY = "M7 7h9v9H7zM4 13V4h9";
export const REPLY = "M8 4L3 9l5 5M3 9h8a5 5 0 0 1 5 5";

/**
 * @param {string} path
 * @param {boolean} [isFlipped] right to left, where it points along the line of writing
 */
export const icon = (path, isFlipped) => svg(path, { class: isFlipped ? "icon flip" : "icon" });

/**
 * @param {string} style a `bare` one shows its sign alone; the text is its name
 * @param {Node | ""} sign
 * @param {string} text
 * @param {(event: Event) => void} click
 */
export function button(style, sign, text, click) {
  const isBare = style === "bare";
  const name = isBare && text;
  return h("button", { type: "button", class: style, "aria-label": name, title: name, click }, sign, !isBare && text);
}

/** The state as a picture: a ring that empties with the time left, and a sign that does not depend on colour. */
export function ring() {
  const picture = svg("", { class: "ring" });
  const sign = /** @type {SVGPathElement} */ (picture.firstChild);
  const circle = () => set(/** @type {SVGPathElement} */ (sign.cloneNode()), { d: CIRCLE, pathLength: 100 });
  const track = circle();
  const rest = circle();
  set(track, { class: "track" });
  set(rest, { class: "rest" });
  picture.prepend(track, rest);
  return {
    picture,
    /**
     * @param {"open" | "closing" | "closed" | "unknown"} kind
     * @param {number} share of the time left, 0 to 1
     */
    update(kind, share) {
      set(sign, { d: STATES[kind] });
      set(rest, { "stroke-dasharray": `${Math.round(share * 100)} 100` });
    },
  };
}
