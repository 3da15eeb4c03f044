// @ts-check
/** What chooses templates and fills them in has a WebAssembly module of its own: fetched when there are templates, once for all. */
import { ReplyWindowError } from "../engine/errors.js";

/** @typedef {typeof import("./choosing.js")} Choosing */

/** @type {Choosing | undefined} */
let here;
/** @type {Promise<Choosing> | undefined} */
let coming;

/** @param {unknown} cause @returns {never} */
function failed(cause) {
  coming = undefined;
  throw cause instanceof ReplyWindowError ? cause : new ReplyWindowError("templates-unavailable", "what chooses templates could not be fetched", { cause });
}

/** It, once it is here. */
export const choosing = () => here;

/**
 * @returns {Promise<Choosing>} the one that is coming already, if there is one
 * @throws {ReplyWindowError} rejects with `templates-unavailable` (asked again, it is fetched again) or `engine-unavailable`
 */
export function fetchChoosing() {
  coming ??= import("./choosing.js").then(async (parts) => {
    await parts.ready();
    return (here = parts);
  }).catch(failed);
  return coming;
}
