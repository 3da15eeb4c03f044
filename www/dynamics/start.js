// @ts-check
/** Starts the desk in the page around everything, once. What cannot be started leaves Dynamics as it was, and the page says so. */
import { onReleased, take, workspaceOf } from "../adapters/dynamics/index.js";
import { Desk } from "./desk.js";
import { readSettings } from "./settings.js";
import { openPane } from "./side-pane.js";
import { wordsFor } from "./words.js";

/** A copy that stood back looks this often whether the other one has ended without a word. */
const TURN_MS = 1_000;

/**
 * @param {unknown} given the administrator's settings
 * @param {Window} [view] where the script was loaded: the page itself, or the frame of a form
 * @param {{ place?: Element | undefined, isTest?: boolean }} [companion] `place`: where a companion stands, which locks nothing, so that any number
 *   may be open. `isTest`: it is the administrator's, for the test template
 * @returns {Promise<{ desk?: Desk, later?: Promise<Desk>, wrong: string[] }>} where another copy is at work, `later` in the place of `desk`: once that has ended
 * @throws {import("../engine/errors.js").ReplyWindowError} where the reply window could not be built
 */
export async function startDesk(given, view = window, { place, isTest = false } = {}) {
  const page = workspaceOf(view);
  const { settings, wrong } = readSettings(given);
  if (wrong.length > 0) console.warn(`reply-window: settings that are not understood: ${wrong.join(", ")}`);
  if (settings.pane && !place) {
    const title = wordsFor(settings.locale || page.document.documentElement.lang || navigator.language)("pane");
    // Where there are no side panes, nobody asked for a lock all the same.
    if (!(await openPane(page, { webResource: settings.pane, title }))) console.warn("reply-window: this app has no side panes");
    return { wrong };
  }
  const begin = (/** @type {() => void} */ release) => run(new Desk(page, settings, { place, isTest }), view, release);
  const release = place ? () => {} : take(page, view);
  return release ? { desk: await begin(release), wrong } : { later: turnIn(page, view).then(begin), wrong };
}

/** @param {Desk} desk @param {Window} view @param {() => void} release */
async function run(desk, view, release) {
  // With the frame of a form its script ends: what it touched is given back, and another copy goes on.
  view.addEventListener("pagehide", ({ persisted }) => {
    if (persisted) return;
    desk.end();
    release();
  });
  try {
    await desk.start();
  } catch (error) {
    desk.giveUp();
    throw error;
  }
  return desk;
}

/** @param {Window} page @param {Window} view @returns {Promise<() => void>} gives the page back */
const turnIn = (page, view) => new Promise((resolve) => {
  const look = () => {
    const release = take(page, view);
    if (!release) return;
    clearInterval(looks);
    end();
    resolve(release);
  };
  const looks = setInterval(look, TURN_MS);
  const end = onReleased(page, look);
});
