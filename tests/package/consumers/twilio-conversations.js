// A desktop of one's own on Twilio's SDK.
import { mount } from "reply-window/mount";
import { contentTemplates, twilioConversations } from "reply-window/adapters/twilio-conversations";

globalThis.handle = (conversation, ContentTemplateVariable, client) => mount(null, { adapter: twilioConversations({ conversation, ContentTemplateVariable }), conversation: { id: "1" }, templates: () => contentTemplates(client, () => ({ language: "en" })) });
