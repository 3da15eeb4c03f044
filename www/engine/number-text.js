// @ts-check
/** The text of a telephone number on its way into the engine. */
import { assertString } from "./check.js";

/**
 * More characters are refused unread, and a character has at most two UTF-16 units; what is handed over is cut behind
 * that, so that a text of a megabyte costs no more than one that is a little too long.
 */
export const TEXT_LIMIT = 2 * 250 + 1;

/** @param {unknown} value @param {string} name @returns {string} */
export function short(value, name) {
  const whole = assertString(value, name);
  return whole.length > TEXT_LIMIT ? whole.slice(0, TEXT_LIMIT) : whole;
}
