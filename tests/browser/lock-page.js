// A page with a text box of its own, joined as the README says: under whatever policy, in whatever browser (lock-story.js, no-engine.test.js).

import { mount } from "/www/mount.js";

window.NOW = Date.UTC(2026, 10, 23, 12);
window.sent = [];
window.templatesSent = [];
window.refusals = 0;
addEventListener("securitypolicyviolation", () => window.refusals++);

const input = document.querySelector("textarea");
const send = () => {
  window.sent.push(input.value);
  input.value = "";
};
document.querySelector("button").addEventListener("click", send);
input.addEventListener("keydown", (event) => event.key === "Enter" && !event.shiftKey && (event.preventDefault(), send()));

const TEMPLATE = {
  id: "HX1", source: "twilio", name: "hello", language: "en", category: "utility", status: "approved", type: "twilio/text", types: ["twilio/text"],
  body: { text: "Hello", placeholders: [] }, buttons: [], cards: [], variables: [],
};

window.begin = ({ nowasm, wait, target, ...options }) => {
  const held = new Promise((resolve) => (window.goOn = resolve));
  const fetchIt = async () => (wait && await held, import("/www/dist/reply-window.nowasm.js"));
  window.panel = mount(target ? document.querySelector(target) : null, {
    composer: { root: "#composer", input: "textarea", send: "button" },
    conversation: { id: "1", business: "+14155238886", customer: { phone: "+491701234567" } },
    templates: [TEMPLATE], onSend: async ({ text }) => (window.templatesSent.push(text), { id: "SM9" }), now: () => window.NOW, ...options, ...nowasm && { nowasm: fetchIt },
  });
  window.guarded = window.panel.guard((text) => void window.sent.push(text));
};
