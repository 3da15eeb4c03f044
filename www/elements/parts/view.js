// @ts-check
/**
 * Everything inside the shadow root, and which of it is shown.
 *
 * @import { Capabilities } from "../../controller/adapter-port.js"
 * @import { Rescue, Snapshot } from "../../controller/types.js"
 * @import { SessionMessageCheck } from "../../../src/wire/types.d.ts"
 * @import { Scope } from "./scope.js"
 */
import { offersTemplate } from "../../engine/fallback-verdict.js";
import { announcer } from "./announcer.js";
import { isComposing } from "./composing.js";
import { KeptDraft, wantsWord } from "./draft.js";
import { attempt, h, put, set } from "./dom.js";
import { REPLY, button, icon } from "./icons.js";
import { failureText } from "./labels.js";
import { LazyPanel } from "./lazy-panel.js";
import { LostTexts } from "./lost-texts.js";
import { QueueWatch } from "./queue-watch.js";
import { Question } from "./question.js";
import { StatusBar } from "./status-bar.js";

/** Free text is locked by the verdict alone; the colour of the window does not decide. */
export const isLocked = (/** @type {Snapshot} */ { verdict }) => verdict.locksComposer;

/** A line that speaks. The same sentence twice is spoken twice. */
function speaker() {
  const root = h("div", { role: "status", class: "sr" });
  return {
    root,
    say: (/** @type {string} */ text) => (root.textContent = text === root.textContent ? `${text}\u00a0` : text),
    /** Takes a sentence back that is told elsewhere. */
    unsay: (/** @type {string} */ text) => root.textContent?.trim() === text && (root.textContent = ""),
  };
}

