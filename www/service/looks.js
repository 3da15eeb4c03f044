// @ts-check
/**
 * One look after another, each so long after the one before has ended.
 *
 * @param {() => Promise<unknown>} look does not reject
 * @param {number} everyMs
 */
export const createLooks = (look, everyMs) => {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let isStopped = false;
  const run = async () => {
    await look();
    if (!isStopped) timer = setTimeout(run, everyMs);
  };
  return {
    /** @returns {Promise<void>} once the first look has ended */
    start: run,
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
};
