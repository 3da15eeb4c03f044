// A dashboard app in Chatwoot.
import { mount } from "reply-window/mount";
import { chatwoot } from "reply-window/adapters/chatwoot";

const desk = chatwoot({ origin: "https://app.chatwoot.com", business: "+15550100200" });
globalThis.stop = desk.follow((conversation) => mount(document.body, { adapter: desk, conversation }));
