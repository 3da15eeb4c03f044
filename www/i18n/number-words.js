// @ts-check
/**
 * Words of `<phone-number-input>`, apart from the others: a form that asks for a number needs nothing else.
 *
 * @import { NumberType } from "../../src/wire/types.d.ts"
 */

/** Verdicts, then what is wrong, then kinds of number (`type-…`). `{region}` is a country's name. */
const en = {
  label: "Phone number",
  empty: "With country code, for example {example}",
  national: "For example {example}",
  valid: "Valid number: {type}, {region}",
  legacy: "An older form of the number that WhatsApp still uses: {region}",
  possible: "Not in the numbering plan, but it may exist: {region}",
  incomplete: "Go on typing",
  "incomplete-in": "{region}: go on typing",
  "value-missing": "Enter a phone number",
  "no-region": "Begin with a plus and the country code",
  "no-such-calling-code": "No country has this code",
  "not-a-number": "This is not a phone number",
  "text-too-long": "This is too long for a phone number",
  "too-short": "Too short for a number in {region}",
  "too-long": "Too long for a number in {region}",
  "invalid-length": "No number in {region} has this length",
  "local-only": "The area code is missing",
  anywhere: "any country",
  "type-fixed-line": "landline",
  "type-mobile": "mobile",
  "type-fixed-line-or-mobile": "landline or mobile",
  "type-toll-free": "free of charge",
  "type-premium-rate": "premium rate",
  "type-shared-cost": "shared cost",
  "type-voip": "internet telephony",
  "type-personal-number": "personal number",
  "type-pager": "pager",
  "type-uan": "company number",
  "type-voicemail": "voicemail",
};

/** @type {typeof en} */
const ar = {
  label: "رقم الهاتف",
  empty: "مع رمز البلد، مثل {example}",
  national: "مثل {example}",
  valid: "رقم صحيح: {type}، {region}",
  legacy: "صيغة قديمة للرقم لا يزال واتساب يستخدمها: {region}",
  possible: "ليس في خطة الترقيم، لكنه قد يكون موجودًا: {region}",
  incomplete: "تابع الكتابة",
  "incomplete-in": "{region}: تابع الكتابة",
  "value-missing": "أدخل رقم هاتف",
  "no-region": "ابدأ بعلامة الزائد ورمز البلد",
  "no-such-calling-code": "لا يوجد بلد بهذا الرمز",
  "not-a-number": "هذا ليس رقم هاتف",
  "text-too-long": "هذا أطول من أن يكون رقم هاتف",
  "too-short": "أقصر من أرقام {region}",
  "too-long": "أطول من أرقام {region}",
  "invalid-length": "لا رقم بهذا الطول في {region}",
  "local-only": "رمز المنطقة ناقص",
  anywhere: "أي بلد",
  "type-fixed-line": "هاتف ثابت",
  "type-mobile": "هاتف محمول",
  "type-fixed-line-or-mobile": "هاتف ثابت أو محمول",
  "type-toll-free": "مجاني",
  "type-premium-rate": "بتعرفة خاصة",
  "type-shared-cost": "بتكلفة مشتركة",
  "type-voip": "هاتف عبر الإنترنت",
  "type-personal-number": "رقم شخصي",
  "type-pager": "جهاز نداء",
  "type-uan": "رقم شركة",
  "type-voicemail": "بريد صوتي",
};

/** By language. */
export const numberWords = { en, ar };

/**
 * @param {string} tag BCP 47; a language without words here reads as English
 */
export function createNumberMessages(tag) {
  const locale = wellFormed(tag);
  const words = locale.language === "ar" ? ar : en;
  const known = locale.language in numberWords ? locale : new Intl.Locale("en");
  const regions = new Intl.DisplayNames(known, { type: "region" });
  return {
    tag: known.baseName,
    dir: words === ar ? "rtl" : "ltr",
    /**
     * @param {keyof typeof en} key
     * @param {Record<string, string>} [slots]
     */
    t: (key, slots = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => slots[name] ?? ""),
    /** @param {string} [region] ISO 3166-1 alpha-2, `001` for the world */
    region: (region) => (region ? regions.of(region) ?? region : words.anywhere),
    /** @param {NumberType} type */
    type: (type) => words[`type-${type}`],
  };
}

/** Hosts may name what is no locale. @param {string} tag */
function wellFormed(tag) {
  try {
    return new Intl.Locale(tag.replaceAll("_", "-"));
  } catch {
    return new Intl.Locale("en");
  }
}
