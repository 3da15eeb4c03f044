// @ts-check
/**
 * The report for supervisors in English.
 *
 * @type {import("../messages.js").Catalogue}
 */
export const en = {
  code: "en",
  title: "Reply window report",
  language: "Language",
  period: "Period",
  days: { one: "Last day", other: "Last {n} days" },
  csv: "Download as CSV",
  ask: "The report needs an access token. It is kept in this page alone, and forgotten when you close it.",
  token: "Access token",
  show: "Show report",
  "problem.unknown": "This token is not known.",
  "problem.notAllowed": "This token may not read the report.",
  "problem.notReached": "The report could not be loaded. Try again in a moment.",
  span: "{from} to {until}, whole days in UTC",
  "chart.days": "Day by day",
  "chart.minutes": "Time left in the window at the answer",
  "chart.languages": "Templates sent, by language",
  table: "As a table",
  day: "Day",
  left: "Time left",
  templateLanguage: "Language of the template",
  others: "All others",
  "kind.send-blocked": "Sends stopped in time",
  "kind.draft-rescued": "Drafts kept and sent later",
  "kind.refused-while-open": "Refused although the window looked open",
  "kind.answered": "Answers within the window",
  "kind.template-sent": "Templates sent",
  "left.0-5": "under {5} min",
  "left.5-15": "{5} to {15} min",
  "left.15-60": "{15} to {60} min",
  "left.60-240": "{1} to {4} h",
  "left.240-720": "{4} to {12} h",
  "left.720-1440": "{12} to {24} h",
  "left.1440-": "over {24} h",
  meaning: "Counts only: no message text, no customer and no agent stands in them.",
};
