// How fast numbers are judged and read, beside other libraries: `npm run bench:numbers`.

import { parsePhoneNumber as awesome } from "awesome-phonenumber";
import google from "google-libphonenumber";
import { parsePhoneNumberFromString as max } from "libphonenumber-js/max";
import { numbers, regions, valid } from "./corpora/numbers.mjs";
import { each, empty, report } from "./measure.mjs";
import { compared, packages } from "./packages.mjs";

const ours = await packages("reply-window", () => import("reply-window"));
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

/** @type {[string, (text: string) => boolean][]} */
const validity = [
  ...ours.map(({ name, of }) => /** @type {[string, (text: string) => boolean]} */ ([name, of.isValidNumber])),
  ["libphonenumber-js/max", (text) => max(text)?.isValid() ?? false],
  ["google-libphonenumber", (text) => attempt(() => util.isValidNumber(util.parse(text))) ?? false],
  ["awesome-phonenumber", (text) => awesome(text).valid],
];

/** @typedef {{ text: string, region: string | undefined }} Given */
/** @type {[string, (given: Given) => unknown][]} */
const everything = [
  ...ours.map(({ name, of }) => /** @type {[string, (given: Given) => unknown]} */ ([name, ({ text, region }) => {
    const number = of.parseNumber(text, region === undefined ? { formats: FORMATS } : { formats: FORMATS, defaultRegion: region });
    return number.kind === "number" && [number.valid, number.type, number.region, number.formats];
  }])),
  ["libphonenumber-js/max", ({ text, region }) => {
    const number = max(text, /** @type {any} */ (region));
    return number && [number.isValid(), number.getType(), number.country, number.formatNational(), number.formatInternational()];
  }],
  ["google-libphonenumber", ({ text, region }) => attempt(() => {
    const number = util.parse(text, region);
    return [util.isValidNumber(number), util.getNumberType(number), util.getRegionCodeForNumber(number),
      util.format(number, NATIONAL), util.format(number, INTERNATIONAL)];
  })],
  ["awesome-phonenumber", ({ text, region }) => {
    const { valid, type, regionCode, number } = awesome(text, /** @type {any} */ (region && { regionCode: region }));
    return [valid, type, regionCode, number?.national, number?.international];
  }],
];

console.log(`${valid.length} numbers of ${regions} regions and all types, ${(100 * valid.filter(Boolean).length) / valid.length} % of them valid by Google's library; Node ${process.version}`);
for (const [name, isValid] of validity) {
  const others = numbers.digits.filter((text, row) => isValid(text) !== valid[row]).length;
  console.log(`  ${name}: another verdict than google-libphonenumber's on ${others} (metadata of other versions)`);
}

const WAYS = { digits: "plus and digits", spaced: "international form with its spaces and hyphens", slices: "plus and digits, as slices of a larger text", mixed: "all of these mixed" };
for (const [way, words] of Object.entries(WAYS)) {
  const texts = numbers[/** @type {keyof typeof WAYS} */ (way)];
  const cases = validity.map(([name, isValid]) => each(name, texts, isValid));
  compared(await report(`Is it valid? ${words}`, [...cases, empty(texts)]));
}

const international = numbers.mixed.map((text) => ({ text, region: /** @type {string | undefined} */ (undefined) }));
for (const [words, list] of /** @type {[string, Given[]][]} */ ([["international forms mixed", international], ["national forms, with their region", numbers.national]])) {
  const cases = everything.map(([name, read]) => each(name, list, read));
  compared(await report(`Parse, validity, type, region, two formats: ${words}`, [...cases, empty(list)]));
}
