// @ts-check
import { h, set, svg } from "./dom.js";

/** Outlines on a grid of 20, drawn with the colour of the text. */
export const PATHS = {
  open: "M10 6v4.2l2.7 1.8",
  closing: "M10 6v4.8M10 13.6v.2",
  closed: "M6.8 9.2h6.4v4.6H6.8zM8 9.2V7.8a2 2 0 0 1 4 0v1.4",
  unknown: "M7.8 7.8a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.5M10 13.8v.2",
  search: "M13 13l4 4M8.5 14a5.5 5.5 0 1 1 0-11 5.5 5.5 0 0 1 0 11z",
  back: "M11.5 4.5L6 10l5.5 5.5M6.2 10H15",
  close: "M5 5l10 10M15 5L5 15",
  info: "M10 9v5M10 6.2v.2M10 17.5a7.5 7.5 0 1 1 0-15 7.5 7.5 0 0 1 0 15z",
  send: "M3.5 4l13.5 6-13.5 6 2-6zM5.5 10H11",
  reply: "M8 5L3.5 9.5 8 14M4 9.5h7a5 5 0 0 1 5 5",
  url: "M11 4h5v5M16 4l-7 7M8 5H4.5v10.5H15V12",
  phone: "M5 3.5l2.4-.5 1.6 3.6-1.7 1.3a8.5 8.5 0 0 0 4.8 4.8l1.3-1.7 3.6 1.6-.5 2.4c-.2.9-1 1.5-1.9 1.4A12.5 12.5 0 0 1 3.6 5.4c-.1-.9.5-1.7 1.4-1.9z",
  list: "M4 6h12M4 10h12M4 14h12",
  media: "M3.5 4.5h13v11h-13zM3.5 13l3.7-3.7 3.6 3.6 2-2 3.7 3.7M12.5 8v.1",
  copy: "M7 7h9v9H7zM4 13V4h9",
};

/** Those that point along the line of writing. */
const FLIPPED = new Set(["back", "send", "reply", "url"]);

/** @param {keyof typeof PATHS} name */
export const icon = (name) => svg(PATHS[name], { class: FLIPPED.has(name) ? "icon flip" : "icon" });

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
  const circle = () => set(/** @type {SVGPathElement} */ (sign.cloneNode()), { d: "M10 1.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 1 1 0-17", pathLength: 100 });
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
