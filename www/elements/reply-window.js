// @ts-check
/**
 * `<reply-window>`: the state of a WhatsApp reply window, and the way on when it is closed. This module registers nothing.
 *
 * Attributes: `locale` (BCP 47; without it the language around the element, or of the page, also where that changes), `dir`, `theme` (`light`, `dark`, `auto`), `numbering-system`, `time-zone` (IANA), `compact`,
 * `fitted` (never higher than the room that `--rw-room` names: list and preview take what is left);
 * without a controller also `conversation-id`, `business`, `customer`, `last-inbound-at` (ISO 8601); without the first three nothing is shown
 * until there is a controller. Reflected: `phase`, which is `snapshot.status.kind`.
 * Properties: `locale`, `controller`, `templates`, `capabilities`, `strings`, `isPlaced`; read only: `composer`.
 * Words other than English are fetched (see `i18n/messages.js`); until they are there the element is empty. The lock does not wait for them.
 * What is said of a provider's refusal is fetched with the first one, or with chooser and form; it is told once that is there.
 * Chooser and form are fetched when a window is closing, unknown or closed; `ReplyWindowElement.preload()` fetches them earlier.
 * Events: see `events.js`. Methods: `focus()`, `openTemplates()`, `reset()`, `blocked()`, `checked()`.
 * Slots: `icon`, `actions`, `empty`, `footer`.
 * States: `open`, `closing`, `closed`, `unknown`, `busy`, `error`.
 * Parts: `banner strip badge label timer reason evidence draft notice question lost chooser search list option option-name option-meta variables
 * variable variable-error preview preview-value send cancel status`.
 * Custom properties: see `parts/styles.js`. A change of `locale` or of the language around it, `dir`, `numbering-system`, `time-zone` or `strings` draws everything anew.
 *
 * @import { Capabilities } from "../controller/adapter-port.js"
 * @import { Controller, Receipt, Snapshot } from "../controller/types.js"
 * @import { Template } from "../../src/wire/types.d.ts"
 */
import { deskMessages, loadSentences } from "../i18n/desk.js";
import { loadWords } from "../i18n/messages.js";
import { ReplyWindowEvent } from "./events.js";
import { set } from "./parts/dom.js";
import { asides, panel } from "./parts/fetch-panel.js";
import { Kept } from "./parts/kept.js";
import { PageLanguage, languageAround, setLocale } from "./parts/page-language.js";
import { styles } from "./parts/styles.js";
import { View, isLocked } from "./parts/view.js";
import { ownController, tellIfNothingComes } from "./attribute-controller.js";

/** On a server there is no HTMLElement; the class can be imported there, not used. */
const Base = globalThis.HTMLElement ?? /** @type {typeof HTMLElement} */ (class {});
const PROPERTIES = /** @type {const} */ (["locale", "controller", "templates", "capabilities", "strings"]);
const STATES = /** @type {const} */ (["open", "closing", "closed", "unknown", "busy", "error"]);
const RENDERED = ["locale", "dir", "numbering-system", "time-zone"];
const OWN = ["conversation-id", "business", "customer", "last-inbound-at"];

export class ReplyWindowElement extends Base {
  static observedAttributes = [...RENDERED, ...OWN];

  /** @type {Controller | undefined} given by the host */
  #given;
  /** @type {Controller | undefined} made from attributes */
  #own;
  /** For what of the view arrives after the element was taken out. @type {Controller | undefined} */
  #last;
  /** @type {Template[]} */
  #templates = [];
  /** @type {Partial<Capabilities>} */
  #capabilities = {};
  /** @type {import("../i18n/messages.js").Catalogue | undefined} */
  #strings;
  /** @type {View | undefined} */
  #view;
  /** @type {(() => void) | undefined} */
  #unsubscribe;
  /** @type {Promise<Receipt> | undefined} */
  #response;
  /** Of what there are no words, because they could not be fetched. @type {Snapshot["error"]} */
  #wordless;
  #stale = false;
  #isPlaced = true;
  /** What makes its sheets, in whatever document it stands. @type {Set<import("./parts/shared-styles.js").SheetMaker>} */
  #makers = new Set();
  #kept = new Kept();
  #language = new PageLanguage(this, () => this.#refresh());
  #internals = this.attachInternals?.();

