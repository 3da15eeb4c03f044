// @ts-check
/**
 * The engine: instantiated from the bytes in `bytes.gen.js` on first use, replaced after a crash.
 *
 * The functions of the contract take one plain object and keep nothing between calls, so a fresh instance answers
 * exactly as the one before it would have. What is kept under an id is gone with the instance.
 */
import { base64 } from "./bytes.gen.js";
import * as glue from "../pkg/engine.js";
import { ReplyWindowError } from "./errors.js";

/** @typedef {Record<string, ((input: any) => any) | undefined>} Engine */

/** @type {Engine | undefined} */
let current;

/** @returns {Uint8Array<ArrayBuffer>} */
function bytes() {
  const decode = /** @type {any} */ (Uint8Array).fromBase64;
  if (typeof decode === "function") return decode.call(Uint8Array, base64);
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** @param {() => WebAssembly.Module | Uint8Array<ArrayBuffer>} module */
function instantiate(module) {
  try {
    glue.initSync({ module: module() });
    current = /** @type {Engine} */ (/** @type {unknown} */ (glue));
    return current;
  } catch (cause) {
    throw unavailable(cause);
  }
}

/** @param {unknown} cause */
function unavailable(cause) {
  return new ReplyWindowError("engine-unavailable", "the WebAssembly engine could not be started", { cause });
}

/**
 * Starts the engine without blocking, for browsers that refuse to compile WebAssembly synchronously on the main
 * thread. Elsewhere it is not needed: the first call starts the engine by itself. May be awaited any number of times.
 *
 * @returns {Promise<void>}
 * @throws {ReplyWindowError} `engine-unavailable` where WebAssembly is absent or forbidden by the page's policy
 * @example
 * await ready();
 */
export async function ready() {
  if (current) return;
  let module;
  try {
    module = await WebAssembly.compile(bytes());
  } catch (cause) {
    throw unavailable(cause);
  }
  if (!current) instantiate(() => module);
}

/**
 * Puts another engine in place; for tests.
 *
 * @param {Engine | undefined} engine `undefined` brings back the one that was there before any replacement
 * @returns {() => void} puts the previous one back
 */
export function replaceEngine(engine) {
  const previous = current;
  current = engine;
  return () => {
    current = previous;
  };
}

/**
 * Calls one function of the contract.
 *
 * @param {string} name as in `src/wire/types.d.ts`
 * @param {object} input plain data, already checked
 * @returns {any} plain data
 * @throws {ReplyWindowError} the engine's own faults; `engine-crashed` (the next call runs on a fresh instance);
 *   `engine-unavailable`
 */
export function call(name, input) {
  const engine = current ?? instantiate(bytes);
  const work = engine[name];
  if (typeof work !== "function") {
    throw new ReplyWindowError("engine-unavailable", `this build of the engine has no function \`${name}\``);
  }
  try {
    return work(input);
  } catch (cause) {
    throw translated(cause, engine);
  }
}

/**
 * @param {any} cause what a call into the engine threw
 * @param {Engine} engine
 */
function translated(cause, engine) {
  if (cause instanceof Error && cause.name === "ReplyWindowError" && "code" in cause) {
    const { code, field } = /** @type {any} */ (cause);
    return new ReplyWindowError(String(code), cause.message, { field: String(field ?? ""), cause });
  }
  // A trap, an exhausted stack or a foreign exception that unwound through the instance: its memory is suspect.
  engine.revive?.(undefined);
  return new ReplyWindowError("engine-crashed", "the engine failed and was restarted", { cause });
}
