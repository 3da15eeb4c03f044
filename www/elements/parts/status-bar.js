// @ts-check
/**
 * The state of the window in one line, and the reason where free text is locked.
 *
 * @import { Snapshot } from "../../controller/types.js"
 * @import { Scope } from "./scope.js"
 */
import { offersTemplate } from "../../engine/fallback-verdict.js";
import { asides } from "./fetch-panel.js";
import { attempt, h, put, set } from "./dom.js";
import { INFO, LIST, button, icon, ring } from "./icons.js";
import { runs, todo } from "./announcer.js";

/** Share of the limit from which the length is shown. */
const NEAR = 0.9;

const isCalm = () => Boolean(globalThis.matchMedia?.("(prefers-reduced-motion: reduce)").matches);

/** @param {Snapshot} snapshot */
export const isWithoutMarketing = ({ conversation, status: { marketing } }) => conversation.optedOutOfMarketing === true || marketing?.kind === "stopped";

/** When it closes or has closed; a refusal closed it when it came, whatever the clock said. @param {Snapshot["status"]} status */
const closingOf = ({ reason, decidedBy, closesAtMs }) => (reason === "refused" && decidedBy ? decidedBy.atMs : closesAtMs);

/** So many messages that are still free are worth telling. */
const FREE_SHOWN = 100;

/** Who else holds the conversation, and what may be sent. @param {Scope["m"]} m @param {Snapshot} snapshot */
const heldBy = (m, { verdict, status }) => {
  const role = m.say(`role.${status.owner?.role}`, "");
  return [role ? m.t("held.by", { role }) : m.t("verdict.not-owner"), verdict.locksComposer && m.t("do.not-owner")].filter(Boolean).join(" ");
};

/**
 * Why free text is locked and what to do; while it is not, what limits it.
 *
 * @param {Scope["m"]} m
 * @param {Snapshot} snapshot
 */
function reason(m, snapshot) {
  const { verdict, clock } = snapshot;
  if (clock) return [m.t(`clock.${clock}`), verdict.locksComposer && reasonOf(m, snapshot)].filter(Boolean).join(" ");
  return reasonOf(m, snapshot);
}

/** @param {Scope["m"]} m @param {Snapshot} snapshot */
function reasonOf(m, snapshot) {
  const { verdict, status: { reason, messagesLeft } } = snapshot;
  if (verdict.warnings?.includes("not-owner") && runs(snapshot)) return heldBy(m, snapshot);
  if (runs(snapshot)) {
    const { freeServiceMessagesLeft: free = Infinity } = verdict;
    if (free <= FREE_SHOWN) return m.t("free.left", { n: free });
    if (messagesLeft !== undefined) return m.t("unanswered", { n: messagesLeft });
    return reason === "no-window" ? m.t("verdict.no-window") : "";
  }
  return [m.say(`verdict.${verdict.reason}`, ""), verdict.locksComposer && !verdict.reason.startsWith("engine-") && m.t(todo(verdict))].filter(Boolean).join(" ");
}

export class StatusBar {
  #scope;
  #ring = ring();
  #word = h("strong", { id: "word", class: "word", part: "label" });
  #left = h("span", { id: "left" });
  #timer = h("span", { role: "timer", class: "timer", part: "timer", "aria-labelledby": "name left" }, this.#left);
  #closes = h("time", { class: "closes" });
  #length = h("span", { class: "length", hidden: true });
  /** The text that was counted. */
  #counted = "";
  #why = h("p", { id: "why", class: "why", part: "reason" });
  /** How the state is known: fetched and shown when somebody asks. */
  #known = h("div", { id: "known", class: "known", part: "evidence", role: "group", hidden: true });
  /** @type {import("./known.js").Known | undefined} */
  #facts;
  #ask;
  /** @type {Snapshot | undefined} */
  #snapshot;

