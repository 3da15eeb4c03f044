// @ts-check
// The place of Flex's message input: the panel above it while it may be used, in its stead when it may not.

import { InputActivity } from "../input-activity.js";

/**
 * The parts of React and of Flex's components that are used here.
 *
 * @typedef {{ createElement(type: any, props?: any, ...children: any[]): any }} ReactLike
 * @typedef {object} MessageInputLike
 * @property {{ add(child: any, options?: any): any, replace(child: any, options?: any): any }} Content both answer with what takes it back
 */
/** @typedef {"open" | "closed"} Mode */

const KEYS = { open: "reply-window-above", closed: "reply-window-instead" };

export class InputPlace {
  #MessageInput;
  #isShown;
  #redraw;
  #placed;
  #hands = new InputActivity(() => this.#rested());
  /** @type {HTMLElement | undefined} */
  #panel;
  /** The elements that wait for the panel: that which stands now. @type {Record<Mode, HTMLElement | null>} */
  #nodes = { open: null, closed: null };
  /** @type {Mode} */
  #wanted = "open";
  /** @type {Mode} */
  shown = "open";
  /** @type {(() => void) | undefined} */
  #unwatch;
  /** @type {(() => void)[]} */
  #cleanups = [];
  #focusNext = false;

  /**
   * @param {MessageInputLike} MessageInput
   * @param {string} sid
   * @param {{ redraw: () => void, placed: (mode: Mode) => void }} told `redraw`: Flex looks at its conditions when it draws the input, and not by itself
   */
  constructor(MessageInput, sid, { redraw, placed }) {
    this.#redraw = redraw;
    this.#MessageInput = MessageInput;
    this.#isShown = (/** @type {any} */ props) => (props?.conversationSid ?? props?.conversation?.source?.sid) === sid;
    this.#placed = placed;
  }

  /** @param {ReactLike} React */
  connect({ createElement }) {
    const { Content } = this.#MessageInput;
    const place = (/** @type {Mode} */ mode) => createElement(Holder(createElement, (node) => this.#mounted(mode, node)), { key: KEYS[mode] });
    const when = (/** @type {Mode} */ mode) => (/** @type {any} */ props) => this.#panel !== undefined && this.shown === mode && this.#isShown(props);
    this.#cleanups = [Content.add(place("open"), { sortOrder: -1, if: when("open") }), Content.replace(place("closed"), { if: when("closed") })].filter((cleanup) => typeof cleanup === "function");
    this.#redraw();
  }

  release() {
    this.shown = this.#wanted = "open";
    this.#panel?.remove();
    this.#panel = undefined;
    this.#unwatch?.();
    this.#unwatch = undefined;
    for (const cleanup of this.#cleanups.splice(0)) cleanup();
    this.#redraw();
  }

  /** @param {Mode} mode @param {HTMLElement} panel @returns {boolean} whether it is so already */
  set(mode, panel) {
    this.#panel = panel;
    this.#wanted = mode;
    if (mode === "open" || !this.#hands.busy) this.#show();
    return this.shown === mode;
  }

  #rested() {
    if (this.#wanted === this.shown) return;
    this.#show();
    this.#placed(this.shown);
  }

  #show() {
    this.#focusNext = this.#wanted === "closed" && this.shown === "open" && this.isTyping;
    this.shown = this.#wanted;
    this.#redraw();
  }

  /** @param {Mode} mode @param {HTMLElement | null} node */
  #mounted(mode, node) {
    this.#nodes[mode] = node;
    if (!node || !this.#panel || mode !== this.shown) return;
    if (this.#panel.parentNode !== node) node.append(this.#panel);
    this.#unwatch?.();
    this.#unwatch = this.#hands.watch(node.parentElement, () => node);
    if (!this.#focusNext) return;
    this.#focusNext = false;
    queueMicrotask(() => this.#panel?.focus());
  }

  /** @returns {HTMLTextAreaElement | undefined} */
  get #box() {
    const { open } = this.#nodes;
    const found = /** @type {HTMLTextAreaElement[]} */ ([...(open?.parentElement?.querySelectorAll("textarea, [contenteditable=true]") ?? [])]);
    return found.find((element) => !open?.contains(element));
  }

  get isTyping() {
    const box = this.#box;
    return Boolean(box && box.ownerDocument.activeElement === box);
  }

  focus() { this.#box?.focus(); }
}

/** A component that hands its element on, once: React would mount another one anew. @param {ReactLike["createElement"]} createElement @param {(node: HTMLElement | null) => void} mounted */
const Holder = (createElement, mounted) => () => createElement("div", { ref: mounted, style: { flex: "1 1 100%", minWidth: 0 } });
