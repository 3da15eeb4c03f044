// @ts-check

/**
 * @param {string} tag @param {Record<string, unknown>} [properties] @param {string | readonly (Node | string)[]} [children]
 * @returns {HTMLElement}
 */
export const el = (tag, properties = {}, children = []) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...(typeof children === "string" ? [children] : children));
  return made;
};
