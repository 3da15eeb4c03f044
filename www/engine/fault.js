// @ts-check
/** Errors that name the argument, and the words for what was found in its place. */
import { ReplyWindowError } from "./errors.js";

/** @import { ErrorCode } from "../../src/wire/types.d.ts" */

/**
 * @param {ErrorCode} code
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
export function kindOf(value) {
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
export function isArray(value) {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}