  /**
   * @param {Scope} scope
   * @param {() => void} onTemplates
   */
  constructor(scope, onTemplates) {
    const { m } = scope;
    this.#scope = scope;
    this.button = set(button("quiet", icon(LIST), m.t("templates"), onTemplates), { "aria-controls": "panel" });
    this.#ask = set(button("bare", icon(INFO), m.t("known"), () => this.#show(this.#known.hasAttribute("hidden"))), { "aria-expanded": "false", "aria-controls": "known" });
    set(this.#known, { "aria-label": m.t("known") });
    this.root = h("div", { class: "banner", part: "banner strip", role: "group", tabindex: -1, "aria-labelledby": "name word", "aria-describedby": "why" },
      h("span", { id: "name", class: "sr" }, m.t("window")),
      h("span", { class: "badge", part: "badge" }, h("slot", { name: "icon" }, this.#ring.picture)),
      h("div", { class: "told" }, h("p", { class: "line" }, this.#timer, this.#word, this.#closes, this.#length), this.#why),
      h("div", { class: "actions" }, this.#ask, h("slot", { name: "actions" }), this.button), this.#known);
  }

  /** @param {boolean} isShown */
  #show(isShown) {
    set(this.#known, { hidden: !isShown });
    if (isShown) void this.#draw();
    set(this.#ask, { "aria-expanded": String(isShown) });
  }

  /**
   * @param {Snapshot} snapshot
   * @param {{ locked: boolean, held: boolean, panel: boolean }} view whether free text is locked, whether another way stands in the button’s place, whether the panel is shown
   */
  update(snapshot, { locked, held, panel }) {
    const { m } = this.#scope;
    const { kind } = snapshot.status;
    const closesAtMs = closingOf(snapshot.status);
    put(this.#word, m.t(`state.${kind}`));
    this.#tick(snapshot);
    put(this.#why, reason(m, snapshot));
    set(this.#closes, { datetime: closesAtMs && new Date(closesAtMs).toISOString() });
    set(this.button, { hidden: locked || held || !offersTemplate(snapshot.verdict), "aria-expanded": String(panel) });
    this.#snapshot = snapshot;
    this.#explain();
    this.#count(locked ? "" : snapshot.draft);
  }

  /** Near the limit of free text, how much of it is used. @param {string} draft */
  #count(draft) {
    if (draft === this.#counted) return;
    this.#counted = draft;
    const { m, say, controller } = this.#scope;
    const nothing = { length: 0, limit: 1 };
    const { length, limit } = draft ? attempt(() => controller().check({ text: draft }), nothing) : nothing;
    const [was, isOver] = [this.#length.classList.contains("bad"), length > limit];
    this.#length.classList.toggle("bad", isOver);
    put(this.#length, length > limit * NEAR ? m.t("length", { length, limit }) : "");
    if (isOver && !was) say(m.t("is.text-too-long"));
  }

  /** @param {Snapshot} snapshot */
  #tick(snapshot) {
    const { m } = this.#scope;
    const { status: { kind, closesAtMs, openedAtMs = 0 }, remainingMs, nowAtMs } = snapshot;
    const atMs = closingOf(snapshot.status);
    const live = runs(snapshot);
    const share = remainingMs === undefined ? 1 : remainingMs / Math.max(1, (closesAtMs ?? 0) - openedAtMs);
    this.#ring.update(kind, live ? Math.min(1, share) : 0);
    put(this.#left, live && remainingMs !== undefined ? m.t("left", { time: m.duration(remainingMs, !isCalm()) }) : "");
    set(this.#timer, { hidden: this.#left.hidden });
    put(this.#closes, atMs === undefined || kind === "unknown" ? "" : m.t(live ? "closes" : "closed", { when: m.when(atMs, nowAtMs) }));
  }

  /** How the state is known, as it was when it was drawn or is now. */
  #explain() {
    if (this.#snapshot && !this.#known.hidden) this.#facts?.update(this.#snapshot);
  }

  async #draw() {
    try {
      const { Known, styles } = await asides.fetch();
      this.#scope.adopt(styles);
      this.#facts ??= new Known(this.#scope, this.#known);
      this.#explain();
    } catch {
      this.#known.textContent = this.#scope.m.t("known.failed");
    }
  }
}
