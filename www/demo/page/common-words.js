// @ts-check
/** Words that more than one of the demo's pages has. */
export const common = {
  en: { desktop: "Agent desktop", setup: "Set up the channel", inspector: "Signature inspector", languages: "Language", writeAs: "Write as {name}", plusHour: "+1 hour", pastClosing: "Past closing", failed: "That did not work." },
  ar: { desktop: "مكتب الموظف", setup: "إعداد القناة", inspector: "فاحص التوقيع", languages: "اللغة", writeAs: "اكتب باسم {name}", plusHour: "+ ساعة", pastClosing: "بعد الإغلاق", failed: "لم ينجح ذلك." },
};
