// @ts-check
/**
 * The demo's customers and what was said so far. All names and numbers are invented; the numbers are from the range that is
 * kept free for fiction (+1 … 555 01…); ours are valid by the numbering plan, so that the set-up form has nothing to say of them.
 *
 * @import { Identity } from "../../src/wire/types.d.ts"
 */

/** Our number, whose history is read at start. */
export const BUSINESS = "+12025550142";
/** A second number of ours, connected only now: nothing is known of what happened on it before. */
export const NEW_BUSINESS = "+12025550143";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * @typedef {object} Person
 * @property {string} id
 * @property {string} name
 * @property {string} locale
 * @property {string} business
 * @property {Identity} customer
 * @property {Record<string, string>} suggestions values for placeholders, by what they are called in front of the agent
 * @property {{ us?: boolean, text: string, agoMs: number }[]} history
 */

/** @type {readonly Person[]} */
export const PEOPLE = [
  {
    id: "amelia", name: "Amelia Brown", locale: "en", business: BUSINESS, customer: { phone: "+15550109911" },
    suggestions: { Name: "Amelia", Case: "CAS-00417" },
    history: [
      { text: "Hello, is my parcel on its way?", agoMs: 52 * MINUTE },
      { us: true, text: "Hello Amelia, let me look that up for you.", agoMs: 47 * MINUTE },
      { text: "Thank you! The order number is 88-1403.", agoMs: 41 * MINUTE },
    ],
  },
  {
    id: "omar", name: "عمر منصور", locale: "ar", business: BUSINESS, customer: { phone: "+15550109912" },
    suggestions: { "الاسم": "عمر", "الطلب": "CAS-00418" },
    history: [
      { text: "السلام عليكم، الغسالة لا تعمل منذ الأمس.", agoMs: 23 * HOUR + 24 * MINUTE },
      { us: true, text: "وعليكم السلام عمر، هل يظهر رمز خطأ على الشاشة؟", agoMs: 23 * HOUR + 22 * MINUTE },
      { text: "نعم، الرمز E18.", agoMs: 23 * HOUR + 18 * MINUTE },
    ],
  },
  {
    id: "layla", name: "ليلى حداد", locale: "ar", business: BUSINESS, customer: { phone: "+15550109913" },
    suggestions: { "الاسم": "ليلى", "الطلب": "CAS-00419" },
    history: [
      { text: "متى يصل الفني؟", agoMs: 29 * HOUR },
      { us: true, text: "نتحقق من الموعد ونعود إليك.", agoMs: 28 * HOUR + 50 * MINUTE },
    ],
  },
  {
    id: "noor", name: "Noor de Vries", locale: "en", business: BUSINESS, customer: { bsuid: "NL.7203944817265509" },
    suggestions: { Name: "Noor", Case: "CAS-00420" },
    history: [
      { text: "Hi, can I still change the delivery address?", agoMs: 5 * HOUR + 12 * MINUTE },
      { us: true, text: "Yes, until it leaves our warehouse. What is the new address?", agoMs: 5 * HOUR + 3 * MINUTE },
      { text: "I will send it tonight, thanks.", agoMs: 4 * HOUR + 58 * MINUTE },
    ],
  },
  {
    id: "sofia", name: "Sofia Almeida", locale: "pt-BR", business: BUSINESS, customer: { phone: "+15550109915" },
    suggestions: { Nome: "Sofia", Caso: "CAS-00421" },
    history: [
      { text: "Bom dia! Recebi a nota errada.", agoMs: 11 * HOUR + 30 * MINUTE },
      { us: true, text: "Bom dia, Sofia. Vamos corrigir hoje.", agoMs: 11 * HOUR + 10 * MINUTE },
      { text: "Obrigada!", agoMs: 11 * HOUR + 8 * MINUTE },
    ],
  },
  {
    id: "jonas", name: "Jonas Weber", locale: "en", business: NEW_BUSINESS, customer: { phone: "+15550109916" },
    suggestions: { Name: "Jonas", Case: "CAS-00422" },
    history: [],
  },
];

/** As the stand-in knows them. */
export const standInCustomers = () => PEOPLE.map(({ id, name, business, customer: { phone, bsuid } }) => ({
  id, name, business, ...(phone ? { phone } : {}), ...(bsuid ? { bsuid } : {}),
}));

/**
 * Puts the history into the stand-in's account, as if it had happened.
 *
 * @param {{ account: import("./stand-in/account.js").Account, nowAtMs: number }} options
 */
export const seed = ({ account, nowAtMs }) => {
  for (const { business, customer, history } of PEOPLE) {
    const [ours, theirs] = [`whatsapp:${business}`, `whatsapp:${customer.phone ?? customer.bsuid}`];
    for (const { us = false, text, agoMs } of history) {
      account.add({
        ...(us ? { direction: "outbound-api", from: ours, to: theirs, status: "delivered" } : { direction: "inbound", from: theirs, to: ours, status: "received" }),
        body: text, numMedia: 0, createdAtMs: nowAtMs - agoMs,
      });
    }
  }
};
