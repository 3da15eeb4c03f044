// @ts-check
// One conversation: the real Web Chat, with the reply window in the place of its send box.

import { mount } from "../../mount.js";
import { webChat } from "../../adapters/webchat/index.js";
import { RequestError, ask, isLost } from "./desk.js";
import { h } from "./dom.js";
import { createLine } from "./line.js";

/** @import { Conversation, Desk, Message } from "./desk.js" */
/** @import { Words } from "./texts.js" */

const { React, WebChat } = /** @type {any} */ (globalThis);

/** The reply window gets the same, so that all numbers of the page are written in the same digits. */
const LOCALE = { en: "en-US", ar: "ar-EG" };

/** Names that Web Chat has no Arabic for. */
const ARABIC = {
  TEXT_INPUT_ALT: "مربع كتابة الرسالة",
  KEYBOARD_HELP_CLOSE_BUTTON_ALT: "إغلاق",
  TRANSCRIPT_ARIA_LABEL_ALT: "سجل المحادثة، تنقّل فيه بأسهم لوحة المفاتيح.",
  TRANSCRIPT_ARIA_ROLE_ALT: "سجل المحادثة",
};

/** @param {boolean} dark */
const styleOptions = (dark) => ({
  accent: dark ? "#479ef5" : "#0f6cbd",
  backgroundColor: "transparent",
  primaryFont: "inherit",
  hideUploadButton: true,
  timestampFormat: "absolute",
  groupTimestamp: 300_000,
  bubbleBorderRadius: 8,
  bubbleFromUserBorderRadius: 8,
  bubbleBackground: dark ? "#333333" : "#ffffff",
  bubbleBorderColor: dark ? "#474747" : "#e0e0e0",
  bubbleTextColor: dark ? "#ffffff" : "#242424",
  bubbleFromUserBackground: dark ? "#0e3a5c" : "#e6f1fb",
  bubbleFromUserBorderColor: dark ? "#155487" : "#c7e0f4",
  bubbleFromUserTextColor: dark ? "#ffffff" : "#0c3b5e",
  subtle: dark ? "#bdbdbd" : "#616161",
  timestampColor: dark ? "#bdbdbd" : "#616161",
  notificationText: dark ? "#bdbdbd" : "#616161",
  sendBoxBackground: dark ? "#292929" : "#ffffff",
  sendBoxTextColor: dark ? "#ffffff" : "#242424",
  sendBoxPlaceholderColor: dark ? "#bdbdbd" : "#616161",
  sendBoxButtonColor: dark ? "#479ef5" : "#0f6cbd",
  sendBoxTextWrap: true,
});

/** Web Chat has no action for "was refused later", or "arrived after all", but this one. @param {Map<string, "send failed" | "sent">} words by message */
function fates(words) {
  /** @type {any} */
  let store;
  /** @param {string} id */
  const mark = (id) => store.dispatch({ type: "WEB_CHAT/MARK_ACTIVITY", payload: { activityID: id, name: "webchat:send-status", value: words.get(id) } });
  /** @param {any} api */
  const middleware = (api) => {
    store = api;
    return (/** @type {any} */ next) => (/** @type {any} */ action) => {
      const result = next(action);
      const id = action.payload?.activity?.id;
      if (words.has(id) && /INCOMING_ACTIVITY|POST_ACTIVITY_FULFILLED/.test(action.type)) mark(id);
      return result;
    };
  };
  return { middleware, mark };
}

export class Chat {
  #desk;
  #conversation;
  /** Ids of templates: their text is nobody's draft. @type {Set<string>} */
  #templates = new Set();
  /** What became of a message, where it is not what Web Chat thinks. @type {Map<string, "send failed" | "sent">} */
  #known;
  #fates;
  #line;
  #adapter;
  #store;
  #handle;
  /** Web Chat's own place, which may be hidden, never rebuilt. */
  root;
  /** @type {Words} */
  #words;
  #dark = matchMedia("(prefers-color-scheme: dark)");

