// A desktop on Twilio's own SDK: its Conversation, MessageBuilder, Message and ContentTemplate, with nothing behind them but a list.

import { ContentTemplateVariable, Conversation, Message } from "@twilio/conversations";
import { contentTemplates, twilioConversations } from "../../www/adapters/twilio-conversations/index.js";
import { failing } from "./failing.js";

const LINKS = { self: "", messages: "", participants: "", conversations: "" };

/** @param {{ now: () => number, business: string, customer: string }} of */
export const start = ({ now, customer }) => {
  const place = document.querySelector("#host");
  place.innerHTML = "";
  const [box, button] = [document.createElement("textarea"), document.createElement("button")];
  button.textContent = "Send";
  button.id = "send";
  const composer = document.createElement("div");
  composer.id = "composer";
  composer.append(box, button);
  place.append(composer);

  const conversation = new Conversation({ channel: "CH1", status: "joined", createdBy: "x" }, "CH1", LINKS, { links: LINKS, limits: { emailBodiesAllowedContentTypes: [], emailHistoriesAllowedContentTypes: [], mediaAttachmentsCountLimit: 10 } }, { network: {}, syncClient: {}, commandExecutor: {}, typingIndicator: {}, users: {}, mcsClient: {} });
  const sent = [];
  const messages = [];
  const add = (of) => {
    const message = new Message(messages.length, { sid: `IM${messages.length}`, author: "agent", type: "text", attributes: "{}", timestamp: new Date(now()).toISOString(), ...of }, conversation, LINKS, {}, {});
    messages.push(message);
    conversation.emit("messageAdded", message);
    return { index: String(message.index) };
  };
  const { failNext, orFail } = failing();
  const leave = (of, told) => (orFail(), sent.push(of), add({ text: of.text, ...told }));
  Object.assign(conversation._messagesEntity, {
    send: async (text, attributes) => leave({ text, ...(attributes?.replyWindow && { sendId: typeof attributes.replyWindow.sendId }) }),
    sendMedia: async () => leave({ text: "", media: true }),
    sendV2: (unsent) => Object.assign(Promise.resolve(leave({ text: unsent.text, ...(unsent.contentSid && { contentSid: unsent.contentSid, variables: unsent.contentVariables.map(({ name, value }) => `${name}=${value}`) }) })), { cancel() {} }),
    getMessages: async (size, anchor) => ({ items: anchor === undefined ? messages.slice(-size) : messages.slice(Math.max(0, anchor - size + 1), anchor + 1) }),
  });
  conversation._subscribeStreams = async () => {};

  const send = async () => {
    const text = box.value;
    box.value = "";
    await conversation.sendMessage(text).catch(() => {});
  };
  button.addEventListener("click", () => void send());
  box.addEventListener("keydown", (event) => event.key === "Enter" && (event.preventDefault(), void send()));

  const before = [conversation.sendMessage, conversation.prepareMessage];
  const refused = [];
  return {
    adapter: twilioConversations({ conversation, ContentTemplateVariable, composer: { root: "#composer", input: "textarea", send: "#send" }, now, onRefused: (refusal) => refused.push(refusal) }),
    sent: () => sent,
    refused: () => refused,
    failNext,
    box: () => box,
    customerWrites: (text, atMs) => add({ author: `whatsapp:${customer}`, text, timestamp: new Date(atMs).toISOString() }),
    colleagueWrites: (text) => add({ author: "colleague", text }),
    /** Every way in which something leaves by code. */
    routes: {
      sendMessage: (text) => conversation.sendMessage(text),
      "prepareMessage, build, send": (text) => conversation.prepareMessage().setBody(text).build().send(),
      "prepareMessage, buildAndSend": (text) => conversation.prepareMessage().setBody(text).buildAndSend(),
      "a file": () => conversation.sendMessage({ contentType: "image/png", media: new Blob(["x"]) }),
    },
    receipt: (status, errorCode) => {
      const message = messages.at(-1);
      message.getDetailedDeliveryReceipts = async () => [{ status, errorCode, dateUpdated: "" }];
      conversation.emit("messageUpdated", { message, updateReasons: ["deliveryReceipt"] });
    },
    isAsBefore: () => before[0] === conversation.sendMessage && before[1] === conversation.prepareMessage && !Object.hasOwn(conversation, "sendMessage"),
    templates: () => contentTemplates({
      getContentTemplates: async () => [{ sid: "HX00000000000000000000000000000001", friendlyName: "hello", variables: [new ContentTemplateVariable("1", "Amelia")], variants: new Map([["twilio/text", { type: "text", body: "Hello {{1}}", rawData: JSON.stringify({ body: "Hello {{1}}" }) }]]) }],
    }, () => ({ language: "en", status: "approved", category: "UTILITY" })),
  };
};
