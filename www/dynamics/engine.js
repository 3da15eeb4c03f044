// @ts-check
/** Starts the engine: as WebAssembly, or, where a page may not compile it, as the same code without. */
import { dynamics } from "../engine/modules/dynamics.js";
import { page } from "../engine/modules/page.js";

/** @typedef {"wasm" | "nowasm" | "none"} EngineKind */

/**
 * @param {string | undefined} nowasmUrl
 * @returns {Promise<EngineKind>} which one runs
 */
export async function startEngine(nowasmUrl) {
  try {
    await Promise.all([page.ready(), dynamics.ready()]);
    return "wasm";
  } catch {
    if (!nowasmUrl) return "none";
  }
  try {
    const engines = await import(/* @vite-ignore */ nowasmUrl);
    page.replace(engines.page);
    dynamics.replace(engines.dynamics);
    return "nowasm";
  } catch {
    return "none";
  }
}
