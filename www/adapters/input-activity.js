// @ts-check
// Whether the agent is in the middle of an input in the composer: a key or a pointer down, a composition in an input method, or
// something typed, pasted or dictated a moment ago.

/** After this long without a key or a change of the text, in milliseconds, nobody is writing. */
const QUIET_MS = 2000;

/** A key that repeats no more and of which no release is heard for this long, in milliseconds, is not held: releases get lost. */
const HELD_MS = 10_000;

export class InputActivity {
  #rested;
  #composing = false;
  /** Keys by code, and the pointer. @type {Set<string>} */
  #down = new Set();
  /** Runs while something was typed a moment ago. @type {ReturnType<typeof setTimeout> | undefined} */
  #quiet;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #held;
  /** What is watched, but for what stands in it and is none of the composer. @type {() => Node | undefined} */
  #except = () => undefined;

  /** @param {() => void} rested called when they have let go and written nothing for a while */
  constructor(rested) {
    this.#rested = rested;
  }

  get busy() {
    return this.#composing || this.#down.size > 0 || this.#quiet !== undefined;
  }

  /**
   * @param {HTMLElement | null} root
   * @param {() => Node | undefined} [except] what stands in `root` and is none of the composer
   * @returns {() => void} unwatch
   */
  watch(root, except = () => undefined) {
    const view = root?.ownerDocument.defaultView;
    if (!root || !view) return () => {};
    this.#except = except;
    for (const type of INSIDE) root.addEventListener(type, this, true);
    for (const type of ANYWHERE) view.addEventListener(type, this, true);
    return () => {
      this.#forget();
      for (const type of INSIDE) root.removeEventListener(type, this, true);
      for (const type of ANYWHERE) view.removeEventListener(type, this, true);
    };
  }

  #forget() {
    clearTimeout(this.#quiet);
    clearTimeout(this.#held);
    this.#composing = false;
    this.#quiet = this.#held = undefined;
    this.#down.clear();
  }

  /** @param {Event} event */
  handleEvent(event) {
    const { type } = event;
    if (ANYWHERE.includes(type)) return this.#letGo(event);
    const except = this.#except();
    if (except && event.composedPath().includes(except)) return;
    if (type === "compositionstart") this.#composing = true;
    else if (type === "pointerdown") this.#down.add("pointer");
    else if (type === "compositionend" || type === "focusout") this.#endComposition();
    else this.#wrote(event);
  }

  /** A key, or a change of the text by whatever means. @param {Event} event */
  #wrote(event) {
    if (event.type === "keydown") this.#press(/** @type {KeyboardEvent} */ (event));
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => {
      this.#quiet = undefined;
      this.#rest();
    }, QUIET_MS);
  }

  /** Of a key that goes up while Meta is held, macOS does not tell. @param {KeyboardEvent} event */
  #press(event) {
    if (!event.metaKey || event.key === "Meta") this.#down.add(keyOf(event));
    clearTimeout(this.#held);
    this.#held = setTimeout(() => {
      this.#releaseKeys();
      this.#rest();
    }, HELD_MS);
  }

  #releaseKeys() {
    for (const key of this.#down) if (key !== "pointer") this.#down.delete(key);
  }

  /** A composition ends, too, with the focus. */
  #endComposition() {
    if (!this.#composing) return;
    this.#composing = false;
    this.#later();
  }

  /** @param {Event} event */
  #letGo(event) {
    if (event.type === "keyup") {
      if (/** @type {KeyboardEvent} */ (event).key === "Meta") this.#releaseKeys();
      else this.#down.delete(keyOf(event));
    } else if (event.type !== "blur") this.#down.delete("pointer");
    else if (event.target === event.currentTarget) this.#down.clear(); // a window in the background hears of no release
    this.#later();
  }

  /** The event that let go still has its own work to do. */
  #later() {
    setTimeout(() => this.#rest());
  }

  #rest() {
    if (!this.busy) this.#rested();
  }
}

const INSIDE = ["compositionstart", "compositionend", "keydown", "input", "pointerdown", "focusout"];
const ANYWHERE = ["keyup", "pointerup", "pointercancel", "blur"];

/** @param {Event} event */
function keyOf(event) {
  const { code, key } = /** @type {KeyboardEvent} */ (event);
  return code || key;
}
