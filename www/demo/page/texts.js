// @ts-check
// The words of the page around the reply window, which brings its own.

import { createMessages } from "../../i18n/messages.js";
import { common } from "./common-words.js";

/** @typedef {"en" | "ar"} Language */
/** @typedef {ReturnType<typeof speak>} Words */

const en = {
  ...common.en,
  tag: "Demo",
  conversations: "Conversations",
  conversation: "Conversation",
  chooseFirst: "Choose a conversation.",
  signOut: "Sign out",
  dynamics: "In Dynamics 365",
  demoClock: "Demo clock",
  demoTime: "Demo time",
  "badge.left": "{state} · {left}",
  "log.code": "{outcome} · {code}",
  you: "You: ",
  nothingYet: "No messages yet",
  textWaits: "A text waits",
  userId: "Phone number hidden",
  standIn: "Stand-in for Twilio",
  standInHint: "No message leaves this machine. Write as the customer, move time, make WhatsApp refuse.",
  phoneOf: "Phone of {name}",
  send: "Send",
  placeholder: "Message",
  clockHint: "Desktop, middleware and stand-in share one clock.",
  toMinute: "1 min before closing",
  refuse: "Refuse the next message",
  refuseHint: "As outside the window, whatever the clock says",
  refuseOn: "The next message will be refused",
  log: "What the stand-in received",
  logEmpty: "Nothing yet.",
  freeForm: "Free text",
  template: "Template",
  delivered: "delivered",
  undelivered: "undelivered",
  rejected: "rejected",
  toMiddleware: "Customer’s message to the middleware",
  status: "Status to the middleware",
  offline: "The middleware cannot be reached. Trying again …",
  "clock-runs-forward": "The clock runs forward only: this window closes earlier than that.",
  "window-not-open": "This window has no closing time.",
};

/** @type {Record<keyof typeof en, string>} */
const ar = {
  ...common.ar,
  tag: "عرض",
  conversations: "المحادثات",
  conversation: "المحادثة",
  chooseFirst: "اختر محادثة.",
  signOut: "تسجيل الخروج",
  dynamics: "في Dynamics 365",
  demoClock: "ساعة العرض",
  demoTime: "وقت العرض",
  // A raised dot beside an Arabic digit reads as a nought.
  "badge.left": "{state}، {left}",
  "log.code": "{outcome}، {code}",
  you: "أنت: ",
  nothingYet: "لا رسائل بعد",
  textWaits: "نص ينتظر",
  userId: "رقم الهاتف مخفي",
  standIn: "بديل Twilio",
  standInHint: "لا تغادر أي رسالة هذا الجهاز. اكتب كعميل، وقدّم الوقت، واجعل واتساب يرفض.",
  phoneOf: "هاتف {name}",
  send: "إرسال",
  placeholder: "رسالة",
  clockHint: "المكتب والخادم الوسيط والبديل على ساعة واحدة.",
  toMinute: "قبل الإغلاق بدقيقة",
  refuse: "ارفض الرسالة التالية",
  refuseHint: "كأنه خارج النافذة مهما كانت الساعة",
  refuseOn: "ستُرفض الرسالة التالية",
  log: "ما استلمه البديل",
  logEmpty: "لا شيء بعد.",
  freeForm: "نص حر",
  template: "قالب",
  delivered: "سُلّمت",
  undelivered: "لم تُسلّم",
  rejected: "رُفضت",
  toMiddleware: "رسالة العميل إلى الخادم الوسيط",
  status: "حالة إلى الخادم الوسيط",
  offline: "تعذّر الوصول إلى الخادم الوسيط. تُعاد المحاولة …",
  "clock-runs-forward": "الساعة تتقدم فقط: تُغلق هذه النافذة قبل ذلك.",
  "window-not-open": "ليس لهذه النافذة وقت إغلاق.",
};

const WORDS = { en, ar };
/** One calendar and one kind of digits for the whole page. */
const TAGS = { en: "en-US", ar: "ar-EG-u-ca-gregory" };

/** @param {Language} language whose words of the reply window were loaded; before that they are English */
export function speak(language) {
  const tag = TAGS[language];
  const words = WORDS[language];
  const clock = new Intl.DateTimeFormat(tag, { hour: "numeric", minute: "2-digit" });
  const exact = new Intl.DateTimeFormat(tag, { weekday: "short", hour: "numeric", minute: "2-digit", second: "2-digit" });
  const day = new Intl.DateTimeFormat(tag, { weekday: "short" });
  const own = createMessages(tag);
  /** @param {keyof typeof en} key @param {Record<string, string>} [slots] */
  const t = (key, slots = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => slots[name] ?? "");
  return {
    language,
    dir: language === "ar" ? "rtl" : "ltr",
    t,
    /** @param {string} code @returns {string} */
    problem: (code) => /** @type {Record<string, string>} */ (words)[code] ?? t("failed"),
    /** The reply window’s own words, in which its state is told wherever it is told. */
    own,
    /** @param {number} atMs */
    clock: (atMs) => clock.format(atMs),
    /** @param {number} atMs */
    exact: (atMs) => exact.format(atMs),
    /** The hour today, the day before. @param {number} atMs @param {number} nowMs */
    moment: (atMs, nowMs) => (nowMs - atMs < 86_400_000 && new Date(atMs).getDate() === new Date(nowMs).getDate() ? clock : day).format(atMs),
    };
}

/** @returns {Language} */
export function wantedLanguage() {
  return new URLSearchParams(location.search).get("lang") === "ar" ? "ar" : "en";
}
