// @ts-check
/** The engine's refusals of a signature, which the fast way names by number. */
import { ReplyWindowError } from "./errors.js";

/** @import { WasmModule } from "./load.js" */

/** What the engine said of each number: the same in every module and after a crash. @type {{ code: import("../../src/wire/types.d.ts").ErrorCode, field: string, message: string }[]} */
const told = [];

/** @param {WasmModule} module @param {number} number */
export const refused = (module, number) => (told[number] ??= module.run((engine) => {
  const { code, field, message } = engine.scratchRefusal(number);
  return { code, field, message };
}));

/** @param {WasmModule} module @param {number} number */
export function refusal(module, number) {
  const { code, field, message } = refused(module, number);
  return withoutStack(() => new ReplyWindowError(code, message, { field }));
}

/**
 * Whoever can reach a receiver can have it refuse: noting down where in our code that was would take longer than the verdict, and
 * tells nothing that the code does not.
 *
 * @template T @param {() => T} make @returns {T}
 */
function withoutStack(make) {
  const { stackTraceLimit } = /** @type {{ stackTraceLimit?: number }} */ (Error);
  if (stackTraceLimit === undefined || !Object.getOwnPropertyDescriptor(Error, "stackTraceLimit")?.writable) return make();
  /** @type {any} */ (Error).stackTraceLimit = 0;
  try {
    return make();
  } finally {
    /** @type {any} */ (Error).stackTraceLimit = stackTraceLimit;
  }
}
