// @ts-check
/**
 * What is asked over a network may never be answered: a computer slept, a network changed.
 *
 * @template T
 * @param {Promise<T> | T} work
 * @param {number} limitMs
 * @returns {Promise<T>} rejects where nothing came in time
 */
export async function inTime(work, limitMs) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error("no answer in time")), limitMs)));
  try {
    return /** @type {T} */ (await Promise.race([work, late]));
  } finally {
    clearTimeout(timer);
  }
}
