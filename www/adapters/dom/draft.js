// @ts-check
// Reads and writes the text of a composer, so that whoever draws it takes notice.

/** @param {HTMLElement} input @returns {input is HTMLTextAreaElement} */
const isField = (input) => "value" in input;

/** @param {HTMLElement | undefined} input */
export function readDraft(input) {
  if (!input) return "";
  if (isField(input)) return input.value;
  return [...blocks(input)].join("\n").replace(/\u00a0/g, " ").replace(/[\ufeff\u200b]/g, "");
}

/** @param {Node} node @returns {node is HTMLElement} */
const isElement = (node) => node.nodeType === 1;

const BLOCK = /^(P|DIV|LI|[UOD]L|D[TD]|BLOCKQUOTE|PRE|H[1-6]|T(ABLE|[RDH])|SECTION|ARTICLE)$/;

/** The lines of an editor: one for each block, or line break. @param {Node} root @returns {string[]} */
function blocks(root) {
  /** @type {string[]} */
  const lines = [];
  let line = "";
  let isStarted = false;
  const end = () => {
    if (isStarted) lines.push(line);
    line = "";
    isStarted = false;
  };
  const write = (/** @type {string | null | undefined} */ text) => {
    if (text) isStarted = true;
    line += text ?? "";
  };
  /** @param {Node} node */
  const walk = (node) => {
    for (const child of node.childNodes) {
      if (child.nodeType === 3) write(child.nodeValue);
      else if (!isElement(child) || isPlaceholder(child)) continue;
      else if (child.tagName === "BR") {
        isStarted = true;
        end();
        // The break after the last word of a block only keeps the block open.
        if (child.nextSibling) isStarted = true;
      } else if (BLOCK.test(child.tagName)) {
        end();
        walk(child);
        end();
      } else {
        // An emoji may be a picture.
        write(/** @type {Partial<HTMLImageElement>} */ (child).alt);
        walk(child);
      }
    }
  };
  walk(root);
  end();
  return lines;
}

/** Words that stand in an empty editor and cannot be selected are not the agent's. @param {HTMLElement} element */
const isPlaceholder = ({ style }) => style?.pointerEvents === "none" || style?.userSelect === "none";

/**
 * Writes into a field at once; into an editor within a few turns, with the focus in it meanwhile.
 *
 * @param {HTMLElement} input
 * @param {string} text
 * @returns {Promise<void>}
 */
export async function writeDraft(input, text) {
  if (isField(input)) return writeField(input, text);
  const tree = /** @type {Document | ShadowRoot} */ (input.getRootNode());
  const before = /** @type {HTMLElement | null} */ (tree.activeElement ?? input.ownerDocument.activeElement);
  for (const { write, afterMs } of text ? WAYS : WAYS_TO_EMPTY) {
    if (readDraft(input) === text) break;
    input.focus({ preventScroll: true });
    input.ownerDocument.execCommand("selectAll");
    await turn(afterMs);
    // What was written before may be drawn by now: once more it would stand there twice.
    if (readDraft(input) === text) break;
    write(input, text);
    await drawn(input, text);
  }
  if (before !== input && before?.isConnected) before.focus({ preventScroll: true });
}

/** A framework draws what it took in its own time, seldom later than this. @param {HTMLElement} input @param {string} text */
async function drawn(input, text) {
  await turn();
  for (let looks = 0; looks < DRAWN_LOOKS && readDraft(input) !== text; looks += 1) await turn(DRAWN_MS);
}
const DRAWN_LOOKS = 5;
const DRAWN_MS = 20;

const turn = (ms = 0) => new Promise((resolve) => setTimeout(resolve, ms));

/** By the setter of the prototype: a framework that keeps the value hides the element's own. @param {HTMLTextAreaElement} input @param {string} text */
function writeField(input, text) {
  if (input.value === text) return;
  const set = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(input), "value")?.set;
  if (set) set.call(input, text);
  else input.value = text;
  const { Event } = /** @type {typeof globalThis} */ (/** @type {unknown} */ (input.ownerDocument.defaultView ?? globalThis));
  for (const type of ["input", "change"]) input.dispatchEvent(new Event(type, { bubbles: true }));
}

/** As somebody who pastes it in place of all. @param {HTMLElement} input @param {string} text */
function paste(input, text) {
  const { ClipboardEvent, DataTransfer } = /** @type {typeof globalThis} */ (/** @type {unknown} */ (input.ownerDocument.defaultView ?? globalThis));
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  input.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true, composed: true }));
}

/** As somebody who types it in place of all. @param {HTMLElement} input @param {string} text */
function insert(input, text) {
  input.ownerDocument.execCommand("insertText", false, text);
}

/** As somebody who deletes all. A command tells no editor beforehand, and one that keeps its own text would not know of it. @param {HTMLElement} input */
function erase(input) {
  const { InputEvent } = /** @type {typeof globalThis} */ (/** @type {unknown} */ (input.ownerDocument.defaultView ?? globalThis));
  const isLeftToUs = input.dispatchEvent(new InputEvent("beforeinput", { inputType: "deleteContentBackward", bubbles: true, cancelable: true, composed: true }));
  if (isLeftToUs) input.ownerDocument.execCommand("delete");
}

/**
 * One after the other until one was taken. Editors learn of a selection a turn later, or, where they look at it ten times a second, as
 * much later; what they did not write themselves they may not know, so that this comes last.
 */
const WAYS = [{ write: paste, afterMs: 0 }, { write: paste, afterMs: 150 }, { write: insert, afterMs: 0 }];
/** Nothing cannot be pasted. */
const WAYS_TO_EMPTY = [{ write: erase, afterMs: 150 }];
