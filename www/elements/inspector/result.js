// @ts-check
/** What is shown of a verdict. */
import { h } from "../parts/dom.js";

/** @typedef {import("../../i18n/locale.js").Messages} Messages */
/** @typedef {import("./reading.js").Verdict} Verdict */

const ltr = (/** @type {string} */ text) => h("bdi", { dir: "ltr" }, text);

/** @param {Messages} m @param {{ sentence: { en: string, ar: string } }} remark */
const sentence = (m, remark) => (m.dir === "rtl" ? remark.sentence.ar : remark.sentence.en);

/**
 * @param {Messages} m
 * @param {string} title
 * @param {readonly { code: string, sentence: { en: string, ar: string } }[]} remarks
 */
const list = (m, title, remarks) => (remarks.length === 0 ? null : h("div", {},
  h("h4", { class: "muted" }, m.t(title)),
  h("ul", {}, ...remarks.map((remark) => h("li", { "data-code": remark.code }, sentence(m, remark))))));

/** @param {Messages} m @param {readonly { name: string, value: string }[]} parameters */
const table = (m, parameters) => (parameters.length === 0 ? null : h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": m.t("parameters") },
  h("table", {},
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, m.t("name")), h("th", { scope: "col" }, m.t("value")))),
    h("tbody", {}, ...parameters.map(({ name, value }) => h("tr", {}, h("td", {}, ltr(name)), h("td", {}, h("bdi", {}, value))))))));

/**
 * @param {Messages} m
 * @param {Verdict} verdict
 * @returns {HTMLElement}
 */
export function verdictView(m, verdict) {
  const title = h("h3", { tabindex: -1 }, m.t(verdict.kind));
  if (verdict.kind === "wrong") return h("div", { class: "verdict wrong" }, title, h("p", {}, verdict.sentence ? sentence(m, { sentence: verdict.sentence }) : verdict.message));
  const { refusal, changes, findings } = verdict.diagnosis;
  if (verdict.kind === "bad") {
    const reason = refusal ? h("p", { "data-code": refusal.code }, sentence(m, refusal)) : null;
    const nothing = refusal?.code === "signature-mismatch" && changes.length === 0 ? h("p", {}, m.t("nothing")) : null;
    return h("div", { class: "verdict bad" }, title, reason, list(m, "findings", findings), list(m, "changes", changes), nothing);
  }
  const { url, source, parameters } = verdict.verified;
  return h("div", { class: "verdict good" }, title,
    h("dl", {}, h("dt", {}, m.t("signedAddress")), h("dd", {}, ltr(url)), h("dt", {}, m.t("source")), h("dd", {}, m.t(`source.${source}`))),
    table(m, parameters), list(m, "findings", findings));
}
