// @ts-check
// What the stand-in received: the proof of what really left the desktop.

import { ask } from "./desk.js";
import { h } from "./dom.js";

/** @import { Words } from "./texts.js" */

/**
 * @typedef {object} Entry
 * @property {number} atMs
 * @property {string} kind
 * @property {boolean} [freeForm]
 * @property {string} [text]
 * @property {string} [to]
 * @property {string} [from]
 * @property {string} [contentSid]
 * @property {Record<string, string>} [contentVariables]
 * @property {string} [outcome]
 * @property {string} [status]
 * @property {number} [errorCode]
 * @property {number} [code]
 * @property {number} [httpStatus]
 */

/** The newest; the rest is of no use on a screen. */
const MAX_ENTRIES = 60;

/** @param {Entry} entry @param {Words} words */
function message({ atMs, freeForm, text, contentSid, contentVariables, outcome, errorCode, code }, words) {
  const { t } = words;
  const word = outcome === "delivered" ? t("delivered") : outcome ? t("undelivered") : t("rejected");
  const number = errorCode ?? code;
  return h("li", { class: "entry", "data-outcome": outcome ?? "rejected", "data-kind": freeForm ? "free" : "template" },
    h("div", { class: "entry-top" }, h("strong", {}, t(freeForm ? "freeForm" : "template")), h("span", { class: "outcome" }, number ? t("log.code", { outcome: word, code: String(number) }) : word), h("time", {}, words.clock(atMs))),
    text ? h("p", { class: "entry-text", dir: "auto" }, text) : undefined,
    contentSid ? h("p", { class: "entry-code" }, h("bdi", { dir: "ltr" }, `ContentSid ${contentSid}`)) : undefined,
    contentVariables ? h("p", { class: "entry-code" }, h("bdi", { dir: "ltr" }, `ContentVariables ${JSON.stringify(contentVariables)}`)) : undefined);
}

/** @param {Entry} entry @param {Words} words */
function webhook({ atMs, kind, status, httpStatus }, words) {
  const name = kind === "inbound-webhook" ? words.t("toMiddleware") : words.t("status");
  return h("li", { class: "entry small" }, h("div", { class: "entry-top" }, h("span", {}, name), h("bdi", { class: "outcome", dir: "ltr" }, [status, httpStatus].filter(Boolean).join(" ")), h("time", {}, words.clock(atMs))));
}

export function createLog() {
  const title = h("h3", { id: "log-title" });
  const list = h("ol", { class: "entries", "aria-labelledby": "log-title", tabindex: 0 });
  const empty = h("p", { class: "hint" });
  /** @type {Entry[]} */
  let entries = [];
  /** @type {Words} */
  let words;
  let reading = false;
  let again = false;

  const paint = () => {
    const newest = entries.slice(-MAX_ENTRIES).reverse();
    list.replaceChildren(...newest.map((entry) => (entry.kind === "message" ? message(entry, words) : webhook(entry, words))));
    list.hidden = entries.length === 0;
    empty.hidden = entries.length > 0;
    empty.textContent = words.t("logEmpty");
  };

  /** One request at a time; what happens meanwhile asks once more. */
  const read = async () => {
    again = reading;
    if (reading) return;
    reading = true;
    const answer = await ask("/stand-in/log").catch(() => undefined);
    reading = false;
    if (answer) entries = answer.entries;
    paint();
    if (again) void read();
  };

  return {
    root: h("section", { class: "log" }, title, list, empty),
    read,
    /** @param {Words} spoken */
    update(spoken) {
      words = spoken;
      title.textContent = words.t("log");
      paint();
    },
  };
}
