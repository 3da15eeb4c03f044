// Other people's composers as they come, each with a send of its own that keeps what left in `sent`.

import * as chatscope from "@chatscope/chat-ui-kit-react";
import "deep-chat";
import { registerPlainText } from "@lexical/plain-text";
import { $createParagraphNode, $getRoot, COMMAND_PRIORITY_HIGH, KEY_ENTER_COMMAND, createEditor } from "lexical";
import { baseKeymap } from "prosemirror-commands";
import { history } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { schema } from "prosemirror-schema-basic";
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import Quill from "quill";
import { createElement, useState } from "react";
import { createRoot } from "react-dom/client";
import { Editor, Node, Transforms, createEditor as createSlate } from "slate";
import { Editable, Slate, withReact } from "slate-react";
import { createApp, h, ref } from "vue";
import { webChat } from "../../www/adapters/webchat/index.js";

/** @type {string[]} */
export const sent = [];
const send = (/** @type {string} */ text) => void (text.trim() && sent.push(text.trim()));

/** Files that are dropped on a composer, or pasted in it. @param {HTMLElement} composer */
function takesFiles(composer) {
  const take = (event) => {
    const { files = [] } = event.dataTransfer ?? event.clipboardData ?? {};
    if (files.length > 0) event.preventDefault();
    for (const { name } of files) sent.push(`file ${name}`);
  };
  for (const type of ["drop", "paste"]) composer.addEventListener(type, take, true);
}

/** @param {HTMLElement} place */
function chrome(place) {
  place.innerHTML = '<div id="composer"><div id="input"></div><button id="send" type="button">Send</button><input id="file" type="file" aria-label="File"></div>';
  const find = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (place.querySelector(selector));
  takesFiles(find("#composer"));
  find("#file").addEventListener("change", (event) => [...event.target.files].forEach(({ name }) => sent.push(`file ${name}`)));
  return { box: find("#input"), button: find("#send") };
}
const EDITOR = { root: "#composer", input: "#composer [contenteditable=true]", send: "#send", attach: "#file" };

