// @ts-check
/** What the desktop's own function answers to a send: read once, since it may be anything. */
/** @import { Receipt } from "./types.js" */
import { ReplyWindowError } from "../engine/errors.js";

/** Longest id of a message, in characters. */
const MAX_ID = 256;

/** @param {unknown} answer @param {string} name @returns {unknown} nothing where reading it throws */
function read(answer, name) {
  try {
    return /** @type {any} */ (answer)?.[name];
  } catch {
    return undefined;
  }
}

/** The provider's id of a message that was sent, where the answer names one. @param {unknown} answer @returns {string | undefined} */
export function messageIdOf(answer) {
  const id = typeof answer === "object" ? read(answer, "id") : undefined;
  return typeof id === "string" && id !== "" && id.length <= MAX_ID ? id : undefined;
}

/**
 * @param {unknown} answer
 * @returns {Receipt} of our own
 * @throws {ReplyWindowError} `bad-receipt`: whether the message went out is not known
 */
export function receiptOf(answer) {
  const id = messageIdOf(answer);
  if (id === undefined) throw new ReplyWindowError("bad-receipt", "expected `{ id }`, the provider's id of the message; whether it was sent is not known", { field: "onSend" });
  const atMs = read(answer, "atMs");
  return Object.freeze(typeof atMs === "number" && Number.isInteger(atMs) ? { id, atMs } : { id });
}
