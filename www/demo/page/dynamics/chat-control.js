// @ts-check
// The conversation control: the real Web Chat for the customer's conversation, another for the internal consult, and what Dynamics has
// around them.

import { createLine } from "../line.js";
import { h, language, words } from "./words.js";

const { WebChat } = /** @type {any} */ (globalThis);
const dark = matchMedia("(prefers-color-scheme: dark)").matches;

/** @param {string} path @param {unknown} [body] */
const ask = async (path, body) => {
  const request = body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(path, request);
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
};

const styleOptions = {
  hideUploadButton: false, sendBoxTextWrap: new URLSearchParams(location.search).get("wrap") !== "no", accent: "#0f6cbd", backgroundColor: "transparent", bubbleBorderRadius: 8,
  ...(dark ? { bubbleBackground: "#333", bubbleTextColor: "#fff", sendBoxBackground: "#292929", sendBoxTextColor: "#fff", bubbleFromUserBackground: "#0e3a5c", bubbleFromUserTextColor: "#fff" } : {}),
};

/** One chat, drawn anew for each conversation in the same place. */
class Chat {
  #place;
  #placeholder;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #polls;

  /** @param {HTMLElement} place @param {string} [placeholder] */
  constructor(place, placeholder) {
    this.#place = place;
    this.#placeholder = placeholder;
  }

  /** @param {string} id */
  async show(id) {
    clearInterval(this.#polls);
    const path = `/omnichannel/messages/${id}`;
    const { messages } = await ask(path);
    const line = createLine({ messages, customer: { id: "customer", name: "customer" }, post: ({ text, attachments }) => ask(path, { text: text ?? `[${attachments?.length ?? 0} file]` }) });
    this.#polls = setInterval(async () => {
      const news = await ask(path).catch(() => ({ messages: [] }));
      for (const message of news.messages) line.add(message);
    }, 500);
    WebChat.renderWebChat({
      directLine: line.directLine, store: WebChat.createStore(), userID: "agent", locale: language === "ar" ? "ar-EG" : "en-US", styleOptions,
      // A microphone, where the page brings one.
      ...(/** @type {any} */ (globalThis).speech ? { webSpeechPonyfillFactory: () => /** @type {any} */ (globalThis).speech } : {}),
      ...(this.#placeholder ? { overrideLocalizedStrings: { TEXT_INPUT_PLACEHOLDER: this.#placeholder } } : {}),
    }, this.#place);
    this.line = line;
  }
}

/** The menus that open while a command is typed; they hear the keys before the chat does. */
function commands(/** @type {HTMLElement} */ customer, /** @type {HTMLElement} */ menu) {
  const box = () => /** @type {HTMLTextAreaElement | null} */ (customer.querySelector('[data-id="webchat-sendbox-input"]'));
  const write = (/** @type {string} */ text) => {
    const input = box();
    if (!input) return;
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(input), "value")?.set?.call(input, text);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const entries = /** @type {Record<string, [string, () => void]>} */ ({
    "/t": [words.transfer, () => { document.body.dataset.chosen = "transfer"; write(""); }],
    "/q": [words.reply, () => { document.body.dataset.chosen = "quick"; write(words.reply); }],
  });
  const draw = () => {
    const entry = entries[box()?.value ?? ""];
    menu.hidden = !entry;
    menu.replaceChildren(...(entry ? [h("button", { type: "button", onclick: entry[1] }, entry[0])] : []));
  };
  customer.addEventListener("input", () => setTimeout(draw));
  customer.addEventListener("keydown", (event) => {
    const entry = entries[box()?.value ?? ""];
    if (event.key !== "Enter" || !entry) return;
    event.preventDefault();
    event.stopPropagation();
    entry[1]();
    setTimeout(draw);
  });
  return { write };
}

const customer = h("div", { className: "customer" });
const menu = h("div", { className: "menu", hidden: true });
const consult = h("div", { className: "consult", hidden: true }, h("h2", { "data-id": "consult-header-title" }, words.consultTitle), h("div", { className: "customer" }));
const chat = new Chat(customer);
const colleagues = new Chat(/** @type {HTMLElement} */ (consult.lastElementChild), words.internal);
const menus = commands(customer, menu);
const toggle = async () => {
  consult.hidden = !consult.hidden;
  if (!consult.hidden) await colleagues.show("consult");
};
document.body.append(
  h("div", { className: "chats" }, customer, consult), menu,
  h("footer", {}, h("button", { id: "quickreplies", type: "button", onclick: () => menus.write(words.reply) }, words.quick), h("button", { id: "consult", type: "button", onclick: toggle }, words.consult), h("button", { className: "menu-button", type: "button" }, words.end)),
);
document.documentElement.lang = language;
document.documentElement.dir = language === "ar" ? "rtl" : "ltr";
Object.assign(globalThis, { chatControl: { get line() { return chat.line; }, show: (/** @type {string} */ id) => chat.show(id), toSendBox: menus.write, consult: toggle, suggest: (/** @type {any} */ activity) => chat.line?.show?.(activity) } });
await chat.show(String(new URLSearchParams(location.search).get("conversation")));
document.body.dataset.ready = "";
