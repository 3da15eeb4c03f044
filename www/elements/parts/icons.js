// @ts-check
import { h, set, svg } from "./dom.js";

const CIRCLE = "M10 2a8 8 0 1 1 0 16 8 8 0 1 1 0-16";

/** Outlines on a grid of 20, drawn with the colour of the text. Whole numbers where they serve: they are downloaded. */
export const PATHS = {
  open: "M10 6v4l3 2",
  closing: "M10 6v5M10 14v.1",
  closed: "M7 9h6v5H7zM8 9V8a2 2 0 0 1 4 0v1",
  unknown: "M8 8a2 2 0 1 1 3 2l-1 1v1M10 14v.1",
  search: "M13 13l4 4M9 3a6 6 0 1 1 0 12A6 6 0 1 1 9 3",
  back: "M11 5l-5 5 5 5M6 10h9",
  close: "M5 5l10 10M15 5L5 15",
  info: `M10 9v5M10 6v.1${CIRCLE}`,
  send: "M3 4l14 6-14 6 2-6zM5 10h6",
  reply: "M8 4L3 9l5 5M3 9h8a5 5 0 0 1 5 5",
  url: "M11 4h5v5M16 4l-7 7M8 5H4v11h11v-4",
  phone: "M4 3h4l1 4-2 2a9 9 0 0 0 4 4l2-2 4 1v4A13 13 0 0 1 4 3",
  star: "M10 3l2 5h5l-4 3 2 6-5-4-5 4 2-6-4-3h5z",
  list: "M4 6h12M4 10h12M4 14h12",
  media: "M3 4h14v12H3zM3 13l4-4 4 4 2-2 4 4",
  copy: "M7 7h9v9H7zM4 13V4h9",
};

/** Those that point along the line of writing. */
const FLIPPED = /back|send|reply|url/;

/** @param {keyof typeof PATHS} name */
export const icon = (name) => svg(PATHS[name], { class: FLIPPED.test(name) ? "icon flip" : "icon" });

/**
 * @param {string} style a `bare` one shows its sign alone; the text is its name
 * @param {keyof typeof PATHS | ""} sign
 * @param {string} text
 * @param {(event: Event) => void} click
 */
export function button(style, sign, text, click) {
  const isBare = style === "bare";
  const name = isBare && text;
  return h("button", { type: "button", class: style, "aria-label": name, title: name, click }, sign && icon(sign), !isBare && text);
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
      set(sign, { d: PATHS[kind] });
      set(rest, { "stroke-dasharray": `${Math.round(share * 100)} 100` });
    },
  };
}
