// @ts-check
/**
 * Texts that the provider refused and that nobody here sent: who wrote them, and one click to take them.
 *
 * @import { LostText, Snapshot } from "../../controller/types.js"
 * @import { Scope } from "./scope.js"
 */
import { fill, h, set } from "./dom.js";
import { button } from "./icons.js";
import { isolate } from "../../i18n/messages.js";

export class LostTexts {
  #scope;
  /** @type {readonly LostText[]} */
  #shown = [];

  /** @param {Scope} scope */
  constructor(scope) {
    this.#scope = scope;
    this.root = h("ul", { class: "lost", part: "lost", hidden: true });
  }

  /** @param {Snapshot} snapshot @returns {string} what is to be said: of each text once */
  update({ lost = [] }) {
    if (lost === this.#shown) return "";
    const news = lost.find(({ id }) => !this.#shown.some((known) => known.id === id));
    this.#shown = lost;
    fill(this.root, ...lost.map((text) => this.#item(text)));
    set(this.root, { hidden: !lost.length });
    return news ? this.#words(news) : "";
  }

  /** @param {LostText} text */
  #words({ author }) {
    const { t } = this.#scope.m;
    return author ? t("lost.by", { author: isolate(author) }) : t("lost");
  }

  /** @param {LostText} lost */
  #item(lost) {
    const { controller, m: { t } } = this.#scope;
    return h("li", {}, h("p", {}, this.#words(lost)), h("p", { class: "text", dir: "auto" }, lost.text),
      h("div", { class: "chips" }, button("quiet", "", t("lost.take"), () => controller().takeLost(lost.id)), button("quiet", "", t("lost.drop"), () => controller().dropLost(lost.id))));
  }
}
