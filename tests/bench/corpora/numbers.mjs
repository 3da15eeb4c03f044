// Numbers as callers have them: of every region and type, in all the ways they are written; 30 of 100 are not valid. Which
// are and how they are written is Google's library's word (its examples, its verdicts, its formats), not ours.

import google from "google-libphonenumber";

const ROWS = 20_000;
const { PhoneNumberFormat, PhoneNumberType } = google;
const util = google.PhoneNumberUtil.getInstance();

/** The same numbers each time. */
function chance() {
  let seed = 20_261_122;
  return (/** @type {number} */ end) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * end);
  };
}

/** An example of every type that a region has. */
function examples() {
  const regions = util.getSupportedRegions();
  const types = Object.values(PhoneNumberType).filter((type) => type !== PhoneNumberType.UNKNOWN);
  return regions.flatMap((region) => types.flatMap((type) => {
    const example = util.getExampleNumberForType(region, type);
    return example ? [{ region, code: String(example.getCountryCode()), national: util.getNationalSignificantNumber(example) }] : [];
  }));
}

/** @typedef {{ valid: boolean, region: string, e164: string, national: string, spaced: string }} Row */

/**
 * @param {string} text in international form
 * @param {string} region
 * @returns {Row | undefined} nothing where Google's library reads no number
 */
function rowOf(text, region) {
  try {
    const number = util.parse(text);
    const { NATIONAL, INTERNATIONAL } = PhoneNumberFormat;
    return { valid: util.isValidNumber(number), region, e164: text, national: util.format(number, NATIONAL), spaced: util.format(number, INTERNATIONAL) };
  } catch {
    return undefined;
  }
}

/** What stands in such columns besides. */
const NO_NUMBERS = ["n/a", "", "unknown", "-", "call reception", "ask for Amelia", "x", "+", "0"];

/** @returns {Row[]} */
function rows() {
  const below = chance();
  const all = examples();
  const wanted = { valid: ROWS * 0.7, not: ROWS * 0.29 };
  /** @type {Row[]} */ const found = [];
  for (let turn = 0; wanted.valid > 0 || wanted.not > 0; turn++) {
    const { region, code, national } = /** @type {typeof all[number]} */ (all[turn % all.length]);
    const digits = Array.from(national);
    // Other last digits; now and then a digit too many, too few, or at the beginning.
    for (let at = digits.length - below(5); at < digits.length; at++) digits[at] = String(below(10));
    if (below(4) === 0) digits.pop();
    if (below(6) === 0) digits.push(String(below(10)));
    if (below(6) === 0) digits[0] = String(below(10));
    const row = rowOf(`+${code}${digits.join("")}`, region);
    if (!row || wanted[row.valid ? "valid" : "not"] <= 0) continue;
    wanted[row.valid ? "valid" : "not"]--;
    found.push(row);
  }
  for (let n = 0; found.length < ROWS; n++) {
    const text = String(NO_NUMBERS[n % NO_NUMBERS.length]);
    found.push({ valid: false, region: "GB", e164: text, national: text, spaced: text });
  }
  return found.map((row) => ({ row, at: below(1 << 30) })).sort((a, b) => a.at - b.at).map(({ row }) => row);
}

/**
 * Pieces of a larger text, as a column of a file that was read: engines keep them as views of it, not as texts of their own.
 *
 * @param {string[]} texts
 */
function slices(texts) {
  const whole = Buffer.from(texts.join("\n")).toString("latin1");
  let start = 0;
  return texts.map((text) => {
    const end = start + text.length;
    const piece = whole.slice(start, end);
    start = end + 1;
    return piece;
  });
}

/** Each a text of its own, as one that came in a message of its own. @param {string[]} texts */
const own = (texts) => texts.map((text) => Buffer.from(text).toString());

const list = rows();
/** By how it is written: `text`, and the region that a national form belongs to. */
export const numbers = {
  digits: own(list.map(({ e164 }) => e164)),
  spaced: own(list.map(({ spaced }) => spaced)),
  slices: slices(list.map(({ e164 }) => e164)),
  /** Half digits, a quarter spaced, a quarter slices. */
  mixed: /** @type {string[]} */ ([]),
  national: list.map(({ national, region }) => ({ text: Buffer.from(national).toString(), region })),
};
numbers.mixed = list.map((_, at) => String([numbers.digits, numbers.spaced, numbers.digits, numbers.slices][at % 4]?.[at]));
export const valid = list.map(({ valid }) => valid);
export const regions = new Set(list.map(({ region }) => region)).size;