  /** @param {Desk} desk @param {Conversation} conversation @param {Words} words */
  constructor(desk, conversation, words) {
    const { id, name, messages } = conversation;
    this.#desk = desk;
    this.#conversation = conversation;
    this.#words = words;
    this.#known = new Map(messages.filter(isLost).map((message) => [message.id, "send failed"]));
    this.#fates = fates(this.#known);
    this.#line = createLine({ messages, customer: { id, name }, post: (activity) => this.#post(activity), arrived: (id) => this.#known.has(id) || this.#known.set(id, "sent") });
    this.#adapter = webChat({ React, kindOf: ({ channelData }) => channelData?.kind });
    this.#store = WebChat.createStore({}, this.#adapter.storeMiddleware, this.#fates.middleware);
    this.root = h("div", { class: "web-chat" });
    this.#handle = this.#mount();
    this.#handle.controller.serverTime(desk.now());
    for (const message of messages) this.#settle(message);
    this.#handle.element.addEventListener("queue-change", (event) => {
      const { queue } = /** @type {any} */ (event).detail;
      desk.asking[queue === "ask" || queue === "ready" || queue === "due" ? "add" : "delete"](id);
    });
    this.#dark.addEventListener("change", () => this.#render());
  }

  #mount() {
    const { id, channel, business, customer, name, locale, suggestions, state, observedSinceAtMs } = this.#conversation;
    return mount(null, {
      conversation: { id, channel, business, customer, name, locale, suggestions },
      adapter: this.#adapter,
      state,
      observedSince: observedSinceAtMs,
      templates: this.#desk.templates,
      askServer: this.#desk.askServer,
      ...(this.#desk.agent ? { agent: this.#desk.agent } : {}),
      ...(this.#desk.drafts ? { drafts: this.#desk.drafts } : {}),
      queue: this.#desk.queue,
      locale: LOCALE[this.#words.language],
      tabs: "reply-window-demo",
      unknown: this.#desk.unknown,
      ...(this.#desk.policy ? { policy: this.#desk.policy } : {}),
    });
  }

  /** Once it is in the page: Web Chat measures itself. */
  start() {
    this.#render();
  }

  /** @param {Words} words */
  speak(words) {
    this.#words = words;
    this.#handle.element.setAttribute("locale", LOCALE[words.language]);
    this.#render();
  }

  focus() {
    if (this.#handle.element.composer === "closed") this.#handle.element.focus();
    else this.#adapter.focusComposer();
  }

  /** @param {number} nowAtMs the middleware's clock */
  serverTime(nowAtMs) {
    this.#handle.controller.serverTime(nowAtMs);
  }

  /** What the middleware knows about this window now. */
  window() {
    this.#handle.controller.merge(this.#conversation.state);
  }

  /** @param {Message} message */
  message(message) {
    this.#line.add(message);
    this.#settle(message);
    if (isLost(message)) this.refused(message);
  }

  /** Whoever's send it was, it went out: its answer may have been lost, or the page that waited for it. @param {Message} message */
  #settle({ sendId, id }) {
    if (sendId !== undefined) this.#handle.settleSend(sendId, { id });
  }

  /** The provider took a message and refused it later. @param {Message} message */
  refused(message) {
    this.#lose(message);
    const { id, atMs, text, errorCode: code, sendId, author, contentSid } = message;
    if (code === undefined) return;
    const isTemplate = contentSid !== undefined || this.#templates.has(id);
    this.#handle.refused({ id, at: atMs, code, ...(sendId && { sendId }), ...(!isTemplate && { text, ...(author && { author }) }) });
  }

  /** @param {Message} message */
  #lose({ id }) {
    this.#known.set(id, "send failed");
    this.#fates.mark(id);
  }

  /** @param {any} activity @returns {Promise<{ id: string, atMs: number }>} */
  async #post({ text, attachments, channelData }) {
    // Never the text without the file that it speaks of.
    if (attachments?.length) throw new RequestError({ code: "files-unsupported", message: "this desktop sends no files" }, 415);
    const { kind, contentSid, contentVariables, sendId, confirmed } = channelData?.replyWindow ?? {};
    const author = this.#desk.agent;
    const path = `/api/conversations/${encodeURIComponent(this.#conversation.id)}/messages`;
    const body = kind === "template" ? { kind, contentSid, contentVariables, author } : { kind: "text", text, sendId, confirmed, author };
    const receipt = await ask(path, body, { "idempotency-key": sendId }).catch((error) => {
      if (error.code === "send-repeated" && error.receipt) return error.receipt;
      throw error;
    });
    if (kind === "template") this.#templates.add(receipt.id);
    return receipt;
  }

  #render() {
    const { language, dir } = this.#words;
    const props = {
      directLine: this.#line.directLine,
      store: this.#store,
      userID: "agent",
      username: "agent",
      locale: LOCALE[language],
      overrideLocalizedStrings: (/** @type {object} */ strings, /** @type {string} */ tag) => (/^ar/.test(tag) ? { ...strings, ...ARABIC } : strings),
      dir,
      sendBoxMiddleware: this.#adapter.sendBoxMiddleware,
      styleOptions: styleOptions(this.#dark.matches),
    };
    WebChat.renderWebChat(props, this.root);
  }
}

