// @ts-check
// Whether the agent is in the middle of an input in the composer: a key or a pointer down, or a composition in an input method.

export class InputActivity {
  #released;
  #composing = false;
  /** Keys by code, and the pointer. @type {Set<string>} */
  #down = new Set();

  /** @param {() => void} released called when they let go */
  constructor(released) {
    this.#released = released;
  }

  get busy() {
    return this.#composing || this.#down.size > 0;
  }

  /** @param {HTMLElement | null} root @returns {() => void} unwatch */
  watch(root) {
    const view = root?.ownerDocument.defaultView;
    if (!root || !view) return () => {};
    for (const type of INSIDE) root.addEventListener(type, this, true);
    for (const type of ANYWHERE) view.addEventListener(type, this, true);
    return () => {
      this.#composing = false;
      this.#down.clear();
      for (const type of INSIDE) root.removeEventListener(type, this, true);
      for (const type of ANYWHERE) view.removeEventListener(type, this, true);
    };
  }

  /** @param {Event} event */
  handleEvent(event) {
    const { type } = event;
    if (type === "compositionstart") this.#composing = true;
    else if (type === "keydown") this.#down.add(keyOf(event));
    else if (type === "pointerdown") this.#down.add("pointer");
    else this.#letGo(event);
  }

  /** @param {Event} event */
  #letGo(event) {
    if (event.type === "compositionend") this.#composing = false;
    else if (event.type === "keyup") this.#down.delete(keyOf(event));
    else if (event.type !== "blur") this.#down.delete("pointer");
    else if (event.target === event.currentTarget) this.#down.clear(); // a window in the background hears of no release
    // The event that let go still has its own work to do.
    setTimeout(() => !this.busy && this.#released());
  }
}

const INSIDE = ["compositionstart", "compositionend", "keydown", "pointerdown"];
const ANYWHERE = ["keyup", "pointerup", "pointercancel", "blur"];

/** @param {Event} event */
function keyOf(event) {
  const { code, key } = /** @type {KeyboardEvent} */ (event);
  return code || key;
}
