// @ts-check
// The words of the stand-in for Dynamics; the reply window in it brings its own.

const en = {
  title: "Dynamics 365 (stand-in)", standIn: "A stand-in of this demo, made after Microsoft’s documentation. It is not Dynamics 365, and the script was not tried in a live tenant.",
  sessions: "Sessions", agent: "Agent", phone: "Customer’s phone", write: "Send", hour: "+1 hour", closing: "Past closing", received: "What Twilio’s stand-in received",
  origin: "Conversation control of another origin", same: "of the same origin", consult: "Consult", quick: "Quick replies", end: "End", consultTitle: "Internal consult", internal: "Internal message",
  transfer: "Transfer to a colleague", reply: "We will look into it.", omnichannel: "Omnichannel", language: "العربية", policy: "Policy", default: "default", strict: "strict", "trusted-types": "trusted types",
};
/** @type {typeof en} */
const ar = {
  title: "Dynamics 365 (بديل للعرض)", standIn: "بديل من هذا العرض صُنع وفق وثائق Microsoft. ليس Dynamics 365 نفسه، ولم يُجرَّب البرنامج النصي في مستأجر حقيقي.",
  sessions: "الجلسات", agent: "الموظف", phone: "هاتف العميل", write: "إرسال", hour: "+ ساعة", closing: "بعد الإغلاق", received: "ما استلمه بديل Twilio",
  origin: "عنصر المحادثة من مصدر آخر", same: "من المصدر نفسه", consult: "استشارة", quick: "ردود سريعة", end: "إنهاء", consultTitle: "استشارة داخلية", internal: "رسالة داخلية",
  transfer: "تحويل إلى زميل", reply: "سننظر في الأمر.", omnichannel: "القناة متعددة الاتجاهات", language: "English", policy: "السياسة", default: "افتراضية", strict: "صارمة", "trusted-types": "أنواع موثوقة",
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
