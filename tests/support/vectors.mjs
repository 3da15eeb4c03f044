// The vectors as data, and how an engine's answer is held against one of them; tests/rust/vectors.rs matches alike.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";

const folder = new URL("../vectors/", import.meta.url);

/** Each file with its cases. A file without `cases` holds facts of another shape, with a runner of its own. @type {{ name: string, cases: any[] }[]} */
export const files = readdirSync(folder).filter((name) => name.endsWith(".json"))
  .map((name) => ({ name, cases: JSON.parse(readFileSync(new URL(name, folder), "utf8")).cases ?? [] }))
  .filter(({ cases }) => cases.length > 0);

/** Whether `actual` holds everything that `expected` names. Objects may hold more; arrays may not. @returns {boolean} */
export function holds(/** @type {any} */ expected, /** @type {any} */ actual) {
  if (Array.isArray(expected)) {
    return Array.isArray(actual) && actual.length === expected.length && expected.every((item, index) => holds(item, actual[index]));
  }
  if (typeof expected !== "object" || expected === null) return Object.is(expected, actual) || expected === actual;
  if (typeof actual !== "object" || actual === null || Array.isArray(actual)) return false;
  return Object.entries(expected).every(([name, value]) =>
    // In a vector, `null` says that the field must be absent.
    value === null ? !Object.hasOwn(actual, name) : Object.hasOwn(actual, name) && holds(value, actual[name]));
}

/** What an engine answers to the call of a vector. @returns {{ value: any } | { fault: { code: string, field: string } }} */
export function answerOf(/** @type {Record<string, any>} */ engine, /** @type {{ call: string, input: any }} */ { call, input }) {
  try {
    return { value: engine[call](input) };
  } catch (error) {
    const { name, code, field } = /** @type {any} */ (error);
    assert.equal(name, "ReplyWindowError", String(error));
    return { fault: { code, field } };
  }
}

/** Whether an answer is the vector's. */
export function isRight(/** @type {any} */ vector, /** @type {ReturnType<typeof answerOf>} */ answer) {
  if (vector.fault === undefined) return "value" in answer && "expect" in vector && holds(vector.expect, answer.value);
  return "fault" in answer && answer.fault.code === vector.fault.code && answer.fault.field === vector.fault.field;
}
