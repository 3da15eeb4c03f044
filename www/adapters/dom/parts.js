// @ts-check
// Where the parts of a composer are. Looked up anew each time: a framework may put another element in the place of one.

/** @typedef {Element | string | (() => Element | readonly Element[] | null | undefined)} Part an element, a selector, or what finds it */

/**
 * A composer, described. A selector is looked up in `area` or `root` where there is one (an open shadow root and the document of a
 * same-origin frame included), else in the page.
 *
 * @typedef {object} ComposerParts
 * @property {Part} input what the agent types in: `textarea`, `input`, or an element with `contenteditable`
 * @property {Part} send whatever hands a message over when it is clicked: the button, suggested replies, "retry", a microphone
 * @property {Part} [root] the composer as a whole: it is hidden while the window is closed. Without it input, send and attach are
 * @property {Part} [area] the whole chat, where files may be dropped and forms submitted; default `root`, or the form of the input
 * @property {Part} [attach] what opens or takes files
 * @property {Part} [files] what shows the files that wait to be sent, such as the thumbnails of a preview: each is called by its label, its title or its text. Those in
 *   file inputs of the composer are found without
 * @property {Part} [dictation] what ends a running dictation when it is clicked; there only while one runs. It is clicked once nothing may leave, and five seconds before
 * @property {Part} [place] where the panel is put, outside of `root`; default before `root`, or before the input
 */

/** @typedef {Exclude<keyof ComposerParts, "place">} PartName */

/** @type {readonly (keyof ComposerParts)[]} */
export const PARTS = ["input", "send", "root", "area", "attach", "files", "dictation", "place"];

export class Parts {
  #given;
  #page;
  #documents;

  /**
   * @param {ComposerParts} given
   * @param {Document} page in which selectors are looked up where nothing narrows them
   * @param {() => readonly Document[]} [documents] in which the composer may appear
   */
  constructor(given, page, documents = () => []) {
    this.#given = given;
    this.#page = page;
    this.#documents = documents;
  }

  /** @returns {HTMLElement | undefined} */
  get input() { return this.all("input")[0]; }
  get root() { return this.all("root")[0]; }
  get area() { return this.all("area")[0] ?? this.root ?? this.input?.closest("form") ?? undefined; }

  /** Everything that is hidden together. */
  get whole() {
    const { root } = this;
    return root ? [root] : [...this.all("input").slice(0, 1), ...this.all("send"), ...this.all("attach")];
  }

  /** Where the panel goes, or before what: never into what is hidden itself. @returns {{ inside?: Element, before?: Element, isRefused?: boolean }} */
  get place() {
    const [inside] = this.#given.place ? find(this.#given.place, [this.#page]) : [];
    const isRefused = inside !== undefined && this.holds(inside);
    return inside && !isRefused ? { inside } : { before: this.root ?? this.input, isRefused };
  }

  /** Whether it is hidden together with the composer. @param {any} node */
  holds(node) {
    const whole = /** @type {unknown[]} */ (this.whole);
    while (node && !whole.includes(node)) node = node.parentNode ?? node.host;
    return Boolean(node);
  }

  /** Names of files that wait in the composer, each once. @returns {string[]} */
  get files() {
    const places = [this.area, this.root, ...this.all("attach")].filter((element) => element !== undefined);
    const inputs = places.flatMap((element) => [element, ...element.querySelectorAll("input")]).filter(isFileInput);
    const held = new Set(inputs.flatMap(({ files }) => [...files ?? []].map(({ name }) => name)));
    const shown = this.all("files").map((element) => (element.ariaLabel || element.title || element.textContent || "").trim());
    // A preview of a file that its input still holds says its name, and perhaps its size.
    return [...held, ...new Set(shown.filter((text) => text && ![...held].some((name) => text.includes(name))))];
  }

  /** The documents and shadow roots that hold it. @returns {(Document | ShadowRoot)[]} */
  get trees() {
    /** @type {Set<Document | ShadowRoot>} */
    const found = new Set([this.#page, ...this.#documents()]);
    for (const element of [this.area, this.root, this.input]) {
      for (let tree = element?.getRootNode(); tree && "activeElement" in tree; tree = /** @type {Partial<ShadowRoot>} */ (tree).host?.getRootNode()) {
        found.add(/** @type {Document | ShadowRoot} */ (tree));
      }
    }
    return [...found];
  }

  /** @param {PartName} name @returns {HTMLElement[]} */
  all(name) {
    const part = this.#given[name];
    return part === undefined ? [] : find(part, this.#scopes(name));
  }

  /** Whether an event with this path comes from a part. @param {PartName} name @param {readonly EventTarget[]} path */
  isOn(name, path) {
    const part = this.#given[name];
    if (part === undefined) return false;
    const found = this.all(name);
    return path.some((node) => found.includes(/** @type {HTMLElement} */ (node)));
  }

  /** Whether it is the form that the box belongs to, or stands in. @param {any} target */
  isForm(target) {
    let node = /** @type {any} */ (target?.tagName === "FORM" && this.input);
    while (node && node !== target && node.form !== target) node = node.parentNode ?? node.host;
    return Boolean(node);
  }

  /** @param {PartName} name @returns {(Element | Document)[]} */
  #scopes(name) {
    const { area, root } = this.#given;
    const outer = name !== "area" && area !== undefined ? find(area, [this.#page]) : [];
    const inner = name !== "area" && name !== "root" && root !== undefined ? find(root, outer.length ? outer : [this.#page]) : [];
    // What sends may stand anywhere in the chat, the box only in the composer.
    if (name === "input" && inner.length) return inner;
    return outer.length ? outer : inner.length ? inner : [this.#page];
  }
}

/** @param {Element} element @returns {element is HTMLInputElement} */
const isFileInput = (element) => /** @type {Partial<HTMLInputElement>} */ (element).type === "file";

/** @param {Part} part @param {readonly (Element | Document)[]} scopes @returns {HTMLElement[]} */
function find(part, scopes) {
  if (typeof part === "string") return scopes.flatMap((scope) => treesOf(scope).flatMap((tree) => [.../** @type {NodeListOf<HTMLElement>} */ (tree.querySelectorAll(part))]));
  const found = typeof part === "function" ? part() : part;
  // A form and a select can be gone through as well: what they hold are not the part.
  return /** @type {HTMLElement[]} */ (!found ? [] : "nodeType" in found ? [found] : [...found]);
}

/** What can be searched of an element: itself, its open shadow root, its document where it is a frame of our origin. @param {Element | Document} scope */
function treesOf(scope) {
  const { shadowRoot } = /** @type {Element} */ (scope);
  return [scope, ...(shadowRoot ? [shadowRoot] : []), ...frameDocument(scope)];
}

/** @param {any} scope @returns {Document[]} */
function frameDocument(scope) {
  try {
    return scope.contentDocument ? [scope.contentDocument] : [];
  } catch {
    return [];
  }
}
