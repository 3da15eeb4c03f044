// @ts-check
// The gate in front of a composer: every event by which something could leave asks first, at that moment. It hangs on the window,
// in the capture phase, so that it is asked before whatever the page does.

import { isUnguarded, leavesNow } from "../../engine/fallback-verdict.js";
import { tellStopped, verdictOn } from "../send-verdict.js";

/** @import { AdapterHost } from "../../controller/adapter-port.js" */
/** @import { OutgoingText } from "../../controller/types.js" */
/** @import { OtherVerdict } from "../../engine/fallback-verdict.js" */
/** @import { Parts } from "./parts.js" */

/**
 * What of the chat an event concerns.
 *
 * @typedef {{ input: boolean, root: boolean, area: boolean, send: boolean, attach: boolean }} Where
 * @typedef {"text" | "files" | "silent" | undefined} Means what the event is about to do: hand over the text, take files, or
 *   nothing that has to be told (another event of the same press tells it)
 */

/** @param {KeyboardEvent} event the key that ends a composition belongs to the input method */
const isComposing = ({ isComposing, keyCode }) => isComposing || keyCode === 229;

/** Remote desktops and scanners may send a key without its name, which React reads by its number. @param {KeyboardEvent} event */
const isEnter = ({ key, keyCode, charCode }) => key === "Enter" || keyCode === 13 || charCode === 13;
/** @param {KeyboardEvent} event */
const isSpace = ({ key, keyCode, charCode }) => key === " " || keyCode === 32 || charCode === 32;

/** @param {KeyboardEvent} event @param {Where} where @returns {Means} */
function key(event, { input, send, attach }) {
  const means = event.type !== "keydown" || event.repeat || isComposing(event) ? "silent" : attach && !send ? "files" : "text";
  if (isEnter(event) && (input || send || attach)) return means;
  return isSpace(event) && (send || attach) ? means : undefined;
}

/** A new paragraph of a keyboard that tells of no keys. @param {InputEvent} event @param {Where} where @returns {Means} */
const paragraph = (event, { input }) => (input && !event.isComposing && /^insert(Paragraph|LineBreak)$/.test(event.inputType) ? "text" : undefined);

/** @param {Event} _ @param {Where} where @returns {Means} */
const press = (_, { send, attach }) => (send || attach ? "silent" : undefined);

/** @param {Event} _ @param {Where} where @returns {Means} */
const click = (_, { send, attach }) => (send ? "text" : attach ? "files" : undefined);

/** @param {{ dataTransfer?: DataTransfer | null, clipboardData?: DataTransfer | null } & Event} event @param {Where} where @returns {Means} */
function transfer({ type, dataTransfer, clipboardData }, { area, input, root }) {
  const hasFiles = (dataTransfer ?? clipboardData)?.types.includes("Files");
  return hasFiles && (area || root || input) ? (type === "dragover" ? "silent" : "files") : undefined;
}

/** @param {Event} event @param {Where} where @returns {Means} `input` comes first, and a page may take the files by either */
const choice = (event, { area, root, attach }) => ((area || root || attach) && fileInput(event) ? (event.type === "input" ? "silent" : "files") : undefined);

/** @param {Event} _ @param {Where} where @returns {Means} */
const submit = (_, { area, root, input }) => (area || root || input ? "text" : undefined);

const MEANS = /** @type {Record<string, (event: any, where: Where) => Means>} */ ({
  keydown: key, keypress: key, keyup: key, beforeinput: paragraph, submit, click,
  pointerdown: press, pointerup: press, mousedown: press, mouseup: press, touchstart: press, touchend: press,
  input: choice, change: choice, dragover: transfer, drop: transfer, paste: transfer,
});

/**
 * Of these the page hears nothing, but what follows them goes on: of a press the click tells, and a composition ends in the box.
 *
 * @param {Event} event
 */
const goesOn = (event) => /^(pointer|mouse|touch)/.test(event.type) || (event.type.startsWith("key") && isComposing(/** @type {KeyboardEvent} */ (event)));

/** @param {Event} event @returns {HTMLInputElement | undefined} */
function fileInput(event) {
  const [target] = /** @type {HTMLInputElement[]} */ (event.composedPath());
  return target?.type === "file" ? target : undefined;
}

/** Of the chat, and no part of the composer. */
const PANEL = { input: false, root: false, area: true, send: false, attach: false };

/** Words and a picture of them, as a table is copied: a field takes the words. @param {Event} event */
const hasText = (event) => /** @type {ClipboardEvent} */ (event).clipboardData?.types.includes("text/plain");

/** @typedef {Pick<OutgoingText, "text"> & Partial<Pick<OutgoingText, "sendId" | "confirmed">>} Sending */

/** Files that come or are chosen say nothing of the text beside them. @param {Event} event @param {Where} where */
const isOfFiles = ({ type }, { attach, send }) => (attach && !send) || /^(input|change|drag|drop|paste)/.test(type);

export class Gate {
  #parts;
  #text;
  #isCommand;
  #released;
  /** @type {AdapterHost | undefined} */
  host;
  /** The text that left last. @type {string | undefined} */
  left;
  /** The element whose events are our own. @type {Element | undefined} */
  panel;
  /** @type {Set<EventTarget>} */
  #places = new Set();
  /** Whether what happens now is done by us, and sends nothing. */
  #isOurs = false;
  /** What the agent said yes to, while it is on its way. @type {(Sending & { hasPassed: boolean }) | undefined} */
  #sending;

