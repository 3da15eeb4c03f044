// @ts-check
/**
 * The report for supervisors in Arabic: same keys and slots as English.
 *
 * @type {import("../messages.js").Catalogue}
 */
export const ar = {
  code: "ar",
  title: "تقرير نافذة الرد",
  language: "اللغة",
  period: "الفترة",
  days: { zero: "آخر {n} يوم", one: "آخر يوم", two: "آخر يومين", few: "آخر {n} أيام", many: "آخر {n} يومًا", other: "آخر {n} يوم" },
  csv: "تنزيل بصيغة CSV",
  ask: "يحتاج التقرير إلى رمز وصول. يبقى الرمز في هذه الصفحة وحدها ويُنسى عند إغلاقها.",
  token: "رمز الوصول",
  show: "عرض التقرير",
  "problem.unknown": "هذا الرمز غير معروف.",
  "problem.notAllowed": "لا يسمح هذا الرمز بقراءة التقرير.",
  "problem.notReached": "تعذّر تحميل التقرير. حاول مرة أخرى بعد قليل.",
  span: "من {from} إلى {until}، أيام كاملة بتوقيت UTC",
  "chart.days": "يومًا بيوم",
  "chart.minutes": "الوقت المتبقي في النافذة عند الرد",
  "chart.languages": "القوالب المرسلة حسب اللغة",
  table: "على شكل جدول",
  day: "اليوم",
  left: "الوقت المتبقي",
  templateLanguage: "لغة القالب",
  others: "اللغات الأخرى كلها",
  "kind.send-blocked": "رسائل أُوقفت في الوقت المناسب",
  "kind.draft-rescued": "مسودات حُفظت ثم أُرسلت",
  "kind.refused-while-open": "رسائل رُفضت مع أن النافذة بدت مفتوحة",
  "kind.answered": "ردود داخل النافذة",
  "kind.template-sent": "قوالب أُرسلت",
  "left.0-5": "أقل من {5} د",
  "left.5-15": "من {5} إلى {15} د",
  "left.15-60": "من {15} إلى {60} د",
  "left.60-240": "من {1} إلى {4} س",
  "left.240-720": "من {4} إلى {12} س",
  "left.720-1440": "من {12} إلى {24} س",
  "left.1440-": "أكثر من {24} س",
  meaning: "أعداد فقط: لا تتضمن نص أي رسالة ولا أي عميل أو موظف.",
};
