// @ts-check
/** The language that an element speaks: its own, that of what is around it, the page's; also once that is another one. */

const WATCHED = { subtree: true, attributes: true, attributeFilter: ["lang"] };

/** @param {Element} element @returns {string} BCP 47 */
export const languageAround = (element) =>
  element.getAttribute("locale") || element.closest("[lang]")?.getAttribute("lang") || document.documentElement.lang || navigator.language;

/** The property beside the attribute. @param {Element} element @param {string | undefined} locale nothing: the language around it */
export const setLocale = (element, locale) => (locale ? element.setAttribute("locale", locale) : element.removeAttribute("locale"));

/** Follows the language of one element. */
export class PageLanguage {
  #element;
  #observer;
  /** @type {string | undefined} */
  #spoken;

  /** @param {Element} element @param {() => void} changed the element is to speak another language than before */
  constructor(element, changed) {
    this.#element = element;
    this.#observer = new MutationObserver(() => this.isAnother && changed());
  }

  /** What it speaks from now on. */
  get now() { return (this.#spoken = languageAround(this.#element)); }

  /** Whether it is to speak another one than it does. */
  get isAnother() { return this.#spoken !== languageAround(this.#element); }

  /** Wherever the element stands now. */
  follow() { for (const tree of [document, this.#element.getRootNode()]) this.#observer.observe(tree, WATCHED); }

  leave() { this.#observer.disconnect(); }
}
