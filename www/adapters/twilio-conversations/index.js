// @ts-check
/**
 * Adapter for a desktop of your own on Twilio's Conversations SDK (`@twilio/conversations` 3).
 *
 * ```js
 * const adapter = twilioConversations({ conversation, ContentTemplateVariable, composer: { input: "#message", send: "#send" } });
 * mount(null, { adapter, conversation: { id: conversation.sid, business, customer }, templates: () => contentTemplates(client, ({ sid }) => approvals[sid]) });
 * ```
 *
 * While it is connected, that conversation's own `sendMessage` and `prepareMessage` ask first and reject with `send-blocked`, whoever calls them. With
 * `composer` the desktop's box is locked as well (`adapters/dom`).
 *
 * @module
 */
import { fault } from "../../engine/fault.js";
import { domComposer } from "../dom/index.js";
import { isFromWhatsApp, kindOf, recordOf } from "../twilio-message.js";
import { SendGate } from "./gate.js";

export { contentTemplates } from "./templates.js";

/** @import { Adapter, AdapterHost } from "../../controller/adapter-port.js" */
/** @import { OutgoingTemplate, OutgoingText, Receipt, Refusal } from "../../controller/types.js" */
/** @import { Composer } from "../dom/index.js" */
/** @import { ConversationLike, MessageLike, VariableClass } from "./sdk.js" */

/**
 * @typedef {object} TwilioConversationsOptions
 * @property {ConversationLike} conversation of the SDK
 * @property {VariableClass} ContentTemplateVariable the SDK's own: it takes no other
 * @property {Composer} [composer] the desktop's box, to be locked too
 * @property {(message: MessageLike) => boolean} [isCustomer] default: whose author is an address of WhatsApp
 * @property {(refusal: Refusal) => void} [onRefused] a delivery receipt says that a message failed: hand it to `panel.refused`
 * @property {number} [history] messages that are read at first; default 50, none with 0
 * @property {() => number} [now] the desktop's clock, used only for messages that carry no time
 */
/** @typedef {Adapter & { send(message: OutgoingTemplate): Promise<Receipt> }} TwilioConversationsAdapter */

/** The receipts of a message that say that it did not arrive. @param {MessageLike} message @param {(refusal: Refusal) => void} tell */
async function tellRefusals(message, tell) {
  const receipts = await message.getDetailedDeliveryReceipts?.() ?? [];
  for (const { status, errorCode } of receipts) {
    if (/^(failed|undelivered)$/.test(status) && Number(errorCode) > 0) tell({ id: message.sid, code: Number(errorCode), ...(message.body && { text: message.body }) });
  }
}

/** What the conversation tells is recorded. @param {TwilioConversationsOptions} options @param {AdapterHost} host @returns {() => void} */
function listen({ conversation, isCustomer = isFromWhatsApp, onRefused, history = 50, now = Date.now }, host) {
  let isOver = false;
  const take = (/** @type {readonly MessageLike[]} */ messages) => {
    const records = messages.filter(isCustomer).map((message) => recordOf(message, now));
    if (!isOver && records.length > 0) host.record(records);
  };
  const added = (/** @type {MessageLike} */ message) => {
    if (isCustomer(message)) host.hear?.({ kind: kindOf(message), ...(message.body && { text: message.body }) });
    take([message]);
  };
  const updated = (/** @type {{ message: MessageLike, updateReasons: readonly string[] }} */ { message, updateReasons }) => {
    if (onRefused && updateReasons.includes("deliveryReceipt")) tellRefusals(message, onRefused).catch((cause) => globalThis.reportError?.(cause));
  };
  conversation.on("messageAdded", added);
  conversation.on("messageUpdated", updated);
  if (history > 0) conversation.getMessages(history).then(({ items }) => take(items)).catch((cause) => globalThis.reportError?.(cause));
  return () => {
    isOver = true;
    conversation.off("messageAdded", added);
    conversation.off("messageUpdated", updated);
  };
}

/** The SDK answers a send with the place of the message in its conversation. @param {ConversationLike} conversation @param {number} index @returns {Promise<Receipt>} */
async function receiptOf(conversation, index) {
  const { items } = await conversation.getMessages(1, index).catch(() => ({ items: /** @type {MessageLike[]} */ ([]) }));
  const found = items.find((message) => message.index === index);
  const atMs = found?.dateCreated?.getTime();
  return { id: found?.sid ?? `${conversation.sid}/${index}`, ...(atMs !== undefined && { atMs }) };
}

/** Where there is no box to lock: the panel stands where the page puts it. @returns {Pick<Adapter, "setComposer" | "getDraft" | "setDraft" | "isTyping" | "focusComposer">} */
const withoutBox = () => ({ setComposer: () => true, getDraft: () => "", setDraft: () => {}, isTyping: () => false, focusComposer: () => {} });

/**
 * Joins the reply window to one conversation. Until it is connected, and after it was disconnected, the conversation is as it was.
 *
 * @param {TwilioConversationsOptions} options
 * @returns {TwilioConversationsAdapter}
 * @throws {import("../../engine/errors.js").ReplyWindowError} its `connect`: `already-connected`; a `sendMessage` of the SDK that may not leave rejects with
 *   `send-blocked`
 * @example
 * mount(target, { adapter: twilioConversations({ conversation, ContentTemplateVariable, composer }), conversation: about, templates });
 */
export function twilioConversations(options) {
  const { conversation, ContentTemplateVariable, composer } = options;
  const box = composer && domComposer(composer);
  /** @type {import("./gate.js").Link} */
  const link = { look: box?.look };
  const { setComposer, getDraft, setDraft, isTyping, focusComposer } = box ?? withoutBox();
  const gate = new SendGate(conversation, link);
  return Object.freeze({
    name: "twilio-conversations",
    capabilities: Object.freeze({ seesInboundTime: /** @type {const} */ ("exact"), blocks: /** @type {const} */ ("hook"), hookTimeout: /** @type {const} */ ("none"), replacesComposer: Boolean(box), keepsDraft: Boolean(box) }),
    setComposer, getDraft, setDraft, isTyping, focusComposer,
    /** @param {AdapterHost} host */
    connect(host) {
      if (link.host) throw fault("already-connected", "adapter", "connected already: make one for each");
      link.host = host;
      const leaveBox = box?.connect(host);
      const unlisten = listen(options, host);
      gate.attach();
      return () => {
        if (link.host !== host) return;
        link.host = undefined;
        gate.detach();
        unlisten();
        leaveBox?.();
      };
    },
    /** @param {OutgoingTemplate} message */
    async send({ contentSid, contentVariables, sendId }) {
      const variables = Object.entries(/** @type {Record<string, string>} */ (JSON.parse(contentVariables ?? "{}"))).map(([name, value]) => new ContentTemplateVariable(name, value));
      const unsent = gate.ours(() => conversation.prepareMessage().setContentTemplate(contentSid, variables).setAttributes({ replyWindow: { kind: "template", sendId } }).build());
      return receiptOf(conversation, await gate.ours(() => unsent.send()));
    },
    /** @param {Pick<OutgoingText, "text" | "sendId" | "confirmed">} message */
    async sendText({ text, sendId, confirmed }) {
      const attributes = { replyWindow: { kind: "text", sendId, ...(confirmed && { confirmed }) } };
      const index = await gate.handOver({ sendId, confirmed }, () => conversation.sendMessage(text, attributes));
      setDraft("");
      return receiptOf(conversation, index);
    },
  });
}
