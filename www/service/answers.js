// @ts-check
/** How the service answers: JSON that no proxy keeps, and one shape for everything that went wrong. */
/** @import { ErrorCode } from "../../src/wire/types.d.ts" */
import { ReplyWindowError } from "../engine/errors.js";

const HEADERS = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

/** @param {unknown} body @param {number} [status] @param {Record<string, string>} [headers] */
export const answer = (body, status = 200, headers = {}) => Response.json(body, { status, headers: { ...HEADERS, ...headers } });

/** Some statuses have no body, not even an empty one. @param {string} text @param {string} type @param {number} [status] */
export const plainAnswer = (text, type, status = 200) => new Response(text === "" ? null : text, { status, headers: { ...HEADERS, "content-type": type } });

/**
 * Something that is answered with a status of its own. `field`: the path of what is wrong in the request.
 */
export class Refusal extends Error {
  /** @param {number} status @param {string} code @param {string} message @param {{ field?: string, headers?: Record<string, string> }} [more] */
  constructor(status, code, message, { field, headers = {} } = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.field = field;
    this.headers = headers;
  }
}

/** Codes of reading a request that have a status of their own; all others of a caller's are 400. @type {Partial<Record<ErrorCode, number>>} */
const STATUS = { "body-too-large": 413, "body-timed-out": 408, "engine-crashed": 500, "engine-unavailable": 500 };

/** @param {unknown} error @returns {Refusal} what is not known is told nothing of */
export const refusalOf = (error) => {
  if (error instanceof Refusal) return error;
  if (!(error instanceof ReplyWindowError)) return new Refusal(500, "unexpected", "something went wrong here");
  const status = STATUS[error.code] ?? 400;
  return new Refusal(status, error.code, status === 500 ? "something went wrong here" : error.message, error.field ? { field: error.field } : {});
};

/** @param {Refusal} refusal @returns {Response} */
export const refused = ({ status, code, message, field, headers }) => answer({ code, message, ...(field ? { field } : {}) }, status, headers);
