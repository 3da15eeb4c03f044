// @ts-check
// Follows the frames of the workspace page to the conversation control, whatever becomes of them: reloaded, replaced, opened anew. One
// script in the outer page sees them all; nothing is injected.

/** The side panel, and whatever holds the control in it. */
const ENTRANCE = /cec_widgets|widgets_container|chatcontrol/i;
const CONTROL = /chatcontrol/i;
/** Frames in frames; Dynamics has two. */
const MAX_DEPTH = 4;
/** How long the document that follows one is waited for in each turn, until the slow look takes over. */
const FOLLOW_MS = 10_000;

/** @param {HTMLIFrameElement} frame */
function documentOf(frame) {
  try {
    return frame.contentDocument;
  } catch {
    return null;
  }
}

/** @param {HTMLIFrameElement} frame */
const isEntrance = (frame) => frame.id === "SidePanelIFrame" || ENTRANCE.test(frame.getAttribute("src") ?? "");

export class Frames {
  #page;
  #changed;
  #now;
  #observer;
  /** @type {Map<HTMLIFrameElement, Document | null>} what each held when it was looked at last */
  #known = new Map();
  #isEnded = false;

  /** @param {Window} page @param {() => void} changed a document came or went @param {() => number} [now] */
  constructor(page, changed, now = () => performance.now()) {
    this.#page = page;
    this.#changed = changed;
    this.#now = now;
    this.#observer = new MutationObserver(() => this.look());
  }

  /** The documents that the control may stand in, the control's own first. @returns {Document[]} */
  get documents() {
    const found = [...this.#known].flatMap(([frame, held]) => (held && frame.isConnected ? [held] : []));
    const isControl = (/** @type {Document} */ { URL: address }) => CONTROL.test(address);
    return [...found.filter(isControl), ...found.filter((document) => !isControl(document))];
  }

  /** Frames that may hold the control and cannot be looked into; before its own document is there, even a foreign one holds `about:blank` of our origin. @returns {HTMLIFrameElement[]} */
  get foreign() {
    return [...this.#known].flatMap(([frame, held]) => (!held && frame.isConnected ? [frame] : []));
  }

  /** Frames that hold the conversation control. @returns {HTMLIFrameElement[]} */
  get controls() {
    return [...this.#known].flatMap(([frame, held]) => (held && frame.isConnected && CONTROL.test(held.URL) ? [frame] : []));
  }

  /** Whether the side panel is there at all. */
  get isFound() {
    return this.#known.size > 0;
  }

  look() {
    if (this.#isEnded) return;
    const before = [...this.#known].map(([frame, held]) => [frame, held]);
    /** @type {Map<HTMLIFrameElement, Document | null>} */
    const found = new Map();
    this.#observe(this.#page.document);
    for (const frame of this.#page.document.querySelectorAll("iframe")) if (isEntrance(frame)) this.#enter(frame, found, 1);
    this.#known = found;
    const isSame = before.length === found.size && before.every(([frame, held]) => found.get(/** @type {HTMLIFrameElement} */ (frame)) === held);
    if (!isSame) this.#changed();
  }

  /** @param {HTMLIFrameElement} frame @param {Map<HTMLIFrameElement, Document | null>} found @param {number} depth */
  #enter(frame, found, depth) {
    const held = documentOf(frame);
    frame.addEventListener("load", this.#onLoad);
    found.set(frame, held);
    if (!held || depth >= MAX_DEPTH) return;
    this.#observe(held);
    // Again each time: `document.open()` takes them away.
    held.defaultView?.addEventListener("pagehide", this.#onLeave);
    for (const inner of held.querySelectorAll("iframe")) this.#enter(inner, found, depth + 1);
  }

  /** Observing a node again that is observed already changes nothing. @param {Document} document */
  #observe(document) {
    this.#observer.observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ["src"] });
  }

  #onLoad = () => {
    this.look();
    this.#changed();
  };

  /** Its document goes: the next one is met as soon as it stands, long before it has a box. @param {Event} event */
  #onLeave = (event) => {
    const view = /** @type {Window} */ (event.currentTarget);
    const left = view.document;
    const until = this.#now() + FOLLOW_MS;
    const follow = () => {
      if (this.#isEnded) return;
      const frame = [...this.#known.keys()].find((one) => one.contentWindow === view);
      const next = frame && documentOf(frame);
      if (next && next !== left) return this.look();
      if (this.#now() < until && frame?.isConnected) setTimeout(follow);
    };
    setTimeout(follow);
  };

  end() {
    this.#isEnded = true;
    this.#observer.disconnect();
    for (const [frame, held] of this.#known) {
      frame.removeEventListener("load", this.#onLoad);
      held?.defaultView?.removeEventListener("pagehide", this.#onLeave);
    }
    this.#known.clear();
  }
}
