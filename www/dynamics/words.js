// @ts-check
/** What the script says in Dynamics besides the reply window's own words. */

const en = {
  "mode.lock": "Dynamics’ own box is locked while the window is closed. Microsoft does not support this; an update can end it.",
  "mode.companion": "Dynamics’ own box is not locked here: {reason}.",
  "mode.unguarded": "The reply window could not be started. Dynamics’ box is not guarded.",
  "mode.held": "The reply window could not be started. Your administrator chose that free text is held then.",
  "mode.starting": "Looking for the conversation …",
  "lower-bound": "Counted from the latest message that is known. A later one may be missing: Dynamics holds no complete list of times here.",
  "no-refusal": "Without the window service nobody learns here that WhatsApp refused a message.",
  "not-read": "Not everything could be read: {tables}. What is known stays.",
  unidentified: "Whose conversation this is could not be read ({code}), so free text is asked about first.",
  commands: "Commands",
  "command./t": "Transfer (/t)",
  "command./q": "Quick replies (/q)",
  lift: "Use Dynamics’ panel all the same",
  "taken-over": "Your text from this customer’s earlier conversation is in the box.",
  "taken-over.promised": "You kept this text for the customer’s answer, in an earlier conversation. It is in the box, and is not sent by itself.",
  handed: "Handed to Dynamics. Whether it arrives is not told.",
  "outbound-off": "Templates cannot be sent yet: your administrator has not sent a test template in this organisation.",
  "no-way": "Templates cannot be sent: no way to send them is set up.",
  test: "This page sends test templates, by Dynamics’ own outbound messages, to the customer of the conversation in focus. Use your own phone.",
  tested: "Handed to Dynamics as a test. If it has arrived on that phone, write testedOn: \"{day}\" in the settings; agents can send templates from then on.",
  pane: "Reply window",
  about: "About this lock",
  "step.frame-missing": "the side panel was not found",
  "step.other-origin": "the conversation control is of another origin",
  "step.box-missing": "the customer’s box was not found",
  "step.dynamics-missing": "Dynamics’ own objects were not found",
  "step.unfinished": "it is not there yet",
  "step.companion-page": "this page shows the window only",
};

/** @type {Record<keyof typeof en, string>} */
const ar = {
  "mode.lock": "يُقفل مربع Dynamics ما دامت النافذة مغلقة. لا تدعم Microsoft ذلك، وقد ينهيه أي تحديث.",
  "mode.companion": "مربع Dynamics غير مقفل هنا: {reason}.",
  "mode.unguarded": "تعذّر بدء نافذة الرد. مربع Dynamics غير محمي.",
  "mode.held": "تعذّر بدء نافذة الرد. اختار مسؤولك أن يُمنع النص الحر في هذه الحالة.",
  "mode.starting": "جارٍ البحث عن المحادثة …",
  "lower-bound": "يُحسب من آخر رسالة معروفة. قد تكون هناك رسالة أحدث: لا يحتفظ Dynamics هنا بقائمة كاملة للأوقات.",
  "no-refusal": "من دون خدمة النافذة لا يُعرف هنا أن WhatsApp رفض رسالة.",
  "not-read": "تعذّرت قراءة بعض الجداول: {tables}. يبقى ما هو معروف.",
  unidentified: "تعذّرت معرفة صاحب هذه المحادثة ({code})، لذلك يُسأل عن النص الحر أولًا.",
  commands: "الأوامر",
  "command./t": "تحويل (/t)",
  "command./q": "ردود سريعة (/q)",
  lift: "استخدام لوحة Dynamics رغم ذلك",
  "taken-over": "نصك من المحادثة السابقة مع هذا العميل موجود في المربع.",
  "taken-over.promised": "احتفظت بهذا النص لرد العميل في محادثة سابقة. هو في المربع، ولا يُرسل من تلقاء نفسه.",
  handed: "سُلِّمت إلى Dynamics. لا يُعرف هل تصل.",
  "outbound-off": "لا يمكن إرسال القوالب بعد: لم يرسل مسؤولك قالبًا تجريبيًا في هذه المؤسسة.",
  "no-way": "لا يمكن إرسال القوالب: لم تُحدَّد طريقة لإرسالها.",
  test: "ترسل هذه الصفحة قوالب تجريبية برسائل Dynamics الصادرة إلى عميل المحادثة المفتوحة. استخدم هاتفك أنت.",
  tested: "سُلِّم إلى Dynamics على سبيل التجربة. إذا وصل إلى ذلك الهاتف فاكتب testedOn: \"{day}\" في الإعدادات، ويستطيع الموظفون بعدها إرسال القوالب.",
  pane: "نافذة الرد",
  about: "عن هذا القفل",
  "step.frame-missing": "لم يُعثر على اللوحة الجانبية",
  "step.other-origin": "عنصر المحادثة من مصدر آخر",
  "step.box-missing": "لم يُعثر على مربع العميل",
  "step.dynamics-missing": "لم يُعثر على كائنات Dynamics",
  "step.unfinished": "ليس موجودًا بعد",
  "step.companion-page": "تعرض هذه الصفحة النافذة فقط",
};

/** @typedef {keyof typeof en} WordKey */

/** @param {string} locale BCP 47 @returns {(key: WordKey, slots?: Record<string, string>) => string} */
export function wordsFor(locale) {
  const words = /^ar\b/i.test(locale) ? ar : en;
  return (key, slots = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => slots[name] ?? "");
}
