// @ts-check
/** A send that failed: what is told of it, whether it may have arrived all the same, and what the server said of the window. */
/** @import { ErrorInfo } from "./types.js" */
import { ReplyWindowError } from "../engine/errors.js";
import { errorInfo, providerCodeOf } from "./error-info.js";

/** @typedef {{ info: ErrorInfo, isOpen: boolean, error: unknown }} Failure `isOpen`: nobody knows whether it arrived */

/** Statuses of HTTP below 500 that say nothing of what became of a request. */
const OPEN_STATUS = [408, 425];

/**
 * Whether an error says that the message was surely not taken.
 *
 * @param {any} error what a desktop's own send threw: `status` is HTTP's, `verdict` that of its middleware
 */
function isRefusal(error) {
  if (error instanceof ReplyWindowError) return error.code !== "bad-receipt" && error.code !== "outcome-unknown";
  if (error?.code === "send-in-progress" || error?.code === "send-unknown") return false;
  if (providerCodeOf(error) !== undefined || error?.verdict) return true;
  const { status } = Object(error);
  return Number.isInteger(status) && status >= 400 && status < 500 && !OPEN_STATUS.includes(status);
}

/**
 * @param {unknown} error
 * @param {string} [code] where the error has none of ours
 * @returns {Failure}
 */
export function failureOf(error, code = "send-failed") {
  const reason = /** @type {any} */ (error)?.verdict?.reason;
  const info = Object.freeze({ ...errorInfo(error, code), ...(typeof reason === "string" && { reason }) });
  const isOpen = !isRefusal(error);
  return { info: isOpen ? Object.freeze({ ...info, outcome: /** @type {const} */ ("unknown") }) : info, isOpen, error };
}
