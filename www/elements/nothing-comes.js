// @ts-check
/** Why an element shows nothing: for the developer, at the console. */

/** @type {WeakSet<HTMLElement>} */
const told = new WeakSet();

/**
 * Once for an element.
 *
 * @param {HTMLElement} element
 * @param {readonly string[]} needed attributes
 */
export function tell(element, needed) {
  if (told.has(element)) return;
  told.add(element);
  console.warn(`<${element.localName}> shows nothing without a controller; to make one of attributes, these are missing: ${needed.filter((name) => !element.getAttribute(name)).join(", ")}`);
}
