// @ts-check
/**
 * Adapter for Twilio Flex UI 2: one conversation of it.
 *
 * ```js
 * import { Actions, Manager, MessageInputV2 } from "@twilio/flex-ui";
 *
 * const adapter = flex({ Actions, MessageInputV2, React, store: Manager.getInstance().store, conversationSid });
 * const panel = mount(null, { adapter, conversation: { id: conversationSid, business, customer }, templates });
 * ```
 *
 * `SendMessage`, `SendMediaMessage` and `SendRichContentMessage` of this conversation ask first. Flex runs the replacement that came last: mount anew, or mount at
 * the end, where other plugins replace these actions too. Templates leave by `SendRichContentMessage`, which Twilio calls a public beta for WhatsApp alone.
 *
 * @module
 */
import { ReplyWindowError } from "../../engine/errors.js";
import { leavesNow, stopped } from "../../engine/fallback-verdict.js";
import { fault } from "../../engine/fault.js";
import { settled, tellStopped, verdictOn } from "../send-verdict.js";
import { isFromWhatsApp, kindOf, recordOf } from "../twilio-message.js";
import { askBefore } from "./actions.js";
import { Box } from "./box.js";
import { FlexConversation } from "./conversation.js";
import { InputPlace } from "./place.js";

/** @import { Adapter, AdapterHost } from "../../controller/adapter-port.js" */
/** @import { OutgoingTemplate, OutgoingText, Receipt } from "../../controller/types.js" */
/** @import { OtherVerdict } from "../../engine/fallback-verdict.js" */
/** @import { HandedOver } from "../send-verdict.js" */
/** @import { ActionsLike } from "./actions.js" */
/** @import { FlexMessage, StoreLike } from "./conversation.js" */
/** @import { MessageInputLike, ReactLike } from "./place.js" */

/**
 * @typedef {object} FlexOptions
 * @property {ActionsLike} Actions Flex's own
 * @property {MessageInputLike} MessageInputV2 Flex's own
 * @property {ReactLike} React the one that Flex runs on
 * @property {StoreLike} store of Flex's `Manager`
 * @property {string} conversationSid `CH…`
 * @property {(message: FlexMessage) => boolean} [isCustomer] default: whose author is an address of WhatsApp
 * @property {() => number} [now] the desktop's clock, used only for messages that carry no time
 */
/** @typedef {Adapter & { send(message: OutgoingTemplate): Promise<Receipt> }} FlexAdapter */

/** So often, and so far apart, it is looked whether Flex has emptied its box. */
const [MAX_LOOKS, LOOK_MS] = [50, 20];

class FlexDesk {
  #options;
  #conversation;
  #place;
  #box;
  /** @type {AdapterHost | undefined} */
  #host;
  /** Texts that the controller hands over, and templates, with the agent's yes: by the mark that travels with each. @type {WeakMap<object, HandedOver & { kind: string }>} */
  #handedOver = new WeakMap();

  /** @param {FlexOptions} options */
  constructor(options) {
    this.#options = options;
    this.#conversation = new FlexConversation(options.store, options.conversationSid);
    this.#box = new Box(options.Actions, options.conversationSid, this.#conversation);
    this.#place = new InputPlace(options.MessageInputV2, options.conversationSid, { redraw: () => this.#box.redraw(), placed: (mode) => this.#host?.placed?.(mode) });
  }

