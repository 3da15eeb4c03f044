// Numbers that a seed decides (sfc32, from the public-domain PractRand family), so that a run can be repeated.

/** @param {number} seed */
export const randomFrom = (seed) => {
  let [a, b, c, counter] = [seed | 0, 0x9e3779b9 | 0, 0x243f6a88 | 0, 1];
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let n = 0; n < 12; n += 1) next();
  /** From `low` up to `high`, the same chance for each. @param {number} low @param {number} high */
  const between = (low, high) => low + next() * (high - low);
  return {
    next, between,
    /** @param {number} chance */
    happens: (chance) => next() < chance,
    /** Rather near `low`: the same chance for each order of magnitude. @param {number} low @param {number} high */
    spread: (low, high) => Math.exp(between(Math.log(low), Math.log(high))),
    /** Either way. @param {number} size */
    around: (size) => between(-size, size),
    /** @template T @param {readonly T[]} list @returns {T} */
    pick: (list) => /** @type {T} */ (list[Math.floor(next() * list.length)]),
    /** By weights that sum up to 1. @template T @param {readonly (readonly [number, T])[]} rows @returns {T} */
    weighted(rows) {
      let left = next();
      for (const [weight, value] of rows) if ((left -= weight) < 0) return value;
      return /** @type {[number, T]} */ (rows.at(-1))[1];
    },
  };
};

/** @typedef {ReturnType<typeof randomFrom>} Random */
