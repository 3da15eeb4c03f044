// @ts-check
/** The JSON of a request, read only as far as it may be long and for as long as anybody waits. */
import { fault } from "../engine/fault.js";
import { bodyOf } from "../engine/request.js";
import { Refusal } from "./answers.js";

/** @param {Request} request @returns {Promise<unknown>} */
export const jsonOf = async (request) => {
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get("content-type") ?? "")) {
    throw new Refusal(415, "not-json", "the body has to be application/json");
  }
  const bytes = await bodyOf(request);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw fault("bad-json", "body", "it is no JSON in UTF-8", cause);
  }
};

/** What the engine says of a part of the body, with the path of that part. @template Answer @param {string} path @param {() => Answer} work @returns {Answer} */
export const within = (path, work) => {
  try {
    return work();
  } catch (error) {
    const { code, field, message } = /** @type {{ code?: import("../../src/wire/types.d.ts").ErrorCode, field?: string, message: string }} */ (error);
    if (code === undefined || error instanceof Refusal) throw error;
    throw fault(code, field ? `${path}.${field}` : path, message.replace(/^`[^`]*`: /, ""), error);
  }
};
