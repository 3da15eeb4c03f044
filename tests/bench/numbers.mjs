// How fast numbers are judged, and read, against other libraries.
//
// Everything is measured in this one process, rounds interleaved, medians printed. A round of each takes about as long:
// the faster, the more numbers are in it. Times depend on the machine; the ratios much less. `--rounds N` for a longer look.

import { readFileSync } from "node:fs";
import { parsePhoneNumber as awesome } from "awesome-phonenumber";
import google from "google-libphonenumber";
import { getCountries, getCountryCallingCode, parsePhoneNumberFromString as max } from "libphonenumber-js/max";
import { at } from "../../www/build/run.mjs";
import { isValidNumber, parseNumber } from "../../www/index.js";

const ROWS = 20_000;
/** Short, so that most rounds are not interrupted on a busy machine. */
const ROUND_MS = 1.5;
const given = process.argv.indexOf("--rounds");
const ROUNDS = given < 0 ? 301 : Number(process.argv[given + 1]);
const GOALS = { validity: [50, 90], everything: [10, 10] };

/** Numbers of every region: a third of them its example with other last digits, the rest of other lengths or beginnings. */
function corpus() {
  const examples = JSON.parse(readFileSync(at("node_modules/libphonenumber-js/examples.mobile.json"), "utf8"));
  let seed = 20_261_122;
  const below = (/** @type {number} */ n) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * n);
  };
  const regions = getCountries().filter((region) => examples[region]);
  return Array.from({ length: ROWS }, (_, row) => {
    const region = regions[row % regions.length];
    const digits = Array.from(/** @type {string} */ (examples[region]));
    const changed = below(3) ? 1 + below(5) : digits.length - below(3);
    for (let at = Math.max(0, digits.length - changed); at < digits.length; at++) digits[at] = String(below(10));
    if (below(12) === 0) digits.pop();
    if (below(12) === 0) digits.push(String(below(10)));
    return `+${getCountryCallingCode(region)}${digits.join("")}`;
  });
}

const util = google.PhoneNumberUtil.getInstance();
const { NATIONAL, INTERNATIONAL } = google.PhoneNumberFormat;
const FORMATS = /** @type {const} */ (["national", "international"]);

/** @template T @param {() => T} work @returns {T | undefined} Google's throws for what is no number */
function attempt(work) {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** @type {Record<string, (text: string) => unknown>} */
const validity = {
  "reply-window": isValidNumber,
  "libphonenumber-js/max": (text) => max(text)?.isValid() ?? false,
  "google-libphonenumber": (text) => attempt(() => util.isValidNumber(util.parse(text))) ?? false,
  "awesome-phonenumber": (text) => awesome(text).valid,
};
/** @type {Record<string, (text: string) => unknown>} */
const everything = {
  "reply-window": (text) => {
    const number = parseNumber(text, { formats: FORMATS });
    return number.kind === "number" ? [number.valid, number.type, number.region, number.formats] : false;
  },
  "libphonenumber-js/max": (text) => {
    const number = max(text);
    return number && [number.isValid(), number.getType(), number.country, number.formatNational(), number.formatInternational()];
  },
  "google-libphonenumber": (text) => attempt(() => {
    const number = util.parse(text);
    return [util.isValidNumber(number), util.getNumberType(number), util.getRegionCodeForNumber(number),
      util.format(number, NATIONAL), util.format(number, INTERNATIONAL)];
  }),
  "awesome-phonenumber": (text) => {
    const { valid, type, regionCode, number } = awesome(text);
    return [valid, type, regionCode, number?.national, number?.international];
  },
};

const median = (/** @type {number[]} */ times) => times.toSorted((a, b) => a - b)[times.length >> 1];

/**
 * Median ns a call of each, rounds interleaved. Every round goes on in the texts where the one before ended.
 *
 * @param {Record<string, (text: string) => unknown>} works
 * @param {string[]} texts
 */
function compare(works, texts) {
  let kept = 0;
  const runs = Object.entries(works).map(([name, work]) => ({ name, work, at: 0, size: 1, times: /** @type {number[]} */ ([]) }));
  const round = (/** @type {typeof runs[number]} */ run) => {
    const { work, size } = run;
    let { at } = run;
    const started = performance.now();
    for (let left = size; left > 0; left--) {
      if (work(texts[at])) kept++;
      if (++at === texts.length) at = 0;
    }
    run.at = at;
    return ((performance.now() - started) * 1e6) / size;
  };
  for (const run of runs) {
    run.size = texts.length;
    const ns = Math.min(round(run), round(run));
    run.size = Math.max(10, Math.round((ROUND_MS * 1e6) / ns));
  }
  for (let left = ROUNDS; left > 0; left--) for (const run of runs) run.times.push(round(run));
  if (kept === 0) throw new Error("nothing was valid");
  return Object.fromEntries(runs.map(({ name, times }) => [name, median(times)]));
}

function print(/** @type {keyof typeof GOALS} */ what, /** @type {string} */ title, /** @type {Record<string, number>} */ times) {
  const [own, ...others] = Object.entries(times);
  console.log(`\n${title}\n  ${own[0].padEnd(24)} ${own[1].toFixed(0).padStart(7)} ns`);
  for (const [name, ns] of others) console.log(`  ${name.padEnd(24)} ${ns.toFixed(0).padStart(7)} ns  ${(ns / own[1]).toFixed(1).padStart(6)} times as long`);
  const ratio = times["libphonenumber-js/max"] / own[1];
  const [goal, stretch] = GOALS[what];
  console.log(`  goal: ${goal} times as fast as libphonenumber-js/max: ${ratio >= goal ? "met" : "MISSED"}${stretch > goal && ratio >= stretch ? ` (and ${stretch})` : ""}`);
}

const texts = corpus();
const verdicts = Object.entries(validity).map(([name, valid]) => [name, texts.map((text) => Boolean(valid(text)))]);
const [[, ours]] = /** @type {[string, boolean[]][]} */ (verdicts);
console.log(`${ROWS} numbers of all regions, ${Math.round((100 * ours.filter(Boolean).length) / ROWS)} % of them valid; median of ${ROUNDS} rounds`);
for (const [name, theirs] of /** @type {[string, boolean[]][]} */ (verdicts).slice(1)) {
  console.log(`  ${name} differs from us in ${theirs.filter((verdict, row) => verdict !== ours[row]).length} (other versions of the same metadata)`);
}
print("validity", "Is it valid?", compare(validity, texts));
print("everything", "Parse, validity, type, region, national and international format", compare(everything, texts));
