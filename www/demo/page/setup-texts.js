// @ts-check
// The words of the set-up page around the form, which brings its own.

import { common } from "./common-words.js";

const en = {
  ...common.en,
  saved: "The desktop works with this channel now.",
  open: "Open the desktop",
  console: "Stand-in for Twilio’s console",
  consoleHint: "No account needed: this plays Twilio on this machine. Nothing leaves it.",
  take: "Take over Account SID and Auth Token",
  taken: "Account SID and Auth Token are in the form.",
  numbers: "Its WhatsApp senders:",
  comesIn: "{number}: a message comes in",
  store: "Store the address",
  stored: "Stored at the stand-in.",
  text: "Hello, is anybody there?",
  verified: "The message arrived, and its signature is right.",
  refused: "The middleware refused the message: its signature is wrong.",
  lost: "The message reached nobody. Is the address stored, and the channel saved?",
  sandbox: "No number of your own yet: the sandbox",
  "sandbox.1": "In Twilio’s console open Messaging, Try it out, Send a WhatsApp message.",
  "sandbox.2": "Send the join words shown there, “join” and two words, from your phone to +1\u00A0415\u00A0523\u00A08886.",
  "sandbox.3": "In the sandbox settings enter the inbound URL under “When a message comes in”.",
  "sandbox.4": "In this form use the number +14155238886. Validate cannot ask about it: it is Twilio’s, not yours.",
  sandboxLimits: "Its limits: only people who joined, for three days, then they join again. The 24-hour window applies as everywhere; outside it only the sandbox’s few pre-approved templates. One message in three seconds.",
  reason: "what the form says must be put right first",
};

/** @type {Record<keyof typeof en, string>} */
const ar = {
  ...common.ar,
  saved: "يعمل المكتب الآن بهذه القناة.",
  open: "افتح المكتب",
  console: "بديل لوحة تحكم Twilio",
  consoleHint: "لا حاجة إلى حساب: هذا يؤدي دور Twilio على هذا الجهاز، ولا يخرج منه شيء.",
  take: "انقل معرّف الحساب ورمز المصادقة",
  taken: "معرّف الحساب ورمز المصادقة في النموذج.",
  numbers: "مُرسِلو واتساب فيه:",
  comesIn: "{number}: عند وصول رسالة",
  store: "احفظ العنوان",
  stored: "حُفظ عند البديل.",
  text: "مرحبًا، هل من أحد هنا؟",
  verified: "وصلت الرسالة وتوقيعها صحيح.",
  refused: "رفضت البرمجية الوسيطة الرسالة: توقيعها خاطئ.",
  lost: "لم تصل الرسالة إلى أحد. هل حُفظ العنوان وحُفظت القناة؟",
  sandbox: "لا رقم لديك بعد: البيئة التجريبية",
  "sandbox.1": "افتح في لوحة تحكم Twilio القسم Messaging ثم Try it out ثم Send a WhatsApp message.",
  "sandbox.2": "أرسل من هاتفك كلمات الانضمام المعروضة هناك، وهي “join” وكلمتان، إلى \u2066+1\u00A0415\u00A0523\u00A08886\u2069.",
  "sandbox.3": "أدخل العنوان الوارد في إعدادات البيئة التجريبية عند “When a message comes in”.",
  "sandbox.4": "استعمل في هذا النموذج الرقم \u2066+14155238886\u2069. لا يمكن التحقق منه: إنه رقم Twilio وليس رقمك.",
  sandboxLimits: "حدودها: من انضم فقط، ولثلاثة أيام ثم ينضم من جديد. تسري نافذة الأربع والعشرين ساعة كما في كل مكان؛ وخارجها القوالب القليلة الموافق عليها مسبقًا في البيئة التجريبية فقط. رسالة واحدة كل ثلاث ثوانٍ.",
  reason: "صحّح أولًا ما يذكره النموذج",
};

/** @param {string | null} asked */
export function speakSetup(asked) {
  const language = (asked ?? navigator.language).startsWith("ar") ? "ar" : "en";
  const words = language === "ar" ? ar : en;
  return {
    language,
    dir: language === "ar" ? "rtl" : "ltr",
    /** @param {keyof typeof en} key @param {Record<string, string>} [slots] */
    t: (key, slots = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => slots[name] ?? ""),
  };
}
