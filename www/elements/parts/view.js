// @ts-check
/**
 * Everything inside the shadow root, and which of it is shown.
 *
 * @import { Capabilities, Controller, Receipt, Rescue, Snapshot, Trouble } from "../../controller/port.js"
 * @import { Template } from "../../../src/wire/types.d.ts"
 * @import { Messages } from "../../i18n/index.js"
 * @import { Details } from "../events.js"
 */
import { messageOf } from "../../controller/message.js";
import { announcer } from "./announcer.js";
import { Chooser } from "./chooser.js";
import { KeptDraft } from "./draft.js";
import { attempt, h, put, set } from "./dom.js";
import { Form } from "./form.js";
import { button } from "./icons.js";
import { errorKey } from "../../i18n/index.js";
import { Strip } from "./strip.js";

/** @typedef {<T extends keyof Details>(type: T, detail: Details[T]) => boolean} Emit */
/** @typedef {{ m: Messages, controller(): Controller, say(text: string): void, emit: Emit, respond(receipt: Promise<Receipt>): void }} Scope */

/** Free text is locked by the verdict alone; the colour of the window does not decide. */
export const isLocked = (/** @type {Snapshot} */ { verdict }) => verdict.kind === "template-only" || verdict.kind === "blocked";

/** A line that speaks. The same sentence twice is spoken twice. */
function speaker() {
  const root = h("div", { role: "status", class: "sr" });
  return { root, say: (/** @type {string} */ text) => (root.textContent = text === root.textContent ? `${text}\u00a0` : text) };
}

export class View {
  #host;
  #m;
  #announce;
  #windowLine = speaker();
  #panelLine = speaker();
  /** @type {"none" | "list" | "form"} */
  #mode = "none";
  #locked = false;
  /** The window opened again while the agent worked in the panel: nothing moves until they say so. */
  #held = false;
  /** @type {Snapshot | undefined} */
  #snapshot;
  /** @type {"open" | "closed"} */
  #composer = "open";
  /** @type {Partial<Capabilities>} */
  #capabilities = {};
  #strip;
  #chooser;
  #form;
  #draft;
  /** The template that can carry the draft, and for what it was looked for. @type {{ key: unknown[], found?: Rescue }} */
  #rescue = { key: [] };
  /** Why a send was stopped, until the text is another. */
  #stopped = "";
  #notice;
  #limits = h("p", { class: "limits", hidden: true });
  #panel;

