// @ts-check
/** @import { ErrorCode } from "../../src/wire/types.d.ts" */

/**
 * The one error that this package throws for misuse, refused webhooks and failed sends.
 *
 * `code` is kebab-case and never changes once released; `field` is the path of the argument that was wrong
 * (`state.customer[2].id`), or `""` where the whole is meant. Messages hold no secrets.
 *
 * @example
 * try {
 *   verifyWebhook(request, { keys });
 * } catch (error) {
 *   if (error instanceof ReplyWindowError && error.code === "signature-mismatch") respond(403);
 *   else throw error;
 * }
 */
export class ReplyWindowError extends Error {
  /**
   * @param {ErrorCode} code kebab-case, stable
   * @param {string} message one lower-case sentence
   * @param {{ field?: string, cause?: unknown }} [more]
   */
  constructor(code, message, more = {}) {
    super(message, "cause" in more ? { cause: more.cause } : undefined);
    this.name = "ReplyWindowError";
    /** @readonly @type {ErrorCode} */
    this.code = code;
    /** @readonly */
    this.field = more.field ?? "";
  }
}
