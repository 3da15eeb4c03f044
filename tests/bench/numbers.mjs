// How fast numbers are judged, and read, against other libraries.
//
// Everything is measured in this one process, rounds interleaved, medians printed. Times depend on the machine; the
// ratios much less. `--rounds N` for a longer look.

import { readFileSync } from "node:fs";
import { parsePhoneNumber as awesome } from "awesome-phonenumber";
import google from "google-libphonenumber";
import { getCountries, getCountryCallingCode, parsePhoneNumberFromString as max } from "libphonenumber-js/max";
import { at } from "../../www/build/run.mjs";
import { isValidNumber, parseNumber } from "../../www/index.js";

const ROWS = 20_000;
const given = process.argv.indexOf("--rounds");
const ROUNDS = given < 0 ? 9 : Number(process.argv[given + 1]);
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
 * Median ns a call of each, rounds interleaved; the first one's round is repeated, so that it is not too short to measure.
 *
 * @param {Record<string, (text: string) => unknown>} works
 * @param {string[]} texts
 */
function compare(works, texts) {
  const names = Object.keys(works);
  const times = Object.fromEntries(names.map((name) => [name, /** @type {number[]} */ ([])]));
  for (let round = -1; round < ROUNDS; round++) {
    for (const name of names) {
      const work = works[name];
      const repeated = name === names[0] ? 10 : 1;
      let kept = 0;
      const started = performance.now();
      for (let again = 0; again < repeated; again++) for (const text of texts) if (work(text)) kept++;
      const taken = performance.now() - started;
      // The first round warms up.
      if (round >= 0 && kept >= 0) times[name].push((taken * 1e6) / (texts.length * repeated));
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times[name])]));
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
