// @ts-check
/**
 * Chooser and form are only needed once a window closes, and some asides seldom: they are fetched then, or a little earlier, once for a page. A
 * bundler makes a file of its own of each, or puts them into its one file.
 */

/**
 * @template Part
 * @param {() => Promise<Part>} load
 */
function lazily(load) {
  /** @type {Part | undefined} */
  let here;
  /** @type {Promise<Part> | undefined} */
  let coming;
  return {
    /** What is there already. */
    get here() {
      return here;
    },
    /** @returns {Promise<Part>} rejects where it could not be fetched; asked again, it is fetched again */
    fetch() {
      coming ??= load().then((part) => (here = part));
      coming.catch(() => (coming = undefined));
      return coming;
    },
  };
}

export const panel = lazily(async () => (await import("./panel.js")).Panel);
export const asides = lazily(() => import("./asides.js"));
