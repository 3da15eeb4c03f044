// @ts-check
/** Starts the engine: as WebAssembly, or, where a page may not compile it, as the same code without. */
import { chooser } from "../engine/modules/chooser.js";
import { dynamics } from "../engine/modules/dynamics.js";
import { page } from "../engine/modules/page.js";
import { useWithoutWasm } from "../engine/load.js";

/** @typedef {"wasm" | "nowasm" | "none"} EngineKind */

/**
 * @param {string | undefined} nowasmUrl
 * @returns {Promise<EngineKind>} which one runs
 */
export async function startEngine(nowasmUrl) {
  try {
    await Promise.all([page.ready(), chooser.ready(), dynamics.ready()]);
    return "wasm";
  } catch {
    if (!nowasmUrl) return "none";
  }
  try {
    useWithoutWasm(await import(/* @vite-ignore */ nowasmUrl));
    return "nowasm";
  } catch {
    return "none";
  }
}
