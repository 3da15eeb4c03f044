// @ts-check
const ALWAYS = 20_261_123;

/**
 * The seed of a file's random cases, told so that it can be taken again: what the environment says under that name, else the same every time, so that
 * a change is to blame for what turns red. The long mode draws new ones (NEW_SEEDS).
 *
 * @param {string} name @returns {number}
 */
export function seedOf(name) {
  const seed = Number(process.env[name] ?? (process.env.NEW_SEEDS ? Math.floor(Math.random() * 2 ** 31) : ALWAYS));
  console.log(`# ${name}=${seed}`);
  return seed;
}

/** A small generator with a seed (mulberry32). @param {number} seed @returns {(below: number) => number} */
export const randomFrom = (seed) => (below) => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
};
