// @ts-check
// The place of Web Chat's send box: a strip above it while it may be used, the panel in its stead when it may not.

import { InputActivity } from "../input-activity.js";

/**
 * The part of React that is used here.
 *
 * @typedef {object} ReactLike
 * @property {(type: any, props?: any, ...children: any[]) => any} createElement
 * @property {(reducer: (n: number) => number, initial: number) => [number, () => void]} useReducer
 * @property {(initial: any) => { current: any }} useRef
 * @property {(effect: () => void | (() => void), deps?: readonly unknown[]) => void} useLayoutEffect
 */
/** @typedef {() => (next: (request: any) => any) => (request: any) => any} SendBoxMiddleware */
/** @typedef {"open" | "closed"} Mode */

const INPUT = '[data-id="webchat-sendbox-input"], textarea, input[type="text"]';

/** Whoever takes the panel away this often means it: then the composer is there instead, and what is sent is judged all the same. */
const MAX_RESTORED = 8;

/** The panel may need more room than a send box; the transcript keeps some. */
const STYLE = { open: { flexShrink: 0 }, closed: { flexShrink: 0, maxHeight: "80%", overflow: "auto" } };

export class ComposerPlace {
  #React;
  #inputActivity = new InputActivity(() => this.#rested());
  /** The one element that the panel lives in, whatever React does around it. @type {HTMLElement | undefined} */
  #node;
  /** @type {HTMLElement | undefined} */
  #panel;
  /** What the wrapper renders: our place, and the original after it. @type {HTMLElement | null} */
  #root = null;
  /** @type {Mode} */
  #shown = "open";
  /** @type {Mode} */
  #wanted = "open";
  #placed;
  /** Sees that somebody takes the panel away. @type {MutationObserver | undefined} */
  #observer;
  #restored = 0;
  /** Where focus goes once React has changed the page. @type {"panel" | "composer" | undefined} */
  #focusNext;
  /** @type {[number | null, number | null] | undefined} */
  #caret;
  /** Calls that render the wrappers again. @type {Set<() => void>} */
  #wrappers = new Set();
  /** One wrapper per original: a new component would be mounted anew, and lose the caret. @type {Map<any, any>} */
  #wrapped = new Map();

  /** @param {ReactLike} React @param {(mode: Mode) => void} placed is told when the composer went later than it was asked to */
  constructor(React, placed) {
    this.#React = React;
    this.#placed = placed;
  }

  /** @type {SendBoxMiddleware} */
  middleware = () => (next) => (request) => {
    const Original = next(request);
    if (!this.#wrapped.has(Original)) this.#wrapped.set(Original, this.#wrap(Original));
    return this.#wrapped.get(Original);
  };

  /**
   * The panel is in its place at once; the composer goes when the agent's hands are off it. Focus that would be lost with the
   * composer goes to the panel.
   *
   * @param {Mode} mode
   * @param {HTMLElement} panel
   * @returns {boolean} whether it is so already
   */
  setComposer = (mode, panel) => {
    this.#node ??= panel.ownerDocument.createElement("div");
    if (panel.parentNode !== this.#node) this.#node.replaceChildren(panel);
    if (this.#panel !== panel) this.#restored = 0;
    this.#panel = panel;
    this.#wanted = mode;
    this.#settle();
    return this.#shown === mode;
  };

  /** Whether the focus is in the composer itself. */
  isTyping = () => {
    const focused = this.#focused();
    return Boolean(focused && this.#root?.contains(focused) && !this.#node?.contains(focused));
  };

  /** Puts the caret back where it was, now or as soon as the composer is there. */
  focusComposer = () => {
    this.#focusNext = "composer";
    if (this.#shown === "open" && this.#input()) this.#committed();
  };

  /** Somebody took the panel out of the page: without it there would be neither panel nor composer. */
  #restore() {
    const place = this.#root?.firstElementChild;
    if (!place || !this.#node || !this.#panel || this.#node.parentNode === place && this.#panel.parentNode === this.#node) return;
    this.#restored += 1;
    if (this.#restored > MAX_RESTORED) {
      this.#wanted = "open";
      return this.#show();
    }
    place.append(this.#node);
    this.#node.replaceChildren(this.#panel);
  }

  /** Leaves Web Chat as it was found. */
  release() {
    this.#observer?.disconnect();
    this.#wanted = "open";
    this.#show();
    if (this.#panel && this.#panel.parentNode === this.#node) this.#panel.remove();
    this.#panel = this.#focusNext = this.#caret = undefined;
  }

  #focused() {
    return /** @type {Document | ShadowRoot | undefined} */ (this.#root?.getRootNode())?.activeElement ?? null;
  }

  /** @returns {HTMLTextAreaElement | undefined} */
  #input() {
    const found = /** @type {HTMLTextAreaElement[]} */ ([...(this.#root?.querySelectorAll(INPUT) ?? [])]);
    return found.find((element) => !this.#node?.contains(element));
  }

  #settle() {
    if (this.#wanted === "open" || !this.#inputActivity.busy) this.#show();
  }

  #rested() {
    if (this.#wanted === this.#shown) return;
    this.#show();
    this.#placed(this.#shown);
  }

  #show() {
    if (this.#wanted === this.#shown) return;
    this.#shown = this.#wanted;
    if (this.#shown === "closed" && this.isTyping()) {
      const input = this.#input();
      this.#caret = input && [input.selectionStart, input.selectionEnd];
      this.#focusNext = "panel";
    }
    for (const again of this.#wrappers) again();
  }

  /** React has changed the page. */
  #committed() {
    const target = this.#focusNext;
    this.#focusNext = undefined;
    if (target === "composer") this.#focusInput();
    // Whoever draws the panel may hear of the change after us.
    if (target === "panel") queueMicrotask(() => this.#focusPanel());
  }

  #focusPanel() {
    const focused = this.#focused();
    const nowhere = !focused || focused === this.#root?.ownerDocument.body;
    if (this.#shown === "closed" && nowhere) this.#panel?.focus();
  }

  #focusInput() {
    const input = this.#input();
    if (!input) return;
    input.focus();
    if (this.#caret) input.setSelectionRange(...this.#caret);
    this.#caret = undefined;
  }

  /** @param {HTMLElement | null} root @param {() => void} again */
  #mounted(root, again) {
    this.#root = root;
    this.#wrappers.add(again);
    this.#observer?.disconnect();
    this.#observer = new MutationObserver(() => this.#restore());
    if (root) this.#observer.observe(root, { childList: true, subtree: true });
    const unwatch = this.#inputActivity.watch(root, () => this.#node);
    return () => {
      unwatch();
      this.#wrappers.delete(again);
      if (this.#root === root) this.#root = null;
    };
  }

  /** @param {HTMLElement | null} place */
  #attach(place) {
    this.#node ??= place?.ownerDocument.createElement("div");
    if (place && this.#node && this.#node.parentNode !== place) place.append(this.#node);
    this.#committed();
  }

  /** @param {any} Original */
  #wrap(Original) {
    const { createElement, useReducer, useRef, useLayoutEffect } = this.#React;
    /** @param {any} props */
    return (props) => {
      const [, again] = useReducer((n) => n + 1, 0);
      const root = useRef(null);
      const place = useRef(null);
      useLayoutEffect(() => this.#mounted(root.current, again), []);
      useLayoutEffect(() => this.#attach(place.current));
      const box = Original && this.#shown === "open" ? createElement(Original, props) : null;
      const className = `reply-window-composer reply-window-composer--${this.#shown}`;
      return createElement("div", { ref: root, className, style: STYLE[this.#shown] }, createElement("div", { ref: place }), box);
    };
  }
}
