/** The composers of the contract, with what is found in each. `hasPreview`: files may be shown as `.preview`. `isByHook`: an adapter of its own asks at its store. */
export const NAMES = {
  textarea: { box: "textarea", send: "#send", file: "#file", hasPreview: true },
  "React, controlled": { box: "textarea", send: "#send" },
  Vue: { box: "textarea", send: "#send" },
  ProseMirror: { box: "#composer [contenteditable=true]", send: "#send", file: "#file" },
  Lexical: { box: "#composer [contenteditable=true]", send: "#send", file: "#file" },
  Slate: { box: "#composer [contenteditable=true]", send: "#send", file: "#file" },
  Quill: { box: "#composer [contenteditable=true]", send: "#send", file: "#file" },
  "deep-chat": { box: "#text-input", send: ".input-button" },
  "Web Chat": { box: '[data-id="webchat-sendbox-input"]', send: ".webchat__send-button", isByHook: true },
  chatscope: { box: ".cs-message-input__content-editor", send: ".cs-button--send" },
};
