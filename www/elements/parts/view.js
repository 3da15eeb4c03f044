// @ts-check
/**
 * Everything inside the shadow root, and which of it is shown.
 *
 * @import { Capabilities } from "../../controller/adapter-port.js"
 * @import { Snapshot } from "../../controller/types.js"
 * @import { SessionMessageCheck } from "../../../src/wire/types.d.ts"
 * @import { Scope } from "./scope.js"
 */
import { offersTemplate } from "../../engine/fallback-verdict.js";
import { announcer } from "./announcer.js";
import { isComposing } from "./composing.js";
import { h, set } from "./dom.js";
import { REPLY, button, icon } from "./icons.js";
import { wantsWord } from "./labels.js";
import { LazyAsides } from "./lazy-asides.js";
import { LazyDraft } from "./lazy-draft.js";
import { LazyPanel } from "./lazy-panel.js";
import { Limits } from "./limits.js";
import { Question } from "./question.js";
import { speaker } from "./speaker.js";
import { StatusBar } from "./status-bar.js";

/** Free text is locked by the verdict alone; the colour of the window does not decide. */
export const isLocked = (/** @type {Snapshot} */ { verdict }) => verdict.locksComposer;

/** Heard by the view alone. */
const PROBE = "rw-probe";

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
  #isHeard = false;
  #wasOpen = false;
  /** @type {Snapshot | undefined} */
  #snapshot;
  /** @type {"open" | "closed"} */
  #composer = "open";
  #statusBar;
  #lazyPanel;
  #draft;
  #question;
  #asides;
  #back;
  #notice;
  #limits;
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
    this.#draft = new LazyDraft(scope, {
      choose: ({ template, variable, value }) => this.#open((panel) => panel.choose(template, { [variable]: value })),
      edit: () => (this.#held ? this.#backToTyping() : this.#host.emit("composer-focus", {})), directSend: () => host.controller().askDirectSend() && this.#question.focus(),
    });
    this.#question = new Question(scope, () => (this.#locked ? this.#statusBar.root.focus() : this.#host.emit("composer-focus", {})));
    this.#asides = new LazyAsides(scope, () => this.root);
    this.#limits = new Limits(scope, (template) => this.#open((panel) => panel.choose(template)));
    this.#back = set(button("quiet", icon(REPLY, true), m.t("go-back"), () => this.#backToTyping()), { "aria-keyshortcuts": "Escape" });
    this.#back.append(h("kbd", { "aria-hidden": "true" }, "Esc"));
    this.#notice = h("div", { class: "notice", part: "notice", hidden: true }, this.#back);
    this.#statusBar.button.before(this.#notice);
    this.#panel = h("div", { id: "panel", class: "panel" }, this.#draft.root, this.#lazyPanel.root);
    // Before the list and the form, for which the same key means less.
    this.#panel.addEventListener("keydown", (event) => this.#onKey(event), true);
    this.#panel.addEventListener(PROBE, () => (this.#isHeard = true));
    this.root = h("div", { class: "window", lang: m.tag }, this.#statusBar.root, this.#question.root, this.#limits.root, this.#asides.root, this.#panel, h("slot", { name: "footer" }), this.#windowLine.root, this.#panelLine.root);
  }

  /** Whether what stands in it still listens: `document.open()` takes away all that listens in a document. */
  get listens() {
    this.#isHeard = false;
    this.#panel.dispatchEvent(new Event(PROBE));
    return this.#isHeard;
  }

  /** Whether the desktop's composer should be there. */
  get composer() {
    return this.#composer;
  }

  /** @param {Partial<Capabilities>} capabilities */
  set capabilities(capabilities) {
    this.#limits.capabilities = capabilities;
    this.#paint();
  }

  /** @param {boolean} isPlaced */
  set isPlaced(isPlaced) {
    if (this.#isPlaced === isPlaced) return;
    this.#isPlaced = isPlaced;
    // The panel tells that itself.
    if (isPlaced && this.#locked) this.#limits.stopped = "";
    const focused = this.#focused;
    this.#paint();
    this.#keepFocus(focused);
  }

  /** @param {Snapshot} now */
  update(now) {
    const before = this.#snapshot;
    const focused = this.#focused;
    const waits = this.#lazyPanel.panel?.waits(focused);
    this.#snapshot = now;
    if (before?.draft !== now.draft || before.conversation !== now.conversation || before.verdict.reason !== now.verdict.reason || before.error !== now.error) this.#limits.stopped = "";
    this.#follow(now, before, waits);
    this.#paint();
    this.#keepFocus(focused);
    // The focus that expiry took to the banner, or a sent template to the search, goes back to the composer.
    if ((waits || focused === this.#statusBar.root) && before && isLocked(before) && this.#composer === "open") this.#host.emit("composer-focus", {});
    const announced = this.#announce(now, before);
    const sentence = this.#question.update(now) || this.#asides.update(now) || this.#sentence(now, before) || announced;
    if (sentence) this.#windowLine.say(sentence);
    this.#report(now, before);
  }

  /** What is to be said besides the window's own changes. @param {Snapshot} now @param {Snapshot} [before] */
  #sentence(now, before) {
    if (before && now.queue !== before.queue && now.queue !== "offered") return now.queue && this.#m.t(`queue.${now.queue === "ready" ? "ask" : now.queue}`);
    if (before && now.arrived !== before.arrived && now.arrived) return this.#m.t("arrived");
    return before && now.error !== before.error ? this.#refusal(now) : "";
  }

  /** @param {Snapshot} now */
  #refusal(now) {
    const isTold = now.error && this.#isOpen && this.#lazyPanel.panel?.tells(now.error);
    return isTold ? "" : this.#limits.refusal(now);
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
    this.#limits.stopped = why && this.#m.t("not-sent", { reason: why });
    if (!why) this.#limits.stopped = `${this.#m.t("blocked")} ${this.#m.say(`verdict.${reason}`, "")}`.trim();
    this.#windowLine.say(this.#limits.stopped);
    this.#paint();
  }

  /** @param {Pick<SessionMessageCheck, "notes">} check */
  checked({ notes }) {
    const before = this.#limits.remarks;
    this.#limits.remarks = [...new Set(notes.map(({ code, message }) => this.#m.say(`is.${code}`, message)))].join(" ");
    if (this.#limits.remarks !== before && this.#limits.remarks) this.#windowLine.say(this.#limits.remarks);
    this.#paint();
  }

  /**
   * What is shown follows the lock, but never under the agent's hands.
   *
   * @param {Snapshot} now
   * @param {Snapshot | undefined} before
   * @param {boolean} [waits] whether the focus is in the panel, and nothing begun there
   */
  #follow(now, before, waits) {
    const was = this.#locked;
    const { panel } = this.#lazyPanel;
    this.#locked = isLocked(now);
    if (before?.conversation.id !== now.conversation.id) {
      const { isOpen = false, held = false } = this.#host.kept.of(now.conversation.id);
      this.#isOpen = this.#locked || isOpen;
      this.#held = !this.#locked && held;
      this.#wasOpen = false;
      this.#limits.remarks = "";
    } else if (this.#locked && !was) {
      this.#held = false;
      this.#wasOpen = this.#isOpen;
      this.#isOpen = true;
    } else if (was && !this.#locked) {
      this.#held = panel?.isInHand || !waits && this.#panel.matches(":focus-within");
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
    this.#statusBar.update(now, { locked, held, panel: shown });
    set(this.#notice, { hidden: !held });
    this.#draft.update(now, locked && !isWaiting || held || wantsWord(now.queue), locked);
    if (!this.#draft.root.hidden) this.#lazyPanel.prefetch();
    set(this.#panel, { hidden: !shown && this.#draft.root.hidden });
    this.#lazyPanel.update(now, { shown, held, closable: !locked });
    const isOpen = this.#isOpen && (!locked || this.#lazyPanel.panel?.isInHand);
    Object.assign(this.#host.kept.of(now.conversation.id), { isOpen, held });
    this.#limits.update(now, { locked, isOpen: this.#isOpen, refusal: this.#refusal(now) });
    const composer = locked || held ? "closed" : "open";
    if (composer === this.#composer) return;
    this.#composer = composer;
    this.#host.emit("composer-change", { composer });
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
    this.#limits.stopped = this.#m.t("sent");
    this.#leave();
    this.#lazyPanel.panel?.reset();
    if (!inside) return;
    if (this.#locked) this.#lazyPanel.panel?.focus();
    else this.#backToTyping();
  }
}
