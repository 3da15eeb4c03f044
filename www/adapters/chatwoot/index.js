// @ts-check
/**
 * Companion for Chatwoot: a dashboard app, that is a page of yours in a tab beside the conversation. Chatwoot tells it which conversation is shown and what was
 * written; it lets nobody into its own composer, so that this shows the window and sends templates, and locks nothing.
 *
 * ```js
 * const desk = chatwoot({ origin: "https://app.chatwoot.com", business: "+15550100200" });
 * desk.follow((conversation) => (panel ? panel.setConversation(conversation) : open(conversation)));
 * const open = (conversation) => (panel = mount(document.body, { adapter: desk, conversation, templates, onSend }));
 * ```
 *
 * Built after Chatwoot's description of dashboard apps; it was not tried in a live Chatwoot.
 *
 * @module
 */
import { fault } from "../../engine/fault.js";
import { contextIn, isWhatsApp, read } from "./context.js";

/** @import { Adapter, AdapterHost } from "../../controller/adapter-port.js" */
/** @import { Conversation } from "../../controller/types.js" */
/** @import { ChatwootContext, Read } from "./context.js" */

/**
 * @typedef {object} ChatwootOptions
 * @property {string} origin of your Chatwoot, such as `https://app.chatwoot.com`: what anybody else says is not heard
 * @property {string | Readonly<Record<number, string>>} business your number on WhatsApp, E.164; with several, by the id of the inbox
 * @property {(context: ChatwootContext) => boolean} [isConversation] whose window there is; default: those of WhatsApp
 */
/**
 * @typedef {Adapter & {
 *   follow(listener: (conversation: Conversation) => void): () => void,
 *   close(): void,
 * }} ChatwootAdapter
 */

/** How a dashboard app asks to be told again. */
const ASK = "chatwoot-dashboard-app:fetch-info";

/** @param {unknown} origin @returns {string} */
function checkedOrigin(origin) {
  const isOne = typeof origin === "string" && URL.canParse(origin) && new URL(origin).origin === origin;
  if (!isOne) throw fault("bad-origin", "origin", "required: that of your Chatwoot, such as https://app.chatwoot.com, without a path");
  return origin;
}

class ChatwootDesk {
  #origin;
  #business;
  #isConversation;
  /** @type {AdapterHost | undefined} */
  #host;
  /** @type {Set<(conversation: Conversation) => void>} */
  #followers = new Set();
  /** What was told last. @type {Read | undefined} */
  #shown;

  /** @param {ChatwootOptions} options */
  constructor({ origin, business, isConversation = isWhatsApp }) {
    this.#origin = checkedOrigin(origin);
    this.#business = business;
    this.#isConversation = isConversation;
    addEventListener("message", this.#hear);
    this.#ask();
  }

  #ask = () => void (parent !== window && parent.postMessage(ASK, this.#origin));

  #hear = (/** @type {MessageEvent} */ { origin, source, data }) => {
    if (origin !== this.#origin || source !== parent) return;
    const context = contextIn(data);
    if (!context || !this.#isConversation(context)) return;
    const found = read(context, typeof this.#business === "string" ? this.#business : this.#business[context.conversation.inbox_id ?? -1]);
    if (!found) return;
    const before = this.#shown?.conversation.id;
    this.#shown = found;
    if (before !== found.conversation.id) for (const listener of this.#followers) listener(found.conversation);
    this.#tell();
  };

  #tell() {
    if (this.#host && this.#shown && this.#shown.events.length > 0) this.#host.record(this.#shown.events);
  }

  /** @param {AdapterHost} host */
  connect = (host) => {
    if (this.#host) throw fault("already-connected", "adapter", "connected already: make one for each");
    this.#host = host;
    this.#tell();
    return () => {
      if (this.#host === host) this.#host = undefined;
    };
  };

  /** @param {(conversation: Conversation) => void} listener */
  follow = (listener) => {
    this.#followers.add(listener);
    if (this.#shown) listener(this.#shown.conversation);
    else this.#ask();
    return () => void this.#followers.delete(listener);
  };

  close = () => {
    removeEventListener("message", this.#hear);
    this.#followers.clear();
  };
}

/**
 * Listens from now on, until `close()`. `follow` tells the conversation that is shown, first as soon as it is known, then each other one.
 *
 * @param {ChatwootOptions} options
 * @returns {ChatwootAdapter}
 * @throws {import("../../engine/errors.js").ReplyWindowError} `bad-origin`; its `connect`: `already-connected`
 */
export function chatwoot(options) {
  const { connect, follow, close } = new ChatwootDesk(options);
  return Object.freeze({
    name: "chatwoot",
    capabilities: Object.freeze({ seesInboundTime: /** @type {const} */ ("exact"), blocks: /** @type {const} */ ("none"), hookTimeout: /** @type {const} */ ("none"), replacesComposer: false, keepsDraft: false }),
    connect, follow, close,
    setComposer: () => true,
    getDraft: () => "",
    setDraft: () => {},
    isTyping: () => false,
    focusComposer: () => {},
  });
}
