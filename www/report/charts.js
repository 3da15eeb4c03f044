// @ts-check
/** The charts of the report, and the same as tables for whoever does not see them. */
import { BarController, BarElement, CategoryScale, Chart, Legend, LinearScale, Tooltip } from "chart.js";
import { el } from "./parts.js";

/** @typedef {{ label: string, colour: string, values: readonly number[] }} Series `colour`: a custom property */
/** @typedef {{ title: string, tableTitle: string, labelTitle: string, labels: readonly string[], series: readonly Series[], isLying?: boolean }} Figure */
/** @typedef {{ dir: string, tag: string, number: (value: number) => string }} Language */

/** @param {Element} element @param {string} name */
const colourOf = (element, name) => getComputedStyle(element).getPropertyValue(`--${name}`).trim();

/**
 * Right to left, the first stands at the right, and the scale beside it.
 *
 * @param {Element} beside @param {Figure} figure @param {Language} language @returns {import("chart.js").ChartConfiguration<"bar", number[], string>}
 */
const configOf = (beside, { labels, series, isLying = false }, { dir, tag, number }) => {
  const [isRtl, text, line] = [dir === "rtl", colourOf(beside, "muted"), colourOf(beside, "line")];
  const font = { family: getComputedStyle(beside).fontFamily };
  const names = { ticks: { color: text, font, maxRotation: 0, autoSkipPadding: 12 }, grid: { display: false }, border: { color: line } };
  const counts = { beginAtZero: true, ticks: { color: text, font, precision: 0, callback: (/** @type {string | number} */ value) => number(Number(value)) }, grid: { color: line }, border: { display: false } };
  /** @type {"right" | "left"} */
  const side = isRtl ? "right" : "left";
  return {
    type: "bar",
    data: { labels: [...labels], datasets: (isRtl ? series.toReversed() : series).map(({ label, colour, values }) => ({ label, data: [...values], backgroundColor: colourOf(beside, colour), maxBarThickness: 28 })) },
    options: {
      animation: false, maintainAspectRatio: false, locale: tag, indexAxis: isLying ? "y" : "x",
      scales: isLying ? { x: { ...counts, reverse: isRtl }, y: { ...names, position: side } } : { x: { ...names, reverse: isRtl }, y: { ...counts, position: side } },
      plugins: {
        legend: { display: series.length > 1, reverse: isRtl, rtl: isRtl, textDirection: dir, labels: { color: colourOf(beside, "fg"), font } },
        tooltip: { rtl: isRtl, textDirection: dir, titleFont: font, bodyFont: font, callbacks: { label: ({ dataset, raw }) => `${dataset.label}: ${number(Number(raw))}` } },
      },
    },
  };
};

/** @param {Figure} figure @param {Language} language */
const tableOf = ({ tableTitle, labelTitle, labels, series }, { number }) => el("details", {}, [
  el("summary", {}, tableTitle),
  el("div", { className: "scroll", tabIndex: 0 }, [el("table", {}, [
    el("thead", {}, [el("tr", {}, [el("th", { scope: "col" }, labelTitle), ...series.map(({ label }) => el("th", { scope: "col", className: "n" }, label))])]),
    el("tbody", {}, labels.map((label, place) => el("tr", {}, [el("th", { scope: "row" }, label), ...series.map(({ values }) => el("td", { className: "n" }, number(values[place] ?? 0)))]))),
  ])]),
]);

/** Draws one; again where the colours change. @param {Figure} figure @param {Language} language @returns {{ section: HTMLElement, draw: () => void, end: () => void }} `draw` once it stands in the page */
export const chartOf = (figure, language) => {
  Chart.register(BarController, BarElement, CategoryScale, LinearScale, Legend, Tooltip);
  const canvas = /** @type {HTMLCanvasElement} */ (el("canvas", { ariaLabel: figure.title, role: "img" }));
  const section = el("section", {}, [el("h2", {}, figure.title), el("div", { className: "chart" }, [canvas]), tableOf(figure, language)]);
  /** @type {Chart<"bar", number[], string> | undefined} */
  let chart;
  const end = () => void chart?.destroy();
  const draw = () => {
    end();
    chart = new Chart(canvas, configOf(section, figure, language));
  };
  return { section, draw, end };
};
