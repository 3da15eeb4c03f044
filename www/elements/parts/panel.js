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
import { KeptDraft } from "./draft.js";
import { Form } from "./form.js";
import { undelivered } from "./labels.js";
import { panelStyles } from "./panel-styles.js";

/** `onSent`: whether the focus was inside. @typedef {{ onClose(): void, onSent(): void }} Actions */

export class Panel {
  static styles = panelStyles;
  static Draft = KeptDraft;

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
    scope.kept.panel = this;
  }

  /** What the agent has in hand in the conversation that is shown. */
  get #hand() { return this.#scope.kept.of(this.#snapshot?.conversation.id ?? ""); }

  /** Whether the form that is shown tells of that failure, or will. */
  tells(/** @type {ErrorInfo} */ error) {
    return this.#isForm && (this.#form.place === this.#hand.sending?.place || this.#form.error === error);
  }

  /** Whether the agent has begun something here. */
  get isInHand() { return this.#isForm || this.#chooser.input.value !== ""; }

  /** Whether the focus waits in the search, and nothing was typed there or pointed at. @param {Element | null} focused */
  waits(focused) { return focused === this.#chooser.input && !this.isInHand && !this.#chooser.isPointing; }

  /**
   * @param {Snapshot} now
   * @param {{ closable: boolean, held: boolean }} view what the agent is choosing from stays as it is until they are done
   */
  update(now, { closable, held }) {
    const before = this.#snapshot;
    this.#snapshot = now;
    if (before?.conversation.id !== now.conversation.id) this.#enter(now);
    this.#show(this.#isForm);
    if (!held) this.#chooser.update(now, closable);
    if (now.arrived !== undefined && now.arrived === this.#form.error?.sendId) this.#arrived();
    const changed = (/** @type {keyof Snapshot} */ name) => before?.[name] !== now[name];
    if (this.#isForm && (changed("draft") || changed("conversation") || changed("preferences"))) this.#form.update(now);
  }

  /** What nobody knew of went out after all: its form is done with. */
  #arrived() {
    const hand = this.#hand;
    hand.error = hand.template = hand.query = undefined;
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
    this.#hand.template = undefined;
    this.#show(false);
  }

  /** As the agent left it, in whatever language and conversation they were meanwhile. @param {Snapshot} now */
  #enter(now) {
    const { template, query, error, sending } = this.#hand;
    this.#chooser.reset(query);
    this.#show(template !== undefined);
    if (!template) return;
    this.#form.open(template, now);
    if (error && error === now.error) this.#form.fail(error);
    if (sending) void this.#follow(sending);
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
    this.#hand.template = template;
    this.#show(true);
    this.#form.open(template, this.#snapshot, values);
    this.#form.focus();
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
   * @param {string} id of the conversation
   */
  async #deliver(template, values, id) {
    const { controller, emit, kept } = this.#scope;
    const { place } = this.#form;
    const hand = kept.of(id);
    const accepted = (/** @type {Receipt} */ receipt) => {
      const { snapshot } = controller();
      // A refusal has overtaken the answer: the form stays as it is.
      if (undelivered(snapshot, template)) return { receipt, error: snapshot.error };
      this.#form.forget(place);
      if (hand.template === template) hand.template = hand.query = undefined;
      return { receipt };
    };
    const failed = (/** @type {unknown} */ thrown) => ({ error: controller().snapshot.error ?? { code: "unknown", message: String(thrown), .../** @type {Partial<ErrorInfo>} */ (thrown) } });
    const outcome = controller().sendTemplate(template, values).then(accepted, failed);
    void this.#follow((hand.sending = { place, outcome }));
    const { receipt, error } = await hand.sending.outcome;
    Object.assign(hand, { sending: undefined, error });
    if (receipt) emit("template-sent", { template, receipt });
    else if (error) emit("template-error", { template, error });
  }

  /**
   * The agent may have gone back, to another template, another language or another conversation when the answer comes: what is in hand
   * then stays.
   *
   * @param {import("./kept.js").Sending} sending
   */
  async #follow({ place, outcome }) {
    const { kept, m, say } = this.#scope;
    const id = this.#snapshot?.conversation.id;
    const isHere = () => kept.panel === this && this.#snapshot?.conversation.id === id;
    this.#form.busy(true);
    this.#form.fail();
    const { error } = await outcome;
    if (!isHere()) return;
    const isInHand = this.#isForm && this.#form.place === place;
    if (!error) say(m.t("sent"));
    if (isInHand && error) this.#form.fail(error);
    else if (isInHand) this.#onSent();
    this.#form.busy(false);
  }
}
