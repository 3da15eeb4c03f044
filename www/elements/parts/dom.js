// @ts-check
/** The little of a view library that this element needs. Text only ever enters the page as text nodes. */

const SVG = "http://www.w3.org/2000/svg";

/** @typedef {Node | string | false | null | undefined} Child */
/** @typedef {Record<string, string | number | boolean | null | undefined | ((event: any) => void)>} Attributes */

/**
 * Sets attributes; a function is a listener for the event of that name, `false` and absent remove the attribute.
 * What already holds is not touched, so that a tick costs nothing and assistive technology hears nothing.
 *
 * @template {Element | null | undefined} E
 * @param {E} element
 * @param {Attributes} attributes
 * @returns {E}
 */
export function set(element, attributes) {
  if (!element) return element;
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === false || value === null || value === undefined) element.removeAttribute(name);
    else {
      const text = value === true ? "" : String(value);
      if (element.getAttribute(name) !== text) element.setAttribute(name, text);
    }
  }
  return element;
}

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = set(document.createElement(tag), attributes);
  fill(element, ...children);
  return element;
}

/**
 * Replaces the children.
 *
 * @param {Element} element
 * @param {...Child} children
 */
export function fill(element, ...children) {
  element.replaceChildren(.../** @type {(Node | string)[]} */ (children.filter((child) => child || child === "")));
}

/**
 * Shows a text, or hides the element where there is none.
 *
 * @param {HTMLElement} element
 * @param {string} [text]
 */
export function put(element, text = "") {
  if (element.textContent !== text) element.textContent = text;
  set(element, { hidden: !text });
}

/**
 * @param {string} path
 * @param {Attributes} [attributes]
 */
export function svg(path, attributes = {}) {
  const icon = document.createElementNS(SVG, "svg");
  set(icon, { viewBox: "0 0 20 20", "aria-hidden": "true", ...attributes });
  icon.append(set(document.createElementNS(SVG, "path"), { d: path }));
  return icon;
}

/**
 * Asks the engine where the view can do without: that it failed is said of the whole.
 *
 * @template T
 * @param {() => T} ask
 * @param {T} otherwise
 */
export function attempt(ask, otherwise) {
  try {
    return ask();
  } catch {
    return otherwise;
  }
}

/**
 * Calls once, this long after the last request.
 *
 * @template {unknown[]} A
 * @param {(...values: A) => void} act
 * @param {number} ms
 */
export function debounce(act, ms) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const cancel = () => clearTimeout(timer);
  const ask = (/** @type {A} */ ...values) => {
    cancel();
    timer = setTimeout(() => act(...values), ms);
  };
  return Object.assign(ask, { cancel });
}
