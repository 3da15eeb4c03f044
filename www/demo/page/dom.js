// @ts-check
// Elements without markup from strings: what a customer wrote is text, wherever it ends up.

const SVG = "http://www.w3.org/2000/svg";

/** Paths on a 20 by 20 grid, drawn as lines. */
const ICONS = {
  send: "M3.5 10 17 3.5 13 17l-3-5.2L3.5 10Zm6.5 1.8L17 3.5",
  chats: "M3 5.5A1.5 1.5 0 0 1 4.5 4h11A1.5 1.5 0 0 1 17 5.5v7a1.5 1.5 0 0 1-1.5 1.5H9l-4 3v-3h-.5A1.5 1.5 0 0 1 3 12.5Z",
  phone: "M7 2.5h6A1.5 1.5 0 0 1 14.5 4v12a1.5 1.5 0 0 1-1.5 1.5H7A1.5 1.5 0 0 1 5.5 16V4A1.5 1.5 0 0 1 7 2.5Zm2 12.5h2",
  list: "M3.5 5.5h13M3.5 10h13M3.5 14.5h13",
  failed: "M10 6v5M10 13.8v.1M10 2.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4Z",
  forward: "m4 5 5 5-5 5m6-10 5 5-5 5",
};

/**
 * @param {string} tag
 * @param {Record<string, any>} [props] `on…` are listeners, `class` and whatever holds a dash are attributes, others are properties
 * @param {...(Node | string | number | undefined | false)} children
 * @returns {any}
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && !name.includes("-") && typeof value !== "string") Reflect.set(element, name, value);
    else element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child !== undefined && child !== false).map((child) => (child instanceof Node ? child : String(child))));
  return element;
}

/** @param {keyof typeof ICONS} name */
export function icon(name) {
  const picture = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 20 20", class: `icon icon-${name}`, "aria-hidden": "true" })) picture.setAttribute(key, value);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  picture.append(path);
  return picture;
}

/** A name or text of which nobody knows the direction. @param {string} text */
export const isolated = (text) => h("bdi", { dir: "auto" }, text);

/** Sets a text only where it differs, so that nothing is read out or selected anew. @param {Element} element @param {string} text */
export function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