  /** @param {AdapterHost} host */
  connect = (host) => {
    if (this.#host) throw fault("already-connected", "adapter", "connected already: make one for each");
    this.#host = host;
    const { Actions, React, conversationSid, isCustomer = ({ source }) => isFromWhatsApp(source), now = Date.now } = this.#options;
    this.#place.connect(React);
    const release = askBefore(Actions, conversationSid, this.#ask);
    const unfollow = this.#conversation.follow({
      text: (text) => host.draft(text),
      messages: (messages, isFirst) => {
        const theirs = messages.filter(isCustomer);
        if (!isFirst) for (const { source } of theirs) host.hear?.({ kind: kindOf(source), ...(source.body && { text: source.body }) });
        if (theirs.length > 0) host.record(theirs.map(({ source }) => recordOf(source, now)));
      },
    });
    return () => {
      if (this.#host !== host) return;
      this.#host = undefined;
      unfollow();
      release();
      this.#place.release();
    };
  };

  /** @type {import("./actions.js").Ask} */
  #ask = async (name, payload, send) => {
    const handedOver = this.#handedOver.get(payload?.messageAttributes?.replyWindow ?? this);
    if (handedOver?.kind === "template") return send();
    const isTemplate = name === "SendRichContentMessage";
    const text = typeof payload?.body === "string" ? payload.body : "";
    const verdict = verdictOn(this.#host, { text, isTemplate }, handedOver);
    if (!leavesNow(verdict)) return this.#stop(verdict, text);
    if (isTemplate || !text || handedOver) return send();
    const begun = this.#host?.beginText?.({ text });
    if (begun && "stopped" in begun) return this.#stop(stopped(begun.stopped), "");
    return settled(this.#host, begun?.sendId, send, (error) => this.#failed(text, error));
  };

  /**
   * Flex empties its box while it sends: a text that came back before that would go with it. What Twilio said is inside of what Flex says.
   *
   * @param {string} text @param {any} error
   */
  async #failed(text, error) {
    for (let looks = 0; looks < MAX_LOOKS && this.#conversation.text === text; looks++) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    return error?.content?.wrappedError;
  }

  /** Flex empties its box before it hears that nothing was sent: the text goes back after that. @param {OtherVerdict} verdict @param {string} text @returns {never} */
  #stop(verdict, text) {
    const tell = () => tellStopped(this.#host, verdict, text);
    if (text) setTimeout(() => this.#conversation.text === "" && this.setDraft(text));
    if (verdict.leaves === "with-confirmation") setTimeout(tell);
    else tell();
    throw new ReplyWindowError("send-blocked", `the message was not sent: ${verdict.reason}`);
  }

  /** @type {Adapter["setComposer"]} */
  setComposer = (mode, panel) => this.#place.set(mode, panel);
  getDraft = () => this.#conversation.text;
  isTyping = () => this.#place.isTyping;
  focusComposer = () => this.#place.focus();

  /** @param {string} body */
  setDraft = (body) => this.#box.write(body);

  /** @param {string} name @param {object} payload @param {HandedOver & { kind: string }} mark */
  #invoke(name, payload, mark) {
    const { Actions, conversationSid } = this.#options;
    this.#handedOver.set(mark, mark);
    return Actions.invokeAction(name, { conversationSid, ...payload, messageAttributes: { replyWindow: mark } });
  }

  /** @param {OutgoingTemplate} message @returns {Promise<Receipt>} */
  send = async ({ contentSid, contentVariables, sendId }) => {
    const variables = Object.entries(/** @type {Record<string, string>} */ (JSON.parse(contentVariables ?? "{}"))).map(([name, value]) => ({ name, value }));
    const index = await this.#invoke("SendRichContentMessage", { contentSid, contentVariables: variables }, { kind: "template", sendId });
    // Flex answers with the place of the message; its name comes with the store, if it has come already.
    const found = this.#conversation.messages.find((message) => message.index === index);
    const atMs = found?.source.dateCreated?.getTime();
    return { id: found?.source.sid ?? `${this.#options.conversationSid}/${index ?? sendId}`, ...(atMs !== undefined && { atMs }) };
  };

  /** @param {Pick<OutgoingText, "text" | "sendId" | "confirmed">} message */
  sendText = async ({ text, sendId, confirmed }) => {
    await this.#invoke("SendMessage", { body: text }, { kind: "text", sendId, ...(confirmed && { confirmed }) });
    this.setDraft("");
  };
}

/**
 * Joins the reply window to one conversation of Flex. Until it is connected, and after it was disconnected, Flex behaves as if it were not there.
 *
 * @param {FlexOptions} options
 * @returns {FlexAdapter}
 * @throws {ReplyWindowError} its `connect`: `already-connected`; a send that Flex began and that may not leave: `send-blocked`
 * @example
 * mount(null, { adapter: flex({ Actions, MessageInputV2, React, store: manager.store, conversationSid }), conversation, templates });
 */
export function flex(options) {
  const { connect, setComposer, getDraft, setDraft, isTyping, focusComposer, send, sendText } = new FlexDesk(options);
  return Object.freeze({
    name: "flex",
    capabilities: Object.freeze({ seesInboundTime: /** @type {const} */ ("exact"), blocks: /** @type {const} */ ("hook"), hookTimeout: /** @type {const} */ ("none"), replacesComposer: true, keepsDraft: true }),
    connect, setComposer, getDraft, setDraft, isTyping, focusComposer, send, sendText,
  });
}
