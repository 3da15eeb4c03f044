// @ts-check
/**
 * The customer's composer in the conversation control, locked from the page around it. Attached before any engine is there; until the
 * conversation that is shown is identified, its window counts as unknown and never as the former one's.
 */
import { blindVerdict, isUnguarded, stopped } from "../../engine/fallback-verdict.js";
import { domComposer } from "../dom/index.js";
import { customersBox, customersChat, dictationButton, firstRow, partsOf } from "./chat.js";
import { DirectLineLock } from "./direct-line.js";
import { Frames } from "./frames.js";

/** @import { Adapter, AdapterHost } from "../../controller/adapter-port.js" */
/** @import { Draft, Unknown, Verdict } from "../../../src/wire/types.d.ts" */
/** @import { Confirmed } from "../../controller/types.js" */

/** @typedef {"unidentified" | "identified" | "left-alone"} Identity */
/**
 * @typedef {object} Told
 * @property {() => void} foreign another conversation may be shown
 * @property {() => Promise<boolean>} isStillFocused whether the conversation that was identified is the one in focus
 * @property {() => void} judged a send was judged
 * @property {() => void} passed a text is about to leave
 * @property {() => void} changed frames came or went
 */

/** What of the transcript stays in sight, and what the panel needs at least, in CSS pixels. */
const TRANSCRIPT = 72;
const LEAST_ROOM = 200;

/** @type {Verdict} */
const LEAVES = { .../** @type {any} */ (stopped("no-window")), kind: "allowed", leaves: "yes" };
const UNCHECKED = /** @type {any} */ ({ problems: [], notes: [] });
const isCommand = (/** @type {string} */ text) => text.startsWith("/");

export class DynamicsComposer {
  #unknown;
  #told;
  #inner;
  /** @type {(() => void) | undefined} */
  #detach;
  /** @type {AdapterHost | undefined} */
  #host;
  /** @type {Identity} */
  #identity = "unidentified";
  /** What was on the page when it was identified. @type {{ chat?: WeakRef<Element>, box?: WeakRef<Element>, row?: WeakRef<Element> }} */
  #nodes = {};
  /** @type {{ mode: "open" | "closed", panel: HTMLElement } | undefined} */
  #wanted;
  /** The text that the agent's own hands made. */
  #typed = "";
  #isInCommand = false;
  /** The draft of one conversation is not written into the box of another. */
  #isSwitching = false;

  /** @type {DirectLineLock | undefined} */
  #line;
  /** While it is asked whether other rows are another conversation's. @type {object | undefined} */
  #doubt;
  /** Other rows are noticed when they are drawn. */
  #drawn = new MutationObserver(() => this.notice());

