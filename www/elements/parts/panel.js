// @ts-check
/**
 * The way on when the window is closed: the list of templates, and the form of the one that was chosen. Fetched when it is
 * needed (`fetch-panel.js`).
 *
 * @import { Receipt, Snapshot, ErrorInfo } from "../../controller/types.js"
 * @import { Template } from "../../../src/wire/types.d.ts"
 * @import { Scope } from "./scope.js"
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
  /** The form from which a template is on its way. @type {string | undefined} */
  #sending;
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

  /** Whether the form that is shown tells of that failure, or will. */
  tells(/** @type {ErrorInfo} */ error) {
    return this.#isForm && (this.#form.place === this.#sending || this.#form.error === error);
  }

  /** Whether the agent has begun something here. */
  get isInHand() { return this.#isForm || this.#chooser.input.value !== ""; }

  /**
   * @param {Snapshot} now
   * @param {{ closable: boolean, held: boolean }} view what the agent is choosing from stays as it is until they are done
   */
  update(now, { closable, held }) {
    const before = this.#snapshot;
    this.#snapshot = now;
    this.#show(this.#isForm);
    if (!held) this.#chooser.update(now, closable);
    if (now.arrived !== undefined && now.arrived === this.#form.error?.sendId) this.#arrived();
    const changed = (/** @type {keyof Snapshot} */ name) => before?.[name] !== now[name];
    if (this.#isForm && (changed("draft") || changed("conversation") || changed("preferences"))) this.#form.update(now);
  }

  /** What nobody knew of went out after all: its form is done with. */
  #arrived() {
    this.#form.forget(this.#form.place);
    this.#form.fail();
    // It is being painted.
    if (this.#isForm) queueMicrotask(() => this.#onSent());
  }

  focus() {
    if (this.#isForm) this.#form.focus();
    else this.#chooser.input.focus();
  }

  #show(/** @type {boolean} */ isForm) {
    this.#isForm = isForm;
    set(this.#chooser.root, { hidden: isForm });
    set(this.#form.root, { hidden: !isForm });
  }

  showList() {
    this.#show(false);
  }

  /** Forgets what is searched for; with `typed`, also the values of the form. @param {{ typed?: boolean }} [what] */
  reset({ typed = false } = {}) {
    if (typed) this.#form.forget(this.#form.place);
    this.showList();
    this.#chooser.reset();
  }

  /**
   * @param {Template} template
   * @param {Record<string, string>} [values]
   */
  choose(template, values) {
    if (!this.#snapshot) return;
    this.#show(true);
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
   * The agent may have gone back, to another template or to another conversation when the answer comes: what is in hand then stays.
   *
   * @param {Template} template
   * @param {Record<string, string>} values
   * @param {string} id of the conversation
   */
  async #deliver(template, values, id) {
    const { controller, emit, m, say } = this.#scope;
    const { place } = this.#form;
    const isHere = () => this.#snapshot?.conversation.id === id;
    const isInHand = () => this.#isForm && this.#form.place === place;
    this.#sending = place;
    this.#form.busy(true);
    this.#form.fail();
    try {
      const receipt = await controller().sendTemplate(template, values);
      this.#form.forget(place);
      if (isHere()) say(m.t("sent"));
      if (isInHand()) this.#onSent();
      emit("template-sent", { template, receipt });
    } catch (thrown) {
      const error = controller().snapshot.error ?? { code: "unknown", message: String(thrown), .../** @type {Partial<ErrorInfo>} */ (thrown) };
      if (isInHand()) this.#form.fail(error);
      emit("template-error", { template, error });
    } finally {
      this.#sending = undefined;
      if (isHere()) this.#form.busy(false);
    }
  }
}
