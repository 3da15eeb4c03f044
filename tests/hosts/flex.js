// What stands in for Flex UI 2.17: its actions as they run there (the replacement that came last first, each with the original and the next), its box, which is
// emptied before the action, and its content store. Flex's own: tests/flex.

import React from "../composers/node_modules/react/index.js";
import { createRoot } from "../composers/node_modules/react-dom/client.js";
import { flexHost, sourceOf } from "./flex-host.js";

const SID = "CH1";

class Actions {
  replacedActions = new Map();
  #actions = new Map();
  #pending = new Set();
  registerAction(name, action) { this.#actions.set(name, action); }
  replaceAction(name, replacement) { this.replacedActions.set(name, [...this.replacedActions.get(name) ?? [], replacement]); }
  async invokeAction(name, payload) {
    const key = `${name} ${payload.conversationSid}`;
    if (this.#pending.has(key)) throw new Error("Action is pending");
    this.#pending.add(key);
    try {
      await undefined;
      const [list, original] = [this.replacedActions.get(name) ?? [], this.#actions.get(name)];
      const run = (place, given) => (place >= 0 ? list[place](given, original, (next) => run(place - 1, next)) : original(given));
      return await run(list.length - 1, payload);
    } catch (error) {
      throw new Error(`Error in action ${name} body: ${error.message}`);
    } finally {
      this.#pending.delete(key);
    }
  }
}

const contentStore = () => {
  const content = {
    fragments: [],
    add: (child, options = {}) => {
      const fragment = { child, options };
      content.fragments = [...content.fragments, fragment];
      return () => void (content.fragments = content.fragments.filter((one) => one !== fragment));
    },
    replace: (child, options = {}) => content.add(child, { ...options, replace: true }),
  };
  return content;
};

export const start = async ({ now, customer }) => {
  const sent = [];
  let state = { flex: { chat: { conversations: { [SID]: { messages: [] } }, conversationInput: {} } } };
  const listeners = new Set();
  const change = (chat) => {
    state = { flex: { chat: { ...state.flex.chat, ...chat } } };
    for (const listener of [...listeners]) listener();
  };
  const store = { getState: () => state, subscribe: (listener) => (listeners.add(listener), () => void listeners.delete(listener)) };
  const add = (of) => {
    const { messages } = state.flex.chat.conversations[SID];
    const index = messages.length;
    change({ conversations: { [SID]: { messages: [...messages, { index, isFromMe: of.author === "agent", source: { sid: `IM${index}`, ...of } }] } } });
    return index;
  };
  const source = sourceOf(sent, add, now);
  const actions = new Actions();
  actions.registerAction("SetInputText", async ({ conversationSid, body, selectionStart = 0, selectionEnd = 0 }) => change({ conversationInput: { ...state.flex.chat.conversationInput, [conversationSid]: { inputText: body, selectionStart, selectionEnd } } }));
  /** What Twilio said is inside of what Flex says. */
  const wrapped = (error) => { throw Object.assign(new Error("Failed to send message to channel"), { content: { wrappedError: error } }); };
  actions.registerAction("SendMessage", ({ body, messageAttributes }) => source.sendMessage(body, messageAttributes).catch(wrapped));
  actions.registerAction("SendMediaMessage", () => source.sendMessage("", {}));
  actions.registerAction("SendRichContentMessage", ({ contentSid, contentVariables, messageAttributes }) => source.prepareMessage().setAttributes(messageAttributes).setContentTemplate(contentSid, contentVariables).buildAndSend());

  const Content = contentStore();
  const send = () => {
    const { inputText: body = "" } = state.flex.chat.conversationInput[SID] ?? {};
    void actions.invokeAction("SetInputText", { conversationSid: SID, body: "" }).catch(() => {});
    void actions.invokeAction("SendMessage", { conversationSid: SID, body }).catch(() => {});
  };
  const el = React.createElement;
  const Input = () => {
    const input = React.useSyncExternalStore(store.subscribe, () => state.flex.chat.conversationInput[SID]);
    const shown = Content.fragments.filter(({ options }) => !options.if || options.if({ conversationSid: SID }));
    const instead = shown.find(({ options }) => options.replace);
    if (instead) return el("div", null, instead.child);
    const onChange = ({ target }) => actions.invokeAction("SetInputText", { conversationSid: SID, body: target.value, selectionStart: target.selectionStart, selectionEnd: target.selectionEnd }).catch(() => {});
    const onKeyDown = (event) => event.key === "Enter" && (event.preventDefault(), send());
    return el("div", null, ...shown.map(({ child }) => child), el("textarea", { key: "box", value: input?.inputText ?? "", onChange, onKeyDown }), el("button", { key: "send", onClick: send }, "Send"));
  };
  document.querySelector("#host").innerHTML = '<div id="composer"></div>';
  createRoot(document.querySelector("#composer")).render(el(Input));
  while (!document.querySelector("#composer textarea")) await new Promise(requestAnimationFrame);
  return flexHost({ Actions: actions, MessageInputV2: { Content }, React, store, conversationSid: SID, customer, now, sent, add });
};
