// @ts-check
/**
 * Chooser and form are only needed once a window closes: they are fetched then, or a little earlier, once for a page. A
 * bundler makes a file of its own of them, or puts them into its one file.
 */

/** @typedef {typeof import("./panel.js").Panel} PanelClass */

/** @type {PanelClass | undefined} */
let here;
/** @type {Promise<PanelClass> | undefined} */
let coming;

/** What is there already. */
export const panelHere = () => here;

/**
 * @returns {Promise<PanelClass>} rejects where it could not be fetched; asked again, it is fetched again
 */
export function fetchPanel() {
  coming ??= import("./panel.js").then(({ Panel }) => (here = Panel));
  coming.catch(() => (coming = undefined));
  return coming;
}
