// @ts-check
// The words of the page around the reply window, which brings its own.

/** @typedef {"en" | "ar"} Language */
/** @typedef {ReturnType<typeof speak>} Words */

const en = {
  title: "Agent desktop",
  tag: "Demo",
  setup: "Set up the channel",
  conversations: "Conversations",
  conversation: "Conversation",
  chooseFirst: "Choose a conversation.",
  languages: "Language",
  inspector: "Signature inspector",
  demoClock: "Demo clock",
  demoTime: "Demo time",
  "badge.open": "Open",
  "badge.closing": "Closing",
  "badge.closed": "Closed",
  "badge.unknown": "Unknown",
  replyWindow: "Reply window",
  "badge.left": "{state} · {time}",
  hours: "{n} h",
  minutes: "{n} min",
  moment: "under 1 min",
  you: "You: ",
  nothingYet: "No messages yet",
  textWaits: "A text waits",
  userId: "Phone number hidden",
  standIn: "Stand-in for Twilio",
  standInHint: "No message leaves this machine. Write as the customer, move time, make WhatsApp refuse.",
  phoneOf: "Phone of {name}",
  writeAs: "Write as {name}",
  send: "Send",
  placeholder: "Message",
  clockHint: "Desktop, middleware and stand-in share one clock.",
  plusHour: "+1 hour",
  toMinute: "1 min before closing",
  pastClosing: "Past closing",
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
  failed: "That did not work.",
  offline: "The middleware cannot be reached. Trying again …",
  "no-window": "This window has no closing time.",
  "clock-runs-forward": "The clock runs forward only: this window closes earlier than that.",
  "window-not-open": "This window has no closing time.",
};

/** @type {Record<keyof typeof en, string>} */
const ar = {
  title: "مكتب الموظف",
  tag: "عرض",
  setup: "إعداد القناة",
  conversations: "المحادثات",
  conversation: "المحادثة",
  chooseFirst: "اختر محادثة.",
  languages: "اللغة",
  inspector: "فاحص التوقيع",
  demoClock: "ساعة العرض",
  demoTime: "وقت العرض",
  "badge.open": "مفتوحة",
  "badge.closing": "تُغلق قريبًا",
  "badge.closed": "مغلقة",
  "badge.unknown": "غير معروفة",
  replyWindow: "نافذة الرد",
  // A raised dot beside an Arabic digit reads as a nought.
  "badge.left": "{state}، {time}",
  hours: "{n} س",
  minutes: "{n} د",
  moment: "أقل من دقيقة",
  you: "أنت: ",
  nothingYet: "لا رسائل بعد",
  textWaits: "نص ينتظر",
  userId: "رقم الهاتف مخفي",
  standIn: "بديل Twilio",
  standInHint: "لا تغادر أي رسالة هذا الجهاز. اكتب كعميل، وقدّم الوقت، واجعل واتساب يرفض.",
  phoneOf: "هاتف {name}",
  writeAs: "اكتب باسم {name}",
  send: "إرسال",
  placeholder: "رسالة",
  clockHint: "المكتب والخادم الوسيط والبديل على ساعة واحدة.",
  plusHour: "+ ساعة",
  toMinute: "قبل الإغلاق بدقيقة",
  pastClosing: "بعد الإغلاق",
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
  failed: "لم ينجح ذلك.",
  offline: "تعذّر الوصول إلى الخادم الوسيط. تُعاد المحاولة …",
  "no-window": "ليس لهذه النافذة وقت إغلاق.",
  "clock-runs-forward": "الساعة تتقدم فقط: تُغلق هذه النافذة قبل ذلك.",
  "window-not-open": "ليس لهذه النافذة وقت إغلاق.",
};

const WORDS = { en, ar };
/** One calendar and one kind of digits for the whole page. */
const TAGS = { en: "en-US", ar: "ar-EG-u-ca-gregory" };

/** @param {Language} language */
export function speak(language) {
  const tag = TAGS[language];
  const words = WORDS[language];
  const number = new Intl.NumberFormat(tag);
  const clock = new Intl.DateTimeFormat(tag, { hour: "numeric", minute: "2-digit" });
  const exact = new Intl.DateTimeFormat(tag, { weekday: "short", hour: "numeric", minute: "2-digit", second: "2-digit" });
  const day = new Intl.DateTimeFormat(tag, { weekday: "short" });
  /** @param {keyof typeof en} key @param {Record<string, string>} [slots] */
  const t = (key, slots = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => slots[name] ?? "");
  return {
    language,
    dir: language === "ar" ? "rtl" : "ltr",
    t,
    /** @param {string} code @returns {string} */
    problem: (code) => /** @type {Record<string, string>} */ (words)[code] ?? t("failed"),
    /** Never more than there is. @param {number} ms */
    duration(ms) {
      const all = Math.max(0, Math.floor(ms / 60_000));
      if (all >= 60) return t("hours", { n: number.format(Math.floor(all / 60)) });
      return all < 1 ? t("moment") : t("minutes", { n: number.format(all) });
    },
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
