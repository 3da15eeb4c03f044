// @ts-check
/** The report for supervisors: asks for a token where the service wants one, and shows what it counted. The token stays in this page and is gone with it. */
import { reportMessages } from "../i18n/report/index.js";
import { chartOf } from "./charts.js";
import { BY_DAY, figuresOf } from "./figures.js";
import { el } from "./parts.js";

/** @import { Figures, Tallies } from "./figures.js" */
/** @import { Figure } from "./charts.js" */

const PERIODS = [7, 30, 90, 365];
const COLOURS = { "send-blocked": "stopped", "draft-rescued": "kept", "refused-while-open": "refused" };
const DAY_MS = 24 * 60 * 60 * 1000;

const page = {
  language: new URLSearchParams(location.search).get("lang") ?? navigator.language, days: 30, token: "", problem: "",
  /** @type {Tallies | undefined} */ told: undefined,
  /** @type {ReturnType<typeof chartOf>[]} */ charts: [],
};

/** @param {string} path */
const ask = async (path) => {
  // The page of a host that knows its supervisors otherwise needs no token.
  const response = await fetch(path, { headers: page.token ? { authorization: `Bearer ${page.token}` } : {}, cache: "no-store" }).catch(() => undefined);
  if (response?.ok) return response;
  page.problem = response?.status === 401 ? (page.token ? "problem.unknown" : "") : response?.status === 403 ? "problem.notAllowed" : "problem.notReached";
  return undefined;
};

/** Up to the day that it is at the service. @param {string} untilDay */
const span = (untilDay) => `?until=${untilDay}&from=${new Date(Date.parse(untilDay) - (page.days - 1) * DAY_MS).toISOString().slice(0, 10)}`;

const load = async () => {
  page.problem = "";
  const response = await ask(page.told ? `tallies${span(page.told.untilDay)}` : "tallies");
  page.told = response && (await response.json());
  show();
};

const download = async () => {
  if (!page.told) return;
  const { fromDay, untilDay } = page.told;
  const blob = await (await ask(`tallies.csv?from=${fromDay}&until=${untilDay}`))?.blob();
  if (!blob) return show();
  const link = /** @type {HTMLAnchorElement} */ (el("a", { href: URL.createObjectURL(blob), download: `reply-window-${fromDay}-${untilDay}.csv` }));
  link.click();
  URL.revokeObjectURL(link.href);
};

/** @typedef {ReturnType<typeof reportMessages>} Words */

/** @param {string} label @param {string} value @param {readonly [value: string, text: string][]} choices @param {(value: string) => void} chosen */
const choice = (label, value, choices, chosen) => {
  const select = /** @type {HTMLSelectElement} */ (el("select", {}, choices.map(([value, text]) => el("option", { value }, text))));
  select.value = value;
  select.addEventListener("change", () => chosen(select.value));
  return el("label", {}, [label, select]);
};

/** @param {Words} words */
const controls = ({ t }) => {
  const language = choice(t("language"), t("code"), [["en", "English"], ["ar", "العربية"]], (value) => {
    page.language = value;
    show();
  });
  if (!page.told) return el("div", { className: "controls" }, [language]);
  const csv = el("button", { type: "button", onclick: () => void download() }, t("csv"));
  const period = choice(t("period"), String(page.days), PERIODS.map((days) => [String(days), t("days", { n: days })]), (value) => {
    page.days = Number(value);
    void load();
  });
  return el("div", { className: "controls" }, [period, language, csv]);
};

/** @param {Words} words */
const form = ({ t }) => {
  const input = /** @type {HTMLInputElement} */ (el("input", { type: "password", autocomplete: "off", required: true, dir: "ltr" }));
  const made = el("form", {}, [el("p", {}, t("ask")), el("label", {}, [t("token"), input]), el("button", { className: "primary" }, t("show"))]);
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    page.token = input.value.trim();
    void load();
  });
  return made;
};

/** @param {Figures} figures @param {Words} words @returns {Figure[]} */
const drawn = ({ days, minutes, languages }, { t, day, language: nameOf }) => [
  { title: t("chart.days"), tableTitle: t("table"), labelTitle: t("day"), labels: days.map((one) => day(one.day)), series: BY_DAY.map((kind, place) => ({ label: t(`kind.${kind}`), colour: COLOURS[kind], values: days.map(({ counts }) => counts[place] ?? 0) })) },
  { title: t("chart.minutes"), tableTitle: t("table"), labelTitle: t("left"), labels: minutes.map(({ bucket }) => t(`left.${bucket}`)), series: [{ label: t("kind.answered"), colour: "bars", values: minutes.map(({ count }) => count) }] },
  { title: t("chart.languages"), tableTitle: t("table"), labelTitle: t("templateLanguage"), labels: languages.map(({ language }) => (language === undefined ? t("others") : nameOf(language))), isLying: true, series: [{ label: t("kind.template-sent"), colour: "bars", values: languages.map(({ count }) => count) }] },
];

/** @param {Tallies} told @param {Words} words */
const report = (told, words) => {
  const { t, number, day } = words;
  const figures = figuresOf(told);
  page.charts = drawn(figures, words).filter(({ labels }) => labels.length > 0).map((figure) => chartOf(figure, words));
  return [
    el("p", { className: "muted" }, t("span", { from: day(told.fromDay), until: day(told.untilDay) })),
    el("dl", { className: "totals" }, figures.totals.map(({ kind, count }) => el("div", {}, [el("dt", {}, t(`kind.${kind}`)), el("dd", {}, number(count))]))),
    ...page.charts.map(({ section }) => section),
    el("p", { className: "muted" }, t("meaning")),
  ];
};

const show = () => {
  const words = reportMessages(page.language);
  const { t } = words;
  Object.assign(document.documentElement, { lang: words.tag, dir: words.dir });
  document.title = t("title");
  for (const chart of page.charts) chart.end();
  page.charts = [];
  const alert = el("p", { role: "alert" }, page.problem ? t(page.problem) : "");
  document.body.replaceChildren(el("main", {}, [el("header", {}, [el("h1", {}, t("title")), controls(words)]), alert, ...(page.told ? report(page.told, words) : [form(words)])]));
  for (const chart of page.charts) chart.draw();
};

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => page.charts.forEach((chart) => chart.draw()));
void load();
