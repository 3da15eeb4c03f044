// @ts-check
/**
 * Where list and form stand. They are fetched a little before they are needed; until they are there, or where they do not
 * come, this place says so. Neither the lock nor the draft waits for them.
 *
 * @import { Snapshot } from "../../controller/types.js"
 * @import { Actions, Panel } from "./panel.js"
 * @import { Scope } from "./scope.js"
 */
import { loadSentences } from "../../i18n/desk.js";
import { h, put, set } from "./dom.js";
import { panel } from "./fetch-panel.js";
import { button } from "./icons.js";

export class LazyPanel {
  #scope;
  #actions;
  /** @type {Panel | undefined} */
  panel;
  /** @type {"absent" | "coming" | "failed"} */
  #state = "absent";
  #isShown = false;
  /** What is to be done once it is there, and where the focus was. @type {{ act: (panel: Panel) => void, focus: Element | null } | undefined} */
  #asked;
  #spin = h("span", { class: "spin" });
  #words = h("span");
  #retry;
  #wait;

  /**
   * @param {Scope} scope
   * @param {Actions & { onChange(): void }} actions
   */
  constructor(scope, actions) {
    this.#scope = scope;
    this.#actions = actions;
    this.#retry = button("quiet", "", scope.m.t("retry"), () => (this.ask((panel) => panel.focus()), actions.onChange()));
    set(this.#retry, { hidden: true });
    this.#wait = h("div", { class: "wait" }, this.#spin, this.#words, this.#retry);
    this.root = h("div", {}, this.#wait);
  }

  /** Does that in the panel, now or once it is there. @param {(panel: Panel) => void} act */
  ask(act) {
    if (this.#state === "failed") this.#state = "absent";
    this.#asked = { act, focus: this.#focused };
  }

  /** Somebody is about to ask for it. */
  prefetch() {
    if (!this.panel && this.#state === "absent") this.#fetch();
  }

  /**
   * @param {Snapshot} now
   * @param {{ shown: boolean, held: boolean, closable: boolean }} view
   */
  update(now, { shown, held, closable }) {
    // What failed while nobody needed it is tried once more.
    if (shown && !this.#isShown && this.#state === "failed") this.#state = "absent";
    this.#isShown = shown;
    if (shown || now.status.kind !== "open") this.prefetch();
    const isComing = this.#state === "coming";
    set(this.root, { hidden: !shown, "aria-busy": isComing && "true" });
    set(this.#spin, { hidden: !isComing });
    put(this.#words, this.#scope.m.t(isComing ? "loading" : "failed"));
    // Once shown it stays: it may have the focus.
    set(this.#retry, { hidden: this.#state !== "failed" && this.#retry.hidden, "aria-disabled": isComing && "true" });
    this.panel?.update(now, { held: held || !shown, closable });
    if (this.panel && shown) this.#answer(this.panel);
    set(this.#wait, { hidden: !!this.panel });
  }

  #answer(/** @type {Panel} */ panel) {
    const asked = this.#asked;
    this.#asked = undefined;
    // Somebody who went on to something else meanwhile is left there.
    if (asked && (asked.focus === this.#focused || this.root.contains(this.#focused))) asked.act(panel);
  }

  get #focused() {
    return /** @type {Document | ShadowRoot} */ (this.root.getRootNode()).activeElement;
  }

  #fetch() {
    // The form tells of refusals; without sentences it says so.
    const sentences = loadSentences(this.#scope.m.tag)?.catch(() => {});
    if (panel.here && !sentences) return this.#place(panel.here);
    this.#state = "coming";
    Promise.all([panel.fetch(), sentences]).then(([Class]) => {
      this.#place(Class);
      this.#actions.onChange();
    }, () => {
      this.#state = "failed";
      this.#asked = undefined;
      this.#actions.onChange();
      if (this.#isShown) this.#scope.say(this.#scope.m.t("failed"));
    });
  }

  /** @param {typeof Panel} Class */
  #place(Class) {
    this.#state = "absent";
    this.#scope.adopt(Class.styles);
    this.panel = new Class(this.#scope, this.#actions);
    this.root.append(this.panel.root);
  }
}
