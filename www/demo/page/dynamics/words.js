// @ts-check
// The words of the stand-in for Dynamics; the reply window in it brings its own.

import { common } from "../common-words.js";

const en = {
  ...common.en,
  title: "Dynamics 365 (stand-in)", standIn: "A stand-in of this demo, made after Microsoft’s documentation. It is not Dynamics 365, and the script was not tried in a live tenant.",
  sessions: "Sessions", agent: "Agent", phone: "Customer’s phone", write: "Send", received: "What Twilio’s stand-in received",
  origin: "Conversation control from", same: "the same origin", other: "another origin", consult: "Consult", quick: "Quick replies", end: "End", consultTitle: "Internal consult", internal: "Internal message",
  transfer: "Transfer to a colleague", reply: "We will look into it.", omnichannel: "Omnichannel", language: "العربية", policy: "Content security policy", default: "default", strict: "strict", "trusted-types": "trusted types",
  freeForm: "free text", template: "template", kept: "kept",
  "clock-runs-forward": "The clock runs forward only, and this window has closed already.", "window-not-open": "This customer has not written yet: there is no closing to go to.",
  "customer-unknown": "This conversation is not on WhatsApp: nobody’s phone belongs to it.", "text-invalid": "Write a text of at most 4,096 characters.",
};
/** @type {typeof en} */
const ar = {
  ...common.ar,
  title: "Dynamics 365 (بديل للعرض)", standIn: "بديل من هذا العرض صُنع وفق وثائق Microsoft. ليس Dynamics 365 نفسه، ولم يُجرَّب البرنامج النصي في مستأجر حقيقي.",
  sessions: "الجلسات", agent: "الموظف", phone: "هاتف العميل", write: "إرسال", received: "ما استلمه بديل Twilio",
  origin: "عنصر المحادثة من", same: "المصدر نفسه", other: "مصدر آخر", consult: "استشارة", quick: "ردود سريعة", end: "إنهاء", consultTitle: "استشارة داخلية", internal: "رسالة داخلية",
  transfer: "تحويل إلى زميل", reply: "سننظر في الأمر.", omnichannel: "القناة متعددة الاتجاهات", language: "English", policy: "سياسة أمان المحتوى", default: "افتراضية", strict: "صارمة", "trusted-types": "أنواع موثوقة",
  freeForm: "نص حر", template: "قالب", kept: "محفوظ",
  "clock-runs-forward": "الساعة تتقدم فقط، وقد أُغلقت هذه النافذة بالفعل.", "window-not-open": "لم يكتب هذا العميل بعد، فلا وقت إغلاق يُنتقل إليه.",
  "customer-unknown": "هذه المحادثة ليست على واتساب، فلا هاتف لعميل فيها.", "text-invalid": "اكتب نصًا لا يزيد على 4096 حرفًا.",
};

/** @typedef {typeof en} Words */
const query = new URLSearchParams(location.search);
export const language = query.get("lang") === "ar" ? "ar" : "en";
/** @type {Words} */
export const words = language === "ar" ? ar : en;
/** The address's own switches, for the frames inside. */
export const passedOn = () => new URLSearchParams([...query].filter(([name]) => ["lang", "policy", "origin", "wrap", "reply-window"].includes(name)));

/** @param {string} tag @param {Record<string, unknown>} [properties] @param {...(Node | string)} children */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) name in element ? Object.assign(element, { [name]: value }) : element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}
