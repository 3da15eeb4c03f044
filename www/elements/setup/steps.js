// @ts-check
/**
 * The validation as it goes: one line for each step, with its outcome.
 *
 * @import { OutageCheck } from "../../../src/wire/types.d.ts"
 * @import { Step, Validation } from "../../server/twilio/validate-channel.js"
 * @import { Messages } from "../../i18n/messages.js"
 */
import { fill, h, put, set } from "../parts/dom.js";
import { isolateLtr } from "./field.js";

const SIGNS = /** @type {Record<string, string>} */ ({ ok: "✓", wrong: "✕", "not-allowed": "⊘", "not-reachable": "?", skipped: "–", running: "…" });

/** @param {Messages} m @param {(field: string) => string} nameOf what a person calls the field of a step */
export function stepList(m, nameOf) {
  const list = h("ol", { class: "steps", part: "steps" });
  const verdict = h("p", { class: "verdict", part: "verdict" });
  const root = h("section", { class: "validation", part: "validation", hidden: true, "aria-label": m.t("validation.title") }, h("p", { class: "heading", "aria-hidden": "true" }, m.t("validation.title")), list, verdict);
  /** @type {Map<string, HTMLElement>} */
  const lines = new Map();

  /** How Twilio tries again. @param {OutageCheck} outage */
  const retrying = ({ retries, retryAfter = [], withinMs = 0 }) =>
    retries === 0 ? m.t("outage.no-retry") : m.t("outage.retries", { n: Number(retries), seconds: withinMs / 1000, causes: m.list(retryAfter.map((cause) => m.t(`outage.after.${cause}`))) });

  /** What an outage of an hour loses, and what heals it. @param {OutageCheck} outage */
  const lost = (outage) => h("span", { class: "why", part: "outage", "data-code": outage.code, "data-severity": outage.severity },
    h("span", { class: "severity" }, m.t(`severity.${outage.severity}`)), " ",
    [...(outage.retries === undefined ? [] : [retrying(outage)]), m.say(`is.${outage.code}`, outage.message), m.t("outage.healed")].join(" "));

  /** @param {Partial<Step> & { step: Step["step"], field: string }} step */
  const words = ({ step, field, outcome = /** @type {any} */ ("running"), code, providerCode, found, outage }) => [
    h("span", { class: "sign", "aria-hidden": "true" }, SIGNS[outcome] ?? "?"),
    h("span", { class: "what" }, m.t(`step.${step}`, { name: isolateLtr(nameOf(field)) }), ": ", h("strong", {}, m.t(`outcome.${outcome}`))),
    h("span", { class: "why" }, [code && m.say(`code.${code}`, code), providerCode && m.t("told.provider-code", { code: String(providerCode) }), found && m.t("told.found", { found: isolateLtr(found) })].filter(Boolean).join(" ")),
    ...(outage ? [lost(outage)] : []),
  ];

  return {
    root,
    begin() {
      lines.clear();
      fill(list);
      put(verdict);
      set(root, { hidden: false, "data-outcome": null });
    },
    /** @param {Partial<Step> & { step: Step["step"], field: string }} step */
    tell(step) {
      const key = `${step.step} ${step.field}`;
      const line = lines.get(key) ?? h("li", { part: "step" });
      if (!lines.has(key)) list.append(line);
      lines.set(key, line);
      set(line, { "data-step": step.step, "data-outcome": step.outcome ?? "running", "data-code": step.code });
      fill(line, ...words(step));
    },
    /** @param {Validation["outcome"] | "unavailable"} outcome */
    end(outcome) {
      put(verdict, m.t(`validation.${outcome}`));
      set(root, { "data-outcome": outcome });
    },
  };
}
