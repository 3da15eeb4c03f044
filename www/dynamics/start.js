// @ts-check
/** Starts the desk in the page around everything, once. What cannot be started leaves Dynamics as it was, and the page says so. */
import { take, workspaceOf } from "../adapters/dynamics/index.js";
import { Desk } from "./desk.js";
import { readSettings } from "./settings.js";

/**
 * @param {unknown} given the administrator's settings
 * @param {Window} [view] where the script was loaded
 * @param {{ place?: Element | undefined, isTest?: boolean }} [companion] `place`: where a companion stands, which locks nothing, so that any number
 *   may be open. `isTest`: it is the administrator's, for the test template
 * @returns {Promise<{ desk?: Desk, wrong: string[] }>} without a desk where another copy is at work
 * @throws {import("../engine/errors.js").ReplyWindowError} where the reply window could not be built
 */
export async function startDesk(given, view = window, { place, isTest = false } = {}) {
  const page = workspaceOf(view);
  const { settings, wrong } = readSettings(given);
  if (wrong.length > 0) console.warn(`reply-window: settings that are not understood: ${wrong.join(", ")}`);
  const release = place ? () => {} : take(page, view);
  if (!release) return { wrong };
  const desk = new Desk(page, settings, { place, isTest });
  try {
    await desk.start();
  } catch (error) {
    desk.giveUp();
    throw error;
  }
  return { desk, wrong };
}
