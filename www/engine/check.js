// @ts-check
/**
 * Guards: what an untyped caller may hand over is checked here, before the engine sees it.
 */
import { fault, kindOf } from "./fault.js";
import { MAX_TEXT, isPlain } from "./plain.js";

/** Farthest instant from 1970, in ms (ECMA-262 §21.4.1.1). */
const MAX_TIME_MS = 8.64e15;

/** @typedef {number | Date | { epochMilliseconds: number }} Time ms since 1970, a `Date`, or a Temporal instant */

/**
 * @param {unknown} value
 * @param {string} name of the argument
 * @returns {string}
 */
export function assertString(value, name) {
  if (typeof value !== "string") throw fault("wrong-type", name, `expected a string, got ${kindOf(value)}`);
  if (value.length > MAX_TEXT) throw fault("input-too-large", name, "longer than 8 388 608 characters");
  return value;
}

/**
 * @param {unknown} value
 * @param {string} name of the argument
 * @returns {boolean}
 */
export function assertBoolean(value, name) {
  if (typeof value !== "boolean") throw fault("wrong-type", name, `expected a boolean, got ${kindOf(value)}`);
  return value;
}

/**
 * @param {unknown} value
 * @param {string} name of the argument
 * @returns {any}
 */
export function assertFunction(value, name) {
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
  // As the engine has it; what goes on to it is said here in the words of the caller's own argument.
  if (ms >= 1e9 && ms < 1e10) throw fault("time-in-seconds", name, "a time is in milliseconds; this looks like seconds, times 1000 is meant");
  if (ms >= 1e15 && ms < 5e15) throw fault("time-in-microseconds", name, "a time is in milliseconds; this looks like microseconds, a thousandth is meant");
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
 * @param {string} [field] of it, where it is an argument's field that is told of
 * @returns {unknown}
 */
function property(owner, key, name, field = "") {
  try {
    return /** @type {any} */ (owner)[key];
  } catch (cause) {
    throw fault("not-plain-data", pathOf(name, field), "reading it threw", cause);
  }
}

/** @param {string} name @param {string} field */
const pathOf = (name, field) => (name && field ? `${name}.${field}` : name || field);

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
    if (!known.includes(/** @type {Key} */ (key))) throw fault("unknown-field", pathOf(name, key), "no such option");
    const field = property(value, key, name, key);
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
