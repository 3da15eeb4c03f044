// @ts-check
/** Turns of a few ms each: far more than anything takes on the busiest machine. What needs them all never comes. */
const TURNS = 12_000;

/**
 * Waits for a condition, not for a time.
 *
 * @template T
 * @param {string} what is waited for, for the failure
 * @param {() => T | Promise<T>} probe
 * @param {number} [turns]
 * @returns {Promise<NonNullable<T>>} the first answer that is not falsy
 */
export async function until(what, probe, turns = TURNS) {
  for (let turn = 0; turn < turns; turn += 1) {
    const found = await probe();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`it never came to be: ${what}`);
}