/** Each puts itself into `place` and answers with its description. @type {Record<string, (place: HTMLElement) => object>} */
export const COMPOSERS = {
  textarea(place) {
    place.innerHTML = '<form id="composer"><textarea aria-label="Message"></textarea><input id="file" type="file" aria-label="File"><button id="send">Send</button></form>';
    const [form, box, file, button] = ["form", "textarea", "#file", "#send"].map((one) => place.querySelector(one));
    const go = () => (send(box.value), (box.value = ""));
    form.addEventListener("submit", (event) => (event.preventDefault(), go()));
    box.addEventListener("keydown", (event) => event.key === "Enter" && !event.shiftKey && !event.isComposing && (event.preventDefault(), go()));
    takesFiles(form);
    file.addEventListener("change", () => [...file.files].forEach(({ name }) => sent.push(`file ${name}`)));
    // A form can be gone through: what it holds are not the composer.
    return { root: form, input: "textarea", send: () => [button], attach: file, files: ".preview" };
  },
  "React, controlled"(place) {
    function Composer() {
      const [text, setText] = useState("");
      const go = (event) => (event.preventDefault(), send(text), setText(""));
      return createElement("form", { id: "composer", onSubmit: go },
        createElement("textarea", { "aria-label": "Message", value: text, onChange: (event) => setText(event.target.value), onKeyDown: (event) => event.key === "Enter" && !event.shiftKey && go(event) }),
        createElement("button", { id: "send", disabled: !text.trim() }, "Send"));
    }
    createRoot(place).render(createElement(Composer));
    return { root: "#composer", input: "textarea", send: "#send" };
  },
  Vue(place) {
    createApp({
      setup() {
        const text = ref("");
        const go = () => (send(text.value), (text.value = ""));
        return () => h("div", { id: "composer" }, [
          h("textarea", { "aria-label": "Message", value: text.value, onInput: (event) => (text.value = event.target.value), onKeydown: (event) => event.key === "Enter" && !event.shiftKey && (event.preventDefault(), go()) }),
          h("button", { id: "send", onClick: go }, "Send"),
        ]);
      },
    }).mount(place);
    return { root: "#composer", input: "textarea", send: "#send" };
  },
  ProseMirror(place) {
    const { box, button } = chrome(place);
    const text = () => view.state.doc.textBetween(0, view.state.doc.content.size, "\n");
    const go = () => (send(text()), view.dispatch(view.state.tr.delete(0, view.state.doc.content.size)), true);
    const view = new EditorView(box, { state: EditorState.create({ schema, plugins: [history(), keymap({ Enter: go }), keymap(baseKeymap)] }) });
    button.addEventListener("click", go);
    return EDITOR;
  },
  Lexical(place) {
    const { box, button } = chrome(place);
    box.contentEditable = "true";
    const editor = createEditor({ namespace: "test", onError: (error) => { throw error; } });
    editor.setRootElement(box);
    registerPlainText(editor);
    const clear = () => editor.update(() => void $getRoot().clear().append($createParagraphNode()).selectEnd());
    const go = () => (send(editor.getEditorState().read(() => $getRoot().getTextContent())), clear(), true);
    clear();
    editor.registerCommand(KEY_ENTER_COMMAND, (event) => (event?.preventDefault(), go()), COMMAND_PRIORITY_HIGH);
    button.addEventListener("click", go);
    return EDITOR;
  },
  Slate(place) {
    const { box, button } = chrome(place);
    const editor = withReact(createSlate());
    const text = () => editor.children.map((child) => Node.string(child)).join("\n");
    const go = () => {
      send(text());
      Transforms.delete(editor, { at: { anchor: Editor.start(editor, []), focus: Editor.end(editor, []) } });
    };
    const onKeyDown = (event) => event.key === "Enter" && (event.preventDefault(), go());
    createRoot(box).render(createElement(Slate, { editor, initialValue: [{ type: "paragraph", children: [{ text: "" }] }] },
      createElement(Editable, { placeholder: "Write here", "aria-label": "Message", onKeyDown })));
    button.addEventListener("click", go);
    return EDITOR;
  },
  Quill(place) {
    const { box, button } = chrome(place);
    const go = () => (send(quill.getText()), quill.setText(""), false);
    const quill = new Quill(box, { modules: { toolbar: false, keyboard: { bindings: { send: { key: "Enter", handler: go } } } } });
    button.addEventListener("click", go);
    return EDITOR;
  },
  "deep-chat"(place) {
    const chat = document.createElement("deep-chat");
    Object.assign(chat, { connect: { handler: ({ messages }, signals) => (messages.forEach(({ text }) => send(text)), signals.onResponse({ text: "ok" })) } });
    chat.id = "chat";
    place.replaceChildren(chat);
    return { area: "#chat", root: "#input", input: "#text-input", send: ".input-button", place: "#beside" };
  },
  chatscope(place) {
    createRoot(place).render(createElement(chatscope.MessageInput, { placeholder: "Write here", attachButton: true, onSend: (_, text) => send(text) }));
    return { root: ".cs-message-input", input: ".cs-message-input__content-editor", send: ".cs-button--send", attach: ".cs-button--attachment" };
  },
  /** The one that is gated by its own hooks, and not by events; the build has fetched it. */
  async "Web Chat"(place) {
    for (const file of ["react.production.min.js", "react-dom.production.min.js", "webchat-minimal.js"]) {
      await new Promise((onload, onerror) => document.head.append(Object.assign(document.createElement("script"), { src: `/target/vendor/${file}`, onload, onerror })));
    }
    const { React, WebChat } = globalThis;
    const adapter = webChat({ React });
    const store = WebChat.createStore({}, adapter.storeMiddleware);
    WebChat.renderWebChat({ directLine: lineTo(send), store, userID: "agent", sendBoxMiddleware: adapter.sendBoxMiddleware, }, place);
    return { adapter, input: '[data-id="webchat-sendbox-input"]', sendByCode: (text) => store.dispatch({ type: "WEB_CHAT/SEND_MESSAGE", payload: { text, method: "code" } }) };
  },
};

/** What Web Chat needs of a line: it is connected, and echoes what is posted. @param {(text: string) => void} posted */
function lineTo(posted) {
  const observers = new Set();
  const subscribed = (observer) => (typeof observer === "function" ? { next: observer } : observer);
  const activity$ = { subscribe: (observer) => (observers.add(subscribed(observer)), { unsubscribe() {} }) };
  const connectionStatus$ = { subscribe: (observer) => ([0, 1, 2].forEach((status) => subscribed(observer).next(status)), { unsubscribe() {} }) };
  let count = 0;
  const postActivity = (activity) => ({ subscribe(observer) {
    const id = `out-${count += 1}`;
    queueMicrotask(() => {
      if (activity.type === "message") {
        posted(activity.text);
        for (const one of observers) one.next({ ...activity, id, timestamp: "2026-01-01T00:00:00.000Z" });
      }
      subscribed(observer).next(id);
      subscribed(observer).complete?.();
    });
    return { unsubscribe() {} };
  } });
  return { activity$, connectionStatus$, postActivity, end() {} };
}
