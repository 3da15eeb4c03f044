// @ts-check
/**
 * Words after which nothing goes out by itself. No opt-out is recorded for them: a text that waits is then for the agent to read again. The
 * English ones are those that Twilio takes for an opt-out by default (Advanced Opt-Out: STOP, STOPALL, UNSUBSCRIBE, CANCEL, END, QUIT, REVOKE,
 * OPTOUT); the others say the same.
 */
const WORDS = new Set([
  "stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout", "don't", "dont", "no", "wait",
  "توقف", "توقفوا", "أوقف", "اوقف", "إيقاف", "ايقاف", "إلغاء", "الغاء", "ألغ", "الغ", "ألغي", "الغي", "كفى", "لا", "انتظر", "انتظري",
]);

/** @param {string} text of the customer */
export const asksToStop = (text) => text.toLowerCase().replaceAll("’", "'").split(/[^\p{L}\p{M}']+/u).some((word) => WORDS.has(word));
