// @ts-check
// Where the parts of the conversation control are: the customer's chat and never the internal consult's. No title is asked for, because
// titles are translated.

/** @import { ComposerParts } from "../dom/parts.js" */

const BOX = '[data-id="webchat-sendbox-input"]';
const CONSULT = '[data-id="consult-header-title"]';
const TRANSCRIPT = "[class~='webchat__basic-transcript']";
/** A row of it: other articles stand in the chat for whoever hears it, the help for the keyboard among them, whosever conversation is shown. */
const ROW = "[class~='webchat__basic-transcript__activity']";
/** What a click on it sends nothing. */
const HARMLESS = "[class*='scroll-to-end'], [class*='toaster'], [class*='upload-button']";

/** @param {Element} a @param {Element | null} b */
const isAfter = (a, b) => Boolean(b && b.compareDocumentPosition(a) & 4);

/** A transcript of the customer's: also where no box is, while somebody dictates. @param {Document} document @returns {HTMLElement | undefined} */
function customersTranscript(document) {
  const consult = document.querySelector(CONSULT);
  return [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(TRANSCRIPT))].find((transcript) => !isAfter(transcript, consult));
}

/** @param {Document} document @returns {HTMLElement | undefined} */
export function customersBox(document) {
  const consult = document.querySelector(CONSULT);
  return [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(BOX))].find((box) => !isAfter(box, consult));
}

/** The whole chat of the customer: the least that holds its box and its transcript; Dynamics' own buttons stand around it. @param {Document} document @returns {HTMLElement | undefined} */
export function customersChat(document) {
  const box = customersBox(document);
  if (!box) return customersTranscript(document)?.parentElement ?? undefined;
  const isOver = (/** @type {Element} */ { parentElement: next }) => !next || next === document.body || next.querySelector(CONSULT) !== null;
  let area = box;
  while (!area.querySelector(TRANSCRIPT) && !isOver(area)) area = /** @type {HTMLElement} */ (area.parentElement);
  return area;
}

/** The first row of what was said. @param {Element} chat @returns {Element | undefined} */
export const firstRow = (chat) => chat.querySelector(ROW) ?? undefined;

/** The box as a whole, with what stands beside it. @param {Document} document @returns {HTMLElement | undefined} */
export function customersSendBox(document) {
  const box = customersBox(document);
  const whole = box?.closest(".webchat__send-box") ?? box?.closest("[class*='webchat__send-box__main']") ?? box?.closest("form")?.parentElement;
  return /** @type {HTMLElement | undefined} */ (whole ?? undefined);
}

/** The send button first, then everything else in the chat that sends when it is pressed: suggested actions, cards, "retry", the microphone. @param {Document} document @returns {HTMLElement[]} */
export function sendParts(document) {
  const chat = customersChat(document);
  if (!chat) return [];
  const buttons = [.../** @type {NodeListOf<HTMLElement>} */ (chat.querySelectorAll("button, [role=button], input[type=submit]"))].filter((button) => !button.closest(HARMLESS));
  const send = chat.querySelector(".webchat__send-button") ?? customersSendBox(document)?.querySelector("button:last-of-type");
  return [...(send ? [/** @type {HTMLElement} */ (send)] : []), ...buttons];
}

/** What is pressed to end the customer's dictation, while there is one. @param {Document} document @returns {HTMLElement | undefined} */
export function dictationButton(document) {
  const consult = document.querySelector(CONSULT);
  const running = [...document.querySelectorAll("[class*='microphone-button--dictating']")].find((one) => !isAfter(one, consult));
  return running?.querySelector("button") ?? undefined;
}

/**
 * The composer's description.
 *
 * @param {() => readonly Document[]} documents
 * @param {() => readonly HTMLElement[]} more what else sends, outside of the chat, as the administrator named it
 * @returns {ComposerParts}
 */
export function partsOf(documents, more) {
  /** @template T @param {(document: Document) => T | undefined} find @returns {T | undefined} */
  const first = (find) => {
    for (const document of documents()) {
      const found = find(document);
      if (found) return found;
    }
    return undefined;
  };
  const chat = () => first(customersChat);
  return {
    area: () => chat(),
    root: () => first(customersSendBox),
    input: () => first(customersBox),
    send: () => [...first((document) => (customersChat(document) ? sendParts(document) : undefined)) ?? [], ...more()],
    dictation: () => first(dictationButton),
    attach: () => [.../** @type {NodeListOf<HTMLElement>} */ (chat()?.querySelectorAll(".webchat__upload-button, input[type=file]") ?? [])],
  };
}
