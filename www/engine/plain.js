// @ts-check
/**
 * Plain data of an untyped caller, checked and copied.
 *
 * The copy matters. An accessor or a proxy could answer differently, or throw, in the middle of a call; read once
 * here, it cannot.
 */
import { ReplyWindowError } from "./errors.js";
import { fault, isArray, kindOf } from "./fault.js";

/** The engine refuses deeper trees as well. */
const MAX_DEPTH = 32;
/** Values in one input: far above any real one, far below what would exhaust memory. */
const MAX_NODES = 1 << 20;
/** UTF-16 units in one input. */
export const MAX_TEXT = 1 << 23;

/**
 * A copy of plain data: objects, arrays, strings, booleans, finite numbers, `null`. Fields that are `undefined` are
 * left out. Anything else is refused with the path at which it stands.
 *
 * @param {unknown} value
 * @param {string} name of the argument
 * @returns {any}
 */
export function plain(value, name) {
  const walk = { ancestors: /** @type {object[]} */ ([]), nodes: 0, text: 0 };
  return copy(value, name, walk);
}

/**
 * Plain data that must be an object (not an array).
 *
 * @param {unknown} value
 * @param {string} name of the argument
 * @returns {any}
 */
export function plainObject(value, name) {
  if (typeof value !== "object" || value === null || isArray(value)) {
    throw fault("wrong-type", name, `expected an object, got ${kindOf(value)}`);
  }
  return plain(value, name);
}

/**
 * Plain data that must be an array.
 *
 * @param {unknown} value
 * @param {string} name of the argument
 * @returns {any[]}
 */
export function plainList(value, name) {
  if (!isArray(value)) throw fault("wrong-type", name, `expected an array, got ${kindOf(value)}`);
  return plain(value, name);
}

/** @typedef {{ ancestors: object[], nodes: number, text: number }} Walk */

/**
 * @param {unknown} value
 * @param {string} path
 * @param {Walk} walk
 * @returns {unknown}
 */
function copy(value, path, walk) {
  walk.nodes += 1;
  if (walk.nodes > MAX_NODES) throw fault("input-too-large", path, "more than 1 048 576 values");
  switch (typeof value) {
    case "string":
      walk.text += value.length;
      if (walk.text > MAX_TEXT) throw fault("input-too-large", path, "more than 8 388 608 characters");
      return value;
    case "number":
      if (!Number.isFinite(value)) throw fault("number-not-finite", path, "a number must be finite");
      return value;
    case "boolean":
    case "undefined":
      return value;
    case "object":
      return value === null ? null : copyObject(value, path, walk);
    default:
      throw fault("not-plain-data", path, `a ${typeof value} is no plain data`);
  }
}

/**
 * @param {object} value
 * @param {string} path
 * @param {Walk} walk
 */
function copyObject(value, path, walk) {
  if (walk.ancestors.includes(value)) throw fault("not-plain-data", path, "it contains itself");
  if (walk.ancestors.length >= MAX_DEPTH) throw fault("not-plain-data", path, "nested deeper than 32 levels");
  walk.ancestors.push(value);
  try {
    return Array.isArray(value) ? copyList(value, path, walk) : copyFields(value, path, walk);
  } catch (cause) {
    if (cause instanceof ReplyWindowError) throw cause;
    throw fault("not-plain-data", path, "reading it threw", cause);
  } finally {
    walk.ancestors.pop();
  }
}

/**
 * @param {unknown[]} list
 * @param {string} path
 * @param {Walk} walk
 */
function copyList(list, path, walk) {
  const length = list.length;
  if (length > MAX_NODES) throw fault("input-too-large", path, "more than 1 048 576 values");
  const items = [];
  for (let index = 0; index < length; index += 1) items.push(copy(list[index], `${path}[${index}]`, walk));
  return items;
}

/**
 * @param {object} value
 * @param {string} path
 * @param {Walk} walk
 */
function copyFields(value, path, walk) {
  if (!isPlain(value, path)) throw fault("not-plain-data", path, notPlain(value));
  /** @type {Record<string, unknown>} */
  const fields = {};
  for (const key of Object.keys(value)) {
    const field = copy(/** @type {any} */ (value)[key], `${path}.${key}`, walk);
    if (field === undefined) continue;
    // Assigning `__proto__` would set the prototype instead of a field.
    if (key === "__proto__") Object.defineProperty(fields, key, { value: field, enumerable: true });
    else fields[key] = field;
  }
  return fields;
}

/**
 * An object literal of this realm or another, or one without a prototype.
 *
 * @param {object} value
 * @param {string} path
 */
export function isPlain(value, path) {
  try {
    const prototype = Object.getPrototypeOf(value);
    return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
  } catch (cause) {
    throw fault("not-plain-data", path, "reading it threw", cause);
  }
}

/** @param {object} value */
function notPlain(value) {
  if (value instanceof Date) return "a Date is no plain data, use its getTime()";
  if (value instanceof Map) return "a Map is no plain data, use Object.fromEntries";
  return "an instance of a class is no plain data";
}
