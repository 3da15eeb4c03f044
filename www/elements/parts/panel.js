// @ts-check
/**
 * The way on when the window is closed: the list of templates, and the form of the one that was chosen. Fetched when it is
 * needed (`fetch-panel.js`).
 *
 * @import { Receipt, Snapshot, Trouble } from "../../controller/port.js"
 * @import { Template } from "../../../src/wire/types.d.ts"
 * @import { Scope } from "./view.js"
 * @import { Ready } from "./form.js"
 */
import { messageOf } from "../../controller/message.js";
import { Chooser } from "./chooser.js";
import { h, set } from "./dom.js";
import { Form } from "./form.js";
import { panelStyles } from "./panel-styles.js";

/** `onSent`: whether the focus was inside. @typedef {{ onClose(): void, onSent(): void }} Actions */

export class Panel {
  static styles = panelStyles;

  #scope;
  #onSent;
  #chooser;
  #form;
  #isForm = false;
  /** @type {Snapshot | undefined} */
  #snapshot;

  /**
   * @param {Scope} scope
   * @param {Actions} actions
   */
  constructor(scope, { onClose, onSent }) {
    this.#scope = scope;
    this.#onSent = onSent;
    this.#chooser = new Chooser(scope, { onChoose: ({ template }) => this.choose(template), onClose, onRetry: () => void scope.controller().reloadTemplates() });
    this.#form = new Form(scope, { onBack: () => (this.showList(), this.focus()), onSend: (...sending) => this.#send(...sending) });
    this.root = h("div", {}, this.#chooser.root, this.#form.root);
  }

  get isForm() { return this.#isForm; }

  /** Whether the agent has begun something here. */
  get isInHand() { return this.#isForm || this.#chooser.input.value !== ""; }

  /**
   * @param {Snapshot} now
   * @param {{ closable: boolean, held: boolean }} view what the agent is choosing from stays as it is until they are done
   */
  update(now, { closable, held }) {
    const before = this.#snapshot;
    this.#snapshot = now;
    set(this.#chooser.root, { hidden: this.#isForm });
    set(this.#form.root, { hidden: !this.#isForm });
    if (!held) this.#chooser.update(now, closable);
    const changed = (/** @type {keyof Snapshot} */ name) => before?.[name] !== now[name];
    if (this.#isForm && (changed("draft") || changed("conversation") || changed("preferences"))) this.#form.update(now);
  }

  focus() {
    if (this.#isForm) this.#form.focus();
    else this.#chooser.input.focus();
  }

  showList() {
    this.#isForm = false;
    set(this.#chooser.root, { hidden: false });
    set(this.#form.root, { hidden: true });
  }

  /** Forgets what is searched for; with `typed`, also the values of the form. @param {{ typed?: boolean }} [what] */
  reset({ typed = false } = {}) {
    if (typed) this.#form.done();
    this.showList();
    this.#chooser.reset();
  }

  /**
   * @param {Template} template
   * @param {Record<string, string>} [values]
   */
  choose(template, values) {
    if (!this.#snapshot) return;
    this.#isForm = true;
    set(this.#chooser.root, { hidden: true });
    set(this.#form.root, { hidden: false });
    this.#form.open(template, this.#snapshot, values);
    this.#scope.emit("template-select", { template });
  }

  /**
   * @param {Template} template
   * @param {Record<string, string>} values
   * @param {Ready} filled
   */
  #send(template, values, filled) {
    const conversationId = this.#snapshot?.conversation.id ?? "";
    const message = messageOf(conversationId, template, filled);
    if (this.#scope.emit("template-send", { message, respondWith: this.#scope.respond })) void this.#deliver(template, values, conversationId);
  }

  /**
   * @param {Template} template
   * @param {Record<string, string>} values
   * @param {string} id of the conversation; the agent may have gone to another one when the answer comes
   */
  async #deliver(template, values, id) {
    const { controller, emit } = this.#scope;
    const here = () => this.#snapshot?.conversation.id === id;
    this.#form.busy(true);
    this.#form.fail();
    try {
      const receipt = await controller().sendTemplate(template, values);
      if (here()) this.#sent();
      emit("template-sent", { template, receipt });
    } catch (thrown) {
      const { code = "unknown", message = "", providerCode, meaning } = /** @type {Partial<Trouble>} */ (thrown ?? {});
      const error = controller().snapshot.error ?? { code, message, providerCode, meaning };
      if (here()) {
        this.#form.busy(false);
        this.#form.fail(error);
      }
      emit("template-error", { template, error });
    }
  }

  #sent() {
    this.#form.done();
    this.#scope.say(this.#scope.m.t("sent"));
    this.#onSent();
  }
}