  /**
   * @param {Parts} parts
   * @param {() => string} text the text that would be lost
   * @param {(event: Event) => void} released is told of a key or a pointer that goes up and of which nobody else hears
   * @param {(text: string) => boolean} [isCommand] for a menu of the desktop, and no message
   */
  constructor(parts, text, released, isCommand = () => false) {
    this.#parts = parts;
    this.#text = text;
    this.#released = released;
    this.#isCommand = isCommand;
  }

  /** Also where it is attached already: `document.open()` takes the listeners of a window away. @param {EventTarget | null | undefined} place */
  attach(place) {
    if (!place) return;
    this.#places.add(place);
    for (const type of Object.keys(MEANS)) place.addEventListener(type, this, { capture: true, passive: false });
  }

  detach() {
    for (const place of this.#places) for (const type of Object.keys(MEANS)) place.removeEventListener(type, this, true);
    this.#places.clear();
  }

  /** @param {Event} event */
  handleEvent(event) {
    const path = event.composedPath();
    if (!this.host || this.#isOurs) return;
    // The panel's own events pass, but for files: it stands where the composer stood, and the page takes what falls there.
    const isOwn = this.panel !== undefined && path.includes(this.panel);
    if (isOwn && MEANS[event.type] !== transfer) return;
    const where = isOwn ? PANEL : this.#where(path);
    const means = MEANS[event.type]?.(event, where);
    if (!means) return;
    const text = this.#text();
    const verdict = this.verdict(text, isOfFiles(event, where));
    if (this.isLeft(verdict)) {
      if (this.#sending && means !== "silent") this.#sending.hasPassed = true;
      if (means !== "text") return;
      this.left = text;
      this.host.passed?.(text);
      return;
    }
    if (verdict.leaves !== "no" && isLineBreak(event)) return;
    const isCommand = this.#isCommand(text);
    // The menu takes the key; what it leaves would be sent by what follows it.
    if (isCommand && /^key(down|up)$/.test(event.type)) return;
    event.stopImmediatePropagation();
    if (/^(key|pointer)up$/.test(event.type)) this.#released(event);
    if (goesOn(event) || isOwn && hasText(event)) return;
    event.preventDefault();
    const files = fileInput(event);
    if (files) files.value = "";
    // A line that begins sends nothing: in a field it is made without the page, which may send by that key; an editor would not know of it.
    const [field] = /** @type {HTMLTextAreaElement[]} */ (path);
    if (event.type === "keydown" && field?.form !== undefined && where.input && isLineBreak(event)) this.#do(() => field.ownerDocument.execCommand("insertLineBreak"));
    else if (means !== "silent" && !isCommand) this.stop(verdict, means === "files" ? "" : text);
  }

  /**
   * The verdict on a text at this instant: the window's, what the provider would not take, or a doubt whether it went out before.
   *
   * @param {string} text
   * @param {boolean} [isOfFiles] it stays where it is
   * @returns {OtherVerdict}
   */
  verdict(text, isOfFiles = false) {
    return verdictOn(this.host, { text, isOfFiles }, this.#sending);
  }

  /** Tells that a send was stopped, or has the agent asked. @param {OtherVerdict} verdict @param {string} text */
  stop(verdict, text) {
    tellStopped(this.host, verdict, text);
  }

  /** Whether the composer is left to do what it does. @param {OtherVerdict} verdict */
  isLeft = (verdict) => leavesNow(verdict) || isUnguarded(verdict);

  /** Presses something of the page's that sends nothing. @param {HTMLElement} button */
  press(button) {
    this.#do(() => button.click());
  }

  /** @param {() => void} act of ours */
  #do(act) {
    this.#isOurs = true;
    act();
    this.#isOurs = false;
  }

  /**
   * Lets one send through that the agent confirmed.
   *
   * @param {Sending} message
   * @param {() => void | Promise<void>} act as the agent would
   * @returns {Promise<boolean>} whether anything passed
   */
  async passing(message, act) {
    const sending = { ...message, hasPassed: false };
    this.#sending = sending;
    try {
      await act();
    } finally {
      this.#sending = undefined;
    }
    return sending.hasPassed;
  }

  /** @param {readonly EventTarget[]} path @returns {Where} */
  #where(path) {
    const parts = this.#parts;
    const has = (/** @type {Element | undefined} */ element) => element !== undefined && path.includes(element);
    // The form may be the whole page's, and submitted for something else where nothing waits in the composer.
    const isForm = parts.isForm(path[0]) && Boolean(this.#text() || parts.files.length);
    return { input: isForm || parts.isOn("input", path), root: has(parts.root), area: has(parts.area), send: parts.isOn("send", path), attach: parts.isOn("attach", path) };
  }
}

/** A new line in a longer text, where only the send itself needs a yes. @param {Event} event */
const isLineBreak = (event) =>
  /^key/.test(event.type) && /** @type {KeyboardEvent} */ (event).shiftKey && isEnter(/** @type {KeyboardEvent} */ (event)) ||
  event.type === "beforeinput" && /** @type {InputEvent} */ (event).inputType === "insertLineBreak";