  /** @param {{ page: Window, unknown: Unknown, more: () => readonly HTMLElement[], told: Told, hasSecondLock?: boolean | undefined }} options */
  constructor({ page, unknown, more, told, hasSecondLock = false }) {
    if (hasSecondLock) this.#line = new DirectLineLock(() => this.#judgeLine());
    this.#unknown = unknown;
    this.#told = told;
    this.frames = new Frames(page, () => this.#onFrames());
    const documents = () => this.frames.documents;
    this.#inner = domComposer(partsOf(documents, more), { document: page.document, documents, isCommand });
  }

  name = "dynamics";
  capabilities = Object.freeze({ seesInboundTime: /** @type {const} */ ("receipt"), blocks: /** @type {const} */ ("dom"), hookTimeout: /** @type {const} */ ("none"), replacesComposer: true, keepsDraft: true });

  /** The gate stands before anything else. */
  attach() {
    this.frames.look();
    this.#detach = this.#inner.connect({
      judge: (draft, confirmed) => this.judge(draft, confirmed),
      check: (message) => this.#check(message),
      doubt: (message) => (this.#identity === "identified" ? this.#host?.doubt?.(message) : undefined),
      endsWithin: (ms) => this.#identity === "identified" && this.#host?.endsWithin?.(ms) === true,
      blocked: (attempt) => this.#host?.blocked(attempt),
      ask: (attempt) => (this.#host?.ask ? this.#host.ask(attempt) : this.#host?.blocked(attempt)),
      record: () => {},
      placed: (mode) => this.#host?.placed?.(mode),
      draft: (text) => this.#onDraft(text),
      passed: () => this.#told.passed(),
      files: (names) => this.#host?.files?.(names),
    });
  }

  end() {
    for (const document of this.frames.documents) document.removeEventListener("input", this.#onInput, true);
    this.#detach?.();
    this.#line?.end();
    this.#drawn.disconnect();
    this.frames.end();
  }

  /** The panel is never higher than its chat leaves room for, whatever else is open. */
  fit() {
    const { chat } = this.shown;
    const panel = this.#wanted?.panel;
    let height = chat?.ownerDocument.defaultView?.innerHeight;
    if (!panel || height === undefined) return;
    for (/** @type {Element | null} */ let around = chat ?? null; around; around = around.parentElement) height = Math.min(height, around.clientHeight || height);
    const room = `${Math.max(LEAST_ROOM, height - TRANSCRIPT)}px`;
    if (panel.style.getPropertyValue("--rw-room") !== room) panel.style.setProperty("--rw-room", room);
  }

  #onFrames() {
    this.#inner?.look();
    this.#told.changed();
  }

  // ---- whose conversation it is

  get identity() {
    return this.#identity;
  }

  /** @returns {{ chat: Element | undefined, box: Element | undefined, row: Element | undefined }} */
  get shown() {
    for (const document of this.frames.documents) {
      const chat = customersChat(document);
      if (chat) return { chat, box: customersBox(document), row: firstRow(chat) };
    }
    return { chat: undefined, box: undefined, row: undefined };
  }

  /** Whether somebody dictates: then there is no box. */
  get isDictating() {
    return this.frames.documents.some((document) => dictationButton(document) !== undefined);
  }

  /** What is shown is this conversation's from now on. @param {Identity} identity */
  identify(identity) {
    this.#identity = identity;
    const ref = (/** @type {Element | undefined} */ element) => (element ? { ref: new WeakRef(element) } : {});
    const { chat, box, row } = this.shown;
    this.#nodes = { chat: ref(chat).ref, box: ref(box).ref, row: ref(row).ref };
    this.#drawn.disconnect();
    if (chat) this.#drawn.observe(chat, { childList: true, subtree: true });
    this.#apply();
  }

  /** A slow look, for what raised no event. */
  lookAround() {
    this.frames.look();
    this.notice();
    this.fit();
  }

  /** Looks whether what is shown is still what was identified. */
  notice() {
    this.#line?.look(this.shown.box);
    if (this.#identity === "unidentified") return;
    const { chat, box, row } = this.shown;
    const { chat: knownChat, box: knownBox, row: knownRow } = this.#nodes;
    // The first row of a conversation that had none may be another conversation's, too.
    const isGone = knownRow ? knownRow.deref()?.isConnected !== true : row !== undefined;
    if (isGone) this.#nodes.row = row && new WeakRef(row);
    const isOther = chat !== undefined && chat !== knownChat?.deref() || box !== undefined && knownBox !== undefined && box !== knownBox.deref();
    if (isOther) this.forget();
    else if (isGone) void this.#ask();
  }

  /** The row of a message that arrived is drawn anew, too: until it is known whose they are, nothing leaves. */
  async #ask() {
    const doubt = (this.#doubt = {});
    const isStill = await this.#told.isStillFocused();
    if (this.#doubt !== doubt) return;
    this.#doubt = undefined;
    if (!isStill) this.forget();
  }

  forget() {
    this.#identity = "unidentified";
    this.#nodes = {};
    this.#doubt = undefined;
    this.#drawn.disconnect();
    this.#told.foreign();
    this.#apply();
  }

  /**
   * @param {Draft} [draft]
   * @param {Confirmed} [confirmed]
   * @returns {Verdict}
   * Where the engine does not answer, the box is left unless the unknown is to block.
   */
  judge(draft, confirmed) {
    this.notice();
    if (this.#identity === "left-alone") return LEAVES;
    if (!this.#host) return blindVerdict(this.#unknown);
    this.#told.judged();
    if (this.#doubt) return stopped("window-unknown");
    const verdict = this.#host.judge(draft, confirmed);
    return isUnguarded(verdict) ? LEAVES : verdict;
  }

  /** Where no engine ever starts, the box is left, unless the unknown is to block. @param {Parameters<NonNullable<AdapterHost["check"]>>[0]} message */
  #check(message) {
    const check = this.#host?.check;
    if (this.#identity === "left-alone" || !check) return UNCHECKED;
    try {
      return check(message);
    } catch (cause) {
      if (this.#unknown === "ask" && /** @type {any} */ (cause)?.code === "engine-unavailable") return UNCHECKED;
      throw cause;
    }
  }

  /** What only needs a yes has been asked about before it comes here. */
  #judgeLine() {
    try {
      const { leaves, reason } = this.judge();
      return { leaves: leaves !== "no", reason };
    } catch {
      return { leaves: false, reason: "engine-failed" };
    }
  }

  /** Whether the second lock stands; nothing where none was asked for. @returns {boolean | undefined} */
  get isLineGuarded() {
    return this.#line?.isGuarded;
  }

  // ---- the adapter's part

  /** @type {Adapter["connect"]} */
  connect = (host) => {
    this.#host = host;
    return () => {
      if (this.#host === host) this.#host = undefined;
    };
  };

  /** @type {Adapter["setComposer"]} */
  setComposer = (mode, panel) => {
    this.#wanted = { mode, panel };
    return this.#apply();
  };

  isTyping = () => this.#inner.isTyping();
  focusComposer = () => this.#inner.focusComposer();
  getDraft = () => this.#inner.getDraft();
  setDraft = (/** @type {string} */ text) => {
    if (!this.#isSwitching && !this.#isInCommand) this.#inner.setDraft(text);
  };
  sendText = (/** @type {Parameters<NonNullable<Adapter["sendText"]>>[0]} */ message) => this.#inner.sendText?.(message);

  /** @template T @param {() => T} work in which no draft reaches the box @returns {T} */
  switching(work) {
    this.#isSwitching = true;
    try {
      return work();
    } finally {
      this.#isSwitching = false;
    }
  }

  /** Opens a menu of Dynamics, also from a locked box. @param {string} text such as `/t` */
  command(text) {
    this.#isInCommand = true;
    this.#inner.setDraft(text);
    this.#apply();
    this.#inner.focusComposer();
  }

  /** The box stands while it holds a command; a conversation of another channel is none of ours. */
  #apply() {
    if (!this.#wanted) return true;
    const { mode, panel } = this.#wanted;
    const isAlone = this.#identity === "left-alone";
    panel.hidden = isAlone;
    this.fit();
    return this.#inner.setComposer(isAlone || this.#isInCommand ? "open" : mode, panel);
  }

  // ---- drafts

  #onInput = (/** @type {Event} */ event) => {
    if (event.isTrusted) this.#typed = this.#inner.getDraft();
  };

  /** @param {string} text */
  #onDraft(text) {
    for (const document of this.frames.documents) document.addEventListener("input", this.#onInput, true);
    this.notice();
    if (isCommand(text)) {
      this.#isInCommand ||= this.#wanted?.mode === "closed";
      this.#apply();
    } else if (this.#isInCommand) this.#endCommand(text);
    else this.#takeDraft(text);
  }

  /** @param {string} text */
  #takeDraft(text) {
    if (text === this.#typed && text !== "") return this.#host?.draft(text);
    // What the host wrote by itself may be another conversation's text, shown before anybody was told of the switch.
    void this.#told.isStillFocused().then((isStill) => isStill && this.#inner.getDraft() === text && this.#host?.draft(text));
  }

  /** The menu is done: its text is a draft, and without one the kept draft comes back. @param {string} text */
  #endCommand(text) {
    this.#isInCommand = false;
    this.#apply();
    this.onCommandEnd?.(text);
  }

  /** @type {((text: string) => void) | undefined} */
  onCommandEnd;
}
