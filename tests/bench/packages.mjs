// The package as its users get it, by the names of its entries; and with `--against DIR` that of another folder beside it (a
// checkout of another commit, built), so that both stand in the same rounds of the same process.

import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const place = process.argv.indexOf("--against");
export const AGAINST = place < 0 ? undefined : resolve(String(process.argv[place + 1]));

/** Only what a user can name: another path of the folder is none of the package's entries, and does not resolve. */
const there = (/** @type {string} */ entry) => pathToFileURL(createRequire(resolve(String(AGAINST), "package.json")).resolve(entry)).href;

/**
 * @template T
 * @param {string} entry such as `reply-window/server`
 * @param {() => Promise<T>} here imports it; written where it is used, so that types and the test of imports see it
 * @returns {Promise<{ name: string, of: T }[]>} ours, then the one it is set against
 */
export async function packages(entry, here) {
  if (!/^reply-window(\/|$)/.test(entry)) throw new Error(`${entry} is no entry of the package`);
  const both = [{ name: "reply-window", of: await here() }];
  if (AGAINST !== undefined) both.push({ name: "reply-window, the other folder", of: await import(there(entry)) });
  return both;
}

/**
 * Says for each case of ours how it stands beside the same of the other folder: the median of the rounds' own ratios.
 *
 * @param {readonly { name: string, samples: number[], floor?: boolean }[]} measured
 */
export function compared(measured) {
  if (AGAINST === undefined) return;
  for (const { name, samples } of measured) {
    const other = measured.find((one) => one.name === name.replace("reply-window", "reply-window, the other folder"));
    if (!other || other.name === name) continue;
    const ratios = samples.map((ns, round) => ns / Number(other.samples[round])).sort((a, b) => a - b);
    const median = Number(ratios[ratios.length >> 1]);
    console.log(`  ${median <= 1.1 ? "within" : "MORE THAN"} 10 % of the other folder: ${name}: ${((median - 1) * 100).toFixed(1).padStart(5)} %`);
  }
}
