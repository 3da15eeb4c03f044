// @ts-check
/** Reads a tree that the engine wrote as one text and a list of numbers, see `src/wasm/flat.rs`. */

const NULL = 0;
const FALSE = 1;
const TRUE = 2;
const NUMBER = 3;
const TEXT = 4;
const LIST = 5;

/**
 * @param {string} text
 * @param {Float64Array} codes
 * @returns {any}
 */
export function unfold(text, codes) {
  let code = 0;
  let at = 0;
  const words = () => text.slice(at, at += codes[code++]);
  /** @returns {any} */
  const value = () => {
    switch (codes[code++]) {
      case NULL: return null;
      case FALSE: return false;
      case TRUE: return true;
      case NUMBER: return codes[code++];
      case TEXT: return words();
      case LIST: return list(codes[code++]);
      default: return fields(codes[code++]);
    }
  };
  /** @returns {any[]} */
  const list = (/** @type {number} */ count) => {
    const items = [];
    for (; count > 0; count -= 1) items.push(value());
    return items;
  };
  const fields = (/** @type {number} */ count) => {
    /** @type {Record<string, unknown>} */
    const object = {};
    for (; count > 0; count -= 1) {
      const name = words();
      const field = value();
      // Assigning `__proto__` would set the prototype instead of a field.
      if (name === "__proto__") Object.defineProperty(object, name, { value: field, enumerable: true, writable: true, configurable: true });
      else object[name] = field;
    }
    return object;
  };
  return value();
}
