// One way to measure for all benches: every case in this one process, in rounds that are interleaved in an order drawn anew
// each time; the time on the processor beside the time on the clock; least, median and most of the rounds; and the same
// loop around nothing, the floor. Times depend on the machine; ratios much less.

const argument = (/** @type {string} */ name, /** @type {number} */ otherwise) => {
  const place = process.argv.indexOf(name);
  return place < 0 ? otherwise : Number(process.argv[place + 1]);
};
/** `--rounds N`, `--slice MS`, `--warm MS`: for a longer look, or a short one. */
export const ROUNDS = argument("--rounds", 25);
const SLICE_MS = argument("--slice", 25);
/** What a case runs before it counts, so that the machine code is its last: engines compile more than once. */
const WARM_MS = argument("--warm", 500);

/**
 * @typedef {object} Case
 * @property {string} name
 * @property {() => unknown} run a little of the work; a promise is waited for
 * @property {number} [per] how many calls are made by it; default 1
 * @property {string} [as] the case that it is set against; default: the first that is `ours`
 * @property {boolean} [floor] the loop, and what the caller pays without us
 */
/** @typedef {{ least: number, median: number, most: number }} Spread */
/** @typedef {Case & { cpu: Spread, wall: Spread, samples: number[] }} Measured */

/**
 * A case that calls once for each of a list, over and over, each time going on where it ended.
 *
 * @template T
 * @param {string} name
 * @param {readonly T[]} list
 * @param {(item: T) => unknown} call
 * @returns {Case}
 */
export function each(name, list, call, per = Math.min(list.length, 50)) {
  let place = 0;
  /** What is answered is kept, so that no compiler leaves the work out. */
  let kept = 0;
  return {
    name, per,
    run() {
      for (let left = per; left > 0; left--) {
        if (call(/** @type {T} */ (list[place]))) kept++;
        if (++place === list.length) place = 0;
      }
      return kept < 0;
    },
  };
}

/** The floor of `each`: a call that does nothing. @template T @param {readonly T[]} list @returns {Case} */
export const empty = (list) => ({ ...each("an empty call (the floor)", list, () => true), floor: true });

/** Microseconds of this process on the processor, so that a busy machine counts less. */
const onProcessor = () => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

/** ns a call. @param {Case} what @param {number} times */
async function slice({ run, per = 1 }, times) {
  const wall = performance.now();
  const cpu = onProcessor();
  for (let left = times; left > 0; left--) {
    const answer = run();
    if (answer instanceof Promise) await answer;
  }
  const calls = times * per;
  return { cpu: ((onProcessor() - cpu) * 1e3) / calls, wall: ((performance.now() - wall) * 1e6) / calls };
}

/** @param {readonly number[]} list @returns {Spread} */
export function spread(list) {
  const sorted = list.toSorted((a, b) => a - b);
  const [least = 0, median = 0, most = 0] = [sorted[0], sorted[sorted.length >> 1], sorted.at(-1)];
  return { least, median, most };
}

/** @template T @param {readonly T[]} list in an order drawn anew */
const shuffled = (list) => list.map((one) => ({ one, at: Math.random() })).sort((a, b) => a.at - b.at).map(({ one }) => one);

/** How often a case is run in a slice, found once it has been warm for a while. @param {Case} what */
async function timesOf(what) {
  let times = 1;
  for (let spent = 0; ;) {
    const { cpu } = await slice(what, times);
    const ms = (cpu * times * (what.per ?? 1)) / 1e6;
    spent += ms;
    if (ms >= SLICE_MS / 2 && spent >= WARM_MS) return Math.max(1, Math.round((times * SLICE_MS) / ms));
    if (ms < SLICE_MS / 2) times *= 2;
  }
}

/** @param {readonly Case[]} cases @returns {Promise<Measured[]>} */
export async function measure(cases, rounds = ROUNDS) {
  const runs = [];
  for (const what of cases) runs.push({ what, times: await timesOf(what), cpu: /** @type {number[]} */ ([]), wall: /** @type {number[]} */ ([]) });
  for (let round = 0; round < rounds; round++) {
    for (const run of shuffled(runs)) {
      const { cpu, wall } = await slice(run.what, run.times);
      run.cpu.push(cpu);
      run.wall.push(wall);
    }
  }
  return runs.map(({ what, cpu, wall }) => ({ ...what, cpu: spread(cpu), wall: spread(wall), samples: cpu }));
}

/** Three figures that count. @param {number} ns */
const shown = (ns) => (ns >= 1e6 ? `${ns >= 1e9 ? (ns / 1e6).toFixed(0) : (ns / 1e6).toPrecision(3)} ms` : ns >= 1e4 ? `${(ns / 1e3).toPrecision(3)} µs` : `${ns < 10 ? ns.toFixed(1) : ns.toFixed(0)} ns`).padStart(9);

/** Ratio of the medians, above 1 where `other` takes longer. @param {Measured} own @param {Measured} other */
export const ratio = (own, other) => other.cpu.median / own.cpu.median;

/**
 * Measures and prints: how many times as long as ours each other takes.
 *
 * @param {string} title
 * @param {readonly Case[]} cases ours first
 * @returns {Promise<Measured[]>}
 */
export async function report(title, cases) {
  const measured = await measure(cases);
  const width = Math.max(...cases.map(({ name }) => name.length));
  console.log(`\n${title}\n  ${"".padEnd(width)}   CPU:  least    median      most   clock, median   beside`);
  for (const one of measured) {
    const base = measured.find(({ name }) => name === (one.as ?? measured[0]?.name));
    const beside = one.floor || !base || base === one ? "" : `${ratio(base, one).toFixed(2).padStart(8)} times ${one.as ?? "ours"}`;
    const { cpu, wall } = one;
    console.log(`  ${one.name.padEnd(width)} ${shown(cpu.least)} ${shown(cpu.median)} ${shown(cpu.most)}       ${shown(wall.median)} ${beside}`);
  }
  return measured;
}
