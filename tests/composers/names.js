/** The composers of the contract, with what is found in each. `hasPreview`: files may be shown as `.preview`. `isAsked: false`: a confirmed text does not leave Slate yet. */
export const NAMES = {
  textarea: { box: "textarea", send: "#send", file: "#file", hasPreview: true },
  "React, controlled": { box: "textarea", send: "#send" },
  Vue: { box: "textarea", send: "#send" },
  ProseMirror: { box: "#composer [contenteditable=true]", send: "#send", file: "#file" },
  Lexical: { box: "#composer [contenteditable=true]", send: "#send", file: "#file" },
  Slate: { box: "#composer [contenteditable=true]", send: "#send", file: "#file", isAsked: false },
  Quill: { box: "#composer [contenteditable=true]", send: "#send", file: "#file" },
  "deep-chat": { box: "#text-input", send: ".input-button" },
  chatscope: { box: ".cs-message-input__content-editor", send: ".cs-button--send" },
};
