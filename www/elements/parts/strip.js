// @ts-check
/**
 * The state of the window in one line, and the reason where free text is locked.
 *
 * @import { Snapshot } from "../contract.js"
 * @import { Scope } from "./view.js"
 */
import { fill, h, put, set } from "./dom.js";
import { icon, ring } from "./icons.js";

/** @type {Record<string, string>} */
const DID = {
  button: "did.tap", "list-reply": "did.tap", "flow-reply": "did.tap",
  call: "did.call", "call-accepted": "did.accepted",
};

const calm = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)");

/** How the state is known, as terms and values. */
function evidence(/** @type {Scope} */ { m }, /** @type {Snapshot} */ { status, conversation, nowAtMs }) {
  const by = status.decidedBy;
  const { phone, bsuid, username, group } = conversation.customer;
  /** @type {[string, string | Node][]} */
  const rows = [];
  if (by) {
    const key = by.log === "customer" ? DID[by.kind] ?? "did.message" : `did.${by.log}`;
    rows.push([m.t(key), h("time", { datetime: new Date(by.atMs).toISOString() }, m.when(by.atMs, nowAtMs))]);
    rows.push([m.t("clock"), m.t(`clock.${by.clock}`)]);
  }
  rows.push([m.t("customer"), h("bdi", { dir: "ltr" }, phone ?? username ?? bsuid ?? group)]);
  if (status.ignored.length) rows.push([m.t("ignored"), m.t("ignored.n", { n: status.ignored.length })]);
  return rows.map(([term, value]) => h("div", {}, h("dt", {}, term), h("dd", {}, value)));
}

/**
 * @param {Scope} scope
 * @param {() => void} onTemplates
 */
export function strip(scope, onTemplates) {
  const { m } = scope;
  const state = ring();
  const word = h("strong", { id: "word", class: "word", part: "label" });
  const left = h("span", { id: "left" });
  const timer = h("span", { role: "timer", class: "timer", part: "timer", "aria-labelledby": "name left" }, left);
  const closes = h("time", { class: "closes" });
  const why = h("p", { id: "why", class: "why", part: "reason" });
  const facts = h("dl", { class: "facts" });
  const known = h("details", { class: "known", part: "evidence" }, h("summary", {}, icon("info"), h("span", {}, m.t("known"))), facts);
  const button = h("button", { type: "button", class: "quiet", "aria-controls": "panel", click: onTemplates }, icon("list"), m.t("templates"));
  const root = h("div", { class: "banner", part: "banner strip", role: "group", "aria-labelledby": "name word", "aria-describedby": "why" },
    h("span", { id: "name", class: "sr" }, m.t("window")),
    h("span", { class: "badge", part: "badge" }, h("slot", { name: "icon" }, state.picture)),
    h("div", { class: "told" }, h("p", { class: "line" }, word, timer, closes), why, known),
    h("div", { class: "actions" }, h("slot", { name: "actions" }), button));

  /** @param {Snapshot} snapshot */
  const reason = ({ verdict, status }) => {
    if (status.kind === "open" || status.kind === "closing") {
      return status.messagesLeft === undefined
        ? status.reason === "no-window" ? m.t("verdict.no-window") : ""
        : m.t("unanswered", { n: status.messagesLeft });
    }
    const todo = { "template-only": "do.template", blocked: "do.wait" }[/** @type {string} */ (verdict.kind)];
    return [m.say(`verdict.${verdict.reason}`, ""), todo && m.t(todo)].filter(Boolean).join(" ");
  };
  /** @type {Snapshot | undefined} */
  let shown;

  return {
    root,
    button,
    /**
     * @param {Snapshot} snapshot
     * @param {{ locked: boolean, panel: boolean }} view
     */
    update(snapshot, { locked, panel }) {
      const { status, remainingMs, nowAtMs } = snapshot;
      const { kind, closesAtMs, openedAtMs } = status;
      const runs = kind === "open" || kind === "closing";
      const length = (closesAtMs ?? 0) - (openedAtMs ?? 0);
      state.update(kind, runs ? (remainingMs === undefined ? 1 : Math.min(1, remainingMs / (length || 1))) : 0);
      put(word, m.t(`state.${kind}`));
      put(left, runs && remainingMs !== undefined ? m.t("left", { time: m.duration(remainingMs, !calm?.matches) }) : "");
      set(timer, { hidden: left.hidden });
      put(closes, closesAtMs === undefined || kind === "unknown" ? "" : m.t(runs ? "closes" : "closed", { when: m.when(closesAtMs, nowAtMs) }));
      if (closesAtMs !== undefined) set(closes, { datetime: new Date(closesAtMs).toISOString() });
      put(why, reason(snapshot));
      set(root, { tabindex: locked ? -1 : null });
      set(button, { hidden: locked, "aria-expanded": String(panel) });
      if (shown?.status !== status || shown.conversation !== snapshot.conversation || m.when(nowAtMs, shown.nowAtMs) !== m.when(nowAtMs, nowAtMs)) {
        fill(facts, ...evidence(scope, snapshot));
        shown = snapshot;
      }
    },
  };
}
