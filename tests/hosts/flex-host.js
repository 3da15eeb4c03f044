// A conversation in Flex: by Flex's own parts, or by those that stand in for them.

import { flex } from "../../www/adapters/flex/index.js";
import { importTemplates } from "../../www/engine/template.js";
import { failing } from "./failing.js";

const { failNext, orFail } = failing();

const PAGE = {
  contents: [{
    sid: "HX00000000000000000000000000000001", friendly_name: "hello", language: "en", variables: { 1: "Amelia" }, types: { "twilio/text": { body: "Hello {{1}}" } },
    approval_requests: { name: "hello", status: "approved", category: "UTILITY" },
  }],
};

/** @param {{ Actions: any, MessageInputV2: any, React: any, store: any, conversationSid: string, customer: string, now: () => number, sent: any[], add: (of: object) => void }} of */
export const flexHost = ({ Actions, MessageInputV2, React, store, conversationSid, customer, now, sent, add }) => {
  const fragments = MessageInputV2.Content.fragments.length;
  const byCode = (name, payload) => Actions.invokeAction(name, { conversationSid, ...payload }).catch((error) => {
    throw Object.assign(new Error(error.message), { code: /was not sent/.test(error.message) ? "send-blocked" : error.message });
  });
  return {
    Actions,
    adapter: flex({ Actions, MessageInputV2, React, store, conversationSid, now }),
    sent: () => sent,
    failNext,
    box: () => document.querySelector("#composer textarea"),
    customerWrites: (body, atMs) => add({ author: `whatsapp:${customer}`, body, dateCreated: new Date(atMs) }),
    colleagueWrites: (body) => add({ author: "colleague", body, dateCreated: new Date(now()) }),
    routes: { SendMessage: (body) => byCode("SendMessage", { body }) },
    isAsBefore: () => MessageInputV2.Content.fragments.length === fragments,
    templates: importTemplates(PAGE).templates,
  };
};

/** What a message of Twilio's is built by, down to the list of what left. @param {any[]} sent @param {(of: object) => number} add @param {() => number} now */
export const sourceOf = (sent, add, now) => {
  const leave = (entry) => (orFail(), sent.push(entry), add({ author: "agent", body: entry.text, dateCreated: new Date(now()) }));
  const entryOf = ({ text, attributes, contentSid, variables }) => ({
    text, ...(attributes?.replyWindow && { sendId: typeof attributes.replyWindow.sendId }), ...(contentSid && { contentSid, variables: variables.map(({ name, value }) => `${name}=${value}`) }),
  });
  const prepareMessage = () => {
    const told = {};
    const send = async () => leave(entryOf(told));
    const builder = {
      setBody: (text) => ((told.text = text), builder), setAttributes: (attributes) => ((told.attributes = attributes), builder),
      setContentTemplate: (contentSid, variables) => (Object.assign(told, { contentSid, variables }), builder), build: () => ({ send }), buildAndSend: send,
    };
    return builder;
  };
  return { prepareMessage, sendMessage: async (text, attributes) => leave(entryOf({ text, attributes })), typing: async () => {}, on() {}, off() {} };
};
