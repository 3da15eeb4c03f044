// @ts-check
/**
 * Words of `<phone-number-input>`, apart from the others: a form that asks for a number needs nothing else.
 *
 * @import { NumberType } from "../../src/wire/types.d.ts"
 */

/** Verdicts, then what is wrong, then kinds of number (`type-…`). The country's name stands in front of what is wrong, where it is known. */
const en = {
  label: "Phone number",
  empty: "With country code, for example {example}",
  valid: "A valid number",
  "valid-type": "A valid number: {type}",
  "valid-within": "A valid number: {type}, {region}",
  legacy: "An older form of the number, which WhatsApp still uses",
  possible: "In no numbering plan, but it may exist",
  incomplete: "Go on typing",
  within: "{region}: {text}",
  perhaps: "{text}. If you mean {number}, begin with a plus",
  "value-missing": "Enter a phone number",
  "no-region": "Begin with a plus and the country code",
  "no-such-calling-code": "No country has this code",
  "not-a-number": "This is not a phone number",
  "text-too-long": "This is too long for a phone number",
  "too-short": "Too short for a phone number",
  "too-long": "Too long for a phone number",
  "invalid-length": "No phone number has this length",
  "local-only": "Too short, or the area code is missing",
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
  valid: "رقم صحيح",
  "valid-type": "رقم صحيح: {type}",
  "valid-within": "رقم صحيح: {type}، {region}",
  legacy: "صيغة قديمة للرقم لا يزال واتساب يستخدمها",
  possible: "ليس في أي خطة ترقيم، لكنه قد يكون موجودًا",
  incomplete: "تابع الكتابة",
  within: "{region}: {text}",
  perhaps: "{text}. إن كنت تقصد {number} فابدأ بعلامة الزائد",
  "value-missing": "أدخل رقم هاتف",
  "no-region": "ابدأ بعلامة الزائد ورمز البلد",
  "no-such-calling-code": "لا يوجد بلد بهذا الرمز",
  "not-a-number": "هذا ليس رقم هاتف",
  "text-too-long": "هذا أطول من أن يكون رقم هاتف",
  "too-short": "أقصر من أن يكون رقم هاتف",
  "too-long": "أطول من أن يكون رقم هاتف",
  "invalid-length": "لا رقم هاتف بهذا الطول",
  "local-only": "قصير جدًا، أو رمز المنطقة ناقص",
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
    region: (region) => (region ? regions.of(region) ?? region : ""),
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
