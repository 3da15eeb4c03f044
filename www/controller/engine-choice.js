// @ts-check
/** Which engine runs: WebAssembly, or, where a page may not compile it, the same code without. */
/** @import { ControllerOptions } from "./types.js" */
import { ReplyWindowError } from "../engine/errors.js";
import { fault } from "../engine/fault.js";
import { avoidWasm, useWithoutWasm } from "../engine/load.js";
import { isEngineFailure, report } from "./error-info.js";

let isTold = false;

/** @param {unknown} error */
export const isUnavailable = (error) => error instanceof ReplyWindowError && error.code === "engine-unavailable";

/**
 * What went wrong at the start. A policy or a clock that is wrong is told to the developer, not to the agent; why there is no
 * engine stands in the console, once for each page.
 *
 * @param {unknown} error
 * @returns {unknown} the engine's
 * @throws anything else
 */
export function engineFailure(error) {
  if (error !== undefined && !isEngineFailure(error)) throw error;
  // Without a cause it is only not here yet.
  if (!isTold && isUnavailable(error) && /** @type {Error} */ (error).cause !== undefined) {
    isTold = true;
    console.error(`reply-window: ${/** @type {Error} */ (error).message}`);
  }
  return error;
}

/** @param {Pick<ControllerOptions, "engine" | "nowasm">} options */
export function chooseEngine({ engine, nowasm }) {
  if (engine !== "js") return;
  if (!nowasm) throw fault("missing-field", "nowasm", "the engine without WebAssembly has to be fetched from somewhere");
  avoidWasm();
}

/**
 * Starts the one without WebAssembly, if the other could not be started.
 *
 * @param {Pick<ControllerOptions, "nowasm">} options
 * @param {unknown} failure of the other
 * @param {() => Promise<void>} started
 */
export async function startWithoutWasm({ nowasm }, failure, started) {
  if (!nowasm || !isUnavailable(failure)) return;
  try {
    useWithoutWasm(await nowasm());
  } catch (error) {
    return report(error);
  }
  await started();
}
