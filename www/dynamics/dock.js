// @ts-check
/** Where the reply window stands if the conversation control cannot be reached: over the page, at its lower end. */

export class Dock {
  #page;
  /** @type {HTMLElement | undefined} */
  #root;

  /** @param {Document} page */
  constructor(page) {
    this.#page = page;
  }

  /** @param {HTMLElement} element @param {HTMLElement} [more] */
  show(element, more) {
    if (!this.#root) {
      this.#root = this.#page.createElement("div");
      this.#root.dataset.replyWindow = "dock";
      Object.assign(this.#root.style, { position: "fixed", insetInlineEnd: "1rem", insetBlockEnd: "1rem", inlineSize: "min(380px, calc(100vw - 2rem))", maxBlockSize: "70vh", overflow: "auto", zIndex: "2147483000", boxShadow: "0 4px 24px #0004", borderRadius: ".5rem" });
      // Search, list and what is said under it stay in sight together.
      this.#root.style.setProperty("--rw-room", "calc(70vh - 2px)");
      this.#page.body.append(this.#root);
    }
    if (element.parentNode !== this.#root) this.#root.append(element);
    if (more && more.parentNode !== this.#root) this.#root.append(more);
  }

  hide() {
    this.#root?.remove();
    this.#root = undefined;
  }
}