  /** @param {Omit<Scope, "say">} host */
  constructor(host) {
    const { m } = host;
    const scope = { ...host, say: this.#panelLine.say };
    this.#host = host;
    this.#m = m;
    this.#announce = announcer(m);
    this.#strip = new Strip(scope, () => (this.#mode === "none" ? this.openTemplates() : this.#leave()));
    this.#chooser = new Chooser(scope, { onChoose: ({ template }) => this.#choose(template), onClose: () => this.#close(), onRetry: () => void host.controller().reloadTemplates() });
    this.#form = new Form(scope, { onBack: () => this.#backToList(), onSend: (...sending) => this.#send(...sending) });
    this.#draft = new KeptDraft(scope, ({ template, variable, value }) => this.#choose(template, { [variable]: value }));
    this.#notice = h("div", { class: "notice", part: "notice", hidden: true }, h("strong", {}, m.t("reopened")),
      button("quiet", "reply", m.t("go-back"), () => this.#backToTyping()));
    this.#panel = h("div", { id: "panel", class: "panel" }, this.#notice, this.#draft.root, this.#chooser.root, this.#form.root);
    this.root = h("div", { class: "window", lang: m.tag }, this.#strip.root, this.#limits, this.#panel, h("slot", { name: "footer" }), this.#windowLine.root, this.#panelLine.root);
  }

  /** Whether the desktop's composer should be there. */
  get composer() {
    return this.#composer;
  }

  /** @param {Partial<Capabilities>} capabilities */
  set capabilities(capabilities) {
    this.#capabilities = capabilities;
    this.#paint();
  }

  /** @param {Snapshot} now */
  update(now) {
    const before = this.#snapshot;
    const onBanner = this.#strip.root.matches(":focus");
    this.#snapshot = now;
    if (before?.draft !== now.draft || before.conversation !== now.conversation) this.#stopped = "";
    this.#follow(now, before);
    this.#paint();
    // The focus that expiry took to the banner goes back to the composer.
    if (onBanner && before && isLocked(before) && this.#composer === "open") this.#host.emit("composer-focus", {});
    const changed = (/** @type {keyof Snapshot} */ name) => before?.[name] !== now[name];
    if (this.#mode === "form" && (changed("draft") || changed("conversation") || changed("preferences"))) this.#form.update(now);
    const announced = this.#announce(now, before);
    const sentence = this.#sentence(now, before) || announced;
    if (sentence) this.#windowLine.say(sentence);
    this.#report(now, before);
  }

  /** What is to be said besides the window's own changes. @param {Snapshot} now @param {Snapshot} [before] */
  #sentence(now, before) {
    if (before && now.queue !== before.queue && now.queue !== "offered") return now.queue && this.#m.t(`queue.${now.queue}`);
    return before && now.error !== before.error ? this.#refusal(now) : "";
  }

  /** A refusal that came after the form was left. @param {Snapshot} now */
  #refusal({ error }) {
    return error?.providerCode !== undefined && this.#mode !== "form" ? this.#m.t(errorKey(error.providerCode)) : "";
  }

  focus() {
    if (this.#locked) this.#strip.root.focus();
    else if (this.#mode === "none") this.#strip.button.focus();
    else this.openTemplates();
  }

  openTemplates() {
    if (this.#mode === "form") return this.#form.focus();
    this.#show("list");
    this.#chooser.input.focus();
  }

  reset() {
    this.#form.done();
    this.#chooser.reset();
    this.#leave();
  }

  /** @param {string} reason a verdict's, or what is wrong with the text or a file */
  blocked(reason) {
    const why = this.#m.say(`is.${reason}`, "");
    this.#stopped = why && this.#m.t("not-sent", { reason: why });
    this.#windowLine.say(this.#stopped || this.#m.t("blocked"));
    this.#paint();
  }

  /**
   * What is shown follows the lock, but never under the agent's hands.
   *
   * @param {Snapshot} now
   * @param {Snapshot | undefined} before
   */
  #follow(now, before) {
    const was = this.#locked;
    this.#locked = isLocked(now);
    if (before?.conversation.id !== now.conversation.id) {
      this.#mode = this.#locked ? "list" : "none";
      this.#held = false;
      this.#chooser.reset();
    } else if (this.#locked && !was) {
      this.#held = false;
      if (this.#mode === "none") this.#mode = "list";
    } else if (was && !this.#locked) {
      this.#held = this.#mode === "form" || this.#panel.matches(":focus-within") || this.#chooser.input.value !== "";
      if (!this.#held) this.#mode = "none";
    }
  }

  #paint() {
    const now = this.#snapshot;
    if (!now) return;
    const [locked, held, mode] = [this.#locked, this.#held, this.#mode];
    const shown = mode !== "none" && now.verdict.kind !== "blocked";
    set(this.root, { "data-phase": now.status.kind });
    this.#strip.update(now, { locked, panel: shown });
    this.#draft.update(now, locked || held || now.queue === "due", locked ? this.#rescued(now) : undefined);
    set(this.#panel, { hidden: !shown && this.#draft.root.hidden });
    set(this.#notice, { hidden: !held });
    set(this.#chooser.root, { hidden: !shown || mode !== "list" });
    set(this.#form.root, { hidden: !shown || mode !== "form" });
    // What the agent is choosing from stays as it is until they are done.
    if (shown && !held) this.#chooser.update(now, !locked);
    put(this.#limits, this.#warnings(now));
    const composer = locked || held ? "closed" : "open";
    if (composer === this.#composer) return;
    this.#composer = composer;
    this.#host.emit("composer-change", { composer });
  }

  /** What this desktop cannot do for the agent. @param {Snapshot} now */
  #warnings(now) {
    const { error } = now;
    const { blocksSend, seesInbound } = this.#capabilities;
    return [error?.code.startsWith("engine-") && "error.engine", this.#locked && blocksSend === false && "cannot.lock", seesInbound === false && "cannot.see"]
      .flatMap((key) => (key ? [this.#m.t(key)] : [])).concat(this.#refusal(now), this.#stopped).filter(Boolean).join(" ");
  }

  /** @param {Snapshot} now */
  #rescued({ draft, templates, conversation }) {
    const key = [draft, templates, conversation];
    if (key.some((part, index) => part !== this.#rescue.key[index])) {
      const [found] = draft.trim() ? attempt(() => this.#host.controller().rescue(), []) : [];
      this.#rescue = { key, found };
    }
    return this.#rescue.found;
  }

  /**
   * @param {Snapshot} now
   * @param {Snapshot | undefined} before
   */
  #report({ status, conversation, nowAtMs, preferences, remainingMs = 0 }, before) {
    if (before && before.preferences !== preferences) this.#host.emit("preferences-change", preferences);
    const phase = status.kind;
    const previous = before?.conversation.id === conversation.id ? before.status.kind : undefined;
    if (before?.status.kind !== phase) this.#host.emit("phase-change", { phase, previous, atMs: nowAtMs });
    if (previous === "open" && phase === "closing") this.#host.emit("closing-soon", { remainingMs });
  }

  #show(/** @type {"none" | "list" | "form"} */ mode) {
    this.#mode = mode;
    this.#paint();
  }

  /** Leaves the panel; while free text is locked that is the list. */
  #leave() {
    this.#held = false;
    this.#show(this.#locked ? "list" : "none");
  }

  #close() {
    this.#leave();
    this.#strip.button.focus();
  }

  #backToTyping() {
    this.#close();
    this.#host.emit("composer-focus", {});
  }

  #backToList() {
    this.#show("list");
    this.#chooser.input.focus();
  }

  /**
   * @param {Template} template
   * @param {Record<string, string>} [values]
   */
  #choose(template, values) {
    if (!this.#snapshot) return;
    this.#show("form");
    this.#form.open(template, this.#snapshot, values);
    this.#host.emit("template-select", { template });
  }

  /**
   * @param {Template} template
   * @param {Record<string, string>} values
   * @param {import("./form.js").Ready} filled
   */
  #send(template, values, filled) {
    const conversationId = this.#snapshot?.conversation.id ?? "";
    const message = messageOf(conversationId, template, filled);
    if (this.#host.emit("template-send", { message, respondWith: this.#host.respond })) void this.#deliver(template, values, conversationId);
  }

  /**
   * @param {Template} template
   * @param {Record<string, string>} values
   * @param {string} id of the conversation; the agent may have gone to another one when the answer comes
   */
  async #deliver(template, values, id) {
    const here = () => this.#snapshot?.conversation.id === id;
    this.#form.busy(true);
    this.#form.fail();
    try {
      const receipt = await this.#host.controller().sendTemplate(template, values);
      if (here()) this.#sent();
      this.#host.emit("template-sent", { template, receipt });
    } catch (thrown) {
      const { code = "unknown", message = "", providerCode } = /** @type {Partial<Trouble>} */ (thrown ?? {});
      const error = this.#host.controller().snapshot.error ?? { code, message, providerCode };
      if (here()) {
        this.#form.busy(false);
        this.#form.fail(error);
      }
      this.#host.emit("template-error", { template, error });
    }
  }

  #sent() {
    const inside = this.#panel.matches(":focus-within");
    this.#form.done();
    this.#panelLine.say(this.#m.t("sent"));
    this.#leave();
    this.#chooser.reset();
    if (!inside) return;
    if (this.#locked) this.#chooser.input.focus();
    else this.#backToTyping();
  }
}
