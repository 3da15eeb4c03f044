// @ts-check
/**
 * Adapter for a composer that somebody else made, on any page: a field or an editor, its send button, and what stands around it.
 *
 * ```js
 * mount(null, { composer: { root: "#composer", input: "textarea", send: "button" }, conversation, templates, onSend });
 * ```
 *
 * It locks what a person does: keys, clicks, forms, files. What the page's own code sends by itself raises no event; wrap that
 * with `guard(send)`.
 *
 * @module
 */
import { options as fieldsOf } from "../../engine/check.js";
import { ReplyWindowError } from "../../engine/errors.js";
import { leavesNow } from "../../engine/fallback-verdict.js";
import { fault } from "../../engine/fault.js";
import { readDraft, writeDraft } from "./draft.js";
import { Gate } from "./gate.js";
import { PARTS, Parts } from "./parts.js";
import { Place } from "./place.js";

/** @import { Adapter, AdapterHost } from "../../controller/adapter-port.js" */
/** @import { OutgoingText } from "../../controller/types.js" */
/** @import { ComposerParts } from "./parts.js" */
/** @typedef {ComposerParts} Composer */

/**
 * @typedef {Adapter & {
 *   look(): void,
 *   guard<A extends unknown[], R>(send: (...given: A) => R, textOf?: (...given: A) => string): (...given: A) => Promise<Awaited<R>>,
 * }} ComposerAdapter
 */

/**
 * @typedef {object} ComposerOptions
 * @property {Document} [document] where selectors are looked up; default the page's
 * @property {() => readonly Document[]} [documents] in which the composer may appear: guarded before it is there
 * @property {(text: string) => boolean} [isCommand] a text that opens a menu of the desktop and is no message: while it is locked, its
 *   keys go on and it is never sent
 */

/** What the page changes without telling is looked for this often, in milliseconds. */
const LOOK_MS = 250;

/** A page that undoes at once what we do would have us answer for ever: after so many answers the next look is the slow one. */
const MAX_ANSWERS = 50;

/** So long before free text may leave no more a dictation is ended: what somebody says then would be sent before anything could be judged. */
const DICTATION_ENDS_MS = 5_000;

const OBSERVED = { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ["style", "hidden", "disabled", "readonly", "value", "contenteditable"] };

/** After so long what was not found is told, in milliseconds. */
const MISSING_MS = 5_000;

/** Of those that are connected: no box has two. @type {Set<Parts>} */
const connected = new Set();

class DomComposer {
  #given;
  #isAlone;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #missing;
  #parts;
  #place;
  #gate;
  /** @type {MutationObserver | undefined} */
  #observer;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #looks;
  /** To what the page did, since the last slow look. */
  #answers = 0;
  /** @type {Set<Node>} */
  #observed = new Set();
  /** The text of the box that the host knows. */
  #mirrored = "";
  /** The box that it stood in. @type {HTMLElement | undefined} */
  #box;
  /** Whether files wait in the box that the host knows of. */
  #hasFiles = false;
  /** What is to be written once that is possible. @type {string | undefined} */
  #pending;
  #isWriting = false;

  /** @param {ComposerParts} composer @param {Document} page @param {ComposerOptions} options */
  constructor(composer, page, { documents, isCommand }) {
    this.#given = composer;
    // Where others make documents for it, it may be long before it is there.
    this.#isAlone = !documents;
    this.#parts = new Parts(composer, page, documents);
    this.#place = new Place(this.#parts, () => void this.#flush(), (mode) => this.#gate.host?.placed?.(mode));
    this.#gate = new Gate(this.#parts, () => this.getDraft(), (event) => this.#place.hands.handleEvent(event), isCommand);
  }

