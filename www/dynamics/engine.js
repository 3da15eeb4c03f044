// @ts-check
/** Starts the engine: as WebAssembly, or, where a page may not compile it, as the same code without. */
import { chooser } from "../engine/modules/chooser.js";
import { dynamics } from "../engine/modules/dynamics.js";
import { page } from "../engine/modules/page.js";

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
    const engines = await import(/* @vite-ignore */ nowasmUrl);
    page.replace(engines.page);
    chooser.replace(engines.chooser);
    dynamics.replace(engines.dynamics);
    return "nowasm";
  } catch {
    return "none";
  }
}
