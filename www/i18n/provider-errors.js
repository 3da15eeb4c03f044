// @ts-check
/**
 * What an agent is told when a provider refuses a template: the provider's code to the key of a sentence.
 * Codes: https://www.twilio.com/docs/api/errors and https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
 */

/** @type {[sentence: string, codes: number[]][]} */
const SENTENCES = [
  ["window", [63016, 131047, 63052]],
  ["later", [63010, 63012, 63029, 1, 2, 131000, 131016, 131057, 133004]],
  ["limit", [20429, 63018, 63038, 4, 80007, 130429, 131048, 131056, 132069]],
  ["admin", [20003, 21654, 63001, 63007, 63020, 63051, 63062, 0, 3, 10, 33, 190, 368, 130497, 131005, 131031, 131037, 131042, 131045, 131064, 133010, 134011]],
  ["recipient", [21211, 21910, 63003, 63015, 63024, 63031, 63036, 131021, 131026, 131062]],
  ["stop", [21610, 63014, 63033]],
  ["cap", [63032, 63049, 130472, 131049]],
  ["optout", [63050, 131050]],
  ["template", [50528, 92005, 63027, 63040, 63041, 63042, 132001, 132015, 132016, 132068]],
  ["values", [21656, 63028, 63030, 90025, 131008, 131009, 132000, 132012, 132018]],
  ["long", [21617, 21658, 63021, 132005]],
  ["content", [63005, 63013, 131051, 132007]],
  ["media", [11751, 21619, 21620, 63019, 63034, 131052, 131053]],
  ["duplicate", [63025]],
];

/**
 * Key of the sentence for a provider's code; `error.unknown` where it is not known.
 *
 * @param {number | undefined} code
 * @returns {string}
 */
export function errorKey(code) {
  const [sentence] = SENTENCES.find(([, codes]) => codes.includes(Number(code))) ?? ["unknown"];
  return `error.${sentence}`;
}
