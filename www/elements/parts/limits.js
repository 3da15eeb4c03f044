// @ts-check
/**
 * One line for what the banner does not tell: what this desktop cannot do, why a send was stopped or failed, what is to be known of a message.
 *
 * @import { Capabilities } from "../../controller/adapter-port.js"
 * @import { Snapshot } from "../../controller/types.js"
 * @import { Template } from "../../../src/wire/types.d.ts"
 * @import { Scope } from "./scope.js"
 */
import { isUnguarded } from "../../engine/fallback-verdict.js";
import { isolate } from "../../i18n/messages.js";
import { h, put, set } from "./dom.js";
import { button } from "./icons.js";
import { failureText, readable } from "./labels.js";
import { isWithoutMarketing } from "./status-bar.js";

/** The template that was taken and refused later. @param {Snapshot} now @returns {Template | undefined} */
const undeliveredOf = ({ error, templates }) =>
  (error?.templateId === undefined ? undefined : templates.items.find(({ template }) => template.id === error.templateId)?.template);

/** What is no warning where it stands alone. */
const GOOD = /** @type {const} */ (["sent", "arrived"]);

export class Limits {
  #m;
  #text = h("span");
  #again;
  /** @type {Template | undefined} */
  #undelivered;
  /** @type {Partial<Capabilities>} */
  capabilities = {};
  /** What became of the last send: why it was stopped, or that a template is on its way; until the text is another, or what may be sent. */
  stopped = "";
  /** What is to be known of the last message that was checked. */
  remarks = "";

  /** @param {Scope} scope @param {(template: Template) => void} onAgain */
  constructor({ m }, onAgain) {
    this.#m = m;
    this.#again = button("quiet", "", "", () => this.#undelivered && onAgain(this.#undelivered));
    this.root = h("div", { class: "limits", hidden: true }, this.#text, this.#again);
  }

  /** @param {Snapshot} now @param {{ locked: boolean, isOpen: boolean, refusal: string }} view */
  update(now, { locked, isOpen, refusal }) {
    const { blocks, seesInboundTime } = this.capabilities;
    const keys = [now.error?.code.startsWith("engine-") && "error.engine", blocks === "dom" && isUnguarded(now.verdict) && "not-guarded", locked && blocks === "none" && "cannot.lock",
      seesInboundTime === "none" && blocks !== "dom" && "cannot.see", isOpen && now.verdict.warnings?.includes("not-owner") && "held.template",
      isOpen && isWithoutMarketing(now) && "marketing.none", now.arrived && "arrived"];
    const told = [...keys.map((key) => key && this.#m.t(key)), refusal, this.stopped, this.remarks].filter(Boolean).join(" ");
    put(this.#text, told);
    this.root.classList.toggle("good", GOOD.some((key) => told === this.#m.t(key)));
    this.#undelivered = refusal ? undeliveredOf(now) : undefined;
    put(this.#again, this.#undelivered && this.#m.t("again"));
    set(this.root, { hidden: this.#text.hidden });
  }

  /** A failure of which neither a form nor the banner tells: it came later, or the form was left. @param {Snapshot} now */
  refusal(now) {
    const { error, status } = now;
    if (!error || error.providerCode === undefined && !/^(send-|template-|not-c|outcome-)/.test(error.code)) return "";
    const { name } = undeliveredOf(now) ?? {};
    // That it was outside the window the banner tells, and what to do instead; once the customer has answered it is true no more.
    const isBanner = error.meaning === "outside-window" && (status.reason === "refused" || status.isOpen && error.templateId !== undefined);
    return [name && this.#m.t("undelivered.one", { name: isolate(readable(this.#m, name)) }), !isBanner && failureText(this.#m, error)].filter(Boolean).join(" ");
  }
}