  /**
   * Registers the element; a second call, or a tag that is taken, changes nothing.
   *
   * @param {string} [tag]
   */
  static define(tag = "reply-window") {
    if (!globalThis.customElements || customElements.get(tag)) return;
    customElements.define(tag, customElements.getName?.(this) ? class extends this {} : this);
  }

  /**
   * Fetches chooser, form, asides and what is said of refusals ahead of need, for pages that may lose their connection.
   *
   * @returns {Promise<void>} rejects where they cannot be fetched
   */
  static async preload() {
    await Promise.all([panel.fetch(), asides.fetch(), loadSentences(document.documentElement.lang || navigator.language)]);
  }

  get locale() { return this.getAttribute("locale") ?? ""; }
  set locale(locale) { setLocale(this, locale); }

  /** @returns {Controller | undefined} */
  get controller() { return this.#given ?? this.#own; }
  set controller(controller) {
    this.#given = controller;
    this.#attach();
  }

  get templates() { return this.#templates; }
  /** For use without a controller. */
  set templates(templates) {
    this.#templates = templates;
    if (!this.#given) this.#refresh();
  }

  get capabilities() { return this.#capabilities; }
  /** What the adapter of the desktop can do; where it cannot lock the composer, the agent is told. */
  set capabilities(capabilities) {
    this.#capabilities = capabilities;
    if (this.#view) this.#view.capabilities = capabilities;
  }

  get isPlaced() { return this.#isPlaced; }
  /** Whether the panel has taken the composer's place, where it is to; while the agent still writes there, the banner is shown alone. */
  set isPlaced(isPlaced) {
    this.#isPlaced = isPlaced;
    if (this.#view) this.#view.isPlaced = isPlaced;
  }

  get strings() { return this.#strings; }
  /** Messages that replace the built-in ones, by key. */
  set strings(strings) {
    this.#strings = strings;
    this.#refresh();
  }

  /** Whether the desktop's composer should be shown now. @returns {"open" | "closed"} */
  get composer() {
    if (this.#view) return this.#view.composer;
    return this.controller && isLocked(this.controller.snapshot) ? "closed" : "open";
  }

  connectedCallback() {
    for (const name of PROPERTIES) this.#upgrade(name);
    this.#language.follow();
    // Never in a wrong language first: the view waits for its words.
    if (this.#view ? !this.#view.listens || this.#language.isAnother : this.#words()) return this.#refresh();
    if (!this.#view) this.#build();
    this.#attach();
  }

  /** In another document, such as that of a frame, the sheets of the one before do not count. */
  adoptedCallback() { this.#dress(); }

  disconnectedCallback() {
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#language.leave();
      this.#detach();
    });
  }

  /**
   * @param {string} name
   * @param {string | null} before
   * @param {string | null} now
   */
  attributeChangedCallback(name, before, now) {
    if (before !== now && (RENDERED.includes(name) || !this.#given)) this.#refresh();
  }

  /** The banner where free text is locked, else the search field or the button that opens it. */
  focus() { this.#once((view) => view.focus()); }

  openTemplates() { this.#once((view) => view.openTemplates()); }

  /** Whether values that were typed into a form, and not sent, would go with the page. */
  get wouldLose() { return this.#kept.values.size > 0; }

  /** Back to how it was before the agent opened or typed anything. */
  reset() { this.#view?.reset(); }

  /**
   * Tells the agent and the host that a send was stopped.
   *
   * @param {{ reason: string, text: string }} detail
   */
  blocked(detail) {
    this.#once((view) => view.blocked(detail.reason));
    this.dispatchEvent(new ReplyWindowEvent("send-blocked", detail));
  }

  /**
   * Shows what is to be known of a message that was checked and may go out: a caption that WhatsApp does not show, say.
   *
   * @param {ReturnType<Controller["check"]>} check
   */
  checked(check) {
    this.#once((view) => view.checked(check));
  }

  /** A property set before the upgrade hides the accessor of the class. */
  #upgrade(/** @type {typeof PROPERTIES[number]} */ name) {
    const self = /** @type {Record<string, any>} */ (/** @type {unknown} */ (this));
    if (!Object.hasOwn(self, name)) return;
    const value = self[name];
    delete self[name];
    self[name] = value;
  }

  /** Where the words are still on their way, as soon as they are there; without a controller there is nothing to do it with. @param {(view: View) => void} act */
  #once(act) {
    const now = () => this.#view && this.controller && act(this.#view);
    if (this.#view) now();
    else void this.#words()?.then(() => queueMicrotask(now));
  }

  /** What the locale still needs before anything can be said in it. */
  #words() { return loadWords(languageAround(this)); }

  /** What is still needed to say why the provider refused it. @param {Snapshot["error"]} error @returns {Promise<void> | undefined} resolves in either case */
  #sentences(error) {
    if (!error?.sentence || error === this.#wordless) return undefined;
    return loadSentences(languageAround(this))?.catch(() => void (this.#wordless = error));
  }

  #dress() {
    if (this.shadowRoot) this.shadowRoot.adoptedStyleSheets = [...this.#makers].map((maker) => maker(this.ownerDocument));
  }

  #build() {
    const shadow = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    this.#makers = new Set([styles]);
    this.#dress();
    const attribute = (/** @type {string} */ name) => this.getAttribute(name) ?? undefined;
    const m = deskMessages(this.#language.now, { numberingSystem: attribute("numbering-system"), timeZone: attribute("time-zone"), strings: this.#strings });
    this.#view = new View({
      m,
      controller: () => /** @type {Controller} */ (this.controller ?? this.#last),
      emit: (type, detail) => this.dispatchEvent(new ReplyWindowEvent(type, detail)),
      respond: (receipt) => void (this.#response = receipt),
      adopt: (maker) => (this.#makers.add(maker), this.#dress()),
      kept: this.#kept,
    });
    this.#view.root.dir = attribute("dir") || m.dir;
    this.#view.capabilities = this.#capabilities;
    this.#view.isPlaced = this.#isPlaced;
    shadow.replaceChildren(this.#view.root);
  }

  /** Builds anew, once, after all attributes of a task have changed and the words for them are there. */
  async #refresh() {
    if (this.#stale || !this.isConnected && !this.#view) return;
    this.#stale = true;
    do await this.#words();
    while (this.#words());
    // With a form in hand, so that it stays there: what it says of refusals comes first.
    if (panel.here) await loadSentences(languageAround(this))?.catch(() => {});
    this.#stale = false;
    const focused = /** @type {Partial<HTMLTextAreaElement> | null | undefined} */ (this.shadowRoot?.activeElement);
    this.#detach();
    this.#view = undefined;
    if (this.isConnected) this.connectedCallback();
    // What was being typed in is another element now.
    const again = /** @type {HTMLTextAreaElement | null | undefined} */ (focused?.id ? this.shadowRoot?.getElementById(focused.id) : undefined);
    again?.focus();
    again?.setSelectionRange?.(focused?.selectionStart ?? 0, focused?.selectionEnd ?? 0);
  }

  /** @returns {void} */
  #attach() {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    if (!this.isConnected || !this.#view) return;
    if (!this.#given) this.#own ??= ownController(this, () => this.#response, (snapshot) => this.controller || this.#update(this.#last = /** @type {Controller} */ ({ snapshot })));
    const controller = this.controller;
    this.#view.root.hidden = true;
    if (!controller) return this.#leaveBlank();
    this.#last = controller;
    this.#unsubscribe = controller.subscribe(() => this.#update(controller));
    this.#update(controller);
  }

  #leaveBlank() {
    this.removeAttribute("phase");
    this.#internals?.states?.clear();
    tellIfNothingComes(this);
  }

  #detach() {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#own?.destroy?.();
    this.#own = undefined;
  }

  #update(/** @type {Pick<Controller, "snapshot">} */ { snapshot }) {
    if (!this.#view) return;
    this.#view.root.hidden = false;
    set(this, { phase: snapshot.status.kind });
    this.#mark(snapshot);
    const sentences = this.#sentences(snapshot.error);
    void sentences?.then(() => this.#last && this.#update(this.#last));
    this.#view.update(sentences ? { ...snapshot, error: undefined } : snapshot);
  }

  /** @param {Snapshot} snapshot */
  #mark({ status, sending, error }) {
    const now = [status.kind, sending && "busy", error && "error"];
    for (const state of STATES) this.#internals?.states?.[now.includes(state) ? "add" : "delete"](state);
  }
}