  /** @param {AdapterHost} host */
  connect = (host) => {
    if (this.#gate.host) throw fault("already-connected", "adapter", "connected already: make one for each");
    const { input } = this.#parts;
    for (const parts of connected) if (input && input === parts.input) throw fault("already-mounted", "composer.input", "it has a reply window: destroy() that first");
    connected.add(this.#parts);
    this.#gate.host = host;
    if (this.#isAlone) this.#missing = setTimeout(this.#tellMissing, MISSING_MS);
    this.#observer = new MutationObserver(() => (this.#answers += 1) <= MAX_ANSWERS && this.look());
    this.look();
    this.#looks = setInterval(() => {
      this.#answers = 0;
      this.look();
    }, LOOK_MS);
    return () => {
      if (this.#gate.host === host) this.#release();
    };
  };

  #tellMissing = () => {
    import("./missing-parts.js").then(({ tellMissing }) => tellMissing(this.#given, (name) => this.#parts.all(name).length > 0, this.#place.isRefused)).catch(() => {});
  };

  #release() {
    connected.delete(this.#parts);
    clearTimeout(this.#missing);
    this.#observer?.disconnect();
    clearInterval(this.#looks);
    for (const node of this.#observed) node.removeEventListener("input", this.#mirror, true);
    this.#observed.clear();
    this.#gate.detach();
    this.#place.release();
    this.#gate.host = this.#gate.panel = undefined;
  }

  /** Follows the composer to wherever it is now. */
  look = () => {
    const trees = this.#parts.trees;
    for (const tree of trees) {
      // Also where they are: `document.open()` takes listeners away.
      this.#gate.attach((tree.ownerDocument ?? /** @type {Document} */ (tree)).defaultView);
      // What happens in a closed shadow root is told outside without its place.
      if (/** @type {ShadowRoot} */ (tree).mode === "closed") this.#gate.attach(tree);
      tree.addEventListener("input", this.#mirror, true);
      if (this.#observed.has(tree)) continue;
      this.#observed.add(tree);
      this.#observer?.observe(tree, OBSERVED);
    }
    for (const node of this.#observed) if (!trees.includes(/** @type {Document | ShadowRoot} */ (node))) this.#observed.delete(node);
    this.#place.settle();
    this.#endDictation();
    this.#meet();
    void this.#flush();
    this.#mirror();
    this.#tellFiles();
  };

  /** Another box stands in the place of the one before, or the first is there. */
  #meet() {
    const { input } = this.#parts;
    if (!this.#isAlone || !input || input === this.#box) return;
    this.#box = input;
    const text = readDraft(input);
    // It brought a text along that nobody wrote before: beside what waits for it.
    if (this.#pending && text && text !== this.#mirrored && text !== this.#pending) this.#gate.host?.draft(this.#pending = `${text}\n\n${this.#pending}`);
    // What went with the box was deleted by nobody, unless it was sent.
    if (!text && this.#gate.left !== this.#mirrored) this.#mirrored = "";
  }

  /**
   * What somebody dictates is sent by itself when they pause, and no event tells of it: where nothing may leave, now or in a moment, it ends
   * in the box.
   */
  #endDictation() {
    const [button] = this.#parts.all("dictation");
    const { host } = this.#gate;
    if (button && host && (!this.#gate.isLeft(this.#gate.verdict("")) || host.endsWithin?.(DICTATION_ENDS_MS))) this.#gate.press(button);
  }

  /** Told as often as it is looked at while there are any: which conversation is shown the host knows alone. */
  #tellFiles() {
    const { files } = this.#parts;
    if (files.length > 0 || this.#hasFiles) this.#gate.host?.files?.(files);
    this.#hasFiles = files.length > 0;
  }

  #mirror = () => {
    if (this.#isWriting || this.#pending !== undefined || !this.#parts.input) return;
    const text = this.getDraft();
    if (text === this.#mirrored) return;
    this.#mirrored = text;
    this.#gate.host?.draft(text);
  };

  /** What left and is gone from its box is no draft of the one that was shown, though no event told of it and nobody has looked yet. @type {Adapter["leave"]} */
  leave = () => {
    if (this.#gate.left === this.#mirrored && this.getDraft() === "") this.#mirror();
  };

  /** @type {Adapter["setComposer"]} */
  setComposer = (mode, panel) => {
    this.#gate.panel = panel;
    this.#endDictation();
    return this.#place.set(mode, panel);
  };

  isTyping = () => this.#place.isTyping;
  focusComposer = () => this.#place.focus();
  getDraft = () => this.#pending ?? readDraft(this.#parts.input);

  /** @param {string} text */
  setDraft = (text) => {
    this.#pending = text === readDraft(this.#parts.input) && !this.#isWriting ? undefined : text;
    void this.#flush();
  };

  /** An editor takes no text while it is hidden: it is kept until the editor is there. */
  async #flush() {
    const { input } = this.#parts;
    if (this.#isWriting || !input) return;
    while (this.#pending !== undefined && (this.#place.shown === "open" || "value" in input)) {
      const text = this.#pending;
      this.#isWriting = true;
      const written = writeDraft(input, text);
      if ("value" in input) this.#isWriting = false;
      else await written;
      this.#isWriting = false;
      this.#mirrored = text;
      if (this.#pending === text) this.#pending = undefined;
    }
  }

  /**
   * Puts the text in the box and sends it as the agent would.
   *
   * @param {Pick<OutgoingText, "text" | "sendId" | "confirmed">} message
   * @throws {ReplyWindowError} `not-sent`: the composer took no send, or the verdict is another by now
   */
  sendText = async (message) => {
    this.setDraft(message.text);
    const passed = await this.#gate.passing(message, async () => {
      // A framework draws what was written, and lets its button go, a moment later.
      do await new Promise((resolve) => setTimeout(resolve, 20));
      while (this.#isWriting);
      const [button] = this.#parts.all("send");
      if (button) button.click();
      // What the page does in its turn, such as asking its own guard, is still this send.
      await new Promise((resolve) => setTimeout(resolve, 20));
    });
    if (!passed) throw new ReplyWindowError("not-sent", "the composer did not take the text");
  };

  /**
   * Wraps the page's own send, so that it asks first: nobody else sees a send by code.
   *
   * @template {unknown[]} A
   * @template R
   * @param {(...given: A) => R} send
   * @param {(...given: A) => string} [textOf] the text of what is sent; default: the first argument, or what stands in the box
   * @returns {(...given: A) => Promise<Awaited<R>>} rejects with `send-blocked`, without calling `send`
   */
  guard = (send, textOf = (...[first]) => (typeof first === "string" ? first : this.getDraft())) => async (...given) => {
    const text = textOf(...given);
    const verdict = this.#gate.verdict(text);
    if (!leavesNow(verdict)) {
      this.#gate.stop(verdict, text);
      throw new ReplyWindowError("send-blocked", `the message was not sent: ${verdict.reason}`);
    }
    this.#gate.left = text;
    return /** @type {any} */ (await send(...given));
  };
}

/**
 * Joins the reply window to one composer. Until it is connected, and after it was disconnected, the composer behaves as if it were not there.
 *
 * @param {ComposerParts} composer
 * @param {ComposerOptions} [options]
 * @returns {ComposerAdapter}
 * @throws {ReplyWindowError} `missing-field` without `input` or `send`, `unknown-field`; its `connect`: `already-connected`, `already-mounted` where its box has another; its `sendText`: `not-sent` where the box did not take
 *   the text; its `guard`: `send-blocked`
 * @example
 * mount(null, { adapter: domComposer({ input: "#text", send: "#send", attach: "#file" }), conversation, templates, onSend });
 */
export function domComposer(composer, options = {}) {
  const given = /** @type {ComposerParts} */ (fieldsOf(composer, PARTS, "composer"));
  for (const name of /** @type {const} */ (["input", "send"])) {
    if (!given[name]) throw fault("missing-field", `composer.${name}`, "required: an element, a selector or a function");
  }
  const { connect, look, leave, setComposer, isTyping, focusComposer, getDraft, setDraft, sendText, guard } = new DomComposer(given, options.document ?? document, options);
  return Object.freeze({
    name: "dom",
    capabilities: Object.freeze({ seesInboundTime: /** @type {const} */ ("none"), blocks: /** @type {const} */ ("dom"), hookTimeout: /** @type {const} */ ("none"), replacesComposer: true, keepsDraft: true }),
    connect, look, leave, setComposer, isTyping, focusComposer, getDraft, setDraft, sendText, guard,
  });
}