export class View {
  #host;
  #m;
  #announce;
  #windowLine = speaker();
  #panelLine = speaker();
  /** Whether list or form is to be shown. */
  #isOpen = false;
  #locked = false;
  /** The window opened again while the agent worked in the panel: nothing moves until they say so. */
  #held = false;
  /** Whether the panel stands where the composer was; until then it shows no more than it did before. */
  #isPlaced = true;
  #wasOpen = false;
  /** @type {Snapshot | undefined} */
  #snapshot;
  /** @type {"open" | "closed"} */
  #composer = "open";
  /** @type {Partial<Capabilities>} */
  #capabilities = {};
  #statusBar;
  #lazyPanel;
  #draft;
  /** The template that can carry the draft, and for what it was looked for. @type {{ key: unknown[], found?: Rescue }} */
  #rescue = { key: [] };
  /** Why a send was stopped, until the text is another. */
  #stopped = "";
  /** What is to be known of the message that was checked last. */
  #remarks = "";
  #question;
  #lost;
  #queueWatch;
  #back;
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
    this.#statusBar = new StatusBar(scope, () => (this.#isOpen ? this.#leave() : this.openTemplates()));
    this.#lazyPanel = new LazyPanel(scope, { onClose: () => this.#close(), onSent: () => this.#sent(), onChange: () => this.#paint() });
    // Whom the focus takes to the banner hears there that the window has closed, and why: once is enough.
    set(this.#statusBar.root, { focus: () => this.#windowLine.unsay(m.t("announce.closed")) });
    const prefetch = () => this.#lazyPanel.prefetch();
    set(this.#statusBar.button, { pointerenter: prefetch, focus: prefetch });
    this.#draft = new KeptDraft(scope, ({ template, variable, value }) => this.#open((panel) => panel.choose(template, { [variable]: value })), () => this.#host.emit("composer-focus", {}), () => host.controller().askDirectSend() && this.#question.focus());
    this.#question = new Question(scope, () => (this.#locked ? this.#statusBar.root.focus() : this.#host.emit("composer-focus", {})));
    this.#lost = new LostTexts(scope);
    this.#back = set(button("quiet", icon(REPLY, true), m.t("go-back"), () => this.#backToTyping()), { "aria-keyshortcuts": "Escape" });
    this.#back.append(h("kbd", { "aria-hidden": "true" }, "Esc"));
    this.#notice = h("div", { class: "notice", part: "notice", hidden: true }, h("strong", {}, m.t("reopened")), this.#back);
    this.#panel = h("div", { id: "panel", class: "panel" }, this.#notice, this.#draft.root, this.#lazyPanel.root);
    // Before the list and the form, for which the same key means less.
    this.#panel.addEventListener("keydown", (event) => this.#onKey(event), true);
    this.root = h("div", { class: "window", lang: m.tag }, this.#statusBar.root, this.#question.root, this.#limits, this.#lost.root, this.#panel, h("slot", { name: "footer" }), this.#windowLine.root, this.#panelLine.root);
    this.#queueWatch = new QueueWatch(scope, this.root);
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

  /** @param {boolean} isPlaced */
  set isPlaced(isPlaced) {
    if (this.#isPlaced === isPlaced) return;
    this.#isPlaced = isPlaced;
    const focused = this.#focused;
    this.#paint();
    this.#keepFocus(focused);
  }

  /** @param {Snapshot} now */
  update(now) {
    const before = this.#snapshot;
    const focused = this.#focused;
    this.#snapshot = now;
    if (before?.draft !== now.draft || before.conversation !== now.conversation) this.#stopped = "";
    this.#follow(now, before);
    this.#paint();
    this.#keepFocus(focused);
    // The focus that expiry took to the banner goes back to the composer.
    if (focused === this.#statusBar.root && before && isLocked(before) && this.#composer === "open") this.#host.emit("composer-focus", {});
    const announced = this.#announce(now, before);
    const sentence = this.#question.update(now) || this.#lost.update(now) || this.#sentence(now, before) || announced;
    if (sentence) this.#windowLine.say(sentence);
    this.#report(now, before);
    this.#queueWatch.update(now);
  }

  /** What is to be said besides the window's own changes. @param {Snapshot} now @param {Snapshot} [before] */
  #sentence(now, before) {
    if (before && now.queue !== before.queue && now.queue !== "offered") return now.queue && this.#m.t(`queue.${now.queue === "ready" ? "ask" : now.queue}`);
    if (before && now.arrived !== before.arrived && now.arrived) return this.#m.t("arrived");
    return before && now.error !== before.error ? this.#refusal(now) : "";
  }

  /** A failure of which no form tells: it came later, or the form was left. @param {Snapshot} now */
  #refusal(now) {
    const { error } = now;
    // That free text is refused the banner tells, and what to do instead.
    const isBanner = error?.meaning === "outside-window" && now.status.reason === "refused";
    const isTold = !error || isBanner || this.#isOpen && this.#lazyPanel.panel?.tells(error);
    return isTold || error.providerCode === undefined && !/^(send-|template-|not-c|outcome-)/.test(error.code) ? "" : failureText(this.#m, error);
  }

  focus() {
    if (this.#question.isShown) this.#question.focus();
    else if (this.#locked) this.#statusBar.root.focus();
    else if (!this.#isOpen) this.#statusBar.button.focus();
    else this.openTemplates();
  }

  openTemplates() {
    this.#open((panel) => panel.focus());
  }

  reset() {
    this.#lazyPanel.panel?.reset({ typed: true });
    this.#leave();
  }

  /** @param {string} reason a verdict's, or what is wrong with the text or a file */
  blocked(reason) {
    const why = this.#m.say(`is.${reason}`, reason.startsWith("engine-") ? this.#m.t("error.engine") : "");
    this.#stopped = why && this.#m.t("not-sent", { reason: why });
    this.#windowLine.say(this.#stopped || this.#m.t("blocked"));
    this.#paint();
  }

  /** @param {Pick<SessionMessageCheck, "notes">} check */
  checked({ notes }) {
    const before = this.#remarks;
    this.#remarks = [...new Set(notes.map(({ code, message }) => this.#m.say(`is.${code}`, message)))].join(" ");
    if (this.#remarks !== before && this.#remarks) this.#windowLine.say(this.#remarks);
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
    const { panel } = this.#lazyPanel;
    this.#locked = isLocked(now);
    if (before?.conversation.id !== now.conversation.id) {
      this.#isOpen = this.#locked;
      this.#wasOpen = this.#held = false;
      this.#remarks = "";
      panel?.reset();
    } else if (this.#locked && !was) {
      this.#held = false;
      this.#wasOpen = this.#isOpen;
      this.#isOpen = true;
    } else if (was && !this.#locked) {
      this.#held = panel?.isInHand || this.#panel.matches(":focus-within");
      this.#isOpen &&= this.#held;
    }
  }

  #paint() {
    const now = this.#snapshot;
    if (!now) return;
    const [locked, held] = [this.#locked, this.#held];
    const isWaiting = locked && !this.#isPlaced;
    const shown = (isWaiting ? this.#wasOpen : this.#isOpen) && offersTemplate(now.verdict);
    set(this.root, { "data-phase": now.status.kind });
    this.#statusBar.update(now, { locked, panel: shown });
    set(this.#notice, { hidden: !held });
    this.#draft.update(now, locked && !isWaiting || held || wantsWord(now.queue), locked ? this.#rescued(now) : undefined);
    set(this.#panel, { hidden: !shown && this.#draft.root.hidden });
    this.#lazyPanel.update(now, { shown, held, closable: !locked });
    put(this.#limits, this.#warnings(now));
    const composer = locked || held ? "closed" : "open";
    if (composer === this.#composer) return;
    this.#composer = composer;
    this.#host.emit("composer-change", { composer });
  }

  /** What this desktop cannot do for the agent. @param {Snapshot} now */
  #warnings(now) {
    const { error } = now;
    const { blocks, seesInboundTime } = this.#capabilities;
    return [error?.code.startsWith("engine-") && "error.engine", this.#locked && blocks === "none" && "cannot.lock", seesInboundTime === "none" && blocks !== "dom" && "cannot.see", this.#isOpen && now.verdict.warnings?.includes("not-owner") && "held.template", now.arrived && "arrived"]
      .flatMap((key) => (key ? [this.#m.t(key)] : [])).concat(this.#refusal(now), this.#stopped, this.#remarks).filter(Boolean).join(" ");
  }

  /** @param {Snapshot} now */
  #rescued({ draft, templates, conversation }) {
    const key = [draft, templates, conversation];
    if (key.some((part, index) => part !== this.#rescue.key[index])) {
      const found = draft.trim() ? attempt(() => this.#host.controller().templatesForDraft(), []).find(({ sentence }) => sentence) : undefined;
      this.#rescue = { key, found };
    }
    return this.#rescue.found;
  }

  /**
   * @param {Snapshot} now
   * @param {Snapshot | undefined} before
   */
  #report({ status, conversation, nowAtMs, preferences, queue, remainingMs = 0 }, before) {
    if (before && before.preferences !== preferences) this.#host.emit("preferences-change", preferences);
    if (before?.queue !== queue || before?.conversation !== conversation) this.#host.emit("queue-change", { queue, conversationId: conversation.id });
    const phase = status.kind;
    const previous = before?.conversation.id === conversation.id ? before.status.kind : undefined;
    if (before?.status.kind !== phase) this.#host.emit("phase-change", { phase, previous, atMs: nowAtMs });
    if (previous === "open" && phase === "closing") this.#host.emit("closing-soon", { remainingMs });
  }

  /** Shows the panel and does that in it, once it is there. @param {(panel: import("./panel.js").Panel) => void} act */
  #open(act) {
    this.#isOpen = true;
    this.#lazyPanel.ask(act);
    this.#paint();
  }

  /** Leaves the panel; while free text is locked that is the list. */
  #leave() {
    this.#held = false;
    this.#isOpen = this.#locked;
    this.#lazyPanel.panel?.showList();
    this.#paint();
  }

  #close() {
    this.#leave();
    this.#statusBar.button.focus();
  }

  get #focused() {
    return /** @type {Document | ShadowRoot} */ (this.root.getRootNode()).activeElement;
  }

  /**
   * The focus of what is not shown any more goes to what is; not to the composer, which may be another customer's by now.
   *
   * @param {Element | null} focused before the change
   */
  #keepFocus(focused) {
    if (!this.root.contains(focused) || focused?.getClientRects().length) return;
    const { activeElement, body } = this.root.ownerDocument;
    if (activeElement === body || activeElement?.shadowRoot?.contains(this.root)) (this.#held ? this.#back : this.#statusBar.root).focus();
  }

  /** Once the window is open again, one key leads back to typing from anywhere in the panel; values of the form are kept. @param {KeyboardEvent} event */
  #onKey(event) {
    if (!this.#held || event.key !== "Escape" || isComposing(event)) return;
    event.preventDefault();
    event.stopPropagation();
    this.#backToTyping();
  }

  #backToTyping() {
    this.#close();
    this.#host.emit("composer-focus", {});
  }

  #sent() {
    const inside = this.#panel.matches(":focus-within");
    this.#leave();
    this.#lazyPanel.panel?.reset();
    if (!inside) return;
    if (this.#locked) this.#lazyPanel.panel?.focus();
    else this.#backToTyping();
  }
}
