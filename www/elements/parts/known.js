// @ts-check
/**
 * How the state of the window is known, for whoever asks.
 *
 * @import { Snapshot } from "../../controller/types.js"
 * @import { Scope } from "./scope.js"
 */
import { fill, h, put } from "./dom.js";

/** @type {Record<string, string>} */
const DID = {
  button: "did.tap", "list-reply": "did.tap", "flow-reply": "did.tap",
  call: "did.call", "call-accepted": "did.accepted",
};

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
  if (status.owner) rows.push([m.t("owner"), m.say(`role.${status.owner.role}`, m.t(`owner.${status.owner.kind}`))]);
  const { marketing } = status;
  if (marketing && (marketing.kind === "stopped" || !conversation.optedOutOfMarketing)) {
    rows.push([m.t("did.marketing"), m.t(`marketing.${marketing.kind}`, { how: m.say(`told.${marketing.toldBy}`, m.t("told.refusal")), when: m.when(marketing.toldAtMs, nowAtMs) })]);
  } else if (conversation.optedOutOfMarketing) rows.push([m.t("did.marketing"), m.t("marketing.desktop")]);
  if (status.ignored.length) rows.push([m.t("ignored"), m.t("ignored.n", { n: status.ignored.length })]);
  return rows.map(([term, value]) => h("div", {}, h("dt", {}, term), h("dd", {}, value)));
}

export class Known {
  #scope;
  #facts = h("dl");
  #rule = h("p", { hidden: true });
  /** What the facts were drawn from. */
  #drawn = "";

  /** @param {Scope} scope @param {HTMLElement} place */
  constructor(scope, place) {
    this.#scope = scope;
    fill(place, this.#facts, this.#rule);
  }

  /** Draws them where they have changed, if only from today to yesterday. @param {Snapshot} snapshot */
  update(snapshot) {
    const { status, conversation, nowAtMs } = snapshot;
    const drawn = JSON.stringify([status.decidedBy, status.owner, status.marketing, conversation.optedOutOfMarketing, status.ignored, conversation.customer, conversation.channel, status.decidedBy && this.#scope.m.when(status.decidedBy.atMs, nowAtMs)]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    fill(this.#facts, ...evidence(this.#scope, snapshot));
    put(this.#rule, (conversation.channel ?? "whatsapp") === "whatsapp" ? this.#scope.m.t("known.rule") : "");
  }
}
