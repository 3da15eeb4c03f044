// Flex UI's own input and actions, without Flex's servers: its reducer, its Manager, its MessageInputV2. Its public constructors are typed, and not documented for
// this: the version is pinned.

import { mount } from "../../www/mount.js";
import { flexHost, sourceOf } from "../hosts/flex-host.js";
import * as Flex from "@twilio/flex-ui";
import React from "react";
import ReactDOM from "react-dom";
import { Provider } from "react-redux";
import { combineReducers, createStore } from "redux";

const HOUR = 3_600_000;
const SID = "CH1";
const [business, customer] = ["+15550100200", "+15550109911"];
let nowMs = 1_790_000_000_000;

const start = async () => {
  const sent = [];
  const base = combineReducers({ flex: Flex.FlexReducer });
  /** A message comes into the store as Flex's own sync with the server would put it there. */
  const reducer = (state, action) => {
    if (action.type !== "TEST_MESSAGE") return base(state, action);
    const { chat } = state.flex;
    const conversation = chat.conversations[SID];
    return { ...state, flex: { ...state.flex, chat: { ...chat, conversations: { ...chat.conversations, [SID]: { ...conversation, messages: [...conversation.messages, action.message] } } } } };
  };
  const first = base(undefined, { type: "TEST_INIT" });
  const add = (of) => {
    const index = store.getState().flex.chat.conversations[SID].messages.length;
    store.dispatch({ type: "TEST_MESSAGE", message: { index, isFromMe: of.author === "agent", source: { sid: `IM${index}`, ...of } } });
    return index;
  };
  const source = { sid: SID, attributes: {}, ...sourceOf(sent, add, () => nowMs) };
  const conversation = { isLoadingConversation: false, isLoadingMessages: false, isLoadingParticipants: false, messages: [], participants: new Map(), source, typers: [], pendingMessages: [] };
  const { chat } = first.flex;
  const store = createStore(reducer, { flex: { ...first.flex, chat: { ...chat, session: { ...chat.session, connectionState: "connected" }, conversations: { [SID]: conversation } } } });
  const manager = new Flex.Manager({}, store);

  document.querySelector("#host").innerHTML = '<div id="composer"></div>';
  const el = React.createElement;
  const input = el(Flex.MessageInputV2, { conversationSid: SID, conversation });
  const canvas = el(Flex.MessagingCanvasContext.Provider, { value: { sid: SID } }, input);
  ReactDOM.render(el(Provider, { store }, el(Flex.StorelessThemeProvider, { themeConf: {} }, el(Flex.FlexContext.Provider, { value: { manager } }, canvas))), document.querySelector("#composer"));
  while (!document.querySelector("#composer textarea")) await new Promise(requestAnimationFrame);
  return flexHost({ Actions: Flex.Actions, MessageInputV2: Flex.MessageInputV2, React, store, conversationSid: SID, customer, now: () => nowMs, sent, add });
};

const options = () => ({ conversation: { id: "c1", business, customer: { phone: customer } }, now: () => nowMs, locale: "en" });
globalThis.open_ = async () => {
  globalThis.host = await start();
  globalThis.panel = mount(null, { ...options(), adapter: host.adapter, templates: host.templates });
  await panel.ready;
};
globalThis.remount = (adapter) => mount(null, { ...options(), adapter, templates: [] });
globalThis.answer = (text = "hello") => host.customerWrites(text, nowMs);
globalThis.pass = (hours) => ((nowMs += hours * HOUR), panel.controller.evaluate());
globalThis.at = () => nowMs;
globalThis.ready = true;
