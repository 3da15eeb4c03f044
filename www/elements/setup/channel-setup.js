// @ts-check
/**
 * `<channel-setup>`: the form in which an administrator sets a WhatsApp channel up. This module registers nothing.
 *
 * Attributes: `locale` (BCP 47; without it the language around the form, or of the page, also where that changes), `theme` (`light`, `dark`, `auto`). A
 * change of language keeps what was typed, and ends a validation.
 * Properties: `locale`, `record` (read: without the Auth Token; write: with it or without), `others`, `shownUrl`, `workStreams`,
 * `save(record)` and `validate(record, { onStep, signal })`, functions of the host that get the record with the token;
 * a rejection of `save` may carry a `reason` for people. Read only: `findings`, `ready`.
 * Event: `channel-change`, after every check; its `detail` is `{ errors, warnings }`, the numbers of findings.
 * Methods: `check()` (complains of every field, true where there is no error), `submit()`, `startValidation()`.
 * Parts: `form field input findings repair copy number add-number remove-number add-template save validate export import status
 * validation steps step verdict`. Custom properties: those of `<reply-window>`.
 *
 * The Auth Token is in its own input and nowhere else: no attribute, no storage, no event, no export.
 *
 * @import { ChannelRecord, Finding, OtherChannel } from "../../../src/wire/types.d.ts"
 * @import { Host } from "./form.js"
 */
import { withoutSecrets } from "../../engine/channel.js";
import { channelMessages } from "../../i18n/channel/index.js";
import { PageLanguage, setLocale } from "../parts/page-language.js";
import { Form } from "./form.js";
import { styles } from "./styles.js";

/** On a server there is no HTMLElement; the class can be imported there, not used. */
const Base = globalThis.HTMLElement ?? /** @type {typeof HTMLElement} */ (class {});
const PROPERTIES = /** @type {const} */ (["locale", "record", "others", "shownUrl", "workStreams", "save", "validate"]);

export class ChannelSetupElement extends Base {
  static observedAttributes = ["locale"];

  /** @type {Form | undefined} */
  #form;
  /** What was set before there was a form. @type {ChannelRecord} */
  #early = {};
  #drawing = 0;
  /** @type {Finding[]} */
  #findings = [];
  /** @type {Host} */
  #host = {
    others: [], shownUrl: undefined, workStreams: [], save: undefined, validate: undefined,
    changed: (findings) => this.#changed(findings),
  };
  #language = new PageLanguage(this, () => void (this.ready = this.#draw()));
  /** Settles when the form is there. @type {Promise<void>} */
  ready = Promise.resolve();

  /** Registers the element; a second call, or a tag that is taken, changes nothing. @param {string} [tag] */
  static define(tag = "channel-setup") {
    if (!globalThis.customElements || customElements.get(tag)) return;
    customElements.define(tag, customElements.getName?.(this) ? class extends this {} : this);
  }

  get locale() { return this.getAttribute("locale") ?? ""; }
  set locale(locale) { setLocale(this, locale); }

  /** @returns {ChannelRecord} */
  get record() {
    const { authToken: _, ...record } = this.#form?.record ?? this.#early;
    return record;
  }
  set record(record) {
    if (this.#form) this.#form.record = record;
    else this.#early = record;
  }

  get others() { return this.#host.others; }
  set others(others) { this.#give("others", others); }

  /** The inbound URL that the platform shows; an empty field takes it over. */
  get shownUrl() { return this.#host.shownUrl; }
  set shownUrl(url) {
    this.#give("shownUrl", url);
    this.#takeUrl();
  }

  get workStreams() { return this.#host.workStreams; }
  set workStreams(workStreams) {
    this.#give("workStreams", workStreams);
    this.#form?.streams();
  }

  get save() { return this.#host.save; }
  set save(save) { this.#give("save", save); }
  get validate() { return this.#host.validate; }
  set validate(validate) { this.#give("validate", validate); }

  /** @returns {readonly Finding[]} without repairs of the token */
  get findings() { return this.#findings; }

  check() { return this.#form?.touch() ?? false; }
  submit() { return this.#form?.save(); }
  startValidation() { return this.#form?.validate(); }

  connectedCallback() {
    for (const name of PROPERTIES) this.#upgrade(name);
    this.#language.follow();
    if (this.#language.isAnother) this.ready = this.#draw();
  }

  disconnectedCallback() { this.#language.leave(); }

  attributeChangedCallback() {
    if (this.isConnected) this.ready = this.#draw();
  }

  /** Draws the form, or draws it anew in another language. */
  async #draw() {
    const own = (this.#drawing += 1);
    const m = await channelMessages(this.#language.now);
    if (own !== this.#drawing) return; // another language was asked for meanwhile
    const record = this.#form?.record ?? this.#early;
    // Its steps would be told to a form that nobody sees.
    this.#form?.stop();
    this.#early = {};
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open", delegatesFocus: true });
    root.adoptedStyleSheets = [styles()];
    this.#form = new Form(m, this.#host);
    this.#form.record = record;
    this.#takeUrl();
    root.replaceChildren(this.#form.root);
  }

  #takeUrl() {
    if (!this.#form || !this.#host.shownUrl || this.#form.fields.inboundUrl.value) return;
    this.#form.fields.inboundUrl.value = this.#host.shownUrl;
    this.#form.check();
  }

  /** @template {keyof Host} K @param {K} name @param {Host[K]} value */
  #give(name, value) {
    this.#host[name] = value;
    this.#form?.check();
  }

  /** @param {Finding[]} findings */
  #changed(findings) {
    this.#findings = withoutSecrets(findings, this.#form?.fields.authToken.value);
    const count = (/** @type {string} */ wanted) => findings.filter(({ severity }) => severity === wanted).length;
    this.dispatchEvent(new CustomEvent("channel-change", { detail: { errors: count("error"), warnings: count("warning") } }));
  }

  /** A property set before the upgrade hides the accessor of the class. @param {typeof PROPERTIES[number]} name */
  #upgrade(name) {
    const self = /** @type {Record<string, any>} */ (/** @type {unknown} */ (this));
    if (!Object.hasOwn(self, name)) return;
    const value = self[name];
    delete self[name];
    self[name] = value;
  }
}
