// @ts-check
// The place of a composer: the panel stands in it, and the composer is hidden while it may not be used.

import { InputActivity } from "../input-activity.js";

/** @import { Parts } from "./parts.js" */
/** @typedef {"open" | "closed"} Mode */

export class Place {
  #parts;
  #changed;
  hands = new InputActivity(() => this.settle());
  #placed;
  /** What the hands are watched in. @type {HTMLElement | undefined} */
  #watched;
  /** @type {(() => void) | undefined} */
  #unwatch;
  /** Where our own element stands, if it was we who put it there. @type {HTMLElement | undefined} */
  #node;
  /** @type {HTMLElement | undefined} */
  #panel;
  /** @type {Mode} */
  #wanted = "open";
  /** @type {Mode} */
  shown = "open";
  /** Whether the page wanted the panel where it would be hidden together with the composer. */
  isRefused = false;
  /** Whether somebody waits for what becomes of it at once. */
  #isAsked = false;
  /** What is hidden, and how it was before. @type {Map<HTMLElement, [string, string]>} */
  #hidden = new Map();
  /** Where the caret stood in an editor. @type {Range | undefined} */
  #caret;

  /**
   * @param {Parts} parts
   * @param {() => void} changed the composer came or went
   * @param {(mode: Mode) => void} placed is told when the composer went later than it was asked to
   */
  constructor(parts, changed, placed) {
    this.#parts = parts;
    this.#changed = changed;
    this.#placed = placed;
  }

  /** @param {Mode} mode @param {HTMLElement} panel @returns {boolean} whether it is so already */
  set(mode, panel) {
    this.#panel = panel;
    this.#wanted = mode;
    this.#isAsked = true;
    this.settle();
    this.#isAsked = false;
    return this.shown === mode;
  }

  /** Whether the focus is in the composer itself. */
  get isTyping() {
    const { activeElement: focused } = this.#tree ?? {};
    return Boolean(focused && !this.#panel?.contains(focused) && this.#parts.whole.some((part) => part.contains(focused)));
  }

  focus() {
    const { input } = this.#parts;
    if (!input) return;
    input.focus();
    const selection = input.ownerDocument.getSelection();
    if (this.#caret && input.contains(this.#caret.startContainer)) {
      selection?.removeAllRanges();
      selection?.addRange(this.#caret);
    }
    this.#caret = undefined;
  }

  /** Everything is where it belongs: also after a framework drew its part of the page anew. */
  settle() {
    if (!this.#panel) return;
    this.#watch();
    this.#put(this.#panel);
    if (this.#wanted === "closed" && this.shown === "open" && this.hands.busy) return;
    const isNews = this.shown !== this.#wanted;
    this.shown = this.#wanted;
    if (this.shown === "closed") this.#hide();
    else this.#unhide();
    if (!isNews) return;
    this.#changed();
    if (!this.#isAsked) this.#placed(this.shown);
  }

  /** Leaves the page as it was found. */
  release() {
    this.#wanted = this.shown = "open";
    this.#unhide();
    this.#unwatch?.();
    this.#watched = this.#unwatch = this.#caret = undefined;
    if (this.#node?.contains(this.#panel ?? null)) this.#panel?.remove();
    this.#node?.remove();
    this.#panel = this.#node = undefined;
  }

  get #tree() {
    return /** @type {Document | ShadowRoot | undefined} */ (this.#parts.input?.getRootNode());
  }

  #watch() {
    const whole = this.#parts.root ?? this.#parts.input;
    if (whole === this.#watched) return;
    this.#unwatch?.();
    this.#watched = whole;
    this.#unwatch = this.hands.watch(whole ?? null, () => this.#panel);
  }

  /** Whoever has put the panel somewhere keeps it there, unless it is hidden there. @param {HTMLElement} panel */
  #put(panel) {
    const isHidden = this.#parts.holds(panel);
    if (panel.isConnected && panel.parentNode !== this.#node && !isHidden) return;
    const { inside, before, isRefused } = this.#parts.place;
    if (isHidden || isRefused) this.isRefused = true;
    const parent = inside ?? before?.parentNode;
    if (!parent) return;
    this.#node ??= panel.ownerDocument.createElement("div");
    if (panel.parentNode !== this.#node) this.#node.replaceChildren(panel);
    // Somewhere in the same parent will do: two that insist on one place would move each other for ever.
    if (this.#node.parentNode !== parent) parent.insertBefore(this.#node, inside ? null : before ?? null);
    const view = parent.ownerDocument?.defaultView;
    if (view && view !== window) view.addEventListener("pagehide", this.#rescue);
  }

  /** A document of a frame that goes takes with it whatever listens to what stands in it: the panel leaves before. */
  #rescue = () => {
    if (this.#node?.contains(this.#panel ?? null)) this.#panel?.remove();
    this.#node?.remove();
    this.#node = undefined;
  };

  #hide() {
    const wasTyping = this.isTyping;
    const selection = wasTyping ? this.#parts.input?.ownerDocument.getSelection() : undefined;
    if (selection?.rangeCount) this.#caret = selection.getRangeAt(0).cloneRange();
    for (const part of this.#parts.whole) {
      const { style } = part;
      if (style.getPropertyValue("display") === "none" && style.getPropertyPriority("display") === "important") continue;
      // Also what the page wrote meanwhile is how it wants it.
      this.#hidden.set(part, [style.getPropertyValue("display"), style.getPropertyPriority("display")]);
      style.setProperty("display", "none", "important");
    }
    // Whoever draws the panel may hear of the change after us.
    if (wasTyping) queueMicrotask(() => this.shown === "closed" && this.#panel?.focus());
  }

  #unhide() {
    for (const [{ style }, [value, priority]] of this.#hidden) style.setProperty("display", value, priority);
    this.#hidden.clear();
  }
}
