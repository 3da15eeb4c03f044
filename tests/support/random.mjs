// @ts-check
/** A small generator with a seed (mulberry32). @param {number} seed @returns {(below: number) => number} */
export const randomFrom = (seed) => (below) => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
};
