// @ts-check
/**
 * Guards: what an untyped caller may hand over is checked and copied here, before the engine sees it.
 *
 * The copy matters. An accessor or a proxy could answer differently, or throw, in the middle of a call; read once
 * here, it cannot.
 */
import { ReplyWindowError } from "./errors.js";

/** The engine refuses deeper trees as well. */
const MAX_DEPTH = 32;
/** Values in one input: far above any real one, far below what would exhaust memory. */
const MAX_NODES = 1 << 20;
/** UTF-16 units in one input. */
const MAX_TEXT = 1 << 23;
/** Farthest instant from 1970, in ms (ECMA-262 §21.4.1.1). */
const MAX_TIME_MS = 8.64e15;

/** @typedef {number | Date | { epochMilliseconds: number }} Time ms since 1970, a `Date`, or a Temporal instant */

/**
 * @param {string} code
 * @param {string} field
 * @param {string} message
 * @param {unknown} [cause]
 */
export function fault(code, field, message, cause) {
  const told = field === "" ? message : `\`${field}\`: ${message}`;
  return new ReplyWindowError(code, told, cause === undefined ? { field } : { field, cause });
}

/**
 * The word for what a value is, in error messages.
 *
 * @param {unknown} value
 */
function kindOf(value) {
  if (value === null) return "null";
  if (value === undefined) return "nothing";
  if (typeof value === "object") return isArray(value) ? "an array" : "an object";
  return `a ${typeof value}`;
}

/**
 * `Array.isArray` throws for a revoked proxy.
 *
 * @param {unknown} value
 * @returns {value is unknown[]}
 */
function isArray(value) {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

/**
 * @param {unknown} value
 * @param {string} name of the argument
 * @returns {string}
 */
export function text(value, name) {
  if (typeof value !== "string") throw fault("wrong-type", name, `expected a string, got ${kindOf(value)}`);
  if (value.length > MAX_TEXT) throw fault("input-too-large", name, "longer than 8 388 608 characters");
  return value;
}

/**
 * @param {unknown} value
 * @param {string} name of the argument
 * @returns {boolean}
 */
export function truth(value, name) {
  if (typeof value !== "boolean") throw fault("wrong-type", name, `expected a boolean, got ${kindOf(value)}`);
  return value;
}

/**
 * @param {unknown} value
 * @param {string} name of the argument
 * @returns {any}
 */
export function fun(value, name) {
  if (typeof value !== "function") throw fault("wrong-type", name, `expected a function, got ${kindOf(value)}`);
  return value;
}

/**
 * Milliseconds since 1970 of whatever names an instant. Never guesses: a bad time is an error, not 1970.
 *
 * @param {unknown} time
 * @param {string} name of the argument
 * @returns {number} whole ms, at most 8.64e15 from 1970
 */
export function toMs(time, name) {
  const ms = typeof time === "number" ? time : msOf(time, name);
  if (!Number.isInteger(ms)) throw fault("time-not-whole", name, "a time must be a whole number of milliseconds");
  if (Math.abs(ms) > MAX_TIME_MS) throw fault("time-out-of-range", name, "a time must lie within 8.64e15 ms of 1970");
  return ms === 0 ? 0 : ms;
}

/**
 * @param {unknown} time
 * @param {string} name
 * @returns {number}
 */
function msOf(time, name) {
  if (typeof time === "object" && time !== null) {
    try {
      // By its slot, not by `instanceof`: dates of other realms are dates, look-alikes are not.
      return Date.prototype.getTime.call(time);
    } catch {
      const ms = property(time, "epochMilliseconds", name);
      if (typeof ms === "number") return ms;
    }
  }
  throw fault("wrong-type", name, `expected a number, a Date or an object with epochMilliseconds, got ${kindOf(time)}`);
}

/**
 * @param {object} owner
 * @param {string} key
 * @param {string} name of the argument
 * @returns {unknown}
 */
function property(owner, key, name) {
  try {
    return /** @type {any} */ (owner)[key];
  } catch (cause) {
    throw fault("not-plain-data", name, "reading it threw", cause);
  }
}

/**
 * The named fields of an options object; others are refused by name. Fields that are `undefined` are left out.
 *
 * @template {string} Key
 * @param {unknown} value
 * @param {readonly Key[]} known
 * @param {string} [name] of the argument, where its fields are to be called `name.field`
 * @returns {Partial<Record<Key, any>>}
 */
export function options(value, known, name = "") {
  if (typeof value !== "object" || value === null || !isPlain(value, name || "options")) {
    throw fault("wrong-type", name || "options", `expected an object literal, got ${kindOf(value)}`);
  }
  /** @type {Partial<Record<Key, any>>} */
  const found = {};
  for (const key of keysOf(value, name || "options")) {
    const path = name === "" ? key : `${name}.${key}`;
    if (!known.includes(/** @type {Key} */ (key))) throw fault("unknown-field", path, "no such option");
    const field = property(value, key, path);
    if (field !== undefined) found[/** @type {Key} */ (key)] = field;
  }
  return found;
}

/**
 * @param {object} value
 * @param {string} name
 * @returns {string[]}
 */
function keysOf(value, name) {
  try {
    return Object.keys(value);
  } catch (cause) {
    throw fault("not-plain-data", name, "reading it threw", cause);
  }
}

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
function isPlain(value, path) {
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
