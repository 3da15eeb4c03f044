// @ts-check
/**
 * How many steps the engine takes: entries of functions and turns of loops, counted inside the WebAssembly modules that the
 * package brings. The same on every machine and every time, so that "linear" is a count and not a time. What the engine
 * leaves to its host in one stroke (copying memory, encoding a text) is no step.
 */
import binaryen from "binaryen";

/** @type {number} */ let steps = 0;
const count = () => void (steps += 1);
const COUNTER = "log_execution";

/** @param {Uint8Array} bytes @returns {Uint8Array} a module that tells of every step */
function counting(bytes) {
  const module = binaryen.readBinary(bytes);
  const { BulkMemory, MutableGlobals, Multivalue, NontrappingFPToInt, ReferenceTypes, SignExt } = binaryen.Features;
  // Only what the engine uses; with more, types are written that not every Node reads.
  module.setFeatures(BulkMemory | MutableGlobals | Multivalue | NontrappingFPToInt | ReferenceTypes | SignExt);
  module.runPasses(["log-execution"]);
  const counted = module.emitBinary();
  module.dispose();
  return counted;
}

/** From here on every module of this process is counted; before the engine's first call. */
export function countSteps() {
  const { Instance, Module } = WebAssembly;
  WebAssembly.Module = /** @type {any} */ (new Proxy(Module, {
    construct: (target, [bytes]) => Reflect.construct(target, [counting(new Uint8Array(bytes))]),
  }));
  WebAssembly.Instance = /** @type {any} */ (new Proxy(Instance, {
    construct(target, [module, imports = {}]) {
      const from = Module.imports(module).filter(({ name }) => name === COUNTER).map(({ module }) => module);
      const given = Object.fromEntries(from.map((name) => [name, { .../** @type {any} */ (imports)[name], [COUNTER]: count }]));
      return Reflect.construct(target, [module, { ...imports, ...given }]);
    },
  }));
}

/** @param {() => unknown} work @returns {number} the steps it takes */
export function stepsOf(work) {
  const before = steps;
  work();
  return steps - before;
}

/** @param {() => Promise<unknown>} work @returns {Promise<number>} the steps it takes */
export async function stepsDuring(work) {
  const before = steps;
  await work();
  return steps - before;
}
